"""The posts and teams of an organisation: added, handed to a person, taken off the list."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show, typed
from governance import posts
from governance.models import Organisation
from governance.permissions import P as Governance
from sip import handing
from sip.forms.posts import HandForm, PostForm
from sip.permissions import P

_BY = {"slug": "slug"}


@access(Governance.ADD_POST, Organisation, by=_BY, seen="showing_people_to")
def listed(request, organisation):
    """Every post with what it owns, and a new one."""
    request.menu = "people"
    form = PostForm(typed(request))
    if request.method == "POST" and form.is_valid():
        post = posts.add_post(organisation, by=request.user, **form.cleaned_data)
        return onward(request, f"“{post}” can be chosen as an owner now.", to=request.path)
    rows = handing.posts_of(organisation)
    return show(request, "sip/posts/list.html", form=form, organisation=organisation, rows=rows)


@access(P.HAND_POST, Organisation, by=_BY, seen="showing_people_to")
def hand(request, organisation, pk):
    """Hand what a post owns to a person."""
    request.menu = "people"
    post = _post(organisation, pk)
    form = HandForm(typed(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        many = handing.hand_post(organisation, post=post, by=request.user, **form.cleaned_data)
        said = f"{many} {'action is' if many == 1 else 'actions are'} {form.cleaned_data['to']}’s now."
        return onward(request, said, to=_list(organisation))
    return show(request, "sip/posts/hand.html", form=form, organisation=organisation, post=post)


@require_POST
@access(Governance.ADD_POST, Organisation, by=_BY, seen="showing_people_to")
def end(request, organisation, pk):
    """Take a post off the list of names."""
    post = posts.end_post(organisation, post=_post(organisation, pk), by=request.user)
    return onward(request, f"“{post}” can no longer be chosen. What it owned stays its own.", to=_list(organisation))


def _post(organisation, pk):
    return get_object_or_404(handing.posts_of(organisation), pk=pk)


def _list(organisation) -> str:
    return reverse("posts", args=[organisation.slug])
