"""The file of an edition that somebody wants to check."""

from django import forms
from django.core.exceptions import ValidationError

from foundation.forms import HouseForm
from foundation.uploads import size_in_words
from sip.redacting import MOST_BYTES

_ASK = "Choose the file of an edition; its name ends in .json"


class FileForm(HouseForm):
    """One file, read into memory and kept nowhere."""

    file = forms.FileField(
        label="The file of an edition",
        help_text="It was downloaded as “Check this edition” from the page of a version. Its name ends in .json.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
        error_messages={"required": _ASK, "invalid": _ASK, "missing": _ASK},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"This file is {size_in_words(file.size)}; no edition has more than 4 MB.")
        return file.read()
