"""What comes before the board by itself: an objective that its monitor sees differently from its leaders."""

from django.urls import reverse

from governance.kinds import Kind, Subject, join
from governance.models import AgendaItem, Decision, User
from governance.reporting import bring_too
from governance.wording import near_day
from monitoring import differences
from monitoring.models import DifferenceItem, Review, View
from monitoring.reading import read

_O = Decision.Outcome


def _about(item: AgendaItem, user: User) -> Subject:
    """Both sides, as this person reads the review; what the clerk records changes neither."""
    row = DifferenceItem.objects.select_related("view__given_by", "view__review").get(item=item)
    review = Review.objects.to_read(user).filter(pk=row.view.review_id).first()
    if row.view.review.is_open:  # to leaders it shows nothing either: the page hangs on the wall of the meeting
        return Subject(notice="The review was taken back: leaders are rating again. Both sides stand here after that.")
    if review is None:
        return Subject()
    shown = next((one for one in read(review, user).objectives if one.id == row.view.objective_id), None)
    address = f"{reverse('review', args=[review.pk])}#objective-{row.view.objective_id}"
    return Subject(
        link=("Read the review", address),
        notice="" if hasattr(item, "decision") else _settled(row.view),
        template="monitoring/differences/sides.html",
        rows=[shown] if shown else [],
    )


def _settled(view: View) -> str:
    """Said where the monitor came round after the papers had gone out."""
    if view.stance == View.Stance.DIFFERS:
        return ""
    given = near_day(view.given_at.date())
    return f"{view.given_by} gave another view on {given}: {view.get_stance_display().lower()}. The item stays."


bring_too(differences.place_waiting)
join(
    {
        AgendaItem.Kind.DIFFERENCE: Kind(
            outcomes={
                _O.NOTED: ("Discussed", "The board has heard both; both views stand"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            asks="To discuss",
            decide=differences.hear_both,
            usual_resolution=differences.usual_resolution,
            about=_about,
        ),
    }
)
