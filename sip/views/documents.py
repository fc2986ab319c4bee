"""The PDFs of a version: served as they were stored, shown while they are made, made again; how they are laid out."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import serving
from foundation.access import SEE, access
from foundation.answers import onward, show
from foundation.permissions import may, why_not
from governance.models import Organisation
from sip import documents, laying_out
from sip.forms.documents import LayoutForm
from sip.models import Document, DocumentJob, Version
from sip.permissions import P


@require_safe
@access(SEE, Document)
def document(request, document):
    """The stored bytes."""
    return serving.stored(request, document)


@require_safe
@access(SEE, DocumentJob)
def document_job(request, job):
    """How far it is."""
    request.menu = "current_plan"
    version = job.version
    return serving.printing(
        request,
        job,
        opens="document",
        title=job.title,
        up=str(version),
        up_url=reverse("version", args=[version.pk]),
        again=reverse("documents_make", args=[version.pk]) if _may_again(request.user, job) else None,
        sent={"stage": job.stage, "form": job.form, "edition": job.edition, "person": job.person_id or ""},
        why_not=why_not(P.MAKE_SHEET if job.person else P.MAKE_DOCUMENT),
    )


def _may_again(user, job) -> bool:
    if job.form == Document.Form.SHEET:
        return job.person_id == user.person_id or may(user, P.MAKE_SHEET, job)
    return may(user, P.MAKE_DOCUMENT, job)


@require_POST
@access(SEE, Version)
def make(request, version):
    """Have a document made that is not there, could not be made, or has been overtaken."""
    sent = {name: request.POST.get(name, usual) for name, usual in _USUAL.items()}
    if any(sent[name] not in kinds.values for name, kinds in _KINDS.items()):
        raise Http404("No such document.")
    if sent["form"] == Document.Form.SHEET:
        job = _sheet(request, version)
    else:
        job = documents.make_again(version, **sent, by=request.user)
    if job.state == DocumentJob.State.DONE:
        return redirect("document_job", pk=job.pk)
    return onward(request, "The PDF is asked for.", to=reverse("document_job", args=[job.pk]))


_KINDS = {"stage": Document.Stage, "form": Document.Form, "edition": Document.Edition}
_USUAL = {"stage": "", "form": Document.Form.PLAN, "edition": Document.Edition.BOARD}


def _sheet(request, version):
    """One's own sheet, or somebody's whom the leaders choose."""
    number = request.POST.get("person", "")
    if number == str(request.user.person_id):
        return documents.make_own_sheet(version, by=request.user)
    known = documents.people_of(version)
    if not (number.isdecimal() and len(number) < 19 and int(number) in known):
        raise Http404("Nobody of this number has anything to do in this version.")
    return documents.make_sheet(version, person=known[int(number)], by=request.user)


@access(P.CHOOSE_LAYOUT, Organisation, by={"slug": "slug"})
def layout(request, organisation):
    """How the plan is laid out on paper, chosen by the school."""
    request.menu = "current_plan"
    form = LayoutForm(request.POST or None, initial={"layout": organisation.layout})
    if request.method == "POST" and form.is_valid():
        laying_out.choose_layout(organisation, by=request.user, **form.cleaned_data)
        return onward(request, "The layout is chosen. What is printed from now on has it.", to=request.path)
    return show(request, "sip/documents/layout.html", organisation=organisation, form=form)
