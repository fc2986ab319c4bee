"""What is whose to do, and what waits for whom: each part, at each state of the plan."""

from dataclasses import replace
from datetime import date

import pytest

from governance.permissions import Part
from monitoring import cycle, overview
from monitoring.facts import Thing
from sip.models import Plan
from tests.monitoring import facts as make
from tests.monitoring.facts import CHAIR, CHLOE, CLERK, DEPUTY, GOVERNOR, HEAD, ME, STAFF, TOM

STATES = [state.value for state in Plan.State]
BUSINESS = frozenset({Part.BUSINESS_MANAGER})
ADVISER, INSPECTOR = frozenset({Part.ADVISER}), frozenset({Part.INSPECTOR})
VICE = GOVERNOR | {Part.VICE_CHAIR}
ASSOCIATE = frozenset({Part.ASSOCIATE_MEMBER})
COMMITTEE, LOCAL = frozenset({Part.COMMITTEE_MEMBER}), frozenset({Part.LOCAL_GOVERNOR})
TRUST_EYES = frozenset({Part.LEADER_OF_TRUST, Part.TRUSTEE})
SECOND = date(2026, 12, 2)


def titles(facts) -> list[str]:
    return [row.title for row in overview.yours(facts)]


def school(parts, state, *, things=(make.ADOPTED,), **words):
    """A plan in a state with one whole objective and one that lacks everything, and a meeting on 2 December."""
    objectives = (make.objective(1), make.objective(2, actions=0, criteria=0, uncosted=0))
    meetings = [make.meeting(SECOND, parts, make.item(), papers_sent_on=make.TODAY)]
    words = {"decision_on": SECOND if state == "with the board" else None} | words
    plans = [make.plan(state, parts, objectives=objectives, **words)] if state else []
    return make.facts(parts, plans=plans, meetings=meetings, things=things)


# ---------------------------------------------------------------- each part at each state


BY_PART = {
    "headteacher": (
        HEAD,
        {
            "": ["Begin the plan for 2026/27"],
            "objectives": ["Propose objectives for 2026/27"],
            "drafting": ["Draft objective 2: Objective 2"],
            "changes asked for": ["Draft objective 2: Objective 2", "Make the changes asked for and submit again"],
        },
    ),
    "senior leader": (DEPUTY, {}),
    "business manager": (BUSINESS, {}),
    "staff": (STAFF, {}),
    "governor": (GOVERNOR, {"with the board": ["Read the plan before the meeting"]}),
    "associate": (ASSOCIATE, {"with the board": ["Read the plan before the meeting"]}),
    "committee": (COMMITTEE, {"with the board": ["Read the plan before the meeting"]}),
    "local": (LOCAL, {"with the board": ["Read the plan before the meeting"]}),
    "chair": (
        CHAIR,
        {
            "": ["Begin the plan for 2026/27"],
            "objectives": ["Put the objectives to a meeting"],
            "with the board": ["Read the plan before the meeting"],
        },
    ),
    "vice chair": (VICE, {"with the board": ["Read the plan before the meeting"]}),
    "clerk": (
        CLERK,
        {"": ["Begin the plan for 2026/27"], "objectives": ["Put the objectives to a meeting"]},
    ),
    "adviser": (
        ADVISER,
        {
            "with the board": ["Read the plan before the meeting"],
            "approved": ["Read the plan for 2026/27"],
            "closed": ["Read the plan for 2026/27"],
        },
    ),
    "inspector": (
        INSPECTOR,
        {"approved": ["Read the plan for 2026/27"], "closed": ["Read the plan for 2026/27"]},
    ),
    "the trust": (TRUST_EYES, {}),
}


@pytest.mark.parametrize("state", ["", *STATES])
@pytest.mark.parametrize("part", BY_PART)
def test_what_is_yours_follows_from_part_and_state(part, state):
    parts, expected = BY_PART[part]
    assert titles(school(parts, state)) == expected.get(state, [])


# ---------------------------------------------------------------- round a meeting


def one(parts, meeting=None, **words):
    """Facts with one meeting on 2 December, in which this person plays the same parts."""
    return make.facts(parts, meetings=[meeting or make.meeting(SECOND, parts)], **words)


def only(facts):
    """The one row."""
    rows = overview.yours(facts)
    assert len(rows) == 1, [row.title for row in rows]
    return rows[0]


