"""Compares the marks that stand beside the milestones with the reviews that they come from."""

from django.core.management.base import BaseCommand, CommandError

from monitoring.reviewing import wrongly_shown


class Command(BaseCommand):
    help = "Names each milestone whose mark on the plan is not the one of the last review that governors were sent."

    def handle(self, *args, **options) -> None:
        wrong = wrongly_shown()
        for milestone in wrong:
            shown = milestone.get_current_rating_display() or "no mark"
            self.stdout.write(f"milestone {milestone.pk}, “{milestone}”, shows {shown}")
        if wrong:
            raise CommandError(f"{len(wrong)} of the marks on a plan are not those of its last review.")
        self.stdout.write("Every mark on a plan is the one of its last review.")
