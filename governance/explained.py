"""Each step of the year and each rule of deciding, explained in three sentences of ours, with where that stands.

Data. A page shows one where it is needed: {% load explained %}{% explain "quorum" %}; the help page lists them all.
That a board approves the plan is good governance and no legal duty: no sentence calls its absence a breach of anything.
"""

from dataclasses import dataclass

_REGULATIONS = "School Governance (Roles, Procedures and Allowances) (England) Regulations 2013"
_MAINTAINED = "DfE guidance “Governance in maintained schools”"
_ACADEMIES = "DfE guidance “Governance in academy trusts”"
_BEST = "Ofsted, “School governance: learning from the best”, May 2011"
_GOOD = "Good practice; no law asks for it"
_ARTICLES = "DfE’s model articles of association for academy trusts; a trust’s own articles say what holds there"
_TABLES = "DfE performance tables, which show no results of five pupils or fewer"


@dataclass(frozen=True)
class Explained:
    """A step or a rule. `is_step`: of the year; otherwise a rule of deciding or of reading."""

    key: str
    title: str
    says: tuple[str, str, str]
    sources: tuple[str, ...]
    is_step: bool = False

    @property
    def anchor(self) -> str:
        """Where the help page is entered."""
        return self.key.replace(" ", "-")


def _regulation(number: int | str, note: str = "") -> str:
    return f"{_REGULATIONS}, regulation {number}{note}"


def _step(key: str, title: str, *says: str, sources: tuple[str, ...]) -> Explained:
    return Explained(key, title, says, sources, is_step=True)


def _rule(key: str, title: str, *says: str, sources: tuple[str, ...]) -> Explained:
    return Explained(key, title, says, sources)


