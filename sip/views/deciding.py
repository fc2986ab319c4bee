"""An item of the agenda, of whatever kind: its resolution, who is in the room, the vote, the decision; and how things
get onto an agenda."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.errors import Conflict
from foundation.permissions import may, require
from governance import kinds, meetings, part_two
from governance.correcting import correct_decision, require_open_minutes
from governance.deciding import meet_condition
from governance.follow_ups import owners
from governance.forms.follow_ups import FollowUpForm
from governance.forms.meetings import PutForm
from governance.models import AgendaItem, Meeting
from governance.permissions import P as G
from governance.room import room_of
from governance.voting import in_session, seat_the_room
from sip import agenda, deciding
from sip.forms.asked_at import AskedForm
from sip.forms.deciding import AgendaForm, CorrectionForm, DecisionForm
from sip.models import Plan
from sip.permissions import P

_PAGE = "sip/deciding/item.html"


@access(SEE, AgendaItem)
def item(request, item):
    """The item's page, for the projector, the clerk's laptop and the governors' phones."""
    request.menu = "meetings"
    if item.meeting.is_written:
        return redirect("written_resolution", pk=item.meeting_id)
    if why := part_two.why_kept_back(item, request.user):
        return show(request, "sip/deciding/kept_back.html", item=item, why=why, room=room_of(item, request.user))
    if request.method == "POST":
        return _sent(request, item)
    form, room = None, room_of(item, request.user)
    if item.state != AgendaItem.State.CLOSED and may(request.user, G.RUN_MEETING, item):
        form = _form(request, item, room)
    return _page(request, item, form, room)


def _page(request, item, form, room, *, status=None):
    """The page, with a box for what is asked and one for what is given to do where the clerk records them."""
    page = agenda.item_page(item, request.user, room)
    boxes = {"minuted": agenda.minuted(page)}
    if page.asks_on:
        boxes["question_form"] = AskedForm(item=item, plan=page.asks_on)
    if page.may_record:
        boxes["action_form"] = FollowUpForm(item=item, people=form.owners if form else owners(item))
    return show(request, _PAGE, form=form, status=status, item=item, page=page, **boxes)


def _sent(request, item):
    """The clerk's form: who is in the room, more rows for conditions, or the decision itself."""
    require(request.user, G.RUN_MEETING, item)
    in_session(item)
    form = _form(request, item, room_of(item, request.user))
    if request.POST.get("do") == "room":
        seat_the_room(item, there=form.there, reasons=form.reasons, by=request.user)
        return onward(request, "Who is in the room for this item is recorded.", to=_to(item))
    if request.POST.get("do") == "more":
        return _page(request, item, form.unjudged(), form.room, status=200)
    if form.is_valid():
        try:
            kinds.of(item).decide(item, by=request.user, **form.record)
        except Conflict as refused:
            in_session(AgendaItem.objects.visible_to(request.user).get(pk=item.pk))
            form.add_error(None, str(refused))
        else:
            return onward(request, "The decision is recorded.", to=_to(item))
    item.refresh_from_db()
    status = 409 if form.non_field_errors() else 422
    return _page(request, item, form, room_of(item, request.user), status=status)


def _form(request, item, room) -> DecisionForm:
    people = owners(item)
    return DecisionForm(typed(request), item=item, room=room, people=people, resolution=kinds.resolution_of(item))


@access(G.PLAN_MEETING, Meeting, seen="held_with")
def add_item(request, meeting):
    """Put an item on the agenda: other business, or something that is ready for this board."""
    request.menu = "meetings"
    ready = kinds.ready_for(meeting, request.user)
    form = AgendaForm(typed(request), ready={key: (row.title, row.says) for key, row in ready.items()})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        row, hidden = ready.get(words.pop("what")), words.pop("is_confidential")
        made = row.put(by=request.user, **words) if row else meetings.add_item(meeting, by=request.user, **words)
        if hidden:
            part_two.put_in_part_two(made, confidential=True, by=request.user)
        return onward(request, f"“{made}” is on the agenda.", to=f"{reverse('meeting', args=[meeting.pk])}#agenda")
    return show(request, "sip/deciding/add_item.html", form=form, meeting=meeting)


@access(P.PUT_OBJECTIVES, Plan)
def put_objectives(request, plan):
    """Put the objectives on the agenda of a meeting."""
    return _put(request, plan, "objectives", deciding.put_objectives, up=reverse("objectives", args=[plan.pk]))


@access(P.PUT_PLAN, Plan)
def put_plan(request, plan):
    """Put the plan on the agenda of a meeting."""
    up = reverse("plan", args=[plan.organisation.slug, plan.year])
    return _put(request, plan, "plan", deciding.put_plan, up=up)


def _put(request, plan, kind: str, put, *, up: str):
    request.menu = "meetings"
    board, others = deciding.board_for(plan, kind), deciding.advising_boards(plan, kind)
    form = PutForm(typed(request), board=board, others=others, user=request.user)
    if request.method == "POST" and form.is_valid():
        row = put(plan, by=request.user, **form.cleaned_data)
        return onward(request, f"It is on the agenda of {row.item.meeting}.", to=_to(row.item))
    what = f"The objectives for {plan.year_in_words}" if kind == "objectives" else str(plan)
    return show(request, "governance/meetings/put.html", form=form, what=what, up=plan, up_url=up)


@access(G.CORRECT_DECISION, AgendaItem)
def correct(request, item):
    """Put a mistake in the record of a decision right, in sight."""
    request.menu = "meetings"
    part_two.require_readable(item, request.user)
    decision = agenda.decision_of(item)
    require_open_minutes(item.meeting)
    form = CorrectionForm(typed(request), decision=decision)
    if request.method == "POST" and form.is_valid():
        correct_decision(decision, by=request.user, **form.corrections)
        return onward(request, "The record is corrected. What stood there before stays in sight.", to=_to(item))
    return show(request, "sip/deciding/correct.html", form=form, item=item, decision=decision)


@require_POST
@access(G.CONFIRM_CONDITION, AgendaItem)
def condition_met(request, item, condition):
    """Confirm today that a condition is met."""
    part_two.require_readable(item, request.user)
    decision = agenda.decision_of(item)
    row = decision.conditions.filter(pk=condition).first()
    if row is None:
        raise Conflict("That condition is not one of this decision.")
    meet_condition(decision, condition=row, on=clock.today(), by=request.user)
    return onward(request, "The condition is recorded as met.", to=_to(item))


@require_POST
@access(SEE, AgendaItem)
def projector(request, item):
    """Show items large and without the menu in this browser, or as usual again. Nothing of the item changes."""
    request.session["projector"] = request.POST.get("do") == "large"
    return redirect("item", pk=item.pk)


def _to(item: AgendaItem) -> str:
    return reverse("item", args=[item.pk])
