"""The mark beside a milestone's words on the plan: that of the last review which governors were sent, and no other."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from monitoring import rating, reviewing
from sip.models import Milestone
from tests import make

pytestmark = pytest.mark.django_db


def shown(review) -> list[str]:
    return list(reviewing.milestones_due(review).order_by("pk").values_list("current_rating", flat=True))


@pytest.mark.parametrize(("state", "mark"), [("open", ""), ("with governors", "green"), ("received", "green")])
def test_a_mark_is_shown_from_the_day_on_which_governors_have_the_review(ashdown, state, mark):
    assert shown(make.review(ashdown, state=state)) == [mark]


def test_what_is_taken_back_is_shown_no_longer_and_what_is_sent_again_is(ashdown):
    review = make.review(ashdown, state="with governors")
    reviewing.take_back_review(review, by=ashdown.head)
    assert shown(review) == [""]
    milestone = reviewing.milestones_due(review).get()
    rating.rate(review, milestone=milestone, revision=1, mark="amber", why="It slips.", by=ashdown.head)
    reviewing.send_review(review, by=ashdown.head)
    assert shown(review) == ["amber"]


def test_the_command_finds_a_mark_that_no_review_gave(ashdown):
    review = make.review(ashdown, state="with governors")
    out = StringIO()
    call_command("check_ratings", stdout=out)
    assert out.getvalue() == "Every mark on a plan is the one of its last review.\n"
    Milestone.objects.filter(pk=reviewing.milestones_due(review).get().pk).update(current_rating="red")
    with pytest.raises(CommandError, match="1 of the marks"):
        call_command("check_ratings", stdout=out)