def test_a_vote_that_is_open_stands_before_everything():
    item = make.item(state="open", voting_is_open=True)
    parts = GOVERNOR
    late = make.question(state="asked", other_id=ME, due=date(2026, 11, 2))
    facts = make.facts(
        parts,
        meetings=[make.meeting(make.TODAY, parts, item, is_there=True)],
        plans=[make.plan("with the board", parts)],
        things=[make.ADOPTED, late],
    )
    rows = overview.yours(facts)
    assert [row.title for row in rows] == [
        "Vote on “Decide on the plan”",
        "Answer Chloe Banks’ question",
        "Read the plan before the meeting",
    ]
    assert (rows[0].to, rows[0].when) == (("item", 30), "Now")


@pytest.mark.parametrize(
    ("parts", "acted", "expected"),
    [
        (GOVERNOR, True, []),
        (frozenset({Part.BOARD_MEMBER}), False, []),
        (CHAIR, True, ["Take the decision on “Decide on the plan”"]),
        (CHAIR, False, ["Vote on “Decide on the plan”"]),
        (CLERK, False, ["Record the decision on “Decide on the plan”", "Run today’s meeting"]),
        (HEAD, False, []),
    ],
)
def test_an_open_item_is_each_ones_in_its_own_way(parts, acted, expected):
    item = make.item(state="open", voting_is_open=True, acted=acted)
    meeting = make.meeting(make.TODAY, parts, item, papers_sent_on=make.TODAY, is_there=True)
    found = titles(make.facts(parts, meetings=[meeting]))
    assert [title for title in found if "next meeting" not in title] == expected


def test_a_meeting_that_was_held_and_not_recorded_is_late_for_the_clerk_alone():
    held = make.meeting(date(2026, 11, 18), CLERK, make.item(), papers_sent_on=date(2026, 11, 10))
    coming = make.meeting(date(2027, 1, 20), CLERK)
    row = only(make.facts(CLERK, meetings=[held, coming]))
    assert row.title == "Record what was decided on 18 November"
    assert row.why == "One item without a decision."
    assert (row.when, row.late) == ("Late: the meeting was on Wednesday 18 November", True)
    as_governor = [replace(one, parts=GOVERNOR) for one in (held, coming)]
    assert titles(make.facts(GOVERNOR, meetings=as_governor)) == []


def test_papers_are_the_clerks_in_clear_days():
    row = only(one(CLERK))
    assert (row.title, row.due, row.when) == ("Send the papers for 2 December", date(2026, 11, 24), "Today")
    assert row.why == "Governing board; seven clear days of notice."
    assert titles(one(CLERK, today=date(2026, 11, 9))) == []
    assert titles(one(GOVERNOR)) == titles(one(CHAIR)) == []


def test_late_papers_wait_for_the_chairs_direction():
    late = {"today": date(2026, 11, 25)}
    row = only(one(CLERK, **late))
    assert (row.why, row.when) == ("The chair must say that they are urgent.", "Late: was due 24 November")
    row = only(one(CHAIR, **late))
    assert row.title == "Say whether the late papers for 2 December are urgent"
    directed = make.meeting(SECOND, CLERK, urgency_reason="The plan cannot wait.")
    assert only(one(CLERK, directed, **late)).why == "Urgent by the chair’s direction."
    assert titles(one(CHAIR, replace(directed, parts=CHAIR), **late)) == []


def test_members_read_the_papers_once_they_are_out():
    out = make.meeting(SECOND, GOVERNOR, make.item(kind="ordinary", plan=None), papers_sent_on=make.TODAY, place="Hall")
    row = only(one(GOVERNOR, out))
    assert row.title == "Read the papers for 2 December"
    assert row.why == "They went out on 24 November. At 18:00, Hall; Governing board."
    assert titles(one(HEAD, replace(out, parts=HEAD))) == []
    assert titles(one(GOVERNOR, replace(out, items=(make.item(),)))) == []  # reading the plan is a row of its own


def test_minutes_are_signed_at_the_next_meeting():
    held = make.meeting(date(2026, 10, 14), CHAIR, state="held")
    coming = make.meeting(SECOND, CHAIR, make.item(), papers_sent_on=make.TODAY)
    row = only(make.facts(CHAIR, meetings=[held, coming]))
    assert (row.title, row.due) == ("Sign the minutes of 14 October", SECOND)
    as_clerk = [replace(one, parts=CLERK) for one in (held, coming)]
    assert titles(make.facts(CLERK, meetings=as_clerk)) == ["Have the minutes of 14 October signed"]
    assert titles(make.facts(CHAIR, meetings=[held, coming], today=date(2026, 11, 9))) == []
    signed = replace(held, minutes_signed_on=make.TODAY)
    assert titles(make.facts(CHAIR, meetings=[signed, coming])) == []


