"""What stands in the termly report, and that one objective or eight, long words and nothing due break nothing."""

import logging
from datetime import date, time

import pytest
from django.template.loader import render_to_string

from foundation import clock, frozen, pdf
from governance.models import Organisation, Person
from monitoring import marks, paper, paper_measures
from monitoring.models import Review, ReviewRecord
from sip.models import Plan
from tests.pdfs import faults_of, info_of, pages_of, tags_of, text_of

HASH = "b71d40e295ac3f086ce1d7b42a5980ff13c69e4d7720ab58f4e3061bc8d25a97"
MEANINGS = [
    {"mark": "red", "word": "off track", "meaning": "It will not be met without a change."},
    {"mark": "amber", "word": "at risk", "meaning": "Late, with a credible way back."},
    {"mark": "green", "word": "on track", "meaning": "Evidence says that it will be met."},
    {"mark": "blue", "word": "done and embedded", "meaning": "Reached, and its effect seen."},
    {"mark": "grey", "word": "cannot say", "meaning": "Too early to say."},
]


def milestone(mark: str = "green", text: str = "65% on track in November", **words) -> dict:
    plain = {"id": 1, "place": 1, "criterion": "Eight in ten read well", "criterion_id": 1, "term": "spring"}
    plain |= {"text": text, "before": "", "mark": mark}
    if mark:
        plain |= {"why": "Fifteen of nineteen gained a set.", "next_step": "", "next_by": None, "evidence": ["data"]}
        plain |= {"is_unchanged": False, "by": "Priya Raman", "on": "2027-03-01"}
    made = plain | words
    return made | ({"direction": marks.direction(made["before"], mark)} if mark else {})


def measure(name: str = "Year 1 phonics, on track", **words) -> dict:
    plain = {"id": 1, "measure_id": 1, "name": name, "unit": "percent", "better": "higher", "criterion_id": 1}
    plain |= {"criterion": "Eight in ten read well", "baseline": "74.00", "aim": "84.00"}
    return plain | {"readings": {"autumn": "76.00", "spring": "80.00"}} | words


def view(stance: str = "agrees", **words) -> dict:
    plain = {"stance": stance, "mark": "", "why": "I heard six children read.", "by": "Daniel Whitlock"}
    return plain | {"as": "link governor for early reading", "on": "2027-03-10"} | words


def objective(number: int, *milestones: dict, **words) -> dict:
    actions = {"total": 4, "under_way": 1, "done": [], "late": []}
    plain = {"id": number, "number": number, "title": f"Objective {number}", "where_to": "Eight in ten read well."}
    plain |= {"by_when": "2027-07-16", "figure_what": "Pupils who read well", "figure_now": "61%", "figure_aim": "80%"}
    plain |= {"priority": "Every child a reader", "lead": "Tom Ashworth", "lead_id": 1, "monitor": "Daniel Whitlock"}
    plain |= {"own_why": "", "words": "The catch-up has run since September.", "before": "", "measures": []}
    plain |= {"outcome": "", "lesson": "", "actions": actions, "view": view(), "milestones": list(milestones)}
    worst = marks.worst([row["mark"] for row in milestones])
    made = plain | {"proposed": worst, "mark": worst} | words
    return {"direction": marks.direction(made["before"], made["mark"])} | made


def blocks(*objectives: dict, questions=(), decisions=(), **review) -> dict:
    body = {"id": 1, "title": "Spring review 2026/27", "term": "spring", "year": "2026/27"}
    body |= {"plan": "School improvement plan", "organisation": "Ashdown Primary School", "narrative": "A good term."}
    body |= {"opened_on": "2027-02-20", "sent_on": "2027-03-05", "sent_by": "Priya Raman", "before": "autumn"}
    body |= {"before_on": "2026-12-01", "received": None, "meanings": MEANINGS}
    content = {"review": body | review} | {f"objective:{one['id']}": one for one in objectives}
    return content | {"questions": list(questions), "decisions": list(decisions)}


def record(content: dict, *, stage: str = "sent") -> ReviewRecord:
    """A record that holds this content, in no database."""
    organisation = Organisation(name=content["review"]["organisation"])
    return ReviewRecord(
        review=Review(plan=Plan(organisation=organisation, year=2026), term=content["review"]["term"]),
        number=2,
        stage=stage,
        frozen_at=clock.local(date(2027, 3, 5), time(16, 20)),
        frozen_by=Person(name="Priya Raman"),
        content=frozen.canonical(frozen.seal(content)),
        hash=HASH,
    )


