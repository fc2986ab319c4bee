"""The form that hands words to an operation: it cleans what was typed, keeps it, and says plainly what is wrong.

A page shows a HouseForm with `{% crispy form %}` or field by field with `{{ form.title|as_crispy_field }}`,
and above it `{% include "components/errors.html" with form=form only %}`. The form element wants `novalidate`.
"""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from foundation.fields import (
    Choice,
    Choices,
    Count,
    DayField,
    Email,
    Figure,
    Line,
    Money,
    OneFile,
    Pick,
    PickFrom,
    Picks,
    Text,
    ThreeBoxes,
    Tick,
    TimeField_,
    TypedDay,
    TypedTime,
)

__all__ = [
    "Choice",
    "Choices",
    "Count",
    "DayField",
    "Email",
    "Figure",
    "HouseForm",
    "Line",
    "Money",
    "OneFile",
    "Pick",
    "PickFrom",
    "Picks",
    "Summary",
    "Text",
    "ThreeBoxes",
    "Tick",
    "TimeField_",
    "TypedDay",
    "TypedTime",
]

_WORDS_FOR = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


class Summary(list):
    """What is wrong, as (id of the box, sentence), in the order of the page."""

    @classmethod
    def of(cls, *forms_on_page) -> "Summary":
        """One summary for a page of several forms."""
        return cls(problem for form in forms_on_page for problem in form.summary)

    @property
    def title(self) -> str:
        many = _WORDS_FOR[len(self)] if len(self) < len(_WORDS_FOR) else f"{len(self)}"
        return f"{many} thing{'s stop' if len(self) != 1 else ' stops'} this from being saved"


class HouseField(BoundField):
    """A field on its form, with what a template needs to draw boxes and rows."""

    @property
    def look(self) -> str:
        """Which part of the template pack draws it."""
        widget = self.field.widget
        if isinstance(widget, ThreeBoxes):
            return "boxes"
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "ticks"
        if isinstance(widget, forms.RadioSelect):
            return "choices"
        return "tick" if isinstance(widget, forms.CheckboxInput) else "line"

    @property
    def options(self):
        """The rows of a set of ticks or radio buttons, each with its hint."""
        hints = getattr(self.field, "hints", {})
        for row in self.subwidgets:
            yield row.data | {"id": row.id_for_label, "hint": hints.get(row.data["value"], "")}

    @property
    def boxes(self):
        """The day, month and year boxes; when one of them is known to be wrong, only that one says so."""
        codes = {error.code for error in self.form.errors.as_data().get(self.name, ())} if self.form.is_bound else set()
        for part, box in zip(ThreeBoxes.parts, self.subwidgets[0].data["subwidgets"], strict=True):
            yield box | {"label": part.title(), "wrong": part in codes or (codes and not codes & {*ThreeBoxes.parts})}

    def first_id(self, code: str | None = None) -> str:
        """The id of the box that a link in the error summary jumps to."""
        if self.look == "boxes":
            return f"{self.auto_id}_{ThreeBoxes.parts.index(code) if code in ThreeBoxes.parts else 0}"
        if self.look in {"ticks", "choices"}:
            return f"{self.auto_id}_0"
        return self.id_for_label


class _Revision(Count):
    """The hidden count that finds two people on one form."""

    BROKEN = "Part of this page was lost on its way. Open it again and repeat the change."

    def __init__(self, **kwargs):
        super().__init__(ask=self.BROKEN, most=2**31 - 1, **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.BROKEN, code="revision") from None


class HouseForm(forms.Form):
    """A form in the house's manner. `revision` is the thing's as the person saw it; the operation compares it."""

    use_required_attribute = False
    bound_field_class = HouseField

    def __init__(self, *args, revision: int | None = None, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if revision is not None:
            self.fields["revision"] = _Revision(initial=revision, widget=forms.HiddenInput)

    @cached_property
    def helper(self) -> FormHelper:
        """How the template pack draws it: fields alone; the page brings its own form element and token."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.template_pack = "crispy"
        return helper

    @property
    def summary(self) -> Summary:
        """Every problem with the id of the box where it is mended."""
        first = next((field.first_id() for field in self.visible_fields()), "main")
        whole = self.errors.as_data() if self.is_bound else {}
        found = Summary((first, message) for error in whole.get(NON_FIELD_ERRORS, ()) for message in error.messages)
        for bound in self:
            for error in whole.get(bound.name, ()):
                target = first if bound.is_hidden else bound.first_id(error.code)
                found += [(target, message) for message in error.messages]
        return found

    def later(self, first: str, last: str, message: str) -> None:
        """Refuse a pair of days that stand the wrong way round; the message stands at the later one."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, message)
