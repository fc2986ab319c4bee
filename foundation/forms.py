"""The form that hands words to an operation: it cleans what was typed, keeps it, and says plainly what is wrong.

A page shows a HouseForm with `{% crispy form %}` or field by field with `{{ form.title|as_crispy_field }}`, and above it
`{% include "components/errors.html" with form=form only %}`.
"""

import re
from datetime import date, time
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

# ---------------------------------------------------------------- what was typed or pasted

# What Word, Excel and mail programs leave in a paste, and what stands in its place.
_TIDY = {code: None for code in (*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xFFF9, 0xFFFC))}
_TIDY |= {
    ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\uffff"
}
_TIDY |= {code: None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_TIDY |= {ord(mark): " " for mark in "\t\u00a0\u1680\u202f\u205f\u3000"} | {code: " " for code in range(0x2000, 0x200B)}
_TIDY |= {ord(mark): "\n" for mark in "\n\r\x0b\x0c\x85\u2028\u2029"}
_TIDY |= {0x1E: "-", 0x2011: "-", 0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•"}


def tidy(text: str) -> str:
    """Pasted text with newlines made one kind and invisible marks gone; curly quotes and bullets stay."""
    lines = str(text).replace("\r\n", "\n").translate(_TIDY).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def tidy_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(tidy(text).split())


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 30 else f"“{text[:29]}…”"


class _Typed(forms.CharField):
    """Words of at most so many characters. Longer ones are refused, never cut: what was typed stays on the page."""

    tidied = staticmethod(tidy_line)

    def __init__(self, max_length: int, *, ask: str | None = None, **kwargs):
        self.most = max_length
        kwargs["error_messages"] = {"required": ask or "Fill this in"} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def to_python(self, value):
        return self.tidied(value) if value not in self.empty_values else ""

    def bound_data(self, data, initial):
        return self.tidied(super().bound_data(data, initial) or "")

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(f"Shorten this to {self.most:,} characters; it has {len(value):,} now", code="long")


class Line(_Typed):
    """One line of words."""

    def __init__(self, max_length: int = 200, *, ask: str | None = None, attrs: dict | None = None, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length, ask=ask, **kwargs)


class Text(_Typed):
    """Several lines of words."""

    tidied = staticmethod(tidy)

    def __init__(
        self, max_length: int = 4000, rows: int = 3, *, ask: str | None = None, attrs: dict | None = None, **kwargs
    ):
        # The default `cols` fights with the style sheet's width.
        widget = forms.Textarea(attrs={"rows": rows, "cols": None} | (attrs or {}))
        kwargs.setdefault("widget", widget)
        super().__init__(max_length, ask=ask, **kwargs)


class Email(Line):
    """An e-mail address."""

    default_validators = [EmailValidator("Write an address such as name@school.org.uk")]

    def __init__(self, *, ask: str | None = None, attrs: dict | None = None, **kwargs):
        attrs = {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"} | (attrs or {})
        super().__init__(254, ask=ask or "Give an e-mail address", widget=forms.EmailInput(attrs=attrs), **kwargs)

    def run_validators(self, value):
        # An address that is too long has been refused already; one message is enough.
        if len(value) <= self.most:
            super().run_validators(value)


# ---------------------------------------------------------------- days and times

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


def month_number(word: str) -> int | None:
    """1 to 12 for a number or an English name of at least three letters, with or without a full stop."""
    word = word.lower().rstrip(".")
    if _DIGITS.fullmatch(word):
        return int(word) if 1 <= int(word) <= 12 else None
    names = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.lower().startswith(word)]
    return names[0] if len(names) == 1 else 9 if word == "sept" else None


def _a_real_day(year: int, month: int, day: int, earliest: int, latest: int) -> date:
    if not earliest <= year <= latest:
        raise ValidationError(f"Check the year: it must be from {earliest} to {latest}", code="year")
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= day <= 31:
            raise ValidationError(f"A month has no day {day}", code="day") from None
        raise ValidationError(f"There is no {day} {MONTHS[month - 1]} in {year}", code="day") from None


class ThreeBoxes(forms.MultiWidget):
    """Day, month and year in three boxes, as public services ask for a date that is not picked from a calendar."""

    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "day": forms.TextInput(attrs=box | {"class": "w2"}),
                # A month may be typed as a name, so the phone keeps its letters.
                "month": forms.TextInput(attrs={"autocomplete": "off", "class": "w5"}),
                "year": forms.TextInput(attrs=box | {"class": "w3"}),
            },
            attrs,
        )

    def decompress(self, value):
        return [str(value.day), str(value.month), str(value.year)] if isinstance(value, date) else ["", "", ""]