# ---------------------------------------------------------------- questions and requests


def with_question(parts, **words):
    return make.facts(parts, plans=[make.plan("with the board", parts)], things=[make.ADOPTED, make.question(**words)])


def test_a_question_to_nobody_is_the_heads():
    assert titles(with_question(HEAD)) == ["Answer Chloe Banks’ question"]
    assert titles(with_question(DEPUTY)) == []


def test_a_question_is_whoevers_was_asked_and_then_not_the_heads():
    assert titles(with_question(STAFF, other_id=ME)) == ["Answer Chloe Banks’ question"]
    assert titles(with_question(HEAD, other_id=TOM)) == []
    assert [wait.words for wait in overview.waiting(with_question(HEAD, other_id=TOM, other="Tom Ashworth"))][0] == (
        "Tom Ashworth answers Chloe Banks: “How do you know?”"
    )


def test_a_late_question_says_so_and_comes_first():
    late = make.question(other_id=ME, due=date(2026, 11, 20))
    soon = replace(late, pk=41, due=date(2026, 11, 30))
    facts = make.facts(STAFF, plans=[make.plan("with the board", STAFF)], things=[soon, late])
    assert [(row.to[1], row.when, row.late) for row in overview.yours(facts)] == [
        (40, "Late: was due 20 November", True),
        (41, "By Monday 30 November", False),
    ]


def test_an_answer_is_for_the_asker_to_look_at_unless_they_gave_it():
    answered = {"state": "answered", "who_id": ME, "other": "Tom Ashworth", "day": date(2026, 11, 23)}
    found = [row for row in overview.yours(with_question(GOVERNOR, other_id=TOM, **answered)) if "answer" in row.title]
    assert [row.why for row in found] == ["Tom Ashworth answered on 23 November: “How do you know?”"]
    assert "Look at the answer to your question" not in titles(with_question(HEAD, other_id=ME, **answered))
    assert "Look at the answer to your question" not in titles(
        with_question(GOVERNOR, **(answered | {"who_id": CHLOE, "other_id": TOM}))
    )


def test_my_own_question_waits_for_leaders():
    waits = overview.waiting(with_question(GOVERNOR, who_id=ME))
    assert [(wait.words, wait.when) for wait in waits] == [
        ("The headteacher answers your question: “How do you know?”", "by 1 December")
    ]


def test_a_question_on_a_plan_that_one_does_not_see_is_nowhere():
    facts = with_question(GOVERNOR, about=99)
    assert titles(facts) == ["Read the plan before the meeting"]
    assert overview.waiting(facts) == []


@pytest.mark.parametrize("parts", [CHAIR, VICE, CLERK])
def test_a_request_to_change_an_objective_is_the_boards_sides(parts):
    request = Thing(
        "request", 50, "Reading", who="Priya Raman", who_id=TOM, about=5, day=date(2026, 11, 20), state="open"
    )
    facts = make.facts(parts, plans=[make.plan("drafting", parts)], things=[make.ADOPTED, request])
    assert "Answer Priya Raman’s request to change an objective" in titles(facts)
    leaders = make.facts(HEAD, plans=[make.plan("drafting", HEAD)], things=[make.ADOPTED, request])
    assert [wait.words for wait in overview.waiting(leaders)] == [
        "The chair answers Priya Raman’s request about “Reading”"
    ]


# ---------------------------------------------------------------- drafting


def test_what_a_draft_lacks_is_said():
    lacking = make.objective(3, unowned=2, undated=1, criteria=3, unmarked=1, lead_id=ME)
    plan = make.plan("drafting", HEAD, objectives=[lacking])
    row = only(make.facts(HEAD, plans=[plan]))
    assert row.why == "Two actions without an owner, one action without a date and one criterion without a milestone."
    assert row.to == ("draft_objective", 13)
    assert row.when == "Late: plans are usually approved by 26 October"