ALL = (
    _step(
        "evidence",
        "Gather the evidence",
        "Before objectives are set, leaders put on one table how pupils do, what there is to spend, what staff, "
        "parents and pupils say, and what came of earlier plans.",
        "A part that the school does not need is marked so, and then nobody waits for it.",
        "Boards that know their school through detailed, regular information can shape its direction and hold its "
        "leaders to account.",
        sources=(_BEST,),
    ),
    _step(
        "meeting on the evidence",
        "Meet on the evidence",
        "The board and the leaders look at the evidence together, usually in the second half of the summer term, and "
        "name the few areas that matter most.",
        "Objectives are proposed from those areas; who proposed each one is kept.",
        "A board that takes part in the school’s self-evaluation can both challenge and help to set its direction.",
        sources=(_BEST,),
    ),
    _step(
        "agree",
        "Agree the objectives",
        "The board decides in a meeting what must be better a year from now, and puts it in words of its own.",
        "From then on leaders cannot change an objective’s title, aim or priority; they can ask the board to.",
        "Setting the school’s direction is a core function of every board, and three to six objectives are what most "
        "schools can carry.",
        sources=(_regulation(6, " (maintained schools)"), _MAINTAINED, _ACADEMIES),
    ),
    _step(
        "draft",
        "Draft the plan",
        "For each objective leaders say what will be done, by whom, by when and at what cost, how it is checked, and "
        "how the board will know that it has worked.",
        "The board sets the direction and leaders choose the way: governors question an action, they do not edit it.",
        "While leaders draft, nobody on the board’s side reads the draft.",
        sources=(_BEST, _MAINTAINED),
    ),
    _step(
        "submit",
        "Put the plan before the board",
        "Submitting freezes the plan as it stands, as a numbered version that nobody can change afterwards.",
        "Governors read that version and ask about it before the meeting; the clerk puts it on an agenda.",
        "Until its papers are out the head can take it back, and afterwards the chair can return it with reasons.",
        sources=(_GOOD,),
    ),
    _step(
        "decide",
        "Decide on the plan",
        "The board approves the plan, approves it with conditions, asks for changes, puts the decision off or "
        "declines.",
        "No law asks a board to approve an improvement plan; deciding on it is good governance, because leaders are "
        "then held to a plan that the board has made its own.",
        "The decision is kept with its meeting, its exact words, how it was taken and where it is minuted.",
        sources=(_GOOD, _MAINTAINED, _BEST),
    ),
    _step(
        "papers",
        "Send the papers in time",
        "Notice, agenda and every report go to the members at least seven clear days before a maintained school’s "
        "meeting; neither the day of sending nor the day of the meeting counts.",
        "For a meeting on 2 December that means 24 November at the latest, and a trust’s board has the notice of its "
        "own articles.",
        "A plan that nobody had time to read cannot be questioned well.",
        sources=(_regulation(13, " (maintained schools)"), _ARTICLES),
    ),
    _step(
        "meeting",
        "Meet",
        "The board works through the agenda that it was sent, item by item.",
        "Who is present, who has left and who has withdrawn is recorded for each item, because that says whether the "
        "board can decide on it.",
        "The clerk draws up the minutes, and the chair signs them at the next meeting once the board has approved "
        "them.",
        sources=(_regulation("12 to 15", " (maintained schools)"),),
    ),
    _step(
        "rate",
        "Rate the term",
        "At the end of a term leaders say of each milestone that has fallen due how it goes, and what shows it.",
        "A rating is about what has changed for pupils and staff, not about how busy people were.",
        "Outstanding boards keep the agreed targets under systematic review and hear what goes well, what does not, "
        "and why.",
        sources=(_BEST,),
    ),
    _step(
        "visit",
        "Visit the school",
        "About once a term whoever monitors an objective goes to see it, by arrangement with the headteacher and with "
        "one focus, and writes half a page to two: what was seen, heard and read, and what it says of progress.",
        "Visitors do not inspect teaching and judge no teacher; staff check the facts of the report, and after five "
        "school days it is before the board either way.",
        "A board that has looked for itself does not depend on the headteacher’s report alone.",
        sources=(_GOOD, _BEST),
    ),
    _step(
        "view",
        "Give the second view",
        "Whoever monitors an objective for the board says whether they see it as leaders do, differently, or without "
        "enough evidence.",
        "Neither view overwrites the other, and where they differ the board looks first.",
        "Governors who visit, listen and read know their school at first hand and need not take one source for it.",
        sources=(_BEST,),
    ),
    _step(
        "receive",
        "Receive the review",
        "The board takes note of the term’s review at a meeting; that needs no vote, and it is minuted.",
        "From then on the review stays as the board received it.",
        "Progress on the plan as a regular item is how a board holds leaders to what was agreed.",
        sources=(_BEST, _MAINTAINED),
    ),
    _step(
        "close",
        "Close the plan",
        "At the end of the year leaders say of each objective whether it was met, partly met, not met or goes on, and "
        "what was learned.",
        "An objective that goes on is proposed for next year’s plan, where the board can word it anew.",
        "What came of one plan is the first evidence for the next.",
        sources=(_GOOD,),
    ),
    _rule(
        "agenda",
        "Put it on the agenda",
        "The clerk convenes the meeting and puts the plan on its agenda, with the exact words that the board will "
        "decide on.",
        "The chair and the board may direct what stands there; any three governors of a maintained school can ask in "
        "writing for a meeting.",
        "Only what stands on the agenda was read beforehand, so only that should be decided.",
        sources=(_regulation(13, " (maintained schools)"),),
    ),
    _rule(
        "urgency",
        "When papers are late",
        "The chair may direct that a matter is urgent and that a meeting is held at shorter notice.",
        "The notice then says so, and the direction and its reason are kept with the meeting.",
        "Being late with a plan is seldom a reason: the board can also put the decision off.",
        sources=(_regulation(13, " (maintained schools)"),),
    ),
    _rule(
        "quorum",
        "Quorum",
        "A decision counts only while enough members are present: in a maintained school half of the governors in "
        "post, rounded up; vacancies and suspended governors are left out.",
        "It is looked at for each item: whoever withdraws or leaves no longer counts as present, but still counts "
        "among those in post.",
        "A trust’s board follows its articles, usually a third of its trustees and at least three; when quorum is lost "
        "the board may talk on, and decides another day.",
        sources=(_regulation(14, " (maintained schools)"), _ARTICLES),
    ),
    _rule(
        "committee",
        "Committees",
        "A committee of a maintained school sets its own quorum, and it is never under three governors who sit on it.",
        "It votes only while governors are the majority of the members present; associate members may vote there if "
        "the board has said so.",
        "A committee without the power to decide recommends, and the full board decides.",
        sources=(_regulation("22 to 26", " (maintained schools)"),),
    ),
    _rule(
        "associate members",
        "Associate members, and the head",
        "Associate members attend the full board’s meetings and have no vote there.",
        "The head of a maintained school attends every meeting, and votes only while being a governor.",
        "Both may have to leave while certain matters are dealt with.",
        sources=(_regulation("12, 16 and 24", " (maintained schools)"),),
    ),
    _rule(
        "withdrawal",
        "Withdrawing for an item",
        "Whoever stands to gain, or might be thought not to judge fairly, leaves for that item and does not vote on "
        "it.",
        "That holds for governors, associate members, the head and the clerk, and it is recorded for the item alone.",
        "What the item’s confidential papers say is hidden from them as well.",
        sources=(_regulation("16 (as replaced in 2014) and Schedule 1", " (maintained schools)"),),
    ),
    _rule(
        "vote",
        "Voting, and the second vote",
        "Questions are decided by a majority of the governors who are present and vote; most plans are simply agreed.",
        "A maintained school’s governors vote at the meeting, in the room or by video where the board has allowed "
        "that: not by proxy, not by e-mail, not in advance.",
        "After a tie whoever chairs the meeting has a second vote, as long as that person is a governor.",
        sources=(_regulation(14, " (maintained schools)"),),
    ),
    _rule(
        "soundings",
        "Saying where you stand before the meeting",
        "Before the meeting each governor may say whether the plan is ready, ready if something changes, or not ready.",
        "These are soundings and not votes: nothing is decided by them, nobody is held to one, and nobody is late with "
        "one.",
        "The decision is taken by those who are present at the meeting, after they have heard one another.",
        sources=(_regulation(14, " (maintained schools)"), _GOOD),
    ),
    _rule(
        "conditions",
        "Approving with conditions",
        "The board can approve the plan and name what must still be done, each with an owner and a date.",
        "The plan is in force meanwhile, and the chair or the clerk confirms each condition when it is met.",
        "Minutes that name actions, owners and dates are the evidence that a board follows up what it decides.",
        sources=(_GOOD,),
    ),
    _rule(
        "chair’s action",
        "Chair’s action",
        "The chair of a maintained school may act alone only when the board cannot reasonably meet in time and waiting "
        "would be seriously detrimental to the school, a pupil, a parent or a member of staff.",
        "It is reported to the board at its next meeting; in a trust it exists only where the articles or the scheme "
        "of delegation give it.",
        "Approving a whole plan hardly ever meets these tests; moving money after a flood may.",
        sources=(_regulation("8 and 20", " (maintained schools)"), _ARTICLES),
    ),
    _rule(
        "written resolution",
        "Deciding in writing",
        "The trustees of an academy trust may decide without a meeting, if all of those entitled to vote agree in "
        "writing.",
        "One who does not agree, or does not answer, is enough to stop it; the matter then goes to a meeting.",
        "Governing bodies of maintained schools cannot decide in this way.",
        sources=(_ARTICLES, _regulation(14, " (maintained schools)")),
    ),
    _rule(
        "delegation",
        "Who decides: the scheme of delegation",
        "In a trust the trustees say in writing which board sets objectives, approves a school’s plan and receives its "
        "reviews.",
        "A local board without the power to decide recommends, is consulted, or is told.",
        "Which board decides is fixed for a plan from its first day.",
        sources=(_ACADEMIES,),
    ),
    _rule(
        "minutes",
        "Minutes, drafts and signing",
        "The clerk draws up the minutes; they are a draft until the board has approved them and the chair has signed.",
        "Until then a mistake in the record of a decision is put right in sight, with its reason; afterwards only a "
        "new decision changes it.",
        "A maintained school’s signed minutes and the papers that a meeting considered are open to anyone who asks, "
        "save for what names staff or pupils and what the board holds confidential.",
        sources=(_regulation(15, " (maintained schools)"),),
    ),
    _rule(
        "editions",
        "Public, board, confidential",
        "Each part of a plan is for everyone, for the board, or confidential, and every page and PDF says which "
        "edition it is and how many parts it leaves out.",
        "What a maintained school’s board considers can be asked for by anyone, so what concerns a named or guessable "
        "person belongs in the confidential part.",
        "The version’s fingerprint can be checked from any edition, with the hidden parts still hidden.",
        sources=(_regulation(15, " (maintained schools)"),),
    ),
    _rule(
        "small numbers",
        "Why a figure is hidden",
        "A figure about very few pupils can tell something about one of them, so it is hidden from everyone but "
        "leaders.",
        "So is a figure from which a hidden one could be worked out by taking one from another, such as all pupils and "
        "all but a few.",
        "Hidden is not nought: nought is shown as 0 wherever nobody can be known by it.",
        sources=(_TABLES,),
    ),
    _rule(
        "weight",
        "How heavy a plan should be",
        "Plans of fewer than about twenty elements are carried out far more often than plans of sixty and more.",
        "Elements are what somebody must keep in mind: objectives, actions and success criteria.",
        "A short plan that is read beats a long one that is filed; what is good and not urgent can wait a year.",
        sources=("Research on school plans and how they are carried out; advice, not a limit",),
    ),
    _rule(
        "success criteria",
        "What makes a success criterion",
        "It says what will have changed for pupils or staff, not what will have been done.",
        "It has something that can be counted or seen, a start to compare with, a day, and whom it is about.",
        "With a milestone in each term the board hears in December what it would else hear in July.",
        sources=(_BEST, _GOOD),
    ),
)

_BY_KEY = {one.key: one for one in ALL}


def knows(key: str) -> bool:
    return key in _BY_KEY


def of(key: str) -> Explained:
    """The step or rule of that name. An unknown name is a mistake of ours: KeyError."""
    return _BY_KEY[key]
