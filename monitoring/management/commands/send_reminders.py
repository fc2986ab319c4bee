"""Today's reminders, by hand; or who would get what."""

from django.core.management.base import BaseCommand

from monitoring import digests, reminding
from monitoring.management.standing import on_the_day
from monitoring.reminding import Digest
from monitoring.wording import capital, counted, weekday


class Command(BaseCommand):
    help = "Posts each person's reminders of the day, one mail a person; whoever has had theirs gets no second one."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--date", metavar="2026-11-24", help="another day than today, seen from seven o’clock")
        parser.add_argument("--dry-run", action="store_true", help="say who would get what, and send nothing")

    def handle(self, *args, date: str | None, dry_run: bool, **options) -> None:
        posted = 0
        with on_the_day(date) as day:
            if not reminding.is_school_day(day, ()):
                self.stdout.write(f"{weekday(day, day)} is no school day: nobody is reminded.")
                return
        for user, digest in self._planned(date):
            if dry_run:
                self._tell(user, digest)
            posted += 1 if dry_run or digests.send(user, digest) else 0
        many = capital(counted(posted, "person", "people"))
        self.stdout.write(f"{many} would get a mail." if dry_run else f"{many} reminded.")

    def _planned(self, date: str | None):
        """Each digest, read as on that day, handed out in the present."""
        people = digests.everyones()
        while True:
            with on_the_day(date):
                user, digest = next(people, (None, None))
            if user is None:
                return
            if digest:
                yield user, digest

    def _tell(self, user, digest: Digest) -> None:
        self.stdout.write(f"{user.person} <{user.person.email or 'no address'}>: {digest.subject}")
        for part in digest.parts:
            for nudge in part.nudges:
                when = f" ({nudge.row.when})" if nudge.row.when else ""
                self.stdout.write(f"  {part.name}: {nudge.row.plainly}{when}")
