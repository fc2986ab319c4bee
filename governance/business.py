"""What every board has on its agendas: other business, and the strategy that waits to be adopted."""

from functools import partial

from django.urls import reverse

from governance import papers
from governance.deciding import (
    decide_ordinary,
    decide_strategy,
    note_item,
    ordinary_in_writing,
    put_strategy,
    strategy_in_writing,
)
from governance.kinds import Kind, Ready, Subject, join
from governance.models import AgendaItem, Decision, Meeting, Strategy, User
from governance.reporting import reported_on

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


def _about_ordinary(item: AgendaItem, user: User) -> Subject:
    return Subject(papers=papers.of_item(item, user) or None)


def _about_strategy(item: AgendaItem, user: User) -> Subject:
    return Subject(link=("The strategy", reverse("strategy", args=[item.strategy.organisation.slug])))


def _about_report(item: AgendaItem, user: User) -> Subject:
    """What was done between meetings, on its own page."""
    found = reported_on(item)
    if isinstance(found, Meeting):
        return Subject(link=("The written resolution", reverse("written_resolution", args=[found.pk])))
    if found is None:
        return Subject()
    return Subject(link=("The action, with its reasons", reverse("chairs_action", args=[found.pk])))


_TO_NOTE = Kind(
    outcomes={
        _O.NOTED: ("Noted", "The board has heard of it"),
        _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
    },
    asks="To note",
    decide=note_item,
    about=_about_report,
)

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
            about=_about_ordinary,
            in_writing=ordinary_in_writing,
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
            in_writing=strategy_in_writing,
            ready_for=_strategies_for,
            about=_about_strategy,
        ),
        AgendaItem.Kind.CHAIRS_ACTION: _TO_NOTE,
        AgendaItem.Kind.RESOLUTION: _TO_NOTE,
    }
)
