"""Objectives: begun, proposed, worded, moved, dropped; leaders ask, the board's side answers."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from sip import agreeing, approval, gathering
from sip.models import ChangeRequest, Objective, Plan
from tests import make

WORDS = {
    "priority": None,
    "title": "Every child reads",
    "where_now": "Six in ten.",
    "where_to": "Eight in ten.",
    "by_when": date(2027, 7, 16),
    "figure_what": "",
    "figure_now": "",
    "figure_aim": "",
    "lead": None,
    "team": [],
    "monitor_seat": None,
    "monitor_board": None,
}
TYPED = {
    "title": "Every child reads",
    "where_to": "Eight in ten.",
    "by_when_day": "16",
    "by_when_month": "7",
    "by_when_year": "2027",
}


@pytest.fixture
def setting(ashdown):
    """A plan whose objectives are being set, with two of them."""
    return make.plan(ashdown, state="objectives", objectives=2)


@pytest.fixture
def drafting(ashdown):
    return make.plan(ashdown, state="drafting")


def test_beginning_takes_the_strategy_in_force_and_the_board_that_decides(mudlark, harbour):
    adopted = make.strategy(mudlark.school)
    plan = agreeing.begin_plan(mudlark.school, year=2026, by=mudlark.clerk)
    assert (plan.state, plan.strategy, plan.deciding_board) == ("objectives", adopted, harbour.board)
    with pytest.raises(Conflict, match="begun already"):
        agreeing.begin_plan(mudlark.school, year=2026, by=mudlark.head)


@pytest.mark.parametrize("part", ["head", "deputy", "chair", "governor", "clerk"])
def test_who_proposed_it_is_kept(ashdown, setting, part):
    by = getattr(ashdown, part)
    made = agreeing.propose_objective(setting, by=by, **WORDS)
    agreeing.word_objective(made, revision=1, by=ashdown.clerk, **(WORDS | {"title": "In the board's words"}))
    made.refresh_from_db()
    assert (made.proposed_by, made.title, made.position, made.revision) == (by.person, "In the board's words", 3, 2)


@pytest.mark.parametrize("part", ["teacher", "business", "associate", "adviser", "inspector"])
def test_others_propose_none(ashdown, setting, part):
    with pytest.raises(NotAllowed):
        agreeing.propose_objective(setting, by=getattr(ashdown, part), **WORDS)


@pytest.mark.parametrize("part", ["head", "deputy", "governor"])
def test_leaders_and_governors_do_not_word_them(ashdown, setting, part):
    with pytest.raises(NotAllowed, match="Only the clerk, the chair or the vice chair may change the words"):
        agreeing.word_objective(setting.objectives.first(), revision=1, by=getattr(ashdown, part), **WORDS)


def test_a_plan_holds_twelve_at_most(ashdown, setting):
    for _ in range(10):
        agreeing.propose_objective(setting, by=ashdown.head, **WORDS)
    with pytest.raises(Conflict, match="12 objectives at most"):
        agreeing.propose_objective(setting, by=ashdown.head, **WORDS)


def test_the_second_to_word_one_is_told(ashdown, setting):
    objective = setting.objectives.first()
    agreeing.word_objective(objective, revision=1, by=ashdown.chair, **WORDS)
    with pytest.raises(StaleEdit):
        agreeing.word_objective(objective, revision=1, by=ashdown.clerk, **WORDS)


def test_moving_and_dropping_renumbers(ashdown, setting):
    first, second = setting.objectives.all()
    agreeing.move_objective(first, up=False, by=ashdown.clerk)
    assert list(setting.objectives.values_list("pk", "position")) == [(second.pk, 1), (first.pk, 2)]
    agreeing.move_objective(first, up=False, by=ashdown.clerk)  # already last: nothing happens
    agreeing.drop_objective(second, by=ashdown.clerk)
    assert list(setting.objectives.values_list("pk", "position")) == [(first.pk, 1)]
    assert AuditEvent.objects.filter(what="drop_objective", thing_id=second.pk).count() == 1


def test_once_agreed_nothing_is_proposed_moved_or_dropped(ashdown, drafting):
    objective = drafting.objectives.get()
    for act in (
        lambda: agreeing.propose_objective(drafting, by=ashdown.head, **WORDS),
        lambda: agreeing.move_objective(objective, up=True, by=ashdown.clerk),
        lambda: agreeing.drop_objective(objective, by=ashdown.clerk),
    ):
        with pytest.raises(Conflict, match="The objectives have been agreed; now leaders are drafting"):
            act()


def test_leaders_ask_and_the_boards_side_answers(ashdown, drafting):
    asked = agreeing.ask_for_change(drafting.objectives.get(), text="The results changed.", by=ashdown.head)
    told = set(OutgoingMail.objects.filter(key__startswith="change_asked_for").values_list("to_name", flat=True))
    assert told == {"Ashdown Chair", "Ashdown Vice"}
    with pytest.raises(NotAllowed):
        agreeing.answer_request(asked, agreed=True, reply="Yes.", by=ashdown.head)
    agreeing.answer_request(asked, agreed=True, reply="Yes.", by=ashdown.chair)
    asked.refresh_from_db()
    assert (asked.state, asked.replied_by, asked.objective.title) == (
        "agreed",
        ashdown.chair.person,
        "Objective 1 of Ashdown Primary",
    )
    with pytest.raises(Conflict):
        agreeing.answer_request(asked, agreed=False, reply="No.", by=ashdown.vice)
    mail = OutgoingMail.objects.get(key__startswith="change_answered")
    assert mail.to_name == "Ashdown Head"
    assert "Yes." not in mail.text + mail.html  # what was said is read inside


ANOTHER = {
    "title": "Every sum makes sense",
    "priority": None,
    "where_now": "Half are sure of their tables.",
    "where_to": "Three in four are.",
    "by_when": date(2027, 7, 16),
}


def test_a_new_baseline_is_taken_over_when_the_board_agrees(ashdown, drafting):
    objective = drafting.objectives.get()
    words = {"kind": "baseline", "text": "The summer’s results.", "figure_now": "57%", "where_now": "Fewer than hoped."}
    asked = agreeing.ask_for_change(objective, by=ashdown.deputy, **words)
    objective.refresh_from_db()
    assert objective.figure_now == "61%"
    agreeing.answer_request(asked, agreed=True, reply="So be it.", by=ashdown.vice)
    was = objective.revision
    objective.refresh_from_db()
    assert (objective.figure_now, objective.figure_aim, objective.where_now) == ("57%", "80%", "Fewer than hoped.")
    assert objective.revision == was + 1  # whoever was wording it is told


def test_a_baseline_needs_a_value_and_declining_changes_nothing(ashdown, drafting):
    objective = drafting.objectives.get()
    with pytest.raises(Conflict, match="Say what the new baseline is"):
        agreeing.ask_for_change(objective, kind="baseline", text="x", by=ashdown.head)
    asked = agreeing.ask_for_change(objective, kind="baseline", text="x", figure_aim="70%", by=ashdown.head)
    agreeing.answer_request(asked, agreed=False, reply="No.", by=ashdown.clerk)
    objective.refresh_from_db()
    assert objective.figure_aim == "80%"


def test_another_objective_joins_the_plan_and_its_proposer_is_kept(ashdown, drafting):
    asked = agreeing.ask_for_objective(drafting, text="The results call for it.", by=ashdown.deputy, **ANOTHER)
    assert (drafting.objectives.count(), str(asked)) == (1, "Request to change “Every sum makes sense”")
    agreeing.answer_request(asked, agreed=True, reply="Yes.", by=ashdown.chair)
    made = drafting.objectives.last()
    assert (made.position, made.proposed_by, {name: getattr(made, name) for name in ANOTHER}) == (
        2,
        ashdown.deputy.person,
        ANOTHER,
    )
    asked.refresh_from_db()
    assert asked.objective == made


def test_another_objective_that_is_declined_never_was(ashdown, drafting):
    asked = agreeing.ask_for_objective(drafting, text="x", by=ashdown.head, **ANOTHER)
    agreeing.answer_request(asked, agreed=False, reply="One thing at a time.", by=ashdown.chair)
    assert drafting.objectives.count() == 1


@pytest.mark.parametrize("kind", ["baseline", "another"])
def test_nothing_is_taken_over_while_the_plan_is_with_the_board(ashdown, kind):
    plan = make.plan(ashdown, state="drafting")
    if kind == "another":
        asked = agreeing.ask_for_objective(plan, text="x", by=ashdown.head, **ANOTHER)
    else:
        words = {"kind": kind, "text": "x", "figure_now": "1%"}
        asked = agreeing.ask_for_change(plan.objectives.get(), by=ashdown.head, **words)
    approval.submit_plan(plan, by=ashdown.head)
    with pytest.raises(Conflict, match="The plan is with the board: it cannot change now"):
        agreeing.answer_request(asked, agreed=True, reply="Yes.", by=ashdown.chair)
    asked.refresh_from_db()
    assert (asked.state, asked.reply, plan.objectives.count()) == ("open", "", 1)
    agreeing.answer_request(asked, agreed=False, reply="Too late.", by=ashdown.chair)


@pytest.mark.parametrize("part", ["teacher", "business", "chair", "clerk"])
def test_only_leaders_ask_for_another(ashdown, drafting, part):
    with pytest.raises(NotAllowed):
        agreeing.ask_for_objective(drafting, text="x", by=getattr(ashdown, part), **ANOTHER)


def test_nothing_is_asked_for_once_the_plan_is_with_the_board(ashdown):
    plan = make.plan(ashdown, state="with the board")
    with pytest.raises(Conflict, match="there is nothing to ask for now"):
        agreeing.ask_for_objective(plan, text="x", by=ashdown.head, **ANOTHER)


def test_words_cannot_change_while_the_plan_is_with_the_board(ashdown):
    plan = make.plan(ashdown, state="with the board")
    with pytest.raises(Conflict, match="with the board"):
        agreeing.word_objective(
            plan.objectives.get(), revision=plan.objectives.get().revision, by=ashdown.chair, **WORDS
        )


# ------------------------------------------------------------------ the pages


def test_the_pages_begin_propose_and_word(client, ashdown):
    client.force_login(ashdown.clerk)
    answer = client.post(reverse("plan_begin", args=[ashdown.school.slug]), {"year": "2026"})
    plan = Plan.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("objectives", args=[plan.pk]))
    assert client.post(reverse("plan_begin", args=[ashdown.school.slug]), {"year": "2026"}).status_code == 422
    monitor = {"monitor": f"board-{ashdown.committee.pk}", "lead": ashdown.deputy.person.pk}
    assert client.post(reverse("objective_propose", args=[plan.pk]), TYPED | monitor).status_code == 302
    made = Objective.objects.get()
    assert (made.monitor, made.lead, made.by_when) == (ashdown.committee, ashdown.deputy.person, date(2027, 7, 16))
    words = TYPED | {"title": "Other", "revision": "1"}
    assert client.post(reverse("objective_words", args=[made.pk]), words).status_code == 302
    stale = client.post(reverse("objective_words", args=[made.pk]), words | {"title": "Mine"})
    assert stale.status_code == 409
    assert "Other" in stale.content.decode() and "Mine" in stale.content.decode()
    made.refresh_from_db()
    assert (made.title, made.monitor) == ("Other", None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Give the objective a title"),
        ({"title": "x" * 121}, "Shorten this to 120 characters"),
        ({"where_to": ""}, "Say where you want to be"),
        ({"by_when_month": "13"}, "month"),
        ({"by_when_year": "2031"}, "Choose a day from 1 September 2026 on"),
    ],
)
def test_wrong_words_are_refused_and_kept(client, ashdown, setting, wrong, says):
    client.force_login(ashdown.head)
    address = reverse("objective_propose", args=[setting.pk])
    answer = client.post(address, TYPED | {"where_now": "Typed here"} | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Typed here" in answer.content.decode()
    assert setting.objectives.count() == 2


def test_foreign_rows_are_refused(client, ashdown, kestrel, setting):
    theirs = make.strategy(kestrel.school).priorities.first()
    client.force_login(ashdown.head)
    for name, value in {
        "priority": theirs.pk,
        "lead": kestrel.deputy.person.pk,
        "team": kestrel.deputy.person.pk,
        "monitor": f"seat-{kestrel.link_seat.pk}",
    }.items():
        answer = client.post(reverse("objective_propose", args=[setting.pk]), TYPED | {name: value})
        assert (name, answer.status_code) == (name, 422)
    assert setting.objectives.count() == 2


def test_a_request_goes_through_the_pages(client, ashdown, kestrel, drafting):
    objective = drafting.objectives.get()
    client.force_login(ashdown.head)
    address = reverse("change_request_ask", args=[objective.pk])
    assert client.post(address, {"kind": "words", "text": ""}).status_code == 422
    assert client.post(address, {"kind": "words", "text": "The <b>results</b> changed."}).status_code == 302
    asked = ChangeRequest.objects.get()
    client.force_login(ashdown.chair)
    page = client.get(reverse("objectives", args=[drafting.pk])).content.decode()
    assert "The &lt;b&gt;results&lt;/b&gt; changed." in page
    answer = client.post(reverse("change_request", args=[asked.pk]), {"agreed": "yes", "reply": "Yes."})
    assert answer.url == reverse("objective_words", args=[objective.pk])
    assert client.post(reverse("change_request", args=[asked.pk]), {"agreed": "no", "reply": "No."}).status_code == 409
    client.force_login(kestrel.chair)
    assert client.get(reverse("change_request", args=[asked.pk])).status_code == 404


def test_a_baseline_goes_through_the_pages(client, ashdown, drafting):
    objective = drafting.objectives.get()
    client.force_login(ashdown.head)
    address, why = reverse("change_request_ask", args=[objective.pk]), {"text": "The results of the summer."}
    wrong = client.post(address, why | {"kind": "baseline"})
    assert (wrong.status_code, "Write the new figure, the new aim" in wrong.content.decode()) == (422, True)
    wrong = client.post(address, why | {"kind": "words", "figure_now": "57%"})
    assert (wrong.status_code, "choose “Its baseline”" in wrong.content.decode()) == (422, True)
    assert client.post(address, why | {"kind": "nonsense"}).status_code == 422
    assert client.post(address, why | {"kind": "baseline", "figure_now": "57%"}).status_code == 302
    client.force_login(ashdown.chair)
    to = reverse("change_request", args=[ChangeRequest.objects.get().pk])
    page = client.get(to).content.decode()
    assert "61%" in page and "57%" in page
    answer = client.post(to, {"agreed": "yes", "reply": "Yes."}, follow=True)
    assert "the new baseline is taken over" in answer.content.decode()


def test_another_objective_goes_through_the_pages(client, ashdown, kestrel, drafting):
    address = reverse("objective_ask", args=[drafting.pk])
    client.force_login(ashdown.chair)
    assert client.get(address).status_code == 403
    client.force_login(kestrel.head)
    assert client.get(address).status_code == 404
    client.force_login(ashdown.head)
    assert address in client.get(reverse("objectives", args=[drafting.pk])).content.decode()
    wrong = client.post(address, TYPED | {"text": ""})
    assert (wrong.status_code, "Say why it is needed now" in wrong.content.decode()) == (422, True)
    assert client.post(address, TYPED | {"text": "x", "by_when_year": "2031"}).status_code == 422
    assert client.post(address, TYPED | {"text": "The results call for it."}).status_code == 302
    client.force_login(ashdown.clerk)
    to = reverse("change_request", args=[ChangeRequest.objects.get().pk])
    assert "Every child reads" in client.get(to).content.decode()
    answer = client.post(to, {"agreed": "yes", "reply": "Yes."}, follow=True)
    assert "“Every child reads” joins the objectives" in answer.content.decode()


def test_a_key_area_is_chosen_where_an_objective_is_proposed(client, ashdown, kestrel, setting):
    pack = gathering.begin_pack(ashdown.school, year=2026, by=ashdown.head)
    area = gathering.add_key_area(pack, title="Reading", why="x", by=ashdown.chair)
    theirs = gathering.begin_pack(kestrel.school, year=2026, by=kestrel.head)
    other = gathering.add_key_area(theirs, title="Elsewhere", why="x", by=kestrel.head)
    client.force_login(ashdown.head)
    address = reverse("objective_propose", args=[setting.pk])
    assert f'value="{area.pk}" selected' in client.get(f"{address}?area={area.pk}").content.decode()
    assert " selected" not in client.get(f"{address}?area={other.pk}").content.decode().split("key_area")[1]
    assert client.post(address, TYPED | {"key_area": other.pk}).status_code == 422
    assert client.post(address, TYPED | {"key_area": area.pk}).status_code == 302
    page = client.get(reverse("objectives", args=[setting.pk])).content.decode()
    assert "Key area: " in page and reverse("evidence", args=[pack.pk]) in page


def test_the_list_costs_the_same_with_one_and_with_many(client, ashdown, kestrel, django_assert_num_queries):
    few = make.plan(ashdown, state="objectives", objectives=1)
    many = make.plan(kestrel, state="objectives", objectives=5)
    for cast, plan in ((ashdown, few), (kestrel, many)):
        client.force_login(cast.clerk)
        with django_assert_num_queries(12):
            assert client.get(reverse("objectives", args=[plan.pk])).status_code == 200
