"""What a school calls its plan and the parts of it: the clerk says so."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from governance.forms.own_words import WordsForm
from governance.models import Organisation
from governance.own_words import say_words
from governance.permissions import P


@access(P.KEEP_WORDS, Organisation, by={"slug": "slug"}, seen="showing_people_to")
def own_words(request, organisation):
    """Say the school's own words; or see how they read first."""
    request.menu = "people"
    form = WordsForm(typed(request), organisation=organisation)
    tries = request.method == "POST" and request.POST.get("do") == "preview"
    if request.method == "POST" and form.is_valid() and not tries:
        say_words(organisation, by=request.user, **form.cleaned_data)
        return onward(
            request, "Your words stand on every page from now on.", to=reverse("people", args=[organisation.slug])
        )
    return show(request, "governance/own_words/edit.html", form=form, organisation=organisation, tries=tries)
