"""The words of a strategy and of its priorities."""

from foundation import clock
from foundation.forms import Choice, HouseForm, Line, Summary, Text, Tick
from governance import years

_SPARE = 2  # empty priorities that stand ready


class StrategyForm(HouseForm):
    """Title, vision and the years it is for."""

    title = Line(120, label="Title", ask="Give the strategy a title")
    first_year = Choice(label="First school year", look="select", ask="Choose the first year")
    last_year = Choice(
        label="Last school year", look="select", ask="Choose the last year", help_text="Three to five years."
    )
    vision = Text(
        4000,
        label="Vision",
        rows=6,
        ask="Write the vision",
        help_text="What the school is for, and what it will be like.",
    )

    def __init__(self, *args, **words) -> None:
        super().__init__(*args, **words)
        this = years.year_of(clock.today())
        choices = [(str(year), years.written(year)) for year in range(this - 5, this + 7)]
        self.fields["first_year"].choices = self.fields["last_year"].choices = choices
        self.fields["first_year"].initial, self.fields["last_year"].initial = str(this), str(this + 2)

    def clean(self) -> dict:
        words = super().clean()
        if words.get("first_year") and words.get("last_year"):
            first, last = int(words["first_year"]), int(words["last_year"])
            words["first_year"], words["last_year"] = first, last
            if not 2 <= last - first <= 4:
                self.add_error("last_year", "A strategy is for three to five years; choose the last one again")
        return words


class PriorityForm(HouseForm):
    """One priority of the strategy. All empty: no priority."""

    title = Line(120, label="Priority", required=False)
    where_we_are = Text(1500, label="Where we are", required=False)
    where_we_want_to_be = Text(1500, label="Where we want to be", required=False)
    how_we_will_know = Text(1500, label="How we’ll know", required=False)
    place = Choice(label="Stands as number", look="select", required=False)
    remove = Tick(label="Remove this priority", required=False)

    def __init__(self, *args, number: int, many: int, **words) -> None:
        super().__init__(*args, **words)
        self.number = number
        self.fields["place"].choices = [(str(place), str(place)) for place in range(1, many + 1)]
        self.fields["place"].initial = str(number)

    @property
    def is_blank(self) -> bool:
        words = self.cleaned_data
        return not any(words.get(name) for name in ("title", "where_we_are", "where_we_want_to_be", "how_we_will_know"))

    def clean(self) -> dict:
        words = super().clean()
        if not self.is_blank and not words.get("title") and not words.get("remove") and "title" not in self.errors:
            self.add_error("title", "Give this priority a title, or tick that it is to be removed")
        return words


class StrategyPages:
    """The strategy's form with its priorities, as one: the rows that stand there, and two spare ones."""

    def __init__(self, words, *, strategy=None) -> None:
        held = list(strategy.priorities.all()) if strategy else []
        many = len(held) + _SPARE
        first = (
            {
                "title": strategy.title,
                "vision": strategy.vision,
                "first_year": str(strategy.first_year),
                "last_year": str(strategy.last_year),
            }
            if strategy
            else {}
        )
        self.strategy = StrategyForm(words, initial=first, revision=strategy.revision if strategy else None)
        self.ids = [priority.pk for priority in held] + [None] * _SPARE
        self.priorities = [
            PriorityForm(
                words,
                prefix=f"priority-{place}",
                initial=_row(held[place]) if place < len(held) else {},
                number=place + 1,
                many=many,
            )
            for place in range(many)
        ]

    @property
    def is_bound(self) -> bool:
        return self.strategy.is_bound

    @property
    def summary(self) -> Summary:
        return Summary.of(self.strategy, *self.priorities)

    def is_valid(self) -> bool:
        return all([self.strategy.is_valid(), *[form.is_valid() for form in self.priorities]])

    @property
    def errors(self) -> bool:
        return self.is_bound and not self.is_valid()

    @property
    def rows(self) -> list[dict]:
        """The priorities that stay, in the order asked for."""
        kept = [
            (int(form.cleaned_data.get("place") or form.number), form.number, form.cleaned_data | {"id": number})
            for form, number in zip(self.priorities, self.ids, strict=True)
            if not form.is_blank and not form.cleaned_data.get("remove")
        ]
        return [row for _, _, row in sorted(kept, key=lambda one: one[:2])]


def _row(priority) -> dict:
    return {
        name: getattr(priority, name) for name in ("title", "where_we_are", "where_we_want_to_be", "how_we_will_know")
    }
