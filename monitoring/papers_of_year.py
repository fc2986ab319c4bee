"""The papers of a plan's year that were made: where those who may read them find them again."""

from django.urls import reverse

from foundation import clock
from governance.models import User
from governance.wording import near_day
from monitoring import meeting_papers
from monitoring.meeting_shelf import OnShelf
from monitoring.models import PrintedPaper
from sip.models import Plan

MOST = 60  # the newest: a year has a dozen


def of(plan: Plan, user: User) -> list[OnShelf]:
    """The last first, in one query, without their bytes."""
    seen = PrintedPaper.objects.visible_to(user).filter(paper__plan=plan).select_related("paper__plan", "paper__visit")
    rows = seen.defer("content", "paper__content").order_by("-paper__frozen_at", "-pk")[:MOST]
    return [
        OnShelf(
            meeting_papers.name_of(one.paper),
            f"PDF, {one.pages} page{'' if one.pages == 1 else 's'}, as it stood on "
            f"{near_day(clock.in_london(one.paper.frozen_at).date())}",
            reverse("year_paper", args=[one.pk]),
            downloads=True,
        )
        for one in rows
    ]
