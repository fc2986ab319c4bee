"""Words of governance and of this product, in one or two plain sentences each."""

from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True)
class Word:
    """A word and what it means here."""

    word: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Where the page can be entered: /glossary/#success-criterion."""
        return slugify(self.word)


_MEANINGS = {
    "Academic year": "From 1 September to 31 August, written 2026/27. A plan is for one academic year.",
    "Action": (
        "Something that leaders will do to reach an objective: what, who, by when, at what cost, and how it "
        "is checked. Governors ask about actions; they do not edit them."
    ),
    "Adviser": (
        "Somebody from outside who reads what is approved for a limited time: from the local authority, the "
        "diocese or a partner school. A board can invite an adviser to read what is before it as well."
    ),
    "Agenda": "What a meeting is to deal with, item by item. It goes out with the papers before the meeting.",
    "Approved with conditions": (
        "The board approves the plan and names what must still be done, by whom and by when. The plan is in force."
    ),
    "Associate member": (
        "Somebody whom a maintained school’s board appoints for what they know. They attend; they have no "
        "vote on the full board, and may be given one on a committee."
    ),
    "At risk": (
        "A rating: some way off, or late, and leaders have a credible way back. A school may have words of its own "
        "for what each rating means."
    ),
    "Board": (
        "Those who govern: a maintained school’s governing body, a trust’s trustees, or a local governing "
        "body with the powers that its trust has given it."
    ),
    "Cannot say": (
        "A rating: too early to say, or no evidence yet. It is an answer; “nothing said” means that none was given."
    ),
    "Carried forward": (
        "An objective that was not reached and goes on: when its plan is closed, it is proposed for next year’s, where "
        "the board can change its words."
    ),
    "Chair": (
        "The governor whom the board elects to lead it. The chair runs meetings, signs the minutes and, after "
        "a tie, gives the second vote."
    ),
    "Challenge": (
        "A question that asks for evidence, names a gap or ends in an action. “How do you know?” is one; “Can "
        "you reassure us?” is not."
    ),
    "Changes asked for": (
        "The board, or its chair, has returned the plan with reasons. Leaders change it and submit it again, "
        "as a new version."
    ),
    "Clear days": (
        "Days of notice that leave out both the day on which papers are sent and the day of the meeting. For "
        "a meeting on 2 December, seven clear days mean 24 November at the latest."
    ),
    "Clerk": (
        "The board’s adviser on how to govern properly, also called governance professional. The clerk keeps "
        "people, terms and meetings, sends the papers and records decisions; a clerk has no vote."
    ),
    "Committee": (
        "A smaller group of the board for one field, such as standards or resources. It sets its own quorum, "
        "never below three governors in a maintained school."
    ),
    "Condition": "Something on which an approval hangs: a sentence, an owner and a date.",
    "Conflict of interest": (
        "When somebody’s own affairs touch an item of the agenda. They withdraw for that item, and are not "
        "counted towards its quorum."
    ),
    "Decision": (
        "What the board resolved on an item: the outcome, how it was taken, the counts, and where it is minuted."
    ),
    "Declined": "The board does not take the plan. It goes back to its objectives.",
    "Deferred": "The board puts the decision off to a later meeting, and says why.",
    "Golden thread": (
        "The line from the strategy through a priority, an objective and its actions to what came of them. "
        "Each page leads one step up, to why, and one step down, to what follows."
    ),
    "Headteacher": (
        "Leads the school and answers to the board. In a maintained school also a governor, unless they "
        "choose not to be; for a trust’s own plan the trust leader does what a headteacher does in a school."
    ),
    "Inspector": "Somebody from Ofsted. Reads what is approved, never drafts.",
    "Lead": "The person who answers for an objective being reached.",
    "Lesson": (
        "What leaders learned from an objective, written before its plan is closed, so that the next can build on it."
    ),
    "Link governor": (
        "A governor who looks after one field, such as early reading or safeguarding: visits, asks, and tells "
        "the board what they saw."
    ),
    "Local governing body": (
        "The board of one school in a trust. What it decides and what the trustees keep is in the scheme of delegation."
    ),
    "Maintained school": (
        "A school that the local authority maintains, such as a community or foundation school. Its governing "
        "body follows national regulations on notice, quorum and votes."
    ),
    "Milestone": "What must be so by the end of a term if a success criterion is to be reached by the end of the year.",
    "Milestone due": (
        "One that a review rates: the milestones of its term, and of the terms before it. A later one is not due yet."
    ),
    "Minutes": (
        "The record of a meeting, drawn up by the clerk and signed at the next meeting. Until then a mistake "
        "in the record of a decision is corrected in sight."
    ),
    "Monitor": "Who watches an objective on the board’s behalf: a link governor or a committee.",
    "Monitor’s view": (
        "How whoever monitors an objective sees it: as leaders do, differently, or without enough evidence. It stands "
        "beside the leaders’ rating; neither overwrites the other."
    ),
    "Narrative": "The term in the leaders’ own words, at the end of a review: what no rating says.",
    "Note": "A remark to leaders that needs no answer.",
    "Objective": (
        "What the board wants by when: where we are now and where we want to be. Its title, aim and priority "
        "are the board’s words; leaders can ask the board to change them."
    ),
    "Off track": (
        "A rating: it will not be met by its date without a change to the plan, people or money. It says what is done "
        "next, and by when."
    ),
    "On track": "A rating: reached, or evidence says that it will be by its date. It says what shows it.",
    "Outcome": (
        "What came of an objective at the end of the plan: met, partly met, not met or carried forward. Leaders write "
        "it before the plan is closed."
    ),
    "Owner": (
        "The person who does an action, or sees that it is done. Most owners are staff and never need to sign in."
    ),
    "Papers": (
        "Agenda and reports for a meeting. When they go out late, the chair must say that they are urgent, and why."
    ),
    "Plan": (
        "The school improvement plan of one year (SIP, also called SDP), or a trust’s (TIP): the board’s "
        "objectives and what leaders will do about them."
    ),
    "Present": (
        "At a meeting in person, or by video or telephone where the board allows it. Only those present count "
        "and vote; nobody votes by proxy or by e-mail on a maintained school’s board."
    ),
    "Priority": (
        "One of the few things that the strategy puts first for three to five years: where we are, where we "
        "want to be, how we will know. Objectives serve priorities."
    ),
    "Question": (
        "What a governor asks leaders about the plan or a part of it, with a day by which it is answered. The "
        "board closes it, never the person who answered."
    ),
    "Quorum": (
        "How many must be present for a decision to count: for a maintained school’s board half of the filled "
        "voting seats, rounded up. It is looked at for each item."
    ),
    "Rating": (
        "How a milestone goes, in a word, a shape and a colour: progress towards the success criterion, not effort. An "
        "objective takes the worst of its milestones that are due, unless leaders say otherwise and why."
    ),
    "Receive": (
        "The board takes note of a term’s review at a meeting. From then on the review stays as the board received it."
    ),
    "Resolution": "The exact words that the board votes on.",
    "Review": (
        "How the plan goes at the end of a term. Leaders rate it and send it to governors, monitors give their view, "
        "and the board receives it at a meeting."
    ),
    "Scheme of delegation": "A trust’s list of who decides what, such as which board approves a school’s plan.",
    "Seat": (
        "A person’s place on a board, with a first and a last day, a category such as parent or co-opted, and "
        "a vote or none. Rights begin and end with it."
    ),
    "Second vote": "After a tie the governor who chairs the meeting votes once more, and so decides.",
    "Strategy": "The board’s vision and priorities for three to five years, adopted by a decision.",
    "Submit": "To put the finished plan before the board. Submitting freezes a version.",
    "Success criterion": (
        "How the board will know that an objective is reached: something that can be counted or seen, by a day."
    ),
    "Termly report": (
        "A review as a PDF: ratings, views, measures, questions and decisions. It is made when the review is sent and "
        "when the board receives it."
    ),
    "Trust": (
        "A charity that runs one or more academies. Its trustees are the board of the whole; a school’s own "
        "local governing body has the powers that they give it."
    ),
    "Urgency": (
        "Late papers are dealt with only when the chair directs that they are urgent. The direction and its "
        "reason are kept with the meeting."
    ),
    "Version": "The plan exactly as the board saw it: numbered, dated, and never changed or deleted afterwards.",
    "Withdrawal": "Leaving the meeting for one item, because of a conflict of interest or because one has to go.",
}
WORDS = tuple(Word(word, meaning) for word, meaning in _MEANINGS.items())
TEN = (
    "Strategy",
    "Priority",
    "Objective",
    "Action",
    "Success criterion",
    "Milestone",
    "Link governor",
    "Challenge",
    "Quorum",
    "Version",
)


def ten_words() -> list[Word]:
    """What a new governor needs first, from the top of the thread to the board's table."""
    return [Word(word, _MEANINGS[word]) for word in TEN]
