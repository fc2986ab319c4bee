"""A plan in force is amended: leaders draft, the minor is made at once, the material is decided, nothing is deleted."""

from datetime import date

import pytest

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance.deciding import Resolved
from governance.models import AgendaItem
from sip import amending, differing, drafting, editions, line, making, reading, replanning, stopped, versions
from sip import amendment_deciding as deciding
from sip.models import Action, Amendment, Milestone, Plan, Replanned, SuccessCriterion, Target
from tests import make

AIM = {"measure": "Year 2 reading", "unit": "percent", "better": "higher", "baseline": 61, "aim": 88}


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2, actions=2)


@pytest.fixture
def measured(ashdown) -> Plan:
    """An approved plan whose first criterion has a target of 88%."""
    made = make.plan(ashdown, state="drafting")
    objective = made.objectives.get()
    row = {"text": "Reading", "by_when": date(2027, 7, 16), "milestones": {"spring": "70%"}, "target": AIM}
    drafting.save_objective(objective, revision=objective.revision, actions=[], criteria=[row], by=ashdown.head)
    from sip import approval
    from sip import deciding as of_plans

    approval.submit_plan(made, by=ashdown.head)
    meeting = make.meeting(made.deciding_board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    item = of_plans.put_plan(made, meeting=meeting, by=ashdown.clerk).item
    with make.at_the_meeting(meeting):
        of_plans.decide_plan(item, resolved=Resolved("approved", decided_on=meeting.day), by=ashdown.clerk)
    made.refresh_from_db()
    return made


def begun(plan: Plan, cast) -> Amendment:
    return amending.begin_amendment(plan, by=cast.deputy)


def change(amendment, row, cast, why="The trainer is ill.", **values):
    return amending.change_part(amendment, row=row, values=values, why=why, revision=amendment.revision, by=cast.deputy)


def stop(amendment, row, cast, why="It did not help."):
    return amending.stop_part(amendment, row=row, why=why, revision=amendment.revision, by=cast.deputy)


def add(amendment, part, under, cast, **values):
    words = {"part": part, "under": under, "values": values, "why": "It is missing."}
    return amending.add_part(amendment, revision=amendment.revision, by=cast.deputy, **words)


def decided(amendment, cast, outcome="approved", **words):
    """The board's decision on it, at a meeting a week after the plan was approved."""
    deciding.put_before_board(amendment, reason="What we know now.", by=cast.head)
    day = date(2026, 12, 9)
    meeting = make.meeting(
        amendment.plan.deciding_board, day=day, present=cast.voters, by=cast.clerk, chair=cast.chair.person
    )
    item = deciding.put_amendment(amendment, meeting=meeting, by=cast.clerk).item
    resolved = Resolved(outcome=outcome, minute_reference="FGB 14/26", decided_on=day, **words)
    with make.at_the_meeting(meeting):
        deciding.decide_amendment(item, resolved=resolved, by=cast.clerk)
    amendment.refresh_from_db()
    return item


def mailed(what: str) -> set[str]:
    return set(OutgoingMail.objects.filter(key__startswith=f"{what}:").values_list("to_name", flat=True))


def first_action(plan) -> Action:
    return Action.objects.filter(objective__plan=plan).order_by("objective__position", "position").first()


def read(plan, cast, user="chair"):
    plan.refresh_from_db()
    return reading.read(plan, getattr(cast, user))


# --- begun


def test_leaders_begin_one_at_a_time(plan, ashdown):
    one = begun(plan, ashdown)
    assert (one.number, one.state) == (1, "drafting")
    with pytest.raises(Conflict, match="Amendment 1 is under way: leaders are drafting it"):
        begun(plan, ashdown)


@pytest.mark.parametrize("who", ["chair", "clerk", "link", "teacher", "business", "adviser"])
def test_nobody_else_begins_one(plan, ashdown, who):
    with pytest.raises(NotAllowed, match="may amend a plan that is in force"):
        amending.begin_amendment(plan, by=getattr(ashdown, who))


@pytest.mark.parametrize("state", ["drafting", "with the board"])
def test_only_a_plan_in_force_is_amended(ashdown, state):
    with pytest.raises(Conflict, match="Only a plan in force is amended"):
        begun(make.plan(ashdown, state=state), ashdown)


def test_two_people_at_once_the_second_is_told(plan, ashdown):
    one = begun(plan, ashdown)
    change(one, first_action(plan), ashdown, what="Another way")
    with pytest.raises(StaleEdit, match="Somebody else saved this amendment"):
        amending.stop_part(one, row=first_action(plan), why="Why", revision=1, by=ashdown.head)


def test_what_is_put_back_as_it_was_gives_no_line(plan, ashdown):
    one, action = begun(plan, ashdown), first_action(plan)
    change(one, action, ashdown, what="Another way", cost="100")
    assert list(one.changes.values_list("field", "before", "after")) == [("what", action.what, "Another way")]
    change(one, action, ashdown, what=action.what)
    assert not one.changes.exists()


def test_a_part_of_another_plan_is_none_of_this_one(plan, ashdown, kestrel):
    other = first_action(make.plan(kestrel, state="approved"))
    with pytest.raises(Conflict, match="no part of this plan"):
        stop(begun(plan, ashdown), other, ashdown)


def test_a_criterion_has_one_milestone_a_term(plan, ashdown):
    one = begun(plan, ashdown)
    autumn, spring = Milestone.objects.filter(criterion__objective__plan=plan).order_by("pk")[:2]
    with pytest.raises(Conflict, match="has a milestone for the spring term already"):
        change(one, autumn, ashdown, term="spring")
    stop(one, spring, ashdown)
    change(one, autumn, ashdown, term="spring")
    decided(one, ashdown)
    kept = Milestone.objects.kept().filter(criterion=autumn.criterion)
    assert list(kept.order_by("term").values_list("pk", "term")) == [(autumn.pk, "spring"), (spring.pk + 1, "summer")]


# --- minor


def test_a_minor_one_is_made_at_once_and_the_board_is_told(plan, ashdown):
    one, action = begun(plan, ashdown), first_action(plan)
    change(one, action, ashdown, due_on="2027-02-12", cost="900")
    before = plan.latest_version
    version = making.make_amendment(one, reason="The trainer is ill until January.", by=ashdown.deputy)
    action.refresh_from_db()
    assert (action.due_on, action.cost, one.state, one.weight) == (date(2027, 2, 12), 900, "made", "minor")
    assert (version.number, version.is_unharmed, before.is_unharmed) == (before.number + 1, True, True)
    told = mailed("amendment_made")
    assert {"Ashdown Chair", "Ashdown Clerk", "Ashdown Link"} <= told
    assert "Ashdown Deputy" not in told
    row = read(plan, ashdown).objectives[0].actions[0]
    assert row.due == "12 Feb 2027"
    assert row.was == [
        "By when: approved as 18 December 2026; moved on 24 November 2026, by leaders, who told the board: "
        "The trainer is ill.",
        "Cost: approved as £100; changed on 24 November 2026, by leaders, who told the board: The trainer is ill.",
    ]


def test_a_second_move_keeps_what_was_approved_in_sight(plan, ashdown):
    for day in ("2027-02-12", "2027-05-07"):
        one = begun(plan, ashdown)
        change(one, first_action(plan), ashdown, due_on=day)
        making.make_amendment(one, reason="Why", by=ashdown.head)
    was = read(plan, ashdown).objectives[0].actions[0].was
    assert [line.partition(";")[0] for line in was] == [
        "By when: approved as 18 December 2026",
        "By when: then 12 February 2027",
    ]


def test_a_material_one_is_not_made_by_leaders(measured, ashdown):
    one = begun(measured, ashdown)
    change(one, SuccessCriterion.objects.get(), ashdown, aim="84")
    with pytest.raises(Conflict, match="is the board’s to decide. A target changes."):
        making.make_amendment(one, reason="Why", by=ashdown.head)
    assert Target.objects.get().aim == 88


def test_an_empty_one_is_not_made(plan, ashdown):
    with pytest.raises(Conflict, match="Nothing is changed in this amendment yet"):
        making.make_amendment(begun(plan, ashdown), reason="Why", by=ashdown.head)


def test_made_twice_it_happens_once(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, first_action(plan), ashdown)
    making.make_amendment(one, reason="Why", by=ashdown.head)
    with pytest.raises(Conflict, match="no longer drafted"):
        making.make_amendment(one, reason="Why", by=ashdown.head)
    assert (plan.versions.count(), AuditEvent.objects.filter(what="make_amendment").count()) == (2, 1)


def test_leaders_may_have_the_board_decide_on_a_minor_one(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, first_action(plan), ashdown)
    deciding.put_before_board(one, reason="Why", weight_why="It was contested.", by=ashdown.head)
    assert (one.state, one.weight, one.weight_why) == ("with the board", "material", "It was contested.")
    assert "Ashdown Chair" in mailed("amendment_put")


# --- stopped


def test_a_stopped_action_stays_as_learning_and_costs_nothing_more(plan, ashdown):
    one, action = begun(plan, ashdown), first_action(plan)
    stop(one, action, ashdown)
    making.make_amendment(one, reason="Why", by=ashdown.head)
    action.refresh_from_db()
    assert (action.status, action.stopped_why, action.is_late) == ("stopped", "It did not help.", False)
    found = read(plan, ashdown)
    row = found.objectives[0]
    assert [one.number for one in row.actions] == ["1.2"]
    assert (found.total, row.stopped[0]["words"], row.stopped[0]["says"]) == (
        "£300",
        action.what,
        "Stopped on 24 November 2026, by leaders, who told the board: It did not help.",
    )
    with pytest.raises(Conflict, match="was stopped already"):
        change(begun(plan, ashdown), action, ashdown, what="Again")


def test_what_is_added_stands_in_the_plan(plan, ashdown):
    one, objective = begun(plan, ashdown), plan.objectives.first()
    criterion = objective.criteria.first()
    criterion.milestones.filter(term="autumn").delete()
    words = {"what": "Phonics for parents", "owner": ashdown.teacher.person.pk, "due_on": "2027-03-12", "cost": "250"}
    add(one, "action", objective, ashdown, **words)
    add(one, "milestone", criterion, ashdown, text="Half of them", term="autumn")
    making.make_amendment(one, reason="Why", by=ashdown.head)
    row = read(plan, ashdown).objectives[0]
    last = row.actions[-1]
    assert (last.what, last.owner, last.due) == (
        "Phonics for parents",
        "Ashdown Teacher",
        "12 Mar 2027",
    )
    assert row.actions[-1].was[0].startswith("Added on 24 November 2026, by leaders")
    assert [one.text for one in row.criteria[0].milestones][0] == "Half of them"


# --- material


def test_approved_a_target_shows_what_it_was_when_approved(measured, ashdown):
    assert Target.objects.values_list("approved_aim", "approved_baseline").get() == (88, 61)
    one = begun(measured, ashdown)
    change(one, SuccessCriterion.objects.get(), ashdown, why="Twelve children joined.", aim="84")
    decided(one, ashdown)
    assert (one.state, Target.objects.get().aim) == ("made", 84)
    row = read(measured, ashdown).objectives[0].criteria[0]
    assert (row.measured.aim, row.measured.approved) == ("84%", "88%")
    assert row.was == [
        "Target: approved as 88%; changed on 9 December 2026, by decision of the board (FGB 14/26): "
        "Twelve children joined."
    ]
    assert line.aim_in_words({"unit": "percent", "aim": "84", "approved": "88"}) == "84% (approved at 88%)"
    latest = measured.latest_version
    assert (latest.number, latest.decision.minute_reference) == (2, "FGB 14/26")


def test_the_version_differs_in_what_was_amended_alone(measured, ashdown):
    one = begun(measured, ashdown)
    change(one, SuccessCriterion.objects.get(), ashdown, aim="84")
    decided(one, ashdown)
    first, second = (
        editions.kept(versions.blocks_of(version), "board") for version in measured.versions.order_by("number")
    )
    found = differing.between(first, second)
    assert [(name, line.name) for name, line in found.targets] == [("Criterion 1.1", "Target")]
    assert len(found.rows) == 1


def test_a_dropped_criterion_takes_its_milestones_with_it(plan, ashdown):
    criterion = SuccessCriterion.objects.filter(objective__plan=plan).first()
    one = begun(plan, ashdown)
    stop(one, criterion, ashdown)
    decided(one, ashdown)
    criterion.refresh_from_db()
    assert criterion.dropped_on == date(2026, 12, 9)
    assert not criterion.milestones.kept().exists()
    assert criterion.milestones.count() == 3
    assert read(plan, ashdown).objectives[0].criteria == []


def test_a_stopped_objective_is_read_as_it_stood(plan, ashdown):
    objective = plan.objectives.first()
    one = begun(plan, ashdown)
    stop(one, objective, ashdown, why="The grant was not renewed.")
    decided(one, ashdown)
    objective.refresh_from_db()
    found = read(plan, ashdown)
    assert [row.number for row in found.objectives] == ["2"]
    assert [(row["words"], row["id"]) for row in found.ended] == [(objective.title, objective.pk)]
    before = stopped.read_with(objective, plan, ashdown.chair)
    assert [row.id for row in before.objectives][0] == objective.pk
    assert set(objective.actions.values_list("status", flat=True)) == {"stopped"}
    assert stopped.in_words(objective).startswith("Stopped on 9 December 2026: The grant was not renewed.")


def test_an_objective_can_be_added_by_the_board(plan, ashdown):
    one = begun(plan, ashdown)
    words = {
        "title": "Every child swims",
        "where_to": "All of Year 6 swim.",
        "by_when": "2027-07-16",
        "criterion": "25 m",
    }
    add(one, "objective", None, ashdown, lead=ashdown.deputy.person.pk, **words)
    decided(one, ashdown)
    row = read(plan, ashdown).objectives[2]
    assert (row.number, row.title, row.lead, row.criteria[0].text) == (
        "3",
        "Every child swims",
        "Ashdown Deputy",
        "25 m",
    )


@pytest.mark.parametrize(("outcome", "state"), [("declined", "declined"), ("changes asked for", "drafting")])
def test_otherwise_the_plan_stays_as_it_was(measured, ashdown, outcome, state):
    one = begun(measured, ashdown)
    change(one, SuccessCriterion.objects.get(), ashdown, aim="84")
    decided(one, ashdown, outcome, reason="Not yet.")
    assert (one.state, Target.objects.get().aim, measured.versions.count()) == (state, 88, 1)
    assert mailed("amendment_decided") == {"Ashdown Head", "Ashdown Deputy"}


def test_deferred_it_goes_to_the_later_meeting(measured, ashdown):
    later = make.meeting(measured.deciding_board, day=date(2027, 1, 20), by=ashdown.clerk)
    one = begun(measured, ashdown)
    change(one, SuccessCriterion.objects.get(), ashdown, aim="84")
    decided(one, ashdown, "deferred", reason="The figures first.", deferred_to=later)
    assert one.state == "with the board"
    assert deciding.coming_items(one).get().item.meeting == later


def test_taken_back_until_papers_are_out(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, plan.objectives.first(), ashdown)
    deciding.put_before_board(one, reason="Why", by=ashdown.head)
    meeting = make.meeting(plan.deciding_board, day=date(2026, 12, 9), by=ashdown.clerk)
    deciding.put_amendment(one, meeting=meeting, by=ashdown.clerk)
    deciding.take_back_amendment(one, by=ashdown.head)
    assert (one.state, one.weight) == ("drafting", "")
    deciding.put_before_board(one, reason="Why", by=ashdown.head)
    meeting.papers_sent_on = date(2026, 11, 24)
    meeting.save()
    with pytest.raises(Conflict, match="The papers for 9 December are out"):
        deciding.take_back_amendment(one, by=ashdown.head)


def test_what_was_taken_back_is_not_decided(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, plan.objectives.first(), ashdown)
    deciding.put_before_board(one, reason="Why", by=ashdown.head)
    meeting = make.meeting(plan.deciding_board, day=date(2026, 12, 9), present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_amendment(one, meeting=meeting, by=ashdown.clerk).item
    deciding.take_back_amendment(one, by=ashdown.head)
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="Leaders have taken the amendment back"):
        deciding.decide_amendment(item, resolved=Resolved("approved", decided_on=meeting.day), by=ashdown.clerk)


# --- in urgency


def test_the_chair_makes_what_cannot_wait_and_it_is_reported(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, plan.objectives.first(), ashdown)
    deciding.put_before_board(one, reason="The hall is flooded.", by=ashdown.head)
    coming = make.meeting(plan.deciding_board, day=date(2026, 12, 9), by=ashdown.clerk)
    deciding.put_amendment(one, meeting=coming, by=ashdown.clerk)
    words = {"cannot_wait": "No quorum before Friday.", "detriment": "Year 6 would lose its room."}
    deciding.make_urgently(one, by=ashdown.chair, **words)
    assert (one.state, one.chairs_action.taken_by) == ("made", ashdown.chair.person)
    assert list(coming.items.values_list("kind", flat=True)) == [AgendaItem.Kind.CHAIRS_ACTION]
    assert read(plan, ashdown).ended[0]["says"].startswith("Stopped on 24 November 2026, by chair’s action")


def test_a_governor_cannot(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, plan.objectives.first(), ashdown)
    deciding.put_before_board(one, reason="Why", by=ashdown.head)
    with pytest.raises(NotAllowed, match="may make an amendment that cannot wait"):
        deciding.make_urgently(one, cannot_wait="a", detriment="b", by=ashdown.link)


# --- who sees it


def test_a_draft_is_for_leaders_what_is_made_for_all_who_see_the_plan(plan, ashdown):
    one = begun(plan, ashdown)
    stop(one, plan.objectives.first(), ashdown)

    def seeing() -> set[str]:
        people = ("head", "deputy", "chair", "link", "clerk", "teacher", "inspector")
        return {name for name in people if Amendment.objects.visible_to(getattr(ashdown, name)).exists()}

    assert seeing() == {"head", "deputy"}
    deciding.put_before_board(one, reason="Why", by=ashdown.head)
    assert seeing() == {"head", "deputy", "chair", "link", "clerk"}
    one.refresh_from_db()
    deciding.take_back_amendment(one, by=ashdown.head)
    amending.withdraw_amendment(one, by=ashdown.head)
    assert seeing() == {"head", "deputy", "chair", "link", "clerk"}


def test_strangers_never_do(plan, ashdown, kestrel):
    begun(plan, ashdown)
    assert not Amendment.objects.visible_to(kestrel.head).exists()


# --- without ceremony


def test_within_its_term_an_action_moves_without_an_amendment(plan, ashdown):
    action = first_action(plan)
    replanning.replan_action(
        action, due_on=date(2026, 12, 4), owner=ashdown.deputy.person, why="Cover is found.", by=ashdown.head
    )
    assert list(Replanned.objects.values_list("field", "before", "after")) == [
        ("due_on", "2026-12-18", "2026-12-04"),
        ("owner", ashdown.teacher.person.pk, ashdown.deputy.person.pk),
    ]
    row = read(plan, ashdown).objectives[0].actions[0]
    assert (row.due, row.owner) == ("4 Dec 2026", "Ashdown Deputy")
    assert row.was == [
        "By when: was 18 December 2026; moved on 24 November 2026 by Ashdown Head: Cover is found.",
        "Who: was Ashdown Teacher; handed over on 24 November 2026 by Ashdown Head: Cover is found.",
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 2, 12), "lies in another term"),
        (date(2026, 11, 20), "from today on"),
        (date(2026, 12, 18), "Nothing is changed"),
    ],
)
def test_what_needs_an_amendment_or_is_nothing_is_refused(plan, ashdown, day, why):
    action = first_action(plan)
    with pytest.raises(Conflict, match=why):
        replanning.replan_action(action, due_on=day, owner=action.owner, why="Why", by=ashdown.head)


def test_the_holidays_belong_to_the_term_before_them(plan):
    days = {date(2026, 12, 18): "autumn", date(2027, 1, 2): "autumn", date(2027, 1, 4): "spring"}
    assert {day: replanning.term_of(plan, day)[1] for day in days} == days


def test_the_owner_does_not_hand_it_on(plan, ashdown):
    with pytest.raises(NotAllowed, match="may move an action within its term"):
        replanning.replan_action(
            first_action(plan), due_on=date(2026, 12, 4), owner=None, why="Why", by=ashdown.teacher
        )
