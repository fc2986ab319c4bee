"""The papers of a whole year: the challenge log, the year’s close, the governance evidence pack. What each says."""

from monitoring import challenge_log, inspection_pack, line_drawing, papers, year_close
from monitoring.models import FrozenPaper
from monitoring.paper_kinds import Asked, Blocks, How
from monitoring.permissions import P
from sip.models import Question

_Kind = FrozenPaper.Kind

# ---------------------------------------------------------------- the challenge log


def _challenge_content(asked: Asked) -> Blocks:
    """Every question that may be printed, and how many may not."""
    plan = asked.plan
    rows = challenge_log.with_names(challenge_log.open_ones(plan)).order_by("asked_at", "pk").distinct()
    said = challenge_log.entries(plan, rows)
    return {"questions": said, "left_out": Question.objects.filter(plan=plan).count() - len(said)}


def _challenge_words(paper: FrozenPaper) -> dict:
    blocks = papers.blocks_of(paper)
    said = blocks["questions"]
    return {
        "says": challenge_log.in_short(said),
        "entries": [challenge_log.words(entry) for entry in said],
        "left_out": blocks["left_out"],
    }


papers.KINDS[_Kind.CHALLENGE] = How(
    permission=P.MAKE_YEAR_PAPER,
    of="plan",
    content=_challenge_content,
    words=_challenge_words,
    template="paper/year/challenge.html",
)

# ---------------------------------------------------------------- the year’s close


def _close_words(paper: FrozenPaper) -> dict:
    blocks = papers.blocks_of(paper)
    return year_close.words(blocks) | {"line": line_drawing.words(blocks["line"])}


papers.KINDS[_Kind.CLOSE] = How(
    permission=P.MAKE_YEAR_PAPER,
    of="plan",
    content=year_close.content,
    words=_close_words,
    template="paper/year/close.html",
    why_not=year_close.why_not,
)

# ---------------------------------------------------------------- the governance evidence pack


def _pack_words(paper: FrozenPaper) -> dict:
    return inspection_pack.words(papers.blocks_of(paper))


for _kind in (_Kind.EVIDENCE, _Kind.EVIDENCE_3):
    papers.KINDS[_kind] = How(
        permission=P.MAKE_INSPECTION_PACK,
        of="plan",
        content=inspection_pack.content,
        words=_pack_words,
        template="paper/year/evidence.html",
    )
