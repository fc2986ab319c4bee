"""What a review asks of each person, and what it waits for in others."""

from dataclasses import replace
from datetime import date

import pytest

from governance.permissions import Part
from monitoring import overview
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR, CLERK, DEPUTY, GOVERNOR, HEAD, ME, STAFF, TOM

VICE = GOVERNOR | {Part.VICE_CHAIR}
ASSOCIATE, COMMITTEE = frozenset({Part.ASSOCIATE_MEMBER}), frozenset({Part.COMMITTEE_MEMBER})
LOCAL, BUSINESS = frozenset({Part.LOCAL_GOVERNOR}), frozenset({Part.BUSINESS_MANAGER})
ADVISER, TRUSTEE = frozenset({Part.ADVISER}), frozenset({Part.TRUSTEE})
NINTH = date(2026, 12, 9)


def school(parts, *reviews, today=make.TODAY, meetings=None, **words):
    """An approved plan with two objectives, Tom's and mine, and a meeting on 9 December."""
    objectives = (make.objective(1), make.objective(2, lead_id=ME, lead="Me Myself"))
    given = {"objectives": objectives, "reviews": reviews, "approved_on": date(2026, 10, 14)} | words
    meetings = [make.meeting(NINTH, parts)] if meetings is None else meetings
    return make.facts(parts, plans=[make.plan("approved", parts, **given)], meetings=meetings, today=today)


def rows(facts):
    """Those of the review: what meetings ask is not looked at."""
    found = [row for row in overview.yours(facts) if row.to[0] not in ("meeting", "meeting_add")]
    return [row.title for row in found]


def only(facts):
    found = [row for row in overview.yours(facts) if row.to[0] not in ("meeting", "meeting_add")]
    assert len(found) == 1, [row.title for row in found]
    return found[0]


def waits(facts):
    found = [(wait.words, wait.when) for wait in overview.waiting(facts)]
    return [one for one in found if "papers" not in one[0]]


def whole(**words):
    """Everything rated."""
    objectives = (make.rated(11, due=7, rated=7), make.rated(12, due=5, rated=5, lead_id=ME, lead="Me Myself"))
    return make.review(objectives=objectives, **words)


def sent(*objectives, **words):
    objectives = objectives or (make.rated(11, due=7, rated=7), make.rated(12, due=5, rated=5))
    return make.review("with governors", objectives=objectives, **words)


# ---------------------------------------------------------------- leaders


def test_who_leads_an_objective_rates_theirs():
    row = only(school(STAFF, make.review()))
    assert (row.title, row.why, row.button) == (
        "Rate the autumn term",
        "Two of your five milestones are rated.",
        "Rate the next",
    )
    assert (row.to, row.due, row.when) == (("rate_next", 9), date(2026, 12, 1), "By Tuesday 1 December")


def test_who_has_rated_all_of_theirs_has_nothing_left():
    review = make.review(objectives=(make.rated(11, due=7, rated=3), make.rated(12, due=5, rated=5, lead_id=ME)))
    assert rows(school(STAFF, review)) == []
    assert rows(school(HEAD, review)) == []


@pytest.mark.parametrize("parts", [HEAD, DEPUTY])
def test_a_leader_who_leads_none_rates_them_all(parts):
    review = make.review(objectives=(make.rated(11, due=7, rated=1), make.rated(12, due=5, rated=0)))
    assert only(school(parts, review)).why == "One of twelve milestones is rated."
    begun = make.review(objectives=(make.rated(11, due=7, rated=0),))
    assert (only(school(parts, begun)).why, only(school(parts, begun)).button) == (
        "None of seven milestones are rated.",
        "Begin rating",
    )


def test_the_head_has_those_too_that_nobody_leads():
    nobodys = make.rated(13, due=2, rated=0, lead_id=None, lead="")
    review = make.review(objectives=(*make.review().objectives, nobodys))
    assert only(school(HEAD, review)).why == "Two of your seven milestones are rated."
    assert only(school(DEPUTY, review)).why == "Two of your five milestones are rated."


@pytest.mark.parametrize("parts", [GOVERNOR, CHAIR, VICE, CLERK, BUSINESS, ASSOCIATE, COMMITTEE, ADVISER, TRUSTEE])
def test_others_have_nothing_to_do_while_leaders_rate(parts):
    review = make.review(objectives=(make.rated(11, due=7, rated=1), make.rated(12, due=5, rated=0)), reads=False)
    assert [title for title in rows(school(parts, review)) if "review" in title or "Rate" in title] == []


def test_rating_is_late_in_words():
    row = only(school(STAFF, make.review(), today=date(2026, 12, 2)))
    assert (row.when, row.late) == ("Late: was due 1 December", True)


def test_the_head_sends_it_once_all_is_rated():
    row = only(school(HEAD, whole()))
    assert (row.title, row.why) == ("Send the autumn review to governors", "Every milestone that is due is rated.")
    assert (row.to, row.due) == (("review_finish", 9), date(2026, 12, 1))
    assert rows(school(DEPUTY, whole())) == []
    nothing = make.review(objectives=(make.rated(11, due=0, rated=0),))
    assert only(school(HEAD, nothing)).why == "No milestone is due yet; say how it goes in words."


