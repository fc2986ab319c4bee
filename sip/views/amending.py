"""Amendments of a plan in force: begun, drafted line by line, made or put before the board; and what moves without."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from foundation.permissions import may
from governance.forms.meetings import PutForm
from sip import amending, amendment_page, making, replanning
from sip import amendment_deciding as deciding
from sip.forms.amending import AddForm, ChangeForm, FinishForm, ReplanForm, StopForm, UrgentForm
from sip.models import Action, Amendment, Plan
from sip.permissions import P

_EDIT = "sip/amending/edit.html"
_DRAFTED = "It is in the amendment. The plan stays as it is until the amendment is made."


@access(SEE, Plan, seen="in_force_to")
def listed(request, plan):
    """The amendments of a plan, and for leaders what can be changed how."""
    request.menu = "current_plan"
    return show(
        request,
        "sip/amending/list.html",
        plan=plan,
        rows=amendment_page.listed(plan, request.user),
        begins=may(request.user, P.AMEND_PLAN, plan),
        under_way=amending.under_way(plan),
        why_not=amending.why_not_begun(plan),
        board=making.board_of(plan),
        up_url=reverse("plan", args=[plan.organisation.slug, plan.year]),
    )


@require_POST
@access(P.AMEND_PLAN, Plan, seen="in_force_to")
def begin(request, plan):
    """Begin an amendment."""
    made = amending.begin_amendment(plan, by=request.user)
    return onward(request, f"Amendment {made.number} is begun. Choose what to change.", to=_parts(made))


@access(SEE, Amendment)
def amendment(request, amendment):
    """An amendment, as a difference; for leaders, while they draft it, with what to do next."""
    request.menu = "current_plan"
    page = amendment_page.of(amendment, request.user)
    return show(request, "sip/amending/amendment.html", amendment=amendment, plan=amendment.plan, page=page)


@access(P.AMEND_PLAN, Amendment)
def parts(request, amendment):
    """Choose what of the plan to change."""
    request.menu = "current_plan"
    picks = amendment_page.picks(amendment) if amendment.state == Amendment.State.DRAFTING else None
    return show(request, "sip/amending/parts.html", amendment=amendment, plan=amendment.plan, picks=picks)


@access(P.AMEND_PLAN, Amendment)
def change(request, amendment, part, number):
    """Say what a part is to be from now on."""
    row = amendment_page.part_in(amendment, part, number)
    form = ChangeForm(typed(request), row=row, amendment=amendment)
    words = {"deed": "change", "row": row, "part": part}
    return _edit(request, amendment, form, words, lambda said: _change(amendment, row, form, said, request.user))


def _change(amendment, row, form, said, user):
    amending.change_part(amendment, row=row, values=form.values, by=user, **said)


@access(P.AMEND_PLAN, Amendment)
def stop(request, amendment, part, number):
    """Say that a part stops, and why."""
    row = amendment_page.part_in(amendment, part, number)
    form = StopForm(typed(request), amendment=amendment)
    words = {"deed": "stop", "row": row, "part": part}
    return _edit(
        request, amendment, form, words, lambda said: amending.stop_part(amendment, row=row, by=request.user, **said)
    )


@access(P.AMEND_PLAN, Amendment)
def add(request, amendment, part, under):
    """Say what is added, to what. `under`: the number of what it stands on; 0 for an objective."""
    row = amendment_page.under_in(amendment, part, under)
    form = AddForm(typed(request), part=part, amendment=amendment)
    words = {"deed": "add", "row": row, "part": part}
    return _edit(request, amendment, form, words, lambda said: _add(amendment, part, row, form, said, request.user))


def _add(amendment, part, row, form, said, user):
    amending.add_part(amendment, part=part, under=row, values=form.values, by=user, **said)


def _edit(request, amendment, form, words, save):
    """A form of one part; two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    words |= {"amendment": amendment, "plan": amendment.plan}
    if request.method == "POST" and form.is_valid():
        try:
            save({name: form.cleaned_data[name] for name in ("why", "revision")})
        except StaleEdit as stale:
            amendment.refresh_from_db()
            return both_texts(request, _EDIT, stale, form=form, **words)
        return onward(request, _DRAFTED, to=_page(amendment))
    return show(request, _EDIT, form=form, **words)