def test_a_senior_leader_drafts_what_is_theirs():
    mine, led, other = (make.objective(number, actions=0) for number in (1, 2, 3))
    objectives = [replace(mine, mine=True), replace(led, lead_id=ME), other]
    plan = make.plan("drafting", DEPUTY, objectives=objectives)
    assert titles(make.facts(DEPUTY, plans=[plan])) == [
        "Draft objective 1: Objective 1",
        "Draft objective 2: Objective 2",
    ]


def test_a_whole_draft_is_submitted_by_the_head():
    plan = make.plan("drafting", HEAD, objectives=[make.objective(1), make.objective(2)])
    row = only(make.facts(HEAD, plans=[plan], today=date(2026, 9, 21)))
    assert (row.title, row.why) == ("Submit the plan to the board", "Both objectives are drafted.")
    assert row.when == "By Monday 26 October"
    assert titles(make.facts(DEPUTY, plans=[replace(plan, parts=DEPUTY)])) == []


def test_a_draft_is_due_with_the_papers_of_the_meeting():
    plan = make.plan("drafting", HEAD, objectives=[make.objective(1)])
    meeting = make.meeting(date(2026, 10, 14), HEAD)
    assert only(make.facts(HEAD, plans=[plan], meetings=[meeting], today=date(2026, 9, 21))).due == date(2026, 10, 6)


def test_missing_costs_are_the_business_managers():
    objectives = [make.objective(1, uncosted=2), make.objective(2), make.objective(3, uncosted=1)]
    plan = make.plan("drafting", BUSINESS, objectives=objectives)
    row = only(make.facts(BUSINESS, plans=[plan]))
    assert row.title == "Find the cost of three actions"
    assert row.why.startswith("In objectives 1 and 3.")
    assert titles(make.facts(BUSINESS, plans=[replace(plan, state="with the board")])) == []


def test_changes_quote_the_reason():
    plan = make.plan("changes asked for", HEAD, objectives=[make.objective(1)], returned_reason="Say what it costs.")
    assert only(make.facts(HEAD, plans=[plan])).why == "“Say what it costs.”"


def test_a_submitted_plan_without_a_meeting_is_put_on_an_agenda():
    plan = make.plan("with the board", CLERK)
    empty = make.meeting(date(2027, 1, 20), CLERK)
    row = only(make.facts(CLERK, plans=[plan], meetings=[empty]))
    assert row.title == "Put the plan on an agenda"
    assert row.due == date(2027, 1, 12)
    assert titles(make.facts(CLERK, plans=[replace(plan, decision_on=empty.day)], meetings=[empty])) == []


def test_a_trusts_board_has_the_plan_of_a_school_that_it_decides_for():
    plan = make.plan("with the board", GOVERNOR, own=False, organisation="Mudlark", slug="mudlark")
    row = only(make.facts(GOVERNOR, plans=[plan], is_trust=True))
    assert row.title == "Read the plan of Mudlark before the meeting"
    assert row.to == ("plan", "mudlark", 2026)
    drafted = replace(plan, state="drafting", parts=HEAD, objectives=(make.objective(1, actions=0),))
    trust_leader = make.facts(HEAD, plans=[drafted, make.plan("approved", HEAD, pk=6)], is_trust=True)
    assert titles(trust_leader) == []


def test_a_schools_plan_is_late_at_its_half_term_though_a_trust_has_until_christmas():
    plan = make.plan("drafting", GOVERNOR, own=False, organisation="Mudlark", slug="mudlark")
    waits = overview.waiting(make.facts(GOVERNOR, plans=[plan], is_trust=True))
    assert [(wait.words, wait.when) for wait in waits] == [
        ("The headteacher submits the plan of Mudlark for 2026/27", "late: due 26 October")
    ]


def test_a_head_who_is_a_governor_is_not_asked_to_read_their_own_plan():
    parts = HEAD | GOVERNOR
    assert titles(make.facts(parts, plans=[make.plan("with the board", parts)])) == []


# ---------------------------------------------------------------- one's own


def test_a_new_governor_starts_here():
    seat = Thing("seat", 60, "", other="Governing board", day=date(2026, 11, 2), state="governor")
    facts = make.facts(GOVERNOR, plans=[make.plan("with the board", GOVERNOR)], things=[make.ADOPTED, seat])
    row = overview.yours(facts)[0]
    assert (row.title, row.to) == ("Start here", ("start", "ashdown"))
    assert row.when == "You joined the governing board on 2 November"


