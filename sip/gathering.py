"""The evidence on which a year's objectives are set: gathered part by part, put before the board, discussed; and the
key areas for improvement that leaders and the board see in it."""

from django.db.models import Max

from foundation import clock, uploads
from foundation.errors import Conflict, StaleEdit
from foundation.operations import operation
from foundation.permissions import require
from governance import years
from governance.deciding import Resolved, carry_forward, record
from governance.meetings import place_item
from governance.models import AgendaItem, Decision, Meeting, Organisation, User
from governance.permissions import P as G
from sip.models import EvidenceFile, EvidenceItem, EvidencePack, EvidencePart, KeyArea, Plan
from sip.permissions import P

MOST_FILES = 20  # of one part
MOST_AREAS = 20
_UNDECIDED = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)
_STILL_SET = (Plan.State.OBJECTIVES, *Plan.EDITABLE)  # in August results may call for another look at the evidence
_KNOWN_BY_ITSELF = (EvidencePart.Kind.EARLIER, EvidencePart.Kind.INSPECTION)


@operation(P.GATHER_EVIDENCE)
def begin_pack(organisation: Organisation, *, year: int, by: User) -> EvidencePack:
    """Begin the evidence for the plan of a year, with a place for each kind."""
    if organisation.evidence_packs.filter(year=year).exists():
        raise Conflict(f"The evidence for {years.written(year)} has been begun already.")
    return begun(organisation, year=year, begun_by=by.person, begun_at=clock.now())


def begun(organisation: Organisation, **words) -> EvidencePack:
    """A new pack with its parts, all still to gather. Called within an operation that knows of none yet."""
    pack = EvidencePack.objects.create(organisation=organisation, **words)
    EvidencePart.objects.bulk_create(EvidencePart(pack=pack, kind=kind) for kind in EvidencePart.Kind.values)
    return pack


# ---------------------------------------------------------------- part by part


@operation(P.GATHER_EVIDENCE)
def write_part(
    part: EvidencePart, *, revision: int, note: str, state: str, why_not_needed: str = "", by: User
) -> EvidencePart:
    """Write what a part of the evidence says, and whether it is there, or why it is not needed.

    Raises StaleEdit when somebody saved it meanwhile.
    """
    _still_gathered(part.pack)
    if not part.claim_revision(revision):
        raise StaleEdit("Somebody else saved this part while you were typing.", thing=part)
    if state == EvidencePart.State.NOT_NEEDED and not why_not_needed:
        raise Conflict("Say why this part is not needed.")
    if state == EvidencePart.State.COMPLETE and not (note or has_something(part)):
        raise Conflict("There is nothing here yet. Write a note or add a file, then mark the part as complete.")
    part.note, part.state = note, state
    part.why_not_needed = why_not_needed if state == EvidencePart.State.NOT_NEEDED else ""
    part.changed_by, part.changed_at = by.person, clock.now()
    part.save()
    return part


def has_something(part: EvidencePart) -> bool:
    """Whether something is there beside its note: files, or what the product knows by itself."""
    return part.files.exists() or part.kind in _KNOWN_BY_ITSELF


@operation(P.GATHER_EVIDENCE)
def add_file(
    part: EvidencePart, *, name: str, media_type: str, size: int, sha256: str, place: str, by: User
) -> EvidenceFile:
    """Add a file to a part of the evidence. Handed over by `uploads.bring`, which has stored its bytes at `place`."""
    _still_gathered(part.pack)
    if part.files.count() >= MOST_FILES:
        raise Conflict(f"A part holds {MOST_FILES} files at most. Remove one, or put several into one file.")
    if part.files.filter(sha256=sha256).exists():
        raise Conflict(f"“{name}” is here already, with the same content.")
    return EvidenceFile.objects.create(
        part=part, name=name, media_type=media_type, size=size, sha256=sha256, file=place, added_by=by.person
    )


@operation(P.GATHER_EVIDENCE)
def remove_file(file: EvidenceFile, *, by: User) -> None:
    """Take a file out of the evidence, until the board has met on it: what it has seen stays in the record."""
    pack = file.part.pack
    _still_gathered(pack)
    if pack.was_discussed:
        raise Conflict(f"The board has met on this evidence: “{file}” stays in the record. You can add a newer file.")
    uploads.forget([file])
    EvidenceFile.objects.filter(pk=file.pk).delete()


