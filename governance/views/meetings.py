"""A board's meetings: coming and past, planned and changed, their agenda, papers, attendance and minutes."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.permissions import may, why_not
from governance import meetings as operations
from governance.agenda import page_of
from governance.between import beside
from governance.deciding import put_strategy
from governance.forms.meetings import AttendanceForm, ItemWordsForm, MeetingForm, PutForm, SignForm, UrgencyForm
from governance.models import AgendaItem, Meeting, Organisation, Strategy
from governance.permissions import P
from governance.wording import weekday


@access(P.SEE_MEETINGS, Organisation, by={"slug": "slug"})
def meetings(request, organisation):
    """The meetings of the boards that serve an organisation: those to come, then those that were."""
    request.menu = "meetings"
    seen = Meeting.objects.held_with(request.user).filter(board__organisations=organisation).select_related("board")
    boards = sorted({meeting.board for meeting in seen}, key=lambda board: board.pk)
    chosen = next((board for board in boards if str(board.pk) == request.GET.get("board")), None)
    shown = seen.filter(board=chosen) if chosen else seen
    return show(
        request,
        "governance/meetings/list.html",
        organisation=organisation,
        boards=boards,
        chosen=chosen,
        coming=shown.coming(),
        past=Paginator(shown.past(), 20).get_page(request.GET.get("page")),
        may_plan=may(request.user, P.PLAN_MEETING, organisation),
        who_plans=why_not(P.PLAN_MEETING),
        between=beside(organisation, request.user),
        today=clock.today(),
    )


@access(P.PLAN_MEETING, Organisation, by={"slug": "slug"})
def add(request, organisation):
    """Plan a meeting."""
    request.menu = "meetings"
    form = MeetingForm(typed(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        made = operations.plan_meeting(words.pop("board"), by=request.user, **words)
        return onward(request, f"The meeting of {weekday(made.day)} is planned. Now its agenda.", to=_page(made))
    return show(request, "governance/meetings/add.html", form=form, organisation=organisation)


@access(SEE, Meeting, seen="held_with")
def meeting(request, meeting):
    """One meeting: when and where, papers, agenda, who was there, minutes."""
    request.menu = "meetings"
    page, arranges = page_of(meeting, request.user), "arrange" in request.GET
    return show(request, "governance/meetings/meeting.html", meeting=meeting, page=page, arranges=arranges)


@access(P.PLAN_MEETING, Meeting, seen="held_with")
def change(request, meeting):
    """Move the meeting to another day, time or place."""
    request.menu = "meetings"
    form = MeetingForm(typed(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        operations.change_meeting(meeting, by=request.user, **form.cleaned_data)
        return onward(request, f"The meeting is now on {weekday(meeting.day)}.", to=_page(meeting))
    return show(request, "governance/meetings/change.html", form=form, meeting=meeting)


@access(P.PLAN_MEETING, Meeting, seen="held_with")
def cancel(request, meeting):
    """Take a meeting off the calendar, after asking."""
    request.menu = "meetings"
    if request.method == "POST":
        to = reverse("meetings", args=[meeting.here.slug])
        operations.cancel_meeting(meeting, by=request.user)
        return onward(request, f"The meeting of {weekday(meeting.day)} is off the calendar.", to=to)
    return show(request, "governance/meetings/cancel.html", meeting=meeting)


@access(P.PLAN_MEETING, AgendaItem)
def change_item(request, item):
    """Change the words of an item of the agenda."""
    request.menu = "meetings"
    words = {name: getattr(item, name) for name in ("title", "note", "resolution")}
    form = ItemWordsForm(typed(request), initial=words)
    if request.method == "POST" and form.is_valid():
        operations.change_item(item, by=request.user, **form.cleaned_data)
        return onward(request, f"“{item}” is saved.", to=_page(item.meeting))
    return show(request, "governance/meetings/item_words.html", form=form, item=item)


@require_POST
@access(P.PLAN_MEETING, AgendaItem)
def arrange_item(request, item):
    """Move an item up or down the agenda, or take it off."""
    if request.POST.get("do") == "remove":
        operations.drop_item(item, by=request.user)
        return onward(request, f"“{item}” is off the agenda.", to=_arranging(item.meeting))
    operations.move_item(item, up=request.POST.get("do") == "up", by=request.user)
    return onward(request, f"“{item}” now stands as number {item.position}.", to=_arranging(item.meeting))


@access(P.ADOPT_STRATEGY, Strategy)
def put_strategy_to(request, strategy):
    """Put the strategy on the agenda of a meeting of the full board."""
    request.menu = "meetings"
    form = PutForm(typed(request), board=strategy.organisation.full_board(), user=request.user)
    if request.method == "POST" and form.is_valid():
        item = put_strategy(strategy, by=request.user, **form.cleaned_data)
        return onward(request, f"The strategy is on the agenda of {item.meeting}.", to=_page(item.meeting))
    up_url = reverse("strategy", args=[strategy.organisation.slug])
    return show(request, "governance/meetings/put.html", form=form, what=strategy, up="Strategy", up_url=up_url)


@require_POST
@access(P.SEND_PAPERS, Meeting, seen="held_with")
def send_papers(request, meeting):
    """Send the papers: record the day, and tell everyone who is called to the meeting."""
    operations.send_papers(meeting, by=request.user)
    return onward(
        request, "The papers are out. Everyone who is called to the meeting is told by mail.", to=_page(meeting)
    )


@access(P.DIRECT_URGENCY, Meeting, seen="held_with")
def urgency(request, meeting):
    """The chair directs that late papers are urgent."""
    request.menu = "meetings"
    form = UrgencyForm(typed(request), initial={"reason": meeting.urgency_reason})
    if request.method == "POST" and form.is_valid():
        operations.direct_urgency(meeting, by=request.user, **form.cleaned_data)
        return onward(request, "Your direction is recorded. The papers can go out now.", to=_page(meeting))
    return show(request, "governance/meetings/urgency.html", form=form, meeting=meeting)


@access(P.RUN_MEETING, Meeting, seen="held_with")
def attendance(request, meeting):
    """Record who came, how, and who chairs."""
    request.menu = "meetings"
    form = AttendanceForm(typed(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        operations.record_attendance(meeting, by=request.user, **form.record)
        return onward(request, "Who is present is recorded.", to=_agenda(meeting))
    return show(request, "governance/meetings/attendance.html", form=form, meeting=meeting)


@require_POST
@access(P.RUN_MEETING, Meeting, seen="held_with")
def close(request, meeting):
    """The meeting is over."""
    operations.close_meeting(meeting, by=request.user)
    return onward(
        request, "The meeting is closed. Its record can be corrected until the minutes are signed.", to=_page(meeting)
    )


@access(P.SIGN_MINUTES, Meeting, seen="held_with")
def sign(request, meeting):
    """Record the day on which the minutes were signed."""
    request.menu = "meetings"
    form = SignForm(typed(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        operations.sign_minutes(meeting, by=request.user, **form.cleaned_data)
        return onward(request, "The minutes are recorded as signed.", to=_page(meeting))
    return show(request, "governance/meetings/sign.html", form=form, meeting=meeting)


def _page(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])


def _arranging(meeting: Meeting) -> str:
    return f"{_page(meeting)}?arrange=1#agenda"


def _agenda(meeting: Meeting) -> str:
    return f"{_page(meeting)}#agenda"
