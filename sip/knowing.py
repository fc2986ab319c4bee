"""What is known where pasted words are read: who can be named, and the calendar of the plan's year."""

from foundation import clock
from governance.calendar import rule_of_thumb
from governance.models import Organisation, Person, Role
from sip.models import Plan
from sip.understanding import Calendar, Known, TermDays

_DAYS = ("starts", "half_term_starts", "half_term_ends", "ends")


def known(organisation: Organisation) -> list[Known]:
    """Everyone who can be named today, people and posts, each with what they are there. Two queries."""
    posts: dict[int, list[str]] = {}
    for role in Role.objects.on(clock.today()).filter(organisation=organisation):
        posts.setdefault(role.person_id, []).extend([role.kind, *([role.job.lower()] if role.job else [])])
    people = Person.objects.on_hand(organisation)
    return [Known(person.pk, person.name, tuple(posts.get(person.pk, ()))) for person in people]


def calendar_of(plan: Plan) -> Calendar:
    """The terms of the plan's year; where the clerk has not given them, the usual ones."""
    terms = plan.organisation.terms_of(plan.year)
    own = {term.name: TermDays(term.name, *(getattr(term, day) for day in _DAYS)) for term in terms}
    usual = (TermDays(row["name"], *(row[day] for day in _DAYS)) for row in rule_of_thumb(plan.year))
    return Calendar(plan.year, [own.get(term.name, term) for term in usual])