# ---------------------------------------------------------------- key areas


@operation(P.ADD_KEY_AREA)
def add_key_area(pack: EvidencePack, *, title: str, why: str, by: User) -> KeyArea:
    """Name an area for improvement that the evidence shows. Who named it is kept."""
    _still_gathered(pack)
    if pack.key_areas.count() >= MOST_AREAS:
        raise Conflict(f"There are {MOST_AREAS} key areas already. A plan has three to five objectives: choose.")
    last = pack.key_areas.aggregate(last=Max("position"))["last"] or 0
    return KeyArea.objects.create(pack=pack, position=last + 1, title=title, why=why, added_by=by.person)


@operation(P.ADD_KEY_AREA)
def change_key_area(area: KeyArea, *, revision: int, title: str, why: str, by: User) -> KeyArea:
    """Put a key area in other words. Raises StaleEdit when somebody saved it meanwhile."""
    _still_gathered(area.pack)
    if not area.claim_revision(revision):
        raise StaleEdit("Somebody else saved this key area while you were typing.", thing=area)
    area.title, area.why = title, why
    area.save()
    return area


@operation(P.ADD_KEY_AREA)
def move_key_area(area: KeyArea, *, up: bool, by: User) -> KeyArea:
    """Move a key area one place up or down; at the end of the list nothing happens."""
    _still_gathered(area.pack)
    rows = list(area.pack.key_areas.all())
    here = next(index for index, row in enumerate(rows) if row.pk == area.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _renumber(rows)
        area.position = there + 1
    return area


@operation(P.ADD_KEY_AREA)
def drop_key_area(area: KeyArea, *, by: User) -> None:
    """Take a key area off the list, as long as no objective comes from it."""
    _still_gathered(area.pack)
    if area.objectives.exists():
        raise Conflict(f"An objective comes from “{area}”. Change its words instead of removing it.")
    pack = area.pack
    KeyArea.objects.filter(pk=area.pk).delete()
    _renumber(list(pack.key_areas.all()))


# ---------------------------------------------------------------- the meeting on it


@operation(P.PUT_EVIDENCE)
def put_evidence(pack: EvidencePack, *, meeting: Meeting, by: User) -> EvidenceItem:
    """Put the evidence on the agenda of a meeting of the board that agrees the objectives."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    board = pack.agreeing_board
    if board is None or meeting.board_id != board.pk:
        raise Conflict(f"{board or 'No board yet'} agrees the objectives, not {meeting.board}.")
    require(by, G.SEE_MEETINGS, meeting)
    coming = EvidenceItem.objects.filter(pack=pack, item__state__in=_UNDECIDED)
    if row := coming.select_related("item__meeting__board").first():
        raise Conflict(f"It is on the agenda of {row.item.meeting} already.")
    title = str(pack) if meeting.here == pack.organisation else f"{pack.organisation}: {str(pack).lower()}"[:120]
    item = place_item(meeting, title=title, kind=AgendaItem.Kind.EVIDENCE)
    return EvidenceItem.objects.create(item=item, pack=pack)


@operation(P.DECIDE)
def discuss_evidence(item: AgendaItem, *, resolved: Resolved, by: User) -> Decision:
    """Record that the board met with leaders on the evidence; or put it off to a later meeting."""
    row = EvidenceItem.objects.select_related("pack").filter(item=item).first()
    if row is None:
        raise Conflict(f"“{item}” is an item of another kind: {item.get_kind_display().lower()}.")
    decision = record(item, resolved, by)
    if later := carry_forward(item, decision):
        EvidenceItem.objects.create(item=later, pack=row.pack)
    return decision


def why_closed(pack: EvidencePack) -> str:
    """Why nothing of the evidence changes any more; empty as long as its objectives can."""
    plan = pack.organisation.plans.filter(year=pack.year).first()
    if plan is None or plan.state in _STILL_SET:
        return ""
    return f"The plan for {pack.year_in_words} is {plan.get_state_display()}: its evidence stays as it was."


def _still_gathered(pack: EvidencePack) -> None:
    if why := why_closed(pack):
        raise Conflict(why)


def _renumber(rows: list[KeyArea]) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            KeyArea.objects.filter(pk=row.pk).update(position=position)
