"""Two people at the same moment: it happens once, and the second is told so.

What holds it: the operation locks its row before it looks (PostgreSQL; SQLite lets one writer in at a time), the
transition table says no to the second, and an objective's revision is the referee between two who save.

Tried on PostgreSQL with the lock taken out of `foundation.operations`: one plan was submitted twice and frozen as
versions 1 and 2, every member had two mails, a form sent twice was done twice, and a plan that the board was deciding
on went back to the leaders at the same moment.
"""

from collections import Counter
from datetime import date, time
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent, broken_links
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.outbox import OutgoingMail
from governance import meetings, resolving
from governance.deciding import Resolved
from governance.models import AgendaItem, Decision, Meeting, Role, User
from monitoring import closing, rating, receiving, records, reviewing
from monitoring.models import Rating, ReportJob, Review
from sip import approval, deciding, drafting, versions
from sip.models import Objective, Plan, PlanItem, Version
from tests import make
from tests.cast import cast_of

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20
FEWER = 8
JULY = clock.local(date(2027, 7, 19))


def at_once(*deeds) -> list:
    """Do all of these at the same moment, each in a thread with a connection of its own: what each gave or raised."""
    together, given = Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int) -> None:
        try:
            together.wait(20)
            given[place] = deeds[place]()
        except Exception as trouble:  # noqa: BLE001  what was raised is the answer
            given[place] = trouble
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


def kinds(given: list) -> Counter:
    return Counter(type(one).__name__ for one in given)


@pytest.fixture
def tern():
    """A school with a second headteacher and a second clerk, for a job that two people hold."""
    cast = cast_of("Tern Primary")
    for part, kind in {"other_head": "headteacher", "other_clerk": "clerk"}.items():
        setattr(cast, part, make.user(f"Tern {part.replace('_', ' ').title()}"))
        make.role(getattr(cast, part), cast.school, kind)
    return cast


def acts(what: str) -> int:
    return AuditEvent.objects.filter(what=what).count()


def test_submitting_at_once_happens_once(tern):
    plan = make.plan(tern)
    members = {person.email for person in tern.board.members(on=date(2026, 11, 24))} | {
        tern.clerk.email,
        tern.other_clerk.email,
    }
    for number in range(1, TIMES + 1):
        given = at_once(
            partial(_submit, plan, tern.head),
            partial(_submit, plan, tern.other_head),
        )
        assert kinds(given) == {"Version": 1, "Conflict": 1}, given
        assert acts("submit_plan") == number
        version = plan.versions.get(number=number)
        mails = OutgoingMail.objects.filter(key__startswith=f"plan_submitted:{plan.pk}:{version.pk}:")
        assert sorted(mails.values_list("to_address", flat=True)) == sorted(members)
        approval.take_back_plan(plan, by=tern.head)
    assert Version.objects.count() == TIMES
    assert broken_links() == [] and versions.verify() == []


def test_deciding_at_once_happens_once(tern):
    plan = make.plan(tern, state="with the board")
    leaders = {tern.head.email, tern.other_head.email, tern.deputy.email}
    for number in range(1, TIMES + 1):
        item = _before_the_board(tern, plan)
        given = at_once(partial(_decide, item, tern.clerk), partial(_decide, item, tern.other_clerk))
        assert kinds(given) == {"Decision": 1, "Conflict": 1}, given
        assert acts("decide_plan") == Decision.objects.filter(item__kind="plan").count() == number
        mails = OutgoingMail.objects.filter(key__startswith=f"decision_taken:{item.decision.pk}:")
        assert sorted(mails.values_list("to_address", flat=True)) == sorted(leaders)
        plan.refresh_from_db()
        assert plan.state == Plan.State.CHANGES
        approval.submit_plan(plan, by=tern.head)
    assert broken_links() == []


def test_of_two_who_save_an_objective_one_is_told_of_the_other(tern):
    objective = make.plan(tern).objectives.get()
    for number in range(2, TIMES + 2):
        objective.refresh_from_db()
        given = at_once(
            partial(_save, objective.pk, objective.revision, "Head reads aloud.", tern.head),
            partial(_save, objective.pk, objective.revision, "Deputy reads aloud.", tern.deputy),
        )
        assert kinds(given) == {"Objective": 1, "StaleEdit": 1}, given
        winner = "Head reads aloud." if isinstance(given[1], StaleEdit) else "Deputy reads aloud."
        assert [action.what for action in objective.actions.all()] == [winner]
        assert acts("save_objective") == number
        assert Objective.objects.get(pk=objective.pk).revision == objective.revision + 1
    assert broken_links() == []


