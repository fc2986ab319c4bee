"""England's bank holidays, as gov.uk/bank-holidays lists them."""

from datetime import date

import pytest

from governance.bank_holidays import in_england


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
    ],
)
def test_they_are_worked_out_from_easter_and_the_weekdays(year, days):
    assert in_england(year) == [date.fromisoformat(f"{year}-{day}") for day in days]
