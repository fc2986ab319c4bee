"""The other papers of the year: asked for with one click, shown while they are made, served as they were stored."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import serving
from foundation.access import SEE, access
from foundation.answers import onward
from foundation.errors import Conflict
from foundation.permissions import may, why_not
from governance.models import Meeting
from monitoring import committee_paper, papers
from monitoring.models import FrozenPaper, PaperJob, PrintedPaper, Visit
from monitoring.permissions import P
from sip.models import Plan


@require_POST
@access(SEE, Plan)
def of_plan(request, plan, kind):
    """A paper of the whole year: the PDF where it is made already and nothing has changed, else the page that shows the
    making."""
    if kind not in papers.KINDS or papers.KINDS[kind].of != "plan":
        raise Http404("No such paper.")
    return _onward(request, papers.ask_for(kind, plan=plan, by=request.user))


@require_POST
@access(P.MAKE_COMMITTEE_PAPER, Meeting)
def of_committee(request, meeting):
    """What a committee monitors, for one of its meetings."""
    plan = committee_paper.plan_for(meeting.board)
    if plan is None:
        raise Conflict(committee_paper.nothing_yet(meeting.board))
    kind = FrozenPaper.Kind.COMMITTEE
    return _onward(request, papers.ask_for(kind, plan=plan, board=meeting.board, meeting=meeting, by=request.user))


@require_POST
@access(P.MAKE_VISIT_PAPER, Visit)
def of_visit(request, visit):
    """The report of a visit."""
    return _onward(request, papers.ask_for(FrozenPaper.Kind.VISIT, plan=visit.plan, visit=visit, by=request.user))


@require_safe
@access(SEE, PrintedPaper)
def year_paper(request, printed):
    """The stored bytes."""
    return serving.stored(request, printed)


@require_safe
@access(SEE, PaperJob)
def year_paper_job(request, job):
    """How far it is."""
    paper, (up, up_url, menu) = job.paper, _up(job.paper)
    request.menu, how = menu, papers.KINDS[job.paper.kind]
    return serving.printing(
        request,
        job,
        opens="year_paper",
        title=paper.get_kind_display(),
        up=up,
        up_url=up_url,
        again=_make_url(paper) if may(request.user, how.permission, getattr(paper, how.of)) else None,
        sent={},
        why_not=why_not(how.permission),
    )


def _onward(request: HttpRequest, job: PaperJob) -> HttpResponse:
    """To the PDF where it is there, else to its making; back where this person may ask for it and not read it."""
    seen = PaperJob.objects.visible_to(request.user).filter(pk=job.pk).exists()
    if seen and job.state == PaperJob.State.DONE:
        return redirect("year_paper", pk=job.document_id)
    to = reverse("year_paper_job", args=[job.pk]) if seen else _up(job.paper)[1]
    return onward(request, "The paper is asked for.", to=to)


def _up(paper: FrozenPaper) -> tuple[str, str, str]:
    """The page that a paper belongs to: its name, its address, and its place in the menu."""
    plan = paper.plan
    if paper.visit:
        return str(paper.visit), reverse("visit", args=[paper.visit_id]), "progress"
    if paper.meeting:
        return f"Papers of the {paper.meeting}", reverse("bundles", args=[paper.meeting_id]), "meetings"
    year = reverse("progress_year", args=[plan.organisation.slug, plan.year])
    return f"Progress {plan.year_in_words}", year, "progress"


def _make_url(paper: FrozenPaper) -> str:
    if paper.visit_id:
        return reverse("visit_paper_make", args=[paper.visit_id])
    if paper.meeting_id:
        return reverse("committee_paper_make", args=[paper.meeting_id])
    return reverse("year_paper_make", args=[paper.plan_id, paper.kind])
