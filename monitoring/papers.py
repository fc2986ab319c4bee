"""The other papers of the year: asked for, frozen as everything stood at that moment, made by a worker, kept for ever.

A paper is frozen first, whole or not at all; the PDF is made of what was frozen, whatever changes meanwhile. Asked for
again when nothing has changed, the same paper answers.
"""

from django.template.loader import render_to_string

from foundation import clock, frozen, pdf
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from foundation.press import Press
from governance.models import Board, Meeting, User
from monitoring import committee_paper, visit_paper
from monitoring.models import FrozenPaper, PaperJob, Visit
from monitoring.paper_kinds import Asked, Blocks, How
from monitoring.permissions import P
from sip import written
from sip.models import Plan

_K = FrozenPaper.Kind

KINDS: dict[str, How] = {
    _K.COMMITTEE: How(
        P.MAKE_COMMITTEE_PAPER,
        of="meeting",
        content=committee_paper.content,
        words=committee_paper.words,
        template="paper/committee.html",
        why_not=committee_paper.why_not,
        pages=committee_paper.PAGES,
        cuts=len(committee_paper.CUTS) - 1,
    ),
    _K.VISIT: How(
        P.MAKE_VISIT_PAPER,
        of="visit",
        content=visit_paper.content,
        words=visit_paper.words,
        template="paper/visit.html",
        why_not=visit_paper.why_not,
    ),
}


def ask_for(
    kind: str,
    *,
    plan: Plan,
    board: Board | None = None,
    meeting: Meeting | None = None,
    visit: Visit | None = None,
    by: User,
) -> PaperJob:
    """Freeze a paper of this kind as everything stands now, and say that its PDF is to be made."""
    asked = Asked(kind, plan, board, meeting, visit)
    return make_paper(asked.thing, kind=kind, plan=plan, board=board, by=by)


@operation(None, steady=True)
def make_paper(thing: Visit | Meeting | Plan, *, kind: str, plan: Plan, board: Board | None = None, by: User):
    """Freeze one paper and ask for its PDF; where nothing has changed since the last one, that one answers. `thing` is
    what it is asked on: a visit, a meeting or the plan itself."""
    how = KINDS[kind]
    require(by, how.permission, thing)
    meeting, visit = (thing if isinstance(thing, model) else None for model in (Meeting, Visit))
    asked = Asked(kind, plan, board, meeting, visit)
    if why := how.why_not(asked):
        raise Conflict(why)
    blocks = content_of(asked)
    last = FrozenPaper.objects.filter(kind=kind, plan=plan, board=board, meeting=meeting, visit=visit).first()
    if last is not None and frozen.canonical(blocks_of(last)) == frozen.canonical(blocks):
        return press.ask_for(paper=last)
    return press.ask_for(paper=_freeze(asked, blocks, by))


def content_of(asked: Asked) -> Blocks:
    """What a paper says, as blocks by name: "paper" says which it is, the others are the kind's own."""
    return {"paper": _which(asked)} | KINDS[asked.kind].content(asked)


def blocks_of(paper: FrozenPaper) -> Blocks:
    """The frozen blocks, by name, as `content_of` gave them."""
    return {block["name"]: block["body"] for block in paper.record["blocks"]}


def verify() -> list[FrozenPaper]:
    """Take every paper's hash anew. Returns those whose content no longer gives the hash that was taken at first."""
    papers = FrozenPaper.objects.select_related("plan__organisation").order_by("pk")
    return [paper for paper in papers.iterator(chunk_size=50) if not paper.is_unharmed]


def _which(asked: Asked) -> dict:
    plan, meeting = asked.plan, asked.meeting
    return {
        "kind": asked.kind,
        "name": FrozenPaper.Kind(asked.kind).label,
        "organisation": plan.organisation.name,
        "plan": plan.title,
        "year": plan.year_in_words,
        "board": asked.board.name if asked.board else "",
        "meeting": str(meeting) if meeting else "",
        "meets_on": meeting.day.isoformat() if meeting else None,
    }


def _freeze(asked: Asked, blocks: Blocks, by: User) -> FrozenPaper:
    sealed = frozen.seal(blocks)
    return FrozenPaper.objects.create(
        kind=asked.kind,
        plan=asked.plan,
        board=asked.board,
        meeting=asked.meeting,
        visit=asked.visit,
        frozen_at=clock.now(),
        frozen_by=by.person,
        content=frozen.canonical(sealed),
        hash=frozen.hash_of(sealed),
    )


# ---------------------------------------------------------------- printed


def print_of(paper: FrozenPaper) -> pdf.Rendered:
    """The PDF of a frozen paper: of one that may have so many pages only, the fullest that keeps to them."""
    how, head = KINDS[paper.kind], frame(paper)
    if how.pages is None:
        return pdf.render(render_to_string(how.template, head | how.words(paper)))
    for cut in range(how.cuts + 1):
        made = pdf.render(render_to_string(how.template, head | how.words(paper, cut)))
        if made.pages <= how.pages:
            break
    return made


def _render(job: PaperJob) -> pdf.Rendered:
    return print_of(FrozenPaper.objects.select_related("frozen_by").get(pk=job.paper_id))


press = Press(jobs=PaperJob, of=("paper",), html=None, render=_render, task="monitoring.tasks.make_paper")
make, sweep = press.make, press.sweep


def frame(paper: FrozenPaper) -> dict:
    """What stands on every paper of the year: whose it is, as of when, and its fingerprint. Words of
    templates/paper/frozen.html."""
    which, frozen_at = blocks_of(paper)["paper"], clock.in_london(paper.frozen_at)
    on = written.day(frozen_at.date())
    title = f"{which['name']} {which['year']}"
    return {
        "which": which,
        "title": title,
        "short": f"{which['organisation']} · {title}",
        "edition": f"As it stood on {on}",
        "frozen": {
            "on": on,
            "at": f"{on} at {frozen_at:%H:%M}",
            "by": paper.frozen_by.name,
            "hash": paper.hash,
            "format": paper.record["format"],
        },
    }
