"""What amendments bring before the board: one kind of agenda item."""

from django.urls import reverse

from governance.kinds import Kind, Subject, join
from governance.models import AgendaItem, Decision, Organisation, User
from sip import amendment_deciding as deciding
from sip import amendment_page
from sip.business import open_questions
from sip.models import Amendment, AmendmentItem

_O = Decision.Outcome

_ADVISES = {
    _O.RECOMMENDED: ("Recommended", "It tells the board that decides to say yes"),
    _O.CHANGES: ("Changes asked for", "Its advice to leaders and to the board that decides; nothing moves yet"),
    _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
    _O.NOT_RECOMMENDED: ("Not recommended", "With the reason"),
}


def _advises(item: AgendaItem) -> dict[str, tuple[str, str]] | None:
    row = getattr(item, "amendment_item", None)
    return _ADVISES if row and row.recommends else None


def _about(item: AgendaItem, user: User) -> Subject:
    """The amendment as a difference, for those who see it; taken back, it is the leaders' alone, and that is said."""
    rows = AmendmentItem.objects.select_related("amendment__plan__organisation", "amendment__version")
    amendment, undecided = rows.get(item=item).amendment, not hasattr(item, "decision")
    if not Amendment.objects.visible_to(user).filter(pk=amendment.pk).exists():
        return Subject(notice=deciding.why_not_decided(amendment) if undecided else "")
    link = ("The amendment", reverse("amendment", args=[amendment.pk]))
    return Subject(
        link=link,
        notice=deciding.why_not_decided(amendment) if undecided else "",
        template="sip/amending/decide.html",
        rows=[_with_reason(amendment, user)],
        questions=open_questions(amendment.plan, user) or None,
    )


def _with_reason(amendment: Amendment, user: User) -> dict:
    page = amendment_page.of(amendment, user)
    return {"sections": page.sections, "left_out": page.left_out, "reason": amendment.reason}


def _whose(item: AgendaItem) -> Organisation:
    return item.amendment_item.amendment.plan.organisation


join(
    {
        AgendaItem.Kind.AMENDMENT: Kind(
            outcomes={
                _O.APPROVED: ("Approved", "The plan is changed, and its next version is in force from today"),
                _O.CHANGES: ("Changes asked for", "Leaders change it and bring it back"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
                _O.DECLINED: ("Declined", "The plan stays as it is"),
            },
            decide=deciding.decide_amendment,
            advises=_advises,
            in_writing=deciding.amendment_in_writing,
            usual_resolution=deciding.usual_resolution,
            ready_for=deciding.ready_for,
            about=_about,
            whose=_whose,
        )
    }
)
