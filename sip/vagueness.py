"""What makes a success criterion vague, found by its words: lists that anyone can read, no cleverness.

Every answer is advice. A criterion may be right for a reason that no list knows, so the words that are the cause are
given back, to be quoted.
"""

import re

# Figures that count nothing: days, school years, stages, the names of measures, numbers of actions.
_NO_QUANTITY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b(?:\s+20\d\d)?|\b20\d\d(?:\s*[/–-]\s*\d{2,4})?\b|\b(?:years?|y|yr|key stage|ks|stage|phase|term|"
    r"tier|level"
    r"|grade|progress|attainment|class|set|p)\s?\d{1,2}(?:\s*(?:,|and|to|–|-|/)\s*\d{1,2})*\b|"
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\bhalf[- ]terms?\b|\bhalf[- ]termly\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|half|third|quarter|quarters|double|twice|once|all|every|each|none|no|nobody|never|zero"
    r"|nought|both|always)\b",
    re.IGNORECASE,
)
# A figure that says a result: a share, points, a span. Then it does not matter which verbs stand beside it.
_RESULT = re.compile(
    r"\d\s*%|\bper ?cent\b|\bpoints?\b|\b\d[\d,.]*\s+(?:of|out of|in)\s+(?:every\s+)?\d|"
    r"\bfrom\s+£?\d[\d,.]*\s+to\s+£?\d"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of|of)\s+(?:every\s+)?(?:ten|five|four|three|\d)",
    re.IGNORECASE,
)
_DONE = (
    "held|delivered|written|introduced|implemented|launched|purchased|bought|trained|appointed|reviewed|updated|"
    "completed|established|developed|rolled out|produced|attended|carried out|put in place|created|drawn up|shared|"
    "published|organised|arranged|ordered|installed|set up|undertaken|conducted"
)
_THINGS = (
    "training|policy|policies|meetings?|workshops?|sessions?|scheme|programme|audit|curriculum|plans?|documents?|"
    "resources|books|staff|teachers|assistants|inset|cpd|system|strategy|handbook|timetable|survey|events?|visits?|"
    "observations|scrutiny|walks|interventions?|clubs?|displays?|software|role|post|leader|coordinator|guidance|"
    "framework|procedures?|rota|website|newsletter|lead|approach|calendar|map|report"
)
_ACTIVITY = re.compile(
    rf"\b(?:{_THINGS})(?:\s+\w+){{0,3}}?\s+(?:(?:is|are|has|have|will|been|be|to|all)\s+){{0,3}}(?:{_DONE})\b"
    rf"|\b(?:{_THINGS})\s+(?:is|are|will be)?\s*in place\b|\bhave (?:received|had|attended)\b[^.]*\b(?:training|cpd|"
    rf"inset)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"\A(?:to\s+)?(train|hold|write|introduce|deliver|buy|purchase|review|run|provide|set up|appoint|launch|implement|"
    r"organise|arrange|develop|update|produce|establish|conduct|carry out|monitor|continue|roll out|create|share|"
    r"ensure|embed|support|use|plan|audit|invite|attend)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(improv(?:e|es|ed|ing|ement)|better|raise[ds]?|increas(?:e|es|ed|ing)|reduc(?:e|es|ed|tion)|decreas(?:e|es|ed)|"
    r"strong(?:er)?|more|fewer|less|higher|lower|effective(?:ly)?|robust(?:ly)?|appropriate(?:ly)?|good|"
    r"high[- ]quality|"
    r"continue[ds]?|embed(?:ded|s)?|ensured?|enhance[ds]?|most|many|some|several|regular(?:ly)?|ongoing|"
    r"confident(?:ly)?|"
    r"consistent(?:ly)?|where possible|timely|well|wide(?:r|ly)?|positive(?:ly)?|progress|close[ds]?|narrow(?:ed|s)?|"
    r"develop(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)
_PUPILS = re.compile(
    r"\b(?:pupils?|child(?:ren)?|students?|learners?|attendance|absence|attainment|progress|reading|writing|maths?|"
    r"mathematics|phonics|gcses?|a[- ]levels?|outcomes?|suspensions?|exclusions?|behaviour|boys|girls)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:pupil premium|pp|disadvantaged|free school meals|fsm|sen|send|ehc|ehcps?|eal|boys?|girls?|looked[- ]after|"
    r"most able|more able|higher[- ]attain\w+|lower[- ]attain\w+|prior attain\w+|gender|reception|nursery|sixth form|"
    r"early years|eyfs|key stage|ks\s?\d|years?\s?\d{1,2}|y\d{1,2}|young carers?|service (?:children|families)|"
    r"summer[- ]born|"
    r"traveller\w*|special educational needs|(?:all|every|each|no) (?:\w+ )?(?:pupils?|child(?:ren)?|students?|"
    r"learners?)|"
    r"(?:pupils?|children|students) (?:with|who|whose|from|in))\b",
    re.IGNORECASE,
)


def has_quantity(text: str) -> bool:
    """Whether it has something that can be counted: a figure, a number in words, "every", "none". Days, school years
    and the names of measures count nothing."""
    return bool(_QUANTITY.search(_NO_QUANTITY.sub(" ", text)))


def has_result(text: str) -> bool:
    """Whether a figure in it says a result: a share, points, "six in ten", "from 61 to 80"."""
    return bool(_RESULT.search(_NO_QUANTITY.sub(" ", text)))


def activity_in(text: str) -> str:
    """The words that say what will be done, where nothing says what will have changed; otherwise empty."""
    if has_result(text):
        return ""
    found = _ACTIVITY.search(text) or _IMPERATIVE.search(text)
    return _trimmed(found.group()) if found else ""


def vague_word_in(text: str) -> str:
    """The first word that asks "by how much?", where nothing in the text can be counted; otherwise empty."""
    if has_quantity(text):
        return ""
    found = _VAGUE.search(text)
    return found.group() if found else ""


def speaks_of_pupils(text: str) -> bool:
    return bool(_PUPILS.search(text))


def names_a_group(text: str) -> bool:
    """Whether it says which pupils: a group, a year, or plainly all of them."""
    return bool(_GROUP.search(text))


def has_a_start(text: str) -> bool:
    """Whether the text itself says from where: "from 61% to 80%", "up from", "was 12 last year"."""
    return bool(
        re.search(r"\b(?:from|was|were|currently|now|baseline|instead of|against)\b[^.]*\d", text, re.IGNORECASE)
    )


def _trimmed(words: str) -> str:
    """No more than six words, so that a sentence can quote them."""
    first = words.split()
    return " ".join(first[:6]) + ("…" if len(first) > 6 else "")