def test_what_the_board_sees_is_what_was_saved_before(tern):
    """One submits while the other saves: the version holds the words, or whoever saves is told that it is late."""
    plan = make.plan(tern)
    objective = plan.objectives.get()
    for number in range(FEWER):
        objective.refresh_from_db()
        words = f"Read aloud in round {number}."
        saved, version = at_once(
            partial(_save, objective.pk, objective.revision, words, tern.deputy),
            partial(_submit, plan, tern.head),
        )
        assert isinstance(version, Version), version
        frozen = versions.blocks_of(version)[f"actions:{objective.pk}"]
        assert [row["what"] for row in frozen] == [action.what for action in objective.actions.all()]
        assert (words in version.content) == (not isinstance(saved, Conflict)), saved
        approval.take_back_plan(plan, by=tern.head)


def test_deciding_while_the_plan_comes_back_is_done_before_or_refused(tern):
    """Two operations that hold the same two rows in another order: one is told, and nobody waits for ever."""
    plan = make.plan(tern, state="with the board")
    for _ in range(FEWER):
        item = _before_the_board(tern, plan)
        decided, returned = at_once(
            partial(_decide, item, tern.clerk),
            partial(_return, plan, tern.chair),
        )
        assert sorted(kinds([decided, returned])) in (["Conflict", "Plan"], ["Conflict", "Decision"])
        plan.refresh_from_db()
        assert plan.state == Plan.State.CHANGES
        again, late = at_once(
            partial(_submit, plan, tern.head),
            partial(_decide, item, tern.clerk),
        )
        assert isinstance(late, (Conflict, Decision)) and isinstance(again, (Version, Conflict)), (again, late)
        plan.refresh_from_db()
        if plan.state == Plan.State.CHANGES:
            approval.submit_plan(plan, by=tern.head)


def test_whoever_has_left_by_then_does_it_no_more(tern):
    """A role that ends at the same moment: submitted before, or refused; never after."""
    plan = make.plan(tern)
    for _ in range(FEWER):
        role = Role.objects.get(person=tern.other_head.person)
        submitted, _ended = at_once(
            partial(_submit, plan, tern.other_head),
            partial(Role.objects.filter(pk=role.pk).update, last_day=date(2026, 11, 23)),
        )
        plan.refresh_from_db()
        assert isinstance(submitted, NotAllowed) or plan.state == Plan.State.WITH_THE_BOARD, submitted
        if plan.state == Plan.State.WITH_THE_BOARD:
            approval.take_back_plan(plan, by=tern.head)
        Role.objects.filter(pk=role.pk).update(last_day=None)


def test_a_form_that_is_sent_twice_is_done_once(tern):
    plan = make.plan(tern)
    address = reverse("submit_plan", args=[plan.pk])
    for number in range(1, 6):
        given = at_once(partial(_send, tern.head, address), partial(_send, tern.head, address))
        assert sorted(given) == [302, 409]
        assert plan.versions.count() == acts("submit_plan") == number
        approval.take_back_plan(plan, by=tern.head)


def test_a_plan_is_closed_once_and_carries_its_objectives_once(tern):
    """Two close at once; and while one closes, the last review is not taken back."""
    plan = make.plan(tern, state="approved", objectives=2)
    with clock.standing_at(JULY):
        review = make.review(tern, state="with governors", plan_=plan, term="summer")
        for objective in plan.objectives.all():
            words = {"revision": objective.revision, "outcome": "carried forward", "lesson": "Begin earlier."}
            closing.write_outcome(objective, **words, by=tern.head)
    given = at_once(
        partial(_close, plan, tern.head),
        partial(_close, plan, tern.other_head),
        partial(_take_back_review, review, tern.head),
    )
    plan.refresh_from_db()
    review.refresh_from_db()
    if plan.state == Plan.State.CLOSED:
        assert kinds(given) == {"Closed": 1, "Conflict": 2}, given
        assert review.state == "with governors"
        assert [one.title for one in Objective.objects.filter(plan__year=2027)] == [
            one.title for one in plan.objectives.all()
        ]
    else:
        assert kinds(given) == {"Review": 1, "Conflict": 2}, given
        assert acts("close_plan") == 0
    assert broken_links() == []


def _close(plan: Plan, by: User):
    with clock.standing_at(JULY):
        return closing.close_plan(Plan.objects.get(pk=plan.pk), by=User.objects.get(pk=by.pk))


def _take_back_review(review, by: User):
    with clock.standing_at(JULY):
        seen = type(review).objects.get(pk=review.pk)
        return reviewing.take_back_review(seen, by=User.objects.get(pk=by.pk))


