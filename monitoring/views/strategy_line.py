"""The line from a strategy to its results."""

from foundation.access import SEE, access
from foundation.answers import show
from governance.models import Strategy
from monitoring import line_drawing, strategy_line


@access(SEE, Strategy)
def line(request, strategy):
    """Each priority over the years of the strategy: what served it, what came of it, how its measures moved."""
    request.menu = "current_plan"
    plans, priorities = strategy_line.for_user(strategy, request.user)
    return show(
        request,
        "monitoring/strategy_line/line.html",
        strategy=strategy,
        organisation=strategy.organisation,
        plans=plans,
        priorities=line_drawing.words(priorities),
    )
