"""One action: how it goes, said in a minute, on a phone."""

from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.permissions import may, require, why_not
from sip import amended, doing, replanning
from sip.forms.doing import StatusForm
from sip.models import Action
from sip.permissions import P


@access(SEE, Action, seen="to_do")
def action(request, action):
    """What is to be done, by when, and how it goes; who may, says so here."""
    request.menu = "current_plan"
    closed, allowed = doing.why_not_said(action.plan, action), may(request.user, P.SAY_STATUS, action)
    if request.method == "POST":
        require(request.user, P.SAY_STATUS, action)
    form = StatusForm(typed(request), initial={"note": action.status_note})
    if request.method == "POST" and form.is_valid():
        return _say(request, action, form)
    return show(
        request,
        "sip/doing/action.html",
        form=form,
        action=action,
        plan=action.plan,
        may_say=allowed and not closed,
        why_not=closed or why_not(P.SAY_STATUS),
        was=amended.was_of(action),
        replans=may(request.user, P.REPLAN, action) and not replanning.why_not_replanned(action),
        others=_own(request.user, action) if allowed else (),
    )


def _say(request, action, form):
    try:
        doing.say_status(action, by=request.user, **form.cleaned_data)
    except doing.SaidAlready:
        action.status = form.cleaned_data["status"]  # the button was pressed twice: it is said
    return onward(request, f"It is said: {action.get_status_display()}.", to=request.path)


def _own(user, action):
    """This person's other actions in the same plan, the first due first."""
    mine = Action.objects.to_do(user).filter(owner=user.person_id, objective__plan=action.plan)
    return mine.exclude(pk=action.pk).order_by("due_on", "objective__position", "position")
