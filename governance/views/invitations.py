"""The page behind an invitation's link. Opening it spends nothing: mail scanners open links too."""

from allauth.core import ratelimit
from django.contrib.auth import login
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.access import public
from foundation.answers import onward, show, too_many
from foundation.errors import Conflict
from governance import inviting
from governance.forms.invitations import AcceptForm

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@public("whoever holds the link has no sign-in yet")
def invitation(request, token):
    """Name and password; sending the form spends the link and signs in."""
    found = inviting.find(token)
    if found is None or not inviting.works(found):
        return _over(request, token)
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        try:
            user = inviting.accept_invitation(found, **form.cleaned_data)
        except Conflict:
            return _over(request, token)
        login(request, user, backend=_BACKEND)
        return onward(request, "Your sign-in is made. Welcome.", to="/")
    return show(request, "governance/invitations/accept.html", form=form, invitation=found)


@never_cache
@require_POST
@public("whoever holds a link that is over has no sign-in yet")
def fresh(request, token):
    """Ask for a fresh link. The answer is the same in every case: it tells nobody whether an address is known."""
    if not ratelimit.consume(request, action="invitation_fresh"):
        return too_many(request)
    found = inviting.find(token)
    if found is not None:
        inviting.ask_for_fresh_link(found)
    return show(request, "governance/invitations/asked.html")


def _over(request, token):
    return show(request, "governance/invitations/over.html", token=token, status=404)
