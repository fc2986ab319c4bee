"""What a leader chooses to start from."""

from dataclasses import dataclass
from itertools import groupby

from foundation.forms import Choice, Choices, HouseForm
from sip import starting
from sip.starting import LastObjective, Point
from sip.understanding import Calendar


class LastYearForm(HouseForm):
    """Rows of last year's plan, as ticks."""

    rows = Choices(label="What goes on", ask="Tick at least one row")

    def __init__(self, *args, offered: list[LastObjective], **words) -> None:
        usual = [row.key for one in offered if one.is_own for row in one.rows if row.is_unfinished]
        super().__init__(*args, initial={"rows": usual}, **words)
        self.fields["rows"].choices = [(row.key, row.words) for one in offered for row in one.rows]

    @property
    def ticked(self) -> set[str]:
        """The keys that are ticked as the page is shown."""
        return {*(self["rows"].value() or ())}


@dataclass(frozen=True, slots=True)
class PointShown:
    """A starting point on the page: each action with its day."""

    point: Point
    actions: list[tuple[str, str]]


class PointForm(HouseForm):
    """One starting point."""

    point_key = Choice(label="Starting point", ask="Choose a starting point")

    def __init__(self, *args, points: list[Point], **words) -> None:
        super().__init__(*args, **words)
        self.points = points
        self.fields["point_key"].choices = [(one.key, one.title) for one in points]

    @property
    def point(self) -> Point:
        """The chosen one, once the form is clean."""
        return next(one for one in self.points if one.key == self.cleaned_data["point_key"])

    def by_area(self, calendar: Calendar) -> list[tuple[str, list[PointShown]]]:
        """Area by area, in the order in which they are offered."""
        shown = [PointShown(one, [(row["what"], starting.due_in_words(row, calendar)) for row in one.actions])
                 for one in self.points]  # fmt: skip
        return [(area, list(ones)) for area, ones in groupby(shown, key=lambda one: one.point.area_in_words)]
