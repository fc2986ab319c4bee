"""Where we are in the year, and the year's dated steps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitoring import cycle, overview
from monitoring.facts import Thing
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR, STAFF, TERMS


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 1), "It is the first week of the autumn term"),
        (date(2026, 9, 6), "It is the first week of the autumn term"),
        (date(2026, 9, 7), "It is the second week of the autumn term"),
        (date(2026, 10, 25), "It is the eighth week of the autumn term"),
        (date(2026, 10, 28), "It is the half-term holiday of the autumn term"),
        (date(2026, 11, 2), "It is the ninth week of the autumn term"),
        (date(2026, 11, 24), "It is the twelfth week of the autumn term"),
        (date(2026, 12, 18), "It is the fifteenth week of the autumn term"),
        (date(2026, 12, 24), "The spring term begins on Monday 4 January"),
        (date(2027, 7, 22), ""),
    ],
)
def test_where_a_day_lies_in_the_year(today, expected):
    assert cycle.where_we_are(today, TERMS) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 2), ("the board meets in", "8 days", ", on Wednesday 2 December.")),
        (date(2026, 11, 25), ("the board meets", "tomorrow", ", at 18:00.")),
        (date(2026, 11, 24), ("the board meets", "today", ", at 18:00.")),
    ],
)
def test_the_head_says_when_the_board_meets(day, expected):
    said = overview.where(make.facts(CHAIR, meetings=[make.meeting(day, CHAIR)]))
    assert said == (f"It is the twelfth week of the autumn term; {expected[0]}", *expected[1:])


def test_the_head_names_the_day_where_no_terms_are_known():
    assert overview.where(make.facts(terms=())) == ("It is Tuesday 24 November.", "", "")


def said(facts, state=None):
    return [(step.label, step.words) for step in cycle.steps(facts) if state in (None, step.state)]


def labels(facts, state):
    return [step.label for step in cycle.steps(facts) if step.state == state]


# ---------------------------------------------------------------- a whole year

MEETINGS = (date(2026, 10, 14), date(2026, 12, 9), date(2027, 3, 24), date(2027, 7, 7))
REVIEWS = {  # opened, sent, received
    "autumn": (date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 9)),
    "spring": (date(2027, 2, 25), date(2027, 3, 15), date(2027, 3, 24)),
    "summer": (date(2027, 6, 23), date(2027, 6, 28), date(2027, 7, 7)),
}
SUBMITTED, APPROVED, CLOSED = date(2026, 10, 5), date(2026, 10, 14), date(2027, 7, 16)


def a_year(today: date):
    """Ashdown on a day of a year in which everything happens in time."""
    meetings = [
        make.meeting(
            day,
            CHAIR,
            state="held" if day < today else "planned",
            papers_sent_on=day - timedelta(days=9) if day - timedelta(days=9) <= today else None,
        )
        for day in MEETINGS
    ]
    state = "closed" if today >= CLOSED else "approved" if today >= APPROVED else "with the board"
    plan = make.plan(
        "drafting" if today < SUBMITTED else state,
        CHAIR,
        agreed_on=date(2026, 7, 8),
        submitted_on=SUBMITTED if today >= SUBMITTED else None,
        approved_on=APPROVED if today >= APPROVED else None,
        decision_on=APPROVED if SUBMITTED <= today < APPROVED else None,
        reviews=tuple(_reviewed(term, today) for term, days in REVIEWS.items() if days[0] <= today),
    )
    return make.facts(CHAIR, plans=[plan], meetings=meetings, today=today, things=(make.ADOPTED, *_evidence(today)))


def _evidence(today: date):
    """Begun and put on an agenda with the summer term, complete in June, discussed a week later."""
    if today < date(2027, 4, 12):
        return []
    discussed = date(2027, 6, 16)
    return [
        Thing(
            "evidence",
            7,
            "",
            who_id=2027,
            other_id=3 if today < date(2027, 6, 7) else None,
            due=discussed if today < discussed else None,
            day=discussed if today >= discussed else None,
        )
    ]


def _reviewed(term: str, today: date):
    opened, sent, received = REVIEWS[term]
    viewed = sent + timedelta(days=3)
    objectives = (
        make.rated(11, due=2, rated=2 if today >= sent else 1, viewed_on=viewed if today >= viewed else None),
        make.rated(12, due=1, rated=1 if today >= sent else 0, viewed_on=sent if today >= sent else None),
        make.rated(13, due=0, rated=0),
    )
    state = "received" if today >= received else "with governors" if today >= sent else "open"
    words = {"sent_on": sent if today >= sent else None, "received_on": received if today >= received else None}
    return make.review(state, term, opened_on=opened, objectives=objectives, **words)


IN_ORDER = [
    "Agree the objectives",
    "Put the plan before the board",
    "Papers for 14 October",
    "Decide on the plan",
    "Governing board meets",
    "Rate the autumn term",
    "Give the second view of autumn",
    "Papers for 9 December",
    "Receive the autumn review",
    "Governing board meets",
    "Rate the spring term",
    "Give the second view of spring",
    "Papers for 24 March",
    "Receive the spring review",
    "Governing board meets",
    "Rate the summer term",
    "Give the second view of summer",
    "Papers for 7 July",
    "Receive the summer review",
    "Governing board meets",
    "Gather the evidence for 2027/28",
    "Meet on the evidence for 2027/28",
    "Agree the objectives for 2027/28",
    "Close the plan",
]


def every_day(facts_on=a_year):
    first = date(2026, 9, 1)
    return [(day, cycle.steps(facts_on(day))) for day in (first + timedelta(days=ahead) for ahead in range(365))]


def test_every_day_of_the_year_has_its_steps_in_order_and_none_is_late():
    for day, steps in every_day():
        assert [step.on for step in steps] == sorted((step.on for step in steps), key=lambda on: on or date.max), day
        assert {step.label.removesuffix(" 2027") for step in steps} <= set(IN_ORDER), day
        assert [step.label for step in steps if step.state == "late"] == [], day
        assert sum(step.state == "next" for step in steps) <= 1, day
        assert all(step.on < day or step.state != "done" or step.on == day for step in steps if step.on), day


def test_each_step_goes_forward_and_never_back():
    order = ("ahead", "next", "now", "done")
    before: dict[str, int] = {}
    for day, steps in every_day():
        for step in steps:
            if step.kind == "meeting":  # one name for all of them
                continue
            now = order.index(step.state)
            assert now >= before.get(step.label, 0), (day, step)
            before[step.label] = now
    assert {label: order[place] for label, place in before.items() if not label.startswith("Papers")} == {
        label: "done" for label in IN_ORDER if not label.startswith(("Papers", "Agree the objectives for", "Gov"))
    } | {"Agree the objectives for 2027/28": "next"}


@pytest.mark.parametrize(
    ("day", "now", "following"),
    [
        (date(2026, 9, 1), ["Put the plan before the board"], "Papers for 14 October"),
        (date(2026, 9, 22), ["Put the plan before the board", "Papers for 14 October"], "Governing board meets"),
        (date(2026, 10, 5), ["Decide on the plan"], "Governing board meets"),
        (date(2026, 10, 14), ["Governing board meets"], "Papers for 9 December"),
        (date(2026, 11, 19), ["Papers for 9 December"], "Rate the autumn term"),
        (
            date(2026, 11, 20),
            ["Papers for 9 December", "Rate the autumn term"],
            "Give the second view of autumn",
        ),
        (
            date(2026, 12, 1),
            ["Give the second view of autumn", "Receive the autumn review"],
            "Governing board meets",
        ),
        (date(2026, 12, 4), ["Receive the autumn review"], "Governing board meets"),
        (date(2026, 12, 10), [], "Papers for 24 March"),
        (date(2027, 2, 24), [], "Papers for 24 March"),
        (date(2027, 2, 25), ["Rate the spring term"], "Papers for 24 March"),
        (
            date(2027, 6, 28),
            ["Give the second view of summer", "Receive the summer review", "Close the plan"],
            "Governing board meets",
        ),
        (date(2027, 7, 8), ["Close the plan"], "Agree the objectives for 2027/28"),
        (date(2027, 7, 16), [], "Agree the objectives for 2027/28"),
    ],
)
def test_what_is_open_on_a_day_and_what_comes_next(day, now, following):
    facts = a_year(day)
    assert labels(facts, "now") == now
    assert labels(facts, "next") == [following]


def test_a_review_says_until_when_and_how_far_it_is():
    assert ("Rate the autumn term", "leaders, until 1 December; 1 of 3 rated") in said(a_year(date(2026, 11, 24)))
    sent = said(a_year(date(2026, 12, 1)))
    assert ("Rate the autumn term", "leaders, 1 December") in sent
    assert ("Give the second view of autumn", "governors who monitor, until 7 December; 1 of 2 given") in sent
    assert ("Receive the autumn review", "board, 9 December") in said(a_year(date(2026, 12, 9)), "done")


# ---------------------------------------------------------------- reviews that are late, missed, or of last year


def with_review(*reviews, today, state="approved", meetings=(), parts=CHAIR, **words):
    plan = make.plan(state, parts, **({"approved_on": APPROVED, "reviews": reviews} | words))
    return make.facts(parts, plans=[plan], meetings=meetings, today=today)


def test_without_a_meeting_in_time_a_term_is_rated_by_its_last_day():
    far = make.meeting(date(2027, 1, 20), CHAIR)
    facts = with_review(make.review(), today=make.TODAY, meetings=[far])
    assert ("Rate the autumn term", "leaders, until 18 December; 5 of 12 rated") in said(facts, "now")
    near = replace(far, day=date(2027, 1, 13))
    facts = with_review(make.review(), today=make.TODAY, meetings=[near])
    assert ("Rate the autumn term", "leaders, until 5 January; 5 of 12 rated") in said(facts, "now")


def test_a_meeting_whose_papers_went_out_before_it_opened_receives_nothing():
    meeting = make.meeting(date(2026, 11, 27), CHAIR)
    facts = with_review(make.review(), today=make.TODAY, meetings=[meeting])
    assert ("Rate the autumn term", "leaders, until 18 December; 5 of 12 rated") in said(facts, "now")
    early = make.review(opened_on=date(2026, 11, 9))
    facts = with_review(early, today=date(2026, 11, 18), meetings=[meeting])
    assert ("Rate the autumn term", "leaders, until 19 November; 5 of 12 rated") in said(facts, "now")


def test_a_review_is_late_when_its_days_have_passed():
    facts = with_review(make.review(), today=date(2026, 12, 19))
    assert said(facts, "late") == [("Rate the autumn term", "late: was due 18 December, leaders; 5 of 12 rated")]
    sent = make.review("with governors", agenda_on=date(2027, 2, 10))
    facts = with_review(sent, today=date(2027, 2, 2))
    assert said(facts, "late") == [
        ("Give the second view of autumn", "late: was due 29 January, governors who monitor; 0 of 2 given"),
        ("Receive the autumn review", "late: usual by 1 February, board; planned for 10 February"),
    ]


def test_a_review_sent_on_the_eve_may_be_viewed_until_the_meeting():
    meeting = make.meeting(date(2026, 12, 2), CHAIR)
    review = make.review("with governors", sent_on=date(2026, 12, 1), agenda_on=meeting.day)
    facts = with_review(review, today=date(2026, 12, 2), meetings=[meeting])
    label = "Give the second view of autumn"
    assert (label, "governors who monitor, until 2 December; 0 of 2 given") in said(facts, "now")


def test_the_second_view_is_done_when_the_review_is_received_whoever_gave_one():
    facts = with_review(make.review("received"), today=date(2026, 12, 10))
    assert ("Give the second view of autumn", "governors who monitor, 9 December") in said(facts, "done")


def test_a_term_that_went_by_before_the_plan_was_approved_is_nobodys():
    facts = with_review(today=date(2027, 1, 20), approved_on=date(2027, 1, 13))
    assert [label for label, _ in said(facts) if "autumn" in label] == []
    assert ("Rate the spring term", "leaders, until 25 March") in said(facts)
    in_time = with_review(today=date(2027, 1, 20))
    assert ("Rate the autumn term", "late: was due 18 December, leaders") in said(in_time, "late")
    not_yet = with_review(today=date(2027, 1, 20), state="with the board", approved_on=None)
    assert [label for label, _ in said(not_yet) if "autumn" in label] == []


def test_a_plan_that_is_not_in_force_has_no_review_open():
    facts = with_review(today=make.TODAY, state="with the board", approved_on=None)
    assert "Rate the autumn term" not in labels(facts, "now")
    assert ("Rate the autumn term", "leaders, until 18 December") in said(facts)


def test_nobody_is_late_before_there_is_something_to_rate_or_to_view():
    near = make.meeting(date(2026, 12, 9), CHAIR)
    facts = make.facts(CHAIR, plans=[], meetings=[near], today=date(2026, 12, 4))
    assert ("Rate the autumn term", "leaders, until 18 December") in said(facts)
    late = with_review(make.review(), today=date(2027, 2, 10))
    assert ("Rate the autumn term", "late: was due 18 December, leaders; 5 of 12 rated") in said(late, "late")
    assert ("Give the second view of autumn", "governors who monitor, when it is rated") in said(late)


def test_a_plan_that_is_not_decided_yet_is_rated_after_the_meeting_that_may_decide_it():
    meetings = [make.meeting(date(2026, 12, 9), CHAIR), make.meeting(date(2027, 1, 13), CHAIR)]
    plan = make.plan("drafting", CHAIR, submitted_on=None)
    facts = make.facts(CHAIR, plans=[plan], meetings=meetings)
    assert ("Rate the autumn term", "leaders, until 18 December") in said(replace(facts, meetings=facts.meetings[:1]))
    assert ("Rate the autumn term", "leaders, until 5 January") in said(facts)
    assert ("Receive the autumn review", "board, 13 January") in said(facts)


def test_to_those_who_read_a_review_only_when_it_is_received_none_is_late():
    facts = with_review(today=date(2027, 1, 20), parts=STAFF)
    assert [label for label, _ in said(facts) if "autumn" in label] == []
    received = with_review(make.review("received"), today=date(2027, 1, 20), parts=STAFF)
    assert ("Receive the autumn review", "board, 9 December") in said(received, "done")


def test_last_years_plan_stands_until_it_is_received_and_closed():
    review = make.review("with governors", "summer", opened_on=date(2026, 6, 23), sent_on=date(2026, 7, 14))
    last = make.plan("approved", CHAIR, pk=4, year=2025, approved_on=date(2025, 10, 15), reviews=(review,))
    facts = make.facts(CHAIR, plans=[last, make.plan("approved", CHAIR)], today=date(2026, 9, 28))
    assert ("Close the plan for 2025/26", "leaders, by 30 September") in said(facts, "now")
    assert ("Receive the summer review 2025/26", "board, by 29 September") in said(facts)
    late = replace(facts, today=date(2026, 10, 1))
    assert ("Close the plan for 2025/26", "late: usual by 30 September, leaders") in said(late, "late")
    received = replace(review, state="received", received_on=date(2026, 9, 23))
    done = replace(facts, plans=(replace(last, state="closed", reviews=(received,)), facts.plans[1]))
    assert [label for label, _ in said(done) if "2025/26" in label] == [
        "Give the second view of summer 2025/26",
        "Receive the summer review 2025/26",
    ]
    assert [label for label in labels(replace(done, today=date(2027, 3, 1)), "late") if "2025/26" in label] == []


def test_the_trusts_board_receives_where_the_scheme_says_so():
    facts = with_review(make.review("received"), today=date(2026, 12, 10), receiver=99, received_here=False)
    assert ("Receive the autumn review", "the trust’s board, 9 December") in said(facts, "done")
    other = make.meeting(date(2026, 12, 16), CHAIR, board=99, is_full=False)
    facts = with_review(make.review("with governors"), today=make.TODAY, receiver=99, meetings=[other])
    assert ("Receive the autumn review", "board, 16 December") in said(facts)


# ---------------------------------------------------------------- the plan and its meetings


def test_a_plan_that_is_with_the_board_after_half_term_is_late_and_says_when_it_is_decided():
    plan = make.plan("with the board", CHAIR, agreed_on=date(2026, 7, 8), decision_on=date(2026, 12, 2))
    meeting = make.meeting(date(2026, 12, 2), CHAIR, make.item(), papers_sent_on=date(2026, 11, 24))
    facts = make.facts(CHAIR, plans=[plan], meetings=[meeting])
    assert said(facts, "done") == [
        ("Agree the objectives", "board, 8 July"),
        ("Put the plan before the board", "leaders, 17 November"),
        ("Papers for 2 December", "out on 24 November"),
    ]
    assert said(facts, "late") == [
        ("Decide on the plan", "late: usual by 26 October, board; planned for 2 December"),
    ]
    assert said(facts, "next") == [("Governing board meets", "2 December, one item")]


def test_an_approved_plan_is_done():
    plan = make.plan("approved", CHAIR, agreed_on=date(2026, 7, 8), approved_on=date(2026, 10, 14))
    facts = make.facts(CHAIR, plans=[plan])
    assert ("Decide on the plan", "board, 14 October") in said(facts, "done")
    assert said(facts, "late") == []


def test_before_half_term_nothing_is_late():
    facts = make.facts(CHAIR, plans=[make.plan("drafting", CHAIR, submitted_on=None)], today=date(2026, 9, 21))
    assert said(facts, "late") == []
    assert ("Decide on the plan", "board, by 26 October") in said(facts)
    assert ("Put the plan before the board", "leaders, by 26 October") in said(facts)


def test_a_plan_that_nobody_has_begun_is_late_at_each_step():
    assert said(make.facts(CHAIR, plans=[]), "late") == [
        ("Agree the objectives", "late: usual by 21 July, board"),
        ("Put the plan before the board", "late: usual by 26 October, leaders"),
        ("Decide on the plan", "late: usual by 26 October, board"),
    ]


def test_a_trust_has_until_half_term_for_objectives_and_until_the_end_of_term_for_the_plan():
    facts = make.facts(CHAIR, plans=[], is_trust=True)
    assert said(facts, "late") == [("Agree the objectives", "late: usual by 26 October, board")]
    assert ("Decide on the plan", "board, by 18 December") in said(facts)
    assert [label for label, _ in said(facts) if label.startswith("Agree the objectives for")] == []


def test_papers_and_meetings_that_are_late_say_so():
    held = make.meeting(date(2026, 11, 18), CHAIR, papers_sent_on=date(2026, 11, 9))
    coming = make.meeting(date(2026, 12, 2), CHAIR)
    facts = make.facts(CHAIR, meetings=[held, coming], today=date(2026, 11, 25))
    late = [one for one in said(facts, "late") if not one[0].startswith("Rate")]
    assert late == [
        ("Governing board meets", "late: what was decided on 18 November is not recorded, clerk"),
        ("Papers for 2 December", "late: were due 24 November, clerk"),
    ]
    late_out = make.facts(
        CHAIR, meetings=[replace(coming, papers_sent_on=date(2026, 11, 25))], today=date(2026, 11, 26)
    )
    assert ("Papers for 2 December", "out on 25 November, later than the notice asks for") in said(late_out, "done")


def test_committees_and_other_years_are_left_out():
    meetings = [
        make.meeting(date(2026, 12, 2), CHAIR, is_full=False, board_name="Standards committee"),
        make.meeting(date(2026, 7, 8), CHAIR, state="held"),
    ]
    assert [label for label, _ in said(make.facts(CHAIR, meetings=meetings)) if "meets" in label] == []


# ---------------------------------------------------------------- terms that are not known


def test_without_terms_the_year_has_what_is_known():
    facts = make.facts(CHAIR, plans=[make.plan("drafting", CHAIR)], terms=())
    assert said(facts) == [
        ("Close the plan", "leaders, by 30 September 2027"),
        ("Agree the objectives", "board"),
        ("Put the plan before the board", "leaders"),
        ("Decide on the plan", "board"),
    ]


def test_of_half_known_terms_each_has_its_review():
    terms = tuple(term for term in TERMS if (term.name, term.year) in {("autumn", 2026), ("summer", 2026)})
    plan = make.plan("approved", CHAIR, approved_on=APPROVED, reviews=(make.review("with governors"),))
    facts = make.facts(CHAIR, plans=[plan], terms=terms)
    assert ("Receive the autumn review", "board, by 29 January") in said(facts)  # two weeks of holiday, then four
    assert ("Receive the summer review", "board, by 29 September 2027") in said(facts)
    assert [label for label, _ in said(facts) if "spring" in label] == []


# ---------------------------------------------------------------- as the page shows them


def test_the_page_folds_what_is_done_and_what_is_far():
    facts = a_year(date(2026, 12, 4))
    year = overview.year(facts, cycle.steps(facts))
    assert year.done_words == "Seven steps done, the last on 4 December"
    assert [step.label for step in year.near] == [
        "Receive the autumn review",
        "Governing board meets",
        "Papers for 24 March",
        "Rate the spring term",
        "Give the second view of spring",
    ]
    assert year.later_words == "Eleven more until September"