def test_actions_due_within_thirty_days_are_the_owners():
    action = Thing("action", 70, "Train staff", who="under way", other="Reading", other_id=11, about=5)
    action = replace(action, due=date(2026, 12, 24), state="approved")
    later = replace(action, due=date(2026, 12, 25))
    facts = make.facts(STAFF, plans=[make.plan("approved", STAFF)], things=[action, later])
    row = only(facts)
    assert (row.title, row.why, row.to) == ("Do: Train staff", "Objective: Reading. Under way.", ("action", 70))
    assert (row.button, row.plainly) == ("Say how it goes", "Do your action")
    calm = make.facts(STAFF, plans=[make.plan("approved", STAFF)], things=[later])
    assert overview.nothing_yet(calm) == "Nothing is yours now. Your next action is due on 25 December."


def test_a_condition_is_its_owners_and_others_wait_for_it():
    condition = Thing(
        "condition", 30, "Cost objective 2", who="Tom Ashworth", who_id=ME, due=date(2026, 12, 11), about=5
    )
    row = only(make.facts(STAFF, things=[condition]))
    assert (row.title, row.to) == ("Meet: Cost objective 2", ("plan", "ashdown", 2026))
    ordinary = replace(condition, about=None)
    assert only(make.facts(STAFF, things=[ordinary])).to == ("item", 30)
    others = replace(condition, who_id=TOM)
    facts = calm_clerk(things=[make.ADOPTED, others])
    assert titles(facts) == []
    assert [(wait.words, wait.when) for wait in overview.waiting(facts)] == [
        ("Tom Ashworth meets a condition: “Cost objective 2”", "by 11 December")
    ]
    assert overview.waiting(make.facts(GOVERNOR, things=[others])) == []


def test_whoever_is_not_there_is_not_asked_to_vote():
    item = make.item(state="open", voting_is_open=True)
    assert titles(make.facts(GOVERNOR, meetings=[make.meeting(make.TODAY, GOVERNOR, item)])) == []


def test_a_visitor_is_told_until_when():
    role = Thing("role", 80, "inspector", day=date(2026, 11, 23), due=date(2026, 11, 27))
    plan = make.plan("approved", INSPECTOR, approved_on=date(2026, 10, 14))
    row = only(make.facts(INSPECTOR, plans=[plan], things=[role]))
    assert (row.why, row.when) == ("Approved on 14 October.", "You can read it until Friday 27 November")


def test_a_visitor_reads_last_years_plan_only_while_none_is_before_the_board():
    last = make.plan("closed", ADVISER, pk=4, year=2025)
    assert titles(make.facts(ADVISER, plans=[last])) == ["Read the plan for 2025/26"]
    now = make.plan("with the board", ADVISER)
    assert titles(make.facts(ADVISER, plans=[last, now])) == ["Read the plan before the meeting"]


# ---------------------------------------------------------------- the clerk


def calm_clerk(**words):
    return one(CLERK, make.meeting(date(2027, 1, 20), CLERK), **words)


def test_a_clerk_with_everything_in_order_has_nothing_to_do():
    assert titles(calm_clerk(plans=[])) == ["Begin the plan for 2026/27"]
    facts = calm_clerk()
    assert titles(facts) == []
    assert overview.nothing_yet(facts) == "Nothing is yours until the governing board meets on 20 January."


def test_a_clerk_plans_the_next_meeting():
    assert titles(make.facts(CLERK)) == ["Plan the board’s next meeting"]


def test_a_clerk_enters_missing_terms():
    approved = [make.plan("approved", CLERK)]
    row = only(calm_clerk(plans=approved, terms=()))
    assert (row.title, row.to, row.key) == (
        "Check the terms of 2026/27",
        ("terms_edit", "ashdown", 2026),
        "terms_edit:ashdown:2026:Check the terms:",
    )


def test_a_clerk_looks_after_addresses_and_invitations():
    things = [
        make.ADOPTED,
        *(Thing("no address", key, name) for key, name in enumerate(("Ann", "Bo", "Cy", "Di", "Ann"))),
        Thing("invited", 90, "Ed", due=date(2026, 11, 20)),
        Thing("invited", 91, "Flo", due=date(2026, 11, 20)),
        Thing("invited", 91, "Flo", due=date(2026, 11, 27)),
    ]
    facts = calm_clerk(things=things)
    assert [(row.title, row.why) for row in overview.yours(facts)] == [
        ("Add an address for four members of the board", "Ann, Bo, Cy and 1 more: nothing can be sent to them."),
        ("Invite one person again", "Ed: the link lapsed before it was used."),
    ]
    assert [(wait.words, wait.when) for wait in overview.waiting(facts)] == [
        ("Flo accepts the invitation", "by 27 November")
    ]


