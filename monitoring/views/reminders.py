"""What people were reminded of, for the clerk."""

from django.core.paginator import Paginator

from foundation.access import access
from foundation.answers import show
from governance.models import Organisation
from monitoring.models import Reminder
from monitoring.permissions import P

A_PAGE = 50


@access(P.SEE_REMINDERS, Organisation, by={"slug": "slug"})
def reminders(request, organisation):
    """What was sent to whom about what, the newest day first, and what became of the mail."""
    request.menu = "people"
    rows = Reminder.objects.visible_to(request.user).filter(organisation=organisation)
    wrong = rows.gone_wrong()
    shown = "wrong" if request.GET.get("show") == "wrong" else "all"
    found = (wrong if shown == "wrong" else rows).select_related("person", "mail").defer("mail__text", "mail__html")
    return show(
        request,
        "monitoring/reminders/reminders.html",
        organisation=organisation,
        shown=shown,
        wrong=wrong.count(),
        page=Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    )
