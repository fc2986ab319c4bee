"""An objective that the board stopped in the middle of the year: it is read as it stood before."""

from sip import written
from sip.models import Change, Objective, Plan
from sip.reading import PlanReading, read


def read_with(objective: Objective, plan: Plan, user) -> PlanReading:
    """The plan as its reader sees it with this objective in it: of one that was stopped, as it stood until then."""
    if objective.stopped_on is None:
        return read(plan, user)
    stop = Change.objects.filter(objective=objective, kind=Change.Kind.STOP, amendment__version__isnull=False)
    return read(plan, user, before=stop.values_list("amendment__version__number", flat=True).first())


def in_words(objective: Objective) -> str:
    """ "Stopped on 2 December 2026: the grant was not renewed."; empty of one that stands."""
    if objective.stopped_on is None:
        return ""
    return (
        f"Stopped on {written.day(objective.stopped_on)}: {objective.stopped_why} It stands here as it was until then."
    )