@pytest.mark.parametrize("parts", [CHAIR, CLERK])
def test_a_strategy_is_begun_or_finished(parts):
    facts = one(parts, make.meeting(date(2027, 1, 20), parts), things=[])
    assert titles(facts) == ["Begin the strategy"]
    drafted = replace(facts, things=(Thing("strategy", 2, "Next", state="draft"), make.ADOPTED))
    assert titles(drafted) == ["Finish the strategy and put it to a meeting"]


def test_next_years_plan_is_begun_from_the_summer_term():
    evidence = Thing("evidence", 7, "", who_id=2027, other_id=2, day=date(2027, 4, 12))
    things = (make.ADOPTED, evidence)
    facts = make.facts(HEAD, plans=[make.plan("approved", HEAD)], today=date(2027, 4, 12), things=things)
    row = only(facts)
    assert (row.title, row.due) == ("Begin the plan for 2027/28", date(2027, 7, 21))


# ---------------------------------------------------------------- waiting, and what the page says


@pytest.mark.parametrize(
    ("parts", "state", "expected"),
    [
        (GOVERNOR, "drafting", [("The headteacher submits the plan for 2026/27", "late: due 26 October")]),
        (
            GOVERNOR,
            "changes asked for",
            [("The headteacher changes and submits the plan for 2026/27", "late: due 26 October")],
        ),
        (HEAD, "with the board", [("The governing board decides on the plan", "on 2 December")]),
        (BUSINESS, "with the board", [("The governing board decides on the plan", "on 2 December")]),
        (HEAD, "objectives", [("The governing board agrees the objectives for 2026/27", "late: due 21 July")]),
        (GOVERNOR, "approved", []),
        (STAFF, "drafting", []),
        (ADVISER, "with the board", []),
    ],
)
def test_what_waits_for_others(parts, state, expected):
    facts = school(parts, state)
    assert [(wait.words, wait.when) for wait in overview.waiting(facts)] == expected


def test_members_wait_for_papers_and_the_clerk_does_not():
    assert [wait.words for wait in overview.waiting(one(GOVERNOR))] == ["The clerk sends the papers for 2 December"]
    assert overview.waiting(one(CLERK)) == []


def test_late_things_stand_first_among_what_waits():
    soon = make.question(who_id=ME)
    late = replace(soon, pk=41, due=date(2026, 11, 20))
    facts = make.facts(GOVERNOR, plans=[make.plan("with the board", GOVERNOR)], things=[soon, late])
    assert [wait.late for wait in overview.waiting(facts)] == [True, False]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ""),
        (1, "one thing"),
        (4, "four things, the most pressing first"),
        (5, "five things, the most pressing first"),
        (9, "the five most pressing of nine"),
    ],
)
def test_how_many_things_are_mine(count, expected):
    assert overview.how_many([None] * count) == expected


def test_five_rows_stand_open_and_the_others_fold():
    things = [make.question(pk=key, other_id=ME) for key in range(0)]
    things = [replace(make.question(other_id=ME), pk=key, due=date(2026, 12, key + 1)) for key in range(7)]
    home = overview.home(make.facts(STAFF, plans=[make.plan("with the board", STAFF)], things=things))
    assert [row.to[1] for row in home.rows] == [0, 1, 2, 3, 4]
    assert [row.to[1] for row in home.more] == [5, 6]


@pytest.mark.parametrize(
    ("state", "words", "expected"),
    [
        ("objectives", {}, "The board is setting the objectives"),
        ("drafting", {}, "Leaders are drafting the plan"),
        ("with the board", {}, "With the board since 17 November; decision on 2 December"),
        ("changes asked for", {}, "Changes asked for"),
        ("approved", {"approved_on": date(2026, 10, 14)}, "Approved on 14 October"),
        ("closed", {}, "Closed"),
    ],
)
def test_the_state_of_the_plan_is_a_sentence(state, words, expected):
    plan = make.plan(state, decision_on=SECOND if state == "with the board" else None, **words)
    assert overview.plan_sentence(make.facts(plans=[plan]), plan) == expected