@pytest.fixture
def printed(caplog):
    """printed(record): the PDF; whatever its maker complains of fails the test."""
    caplog.set_level(logging.WARNING, logger="weasyprint")

    def render(one: ReviewRecord) -> bytes:
        made = pdf.render(render_to_string("paper/report.html", paper.words(one)))
        assert [said.getMessage() for said in caplog.records if said.name == "weasyprint"] == []
        assert faults_of(made.content) == []
        return made.content

    return render


QUESTION = {
    "id": 1,
    "text": "Are the 17 families the same as last year’s?",
    "about": "Objective 3: Here, on time",
    "asked_by": "Amina Yusuf",
    "asked_on": "2027-02-11",
    "needs_answer": True,
    "to": "Priya Raman",
    "due_on": "2027-03-20",
    "state": "asked",
    "answers": [],
}
ANSWER = {"text": "Eleven are.", "by": "Priya Raman", "on": "2027-02-20"}
DECISION = {
    "outcome": "Approved with conditions",
    "resolution": "That the plan be approved.",
    "board": "Governing board",
    "on": "2026-12-09",
    "minute": "26/71",
    "wording": "",
    "conditions": [
        {"text": "Say what it costs.", "owner": "Priya Raman", "due_on": "2027-01-11", "met_on": "2027-01-08"},
        {"text": "Bring books.", "owner": "Tom Ashworth", "due_on": "2027-04-11", "met_on": None},
    ],
}
DONE = {"id": 1, "what": "Train every adult in phonics", "owner": "Sylvie Grant", "on": "2027-01-15"}
DONE_EARLIER = {"id": 2, "what": "Buy the books", "owner": "Sylvie Grant", "on": "2026-11-15"}
LATE = {"id": 3, "what": "Open the barn", "owner": "", "due_on": "2027-02-01", "note": "The roof leaks."}
RED = {"next_step": "A named adult meets each family", "next_by": "2027-04-22", "evidence": ["data", "heard"]}

WHOLE = blocks(
    objective(
        1,
        milestone("green", before="amber", evidence=["data", "seen"]),
        milestone("blue", "Every child takes home a book", before="green", term="autumn", is_unchanged=True),
        before="amber",
        measures=[measure(), measure("Fines", unit="pounds", better="lower", baseline="", aim="0", readings={})],
        actions={"total": 4, "under_way": 1, "done": [DONE, DONE_EARLIER], "late": [LATE]},
        outcome="partly met",
        lesson="Begin the training in September.",
    ),
    objective(
        2,
        milestone("amber", "Sequence in use in Years 3 to 6", before="green"),
        milestone("grey", "Handwriting taught daily"),
        milestone("", "Half of Year 4 on track"),
        before="green",
        own_why="The cause is known and dated.",
        mark="amber",
        measures=[measure("Days missed a pupil", unit="days", better="lower", baseline="9", aim="6")],
        view=view("sees it differently", mark="red", why="Books show it in one class of four.", **{"as": "chair"}),
    ),
    objective(3, milestone("red", "Attendance 94.2%", before="red", **RED), before="red", view=None),
    objective(
        4, view=view("not enough evidence"), monitor="", actions={"total": 0, "under_way": 0, "done": [], "late": []}
    ),
    questions=[QUESTION, QUESTION | {"state": "answered", "answers": [ANSWER], "text": "Who reads to them?"}],
    decisions=[DECISION],
)


def test_every_part_of_the_review_stands_on_paper(printed):
    text = text_of(printed(record(WHOLE)))
    for words in (
        "Ashdown Primary School Termly report, spring 2027",
        "Of four objectives leaders call one off track, one at risk and one on track; one is not rated.",
        "Since autumn one goes better and one goes worse. A monitor sees one of them differently.",
        "School improvement plan 2026/27. As sent to governors on 5 March 2027 by Priya Raman.",
        "Four actions: two done, one under way, one late.",
        "Sees it differently off track",
        "In leaders’ words",
        "A good term.",
        "How to read this",
        "Late, with a credible way back.",
        "Pupils who read well: from 61% to 80%, by 16 July 2027.",
        "better than in autumn",
        "the same as in autumn",
        "Daniel Whitlock, link governor for early reading, 10 March",
        "Evidence: data, seen.",
        "Evidence: data only. One source. No change: these are the words of autumn.",
        "The cause is known and dated.",
        "Leaders said nothing of it.",
        "Nothing of this objective is due by the end of the spring term.",
        "Partly met. Begin the training in September.",
        "A named adult meets each family",
        "Leaders are to rate it.",
        "22 Apr 2027",
        "The roof leaks.",
        "Train every adult in phonics Sylvie Grant 15 Jan 2027",
        "4 points below its aim",
        "Not read yet",
        "74 days above its aim",
        "No answer yet: asked of Priya Raman, due 20 March 2027.",
        "Eleven are.",
        "26/71 That the plan be approved.",
        "Condition: Say what it costs. Priya Raman met 8 Jan 2027",
        "Condition: Bring books. Tom Ashworth by 11 Apr 2027",
        HASH,
        "Record 2, as sent to governors, frozen on 5 March 2027 at 16:20 by Priya Raman.",
    ):
        assert words in text, words
    assert "Buy the books" not in text  # done before the review that came before


