"""What people write in a plan, understood as days, costs and owners: "by Feb half term", "supply x 3 days", "RP / JS".

Pure: words and what is known in, values out. What is not understood is given back as it was written, never guessed at.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError

from foundation.typed import month_number, tidy_line, written_day, written_pounds

# ---------------------------------------------------------------- days


@dataclass(frozen=True, slots=True)
class TermDays:
    """A term as the calendar of a plan's year has it; all days are the first and last that count."""

    name: str
    starts: date
    half_term_starts: date
    half_term_ends: date
    ends: date


@dataclass(frozen=True, slots=True)
class When:
    """By when, perhaps from when. `each`: how often, where that was written; `left`: what was not understood."""

    due_on: date | None = None
    starts_on: date | None = None
    each: str = ""
    left: str = ""


class Calendar:
    """The three terms of a plan's year."""

    def __init__(self, year: int, terms: list[TermDays]) -> None:
        self.year, self.terms = year, {term.name: term for term in terms}

    def half(self, number: int) -> tuple[date, date]:
        """The first and last day of a half-term, 1 to 6."""
        term = self.terms[("autumn", "spring", "summer")[(number - 1) // 2]]
        if number % 2:
            return term.starts, term.half_term_starts - timedelta(days=1)
        return term.half_term_ends + timedelta(days=1), term.ends

    def term(self, name: str) -> tuple[date, date]:
        return self.terms[name].starts, self.terms[name].ends

    @property
    def whole(self) -> tuple[date, date]:
        return self.terms["autumn"].starts, self.terms["summer"].ends


_LEADS_IN = re.compile(
    r"^(?:to be (?:done|completed) |completed? |due |deadline:? |w/[bc] |week (?:beginning|commencing) |"
    r"by |before |until |from |in |on |during |for |the |this |at )+",
    re.IGNORECASE,
)
_TERM = r"(?P<term>autumn|aut|spring|spr|sp|summer|sum|su)"
_HALF = re.compile(
    rf"{_TERM}\.? ?(?:term )?(?:half ?)?(?P<half>[12]|first|second)(?:st|nd)?(?: half)?(?: term)?", re.IGNORECASE
)
_HALF_FIRST = re.compile(rf"(?P<half>1st|2nd|first|second) half(?: of)?(?: the)? {_TERM}(?: term)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:ht|half[ -]?term) ?(?P<number>[1-6])", re.IGNORECASE)
_WHOLE_TERM = re.compile(
    rf"(?P<part>end|start|beginning|middle|mid)?(?: ?-? ?of)?(?: the)? ?{_TERM}(?:[ -]?term)?(?: ?(?:20)?\d\d)?",
    re.IGNORECASE,
)
_HOLIDAY = re.compile(
    r"(?:end of )?(?P<which>oct(?:ober)?|feb(?:ruary)?|may|whit(?:sun)?|autumn|spring|summer)(?: \d{4})?"
    r"[ -]half[ -]?term",
    re.IGNORECASE,
)
_NAMED = {
    "christmas": ("autumn", 1), "xmas": ("autumn", 1), "easter": ("spring", 1), "summer holidays": ("summer", 1),
    "end of year": ("summer", 1), "end of the year": ("summer", 1), "year end": ("summer", 1),
    "end of academic year": ("summer", 1), "end of the academic year": ("summer", 1),
    "end of school year": ("summer", 1), "end of the school year": ("summer", 1),
    "start of year": ("autumn", 0), "start of the year": ("autumn", 0), "start of term": ("autumn", 0),
}  # fmt: skip
_EACH = re.compile(
    r"(?:on-?going|continu(?:ous|al|ing)|termly|half[ -]?termly|weekly|fortnightly|monthly|daily|annual(?:ly)?|"
    r"each (?:half[ -]?)?term|every (?:half[ -]?)?term|each (?:week|month)|every (?:week|month)|"
    r"throughout(?: the)?(?: school)?(?: year)?|all year(?: round)?|across the year|whole year)",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?\s*(?:[/.\-]\s*)?"
    r"(?P<month>[a-z]{3,9}\.?|(?<=[/.\-])\d{1,2})",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:(?P<part>end|start|beginning|mid|middle)(?: of)? ?-?)?(?P<month>[a-z]{3,9})\.?[ ,'’-]*(?P<year>20\d\d|\d\d)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s+(?:-|–|—|to|until)\s+|\s*[–—]\s*|(?<=[a-z])-(?=[a-z])", re.IGNORECASE)
_FROM_ON = re.compile(r"(?:from|since|starting) (?P<first>.+)", re.IGNORECASE)


def when(text: str, calendar: Calendar) -> When:
    """By when something is to be done, as people write it; in the plan's year where no year is given."""
    text = tidy_line(text).strip(" .;,")
    if not text:
        return When()
    if _EACH.fullmatch(text):
        return When(due_on=calendar.whole[1], each=text)
    found = _FROM_ON.fullmatch(text)
    if found and (span := _span(found["first"], calendar)):
        return When(starts_on=span[0])
    if span := _span(text, calendar):
        return When(due_on=span[1])
    ends = _RANGE.split(text)
    spans = [_span(part, calendar) for part in ends]
    if len(ends) == 2 and all(spans) and spans[0][0] <= spans[1][1]:
        return When(due_on=spans[1][1], starts_on=spans[0][0])
    return When(left=text)


def first_day(text: str, calendar: Calendar) -> When:
    """From when: "Spring" is the first day of the spring term."""
    text = tidy_line(text).strip(" .;,")
    span = _span(text, calendar) if text else None
    return When(starts_on=span[0]) if span else When(left=text)


def _span(text: str, calendar: Calendar) -> tuple[date, date] | None:
    """The first and the last day of what the words name; one day twice."""
    text = _LEADS_IN.sub("", text.strip(" .;,()")).strip()
    try:
        day = written_day(text, earliest=calendar.year - 1, latest=calendar.year + 3)
    except ValidationError:
        return _named(text.lower(), calendar) or _term_part(text, calendar) or _of_months(text, calendar)
    return day, day


def _named(text: str, calendar: Calendar) -> tuple[date, date] | None:
    if text in _NAMED:
        name, last = _NAMED[text]
        return (calendar.term(name)[last],) * 2
    if found := _HOLIDAY.fullmatch(text):
        which = found["which"][:3]
        name = {"oct": "autumn", "aut": "autumn", "feb": "spring", "spr": "spring"}.get(which, "summer")
        return (calendar.terms[name].half_term_starts - timedelta(days=1),) * 2
    if found := _NUMBERED.fullmatch(text):
        return calendar.half(int(found["number"]))
    return None


def _term_part(text: str, calendar: Calendar) -> tuple[date, date] | None:
    if found := _HALF.fullmatch(text) or _HALF_FIRST.fullmatch(text):
        name = _term_name(found["term"])
        second = found["half"].lower()[0] in "2s"
        return calendar.half(1 + 2 * ("autumn", "spring", "summer").index(name) + second)
    found = _WHOLE_TERM.fullmatch(text)
    if not found:
        return None
    first, last = calendar.term(_term_name(found["term"]))
    part = (found["part"] or "").lower()
    if part in ("start", "beginning"):
        return first, first
    middle = calendar.terms[_term_name(found["term"])].half_term_starts - timedelta(days=1)
    return (middle, middle) if part.startswith("mid") else (last, last) if part == "end" else (first, last)


def _term_name(word: str) -> str:
    return {"a": "autumn", "sp": "spring", "su": "summer"}["a" if word[0] in "aA" else word[:2].lower()]


def _of_months(text: str, calendar: Calendar) -> tuple[date, date] | None:
    """12 March, 12/3, March, end of March 2027: in the academic year of the plan where no year is written."""
    if found := _DAY_MONTH.fullmatch(text):
        month = month_number(found["month"])
        return _real(calendar, month, int(found["day"])) if month else None
    found = _MONTH.fullmatch(text)
    month = month_number(found["month"]) if found else None
    if not month:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0) if found["year"] else _year_of(calendar, month)
    if not calendar.year - 1 <= year <= calendar.year + 3:
        return None
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    last = next((term.ends for term in calendar.terms.values() if first <= term.ends <= last), last)  # no holiday
    part = (found["part"] or "").lower()
    if part in ("start", "beginning"):
        return first, first
    return (date(year, month, 15),) * 2 if part.startswith("mid") else (first, last)


def _real(calendar: Calendar, month: int, day: int) -> tuple[date, date] | None:
    try:
        return (date(_year_of(calendar, month), month, day),) * 2
    except ValueError:
        return None


def _year_of(calendar: Calendar, month: int) -> int:
    return calendar.year if month >= 9 else calendar.year + 1


# ---------------------------------------------------------------- costs


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount, who pays, and what else was written: that is kept as resources."""

    amount: Decimal | None = None
    source: str = ""
    resources: str = ""


_FREE = re.compile(r"(?:no (?:extra |additional )?costs?|nil|none|free|n/?a|0|£ ?0(?:\.00)?|-|–)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<amount>£ ?[\d,]+(?:\.\d{1,2})? ?k?(?![a-z])|\d[\d,]*(?:\.\d{1,2})? ?k?(?= *$))", re.IGNORECASE
)
_TIMES = re.compile(r"\d ?[x×] ?£|£ ?[\d,.]+ ?(?:[x×*]|per|each|an? )", re.IGNORECASE)
_SOURCES = {
    "pp": "Pupil premium", "ppg": "Pupil premium", "pp grant": "Pupil premium", "pupil premium": "Pupil premium",
    "pupil premium grant": "Pupil premium",
    "pe premium": "PE and sport premium", "sport premium": "PE and sport premium",
    "sports premium": "PE and sport premium", "pe and sport premium": "PE and sport premium",
    "school budget": "School budget", "main budget": "School budget", "budget": "School budget",
    "cpd": "Training budget", "cpd budget": "Training budget", "training budget": "Training budget",
    "sen budget": "SEN budget", "send budget": "SEN budget",
    "pta": "Parents’ association", "ptfa": "Parents’ association",
    "grant": "Grant", "trust": "Trust", "capital": "Capital", "devolved capital": "Capital", "dfc": "Capital",
}  # fmt: skip
_JOINING = " \t.,;:()[]-–—/&+"


def cost(text: str) -> Cost:
    """What something costs, as people write it: "£0", "£1,200 PP", "supply x 3 days", "see budget"."""
    text = tidy_line(text)
    bare = text.strip(_JOINING.replace("-", "").replace("–", ""))
    if not bare:
        return Cost()
    if _FREE.fullmatch(bare):
        return Cost(amount=Decimal(0))
    found = [] if _TIMES.search(bare) else _AMOUNT.findall(bare)
    amount = _pounds(found[0]) if len(found) == 1 else None
    rest = bare.replace(found[0], " ", 1) if amount is not None else bare
    rest = re.sub(
        r"^(?:from|out of|paid (?:by|from))\s+", "", " ".join(rest.split()).strip(_JOINING), flags=re.IGNORECASE
    )
    source = _SOURCES.get(rest.lower().removeprefix("the "), "")
    return Cost(amount, source, "" if source else rest)


def _pounds(text: str) -> Decimal | None:
    text = text.replace(" ", "").lower()
    try:
        amount = written_pounds(text.removesuffix("k"), most=Decimal(10_000_000))
    except ValidationError:
        return None
    return amount * 1000 if text.endswith("k") else amount


# ---------------------------------------------------------------- owners


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who can be named: what they are called, and what they are ("Deputy headteacher", "headteacher")."""

    number: int
    name: str
    posts: tuple[str, ...] = ()

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in re.split(r"[\s-]+", self.name) if part).lower()


@dataclass(frozen=True, slots=True)
class Who:
    """Who was meant: one owner, others as supporters; `unknown` are names that are nobody's, `why` says so of each."""

    owner: int | None = None
    supporters: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    why: dict[str, str] = field(default_factory=dict)


_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|sir|rev)\b\.?\s*", re.IGNORECASE)
_YEAR_GROUP = re.compile(r"\by(?:r|ear)?\.? ?(\d{1,2})\b")
_AND = re.compile(r"\s*(?:[/,;&+\n]|\band\b|\bwith\b|\bsupported by\b)\s*", re.IGNORECASE)
_SHORT = {
    "head": "headteacher", "ht": "headteacher", "principal": "headteacher", "head teacher": "headteacher",
    "dht": "deputy headteacher", "dh": "deputy headteacher", "deputy": "deputy headteacher",
    "deputy head": "deputy headteacher", "aht": "assistant headteacher", "assistant head": "assistant headteacher",
    "senco": "special educational needs coordinator", "sendco": "special educational needs coordinator",
    "sbm": "business manager", "bursar": "business manager",
    "dsl": "designated safeguarding lead", "eyfs lead": "early years lead",
}  # fmt: skip


