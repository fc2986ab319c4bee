"""The papers of a meeting as one PDF: asked for by the clerk or the chair, bound by a worker, then kept."""

from django.template.loader import render_to_string

from foundation import binding, pdf
from foundation.errors import Conflict
from foundation.operations import operation
from foundation.press import Press
from governance.models import AgendaItem, Meeting, User
from monitoring import enclosing, meeting_papers, paper_bundle
from monitoring.models import Bundle, BundleJob
from monitoring.models.bundles import Part
from monitoring.permissions import P


@operation(P.MAKE_PAPERS, steady=True)
def make_papers(meeting: Meeting, *, part: str, by: User) -> BundleJob:
    """Ask for the papers of a meeting, as its agenda stands now, and for each that should lie before it and is not made
    yet. What was made before stays."""
    items = items_of(meeting)
    if not items:
        raise Conflict("The agenda is empty. Put an item on it; then its papers can be made.")
    if part == Part.TWO and not has_part_two(meeting, items):
        raise Conflict("Nothing on this agenda is confidential, so there is no part II.")
    meeting_papers.make_missing(meeting, part_two=part == Part.TWO, by=by)
    return press.ask_for(anew=True, meeting=meeting, part=part)


def has_part_two(meeting: Meeting, items: list[AgendaItem]) -> bool:
    """Whether anything that lies before the meeting is for some of its readers alone."""
    return enclosing.has_part_two(items) or meeting_papers.has_closed_visits(meeting)


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda, each item with what it is about."""
    about = ("plan_item__version__plan__organisation", "plan_item__plan", "review_item__review__plan__organisation")
    about += (
        "difference_item__view__review__plan",
        "difference_item__view__objective",
        "amendment_item__amendment__plan",
    )
    return list(meeting.items.select_related("strategy", "evidence_item__pack", *about).prefetch_related("papers"))


def _render(job: BundleJob) -> pdf.Rendered:
    """Print the agenda with a sheet for each item, see where each sheet came to stand, print it again with the numbers
    of the pages, again where that moved a sheet, and bind what lies before the board in behind each sheet."""
    before = [(item, enclosing.of_item(item, job.part)) for item in items_of(job.meeting)]
    beside = enclosing.beside(job.meeting, job.part)
    lines = paper_bundle.lines_of(before, job.part, beside)
    front = pdf.render(_front(job, lines))
    for _ in range(_ROUNDS):
        stood = front.places
        paper_bundle.number(lines, front.places, front.pages)
        front = pdf.render(_front(job, lines))
        if front.places == stood:
            break
    enclosures = paper_bundle.enclosures(lines, front.places, front.pages)
    total = front.pages + sum(paper.pages for line in lines for paper in line.papers)
    stamps = pdf.render(render_to_string("paper/bundle_stamps.html", paper_bundle.stamps(job, total)), variant=None)
    return binding.bind(front, enclosures, stamps.content)


_ROUNDS = 3  # a number that is longer than none may push a sheet overleaf


def _front(job: BundleJob, lines: list) -> str:
    return render_to_string("paper/bundle.html", paper_bundle.words(job, lines))


press = Press(jobs=BundleJob, of=("meeting", "part"), html=None, render=_render, task="monitoring.tasks.make_bundle")
make, sweep = press.make, press.sweep


def shelf(meeting: Meeting, user: User) -> list[tuple[str, str, list, BundleJob | None]]:
    """The parts there are, to whoever may read them: (part, name, what is made, what is being made)."""
    made = list(Bundle.objects.visible_to(user).filter(meeting=meeting).listed())
    jobs = {job.part: job for job in BundleJob.objects.visible_to(user).filter(meeting=meeting, document=None)}
    parts = [Part.ONE, *([Part.TWO] if has_part_two(meeting, items_of(meeting)) else [])]
    return [(one.value, one.label, [row for row in made if row.part == one], jobs.get(one)) for one in parts]
