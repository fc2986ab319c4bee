"""The documents of a version on its page: those that are made, those that are being made, and what can be asked for."""

from dataclasses import dataclass

from foundation.permissions import may
from sip import documents, editions
from sip.models import Document, DocumentJob, Version
from sip.permissions import P
from sip.versions import Blocks

_FOR = {
    "public": ("Public edition", "For the website and for parents: what the board asks for, without names or costs."),
    "board": ("Board edition", "For the board and the school: all but what is for the board and leaders alone."),
    "confidential": ("Confidential edition", "For the board and leaders alone, with part II papers."),
}


@dataclass(slots=True)
class Shelf:
    """`editions` are (value, name, what it is for) of what this person may have made; empty where they make nothing.
    `people` are those whose sheet they may have made; `own`: whether one is theirs. `files`: the editions to check."""

    made: list[Document]
    jobs: list[DocumentJob]
    editions: list[tuple[str, str, str]]
    people: list
    own: bool
    files: list[tuple[str, str]]
    stage: str
    may_lay_out: bool
    layout: str


def of(version: Version, blocks: Blocks, user) -> Shelf:
    """What stands there for this person. `blocks`: all of the version's."""
    jobs = DocumentJob.objects.visible_to(user).filter(version=version, document=None)
    there = [one for one in editions.made_of(blocks) if one in editions.open_to(user, version.plan)]
    makes, people = may(user, P.MAKE_DOCUMENT, version), documents.people_of(version)
    return Shelf(
        made=list(Document.objects.visible_to(user).filter(version=version).listed()),
        jobs=list(jobs.select_related("version", "person")),
        editions=[(one.value, *_FOR[one]) for one in there] if makes else [],
        people=list(people.values()) if may(user, P.MAKE_SHEET, version) else [],
        own=user.person_id in people,
        files=[(one.value, _FOR[one][0]) for one in there],
        stage=Document.Stage.DECIDED if version.decision else Document.Stage.SUBMITTED,
        may_lay_out=may(user, P.CHOOSE_LAYOUT, version.plan.organisation),
        layout=version.plan.organisation.get_layout_display().lower(),
    )