@require_POST
@access(P.AMEND_PLAN, Amendment)
def drop(request, amendment, line):
    """Take a line out."""
    amending.drop_line(amendment, line=line, by=request.user)
    return onward(request, "The line is taken out of the amendment.", to=_page(amendment))


@access(P.AMEND_PLAN, Amendment)
def finish(request, amendment):
    """Say why; then make it, or put it before the board."""
    request.menu = "current_plan"
    must = amending.weight_of(amendment).is_material
    form = FinishForm(typed(request), amendment=amendment, must=must)
    if request.method == "POST" and form.is_valid():
        return _finish(request, amendment, must, form.cleaned_data)
    page = amendment_page.of(amendment, request.user)
    return show(request, "sip/amending/finish.html", form=form, amendment=amendment, plan=amendment.plan, page=page)


def _finish(request, amendment, must, said):
    if must or said.get("material"):
        why = said.get("weight_why", "")
        deciding.put_before_board(amendment, reason=said["reason"], weight_why=why, by=request.user)
        return onward(request, "The amendment is before the board, which has been told by mail.", to=_page(amendment))
    version = making.make_amendment(amendment, reason=said["reason"], by=request.user)
    done = f"The amendment is made: version {version.number} is in force. The board has been told by mail."
    return onward(request, done, to=_page(amendment))


@require_POST
@access(P.AMEND_PLAN, Amendment)
def withdraw(request, amendment):
    """Give it up."""
    amending.withdraw_amendment(amendment, by=request.user)
    return onward(request, "The amendment is withdrawn. The plan stays as it is.", to=_page(amendment))


@require_POST
@access(P.AMEND_PLAN, Amendment)
def take_back(request, amendment):
    """Take it back from the board to work on it."""
    deciding.take_back_amendment(amendment, by=request.user)
    return onward(
        request, "The amendment is yours again. Put it before the board when it is ready.", to=_page(amendment)
    )


@access(P.MAKE_URGENTLY, Amendment)
def urgent(request, amendment):
    """The chair makes it without the board, because it cannot wait."""
    request.menu = "current_plan"
    form = UrgentForm(typed(request))
    if request.method == "POST" and form.is_valid():
        deciding.make_urgently(amendment, by=request.user, **form.cleaned_data)
        return onward(request, "It is made, and reported at the board’s next meeting.", to=_page(amendment))
    words = {"why_not": deciding.why_not_decided(amendment), "board": making.board_of(amendment.plan)}
    return show(request, "sip/amending/urgent.html", form=form, amendment=amendment, plan=amendment.plan, **words)


@access(P.PUT_AMENDMENT, Amendment)
def put(request, amendment):
    """Put it on the agenda of a meeting."""
    request.menu = "meetings"
    board, others = making.board_of(amendment.plan), deciding.advising_boards(amendment.plan)
    form = PutForm(typed(request), board=board, others=others, user=request.user)
    if request.method == "POST" and form.is_valid():
        row = deciding.put_amendment(amendment, by=request.user, **form.cleaned_data)
        to = reverse("item", args=[row.item_id])
        return onward(request, f"It is on the agenda of {row.item.meeting}.", to=to)
    words = {"what": str(amendment), "up": f"Amendment {amendment.number}", "up_url": _page(amendment)}
    return show(request, "governance/meetings/put.html", form=form, **words)


@access(P.REPLAN, Action, seen="to_do")
def replan(request, action):
    """Move an action within its term, or hand it to another owner."""
    request.menu = "current_plan"
    form = ReplanForm(typed(request), action=action, why_not_on=replanning.why_not_on)
    if request.method == "POST" and form.is_valid():
        replanning.replan_action(action, by=request.user, **form.cleaned_data)
        return onward(
            request, "It is moved. The old day and owner stay in sight.", to=reverse("action", args=[action.pk])
        )
    why_not = replanning.why_not_replanned(action)
    return show(request, "sip/amending/replan.html", form=form, action=action, plan=action.plan, why_not=why_not)


def _page(amendment) -> str:
    return reverse("amendment", args=[amendment.pk])


def _parts(amendment) -> str:
    return reverse("amendment_parts", args=[amendment.pk])
