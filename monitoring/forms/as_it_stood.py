"""The day that somebody asks for."""

from datetime import date

from django.core.exceptions import ValidationError

from foundation import clock
from foundation.forms import HouseForm, TypedDay
from governance.wording import full_day


class DayForm(HouseForm):
    """A day from the plan's first until today."""

    day = TypedDay(label="Which day?", help_text="Day first, for example 24 Nov 2026.")

    def __init__(self, *args, begun: date, **words) -> None:
        super().__init__(*args, **words)
        self.begun = begun

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day is None:
            raise ValidationError("Give a day, such as 24 Nov 2026")
        if day > clock.today():
            raise ValidationError("That day is still to come. Give today or a day before it")
        if day < self.begun:
            raise ValidationError(
                f"There was no plan yet. It was begun on {full_day(self.begun)}: give that day or a later one"
            )
        return day
