"""What a kind of item brings to an agenda and to its page. Each floor joins its own kinds, as it does permissions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from governance.meetings import change_item
from governance.models import AgendaItem, Decision, Meeting, Organisation, User


@dataclass(frozen=True)
class Ready:
    """Something that waits for a decision of this board: how it is named, and the operation that puts it on."""

    title: str
    says: str
    place: Callable[..., AgendaItem]

    def put(self, *, by: User, **words) -> AgendaItem:
        """Put it on, in the clerk's own words where there are any; what was left empty keeps the usual ones."""
        item = self.place(by=by)
        given = {name: words.get(name) or getattr(item, name) for name in ("title", "note", "resolution")}
        if any(words.get(name) for name in given):
            change_item(item, by=by, **given)
        return item


@dataclass(frozen=True)
class Paper:
    """A paper of the item: what it is, what of it, where."""

    label: str
    says: str
    url: str


@dataclass(frozen=True)
class Advice:
    """What a board that recommends said: a sentence, its reason, and where that is recorded, if this person sees it."""

    says: str
    reason: str = ""
    url: str = ""


@dataclass(frozen=True)
class Subject:
    """What an item is about, as one person sees it. A None: such a thing does not belong to the item."""

    link: tuple[str, str] | None = None
    notice: str = ""
    version: int | None = None  # what the clerk sees now; another one by the time of the decision is a Conflict
    template: str = ""  # of what stands under the resolution; it is given `rows`
    rows: list = field(default_factory=list)
    questions: list | None = None
    papers: list[Paper] | None = None
    foot: tuple[str, str] | None = None  # how it was frozen, and where that can be checked
    advice: list["Advice"] = field(default_factory=list)  # what other boards said of it


def _agreed(item: AgendaItem) -> str:
    return f"That the board agree the item “{item.title}”."


@dataclass(frozen=True)
class Kind:
    """One kind of item. `outcomes`: what the board can decide, each with its word and hint; the first is chosen
    beforehand. `decide`: the operation, given `version` only where the kind has versions."""

    outcomes: dict[str, tuple[str, str]]
    decide: Callable[..., Decision]
    advises: Callable[[AgendaItem], dict[str, tuple[str, str]] | None] = lambda item: None  # a board that cannot decide
    in_writing: Callable[[AgendaItem, User], Decision] | None = None  # what a passed written resolution records
    minuted: Callable[[AgendaItem], list[tuple[str, str]]] = lambda item: []  # questions and answers for the minutes
    asks: str = "For decision"  # what the agenda says of it until then
    has_versions: bool = False
    usual_resolution: Callable[[AgendaItem], str] = _agreed
    ready_for: Callable[[Meeting, User], dict[str, Ready]] = lambda meeting, user: {}
    about: Callable[[AgendaItem, User], Subject] = lambda item, user: Subject()
    whose: Callable[[AgendaItem], Organisation] = lambda item: item.here  # whose people answer for conditions
    corrected: Callable[..., None] = lambda decision, by: None  # what follows where the record was put right


_table: dict[str, Kind] = {}
_asked: list[Callable[[list[AgendaItem], User], dict[int, list[tuple[str, str]]]]] = []


def join(rows: Mapping[str, Kind]) -> None:
    """Add a floor's kinds. A kind has one row; a second one is a mistake in the code."""
    for name, kind in rows.items():
        if name in _table:
            raise ValueError(f"{name} already has a row")
        _table[str(name)] = kind


def join_asked(read: Callable[[list[AgendaItem], User], dict[int, list[tuple[str, str]]]]) -> None:
    """Add what a floor above knows to have been asked at items of whatever kind: question and answer, by item."""
    _asked.append(read)


def asked_at(items: list[AgendaItem], user: User) -> dict[int, list[tuple[str, str]]]:
    """What was asked at these items and what was told, for the minutes, by item."""
    found: dict[int, list[tuple[str, str]]] = {}
    for read in _asked:
        for key, pairs in read(items, user).items():
            found.setdefault(key, []).extend(pairs)
    return found


def of(item: AgendaItem) -> Kind:
    """What the item's kind brings."""
    return _table[item.kind]


def outcomes_of(item: AgendaItem) -> dict[str, tuple[str, str]]:
    """What the board of this item can say to it: to decide, or where another board decides, to recommend."""
    return of(item).advises(item) or of(item).outcomes


def ready_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """What the board of this meeting could decide on now, and no coming agenda has."""
    every = [_table[name] for name in AgendaItem.Kind.values if name in _table]
    if meeting.is_written:
        every = [kind for kind in every if kind.in_writing]
    return {key: row for kind in every for key, row in kind.ready_for(meeting, user).items()}


def resolution_of(item: AgendaItem) -> str:
    """The words that are put to the board: the clerk's own, or the usual ones of the kind."""
    return item.resolution or of(item).usual_resolution(item)
