"""A review put before the board. What the board does with it is recorded on the item's page (sip/views/deciding.py)."""

from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from governance.forms.meetings import PutForm
from monitoring import receiving
from monitoring.models import Review
from monitoring.permissions import P
from monitoring.reviewing import receiving_board


@access(P.PUT_REVIEW, Review, seen="to_read")
def put_review(request, review):
    """Put the review on the agenda of a meeting of the board that receives it."""
    request.menu = "meetings"
    receiving.require_free(review)
    form = PutForm(typed(request), board=receiving_board(review.plan), user=request.user)
    if request.method == "POST" and form.is_valid():
        row = receiving.put_review(review, by=request.user, **form.cleaned_data)
        to = reverse("item", args=[row.item_id])
        return onward(request, f"It is on the agenda of {row.item.meeting}.", to=to)
    up_url = reverse("review", args=[review.pk])
    what = f"The {review.get_term_display().lower()} review of the {review.plan}"
    return show(request, "governance/meetings/put.html", form=form, what=what, up=review, up_url=up_url)
