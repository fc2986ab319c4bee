"""Who may do what with the plan, its objectives, its questions and its decision."""

from foundation.permissions import Permission, join
from governance.permissions import Part


class P(Permission):
    """This floor's permissions. The value completes "may …"."""

    BEGIN_PLAN = "begin next year's plan"
    READ_OBJECTIVES = "read the objectives as the board sets them"
    PROPOSE_OBJECTIVE = "propose an objective"
    WORD_OBJECTIVE = "change the words of an objective"
    PUT_OBJECTIVES = "put the objectives to a meeting"
    READ_EVIDENCE = "read the evidence for the objectives"
    GATHER_EVIDENCE = "gather the evidence for the objectives"
    ADD_KEY_AREA = "name a key area for improvement"
    PUT_EVIDENCE = "put the evidence on a meeting’s agenda"
    DRAFT_PLAN = "draft the plan"
    READ_DRAFT = "read the plan while it is drafted"
    READ_SUBMITTED = "read the whole plan while it is before the board"
    HAND_POST = "hand what a post owns to a person"
    ASK_FOR_CHANGE = "ask the board to change an objective"
    ANSWER_REQUEST = "answer a request to change an objective"
    SUBMIT_PLAN = "submit the plan to the board"
    TAKE_BACK_PLAN = "take the plan back before papers are out"
    RETURN_PLAN = "return the plan to the leaders"
    PUT_PLAN = "put the plan on a meeting's agenda"
    DECIDE = "record what the board decides"
    PLACE_OBJECTIVES = "say which area of inspection each objective is about"
    READ_CONFIDENTIAL = "read what is for the board and its leaders alone"
    READ_SMALL_FIGURES = "read figures about fewer pupils than the school shows"
    READ_MEASURES = "read the measures and what was read of them"
    READ_GROUPS = "read figures by group of pupils"
    KEEP_MEASURES = "add measures and enter their figures"
    READ_MARKS = "read how the milestones go before the board has received it"
    READ_QUESTIONS = "read the questions to leaders"
    ASK = "ask leaders a question"
    RECORD_QUESTION = "record a question that somebody asked at the meeting"
    ANSWER = "answer this question"
    CLOSE_QUESTION = "close this question or ask it again"
    SAY_STATUS = "say how this action goes"
    SAY_READ = "say that they have read this version"
    SAY_WHERE_I_STAND = "say where they stand before the meeting"
    NOTE_READING = "note that members without a sign-in have read this version on paper"
    SEE_READING = "see how many have read this version"
    SEE_SOUNDINGS = "see how members stand before the meeting"
    SEE_NAMES = "see who stands where, if the board has chosen that they do"
    MAKE_DOCUMENT = "make a document of this version again"
    MAKE_SHEET = "make a person’s action sheet"
    SAY_WHO_READS = "say who reads which part of the plan"
    CHOOSE_LAYOUT = "choose how the plan is laid out on paper"
    AMEND_PLAN = "amend a plan that is in force"
    PUT_AMENDMENT = "put an amendment on a meeting’s agenda"
    MAKE_URGENTLY = "make an amendment that cannot wait for the board"
    REPLAN = "move an action within its term, or hand it to another owner"


_BOARD = {Part.CHAIR, Part.VICE_CHAIR, Part.BOARD_MEMBER}
_LEADERS = {Part.HEADTEACHER, Part.SENIOR_LEADER}

