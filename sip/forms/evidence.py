"""What is typed into a year's evidence: a part's note and whether it is there, a file, a key area."""

from foundation.forms import Choice, HouseForm, Line, OneFile, Text
from sip.gathering import has_something
from sip.models import EvidencePart

_STATE = EvidencePart.State


class PartForm(HouseForm):
    """What this part says, and whether it is there."""

    note = Text(
        6000,
        rows=7,
        required=False,
        label="What it says",
        help_text="The few sentences that the board should take from it. Whatever is longer, add as a file.",
    )
    state = Choice(
        label="Is this part there?",
        choices=[(_STATE.WANTED, "Still to gather"), (_STATE.COMPLETE, "Complete"), (_STATE.NOT_NEEDED, "Not needed")],
        ask="Say whether this part is there",
        hints={_STATE.NOT_NEEDED: "Say why below: the board reads it"},
    )
    why_not_needed = Line(300, required=False, label="Why it is not needed")

    def __init__(self, *args, part: EvidencePart, **words) -> None:
        names = ("note", "state", "why_not_needed")
        words["initial"] = {name: getattr(part, name) for name in names}
        super().__init__(*args, revision=part.revision, **words)
        self.part = part

    def clean(self) -> dict:
        words = super().clean()
        state = words.get("state")
        if state == _STATE.NOT_NEEDED and not words.get("why_not_needed") and "why_not_needed" not in self.errors:
            self.add_error("why_not_needed", "Say why this part is not needed")
        if state == _STATE.COMPLETE and "note" not in self.errors and not words.get("note"):
            if not has_something(self.part):
                self.add_error("note", "There is nothing here yet. Write a note or add a file first")
        return words


class FileForm(HouseForm):
    """A file of the evidence."""

    file = OneFile(
        label="Add a file",
        help_text="PDF, Word, Excel, PowerPoint, CSV, PNG or JPEG, 10 MB at most, without macros.",
    )


class KeyAreaForm(HouseForm):
    """An area for improvement, and what in the evidence shows it."""

    title = Line(
        120,
        label="Key area for improvement",
        ask="Name the key area",
        help_text="What should improve, not yet how: “Reading in Years 1 and 2”.",
    )
    why = Text(1500, rows=4, label="What in the evidence shows it", ask="Say what in the evidence shows it")

    def __init__(self, *args, area=None, **words) -> None:
        if area:
            words["initial"] = {"title": area.title, "why": area.why}
            words["revision"] = area.revision
        super().__init__(*args, **words)


class YearForm(HouseForm):
    """For which year's plan the evidence is."""

    year = Choice(label="For which school year’s plan?", ask="Choose a school year")

    def __init__(self, *args, open_years: list[tuple[str, str]], **words) -> None:
        super().__init__(*args, **words)
        self.fields["year"].choices = open_years
        self.fields["year"].initial = open_years[-1][0] if open_years else None
