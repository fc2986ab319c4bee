"""What the ratings mean here: the organisation's own words, or the usual ones."""

from foundation.operations import operation
from governance.models import Organisation, User
from monitoring.models import RatingWords
from monitoring.permissions import P
from sip.models import Mark

USUAL = {
    "red": "It will not be met by its date without a change to the plan, people or money.",
    "amber": "Some way off, or late; leaders have a credible way back.",
    "green": "Reached, or evidence says that it will be by its date.",
    "blue": "Reached, its effect seen, and it no longer needs the plan.",
}
CANNOT_SAY = "Too early to say, or no evidence yet."


@operation(P.WORD_RATINGS)
def word_ratings(organisation: Organisation, *, by: User, uses_blue: bool, **words) -> RatingWords:
    """Say in the organisation's own words what each rating means, and whether "done and embedded" is used."""
    given = {mark: words[mark] for mark in USUAL} | {"uses_blue": uses_blue}
    return RatingWords.objects.update_or_create(organisation=organisation, defaults=given)[0]


def of(organisation: Organisation) -> RatingWords:
    """The words that hold: the organisation's own, else the usual ones (a row that is not saved)."""
    return getattr(organisation, "rating_words", None) or RatingWords(organisation=organisation, **USUAL)


def choices(organisation: Organisation) -> list[tuple[str, str, str]]:
    """The marks that can be given here, worst first: value, word, meaning. "Cannot say" stands last."""
    row = of(organisation)
    marks = [Mark.RED, Mark.AMBER, Mark.GREEN] + ([Mark.BLUE] if row.uses_blue else [])
    return [(str(mark), mark.label, getattr(row, mark)) for mark in marks] + [
        (str(Mark.GREY), Mark.GREY.label, CANNOT_SAY)
    ]
