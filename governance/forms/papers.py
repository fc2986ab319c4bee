"""The PDF that is added to an item of an agenda."""

from foundation.file_kinds import PDF
from foundation.forms import HouseForm, OneFile


class PaperForm(HouseForm):
    """A paper for an item of other business."""

    file = OneFile(label="Add a paper", kinds=(PDF,), ask="Choose a PDF", help_text="A PDF of 10 MB at most.")
