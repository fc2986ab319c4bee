"""The monitor's view of an objective, beside the leaders' rating: neither overwrites the other."""

from foundation import clock
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from foundation.permissions import require
from governance.models import Seat, User
from governance.permissions import Part
from monitoring import differences
from monitoring.models import Review, View
from monitoring.permissions import P
from sip.models import Objective


@operation(None)
def give_view(
    review: Review, *, objective: Objective, revision: int, stance: str, mark: str = "", why: str = "", by: User
) -> View:
    """Say how the monitor sees an objective: as leaders do, differently (how, and why), or without enough evidence.

    `revision` is that of the view which the person saw, 0 where there was none. Another one by now: StaleEdit.
    """
    require(by, P.GIVE_VIEW, objective)
    if refused := why_not_given(review):
        raise Conflict(refused)
    if objective.plan_id != review.plan_id:
        raise Conflict("That objective belongs to another plan.")
    view = review.views.filter(objective=objective).select_related("given_by").first()
    if view and stands(view, objective):
        raise Conflict(f"{view.given_by} gave a view and has left the seat since. It stands as it was given.")
    if (view.revision if view else 0) != revision:
        raise StaleEdit("Somebody else gave a view of this objective while you were typing.", thing=view)
    view = view or View(review=review, objective=objective, revision=0)
    view.stance, view.why, view.mark = stance, why, mark if stance == View.Stance.DIFFERS else ""
    view.given_by, view.given_as, view.given_at = by.person, speaks_as(objective, by), clock.now()
    view.revision += 1
    view.save()
    differences.follow_view(view)
    return view


def why_not_given(review: Review) -> str:
    """Why no view can be given now, as a sentence; empty when one can."""
    if review.state == Review.State.RECEIVED:
        return f"The board has received the {review}. It stays as it was received, with the views given until then."
    if review.is_open:
        return f"The {review} is with leaders: they are rating. Give your view when they have sent it."
    return ""


def monitor_has_left(objective: Objective) -> bool:
    """Whether the seat that monitors it has ended, so that nobody speaks from it any more."""
    return objective.monitor_seat_id is not None and not objective.monitor_seat.is_current


def stands(view: View, objective: Objective) -> bool:
    """Whether it is the view of a monitor who has left since: nobody writes over it."""
    return monitor_has_left(objective) and view.given_by_id == objective.monitor_seat.person_id


def who_gives_it_now(review: Review) -> str:
    """ "Margaret Osei, chair, or Francesca Doyle, vice chair, can give the board’s view now."."""
    offices = (Seat.Position.CHAIR, Seat.Position.VICE_CHAIR)
    seats = Seat.objects.on(clock.today()).filter(board=review.plan.deciding_board_id, position__in=offices)
    named = [f"{seat.person}, {seat.get_position_display().lower()}" for seat in seats.select_related("person")]
    if not named:
        return "The board has no chair now who could give its view."
    chair_first = sorted(named, key=lambda name: name.endswith("vice chair"))
    return f"{', or '.join(chair_first)}, can give the board’s view now."


def speaks_as(objective: Objective, user: User) -> str:
    """In which part somebody gives a view: as the monitor, or for the board where there is none."""
    if Part.MONITOR in objective.parts_of(user):
        if objective.monitor_board_id:
            return objective.monitor_board.name
        return objective.monitor_seat.in_words
    return "chair" if Part.CHAIR in objective.parts_of(user) else "vice chair"