@pytest.mark.parametrize("round_", range(3))
def test_receiving_a_review_at_once_happens_once(tern, round_):
    review = make.review(tern, state="with governors")
    item = _review_before_the_board(tern, review)
    given = at_once(partial(_receive, item, tern.clerk), partial(_receive, item, tern.other_clerk))
    assert kinds(given) == {"Decision": 1, "Conflict": 1}, given
    assert acts("decide_review") == Decision.objects.filter(item=item).count() == 1
    assert [record.stage for record in review.records.all()] == ["sent", "received"]
    assert ReportJob.objects.filter(record__stage="received").count() == 1
    mails = OutgoingMail.objects.filter(key__startswith=f"review_decided:{item.decision.pk}:")
    assert sorted(mails.values_list("to_address", flat=True)) == sorted(
        {tern.head.email, tern.other_head.email, tern.deputy.email}
    )
    assert broken_links() == [] and records.verify() == []


def test_receiving_while_the_review_is_taken_back_is_done_before_or_refused(tern):
    """What the board received stays received; what was taken back first is not received."""
    plan = make.plan(tern, state="approved")
    review = make.review(tern, plan_=plan, state="with governors")
    item = _review_before_the_board(tern, review)
    for _ in range(FEWER):
        received, taken = at_once(partial(_receive, item, tern.clerk), partial(_take_it_back, review, tern.head))
        review.refresh_from_db()
        if isinstance(received, Decision):
            assert isinstance(taken, Conflict) and review.state == Review.State.RECEIVED, taken
            break
        assert isinstance(received, Conflict) and isinstance(taken, Review), (received, taken)
        assert review.state == Review.State.OPEN and not Decision.objects.filter(item=item).exists()
        reviewing.send_review(review, by=tern.head)
    assert review.records.filter(stage="received").count() == Decision.objects.filter(item=item).count()
    assert broken_links() == [] and records.verify() == []


def test_a_receipt_that_is_sent_twice_is_recorded_once(tern):
    review = make.review(tern, state="with governors")
    item = _review_before_the_board(tern, review)
    words = {
        "there": [person.pk for person in tern.voters],
        "version": receiving.sent_record(review).pk,
        "resolution": "That the board receive it.",
        "outcome": "received",
        "how": "agreed",
        "do": "record",
    }
    address = reverse("item", args=[item.pk])
    given = at_once(partial(_send, tern.clerk, address, words), partial(_send, tern.clerk, address, words))
    assert sorted(given) == [302, 409]
    assert acts("decide_review") == review.records.filter(stage="received").count() == 1


def test_a_review_opens_once_and_its_leaders_are_told_once(tern):
    make.plan(tern, state="approved")
    for number in range(1, FEWER + 1):
        given = at_once(reviewing.open_due, reviewing.open_due, partial(_open, tern.school, tern.head))
        assert all(isinstance(one, (list, Review, Conflict)) for one in given), given
        review = Review.objects.get()
        assert acts("open_review") == number
        told = OutgoingMail.objects.filter(key__startswith=f"review_opened:{review.pk}:").count()
        assert told == (0 if isinstance(given[2], Review) else 3)
        review.delete()


def test_of_two_leaders_on_one_milestone_one_is_told_of_the_other(tern):
    review = make.review(tern, rated=False)
    milestone = reviewing.milestones_due(review).get()
    for revision in range(FEWER):
        given = at_once(
            partial(_rate, review, milestone, revision, "red", tern.head),
            partial(_rate, review, milestone, revision, "green", tern.other_head),
        )
        assert kinds(given) == {"Rating": 1, "StaleEdit": 1}, given
        held = review.ratings.get()
        first = next(one for one in given if isinstance(one, Rating))
        assert (held.mark, held.rated_by, held.revision) == (first.mark, first.rated_by, revision + 1)
    assert acts("rate") == FEWER and broken_links() == []


def test_a_rating_while_the_review_is_sent_is_in_the_record_or_refused(tern):
    review = make.review(tern)
    milestone = reviewing.milestones_due(review).get()
    for number in range(1, FEWER + 1):
        seen = review.ratings.get().revision
        rated, record = at_once(
            partial(_rate, review, milestone, seen, "red", tern.other_head), partial(_send_review, review, tern.head)
        )
        assert record.number == number and isinstance(rated, (Rating, Conflict)), rated
        rows = [row for block in records.blocks_of(record).values() if isinstance(block, dict)
                for row in block.get("milestones", [])]  # fmt: skip
        assert [row["mark"] for row in rows] == [review.ratings.get().mark]
        milestone.refresh_from_db()
        assert milestone.current_rating == review.ratings.get().mark
        reviewing.take_back_review(Review.objects.get(), by=tern.head)
    assert broken_links() == [] and records.verify() == []


def _open(school, by: User):
    return reviewing.open_review(school.plans.get(), term="autumn", by=User.objects.get(pk=by.pk))


def _rate(review: Review, milestone, revision: int, mark: str, by: User):
    words = {"why": f"It goes {mark}.", "next_step": "Begin.", "next_by": date(2026, 12, 11), "evidence": ["seen"]}
    seen = Review.objects.get(pk=review.pk)
    person = User.objects.get(pk=by.pk)
    return rating.rate(seen, milestone=milestone, revision=revision, mark=mark, **words, by=person)


