"""A question asked at an item of a meeting, recorded by the clerk for whoever asks it."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import attempt, is_in_place, onward, show, typed
from foundation.errors import Conflict
from governance.models import AgendaItem
from sip import asked_at
from sip.forms.asked_at import AskedForm
from sip.permissions import P


@access(P.RECORD_QUESTION, AgendaItem)
def record(request, item):
    """Record a question, in the box on the item's page: in place where a script sends it, else on a page of its own
    that leads back."""
    request.menu = "meetings"
    plan = asked_at.plan_at(item)
    if why := asked_at.why_no_question(item, plan):
        raise Conflict(why)
    form = AskedForm(typed(request), item=item, plan=plan)
    made = attempt(request, form, lambda: asked_at.record_question(item, by=request.user, **form.cleaned_data))
    said = f"Recorded: the question of {made.asked_by}, to {made.to or 'the headteacher'}." if made else ""
    if made and not is_in_place(request):
        return onward(request, said, to=f"{reverse('item', args=[item.pk])}#asked")
    words = {
        "item": item,
        "said": said,
        "asked": asked_at.asked_at(item, request.user),
        "status": 200 if made else None,
    }
    template = f"sip/asked_at/{'place' if is_in_place(request) else 'record'}.html"
    return show(request, template, form=AskedForm(item=item, plan=plan) if made else form, **words)
