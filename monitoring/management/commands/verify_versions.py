"""Recomputes every frozen version's, review record's and paper's hash; or checks the file of an edition."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from governance.wording import listed
from monitoring import papers, records
from monitoring.models import FrozenPaper, ReviewRecord
from sip import redacting, versions
from sip.models import Version


class Command(BaseCommand):
    help = "Recomputes every frozen version's, review record's and paper's hash, names each that differs, exits 1 then."

    def add_arguments(self, parser):
        parser.add_argument("--file", help="the file of an edition (.json): check that alone")

    def handle(self, *args, **options):
        if options["file"]:
            return self._check(Path(options["file"]))
        return self._check_all()

    def _check(self, path: Path) -> None:
        """Whether an edition is word for word as it was frozen here."""
        try:
            finding = redacting.check(path.read_bytes())
        except OSError as trouble:
            raise CommandError(f"{path} cannot be read: {trouble.strerror}.") from trouble
        if not finding.is_genuine:
            self.stderr.write(finding.says)
            sys.exit(1)
        self.stdout.write(finding.says)

    def _check_all(self) -> None:
        harmed = [*versions.verify(), *records.verify(), *papers.verify()]
        for one in harmed:
            self.stderr.write(f"{one} of {one.here}: its content no longer gives the hash {one.hash}.")
        if harmed:
            sys.exit(1)
        kinds = {"version": Version, "review record": ReviewRecord, "paper": FrozenPaper}
        counts = {name: model.objects.count() for name, model in kinds.items()}
        there = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count]
        each = "" if sum(counts.values()) == 1 else "each "
        self.stdout.write(f"{listed(there)}, {each}as it was frozen." if there else "Nothing is frozen yet.")