class DayField(forms.Field):
    """A day typed into three boxes."""

    widget = ThreeBoxes

    def __init__(self, *, ask: str | None = None, earliest: int = 1900, latest: int = 2100, **kwargs):
        self.earliest, self.latest = earliest, latest
        kwargs["error_messages"] = {"required": ask or "Give the day, the month and the year"}
        super().__init__(**kwargs)

    def bound_data(self, data, initial):
        return [tidy_line(part or "")[:40] for part in data] if isinstance(data, (list, tuple)) else data

    def has_changed(self, initial, data):
        return [part or "" for part in data or ["", "", ""]] != self.widget.decompress(initial)

    def to_python(self, value):
        if value is None or isinstance(value, date):
            return value
        parts = [tidy_line(part or "") for part in value]
        if not any(parts):
            return None
        missing = [name for name, part in zip(ThreeBoxes.parts, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"The date still needs its {' and '.join(missing)}", code=missing[0])
        return self._day(*parts)

    def _day(self, day: str, month: str, year: str) -> date:
        day = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day.lower())
        if not _DIGITS.fullmatch(day):
            raise ValidationError("Write the day as a number, such as 24", code="day")
        number = month_number(month)
        if number is None:
            raise ValidationError("Write the month as a number from 1 to 12 or by its name", code="month")
        if not re.fullmatch(r"\d{4}", year, re.ASCII):
            raise ValidationError("Write the year with four figures, such as 2026", code="year")
        return _a_real_day(int(year), number, int(day), self.earliest, self.latest)


_WEEKDAY = re.compile(r"^(mon|tue(s)?|wed(nes)?|thu(r|rs)?|fri|sat(ur)?|sun)(day)?\b[,.]?\s*", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})([T ]00:00(:00)?)?", re.ASCII)
_FIGURES = re.compile(r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[\s\-]*(?P<month>[a-z]{3,9})\.?,?[\s\-]*(?P<year>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}|\d{2})", re.ASCII | re.IGNORECASE
)
_NO_YEAR = re.compile(r"\d{1,2}(st|nd|rd|th)?\s*([a-z]{3,9}\.?|[/.\-]\s*\d{1,2})", re.ASCII | re.IGNORECASE)
_NO_DAY = re.compile(r"[a-z]{3,9}\.?\s+(\d{4}|\d{2})|\d{1,2}[/.\-]\d{4}", re.ASCII | re.IGNORECASE)


def written_day(text: str, *, earliest: int = 1900, latest: int = 2100) -> date:
    """The day that somebody wrote in one box; refused in one sentence when it is not one."""
    text = _WEEKDAY.sub("", tidy_line(text))
    for shape in (_ISO, _FIGURES, _WORDS, _MONTH_FIRST):
        if (found := shape.fullmatch(text)) and (found["month"].isdigit() or month_number(found["month"])):
            break
    else:
        raise ValidationError(_not_a_day(text), code="day")
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    month = month_number(found["month"])
    if month is None:
        raise ValidationError("Write the day before the month, such as 25 Dec 2026", code="month")
    return _a_real_day(year, month, int(found["day"]), earliest, latest)


