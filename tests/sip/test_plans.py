"""The plan's page: who reads what of it, what it says, what it asks of whom, and what it costs to make."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import frozen
from governance.models import Decision
from sip import approval, asking, reading
from sip.models import Action, Objective, Plan, Version
from tests import make
from tests.sip.drafts import draft, on_agenda

PAGE = "/organisations/ashdown-primary/plan/2026-27/"
MARKER = "hedgehog"

BOARD = ("chair", "vice", "governor", "link", "associate", "clerk")
LEADERS = ("head", "deputy", "business")
OTHERS = ("teacher", "adviser", "inspector", "committee_member", "left")


@pytest.fixture
def plan(ashdown) -> Plan:
    """With the board, as version 1."""
    plan = draft(ashdown, marker=MARKER)
    approval.submit_plan(plan, by=ashdown.head)
    return plan


def read(client, user, address: str = PAGE) -> str:
    client.force_login(user)
    answer = client.get(address, follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def pages_of(plan: Plan) -> list[str]:
    """Every page on which a plan's words could stand."""
    objectives = [f"/objectives/{objective.pk}/" for objective in plan.objectives.all()]
    versions = [f"/versions/{version.pk}/" for version in plan.versions.all()]
    address = f"/organisations/{plan.organisation.slug}/plan/"
    return [address, f"{address}2026-27/", f"/plans/{plan.pk}/questions/", *objectives, *versions]


# --- who reads what


def test_leaders_read_the_draft(client, ashdown):
    plan = draft(ashdown, marker=MARKER)
    for who in LEADERS:
        page = read(client, getattr(ashdown, who))
        assert f"Action 1.1 {MARKER}" in page and f"Criterion 1 {MARKER}" in page and f"by spring {MARKER}" in page
        assert "This is the draft as it stands now." in page
        assert f"Action 1.1 {MARKER}" in read(client, getattr(ashdown, who), f"/objectives/{plan.objectives.get().pk}/")


@pytest.mark.parametrize("state", ["objectives", "drafting"])
def test_while_leaders_draft_the_board_reads_its_own_words_and_nothing_else(client, ashdown, state):
    plan = draft(ashdown, marker=MARKER, state=state)
    for who in BOARD:
        pages = [read(client, getattr(ashdown, who), address) for address in pages_of(plan)]
        assert "Objective 1" in pages[1] and "Everyone reads well." in pages[1]
        assert not any(MARKER in page for page in pages)


@pytest.mark.parametrize("state", ["objectives", "drafting"])
def test_to_everyone_else_a_draft_is_not_there(client, ashdown, kestrel, state):
    plan = draft(ashdown, marker=MARKER, state=state)
    for user in [getattr(ashdown, who) for who in OTHERS] + [kestrel.head, kestrel.chair]:
        pages = [read(client, user, address) for address in pages_of(plan)[1:]]
        assert set(pages) == {"404"}


def test_while_changes_are_made_the_board_reads_the_version_that_it_saw(client, plan, ashdown):
    approval.return_plan(plan, reason="Say what it costs.", by=ashdown.chair)
    Action.objects.update(what="Action with a porcupine")
    Objective.objects.get().criteria.create(position=2, text="Criterion with a porcupine")
    asking.ask(plan, text="Why?", needs_answer=True, objective=plan.objectives.get(), by=ashdown.governor)
    for who in (*BOARD, "adviser", "teacher", "committee_member"):
        pages = [read(client, getattr(ashdown, who), address) for address in pages_of(plan)]
        assert MARKER in pages[1] and not any("porcupine" in page for page in pages), who
    assert "This is version 1, as the board saw it. Leaders are changing it now." in read(client, ashdown.governor)
    assert "porcupine" in read(client, ashdown.head)