def _send_review(review: Review, by: User):
    return reviewing.send_review(Review.objects.get(pk=review.pk), by=User.objects.get(pk=by.pk))


def _review_before_the_board(cast, review: Review):
    """The review's item at a meeting of today at which everyone with a vote is."""
    today = date(2026, 11, 24)
    meeting = meetings.plan_meeting(cast.board, day=today, time=time(18), place="Library", by=cast.clerk)
    how = {one.pk: "in person" for one in cast.voters}
    meetings.record_attendance(meeting, how=how, acting_chair=cast.chair.person, by=cast.clerk)
    return receiving.put_review(review, meeting=meeting, by=cast.clerk).item


def _receive(item, by: User):
    seen = type(item).objects.get(pk=item.pk)
    return receiving.decide_review(seen, resolved=Resolved("received"), by=User.objects.get(pk=by.pk))


def _take_it_back(review: Review, by: User):
    return reviewing.take_back_review(Review.objects.get(pk=review.pk), by=User.objects.get(pk=by.pk))


def _before_the_board(cast, plan: Plan):
    """The plan's item at a meeting of today at which everyone with a vote is."""
    old = PlanItem.objects.filter(plan=plan, item__kind="plan", item__state="waiting").first()
    if old:
        return old.item
    at = time(8, Meeting.objects.filter(board=cast.board).count())
    meeting = meetings.plan_meeting(cast.board, day=date(2026, 11, 24), time=at, place="Library", by=cast.clerk)
    how = {one.pk: "in person" for one in cast.voters}
    meetings.record_attendance(meeting, how=how, acting_chair=cast.chair.person, by=cast.clerk)
    return deciding.put_plan(plan, meeting=meeting, by=cast.clerk).item


def _submit(plan: Plan, by: User):
    return approval.submit_plan(Plan.objects.get(pk=plan.pk), by=User.objects.get(pk=by.pk))


def _return(plan: Plan, by: User):
    seen = Plan.objects.get(pk=plan.pk)
    return approval.return_plan(seen, reason="Say what it costs.", by=User.objects.get(pk=by.pk))


def _decide(item, by: User):
    words = {"reason": "Say what it costs.", "minute_reference": "FGB 1", "decided_on": date(2026, 11, 24)}
    seen = type(item).objects.get(pk=item.pk)
    return deciding.decide_plan(seen, resolved=Resolved("changes asked for", **words), by=User.objects.get(pk=by.pk))


def _save(objective: int, revision: int, what: str, by: User):
    seen = Objective.objects.get(pk=objective)
    rows = [{"what": what}]
    return drafting.save_objective(seen, revision=revision, actions=rows, criteria=[], by=User.objects.get(pk=by.pk))


def _send(user: User, address: str, words: dict | None = None) -> int:
    client = Client()
    client.force_login(user)
    return client.post(address, words).status_code


def test_two_who_agree_in_writing_at_once_pass_it_once():
    """The last two agreements come at the same moment: it passes once, and is reported once."""
    trust = cast_of("Dunlin Trust", kind="trust", leader="trust leader")
    trust.board.written_resolutions = True
    trust.board.save()
    words = {"resolution": "That the board mend the roof.", "last_day": date(2026, 12, 1), "by": trust.clerk}
    make.meeting(trust.board, by=trust.clerk)
    for number in range(1, FEWER + 1):
        item = resolving.item_of(resolving.begin_resolution(trust.board, title=f"Roof {number}", **words))
        for member in (trust.chair, trust.vice):
            resolving.agree(item, by=member)
        given = at_once(partial(_agree, item, trust.governor), partial(_agree, item, trust.link))
        assert kinds(given) == {"Vote": 2}
        assert Decision.objects.filter(item=item).count() == 1
    assert AgendaItem.objects.filter(kind="resolution").count() == FEWER


def test_one_who_agrees_twice_at_once_agrees_once():
    trust = cast_of("Dunlin Trust", kind="trust", leader="trust leader")
    trust.board.written_resolutions = True
    trust.board.save()
    words = {"resolution": "That the board mend the roof.", "last_day": date(2026, 12, 1), "by": trust.clerk}
    for number in range(1, FEWER + 1):
        item = resolving.item_of(resolving.begin_resolution(trust.board, title=f"Roof {number}", **words))
        given = at_once(partial(_agree, item, trust.chair), partial(_agree, item, trust.chair))
        assert kinds(given) == {"Vote": 1, "Conflict": 1}


def _agree(item: AgendaItem, who: User):
    return resolving.agree(AgendaItem.objects.get(pk=item.pk), by=User.objects.get(pk=who.pk))
