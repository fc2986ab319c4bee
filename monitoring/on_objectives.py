"""What monitoring shows on an objective's own page: what does not fit in the last review."""

from governance.models import User
from monitoring import stories
from sip import beside
from sip.beside import Beside
from sip.models import Objective


def _stories(objective: Objective, user: User) -> Beside | None:
    found = stories.of_plan(objective.plan, user, objective=objective.pk)
    return Beside("monitoring/reviews/stories_of_one.html", found) if found and found.rows else None


beside.join(_stories)
