"""What stands in the plan's PDF, and that long, missing and odd content breaks nothing."""

import logging
from datetime import date

import pytest
from django.template.loader import render_to_string

from foundation import clock, frozen, pdf
from governance.correcting import correct_decision
from governance.deciding import Resolved
from governance.models import Organisation, Person
from sip import deciding, paper
from sip.models import Plan, Version
from tests import make
from tests.pdfs import faults_of, info_of, pages_of, tags_of, text_of

FROZEN_AT = clock.local(date(2026, 11, 17))
HASH = "3f9a61c80d27b4e592aa7c105be3d8461f7e08bdc9a463f2e0157d8b4c96a2f1"


def action(number: str, **words) -> dict:
    plain = {"id": 1, "number": number, "heading": "", "what": "Teach phonics every day", "owner": "Sylvie Grant"}
    plain |= {"owner_id": 1, "due_on": "2026-12-18", "starts_on": None, "supporters": "", "cost": "100.00"}
    plain |= {"cost_source": "Pupil premium", "resources": "", "outcome": "", "checked_how": "", "checked_by": ""}
    return plain | {"checked_when": ""} | words


def criterion(text: str = "Eight in ten read well", **milestones) -> dict:
    rows = [{"id": 1, "term": term, "text": words} for term, words in milestones.items()]
    return {"id": 1, "text": text, "by_when": "2027-07-16", "milestones": rows}


def objective(number: int, **words) -> dict:
    plain = {"id": number, "number": number, "title": f"Objective {number}", "where_now": "Six in ten read well."}
    plain |= {"where_to": "Eight in ten read well.", "by_when": "2027-07-16", "figure_what": "Pupils who read well"}
    plain |= {"figure_now": "61%", "figure_aim": "80%", "lead": "Tom Ashworth", "lead_id": 1, "team": []}
    plain |= {"monitor": "Daniel Whitlock, link governor for early reading", "priority": 1, "proposed_by": ""}
    return plain | {"priority_title": "Every child a reader"} | words


def blocks(*objectives, plan=None, priorities=("Every child a reader", "Here, every day")) -> dict:
    """A plan's content. Each objective: (its words, its actions, its criteria)."""
    body = {"title": "School improvement plan", "year": "2026/27", "organisation": "Ashdown Primary"}
    body |= {"strategy": "Strategy", "strategy_span": "2025/26 to 2028/29", "vision": "", "board": "Governing board"}
    body |= {"how_made": "Together.", "how_monitored": "Each term."}
    content = {"plan": body | (plan or {})}
    content |= {f"priority:{n}": {"id": n, "number": n, "title": title} for n, title in enumerate(priorities, 1)}
    for words, actions, criteria in objectives:
        number = words["id"]
        content |= {f"objective:{number}": words, f"actions:{number}": actions, f"criteria:{number}": criteria}
    return content


def version(content: dict, *, kind: str = "school") -> Version:
    """A version that holds this content, in no database."""
    return Version(
        plan=Plan(organisation=Organisation(name=content["plan"]["organisation"], kind=kind)),
        number=2,
        frozen_at=FROZEN_AT,
        frozen_by=Person(name="Priya Raman"),
        content=frozen.canonical(frozen.seal(content)),
        hash=HASH,
    )


@pytest.fixture
def printed(caplog):
    """printed(version, stage): the PDF; whatever its maker complains of fails the test."""
    caplog.set_level(logging.WARNING, logger="weasyprint")

    def render(one: Version, stage: str = "submitted") -> bytes:
        made = pdf.render(render_to_string("paper/plan.html", paper.words(one, stage)))
        assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
        assert faults_of(made.content) == []
        return made.content

    return render


PLAIN = blocks(
    (
        objective(1),
        [
            action("1.1", heading="Know sooner", outcome="Nobody waits", checked_how="Book look", checked_by="Tom"),
            action("1.2", cost="0.00", cost_source=""),
            action("1.3", cost=None, cost_source="", heading="Act faster"),
        ],
        [criterion(autumn="65%", spring="72%", summer="80%")],
    ),
    (objective(2, priority=None, priority_title=""), [action("2.1", cost="1250.50", cost_source="Friends")], []),
)


