"""The evidence for next year's objectives: begun and gathered by leaders, put on an agenda by chair or clerk."""

from collections.abc import Iterator

from governance import years
from governance.permissions import Part
from monitoring import windows
from monitoring.duties.row import Row, may, row
from monitoring.facts import Facts, Thing
from monitoring.wording import capital, counted
from sip.permissions import P


def gathering(facts: Facts) -> Iterator[Row]:
    """From the summer term on, until the objectives are agreed."""
    for year in (facts.year, facts.year + 1):
        pack = facts.evidence_for(year)
        missed = pack is None and year == facts.year and not facts.is_trust  # last summer: nobody is late with it now
        if missed or not windows.is_gathering(facts, year) or (pack and pack.day):
            continue
        if Part.HEADTEACHER in facts.parts and may(facts.parts, P.GATHER_EVIDENCE):
            yield from _gather(facts, year, pack)
        if pack and not pack.due and may(facts.parts, P.PUT_EVIDENCE):
            yield from _put(facts, year, pack)


def _gather(facts: Facts, year: int, pack: Thing | None) -> Iterator[Row]:
    due, written = windows.evidence_due(facts, year), years.written(year)
    if pack is None:
        why = "Eight parts, from pupil performance to the last inspection. Objectives are set on it."
        yield row(facts, f"Begin the evidence for {written}", why, "Begin", ("evidence_begin", facts.slug), due)
    elif pack.other_id:
        many = counted(pack.other_id, "part")
        why = f"{capital(many)} still to gather, or to mark as not needed."
        yield row(facts, f"Gather the evidence for {written}", why, "Gather it", ("evidence", pack.pk), due)


def _put(facts: Facts, year: int, pack: Thing) -> Iterator[Row]:
    title = f"Put the evidence for {years.written(year)} on an agenda"
    why = "The board and its leaders meet on it before the objectives are agreed."
    yield row(facts, title, why, "Choose the meeting", ("put_evidence", pack.pk), windows.evidence_met_by(facts, year))