def test_a_day_that_has_passed_is_not_promised():
    plan = make.plan("with the board", HEAD, decision_on=date(2026, 11, 18))
    facts = make.facts(HEAD, plans=[plan])
    assert overview.plan_sentence(facts, plan) == "With the board since 17 November"
    assert [(wait.words, wait.when) for wait in overview.waiting(facts)] == [
        ("The governing board decides on the plan", "")
    ]


def test_whoever_sees_no_meeting_is_told_the_day_all_the_same():
    plan = make.plan("with the board", BUSINESS, decision_on=SECOND)
    assert [wait.when for wait in overview.waiting(make.facts(BUSINESS, plans=[plan]))] == ["on 2 December"]


def test_without_a_plan_the_sentence_names_the_year():
    assert overview.plan_sentence(make.facts(plans=[]), None) == "No plan for 2026/27 yet"


def test_who_reads_a_plan_later_is_told_of_nothing_that_may_be_done_already():
    facts = make.facts(TRUST_EYES, plans=[])
    home = overview.home(facts)
    assert home.plan == "Nothing is with the board yet"
    assert home.no_lines == "Nothing is with the board yet. The objectives stand here from the day the plan is."
    assert not [step for step in cycle.steps(facts) if step.state == "late"]
    assert overview.home(make.facts(STAFF, plans=[])).plan == "Nothing is approved yet"
    assert [step for step in cycle.steps(make.facts(CHAIR, plans=[])) if step.state == "late"]


def test_a_plan_of_another_year_is_named_by_it():
    plan = make.plan("closed", year=2025)
    assert overview.plan_sentence(make.facts(plans=[plan]), plan) == "2025/26: Closed"


def test_one_line_for_each_board():
    facts = one(CLERK, today=date(2026, 11, 25))
    line = overview.board_line(facts)
    assert (line.plan, line.meeting, line.mine, line.late) == ("Approved", "Wednesday 2 December, 18:00", 1, 1)


def test_what_presses_most_stands_first_whichever_board_it_is_on():
    later, soon = replace(one(CLERK, make.meeting(date(2026, 12, 9), CLERK)), organisation="Quayside"), one(CLERK)
    found = overview.pressing([later, soon])
    assert [place for place, _ in found] == ["Ashdown", "Quayside"]
    assert len(overview.pressing([soon] * 7)) == overview.MOST


def test_nobody_reads_objectives_from_a_sentence_that_hides_them():
    facts = make.facts(STAFF, plans=[make.plan("changes asked for", STAFF)])
    assert overview.home(facts).no_lines.startswith("Nothing is approved yet.")


# ---------------------------------------------------------------- what a mail may say of it


def test_a_mail_says_nothing_that_somebody_wrote():
    item = make.item(title="Exclude W.", state="open", voting_is_open=True)
    meeting = make.meeting(make.TODAY, CHAIR | HEAD | CLERK, item, is_there=True)
    condition = Thing("condition", 30, "Move W.", who_id=ME, other_id=4, due=date(2026, 12, 11), about=5)
    action = Thing("action", 70, "Help W.", "not started", other="W.", other_id=11, about=5, due=SECOND)
    answered = Thing("request", 50, "W.", other="The chair", about=5, day=make.TODAY, state="agreed")
    question = make.question(words="W.?", other_id=ME)
    review = make.review("with governors", objectives=(make.rated(11, monitors=True),))
    draft = make.plan("drafting", HEAD, pk=8, year=2027, objectives=[make.objective(2, title="W.", actions=0)])
    plan = make.plan("approved", CHAIR, objectives=[make.objective(1, title="W.")], reviews=(review,))
    things = [make.ADOPTED, condition, replace(action, state="approved"), answered, question]
    facts = make.facts(CHAIR | HEAD | CLERK, plans=[plan, draft], meetings=[meeting], things=things)
    rows = overview.yours(facts)
    assert sum("W." in row.title for row in rows) == 6
    assert [row.plainly for row in rows if "W." in row.plainly] == []
    assert len({row.key for row in rows}) == len(rows)


def test_a_thing_keeps_its_key_from_day_to_day():
    facts = school(HEAD, "drafting")
    (row,), (later,) = overview.yours(facts), overview.yours(replace(facts, today=date(2026, 11, 25)))
    assert row.key == later.key == "draft_objective:12:Draft it:2026-10-26"