def _not_a_day(text: str) -> str:
    if _NO_YEAR.fullmatch(text):
        return "Add the year, such as 11 Dec 2026"
    if _NO_DAY.fullmatch(text):
        return "Add the day, such as 11 Dec 2026"
    return "Write one day, such as 11 Dec 2026"


class TypedDay(forms.Field):
    """A day typed into one box, for tables of many rows."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, *, ask: str | None = None, earliest: int = 1900, latest: int = 2100, **kwargs):
        self.earliest, self.latest = earliest, latest
        kwargs["error_messages"] = {"required": ask or "Give a day, such as 11 Dec 2026"}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}" if isinstance(value, date) else value

    def bound_data(self, data, initial):
        return tidy_line(data or "")[:200]

    def to_python(self, value):
        if value is None or isinstance(value, date):
            return value
        text = tidy_line(value)
        return written_day(text[:200], earliest=self.earliest, latest=self.latest) if text else None

    def has_changed(self, initial, data):
        return tidy_line(data or "") != (self.prepare_value(initial) or "")


_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.ASCII | re.IGNORECASE
)


def written_time(text: str) -> time:
    """The time that somebody wrote: 18:00, 6pm, 6.30 pm; refused in one sentence when it is not one."""
    text = tidy_line(text).lower()
    if text in {"noon", "midday"}:
        return time(12)
    text = f"{text[:2]}:{text[2:]}" if re.fullmatch(r"\d{4}", text, re.ASCII) else text
    found = _TIME.fullmatch(text)
    if not found or not (found["minute"] or found["half"]):
        raise ValidationError("Write a time such as 18:00 or 6pm", code="time")
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    elif not half and len(found["hour"]) == 1 and 1 <= hour <= 7:
        say = f"Morning or evening? Write {hour:02}:{minute:02} or {hour + 12}:{minute:02}"
        raise ValidationError(say, code="time")
    if hour > 23 or minute > 59:
        raise ValidationError("Write a time such as 18:00 or 6pm", code="time")
    return time(hour, minute)


class TimeField_(forms.Field):
    """A time of day, as people write it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "w4"})

    def __init__(self, *, ask: str | None = None, **kwargs):
        kwargs["error_messages"] = {"required": ask or "Give a time, such as 18:00"}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def bound_data(self, data, initial):
        return tidy_line(data or "")[:200]

    def to_python(self, value):
        if value is None or isinstance(value, time):
            return value
        text = tidy_line(value)
        return written_time(text[:200]) if text else None

    def has_changed(self, initial, data):
        return tidy_line(data or "") != (self.prepare_value(initial) or "")


# ---------------------------------------------------------------- numbers

_POUNDS = re.compile(r"(\d{1,3}(,\d{3})+|\d{1,20})(\.\d{1,2})?", re.ASCII)


class Money(forms.Field):
    """An amount in pounds, none below nought and none beyond ten million."""

    MOST = Decimal(10_000_000)
    prefix = "£"

    def __init__(self, *, ask: str | None = None, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w5"})
        )
        kwargs["error_messages"] = {"required": ask or "Give the amount in pounds"}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"

    def bound_data(self, data, initial):
        return tidy_line(data or "")[:200]

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        text = tidy_line(value)[:200]
        if not text:
            return None
        text = text.removeprefix("£").strip()
        if text.startswith(("-", "−")):
            raise ValidationError("An amount cannot be below nought", code="low")
        if not _POUNDS.fullmatch(text):
            raise ValidationError("Write pounds in figures, such as 1,200 or 1,200.50", code="money")
        amount = Decimal(text.replace(",", "")).quantize(Decimal("0.01"))
        if amount > self.MOST:
            raise ValidationError("Check the amount: it is beyond ten million pounds", code="high")
        return amount

    def has_changed(self, initial, data):
        return tidy_line(data or "") != str(self.prepare_value(initial) or "")


