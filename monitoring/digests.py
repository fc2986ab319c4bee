"""A person's reminders of a day: read, written down and posted; one mail a person and day, whoever asks again."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q

from foundation import clock, outbox
from foundation.outbox import OutgoingMail
from governance.models import Organisation, Person, Role, Seat, User
from governance.permissions import Part
from monitoring import overview, reminding
from monitoring.cycle import Step, steps
from monitoring.duties.row import Row
from monitoring.fetching import facts_of
from monitoring.models import Reminder, ReminderRound
from monitoring.reminding import Digest, Section
from monitoring.wording import cut

log = logging.getLogger(__name__)

_SEES_MOST = (Part.CLERK, Part.HEADTEACHER, Part.SENIOR_LEADER, Part.CHAIR)  # of a year, in this order
A_PART = 100  # people in one piece of a round, which stays well under the time a task has


def go_on() -> bool:
    """Do the next part of today's round. Whether more is left: a round that has ended is left in one query.

    Two of them at once do no harm: each person's mail is posted once. Killed in the middle, the part is begun anew.
    """
    today = clock.today()
    if not reminding.is_school_day(today, ()):
        return False
    round_, _ = ReminderRound.objects.get_or_create(day=today)
    if round_.ended_at:
        return False
    users = list(whom().filter(person__gt=round_.reached)[:A_PART])
    had = _had_theirs(users)
    for user in users:
        if user.person_id not in had:
            _remind(user)
    this = ReminderRound.objects.filter(pk=round_.pk)
    if len(users) < A_PART:
        this.update(ended_at=clock.now())
        return False
    this.filter(reached__lt=users[-1].person_id).update(reached=users[-1].person_id)
    return True


def whom():
    """Who may hear of anything: people with a sign-in, and today a role in an organisation or a seat."""
    today = clock.today()
    roles = Role.objects.on(today).filter(organisation__isnull=False).values("person")
    seats = Seat.objects.on(today).values("person")
    users = User.objects.filter(Q(person__in=roles) | Q(person__in=seats), is_active=True)
    return users.order_by("person_id")


def everyones() -> Iterator[tuple[User, Digest | None]]:
    """Each person's digest of today; None for whoever has nothing to hear, or has heard it today."""
    reached = 0
    while users := list(whom().filter(person__gt=reached)[:A_PART]):
        had = _had_theirs(users)
        for user in users:
            yield user, None if user.person_id in had else digest_for(user)
        reached = users[-1].person_id


def digest_for(user: User) -> Digest | None:
    """What a person is to be reminded of today: the rows of home, in a fixed number of queries."""
    mine = Organisation.objects.visible_to(user).filter(pk__in=user.standing.organisation_ids).order_by("name")
    organisations = list(mine)
    facts = facts_of(user, organisations)
    sections = [
        Section(one.pk, one.name, tuple(overview.yours(facts[one.pk])), facts[one.pk].terms) for one in organisations
    ]
    return reminding.digest_of(sections, _said_before(user, sections), clock.today())


# ---------------------------------------------------------------- written down, and posted


def send(user: User, digest: Digest) -> OutgoingMail | None:
    """Write down what is spoken of and post the mail, both or neither. None: no address, or today's mail is there."""
    person, key = user.person, _key(user, digest.today)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if OutgoingMail.objects.filter(key=key).exists():
            return None
        only = digest.parts[0].organisation if len(digest.parts) == 1 else None
        stream = f"organisation:{only}" if only else "site"
        mail = outbox.post(key, "digest", to=person, stream=stream, digest=digest)
        if mail:
            Reminder.objects.bulk_create(_rows(person, digest, mail))
    return mail


def _rows(person: Person, digest: Digest, mail: OutgoingMail) -> list[Reminder]:
    return [
        Reminder(
            organisation_id=part.organisation,
            person=person,
            key=nudge.key,
            title=cut(nudge.row.plainly, 190),
            due_on=nudge.row.due,
            day=digest.today,
            mail=mail,
        )
        for part in digest.parts
        for nudge in part.nudges
    ]


def _remind(user: User) -> None:
    """One person. What is wrong with one stops no other; when the database is gone, all wait for the next tick."""
    try:
        if digest := digest_for(user):
            send(user, digest)
    except IntegrityError:
        log.warning("person %s was reminded by somebody else in this very moment", user.person_id)
    except DatabaseError:
        raise
    except Exception:
        log.exception("person %s could not be reminded", user.person_id)


def _said_before(user: User, sections: list[Section]) -> dict:
    keys = set()
    for section in sections:
        keys |= reminding.keys_of(section.rows, clock.today(), section.terms)
    return dict(Reminder.objects.filter(person=user.person_id, key__in=keys).values_list("key", "day"))


def _key(user: User, day: date) -> str:
    return f"digest:{user.person_id}:{day}"


def _had_theirs(users: list[User]) -> set[int]:
    """Of these, who has had today's mail."""
    keys = {_key(user, clock.today()): user.person_id for user in users}
    return {keys[key] for key in OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True)}


# ---------------------------------------------------------------- where a year stands


@dataclass(frozen=True)
class Cycle:
    """Where an organisation's year stands, as whoever sees most of it sees it, and who has what to do there."""

    steps: list[Step]
    people: list[tuple[Person, list[Row]]]


def cycle_of(organisation: Organisation) -> Cycle:
    """Everyone's home of one organisation, today."""
    people, seen, most = [], None, len(_SEES_MOST) + 1
    for user in whom().filter(person__in=Person.objects.on_hand(organisation)).order_by("person__name", "person_id"):
        facts = facts_of(user, [organisation])[organisation.pk]
        if rows := overview.yours(facts):
            people.append((user.person, rows))
        sees = next((place for place, part in enumerate(_SEES_MOST) if part in facts.parts), len(_SEES_MOST))
        if sees < most:
            seen, most = facts, sees
    return Cycle(steps(seen) if seen else [], people)