def test_every_part_of_the_plan_stands_on_paper(printed):
    content = printed(version(PLAIN))
    text = text_of(content)
    for words in (
        "Ashdown Primary School improvement plan 2026/27",
        "Two objectives, which serve one of the two priorities in the board’s strategy for 2025/26 to 2028/29.",
        "Pupils who read well: from 61% to 80%, by July 2027",
        "Here, every day Nothing this year",
        "How it was made Together.",
        "How it is monitored Each term.",
        "Serves the priority “Every child a reader”.",
        "Serves no priority of the strategy.",
        "Where we want to be by 16 July 2027",
        "Three actions, the last by 18 December 2026",
        "Know sooner 1.1 to 1.2",
        "So that Nobody waits. Checked Book look, by Tom.",
        "£100 Pupil premium",
        "No cost",
        "Not costed",
        "Cost of objective 1 £100",
        "One action is not costed: 1.3.",
        "Friends 2 £1,250.50",
        "Cost of the plan £1,350.50",
        "65% 72% 80%",
        "No success criterion is written for this objective.",
        f"Fingerprint {HASH}",
        "Version 2, submitted by Priya Raman on 17 November 2026 at 09:00",
        "Board edition. Nothing is left out.",
    ):
        assert words in text, words
    assert tags_of(content)["H1"] == 6  # cover, the plan on a page, behind it, two objectives, the decision


def test_a_criterion_stands_with_what_it_is_measured_by(printed):
    measure = {"name": "Year 1 phonics, on track", "unit": "percent", "better": "higher", "baseline": "74", "aim": "84"}
    lost = {"name": "Days lost", "unit": "days", "better": "lower", "baseline": "", "aim": "12"}
    rows = [criterion(autumn="78%") | {"measure": measure}, criterion("Fewer days lost") | {"measure": lost}]
    text = text_of(printed(version(blocks((objective(1), [action("1.1")], rows)))))
    assert "Year 1 phonics, on track: 74% → 84%" in text
    assert "Days lost: aim 12 days" in text


def test_title_author_and_language_are_set(printed):
    told = info_of(printed(version(PLAIN)))
    assert told["Tagged"] == "yes"
    assert told["Title"] == "Draft: School improvement plan 2026/27, Ashdown Primary"
    assert told["Author"] == "Ashdown Primary"


def test_each_page_of_a_draft_says_so_and_says_its_number(printed):
    pages = pages_of(printed(version(PLAIN)))
    words = "Version 2, as submitted on 17 November 2026: with the board, not yet decided"
    assert [("Draft" in page, words in page) for page in pages] == [(True, True)] * len(pages)
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)][1:] == [True] * (
        len(pages) - 1
    )


def test_the_same_version_gives_the_same_words_and_bytes_on_any_day(printed):
    one = version(PLAIN)
    with clock.standing_at(clock.local(date(2028, 1, 1))):
        later = printed(one)
    assert printed(one) == later


def test_a_trust_has_a_trust_improvement_plan(printed):
    trust = {"title": "Trust improvement plan", "organisation": "Harbour Trust", "board": "Board of trustees"}
    text = text_of(printed(version(blocks((objective(1), [], []), plan=trust), kind="trust")))
    assert "Harbour Trust Trust improvement plan" in text and "Board of trustees" in text
    assert "School" not in text and "Headteacher" not in text


def test_a_plan_with_next_to_nothing_in_it(printed):
    empty = objective(1, where_now="", where_to="", by_when=None, figure_now="", figure_aim="", lead="", monitor="")
    bare = {"strategy": "", "strategy_span": "", "how_made": "", "how_monitored": ""}
    content = blocks((empty | {"priority": None, "priority_title": ""}, [], []), plan=bare, priorities=())
    text = text_of(printed(version(content)))
    for words in (
        "One objective for 2026/27.",
        "Nothing is written about this.",
        "Nothing is written beyond the title.",
        "No action is written for this objective.",
        "No success criterion is written for this objective.",
    ):
        assert words in text, words
    assert "priority" not in text and "£" not in text


def test_no_action_is_costed(printed):
    content = blocks((objective(1), [action("1.1", cost=None), action("1.2", cost=None)], []))
    text = text_of(printed(version(content)))
    assert "Two actions are not costed: 1.1 and 1.2." in text and "£" not in text


def test_actions_without_owner_and_date_say_so(printed):
    text = text_of(printed(version(blocks((objective(1), [action("1.1", owner="", due_on=None)], [])))))
    assert "Not named yet" in text and "No date yet" in text


LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"