class Count(forms.Field):
    """A whole number."""

    def __init__(self, *, ask: str | None = None, least: int = 0, most: int = 1_000_000, **kwargs):
        self.least, self.most = least, most
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w4"})
        )
        kwargs["error_messages"] = {"required": ask or "Give a number"}
        super().__init__(**kwargs)

    def bound_data(self, data, initial):
        return tidy_line(data or "")[:200]

    def to_python(self, value):
        if value is None or isinstance(value, int):
            return value
        text = tidy_line(value).replace(",", "")
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,18}", text, re.ASCII):
            raise ValidationError("Write a whole number in figures", code="number")
        if not self.least <= int(text) <= self.most:
            raise ValidationError(f"Give a number from {self.least:,} to {self.most:,}", code="range")
        return int(text)


# ---------------------------------------------------------------- choices

GONE = "That choice is not one of yours any more. Choose from the list."


class Choice(forms.ChoiceField):
    """One of a few words: rows of radio buttons, or a list when `look` is "select". `hints` says more about a value."""

    def __init__(self, *, ask: str | None = None, look: str = "radio", hints: dict | None = None, **kwargs):
        self.hints = hints or {}
        kwargs.setdefault("widget", forms.RadioSelect if look == "radio" else forms.Select)
        kwargs["error_messages"] = {"required": ask or "Choose one", "invalid_choice": GONE}
        super().__init__(**kwargs)


class Choices(forms.MultipleChoiceField):
    """Any of a few words, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, ask: str | None = None, hints: dict | None = None, **kwargs):
        self.hints = hints or {}
        kwargs["error_messages"] = {
            "required": ask or "Tick at least one", "invalid_choice": GONE, "invalid_list": GONE
        }  # fmt: skip
        super().__init__(**kwargs)


class Tick(forms.BooleanField):
    """One box to tick; left empty it means no."""

    def __init__(self, *, ask: str | None = None, required: bool = False, **kwargs):
        kwargs["error_messages"] = {"required": ask or "Tick the box to go on"}
        super().__init__(required=required, **kwargs)


class Pick(forms.ModelChoiceField):
    """One row out of those that the person may choose; the queryset is the permission."""

    def __init__(self, queryset=None, *, ask: str | None = None, **kwargs):
        kwargs["error_messages"] = {"required": ask or "Choose one from the list", "invalid_choice": GONE}
        kwargs.setdefault("empty_label", "Choose" if kwargs.get("required", True) else "None")
        super().__init__(queryset, **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (OverflowError, ValidationError):
            raise ValidationError(GONE, code="invalid_choice") from None


class Picks(forms.ModelMultipleChoiceField):
    """Any rows out of those that the person may choose, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset=None, *, ask: str | None = None, **kwargs):
        kwargs["error_messages"] = {
            "required": ask or "Tick at least one", "invalid_choice": GONE, "invalid_list": GONE, "invalid_pk_value": GONE
        }  # fmt: skip
        super().__init__(queryset, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(GONE, code="invalid_choice") from None


class PickFrom(forms.ChoiceField):
    """Like Pick, out of a list fetched once: for tables whose every row offers the same people."""

    def __init__(self, things=(), *, ask: str | None = None, empty_label: str = "", **kwargs):
        self.empty_label = empty_label
        kwargs["error_messages"] = {"required": ask or "Choose one from the list", "invalid_choice": GONE}
        super().__init__(**kwargs)
        self.things = things

    @property
    def things(self):
        return list(self._things.values())

    @things.setter
    def things(self, things):
        self._things = {str(thing.pk): thing for thing in things}
        self.choices = [("", self.empty_label), *((key, str(thing)) for key, thing in self._things.items())]

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied._things = dict(self._things)
        return copied

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def to_python(self, value):
        return self._things.get(str(value), str(value)) if value not in self.empty_values else None

    def valid_value(self, value):
        return not isinstance(value, str)

    def has_changed(self, initial, data):
        return str(self.prepare_value(initial) or "") != str(data or "")


# ---------------------------------------------------------------- the form

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
    """A form in the house's manner. `revision` is the thing's revision as the person saw it; the operation compares it."""

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