def test_a_review_of_last_year_says_so():
    review = make.review("open", "summer", opened_on=date(2026, 6, 23), objectives=make.review().objectives)
    facts = school(STAFF, review, year=2025, pk=4)
    row = only(facts)
    assert (row.title, row.late) == ("Rate the summer term of 2025/26", True)


# ---------------------------------------------------------------- governors


def test_who_monitors_an_objective_gives_a_view_of_it():
    review = sent(make.rated(11, due=7, rated=7, monitors=True), make.rated(12, due=5, rated=5))
    row = overview.yours(school(GOVERNOR, review))[0]
    assert (row.title, row.plainly) == ("Give your view on Objective 1", "Give your view on objective 1")
    assert (row.to, row.when) == (("give_view", 9, 11), "By Monday 7 December")
    assert row.key == "give_view:9:11:See the ratings:2026-12-07"
    given = replace(review, objectives=(replace(review.objectives[0], viewed_on=make.TODAY),))
    assert rows(school(GOVERNOR, given)) == ["Read the autumn review"]


def test_many_views_are_one_row():
    review = sent(*(make.rated(pk, monitors=True) for pk in (11, 12, 13)))
    row = overview.yours(school(COMMITTEE, review))[0]
    assert (row.title, row.to) == ("Give your view on three objectives", ("review", 9))


def test_what_is_not_due_asks_for_no_view():
    review = sent(make.rated(11, due=0, rated=0, monitors=True), make.rated(12, due=5, rated=5))
    assert rows(school(GOVERNOR, review)) == ["Read the autumn review"]


def test_the_chair_speaks_where_nobody_monitors():
    review = sent(make.rated(11, due=7, rated=7, monitored=False), make.rated(12), agenda_on=NINTH)
    facts = school(CHAIR, review)
    assert rows(facts) == ["Give your view on Objective 1", "Read the autumn review"]
    assert overview.yours(facts)[0].why.startswith("Nobody monitors it, so you speak for the board.")
    assert rows(school(VICE, review)) == ["Read the autumn review"]


@pytest.mark.parametrize("parts", [GOVERNOR, VICE, ASSOCIATE, COMMITTEE, LOCAL])
def test_members_read_it_before_the_meeting(parts):
    row = only(school(parts, sent(agenda_on=NINTH)))
    assert (row.title, row.to, row.when) == (
        "Read the autumn review",
        ("review", 9),
        "Before the meeting on Wednesday 9 December",
    )
    assert row.why == "With governors since 23 November: 12 of 12 milestones rated."


@pytest.mark.parametrize("parts", [HEAD | GOVERNOR, DEPUTY, STAFF, BUSINESS, ADVISER, TRUSTEE])
def test_who_wrote_it_or_does_not_sit_is_not_asked_to_read_it(parts):
    assert rows(school(parts, sent(agenda_on=NINTH))) in ([], ["Read the plan for 2026/27"])


@pytest.mark.parametrize("parts", [CHAIR, CLERK])
def test_chair_and_clerk_put_it_on_an_agenda(parts):
    facts = school(parts, sent())
    row = next(row for row in overview.yours(facts) if row.to == ("put_review", 9))
    assert row.title == "Put the autumn review on an agenda"
    assert (row.why, row.due) == (
        "It is with governors since 23 November and no meeting has it yet.",
        date(2026, 12, 1),
    )
    assert ("put_review", 9) not in [one.to for one in overview.yours(school(parts, sent(agenda_on=NINTH)))]
    assert ("put_review", 9) not in [one.to for one in overview.yours(school(GOVERNOR, sent()))]


def test_a_received_review_asks_nothing_of_anybody():
    for parts in (HEAD, DEPUTY, STAFF, GOVERNOR, CHAIR, CLERK):
        facts = school(parts, make.review("received"), today=date(2026, 12, 10), meetings=[])
        assert (rows(facts), waits(facts)) == ([], [])


def test_the_trusts_board_has_the_review_of_a_school_that_it_receives_for():
    words = {"own": False, "organisation": "Mudlark", "slug": "mudlark"}
    facts = school(frozenset(), sent(), review_parts=CHAIR, **words)
    assert rows(facts) == ["Put the autumn review of Mudlark on an agenda", "Read the autumn review of Mudlark"]


def test_papers_with_nothing_but_plan_and_review_are_no_second_row():
    items = [make.item(kind="review", plan=None, title="Receive the autumn review")]
    out = make.meeting(NINTH, GOVERNOR, *items, papers_sent_on=date(2026, 11, 30))
    titles = [row.title for row in overview.yours(school(GOVERNOR, sent(agenda_on=NINTH), meetings=[out]))]
    assert titles == ["Read the autumn review"]


# ---------------------------------------------------------------- closing


