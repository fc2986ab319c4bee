"""A figure leaves only through here: what may be printed of it, and where it is hidden, why.

Small numbers are hidden from everyone but leaders, together with whatever they could be worked out from. So all the
readings of a measure are looked at, whichever of them are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from foundation.permissions import may
from governance.models import Organisation
from sip import suppression
from sip.models import Measure, Reading, Target, in_unit
from sip.permissions import P

NOT_PUBLISHED = "not published this year"
NOT_SENT = "leaders have not sent their review yet"
CONFIDENTIAL = "for the board and its leaders alone"
_FORMS = {Measure.Unit.PERCENT: "share", Measure.Unit.RATE: "rate", Measure.Unit.NUMBER: "number"}
_SMALL_COHORT = 50  # one pupil is two points or more


@dataclass(frozen=True, slots=True)
class Figure:
    """What one person may read of a figure.

    `words` is what may be printed, a value with its unit or why there is none; `value`, `count` and `cohort` are None
    where it is hidden, `why` says why. `one_pupil` is "1 pupil is 6.7 points" in a small cohort. To a leader, `others`
    says why it is hidden from everyone else; empty where it is not.
    """

    words: str
    value: Decimal | None = None
    why: str = ""
    one_pupil: str = ""
    count: int | None = None
    cohort: int | None = None
    others: str = ""

    @property
    def is_hidden(self) -> bool:
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a leader of the organisation, somebody who reads what is confidential there, or anybody."""

    is_leader: bool = False
    reads_confidential: bool = False


ANYBODY, THE_BOARD, LEADERS = Reader(), Reader(reads_confidential=True), Reader(True, True)


def reader_of(user, organisation: Organisation) -> Reader:
    """What this person is as a reader of the organisation's figures."""
    if may(user, P.READ_SMALL_FIGURES, organisation):
        return LEADERS
    return THE_BOARD if may(user, P.READ_CONFIDENTIAL, organisation) else ANYBODY


def shown_to(user, organisation: Organisation, readings: Iterable[Reading]) -> dict[int, Figure]:
    """Of each reading what this person may read. One query, and what it takes to know what they are here."""
    return of_reader(reader_of(user, organisation), organisation, readings)


def for_leaders(organisation: Organisation, readings: Iterable[Reading]) -> dict[int, Figure]:
    """Of each reading all that there is, to be frozen for leaders alone."""
    return of_reader(LEADERS, organisation, readings)


def for_everyone(
    organisation: Organisation, readings: Iterable[Reading], *, reads_confidential: bool = True
) -> dict[int, Figure]:
    """Of each reading what may stand on paper, whoever reads it; to be frozen. `reads_confidential`: the paper is for
    the board and its leaders."""
    return of_reader(THE_BOARD if reads_confidential else ANYBODY, organisation, readings)


def of_reader(reader: Reader, organisation: Organisation, readings: Iterable[Reading]) -> dict[int, Figure]:
    """Of each reading what such a reader may read. What was entered in a review is leaders' own until they send it."""
    asked = list(readings)
    whys = why_hidden(organisation, {row.measure_id for row in asked})
    found = shown(reader, asked, whys)
    if reader.is_leader:
        return found
    return found | {row.pk: hidden(NOT_SENT) for row in asked if row.waits}


def may_read(user, organisation: Organisation, reading: Reading) -> bool:
    """Whether somebody who reads the review that it was entered in may read this figure."""
    whys = why_hidden(organisation, {reading.measure_id})
    return not shown(reader_of(user, organisation), [reading], whys)[reading.pk].is_hidden


def shown(reader: Reader, readings: list[Reading], whys: dict[int, str]) -> dict[int, Figure]:
    """The same where it is known already which are hidden, and why (`why_hidden`), and that this person reads the
    review that they were entered in."""
    return {row.pk: _figure(reader, row.measure, row, whys.get(row.pk, "")) for row in readings}