def test_the_pages_are_tagged_and_each_part_is_a_heading(printed):
    content = printed(record(WHOLE))
    info, tags = info_of(content), tags_of(content)
    assert (info["Tagged"], info["Title"]) == ("yes", "Termly report, spring 2027, Ashdown Primary School")
    assert (info["Author"], tags["H1"]) == ("Ashdown Primary School", 6)
    assert tags["Table"] >= 1 + 3 + 2 + 2 + 1 + 1  # objectives; due; attention, late; turned, done; measured; decided


def test_reds_come_first_then_ambers_then_what_nobody_rated(printed):
    rows = paper.words(record(WHOLE))["attention"]
    assert [(row["mark"], row["number"], row["what"], row["who"], row["by"]) for row in rows] == [
        ("red", 3, "Attendance 94.2%", "Tom Ashworth", "22 Apr 2027"),
        ("amber", 2, "Sequence in use in Years 3 to 6", "Tom Ashworth", ""),
        ("", 2, "Half of Year 4 on track", "Tom Ashworth", ""),
        ("grey", 2, "Handwriting taught daily", "Tom Ashworth", ""),
    ]


def test_an_objective_that_leaders_call_worse_than_its_milestones_needs_attention_as_a_whole():
    one = objective(1, milestone("green"), mark="amber", own_why="The cohort has changed.")
    words = paper.words(record(blocks(one)))
    assert [(row["mark"], row["what"], row["note"]) for row in words["attention"]] == [
        ("amber", "Objective 1", "The objective as a whole")
    ]
    own = "The worst of what is due is on track. Leaders rate otherwise: The cohort has changed."
    assert words["objectives"][0]["own"] == own


def test_what_went_another_way_is_listed_worse_first():
    turns = paper.words(record(WHOLE))["changed"]["turns"]
    assert [(row["direction"], row["what"], row["before"]) for row in turns] == [
        ("worse", "Sequence in use in Years 3 to 6", "on track"),
        ("better", "65% on track in November", "at risk"),
        ("better", "Every child takes home a book", "on track"),
    ]


def test_what_does_not_fit_stands_with_the_question_to_ask(printed):
    below = {"readings": {"autumn": "71.00", "spring": "66.00"}, "path": {"spring": "72.00"}}
    one = objective(1, milestone("green", before="green"), measures=[measure("Pupils who read well", **below)])
    two = objective(2, milestone("amber", "The barn is open", before="amber"), milestone("", "Half of Year 4 on track"))
    text = text_of(printed(record(blocks(two, one))))
    for words in (
        "What does not fit",
        "Green in autumn and in spring, while “Pupils who read well” is at 66%, where its path says 72%.",
        "What do you see that the figure does not?",
        "At risk in autumn and again in spring: “The barn is open”.",
        "What would make it green, and what would help?",
    ):
        assert words in text, words
    assert text.index("Green in autumn") < text.index("At risk in autumn")  # what worries most comes first
    assert "Nothing was said of" not in text  # what nobody rated stands under what needs attention


def test_where_all_fits_nothing_is_said_of_it(printed):
    assert "does not fit" not in text_of(printed(record(blocks(objective(1, milestone("green", before="amber"))))))


def test_how_to_read_it_stands_at_the_end_where_it_costs_no_page(printed):
    pages = pages_of(printed(record(blocks(objective(1, milestone()), narrative="A good term. " * 60))))
    where = [place for place, page in enumerate(pages) if "How to read this" in page]
    assert where == [len(pages) - 1]


def test_the_record_says_what_it_is(printed):
    whole = {"board": "Governing board", "on": "2027-03-24", "minute": "26/71", "how": "Agreed by all present"}
    content = blocks(objective(1, milestone()), received=whole | {"present": 9, "filled": 11})
    stage = (
        "Received by the governing board on 24 March 2027, minute 26/71. Agreed by all present, nine present of eleven"
    )
    text = text_of(printed(record(content, stage="received")))
    assert stage in text and "Record 2, received on 24 March 2027" in text
    standing = text_of(printed(record(blocks(objective(1, milestone())), stage="standing")))
    assert "As it stood on 5 March 2027, before the meeting that receives it." in standing
    content["review"]["received"]["minute"] = ""
    assert "the minute was not numbered yet" in paper.words(record(content, stage="received"))["stage"]


