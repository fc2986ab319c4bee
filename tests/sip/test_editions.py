"""Who reads what: the board's edition, the public one, the confidential one; on every page, and frozen with it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import frozen
from foundation.errors import Conflict, NotAllowed
from foundation.permissions import may
from monitoring import records
from monitoring.models import Review
from sip import editions, showing, versions
from sip.editions import Edition
from sip.models import Action, BlockVisibility, ContextText, Plan, Question, Version
from sip.permissions import P
from tests.sip.drafts import draft

SECRET = "A member of staff is supported"


@pytest.fixture
def plan(ashdown) -> Plan:
    """A draft whose actions are for the board and leaders alone."""
    plan = draft(ashdown, what=SECRET)
    showing.say_who_reads(plan, block=_actions(plan), shown_to="confidential", by=ashdown.head)
    return plan


@pytest.fixture
def in_force(plan, ashdown) -> Plan:
    versions.freeze(plan, by=ashdown.head)
    Plan.objects.filter(pk=plan.pk).update(state="approved")
    return Plan.objects.get(pk=plan.pk)


def _actions(plan: Plan) -> str:
    return f"actions:{plan.objectives.first().pk}"


# ---------------------------------------------------------------- what is usual


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("plan", "public"),
        ("priority:3", "public"),
        ("objective:3", "public"),
        ("people:3", "board"),
        ("actions:3", "board"),
        ("criteria:3", "board"),
        ("context:pupils", "board"),
        ("context:staffing", "confidential"),
        ("figures:performance", "board"),
        ("figures_full:performance", "leaders"),
        ("budget", "board"),
        ("a part that nobody has thought of", "confidential"),
    ],
)
def test_each_kind_of_part_has_its_usual_readers(name, edition):
    assert editions.usual(name) == edition


def test_figures_about_few_pupils_are_the_leaders_whatever_is_said():
    assert editions.stands_in("figures_full:pupils", {"figures_full:pupils": "public"}) == Edition.LEADERS


def test_a_part_is_never_for_more_people_than_what_it_hangs_on():
    own = {"objective:3": "board", "actions:3": "public", "actions:4": "confidential"}
    assert editions.stands_in("actions:3", own) == Edition.BOARD
    assert editions.stands_in("doers:4", own) == Edition.CONFIDENTIAL


# ---------------------------------------------------------------- cut and joined


def test_what_is_cut_is_joined_again_word_for_word(ashdown):
    blocks = versions.content_of(draft(ashdown, objectives=2, actions=3, criteria=2))
    cut = editions.parted(blocks)
    assert editions.joined(cut) == blocks == editions.joined(blocks)
    assert editions.parted(cut) == cut


def test_the_public_edition_holds_no_name_cost_or_figure(ashdown):
    plan = draft(ashdown, marker="Marker")
    blocks = versions.content_of(plan) | {_actions(plan): versions.content_of(plan)[_actions(plan)]}
    blocks[editions.OWN] = {_actions(plan): "public", f"criteria:{plan.objectives.get().pk}": "public"}
    words = frozen.canonical(editions.kept(blocks, "public"))
    for name in ("Ashdown Deputy", "Ashdown Teacher", "Ashdown Link", "1200.50", "Pupil premium"):
        assert name in frozen.canonical(blocks)
        assert name not in words
    assert "Action 1.1" in words


def test_a_key_that_is_added_to_a_part_later_stays_out_of_the_public_edition(ashdown):
    blocks = versions.content_of(draft(ashdown))
    name = next(name for name in blocks if name.startswith("objective:"))
    blocks[name] = blocks[name] | {"thought_of_later": "secret"}
    assert "secret" not in frozen.canonical(editions.kept(blocks, "public"))
    assert "secret" in frozen.canonical(editions.kept(blocks, "board"))


# ---------------------------------------------------------------- how much is left out, in words


def test_it_says_how_much_is_left_out_and_for_whom():
    blocks = {
        "plan": {"title": "Plan", "vision": "v"},
        "context:staffing": {"kind": "staffing", "title": "Staffing", "text": "Two posts are open."},
        "budget": {"rows": [["Pupil premium", "£1,000"]]},
        "context:pupils": {"kind": "pupils", "title": "Pupils", "text": ""},
    }
    assert editions.left_out(blocks, "public").says == (
        "Public edition. 2 parts are left out: 1 for the board and the school, 1 for the board and leaders alone."
    )
    assert editions.left_out(blocks, "board").says == (
        "Board edition. 1 part is left out: it is for the board and leaders alone."
    )
    assert editions.left_out(blocks, "confidential").says == "Confidential edition. Nothing is left out."


def test_a_plan_without_confidential_parts_is_the_boards_edition_to_whoever_reads_it_all(ashdown):
    blocks = versions.content_of(draft(ashdown))
    assert editions.left_out(blocks, "confidential").says == "Board edition. Nothing is left out."
    assert editions.left_out(blocks, "leaders").says == "Board edition. Nothing is left out."
    assert editions.made_of(blocks) == ["public", "board"]


# ---------------------------------------------------------------- who reads which


def test_the_queryset_and_the_table_agree_on_who_reads_confidential_parts(ashdown, kestrel, harbour, quayside, mudlark):
    plans = [draft(cast) for cast in (ashdown, kestrel, harbour, quayside, mudlark)]
    for cast in (ashdown, kestrel, harbour, quayside, mudlark):
        for name, user in vars(cast).items():
            if hasattr(user, "standing"):
                found = set(Plan.objects.confidential_to(user))
                told = {plan for plan in plans if may(user, P.READ_CONFIDENTIAL, plan)}
                assert found == told, (cast.school, name)


def test_leaders_read_all_the_board_what_is_confidential_others_the_boards_edition(plan, ashdown):
    assert editions.edition_for(ashdown.head, plan) == Edition.LEADERS
    for reader in (ashdown.chair, ashdown.governor, ashdown.clerk, ashdown.business):
        assert editions.edition_for(reader, plan) == Edition.CONFIDENTIAL
    for reader in (ashdown.associate, ashdown.adviser, ashdown.inspector, ashdown.teacher):
        assert editions.edition_for(reader, plan) == Edition.BOARD


def test_a_confidential_part_is_on_no_page_of_who_may_not_read_it(in_force, ashdown, client):
    objective, version = in_force.objectives.get(), in_force.latest_version
    pages = [
        reverse("plan", args=[ashdown.school.slug, in_force.year]),
        reverse("objective", args=[objective.pk]),
        reverse("version", args=[version.pk]),
        reverse("milestone", args=[objective.criteria.first().milestones.first().pk]),
    ]
    for reader, reads in ((ashdown.governor, True), (ashdown.associate, False), (ashdown.adviser, False)):
        client.force_login(reader)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert (SECRET in answer.text) is reads, (reader, page)
        left = "1 part is left out: it is for the board and leaders alone"
        assert (left in client.get(pages[0]).text) is not reads


def test_who_owns_a_confidential_action_finds_it_among_their_own(in_force, ashdown, client):
    action = Action.objects.get(objective__plan=in_force)
    for reader, answer in ((ashdown.teacher, 200), (ashdown.inspector, 404)):
        client.force_login(reader)
        assert client.get(reverse("action", args=[action.pk])).status_code == answer


def test_a_question_on_a_confidential_action_is_read_by_who_reads_the_action(in_force, ashdown):
    action = Action.objects.get(objective__plan=in_force)
    words = {"plan": in_force, "action": action, "about": action.what, "text": "How long?", "needs_answer": False}
    Question.objects.create(**words, asked_by=ashdown.governor.person, asked_at="2026-11-20T10:00Z")
    assert Question.objects.visible_to(ashdown.chair).exists()
    assert not Question.objects.visible_to(ashdown.associate).exists()


def test_a_review_counts_a_confidential_action_and_does_not_name_it(in_force, ashdown):
    Action.objects.update(due_on="2026-10-01")
    review = Review.objects.create(plan=in_force, term="autumn", opened_on=date(2026, 11, 20))
    words = frozen.canonical(records.content_of(review))
    assert SECRET not in words
    assert "An action that is for the board and leaders alone" in words


# ---------------------------------------------------------------- said on a draft


def test_what_is_said_is_frozen_with_the_version_and_old_versions_hold(plan, ashdown):
    version = versions.freeze(plan, by=ashdown.head)
    assert versions.blocks_of(version)["editions"] == {_actions(plan): "confidential"}
    assert version.is_unharmed
    record = frozen.seal({"plan": versions.content_of(plan)["plan"]})  # as they were frozen before there were editions
    old = Version.objects.create(
        plan=plan,
        number=9,
        frozen_at=version.frozen_at,
        frozen_by=version.frozen_by,
        content=frozen.canonical(record),
        hash=frozen.hash_of(record),
    )
    assert Version.objects.get(pk=old.pk).is_unharmed
    assert versions.blocks_of(old)["plan"]["how_made"] == "Together."


def test_what_is_usual_is_not_kept_as_a_choice(plan, ashdown):
    showing.say_who_reads(plan, block=_actions(plan), shown_to="board", by=ashdown.deputy)
    assert not BlockVisibility.objects.exists()


@pytest.mark.parametrize(
    ("block", "shown_to", "words"),
    [
        ("actions:99999", "public", "not in the plan"),
        ("figures_full:pupils", "public", "not in the plan"),
        ("{objective}", "confidential", "cannot be for these readers"),
        ("{actions}", "leaders", "cannot be for these readers"),
        ("plan", "confidential", "cannot be for these readers"),
    ],
)
def test_a_part_or_reader_that_does_not_exist_is_refused(plan, ashdown, block, shown_to, words):
    key = plan.objectives.get().pk
    block = block.format(objective=f"objective:{key}", actions=f"actions:{key}")
    with pytest.raises(Conflict, match=words):
        showing.say_who_reads(plan, block=block, shown_to=shown_to, by=ashdown.head)


def test_once_the_board_reads_it_nobody_changes_who_reads_what(plan, ashdown):
    Plan.objects.filter(pk=plan.pk).update(state="with the board")
    with pytest.raises(Conflict, match="frozen with the plan"):
        showing.say_who_reads(plan, block=_actions(plan), shown_to="board", by=ashdown.head)


def test_a_governor_does_not_say_who_reads_what(plan, ashdown):
    with pytest.raises(NotAllowed, match="the headteacher"):
        showing.say_who_reads(plan, block=_actions(plan), shown_to="board", by=ashdown.governor)


# ---------------------------------------------------------------- the page


def test_the_page_says_who_reads_each_part_and_takes_a_change(plan, ashdown, client):
    client.force_login(ashdown.head)
    address = reverse("who_reads", args=[plan.pk])
    page = client.get(address).text
    assert "What leaders will do" in page
    assert "The board and leaders alone" in page
    answer = client.post(address, {"block": _actions(plan), "shown_to": "board"}, follow=True)
    assert "Who reads this part is saved." in answer.text
    assert not BlockVisibility.objects.exists()


def test_staffing_is_confidential_before_anyone_says_so(ashdown, client):
    plan = draft(ashdown)
    ContextText.objects.create(plan=plan, kind="staffing", text="One post is temporary.")
    rows = [row for group in showing.parts_of(plan) for row in group.rows if row.name == "context:staffing"]
    assert all(row.who == showing.WHO[Edition.CONFIDENTIAL] and row.is_usual for row in rows)


def test_words_that_name_nothing_are_answered_in_a_sentence(plan, ashdown, client):
    client.force_login(ashdown.head)
    answer = client.post(reverse("who_reads", args=[plan.pk]), {"block": "no such part", "shown_to": "public"})
    assert answer.status_code == 409
    assert "not in the plan" in answer.text


def test_whoever_may_not_say_is_told_and_a_stranger_finds_nothing(plan, ashdown, kestrel, client):
    for reader, status in ((ashdown.governor, 403), (ashdown.clerk, 200), (kestrel.head, 404)):
        client.force_login(reader)
        assert client.get(reverse("who_reads", args=[plan.pk])).status_code == status


def test_the_page_asks_as_much_of_a_great_plan_as_of_a_small_one(ashdown, kestrel, client):
    counts = []
    for cast, objectives in ((ashdown, 1), (kestrel, 3)):
        plan = draft(cast, objectives=objectives)
        client.force_login(cast.head)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("who_reads", args=[plan.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
