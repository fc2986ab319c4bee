"""Before the meeting: that one has read the version, and where one stands."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show, typed
from sip import sounding
from sip.forms.soundings import OnPaperForm, StandForm
from sip.models import Sounding, Version
from sip.permissions import P


@require_POST
@access(P.SAY_READ, Version)
def say_read(request, version):
    """I have read it."""
    sounding.say_read(version, by=request.user)
    said = f"Noted: you have read version {version.number}. The plan’s page shows how many have, not who."
    return onward(request, said, to=_plan(version))


@access(P.SAY_WHERE_I_STAND, Version)
def stand(request, version):
    """Say where I stand before the meeting, or change it."""
    request.menu = "current_plan"
    mine = Sounding.objects.visible_to(request.user).filter(version=version, person=request.user.person_id).first()
    form = StandForm(typed(request), mine=mine, names=version.plan.deciding_board.names_soundings)
    if request.method == "POST" and form.is_valid():
        sounding.say_where_i_stand(version, by=request.user, **form.cleaned_data)
        return onward(request, "Noted where you stand. You can change it until the meeting begins.", to=_plan(version))
    closed = sounding.why_closed(version, begins=sounding.meeting_of(version.plan))
    words = {"closed": closed, "not_a_vote": sounding.NOT_A_VOTE, "mine": mine}
    return show(request, "sip/soundings/stand.html", form=form, version=version, plan=version.plan, **words)


@access(P.NOTE_READING, Version)
def on_paper(request, version):
    """The clerk notes who has read it on paper."""
    request.menu = "current_plan"
    form = OnPaperForm(typed(request), people=sounding.readers_on_paper(version))
    if request.method == "POST" and form.is_valid():
        sounding.note_read(version, by=request.user, **form.cleaned_data)
        return onward(request, "Noted. The plan’s page shows how many have read it, not who.", to=_plan(version))
    return show(request, "sip/soundings/on_paper.html", form=form, version=version, plan=version.plan)


def _plan(version: Version) -> str:
    plan = version.plan
    return f"{reverse('plan', args=[plan.organisation.slug, plan.year])}#before-the-meeting"