def test_why_changes_are_asked_for_is_between_the_board_and_the_leaders(client, plan, ashdown):
    approval.return_plan(plan, reason="Say what it costs.", by=ashdown.chair)
    reading = {
        who: "Say what it costs." in read(client, getattr(ashdown, who)) for who in ("governor", "head", "clerk")
    }
    others = {who: "Say what it costs." in read(client, getattr(ashdown, who)) for who in ("adviser", "teacher")}
    assert (set(reading.values()), set(others.values())) == ({True}, {False})


def test_before_approval_staff_read_only_what_they_are_named_in(client, ashdown):
    plan = draft(ashdown, objectives=2)
    other = plan.objectives.get(position=2)
    other.actions.update(owner=ashdown.head.person)
    approval.submit_plan(plan, by=ashdown.head)
    page = read(client, ashdown.teacher)
    assert "Action 1.1" in page and "Action 2.1" not in page
    assert read(client, ashdown.teacher, f"/objectives/{other.pk}/") == "404"
    Plan.objects.update(state="approved")
    assert "Action 2.1" in read(client, ashdown.teacher)


def test_staff_who_are_named_nowhere_read_it_when_it_is_approved(client, plan, ashdown):
    cook = make.user("Ashdown Cook")
    make.role(cook, ashdown.school, "staff")
    assert read(client, cook) == "404"
    Plan.objects.update(state="approved")
    assert MARKER in read(client, cook)


def test_advisers_read_what_is_before_the_board_where_they_are_invited_and_inspectors_what_is_approved(
    client, plan, ashdown
):
    stranger = make.user("Ashdown Second Adviser")
    make.role(stranger, ashdown.school, "adviser")
    seen = {user: MARKER in read(client, user) for user in (ashdown.adviser, ashdown.inspector, stranger)}
    assert seen == {ashdown.adviser: True, ashdown.inspector: False, stranger: False}
    Plan.objects.update(state="approved")
    assert all(MARKER in read(client, user) for user in (ashdown.adviser, ashdown.inspector, stranger))


def test_whose_seat_has_ended_reads_nothing(client, plan, ashdown):
    assert set(read(client, ashdown.left, address) for address in pages_of(plan)) == {"404"}


def test_another_school_reads_nothing(client, plan, kestrel):
    for who in ("head", "chair", "clerk"):
        assert set(read(client, getattr(kestrel, who), address) for address in pages_of(plan)) == {"404"}


def test_the_trust_reads_what_is_before_its_schools_boards(client, harbour, quayside):
    plan = draft(quayside, marker=MARKER)
    page = "/organisations/quayside-academy/plan/2026-27/"
    assert {read(client, user, page) for user in (harbour.head, harbour.governor)} == {"404"}
    approval.submit_plan(plan, by=quayside.head)
    assert all(MARKER in read(client, user, page) for user in (harbour.head, harbour.governor))


def test_a_board_of_trustees_decides_on_a_schools_plan_and_its_local_board_reads_it(client, harbour, mudlark):
    plan = draft(mudlark, marker=MARKER)
    page = "/organisations/mudlark-infants/plan/2026-27/"
    approval.submit_plan(plan, by=mudlark.head)
    on_agenda(plan)
    assert plan.deciding_board == harbour.board
    for user in (harbour.chair, harbour.clerk):
        assert MARKER in read(client, user, page) and "/items/" in read(client, user, page)
    assert MARKER in read(client, mudlark.governor, page) and "/items/" not in read(client, mudlark.governor, page)


def test_a_trusts_schools_read_its_approved_plan(client, harbour, quayside):
    plan = draft(harbour, marker=MARKER)
    page = "/organisations/harbour-trust/plan/"
    approval.submit_plan(plan, by=harbour.head)
    assert MARKER not in read(client, quayside.governor, page)
    Plan.objects.update(state="approved")
    assert MARKER in read(client, quayside.governor, page) and "Trust improvement plan" in read(
        client, quayside.head, page
    )


# --- where it stands


def test_a_plan_whose_objectives_are_being_set(client, ashdown):
    plan = draft(ashdown, state="objectives")
    assert "The board is setting the objectives. Next, the clerk" in read(client, ashdown.governor)
    on_agenda(plan, kind="objectives")
    assert "The board is setting the objectives; decision on Wednesday 2 December." in read(client, ashdown.governor)


