"""Actions of meetings: recorded at their item, done by whoever owns them, taken out where they were a mistake."""

from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import attempt, is_in_place, onward, show, typed
from foundation.permissions import require
from governance import follow_ups, part_two
from governance.forms.follow_ups import DoneForm, FollowUpForm
from governance.models import AgendaItem, FollowUp
from governance.permissions import P
from governance.wording import near_day


@access(P.RUN_MEETING, AgendaItem)
def record(request, item):
    """Record an action at an item, in the box on its page: in place where a script sends it, else on a page of its
    own that leads back."""
    request.menu = "meetings"
    part_two.require_readable(item, request.user)
    people = follow_ups.owners(item)
    form = FollowUpForm(typed(request), item=item, people=people)
    made = attempt(request, form, lambda: follow_ups.record_follow_up(item, by=request.user, **form.cleaned_data))
    said = f"Recorded: {made.owner} is to do it by {near_day(made.due_on)}." if made else ""
    if made and not is_in_place(request):
        return onward(request, said, to=f"{reverse('item', args=[item.pk])}#actions")
    words = {
        "item": item,
        "said": said,
        "actions": follow_ups.of_item(item, request.user),
        "status": 200 if made else None,
    }
    template = f"governance/follow_ups/{'place' if is_in_place(request) else 'record'}.html"
    return show(request, template, form=FollowUpForm(item=item, people=people) if made else form, **words)


@access(SEE, FollowUp)
def follow_up(request, follow_up):
    """One action of a meeting; whoever may says here that it is done."""
    request.menu = "meetings"
    if request.method == "POST":
        require(request.user, P.FINISH_FOLLOW_UP, follow_up)
    form = DoneForm(typed(request))
    if request.method == "POST" and form.is_valid():
        follow_ups.finish_follow_up(follow_up, by=request.user, **form.cleaned_data)
        return onward(request, "It is done. The board reads so at its next meeting.", to=request.path)
    page = follow_ups.page_of(follow_up, request.user)
    return show(request, "governance/follow_ups/follow_up.html", form=form, follow_up=follow_up, page=page)


@require_POST
@access(P.FINISH_FOLLOW_UP, FollowUp)
def again(request, follow_up):
    """It is not done after all."""
    follow_ups.reopen_follow_up(follow_up, by=request.user)
    return onward(request, "It is to be done again.", to=reverse("follow_up", args=[follow_up.pk]))


@require_POST
@access(P.RUN_MEETING, FollowUp)
def remove(request, follow_up):
    """Take out what was recorded by mistake."""
    item = follow_up.item_id
    follow_ups.drop_follow_up(follow_up, by=request.user)
    return onward(request, "The action is taken out.", to=f"{reverse('item', args=[item])}#actions")
