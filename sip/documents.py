"""The documents of a version: asked for in an operation, made by a worker, kept for ever (foundation.press)."""

from django.template.loader import render_to_string

from foundation.errors import Conflict
from foundation.operations import operation
from foundation.press import Press
from governance.models import User
from sip import paper
from sip.models import Document, DocumentJob, Version
from sip.permissions import P

Stage = Document.Stage


def _html(job: DocumentJob) -> str:
    return render_to_string("paper/plan.html", paper.words(job.version, job.stage))


_OF = ("version", "stage", "form", "edition", "person")
press = Press(jobs=DocumentJob, of=_OF, html=_html, task="sip.tasks.make_document")
make, sweep = press.make, press.sweep


def ask_for(version: Version, stage: str, *, form: str = "plan", edition: str = "board", person=None) -> DocumentJob:
    """Say that a document of the version is to be made: of which stage, in which form, for whom. A version decided on
    anew is printed anew."""
    of = {"version": version, "stage": stage, "form": form, "edition": edition, "person": person}
    return press.ask_for(anew=stage == Stage.DECIDED, **of)


@operation(P.MAKE_DOCUMENT)
def make_again(version: Version, *, stage: str, by: User) -> DocumentJob:
    """Ask for a document that could not be made, is missing, or has been overtaken by a correction of the record."""
    if stage == Stage.DECIDED and version.decision is None:
        raise Conflict("The board has not decided on this version yet, so there is nothing to print as decided.")
    return ask_for(version, stage)
