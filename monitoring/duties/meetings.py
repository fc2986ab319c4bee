"""Round meetings: what is open this minute, papers to send and to read, minutes to sign."""

from collections.abc import Iterator

from governance.permissions import P as G
from governance.permissions import Part
from monitoring import windows
from monitoring.duties.row import NOW, Row, may, row
from monitoring.facts import Facts, ItemFacts, MeetingFacts
from monitoring.wording import capital, counted, day, weekday

_MEETING_AHEAD = 21
_MINUTES_AHEAD = 14


def at_the_meeting(facts: Facts) -> Iterator[Row]:
    """What is open this minute: a vote, an item, the meeting itself."""
    for meeting in facts.meetings:
        if meeting.is_planned:
            for item in meeting.items:
                yield from _open_item(meeting, item)
            yield from _running(facts, meeting)


def _open_now(does: str, item: ItemFacts, why: str, button: str) -> Row:
    plainly = f"{does} an item of the agenda"
    return Row(f"{does} “{item.title}”", why, button, ("item", item.pk), when="Now", press=NOW, plainly=plainly)


def _open_item(meeting: MeetingFacts, item: ItemFacts) -> Iterator[Row]:
    votes = meeting.is_there and Part.VOTING_MEMBER in meeting.parts
    if item.voting_is_open and votes and not item.acted:
        yield _open_now("Vote on", item, "Voting is open.", "Vote")
    elif item.state == "open" and may(meeting.parts, G.RUN_MEETING):
        yield _open_now("Record the decision on", item, "The board is at it.", "Record it")
    elif item.state == "open" and may(meeting.parts, G.OPEN_ITEM):
        yield _open_now("Take the decision on", item, "The item is open.", "Open the item")


def _running(facts: Facts, meeting: MeetingFacts) -> Iterator[Row]:
    """The clerk runs today's meeting, and records afterwards what was decided."""
    if not may(meeting.parts, G.RUN_MEETING) or meeting.day > facts.today:
        return
    undecided = sum(not item.decided for item in meeting.items)
    if meeting.day == facts.today:
        why = f"{_at(meeting)}; {counted(len(meeting.items), 'item')} on the agenda."
        title = "Run today’s meeting" if meeting.is_full else f"Run today’s meeting of the {meeting.board_name}"
        yield row(facts, title, why, "Open the meeting", ("meeting", meeting.pk), meeting.day)
        return
    title = f"Record what was decided on {day(meeting.day, facts.today)}"
    why = (
        f"{capital(counted(undecided, 'item'))} without a decision."
        if undecided
        else "Every item is decided; close it."
    )
    when = f"Late: the meeting was on {weekday(meeting.day, facts.today)}"
    yield row(facts, title, why, "Open the meeting", ("meeting", meeting.pk), meeting.day, when=when)


def _at(meeting: MeetingFacts) -> str:
    return f"At {meeting.at:%H:%M}" + (f", {meeting.place}" if meeting.place else "")


def round_meetings(facts: Facts) -> Iterator[Row]:
    """Papers to send, to direct as urgent, to read; minutes to sign."""
    for meeting in facts.coming:
        yield from _papers(facts, meeting)
        yield from _reading(facts, meeting)
    for meeting in facts.meetings:
        yield from _minutes(facts, meeting)


def in_writing(facts: Facts) -> Iterator[Row]:
    """A resolution in writing waits for each member who has a vote and has not said."""
    for one in facts.written:
        waits = one.is_planned and one.day >= facts.today and may(one.parts, G.AGREE_IN_WRITING)
        for item in one.items if waits else ():
            if not item.acted:
                why = f"{one.board_name}, without a meeting; it passes only if everyone agrees."
                title, plainly = f"Say whether you agree to “{item.title}”", "Say whether you agree to a resolution"
                to = ("written_resolution", one.pk)
                yield row(facts, title, why, "Read it", to, one.day, plainly=plainly)


def _papers(facts: Facts, meeting: MeetingFacts) -> Iterator[Row]:
    due, the_day = meeting.papers_due_on, day(meeting.day, facts.today)
    if meeting.papers_sent_on or due - facts.today > windows.PAPERS:
        return
    late = due < facts.today
    to = ("meeting", meeting.pk)
    if may(meeting.parts, G.SEND_PAPERS):
        why = f"{meeting.board_name}; {counted(meeting.notice_days, 'clear day')} of notice."
        if late:
            why = (
                "Urgent by the chair’s direction."
                if meeting.urgency_reason
                else "The chair must say that they are urgent."
            )
        yield row(facts, f"Send the papers for {the_day}", why, "Open the meeting", to, due)
    if late and not meeting.urgency_reason and may(meeting.parts, G.DIRECT_URGENCY):
        why = f"They were due on {day(due, facts.today)}. Late papers need your direction, with its reason."
        title = f"Say whether the late papers for {the_day} are urgent"
        yield row(facts, title, why, "Open the meeting", to, meeting.day, known="urgency")


def _reading(facts: Facts, meeting: MeetingFacts) -> Iterator[Row]:
    """Members read the papers once they are out: what is asked, what changed and what to ask stands on one page. Where
    all is plan or review, reading that is a row already, and leads there."""
    sits = meeting.parts & {Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER}
    if not sits or not meeting.papers_sent_on or (meeting.day - facts.today).days > _MEETING_AHEAD:
        return
    if meeting.items and all(item.kind in ("plan", "review") for item in meeting.items):
        return
    why = f"They went out on {day(meeting.papers_sent_on, facts.today)}. {_at(meeting)}; {meeting.board_name}."
    when = "Today" if meeting.day == facts.today else "Before the meeting begins"
    title = f"Read the papers for {day(meeting.day, facts.today)}"
    yield row(facts, title, why, "Five minutes on it", ("five_minutes", meeting.pk), meeting.day, when=when)


def _minutes(facts: Facts, meeting: MeetingFacts) -> Iterator[Row]:
    """Minutes are signed at the board's next meeting: told when that is near, or over."""
    if meeting.is_planned or meeting.minutes_signed_on or not may(meeting.parts, G.SIGN_MINUTES):
        return
    later = [one.day for one in facts.meetings if one.board == meeting.board and one.day > meeting.day]
    due = later[0] if later else None
    if due is None or (due - facts.today).days > _MINUTES_AHEAD:
        return
    chairs = bool(meeting.parts & {Part.CHAIR, Part.ACTING_CHAIR})
    title = (
        f"{'Sign' if chairs else 'Have'} the minutes of {day(meeting.day, facts.today)}{'' if chairs else ' signed'}"
    )
    why = "They are signed at the next meeting; until then the record can still be corrected."
    yield row(facts, title, why, "Open the meeting", ("meeting", meeting.pk), due)
