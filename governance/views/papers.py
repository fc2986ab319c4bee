"""Papers of an ordinary item of an agenda: added and removed by the clerk, read by whoever may read the item."""

from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import uploads
from foundation.access import SEE, access
from foundation.answers import onward, show
from governance import papers as operations
from governance import part_two
from governance.forms.papers import PaperForm
from governance.models import AgendaItem, ItemPaper
from governance.permissions import P


@access(P.PLAN_MEETING, AgendaItem)
def papers(request, item):
    """The papers of an item, and a place for one more."""
    request.menu = "meetings"
    part_two.require_readable(item, request.user)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and form.is_valid():
        paper = uploads.bring(operations.add_paper, item, file=form.cleaned_data["file"], by=request.user)
        return onward(request, f"“{paper}” lies before the board.", to=_papers(item))
    rows = ItemPaper.objects.visible_to(request.user).filter(item=item)
    keeps = operations.keeps(item, request.user)
    return show(request, "governance/meetings/papers.html", form=form, item=item, rows=rows, keeps=keeps)


@require_safe
@access(SEE, ItemPaper)
def paper(request, paper):
    """The PDF as it was brought, as an attachment."""
    part_two.require_readable(paper.item, request.user)
    return uploads.attached(paper)


@require_POST
@access(P.PLAN_MEETING, ItemPaper)
def remove(request, paper):
    """Take a paper away again."""
    part_two.require_readable(paper.item, request.user)
    operations.remove_paper(paper, by=request.user)
    return onward(request, f"“{paper}” is taken away.", to=_papers(paper.item))


def _papers(item: AgendaItem) -> str:
    return reverse("item_papers", args=[item.pk])