def who(text: str, people: list[Known]) -> Who:
    """Who owns it, by name, initials or post. Of several the first that is known owns it, and the others support."""
    parts = [part for part in (tidy_line(part).strip(" .()") for part in _AND.split(text)) if part]
    whole = _one(tidy_line(text), people)
    if len(whole) == 1:
        return Who(owner=whole[0].number)
    found, unknown, why = [], [], {}
    for part in parts:
        ones = _one(part, people)
        if len(ones) == 1:
            found.append(ones[0])
        else:
            unknown.append(part)
            why[part] = _could_be(ones)
    others = tuple(dict.fromkeys(one.name for one in found[1:] if one != found[0]))
    return Who(found[0].number if found else None, others, tuple(dict.fromkeys(unknown)), why)


def _could_be(ones: list[Known]) -> str:
    return f"it could be {' or '.join(one.name for one in ones[:4])}" if ones else "nobody here is called so"


def _one(text: str, people: list[Known]) -> list[Known]:
    """Everyone whom the words fit, by the surest reading that fits anybody."""
    bare = _YEAR_GROUP.sub(r"year \1", text.lower())
    name = _TITLE.sub("", bare).strip()
    words = [word.strip(".") for word in name.split()]
    initials = re.sub(r"[^a-z]", "", bare) if re.fullmatch(r"(?:[A-Za-z]\.? ?-?){2,4}", text) else ""
    post = _SHORT.get(bare.removeprefix("the "), bare.removeprefix("the "))
    full = [one for one in people if one.name.lower() in (bare, name)]
    if full or not words:
        return full
    short = [one for one in people if initials and one.initials == initials]
    posts = [one for one in people if post in one.posts] or _of_job(post, people)
    if short or posts:
        return list(dict.fromkeys([*short, *posts]))
    return [one for one in people if _called(words, one.name.lower().split())]


def _of_job(post: str, people: list[Known]) -> list[Known]:
    """Those whose job holds the words: "English lead" in "Year 5 teacher, English lead"."""
    if len(post) < 4:
        return []
    return [one for one in people if any(re.search(rf"\b{re.escape(post)}\b", job) for job in one.posts)]


def _called(words: list[str], name: list[str]) -> bool:
    """Patel; R Patel; Ruth: a surname alone, an initial and the surname, or the first name alone."""
    if len(words) == 1:
        return words[0] in (name[-1], name[0])
    return words[-1] == name[-1] and len(words) == 2 and name[0].startswith(words[0])