def _figure(reader: Reader, measure: Measure, row: Reading, why: str) -> Figure:
    if reader.is_leader:
        return _open(measure, row, others=why)
    if measure.is_confidential and not reader.reads_confidential:
        return hidden(CONFIDENTIAL)
    return hidden(why) if why else _open(measure, row)


def hidden(why: str) -> Figure:
    """A figure that is hidden, and why."""
    return Figure(f"hidden: {why}", why=why)


def why_hidden(organisation: Organisation, measures: Iterable[int]) -> dict[int, str]:
    """The readings of these measures that everyone but leaders must not see, each with why, in words. One query."""
    return whys_of(organisation, Reading.objects.filter(measure__in=set(measures)).select_related("measure"))


def whys_of(organisation: Organisation, readings: Iterable[Reading]) -> dict[int, str]:
    """The same of readings that are all there are of their measures."""
    cells, threshold = defaultdict(list), organisation.small_number_threshold
    for row in readings:
        if row.measure.counts_pupils and row.value is not None:
            cells[row.measure_id].append(cell_of(row))
    words = words_for(threshold)
    found = [suppression.reasons(of_measure, threshold) for of_measure in cells.values()]
    return {key: words[why] for reasons in found for key, why in reasons.items()}


def words_for(threshold: int) -> dict[str, str]:
    """Each reason as it is read after "hidden: "."""
    return {
        suppression.SMALL: f"fewer than {threshold} pupils",
        suppression.UNKNOWN: "how many pupils it counts is not known",
        suppression.GIVES_AWAY: "a figure about few pupils could be worked out from it",
    }


def baseline_of(
    target: Target, reader: Reader, organisation: Organisation, whys: dict[int, str], readings: Iterable[Reading]
) -> Figure:
    """What such a reader may read of a target's baseline: a figure like a reading. Of how many pupils it speaks is
    said with it, or by a reading of the whole school that is the same figure. `whys`, `readings`: of its measure."""
    measure, value = target.measure, target.baseline
    if value is None:
        return Figure("")
    same = [row for row in readings if row.measure_id == measure.pk and row.value == value]
    cohort = target.cohort or next((row.cohort for row in same if row.cohort and is_of_the_school(row)), None)
    why = next((whys[row.pk] for row in same if row.pk in whys), "")
    if measure.counts_pupils and not why:
        cell = suppression.Cell(0, _FORMS.get(measure.unit, "average"), value, cohort=cohort)
        why = words_for(organisation.small_number_threshold).get(
            suppression.of_itself(cell, organisation.small_number_threshold), ""
        )
    return _figure(reader, measure, Reading(value=value, cohort=cohort), why)


def is_of_the_school(row: Reading) -> bool:
    """Whether it speaks of all the pupils of the measure, and not of a group."""
    return row.group == Reading.Group.ALL and not row.year_group


def cell_of(row: Reading) -> suppression.Cell:
    """A reading as the rules of suppression see it."""
    return suppression.Cell(
        key=row.pk,
        form=_FORMS.get(row.measure.unit, "average"),
        value=row.value,
        group=row.group,
        year_group=row.year_group,
        table=(row.year, row.kind),
        term=row.term,
        count=row.count,
        cohort=row.cohort,
    )


def _open(measure: Measure, row: Reading, *, others: str = "") -> Figure:
    if row.value is None:
        return Figure(NOT_PUBLISHED)
    words = in_unit(measure.unit, row.value)
    return Figure(words, row.value, "", one_pupil(measure, row.cohort), row.count, row.cohort, others=others)


def one_pupil(measure: Measure, cohort: int | None) -> str:
    """ "1 pupil is 6.7 points" of a share in a small cohort; otherwise empty."""
    if not cohort or cohort > _SMALL_COHORT or measure.unit != Measure.Unit.PERCENT or not measure.counts_pupils:
        return ""
    return f"1 pupil is {in_unit(Measure.Unit.POINTS, round(Decimal(100) / cohort, 1))}"
