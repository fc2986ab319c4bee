"""Papers of an ordinary item: a title and an uploaded PDF may stand on an agenda. The clerk adds and removes them until
the minutes are signed; whoever has withdrawn from a confidential item does not find them."""

from dataclasses import dataclass

from django.urls import reverse

from foundation import uploads
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import may
from governance import kinds, part_two
from governance.models import AgendaItem, ItemPaper, Meeting, User
from governance.permissions import P
from governance.wording import full_day

MOST = 10  # of one item


@operation(P.PLAN_MEETING)
def add_paper(
    item: AgendaItem, *, name: str, media_type: str, size: int, sha256: str, place: str, by: User
) -> ItemPaper:
    """Add a PDF to an item of other business. Handed over by `uploads.bring`, which has stored its bytes at `place`."""
    _takes_papers(item)
    if item.papers.count() >= MOST:
        raise Conflict(f"An item holds {MOST} papers at most. Put several into one PDF.")
    if item.papers.filter(sha256=sha256).exists():
        raise Conflict(f"“{name}” lies before the board already, with the same content.")
    return ItemPaper.objects.create(item=item, name=name, media_type=media_type, size=size, sha256=sha256, file=place)


@operation(P.PLAN_MEETING)
def remove_paper(paper: ItemPaper, *, by: User) -> None:
    """Take a paper away again, as long as the minutes are not signed."""
    _takes_papers(paper.item)
    uploads.forget([paper])
    ItemPaper.objects.filter(pk=paper.pk).delete()


def keeps(item: AgendaItem, user: User) -> bool:
    """Whether this person may add papers to the item now."""
    is_open = item.kind == AgendaItem.Kind.ORDINARY and not item.meeting.minutes_are_signed
    return is_open and may(user, P.PLAN_MEETING, item)


def of_item(item: AgendaItem, user: User) -> list[kinds.Paper]:
    """The item's papers as its page lists them: none for whoever may read no more than its title."""
    if part_two.why_kept_back(item, user):
        return []
    found = ItemPaper.objects.visible_to(user).filter(item=item)
    return [kinds.Paper(paper.name, paper.in_words, reverse("item_paper", args=[paper.pk])) for paper in found]


@dataclass(frozen=True)
class ListedPaper:
    """A paper as the agenda lists it."""

    pk: int
    name: str
    in_words: str


def of_meeting(meeting: Meeting, user: User) -> dict[int, list[ListedPaper]]:
    """Every item's papers by the item's key, in one query."""
    found: dict[int, list[ListedPaper]] = {}
    for paper in ItemPaper.objects.visible_to(user).filter(item__meeting=meeting):
        found.setdefault(paper.item_id, []).append(ListedPaper(paper.pk, paper.name, paper.in_words))
    return found


def _takes_papers(item: AgendaItem) -> None:
    if item.kind != AgendaItem.Kind.ORDINARY:
        raise Conflict("Papers are added to other business. What else is on the agenda brings its own.")
    if item.meeting.minutes_are_signed:
        signed = full_day(item.meeting.signed_on)
        raise Conflict(f"The minutes were signed on {signed}: the record stands, its papers with it.")