def closing(parts, *outcomes, today=date(2027, 7, 8), **words):
    summer = make.review("received", "summer", opened_on=date(2027, 6, 23), received_on=date(2027, 7, 7))
    objectives = tuple(
        make.objective(place, outcome=outcome, lead_id=ME if place == 2 else TOM)
        for place, outcome in enumerate(outcomes, start=1)
    )
    plans = [make.plan("approved", parts, reviews=(summer,), objectives=objectives, **words)]
    following = make.plan("drafting", parts, pk=6, year=2027)
    return make.facts(parts, plans=[*plans, following], meetings=[make.meeting(date(2027, 7, 20), parts)], today=today)


def test_the_head_closes_the_plan_from_the_last_review_on():
    row = next(row for row in overview.yours(closing(HEAD, "met", "")) if row.to[0] == "closing")
    assert (row.title, row.why) == ("Close the plan for 2026/27", "1 of 2 objectives have their outcome.")
    assert (row.to, row.due) == (("closing", 5), date(2027, 9, 30))
    assert "Every objective has its outcome." in [row.why for row in overview.yours(closing(HEAD, "met", "not met"))]


def test_who_leads_an_objective_says_what_came_of_it():
    row = next(row for row in overview.yours(closing(STAFF, "met", "")) if row.to[0] == "closing")
    assert row.title == "Say what came of your objective in 2026/27"
    assert [row for row in overview.yours(closing(STAFF, "", "met")) if row.to[0] == "closing"] == []
    governor = closing(GOVERNOR, "")
    assert [row for row in overview.yours(governor) if row.to[0] == "closing"] == []


def test_a_plan_is_not_closed_before_its_last_review_is_sent():
    assert rows(school(HEAD, make.review("received"), today=date(2027, 7, 8), meetings=[])) == [
        "Begin the evidence for 2027/28",
        "Begin the plan for 2027/28",
    ]
    over = rows(school(HEAD, make.review("received"), today=date(2027, 7, 22), meetings=[]))
    assert "Close the plan for 2026/27" in over


# ---------------------------------------------------------------- what waits for others


def test_leaders_wait_for_each_other_by_name_and_governors_for_leaders():
    assert waits(school(STAFF, make.review())) == []
    assert waits(school(HEAD, make.review())) == [
        ("Tom Ashworth rates the last four milestones of the autumn term", "by 1 December")
    ]
    review = make.review(reads=False, objectives=(make.rated(11, due=12, rated=5),))
    assert waits(school(GOVERNOR, review)) == [
        ("Leaders rate the last seven milestones of the autumn term", "by 1 December")
    ]
    begun = make.review(objectives=(make.rated(11, due=7, rated=0),))
    assert waits(school(CLERK, begun)) == [("Leaders rate seven milestones of the autumn term", "by 1 December")]


def test_many_leads_are_leaders():
    objectives = [make.rated(pk, due=2, rated=1, lead_id=pk, lead=f"Lead {pk}") for pk in range(20, 24)]
    facts = school(HEAD, make.review(objectives=(*objectives, make.rated(12, due=5, rated=2, lead_id=ME))))
    assert waits(facts) == [("Leaders rate the last four milestones of the autumn term", "by 1 December")]


def test_everybody_inside_waits_for_the_sending():
    assert ("The headteacher sends the autumn review to governors", "by 1 December") in waits(school(DEPUTY, whole()))
    assert ("The headteacher sends the autumn review to governors", "by 1 December") in waits(school(CHAIR, whole()))
    assert waits(school(HEAD, whole())) == []


def test_views_and_the_board_are_waited_for():
    on = sent(make.rated(11, due=7, rated=7), make.rated(12, viewed_on=make.TODAY), agenda_on=NINTH)
    views = ("Governors who monitor give their view of one objective, autumn term", "by 7 December")
    assert waits(school(HEAD, on)) == [views, ("The board receives the autumn review", "on 9 December")]
    assert waits(school(CLERK, on)) == [views]
    assert waits(school(GOVERNOR, on)) == []
    off = replace(on, agenda_on=None)
    assert ("The board receives the autumn review", "no meeting has it yet") in waits(school(DEPUTY, off))


# ---------------------------------------------------------------- the season


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        ([make.review()], "Leaders are rating their progress"),
        ([make.review("with governors")], "The autumn review is with governors"),
        ([make.review("received")], ""),
        ([], ""),
    ],
)
def test_the_head_says_the_season(reviews, said):
    facts = school(CHAIR, *reviews)
    expected = "It is the twelfth week of the autumn term" + (f". {said}" if said else "")
    assert overview.where(facts) == (f"{expected}; the board meets in", "15 days", ", on Wednesday 9 December.")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("objectives", "The board is setting the objectives"),
        ("drafting", "Leaders are drafting the plan"),
        ("with the board", "The plan is with the board"),
        ("changes asked for", "Leaders are changing the plan"),
        ("approved", ""),
    ],
)
def test_before_reviews_the_season_is_the_plans(state, said):
    assert overview.season(make.facts(CHAIR, plans=[make.plan(state, CHAIR)])) == said


def test_at_the_end_of_the_year_leaders_are_closing_the_plan():
    facts = closing(HEAD, "met", "")
    assert overview.season(facts) == "Leaders are closing the plan"
