"""Recomputes the hash of every frozen version."""

import sys

from django.core.management.base import BaseCommand

from sip import versions
from sip.models import Version


class Command(BaseCommand):
    help = "Recomputes every frozen version's hash, names each that differs, and exits 1 then."

    def handle(self, *args, **options):
        harmed = versions.verify()
        for version in harmed:
            self.stderr.write(f"{version} of {version.here}: its content no longer gives the hash {version.hash}.")
        if harmed:
            sys.exit(1)
        count = Version.objects.count()
        self.stdout.write("1 version, as it was frozen." if count == 1 else f"{count} versions, each as it was frozen.")
