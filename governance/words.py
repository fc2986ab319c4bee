"""What an organisation calls its plan and the parts of it, in every form that a page needs.

A school says "School development plan", "SDP", "goal", each in the singular, and whether it
numbers by figures or by letters. A frozen version keeps the words that it was frozen with (`frozen`, `thawed`).
"""

from dataclasses import asdict, dataclass

from governance.wording import number as in_words

_SCHOOL, _TRUST = ("school improvement plan", "SIP"), ("trust improvement plan", "TIP")
_VOWELS = "aeiou"


@dataclass(frozen=True)
class Words:
    """Words in the singular, as they stand within a sentence; properties give the other forms."""

    plan: str = _SCHOOL[0]
    plan_short: str = _SCHOOL[1]
    objective: str = "objective"
    priority: str = "priority"
    letters: bool = False

    @property
    def Plan(self) -> str:  # noqa: N802  templates write the word as it stands: {{ words.Plan }}
        return capital(self.plan)

    @property
    def Objective(self) -> str:  # noqa: N802
        return capital(self.objective)

    @property
    def Priority(self) -> str:  # noqa: N802
        return capital(self.priority)

    @property
    def objectives(self) -> str:
        return plural(self.objective)

    @property
    def Objectives(self) -> str:  # noqa: N802
        return capital(self.objectives)

    @property
    def priorities(self) -> str:
        return plural(self.priority)

    @property
    def Priorities(self) -> str:  # noqa: N802
        return capital(self.priorities)

    @property
    def an_objective(self) -> str:
        return with_article(self.objective)

    @property
    def a_priority(self) -> str:
        return with_article(self.priority)

    @property
    def is_usual(self) -> bool:
        """Whether nothing is called otherwise than everyone calls it."""
        return self in (Words(), Words(*_TRUST))

    def numbered(self, place: int) -> str:
        """How the objective in this place is numbered: "3", or "C"; after "Z" comes "AA"."""
        if not self.letters:
            return str(place)
        said = ""
        while place > 0:
            place, letter = divmod(place - 1, 26)
            said = chr(ord("A") + letter) + said
        return said

    def count(self, many: int) -> str:
        """ "three objectives", "one goal"."""
        return f"{in_words(many)} {self.objective if many == 1 else self.objectives}"

    @property
    def frozen(self) -> dict:
        """As plain data, for a frozen block."""
        return asdict(self)

    @classmethod
    def thawed(cls, held: dict | None) -> "Words":
        """Out of a frozen block. What was frozen before there were words of one's own has the usual ones."""
        return cls(**held) if held else cls()


def words_of(organisation) -> Words:
    """An organisation's words; the usual ones where it has said none."""
    plan, short = _TRUST if organisation.is_trust else _SCHOOL
    if organisation.plan_word:
        plan, short = uncapital(organisation.plan_word), initials(organisation.plan_word)
    return Words(
        plan=plan,
        plan_short=organisation.plan_short or short,
        objective=uncapital(organisation.objective_word) or "objective",
        priority=uncapital(organisation.priority_word) or "priority",
        letters=organisation.numbering == "letters",
    )


def plural(word: str) -> str:
    """More than one: "priorities", "areas of focus", "goals"."""
    first, of, rest = word.partition(" of ")
    if of:
        return f"{plural(first)}{of}{rest}"
    if word.endswith("y") and word[-2:-1] not in (*_VOWELS, ""):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def with_article(word: str) -> str:
    """ "an objective", "a goal"."""
    return f"{'an' if word[:1].lower() in _VOWELS else 'a'} {word}"


def initials(words: str) -> str:
    """ "School development plan" → "SDP"."""
    return "".join(word[0] for word in words.split() if word[0].isalpha()).upper()[:12]


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def uncapital(word: str) -> str:
    """As it stands within a sentence: "School development plan" → "school development plan"; "SDP" stays."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]