def test_a_draft_says_who_acts_next_and_by_when(client, ashdown):
    plan = draft(ashdown)
    assert "The headteacher puts it before the board next; no meeting is planned yet." in read(client, ashdown.governor)
    on_agenda(plan, day=date(2026, 12, 9), kind="objectives").plan_item.delete()
    assert "next, by 1 December for the board’s meeting on 9 December." in read(client, ashdown.governor)


def test_a_plan_with_the_board_says_since_when_and_when_it_decides(client, plan, ashdown):
    assert "With the board since 24 November. Next, the clerk or the chair puts it on an agenda." in read(
        client, ashdown.governor
    )
    item = on_agenda(plan)
    assert "With the board since 24 November; decision on Wednesday 2 December." in read(client, ashdown.governor)
    item.advance(to="open")
    assert "the board is at it now" in read(client, ashdown.governor)


def test_an_approved_plan_says_when_where_it_is_minuted_and_what_it_hangs_on(client, plan, ashdown):
    decision = _decided(on_agenda(plan), "approved with conditions")
    decision.conditions.create(text="A sum for books.", owner=ashdown.head.person, due_on=date(2026, 12, 18))
    Plan.objects.update(state="approved")
    page = read(client, ashdown.governor)
    assert "Approved with conditions on 2 December 2026 (FGB 2)." in page
    assert "A sum for books." in page and "18 Dec 2026" in page


def test_the_foot_says_that_the_version_is_as_it_was_or_that_it_is_not(client, plan, ashdown):
    version = plan.versions.get()
    assert "Version 1, unchanged since 24 November 2026." in read(client, ashdown.governor)
    assert "gives the same hash as on that day" in read(client, ashdown.governor, f"/versions/{version.pk}/")
    frozen.thaw_table("sip_version")
    Version.objects.update(content=version.content.replace("Everyone reads", "Nobody reads"))
    frozen.freeze_table("sip_version")
    assert "Version 1 is not as it was frozen." in read(client, ashdown.governor)
    assert "No. The content of version 1 no longer gives the hash" in read(
        client, ashdown.governor, f"/versions/{version.pk}/"
    )


def test_the_plans_own_address_leads_to_this_years_plan(client, plan, ashdown):
    client.force_login(ashdown.governor)
    assert client.get("/organisations/ashdown-primary/plan/").url == PAGE


def test_without_a_plan_the_page_says_who_acts_next(client, ashdown):
    address = "/organisations/ashdown-primary/plan/"
    assert "Begin a plan" in read(client, ashdown.clerk, address)
    assert "No plan for 2026/27 is begun. Only the headteacher" in read(client, ashdown.governor, address)
    assert "There is nothing for you to read yet." in read(client, ashdown.inspector, address)


def test_last_years_plan_is_a_link_away(client, plan, ashdown):
    assert "Last year’s plan" not in read(client, ashdown.governor)
    draft(ashdown, year=2025, state="closed")
    assert "/organisations/ashdown-primary/plan/2025-26/" in read(client, ashdown.governor)
    assert PAGE in read(client, ashdown.governor, "/organisations/ashdown-primary/plan/2025-26/")


# --- what is asked of whom


def test_a_governor_is_asked_to_read_to_ask_and_to_decide(client, plan, ashdown):
    item = on_agenda(plan)
    page = read(client, ashdown.governor)
    assert "What is asked of you before 2 December" in page
    assert "One objective, one action." in page
    assert "Ask about this plan" in page and "Decide on it with the board." in page
    assert f"/items/{item.pk}/" in page
    assert "Take the plan back" not in page and "Return it with reasons" not in page


