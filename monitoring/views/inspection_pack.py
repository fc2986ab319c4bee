"""The governance evidence pack for inspection, looked at before it is printed."""

from foundation.access import access
from foundation.answers import show
from monitoring import inspection_pack
from monitoring.models import FrozenPaper
from monitoring.paper_kinds import Asked
from monitoring.permissions import P
from sip.models import Plan

_PERIODS = {"year": FrozenPaper.Kind.EVIDENCE, "three-years": FrozenPaper.Kind.EVIDENCE_3}


@access(P.MAKE_INSPECTION_PACK, Plan)
def pack(request, plan):
    """What governors knew, asked, saw, decided and changed, in this year or the last three."""
    request.menu = "progress"
    period = request.GET.get("period")
    period = period if period in _PERIODS else "year"
    blocks = inspection_pack.content(Asked(_PERIODS[period], plan))
    return show(
        request,
        "monitoring/inspection_pack/pack.html",
        plan=plan,
        period=period,
        kind=_PERIODS[period],
        pack=inspection_pack.words(blocks),
    )
