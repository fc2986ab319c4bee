"""The documents of a version: asked for in an operation, made by a worker, kept for ever (foundation.press)."""

from django.template.loader import render_to_string

from foundation.errors import Conflict
from foundation.operations import operation
from foundation.permissions import require
from foundation.press import Press
from governance.models import Person, User
from sip import editions, paper, paper_page, paper_sheet, paper_timeline, versions
from sip.editions import Edition
from sip.models import Document, DocumentJob, Version
from sip.permissions import P

Stage, Form = Document.Stage, Document.Form


_MADE = {
    Form.PLAN: ("paper/plan.html", paper.words),
    Form.PAGE: ("paper/page.html", paper_page.words),
    Form.TIMELINE: ("paper/timeline.html", paper_timeline.words),
}


def _html(job: DocumentJob) -> str:
    if job.form == Form.SHEET:
        return render_to_string("paper/sheet.html", paper_sheet.words(job.version, job.stage, job.person))
    template, words = _MADE[job.form]
    return render_to_string(template, words(job.version, job.stage, job.edition))


_OF = ("version", "stage", "form", "edition", "person")
press = Press(jobs=DocumentJob, of=_OF, html=_html, task="sip.tasks.make_document")
make, sweep = press.make, press.sweep


def ask_for(version: Version, stage: str, *, form: str = "plan", edition: str = "board", person=None) -> DocumentJob:
    """Say that a document of the version is to be made: of which stage, in which form, for whom. A version decided on
    anew is printed anew."""
    of = {"version": version, "stage": stage, "form": form, "edition": edition, "person": person}
    return press.ask_for(anew=stage == Stage.DECIDED, **of)


@operation(P.MAKE_DOCUMENT)
def make_again(
    version: Version, *, stage: str, form: str = Form.PLAN, edition: str = Edition.BOARD, by: User
) -> DocumentJob:
    """Ask for a document that is not there, could not be made, or has been overtaken by a correction of the record."""
    if stage == Stage.DECIDED and version.decision is None:
        raise Conflict("The board has not decided on this version yet, so there is nothing to print as decided.")
    if edition == Edition.CONFIDENTIAL:
        require(by, P.READ_CONFIDENTIAL, version)
    if form == Form.TIMELINE and edition == Edition.PUBLIC:
        raise Conflict("The public edition holds no actions, so there is no timeline of it. Choose another edition.")
    if edition not in editions.made_of(versions.blocks_of(version)):
        raise Conflict("Nothing in this version is for the board and leaders alone: the board edition is all of it.")
    return ask_for(version, stage, form=form, edition=edition)


@operation(P.MAKE_SHEET)
def make_sheet(version: Version, *, person: Person, by: User) -> DocumentJob:
    """Ask for the action sheet of somebody who leads or owns something in the plan."""
    return _sheet(version, person)


@operation(None)
def make_own_sheet(version: Version, *, by: User) -> DocumentJob:
    """Ask for one's own action sheet."""
    return _sheet(version, by.person)


def people_of(version: Version) -> dict[int, Person]:
    """Who leads an objective or owns an action in it, by number, in the order of the plan."""
    numbers = list(paper_sheet.people_of(version))
    return {one.pk: one for one in sorted(Person.objects.filter(pk__in=numbers), key=lambda one: numbers.index(one.pk))}


def _sheet(version: Version, person: Person) -> DocumentJob:
    if person.pk not in paper_sheet.people_of(version):
        raise Conflict(f"{person} leads no objective and owns no action in version {version.number}.")
    stage = Stage.DECIDED if version.decision else Stage.SUBMITTED
    return ask_for(version, stage, form=Form.SHEET, person=person)
