"""The kinds of box on the house's forms: each cleans what was typed, and refuses it in one plain sentence."""

from datetime import date, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from foundation import uploads
from foundation.file_kinds import EVERY_KIND, FileKind, Refused
from foundation.typed import (
    MONTHS,
    day_in_boxes,
    tidy,
    tidy_line,
    written_day,
    written_figure,
    written_number,
    written_pounds,
    written_time,
)

# ---------------------------------------------------------------- words


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
        widget = forms.Textarea(attrs={"rows": rows, "cols": False} | (attrs or {}))
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


# ---------------------------------------------------------------- days, times, numbers


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
        return day_in_boxes(*parts, earliest=self.earliest, latest=self.latest)


class _OneBox(forms.Field):
    """A thing with a written form, typed into one box: `read` takes what was written, `shown` writes it."""

    asks = "Fill this in"
    looks: dict = {}
    typed_as: type = str

    def __init__(self, *, ask: str | None = None, attrs: dict | None = None, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"} | self.looks | (attrs or {})))
        kwargs["error_messages"] = {"required": ask or self.asks}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return self.shown(value) if isinstance(value, self.typed_as) else value

    def bound_data(self, data, initial):
        return tidy_line(data or "")[:200]

    def to_python(self, value):
        if value is None or isinstance(value, self.typed_as):
            return value
        text = tidy_line(value)[:200]
        return self.read(text) if text else None

    def has_changed(self, initial, data):
        return tidy_line(data or "") != str("" if initial is None else self.prepare_value(initial))


class TypedDay(_OneBox):
    """A day typed into one box, for tables of many rows: 11 Dec 2026, 11/12/2026, 11.12.26."""

    asks = "Give a day, such as 11 Dec 2026"
    looks = {"class": "w10"}
    typed_as = date

    def __init__(self, *, earliest: int = 1900, latest: int = 2100, **kwargs):
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def shown(self, value):
        return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"

    def read(self, text):
        return written_day(text, earliest=self.earliest, latest=self.latest)


class TypedTime(_OneBox):
    """A time of day, as people write it: 18:00, 6pm, 6.30 pm."""

    asks = "Give a time, such as 18:00"
    looks = {"class": "w4"}
    typed_as = time

    def shown(self, value):
        return f"{value:%H:%M}"

    def read(self, text):
        return written_time(text)


TimeField_ = TypedTime


class Money(_OneBox):
    """An amount in pounds, none below nought and none beyond ten million."""

    asks = "Give the amount in pounds"
    looks = {"inputmode": "decimal", "class": "w5"}
    typed_as = Decimal
    prefix = "£"
    most = Decimal(10_000_000)

    def shown(self, value):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"

    def read(self, text):
        return written_pounds(text, most=self.most)


class Count(_OneBox):
    """A whole number."""

    asks = "Give a number"
    looks = {"inputmode": "numeric", "class": "w4"}
    typed_as = int

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def shown(self, value):
        return str(value)

    def read(self, text):
        return written_number(text, least=self.least, most=self.most)


class Figure(_OneBox):
    """A figure with at most two decimals, between two bounds; its unit's own sign ("%", "£") may be written or not."""

    asks = "Give the figure"
    looks = {"inputmode": "decimal", "class": "w5"}
    typed_as = Decimal

    def __init__(self, *, least: Decimal, most: Decimal, sign: str = "", **kwargs):
        self.least, self.most, self.sign = least, most, sign
        super().__init__(**kwargs)

    def shown(self, value):
        figure = f"{value:,.2f}"
        return figure.rstrip("0").rstrip(".") if "." in figure else figure

    def read(self, text):
        return written_figure(text, least=self.least, most=self.most, sign=self.sign)


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
            "required": ask or "Tick at least one",
            "invalid_choice": GONE,
            "invalid_list": GONE,
        }
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
            "required": ask or "Tick at least one",
            "invalid_choice": GONE,
            "invalid_list": GONE,
            "invalid_pk_value": GONE,
        }
        super().__init__(queryset, **kwargs)

    def clean(self, value):
        if any("\0" in str(one) for one in value or ()):
            raise ValidationError(GONE, code="invalid_choice")
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


# ---------------------------------------------------------------- files


class OneFile(forms.FileField):
    """A file, checked to be what it says: cleaned, it is an uploads.Brought. A refused one has to be chosen again."""

    def __init__(self, *, kinds: tuple[FileKind, ...] = EVERY_KIND, ask: str = "Choose a file", **kwargs):
        self.kinds = kinds
        accept = ",".join(f".{ending}" for kind in kinds for ending in kind.endings)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        kwargs["error_messages"] = {"required": ask, "invalid": ask, "missing": ask}
        super().__init__(max_length=None, allow_empty_file=True, **kwargs)

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        try:
            return uploads.check(file, self.kinds)
        except Refused as refused:
            raise ValidationError(str(refused), code="refused") from refused