WHO_MAY = {
    P.BEGIN_PLAN: {Part.CHAIR, Part.VICE_CHAIR, Part.CLERK, Part.HEADTEACHER},
    P.READ_OBJECTIVES: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.LOCAL_GOVERNOR, Part.ADVISING_MEMBER},
    P.PROPOSE_OBJECTIVE: _BOARD | _LEADERS | {Part.CLERK},
    P.WORD_OBJECTIVE: {Part.CHAIR, Part.VICE_CHAIR, Part.CLERK},
    P.PUT_OBJECTIVES: {Part.CHAIR, Part.CLERK},
    P.READ_EVIDENCE: _BOARD | _LEADERS | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.LOCAL_GOVERNOR},
    P.GATHER_EVIDENCE: _LEADERS | {Part.CLERK},
    P.ADD_KEY_AREA: _BOARD | _LEADERS | {Part.CLERK, Part.LOCAL_GOVERNOR},
    P.PUT_EVIDENCE: {Part.CHAIR, Part.CLERK},
    P.DRAFT_PLAN: _LEADERS,
    P.READ_DRAFT: _LEADERS | {Part.BUSINESS_MANAGER},
    P.READ_SUBMITTED: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.BUSINESS_MANAGER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR}
    | {Part.LEADER_OF_TRUST, Part.TRUSTEE, Part.ADVISER, Part.ADVISING_MEMBER},
    P.HAND_POST: _LEADERS | {Part.CLERK},
    P.ASK_FOR_CHANGE: _LEADERS,
    P.ANSWER_REQUEST: {Part.CHAIR, Part.VICE_CHAIR, Part.CLERK},
    P.SUBMIT_PLAN: {Part.HEADTEACHER},
    P.TAKE_BACK_PLAN: {Part.HEADTEACHER},
    P.RETURN_PLAN: {Part.CHAIR},
    P.PUT_PLAN: {Part.CHAIR, Part.CLERK},
    P.DECIDE: {Part.CLERK},
    P.PLACE_OBJECTIVES: _LEADERS | {Part.CHAIR, Part.VICE_CHAIR, Part.CLERK},
    P.READ_CONFIDENTIAL: _BOARD | _LEADERS | {Part.CLERK, Part.BUSINESS_MANAGER, Part.LEADER_OF_TRUST},
    P.READ_SMALL_FIGURES: _LEADERS,
    P.READ_MEASURES: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.BUSINESS_MANAGER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER}
    | {Part.LEADER_OF_TRUST, Part.TRUSTEE},
    P.READ_GROUPS: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LEADER_OF_TRUST, Part.TRUSTEE},
    P.KEEP_MEASURES: _LEADERS,
    P.READ_MARKS: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.BUSINESS_MANAGER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR}
    | {Part.LEADER_OF_TRUST, Part.TRUSTEE},
    P.READ_QUESTIONS: _BOARD
    | _LEADERS
    | {Part.CLERK, Part.BUSINESS_MANAGER, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR}
    | {Part.ASKED, Part.LEADER_OF_TRUST, Part.TRUSTEE, Part.ADVISING_MEMBER},
    P.ASK: _BOARD | {Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR, Part.ADVISING_MEMBER},
    P.RECORD_QUESTION: {Part.CLERK},
    P.ANSWER: _LEADERS | {Part.ASKED},
    P.CLOSE_QUESTION: _BOARD,
    P.SAY_STATUS: _LEADERS | {Part.LEAD, Part.OWNER},
    P.SAY_READ: _BOARD | {Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR},
    P.SAY_WHERE_I_STAND: {Part.VOTING_MEMBER},
    P.NOTE_READING: {Part.CLERK},
    P.SEE_READING: _BOARD | _LEADERS | {Part.CLERK, Part.ASSOCIATE_MEMBER, Part.COMMITTEE_MEMBER, Part.LOCAL_GOVERNOR},
    P.SEE_SOUNDINGS: _BOARD | {Part.CLERK},
    P.SEE_NAMES: _BOARD,
    P.MAKE_DOCUMENT: _LEADERS | {Part.CLERK},
    P.MAKE_SHEET: _LEADERS,
    P.SAY_WHO_READS: _LEADERS | {Part.CLERK},
    P.CHOOSE_LAYOUT: {Part.HEADTEACHER, Part.CLERK},
    P.AMEND_PLAN: _LEADERS,
    P.PUT_AMENDMENT: {Part.CHAIR, Part.CLERK},
    P.MAKE_URGENTLY: {Part.CHAIR, Part.VICE_CHAIR},
    P.REPLAN: _LEADERS | {Part.LEAD},
}

join(WHO_MAY)
