"""What a board does between its meetings: a resolution in writing, a chair's action; each with a page of its own."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.errors import Conflict
from foundation.permissions import may
from foundation.typed import tidy_line
from governance import between, kinds, resolving
from governance.chairs_action import act_for_board, why_not_act
from governance.forms.between import ChairsActionForm, ResolutionForm
from governance.models import Board, ChairsAction, Meeting, Person
from governance.permissions import P

_DEEDS = {
    "agree": (resolving.agree, "You have agreed to it."),
    "refuse": (resolving.refuse, "You have said no. It has not passed, and can go to a meeting."),
    "aside": (resolving.stand_aside, "You take no part in this resolution."),
    "call off": (resolving.call_off, "The resolution is taken back."),
}


@access(P.BEGIN_RESOLUTION, Board)
def begin(request, board):
    """Put a resolution to the members in writing."""
    request.menu = "meetings"
    resolving.require_in_writing(board)
    ready = kinds.ready_for(Meeting(board=board, form=Meeting.Form.WRITTEN), request.user)
    form = ResolutionForm(typed(request), ready=ready)
    if request.method == "POST" and form.is_valid():
        made = resolving.begin_resolution(board, by=request.user, **form.cleaned_data)
        return onward(request, "It is before the members. Each has a mail with its address.", to=_page(made))
    return show(request, "governance/between/begin.html", form=form, board=board)


@access(SEE, Meeting, seen="in_writing")
def resolution(request, meeting):
    """One resolution in writing: its words, who has agreed, and what is asked of whoever looks."""
    request.menu = "meetings"
    page = between.resolution_page(meeting, request.user)
    return show(request, "governance/between/resolution.html", meeting=meeting, page=page)


@require_POST
@access(SEE, Meeting, seen="in_writing")
def say(request, meeting):
    """Agree, say no, stand aside; or take the resolution back."""
    if request.POST.get("do") not in _DEEDS:
        raise Conflict("This page is older than the site. Open it again.")
    deed, said = _DEEDS[request.POST["do"]]
    words = {"reason": tidy_line(request.POST.get("reason", ""))[:200]} if deed is resolving.stand_aside else {}
    to = reverse("meetings", args=[meeting.here.slug]) if deed is resolving.call_off else _page(meeting)
    deed(resolving.item_of(meeting), by=request.user, **words)
    return onward(request, said, to=to)


@require_POST
@access(P.RUN_MEETING, Meeting, seen="in_writing")
def sign(request, meeting, person):
    """The clerk records that somebody without a sign-in has agreed on paper."""
    signer = get_object_or_404(Person.objects.visible_to(request.user), pk=person)
    resolving.record_signature(resolving.item_of(meeting), person=signer, by=request.user)
    return onward(request, f"It is recorded that {signer} has agreed.", to=_page(meeting))


@access(P.ACT_FOR_BOARD, Board)
def act(request, board):
    """The chair records what was done for the board in urgency."""
    request.menu = "meetings"
    if why := why_not_act(board):
        raise Conflict(why)
    form = ChairsActionForm(typed(request), board=board, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = act_for_board(board, by=request.user, **form.cleaned_data)
        return onward(request, between.where_reported(made), to=reverse("chairs_action", args=[made.pk]))
    return show(request, "governance/between/act.html", form=form, board=board)


@access(SEE, ChairsAction)
def action(request, action):
    """One chair's action, with its reasons, and where it is reported."""
    request.menu = "meetings"
    says = between.where_reported(action)
    item = action.reported_at if may(request.user, P.SEE_MEETINGS, action) else None
    return show(request, "governance/between/action.html", action=action, says=says, item=item)


def _page(meeting: Meeting) -> str:
    return reverse("written_resolution", args=[meeting.pk])
