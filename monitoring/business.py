"""What monitoring brings before the board: the review of a term, to be received."""

from governance.kinds import Kind, join
from governance.models import AgendaItem, Decision
from monitoring.receiving import decide_review

_O = Decision.Outcome

join(
    {
        AgendaItem.Kind.REVIEW: Kind(
            outcomes={
                _O.RECEIVED: ("Received", "It is frozen, and the report is made as it was received"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            decide=decide_review,
        ),
    }
)
