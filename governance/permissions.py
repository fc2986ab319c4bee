"""Who may do what with people, boards, terms, strategy and meetings. Reads aloud: "only the clerk may …"."""

from foundation.permissions import PartPlayed, Permission, join


class Part(PartPlayed):
    """What someone is to a thing today, from roles, seats and ownership. The value is how we speak of them."""

    HEADTEACHER = "the headteacher or trust leader"
    SENIOR_LEADER = "a senior leader"
    LEADER_OF_TRUST = "a leader of the trust"  # of the organisation's own trust, looking at one of its schools
    BUSINESS_MANAGER = "the business manager"
    STAFF = "a member of staff"
    CLERK = "the clerk"
    CHAIR = "the chair"
    VICE_CHAIR = "the vice chair"
    ACTING_CHAIR = "the governor who chairs the meeting"
    VOTING_MEMBER = "a voting member of the board"
    BOARD_MEMBER = "a member of the board"
    ASSOCIATE_MEMBER = "an associate member"  # appointed by the board, not a governor: reads, and acts on committees
    COMMITTEE_MEMBER = "a member of the committee"
    ADVISING_MEMBER = "a member of a board that recommends"  # on what another board decides
    LOCAL_GOVERNOR = "a member of the local governing body"
    TRUSTEE = "a trustee of the trust"
    LEAD = "who leads it"
    OWNER = "who owns it"
    MONITOR = "who monitors it"
    VISITOR = "who visits"
    VISITED = "whom they meet"
    HANDED = "who was asked to rate it"
    ASKED = "who was asked"
    ANSWERER = "who answered it"
    ASKER = "who asked it"
    ADVISER = "an adviser"
    INSPECTOR = "an inspector"
    SCHOOL_OF_TRUST = "someone of one of the trust's schools"
    SITE_ADMINISTRATOR = "a site administrator"


class P(Permission):
    """This floor's permissions. The value completes "may …"."""

    SET_UP_ORGANISATION = "set up an organisation and name its clerk"
    SEE_PEOPLE = "see the organisation's people and boards"
    KEEP_PEOPLE = "add, seat, invite and end people"
    ADD_POST = "add a post or a team that answers for actions"
    KEEP_BOARDS = "change a board and its rules"
    KEEP_TERMS = "change the terms"
    KEEP_WORDS = "say what the school calls things"
    SEE_MEETINGS = "see the board's meetings"
    PLAN_MEETING = "plan a meeting and its agenda"
    SEND_PAPERS = "send the papers out"
    DIRECT_URGENCY = "direct that late papers are urgent"
    RUN_MEETING = "record who is present and what is decided"
    OPEN_ITEM = "open or close an item of the agenda"
    VOTE = "vote on the open item"
    VOTE_AGAIN = "give the second vote after a tie"
    FINISH_FOLLOW_UP = "say that this action of a meeting is done"
    CORRECT_DECISION = "correct the record of a decision"
    CONFIRM_CONDITION = "confirm that a condition is met"
    SIGN_MINUTES = "mark the minutes as signed"
    DRAFT_MINUTES = "read the draft of the minutes"
    MARK_CONFIDENTIAL = "put an item into part II of the agenda"
    READ_PART_TWO = "read part II of an agenda and its minutes"
    BEGIN_RESOLUTION = "begin a resolution in writing"
    AGREE_IN_WRITING = "agree to a resolution in writing, or refuse it"
    ACT_FOR_BOARD = "act for the board in urgency"
    WRITE_STRATEGY = "write the strategy and its priorities"
    ADOPT_STRATEGY = "put the strategy to a meeting"
    KEEP_INSPECTIONS = "record an inspection"


_BOARD = {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER}
_LEADERS = {Part.HEADTEACHER, Part.SENIOR_LEADER}

WHO_MAY = {
    P.SET_UP_ORGANISATION: {Part.SITE_ADMINISTRATOR},
    P.SEE_PEOPLE: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.BUSINESS_MANAGER, Part.STAFF}
    | {Part.LEADER_OF_TRUST, Part.TRUSTEE},
    P.KEEP_PEOPLE: {Part.CLERK},
    P.ADD_POST: _LEADERS | {Part.CLERK},
    P.KEEP_BOARDS: {Part.CLERK},
    P.KEEP_TERMS: {Part.CLERK},
    P.KEEP_WORDS: {Part.CLERK},
    P.SEE_MEETINGS: _BOARD | _LEADERS | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER},
    P.PLAN_MEETING: {Part.CLERK},
    P.SEND_PAPERS: {Part.CLERK},
    P.DIRECT_URGENCY: {Part.CHAIR, Part.ACTING_CHAIR},
    P.RUN_MEETING: {Part.CLERK},
    P.OPEN_ITEM: {Part.CLERK, Part.CHAIR, Part.VICE_CHAIR, Part.ACTING_CHAIR},
    P.VOTE: {Part.VOTING_MEMBER},
    P.VOTE_AGAIN: {Part.ACTING_CHAIR, Part.CLERK},
    P.FINISH_FOLLOW_UP: {Part.OWNER, Part.CLERK, Part.CHAIR},
    P.CORRECT_DECISION: {Part.CLERK},
    P.CONFIRM_CONDITION: {Part.CHAIR, Part.CLERK},
    P.SIGN_MINUTES: {Part.CHAIR, Part.CLERK},
    P.DRAFT_MINUTES: {Part.CHAIR, Part.ACTING_CHAIR, Part.CLERK},
    P.MARK_CONFIDENTIAL: {Part.CLERK},
    P.READ_PART_TWO: _BOARD | {Part.VOTING_MEMBER, Part.ACTING_CHAIR, Part.HEADTEACHER, Part.CLERK},
    P.BEGIN_RESOLUTION: {Part.CHAIR, Part.CLERK},
    P.AGREE_IN_WRITING: {Part.VOTING_MEMBER},
    P.ACT_FOR_BOARD: {Part.CHAIR, Part.VICE_CHAIR},
    P.WRITE_STRATEGY: _BOARD | {Part.CLERK},
    P.ADOPT_STRATEGY: {Part.CLERK, Part.CHAIR},
    P.KEEP_INSPECTIONS: _LEADERS | {Part.CLERK},
}

join(WHO_MAY)
