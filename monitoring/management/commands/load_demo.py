"""Fills an empty database with the demonstration: seven organisations, each with its history."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation import clock, frozen
from foundation.outbox import sent_long_ago
from governance.models import Organisation, Role
from monitoring.demonstration import history, people, reading
from monitoring.demonstration.founding import found

FROZEN = (
    "foundation_auditevent",
    "sip_version",
    "sip_document",
    "monitoring_reviewrecord",
    "monitoring_report",
    "monitoring_bundle",
    "monitoring_frozenpaper",
    "monitoring_printedpaper",
)


class Command(BaseCommand):
    help = "Loads the demonstration data into an empty database; --reset empties it first. Only with DEMO=1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--reset", action="store_true", help="empty the database first and begin anew")

    def handle(self, *args, reset: bool = False, **options) -> None:
        if not settings.DEMO:
            raise CommandError("load_demo is for demonstrations alone: it needs DEMO=1.")
        with transaction.atomic(), sent_long_ago():
            if reset:
                _empty()
            if Organisation.objects.exists():
                self.stdout.write("The database has data already; they are left as they are. --reset begins anew.")
                return
            load()
        self.stdout.write(f"The demonstration is loaded: {Organisation.objects.count()} organisations.")


def load() -> None:
    """Everyone, everything and its history, by the product's own operations at their real days."""
    with clock.standing_at(clock.local(people.LONG_AGO)):
        users = {account.email: people.sign_in(account) for account in reading.accounts()}
        administrator = next(users[one.email] for one in reading.accounts() if one.roles and one.roles[0][0] == "*")
        Role.objects.create(person=administrator.person, kind=Role.Kind.SITE_ADMINISTRATOR, first_day=people.LONG_AGO)
        halls = {row["slug"]: people.Hall(found(row, by=administrator), row) for row in reading.organisations()}
        for hall in halls.values():
            people.settle(hall, reading.accounts())
        for hall in halls.values():
            people.delegate(hall, halls)
    history.walk([event for hall in halls.values() for event in history.events(hall, halls)])


def _empty() -> None:
    """Delete every row. The frozen tables are thawed for it and frozen again at once."""
    for table in FROZEN:
        frozen.thaw_table(table)
    call_command("flush", interactive=False, verbosity=0)
    for table in FROZEN:
        frozen.freeze_table(table)