def test_the_head_may_take_it_back_until_the_papers_are_out(client, plan, ashdown):
    item = on_agenda(plan)
    assert f"/plans/{plan.pk}/take-back/" in read(client, ashdown.head)
    item.meeting.papers_sent_on = date(2026, 11, 24)
    item.meeting.save()
    page = read(client, ashdown.head)
    assert f"/plans/{plan.pk}/take-back/" not in page and "The papers for 2 December are out" in page


def test_the_clerk_puts_it_on_an_agenda_and_takes_the_decision(client, plan, ashdown):
    assert f"/plans/{plan.pk}/" in read(client, ashdown.clerk) and "Put it on an agenda" in read(client, ashdown.clerk)
    item = on_agenda(plan)
    assert "Last day: 24 November." in read(client, ashdown.clerk)
    item.advance(to="open")
    assert "Take the decision" in read(client, ashdown.clerk)


def test_the_head_drafts_and_submits_and_the_deputy_drafts(client, ashdown):
    plan = draft(ashdown)
    assert f"/plans/{plan.pk}/submit/" in read(client, ashdown.head)
    page = read(client, ashdown.deputy)
    assert "Go on drafting" in page and f"/plans/{plan.pk}/submit/" not in page


def test_a_head_with_a_seat_decides_with_the_board_and_is_not_offered_to_ask_themselves(client, plan, ashdown):
    on_agenda(plan)
    make.seat(ashdown.head, ashdown.board, category="headteacher")
    page = read(client, ashdown.head)
    assert "Decide on it with the board." in page and "Ask about this" not in page


def test_one_button_a_page_is_filled(client, plan, ashdown):
    on_agenda(plan)
    make.seat(ashdown.head, ashdown.board, category="headteacher")
    asking.ask(plan, text="Why?", needs_answer=True, by=ashdown.governor)
    for who in (*BOARD, "head"):
        assert read(client, getattr(ashdown, who)).count('class="button"') <= 1


# --- what stands on it


def test_what_nothing_serves_and_what_it_costs_stand_on_the_page(client, ashdown):
    plan = draft(ashdown, objectives=2, actions=2)
    Action.objects.filter(objective__position=2, position=2).update(cost=None)
    approval.submit_plan(plan, by=ashdown.head)
    page = read(client, ashdown.governor)
    assert "no objective yet" in page and "1 and 2" in page
    assert "£3,601.50" in page and "Pupil premium" in page and "One action not costed" in page


def test_what_nobody_has_costed_is_not_said_to_cost_nothing(client, ashdown):
    plan = draft(ashdown, objectives=2, actions=2)
    Action.objects.filter(objective__position=2).update(cost=None)
    approval.submit_plan(plan, by=ashdown.head)
    rows = reading.read(plan, ashdown.governor).objectives
    assert [row.cost_words == "not costed" for row in rows] == [False, True]
    assert reading.cost_of(rows[1:]) == "not costed" and reading.cost_of([]) == "£0"
    client.force_login(ashdown.governor)
    assert "£0" not in client.get(rows[1].url).content.decode()


def test_five_actions_stand_on_the_page_and_all_on_the_objectives(client, ashdown):
    plan = draft(ashdown, actions=8)
    approval.submit_plan(plan, by=ashdown.head)
    page = read(client, ashdown.governor)
    objective = plan.objectives.get()
    assert "Action 1.5" in page and "Action 1.6" not in page and "All 8 actions" in page
    assert "Action 1.8" in read(client, ashdown.governor, f"/objectives/{objective.pk}/")
    assert "Action 1.8" in read(client, ashdown.governor, f"/versions/{plan.versions.get().pk}/")


def test_the_thread_leads_up_to_why_and_down_to_what_was_asked(client, plan, ashdown):
    objective = plan.objectives.get()
    asking.ask(plan, text="Who pays?", needs_answer=True, action=objective.actions.get(), by=ashdown.governor)
    page = read(client, ashdown.governor, f"/objectives/{objective.pk}/")
    assert f"/organisations/ashdown-primary/strategy/#priority-{objective.priority_id}" in page
    assert PAGE in page and "Who pays?" in page
    assert f'id="action-{objective.actions.get().pk}"' in page
    for part, one in (("action", objective.actions.get()), ("criterion", objective.criteria.get())):
        assert f'<input type="hidden" name="{part}" value="{one.pk}">' in page  # a box to ask about it


