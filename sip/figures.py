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
from sip.models import Measure, Reading, in_unit
from sip.permissions import P

NOT_PUBLISHED = "not published this year"
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


def shown_to(user, organisation: Organisation, readings: Iterable[Reading]) -> dict[int, Figure]:
    """Of each reading what this person may read. One query, and what it takes to know what they are here."""
    if may(user, P.READ_SMALL_FIGURES, organisation):
        return _figures(organisation, readings, is_leader=True)
    return _figures(organisation, readings, reads_confidential=may(user, P.READ_CONFIDENTIAL, organisation))


def for_leaders(organisation: Organisation, readings: Iterable[Reading]) -> dict[int, Figure]:
    """Of each reading all that there is, to be frozen for leaders alone."""
    return _figures(organisation, readings, is_leader=True)


def for_everyone(
    organisation: Organisation, readings: Iterable[Reading], *, reads_confidential: bool = True
) -> dict[int, Figure]:
    """Of each reading what may stand on paper, whoever reads it; to be frozen. `reads_confidential`: the paper is for
    the board and its leaders."""
    return _figures(organisation, readings, reads_confidential=reads_confidential)


def _figures(
    organisation: Organisation, readings: Iterable[Reading], *, is_leader: bool = False, reads_confidential: bool = True
) -> dict[int, Figure]:
    asked = list(readings)
    whys = why_hidden(organisation, {row.measure_id for row in asked})
    measures = {row.measure_id: row.measure for row in asked}
    found = {}
    for row in asked:
        measure, why = measures[row.measure_id], whys.get(row.pk, "")
        if is_leader:
            found[row.pk] = _open(measure, row, others=why)
        elif measure.is_confidential and not reads_confidential:
            found[row.pk] = Figure(f"hidden: {CONFIDENTIAL}", why=CONFIDENTIAL)
        else:
            found[row.pk] = Figure(f"hidden: {why}", why=why) if why else _open(measure, row)
    return found


def why_hidden(organisation: Organisation, measures: Iterable[int]) -> dict[int, str]:
    """The readings of these measures that everyone but leaders must not see, each with why, in words. One query."""
    rows = defaultdict(list)
    wanted = Reading.objects.filter(measure__in=set(measures), measure__counts_pupils=True).exclude(value=None)
    for row in wanted.select_related("measure"):
        rows[row.measure_id].append(cell_of(row))
    threshold = organisation.small_number_threshold
    words = words_for(threshold)
    return {key: words[why] for cells in rows.values() for key, why in suppression.reasons(cells, threshold).items()}


def words_for(threshold: int) -> dict[str, str]:
    """Each reason as it is read after "hidden: "."""
    return {
        suppression.SMALL: f"fewer than {threshold} pupils",
        suppression.UNKNOWN: "how many pupils it counts is not known",
        suppression.GIVES_AWAY: "a figure about few pupils could be worked out from it",
    }


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
