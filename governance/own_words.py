"""A school says what it calls its plan and the parts of it, how it numbers, and the rules that belong to its papers."""

from foundation.operations import operation
from governance.models import Organisation, User
from governance.permissions import P

SAID = (
    "plan_word",
    "plan_short",
    "objective_word",
    "priority_word",
    "numbering",
    "layout",
    "cost_limit",
    "small_number_threshold",
    "financial_year_from",
)


@operation(P.KEEP_WORDS)
def say_words(organisation: Organisation, *, by: User, **said) -> Organisation:
    """Call things as the school does from now on (`said`: all of SAID; an empty word is the usual one). What is frozen
    keeps the words that it was frozen with."""
    for name in SAID:
        setattr(organisation, name, said[name])
    organisation.save(update_fields=SAID)
    return organisation