def test_words_are_shown_as_they_were_typed(client, ashdown):
    plan = draft(ashdown, marker="<b>bold</b>")
    approval.submit_plan(plan, by=ashdown.head)
    for address in pages_of(plan):
        assert "<b>bold" not in read(client, ashdown.governor, address)


# --- what it takes


@pytest.mark.parametrize("who", ["governor", "head", "clerk", "inspector"])
@pytest.mark.parametrize("state", ["drafting", "with the board", "changes asked for", "approved"])
def test_queries_do_not_grow_with_the_plan(client, ashdown, kestrel, who, state):
    small = _queries(client, ashdown, who, state, {})
    great = _queries(client, kestrel, who, state, {"objectives": 8, "actions": 10, "criteria": 3})
    assert small == great <= 17  # six of them for the context, two for versions side by side with the draft


def test_the_page_is_light(client, ashdown, kestrel):
    typical = draft(ashdown, objectives=4, actions=6, criteria=2, what="Open the homework hangar in the old gym " * 3)
    greatest = draft(kestrel, objectives=8, actions=10, criteria=3, what="Open the homework hangar in the old gym " * 3)
    for plan, cast, most in ((typical, ashdown, 60), (greatest, kestrel, 165)):
        approval.submit_plan(plan, by=cast.head)
        client.force_login(cast.chair)
        page = client.get(f"/organisations/{cast.school.slug}/plan/2026-27/").content
        assert len(page) <= most * 1024


def test_an_objectives_page_takes_as_many_queries_however_much_is_in_it(client, ashdown, kestrel):
    counts = []
    for cast, actions in ((ashdown, 1), (kestrel, 10)):
        plan = draft(cast, actions=actions, criteria=3 if actions > 1 else 1)
        approval.submit_plan(plan, by=cast.head)
        for number in range(actions):
            asking.ask(plan, text=f"{number}?", needs_answer=True, objective=plan.objectives.get(), by=cast.governor)
        client.force_login(cast.governor)
        counts.append(_count(client, f"/objectives/{plan.objectives.get().pk}/"))
    assert counts[0] == counts[1] <= 12


def test_a_versions_page_is_light_and_takes_as_many_queries_for_a_great_plan(client, ashdown, kestrel):
    counts = []
    for cast, size in ((ashdown, {}), (kestrel, {"objectives": 8, "actions": 10, "criteria": 3})):
        plan = draft(cast, what="Open the homework hangar in the old gym " * 3, **size)
        Action.objects.filter(objective__plan=plan).update(
            outcome="Nobody sets homework on a Thursday evening that cannot be done.",
            checked_how="Book look, twice a term",
        )
        version = approval.submit_plan(plan, by=cast.head)
        client.force_login(cast.governor)
        counts.append(_count(client, f"/versions/{version.pk}/"))
        assert len(client.get(f"/versions/{version.pk}/").content) <= 100 * 1024
    assert counts[0] == counts[1]


def _queries(client, cast, who: str, state: str, size: dict) -> int:
    plan = draft(cast, **size)
    if state != "drafting":
        approval.submit_plan(plan, by=cast.head)
        item = on_agenda(plan)
        if state != "with the board":
            Plan.objects.filter(pk=plan.pk).update(state=state)
            _decided(item, state)
    client.force_login(getattr(cast, who))
    return _count(client, f"/organisations/{cast.school.slug}/plan/2026-27/")


def _count(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _decided(item, outcome: str) -> Decision:
    item.state = "closed"
    item.save()
    return Decision.objects.create(
        item=item,
        outcome=outcome,
        resolution="That the board approve it.",
        how="agreed",
        present=4,
        filled_seats=4,
        quorum_needed=2,
        decided_on=date(2026, 12, 2),
        minute_reference="FGB 2",
    )
