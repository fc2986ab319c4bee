"""Who may do what with the reviews of a plan: rate, send, view, receive, report; and see what was sent by mail."""

from foundation.permissions import Permission, join
from governance.permissions import Part


class P(Permission):
    """This floor's permissions. The value completes "may …"."""

    OPEN_REVIEW = "open the review of a term before its day"
    SET_REVIEW_POINTS = "say how often the plan is reviewed"
    READ_RATINGS = "read the ratings while leaders write them"
    RATE = "rate this objective and its milestones"
    HAND_ON = "hand a milestone to a colleague to rate"
    WRITE_NARRATIVE = "write the review’s narrative"
    SEND_REVIEW = "send the review to governors, or take it back"
    GIVE_VIEW = "give the monitor’s view of an objective"
    PUT_REVIEW = "put the review on a meeting’s agenda"
    RECEIVE = "record that the board has received the review"
    MAKE_REPORT = "make the termly report"
    MAKE_COMMITTEE_PAPER = "make the committee’s paper"
    MAKE_VISIT_PAPER = "make the report of this visit as a PDF"
    MAKE_YEAR_PAPER = "make the papers of the year"
    MAKE_INSPECTION_PACK = "make the governance evidence pack for inspection"
    MAKE_PAPERS = "make the papers of the meeting as one PDF"
    WORD_RATINGS = "say what the ratings mean here"
    READ_OUTCOMES = "read what came of the objectives before the plan is closed"
    WRITE_OUTCOME = "write what came of an objective"
    CLOSE_PLAN = "close the plan"
    TAKE_OVER = "have a handover pack of their own"
    HAND_OVER = "make a handover pack for a successor"
    SEE_REMINDERS = "see which reminders were sent"
    READ_VISITS = "read which visits there are and what came of them"
    PLAN_VISIT = "plan a visit"
    CHANGE_VISIT = "change a visit that is planned"
    CALL_OFF_VISIT = "call a visit off"
    TAKE_OVER_VISIT = "take over a visit whose visitors have left the board"
    WRITE_VISIT = "write the report of this visit"
    CHECK_VISIT = "check the facts of this report"
    SAY_AGREED_DONE = "say that what was agreed on a visit is done"
    LEAVE_NOTE = "leave a note from outside"


_LEADERS = {Part.HEADTEACHER, Part.SENIOR_LEADER}
_GOVERNORS = {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR, Part.TRUSTEE}

WHO_MAY = {
    P.OPEN_REVIEW: {Part.HEADTEACHER, Part.CLERK},
    P.SET_REVIEW_POINTS: {Part.HEADTEACHER, Part.CLERK},
    P.READ_RATINGS: _LEADERS | {Part.BUSINESS_MANAGER, Part.LEAD},
    P.RATE: _LEADERS | {Part.LEAD, Part.HANDED},
    P.HAND_ON: _LEADERS | {Part.LEAD},
    P.WRITE_NARRATIVE: _LEADERS,
    P.SEND_REVIEW: {Part.HEADTEACHER},
    P.GIVE_VIEW: {Part.MONITOR, Part.CHAIR, Part.VICE_CHAIR},
    P.PUT_REVIEW: {Part.CHAIR, Part.CLERK},
    P.RECEIVE: {Part.CLERK},
    P.MAKE_REPORT: _LEADERS | {Part.CLERK},
    P.MAKE_COMMITTEE_PAPER: _LEADERS | {Part.CLERK, Part.CHAIR, Part.ACTING_CHAIR},
    P.MAKE_VISIT_PAPER: _LEADERS | {Part.CLERK, Part.CHAIR, Part.VICE_CHAIR, Part.VISITOR, Part.VISITED},
    P.MAKE_YEAR_PAPER: _LEADERS | {Part.CLERK, Part.CHAIR, Part.VICE_CHAIR},
    P.MAKE_INSPECTION_PACK: {Part.HEADTEACHER, Part.CHAIR, Part.CLERK},
    P.MAKE_PAPERS: {Part.CLERK, Part.CHAIR, Part.ACTING_CHAIR},
    P.WORD_RATINGS: {Part.HEADTEACHER, Part.CLERK},
    P.READ_OUTCOMES: _LEADERS
    | {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER, Part.CLERK, Part.BUSINESS_MANAGER, Part.LEAD}
    | {Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR, Part.LEADER_OF_TRUST, Part.TRUSTEE},
    P.WRITE_OUTCOME: _LEADERS | {Part.LEAD},
    P.CLOSE_PLAN: {Part.HEADTEACHER},
    P.TAKE_OVER: _LEADERS
    | {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.CLERK},
    P.HAND_OVER: {Part.CHAIR, Part.CLERK, Part.HEADTEACHER},
    P.SEE_REMINDERS: {Part.CLERK},
    P.READ_VISITS: _LEADERS
    | _GOVERNORS
    | {Part.CLERK, Part.BUSINESS_MANAGER, Part.ASSOCIATE_MEMBER, Part.LEADER_OF_TRUST}
    | {Part.MONITOR, Part.ADVISER, Part.INSPECTOR},
    P.PLAN_VISIT: _GOVERNORS | {Part.MONITOR, Part.CLERK},
    P.CHANGE_VISIT: {Part.VISITOR, Part.CHAIR, Part.VICE_CHAIR, Part.CLERK},
    P.CALL_OFF_VISIT: {Part.VISITOR, Part.CHAIR, Part.VICE_CHAIR, Part.CLERK, Part.HEADTEACHER},
    P.TAKE_OVER_VISIT: _GOVERNORS | {Part.MONITOR},
    P.WRITE_VISIT: {Part.VISITOR},
    P.CHECK_VISIT: {Part.VISITED, Part.HEADTEACHER},
    P.SAY_AGREED_DONE: _LEADERS | {Part.LEAD, Part.VISITED, Part.VISITOR},
    P.LEAVE_NOTE: {Part.ADVISER},
}

join(WHO_MAY)
