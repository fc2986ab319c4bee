"""Recomputes the hash of every frozen version of a plan, and of every frozen record of a review."""

import sys

from django.core.management.base import BaseCommand

from governance.wording import listed
from monitoring import records
from monitoring.models import ReviewRecord
from sip import versions
from sip.models import Version


class Command(BaseCommand):
    help = "Recomputes every frozen version's and review record's hash, names each that differs, and exits 1 then."

    def handle(self, *args, **options):
        harmed = [*versions.verify(), *records.verify()]
        for one in harmed:
            self.stderr.write(f"{one} of {one.here}: its content no longer gives the hash {one.hash}.")
        if harmed:
            sys.exit(1)
        counts = {"version": Version.objects.count(), "review record": ReviewRecord.objects.count()}
        there = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count]
        each = "" if sum(counts.values()) == 1 else "each "
        self.stdout.write(f"{listed(there)}, {each}as it was frozen." if there else "Nothing is frozen yet.")
