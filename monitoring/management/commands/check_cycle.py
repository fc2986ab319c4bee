"""What is due, for whom."""

from django.core.management.base import BaseCommand, CommandError

from governance.models import Organisation
from monitoring import digests
from monitoring.management.standing import on_the_day


class Command(BaseCommand):
    help = "Says of each organisation where its year stands, and who has what to do."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--organisation", metavar="SLUG", help="this one alone, by its name in addresses")
        parser.add_argument("--date", metavar="2026-11-24", help="another day than today, seen from seven o’clock")

    def handle(self, *args, organisation: str | None, date: str | None, **options) -> None:
        with on_the_day(date):
            for one in self._chosen(organisation):
                self._tell(one)

    def _chosen(self, slug: str | None):
        found = Organisation.objects.order_by("name")
        if slug is None:
            if not found.exists():
                self.stdout.write("No organisation has been set up yet.")
            return found.iterator()
        if not found.filter(slug=slug).exists():
            raise CommandError(
                f"There is no organisation “{slug}”. Its name in addresses is meant, such as ashdown-primary."
            )
        return found.filter(slug=slug)

    def _tell(self, organisation: Organisation) -> None:
        self.stdout.write(f"{organisation.name} ({organisation.slug})")
        cycle = digests.cycle_of(organisation)
        for step in cycle.steps:
            self.stdout.write(f"  {step.state:<6}{step.label}: {step.words.removeprefix('late: ')}")
        for person, rows in cycle.people:
            self.stdout.write(f"  {person}")
            for row in rows:
                self.stdout.write(f"    {row.plainly}{f' ({row.when})' if row.when else ''}")
        if not cycle.people:
            self.stdout.write("  Nobody with a sign-in has anything to do.")
