"""What every board has on its agendas: other business, and the strategy that waits to be adopted."""

from functools import partial

from django.urls import reverse

from governance.deciding import decide_ordinary, decide_strategy, note_item, put_strategy
from governance.kinds import Kind, Ready, Subject, join
from governance.models import AgendaItem, Decision, Meeting, Strategy, User

_O = Decision.Outcome


def _strategies_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The strategies that are being written, of those whom this board serves."""
    waiting = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)
    drafts = Strategy.objects.visible_to(user).filter(state=Strategy.State.DRAFT)
    drafts = drafts.filter(organisation__in=meeting.board.organisations.all()).exclude(items__state__in=waiting)
    return {
        f"strategy-{one.pk}": Ready(one.title, "A strategy to adopt", partial(put_strategy, one, meeting=meeting))
        for one in drafts
    }


def _about_strategy(item: AgendaItem, user: User) -> Subject:
    return Subject(link=("The strategy", reverse("strategy", args=[item.strategy.organisation.slug])))


join(
    {
        AgendaItem.Kind.ORDINARY: Kind(
            outcomes={
                _O.APPROVED: ("Agreed", ""),
                _O.CONDITIONS: ("Agreed with conditions", "Each with an owner and a date"),
                _O.CHANGES: ("Changes asked for", "Say which"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
                _O.DECLINED: ("Declined", "With the reason"),
            },
            asks="",
            decide=decide_ordinary,
        ),
        AgendaItem.Kind.STRATEGY: Kind(
            outcomes={
                _O.APPROVED: ("Adopted", "In force from today, in place of the one before"),
                _O.CONDITIONS: ("Adopted with conditions", "Each with an owner and a date"),
                _O.CHANGES: ("Changes asked for", "It is written further and brought back"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
                _O.DECLINED: ("Declined", "The one before stays in force"),
            },
            decide=decide_strategy,
            ready_for=_strategies_for,
            about=_about_strategy,
        ),
        AgendaItem.Kind.CHAIRS_ACTION: Kind(
            outcomes={
                _O.NOTED: ("Noted", "The board has heard of it"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            asks="To note",
            decide=note_item,
        ),
    }
)