def test_a_great_plan_with_long_words_loses_none_of_them(printed):
    what = f"Ŵythnos o ddarllen “yn uchel” gyda’r teulu, ŷ a ŵ; {LONG} ".ljust(399, "x") + "!"
    made = []
    for number in range(1, 9):
        actions = [action(f"{number}.{place}", what=what, cost="12345.50") for place in range(1, 11)]
        criteria = [criterion(f"{LONG} {place}", autumn="By then " * 30, summer="80%") for place in range(1, 4)]
        made.append(
            (objective(number, title=f"{LONG} {LONG}"[:120], where_now="Long story. " * 300), actions, criteria)
        )
    content = printed(
        version(blocks(*made, plan={"organisation": f"Ysgol {LONG} {LONG}"[:120], "how_made": "So. " * 900}))
    )
    text = text_of(content)
    assert text.count("Ŵythnos o ddarllen “yn uchel” gyda’r teulu, ŷ a ŵ;") == 80
    assert [f"{number}.10" in text for number in range(1, 9)] == [True] * 8
    assert "Cost of the plan £987,640" in text
    assert 30 < int(info_of(content)["Pages"]) < 90


def test_what_people_wrote_is_words_and_nothing_else(printed):
    bad = "<script>alert(1)</script><img src='/nowhere.png'> & “so”"
    text = text_of(printed(version(blocks((objective(1, title=bad, where_now=bad), [action("1.1", what=bad)], [])))))
    assert text.count("<script>alert(1)</script>") >= 3


# ---------------------------------------------------------------- as decided


@pytest.fixture
def decided(ashdown):
    """decided(**what the clerk records): the version, decided by the real operation."""

    def decide(**words) -> Version:
        plan = make.plan(ashdown, state="with the board")
        meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
        if words.get("outcome") == "deferred":
            words["deferred_to"] = make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
        item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
        with clock.standing_at(clock.local(date(2026, 12, 2))):
            resolved = Resolved(decided_on=date(2026, 12, 2), minute_reference="FGB 26/58", **words)
            deciding.decide_plan(item, resolved=resolved, by=ashdown.clerk)
        return Version.objects.get(plan=plan)

    return decide


def test_an_approval_stands_with_its_board_meeting_minute_and_counts(decided, printed):
    version = decided(outcome="approved", how="hands", votes_for=3, votes_against=0, abstained=1)
    content = printed(version, "decided")
    text = text_of(content)
    for words in (
        "Approved on 2 December 2026. Governing board, minute FGB 26/58.",
        "Approval “That the board approve the school improvement plan for 2026/27, version 1,",
        "A show of hands: 3 for, 0 against, 1 abstained.",
        "Meeting Wednesday 2 December 2026 at 18:00, Library",
        "Quorum Quorate for this item: 4 present of 4 voting seats filled; 2 needed.",
        "Minute FGB 26/58",
        version.hash,
        "Chair, Governing board, and date",
        "Headteacher, and date",
    ):
        assert words in text, words
    assert "Draft" not in text
    assert info_of(content)["Title"] == "School improvement plan 2026/27, Ashdown Primary"


def test_conditions_stand_with_their_owner_and_day(decided, ashdown, printed):
    condition = {"text": "Name a second tutor.", "owner": ashdown.deputy.person, "due_on": date(2027, 1, 15)}
    text = text_of(printed(decided(outcome="approved with conditions", conditions=[condition]), "decided"))
    assert "Approved with conditions on 2 December 2026. Agreed by all present." in text
    assert "Condition Name a second tutor. Ashdown Deputy, by 15 January 2027" in text
    assert "Draft" not in text


@pytest.mark.parametrize(
    ("outcome", "stand", "heading"),
    [
        ("changes asked for", "the board asked for changes on 2 December 2026", "The board asked for changes"),
        ("deferred", "the board deferred its decision on 2 December 2026", "The board deferred its decision"),
        ("declined", "the board declined it on 2 December 2026", "The board declined the plan"),
    ],
)
def test_what_is_not_approved_stays_a_draft_and_says_why(decided, printed, outcome, stand, heading):
    pages = pages_of(printed(decided(outcome=outcome, reason="Say what it costs."), "decided"))
    assert ["Draft" in page and stand in page for page in pages] == [True] * len(pages)
    assert heading in pages[-1] and "The board’s reasons Say what it costs." in pages[-1]
    assert ("The meeting on 9 December 2026" in pages[-1]) == (outcome == "deferred")
    assert "and date" not in pages[-1]


def test_a_correction_of_the_record_is_seen(decided, ashdown, printed):
    version = decided(outcome="approved")
    with clock.standing_at(clock.local(date(2026, 12, 3))):
        correct_decision(version.decision, reason="A slip of the pen.", minute_reference="FGB 26/59", by=ashdown.clerk)
    text = text_of(printed(version, "decided"))
    assert "Minute FGB 26/59" in text and "Corrected 3 December 2026: A slip of the pen." in text


def test_as_submitted_stays_as_it_was_when_the_board_has_decided(decided, printed):
    version = decided(outcome="approved")
    text = text_of(printed(version, "submitted"))
    assert "with the board, not yet decided" in text and "Approv" not in text
