"""Part II of an agenda: items whose papers and record only some may read, and of whoever withdrew nobody does.

Regulation 15(3) of the 2013 Regulations lets a board keep back what is about a named pupil or member of staff, or
confidential for another reason; regulation 16 has whoever has a conflict of interest withdraw.
"""

from foundation.errors import Conflict, NotAllowed
from foundation.operations import operation
from foundation.permissions import may, why_not
from governance.models import AgendaItem, Meeting, User, Withdrawal
from governance.permissions import P
from governance.wording import full_day


@operation(P.MARK_CONFIDENTIAL)
def put_in_part_two(item: AgendaItem, *, confidential: bool, by: User) -> AgendaItem:
    """Put an item into part II, or back into part I, until the minutes are signed."""
    if item.meeting.minutes_are_signed:
        raise Conflict(f"The minutes were signed on {full_day(item.meeting.signed_on)}: the record stands.")
    if item.is_confidential == confidential:
        raise Conflict(f"“{item}” is in part {'II' if confidential else 'I'} already.")
    item.is_confidential = confidential
    item.save(update_fields=["is_confidential"])
    return item


def why_kept_back(item: AgendaItem, user: User) -> str:
    """Why this person sees no more than the item's title, as a sentence; empty where they may read it."""
    if not item.is_confidential:
        return ""
    if Withdrawal.objects.filter(item=item, person=user.person_id).exists():
        return (
            "You have withdrawn from this item. It is confidential, so its papers and its record are not shown to you."
        )
    if not may(user, P.READ_PART_TWO, item):
        return f"This item is in part II, the confidential part of the agenda. {why_not(P.READ_PART_TWO)}"
    return ""


def require_readable(item: AgendaItem, user: User) -> None:
    """Raise NotAllowed where this person sees no more than the item's title."""
    if why := why_kept_back(item, user):
        raise NotAllowed(why)


def kept_back(meeting: Meeting, user: User) -> set[int]:
    """The keys of the items of a meeting of which this person sees no more than the title."""
    confidential = {item.pk for item in meeting.items.all() if item.is_confidential}
    if not confidential:
        return set()
    if not may(user, P.READ_PART_TWO, meeting):
        return confidential
    withdrawn = Withdrawal.objects.filter(item__in=confidential, person=user.person_id)
    return set(withdrawn.values_list("item", flat=True))