def test_nothing_due_says_so(printed):
    nothing = objective(1, view=None, words="", lead="", monitor="", actions={"total": 0, **_NONE})
    text = text_of(printed(record(blocks(nothing, term="autumn", before="", before_on=None, narrative=""))))
    for words in (
        "Termly report, autumn 2026",
        "Nothing is due yet, so nothing is rated.",
        "Nothing of this objective is due by the end of the autumn term.",
        "This objective has no monitor.",
        "Nothing that is due is off track, at risk or without a rating.",
        "What changed since the plan began",
        "This is the first review of this plan",
        "No success criterion of this plan has a measure.",
        "No question waits for an answer.",
        "No board decided on this plan or its reviews in this time.",
        "Leaders wrote no words on the term as a whole.",
    ):
        assert words in text, words


_NONE = {"under_way": 0, "done": [], "late": []}


def test_a_plan_without_objectives_is_printed(printed):
    assert "The plan has no objectives." in text_of(printed(record(blocks())))


def test_one_objective_is_three_pages_and_eight_begin_with_one(printed):
    pages = pages_of(printed(record(blocks(objective(1, milestone("amber"), before="green")))))
    assert len(pages) <= 3
    assert "Leaders call the one objective at risk. It goes worse than in autumn." in pages[0]
    eight = [objective(number, milestone("red", **RED), milestone(), before="red") for number in range(1, 9)]
    pages = pages_of(printed(record(blocks(*eight))))
    assert "Leaders call all eight objectives off track. None has changed since autumn." in pages[0]
    assert all(f"{number} Objective {number}" in pages[0] for number in range(1, 9))


def test_long_and_odd_words_break_nothing(printed):
    long, odd = (
        "Because the roof leaks in every room of the school. " * 60,
        "<b>&amp;</b> “quoted” {{ nothing }} " + "x" * 300,
    )
    one = objective(
        1,
        *(milestone("red", odd, **(RED | {"next_step": long[:300]}), criterion=odd, why=long[:400]) for _ in range(12)),
        title=odd[:200],
        words=long,
        view=view("sees it differently", mark="red", why=long),
        measures=[
            measure(odd[:120], unit="pounds", baseline="-1234567.50", aim="99999999.99", readings={"spring": "0"})
        ],
    )
    question = QUESTION | {"text": long, "about": odd, "answers": [ANSWER | {"text": long}] * 3}
    content = printed(record(blocks(one, narrative=long, questions=[question], organisation=odd[:120])))
    text = text_of(content)
    assert "<b>&amp;</b> “quoted” {{ nothing }}" in text and "£99,999,999.99" in text


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("percent", "80.00", "4 points below its aim"),
        ("percent", "83.00", "1 point below its aim"),
        ("percent", "84.50", "0.5 points above its aim"),
        ("percent", "84.00", "At its aim"),
        ("pounds", "1284.00", "£1,200 above its aim"),
        ("days", "83", "1 day below its aim"),
        ("number", "94", "10 above its aim"),
        ("percent", "", "Not read yet"),
    ],
)
def test_the_distance_to_the_aim_is_said_in_words(unit, value, words):
    assert paper_measures.distance(measure(unit=unit, aim="84"), value) == words


def test_the_line_is_drawn_from_the_baseline_over_the_readings_to_the_aim():
    terms = ["autumn", "spring"]
    drawn = paper_measures.line(measure(), terms)
    assert drawn["says"] == "Baseline 74%, autumn 76%, spring 80%, aim 84%"
    assert (drawn["path"].count("L"), drawn["ring"]) == (2, (66.5, 3.5))
    assert paper_measures.line(measure(baseline="", readings={}), terms) is None
    alone = paper_measures.line(measure(baseline="", aim="80", readings={"spring": "80"}), terms)
    assert (alone["path"], alone["dot"][1]) == ("", 10.5)
    assert paper_measures.line(measure(readings={"spring": "80"}), terms)["path"].count("L") == 1


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        (["green"], "Leaders call the one objective on track."),
        (["green", "green"], "Leaders call both objectives on track."),
        (
            ["red", "green", "grey"],
            "Of three objectives leaders call one off track and one on track; of one they cannot say.",
        ),
        (["grey", ""], "Of two objectives leaders cannot say of one; one is not rated."),
        (["grey", "grey"], "Leaders cannot say yet how it goes."),
        (["", ""], "Leaders have rated nothing that is due."),
    ],
)
def test_the_first_sentence_says_how_leaders_rate_the_objectives(given, lead):
    objectives = [objective(number, milestone(mark)) for number, mark in enumerate(given, 1)]
    assert paper.words(record(blocks(*objectives)))["lead"] == lead
