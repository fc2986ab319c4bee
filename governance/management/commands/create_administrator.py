"""A site's first account."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import DatabaseError

from foundation.errors import Conflict
from governance.administering import make_administrator
from governance.models import Invitation


class Command(BaseCommand):
    help = "Makes a site administrator, who sets organisations up and reads no plan. Prints a single-use link."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email", help="the administrator's e-mail address")

    def handle(self, *args, email: str, **options) -> None:
        email = email.strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address, such as name@school.org.uk.") from None
        try:
            link = make_administrator(email)
        except Conflict as moved_on:
            raise CommandError(str(moved_on)) from None
        except DatabaseError as trouble:
            raise CommandError(
                f"The database does not answer as it should: {trouble}. Run: manage.py migrate"
            ) from None
        if link:
            self.stdout.write(
                f"Open this link within {Invitation.DAYS} days to choose a password. It works once:\n{link}"
            )
        else:
            self.stdout.write(f"{email} is now a site administrator, and signs in as before.")
