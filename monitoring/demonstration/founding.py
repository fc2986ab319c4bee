"""Makes an organisation of the demonstration, as the site administrator would: its facts, its terms, its clerk."""

from governance import setting_up
from governance.models import Organisation, User
from monitoring.demonstration.reading import accounts

_DAYS = ("starts", "half_term_starts", "half_term_ends", "ends")


def found(facts: dict, *, by: User) -> Organisation:
    """Set the organisation up under the name, address and kind that the accounts' file gives."""
    clerk = next(one for one in accounts() if (facts["slug"], "clerk") in one.roles)
    return setting_up.set_up_organisation(
        slug=facts["slug"],
        name=facts["name"],
        kind=facts["kind"],
        establishment=facts["type"],
        phase=facts["phase"],
        trust=Organisation.objects.get(slug=facts["trust"]) if facts.get("trust") else None,
        reference=facts.get("urn") or facts.get("uid", ""),
        local_authority=facts.get("local_authority", ""),
        terms=_terms(facts),
        clerk_name=clerk.name,
        clerk_email=clerk.email,
        by=by,
    )


def _terms(facts: dict) -> dict[int, list[dict]]:
    years: dict[int, list[dict]] = {}
    for row in facts.get("terms", []):
        years.setdefault(row["year"], []).append({"name": row["name"]} | {day: row[day] for day in _DAYS})
    return years
