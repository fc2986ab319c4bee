from sip.models.amendments import Amendment, AmendmentItem, Change, Replanned
from sip.models.context import BlockVisibility, BudgetLine, ContextText
from sip.models.drafts import AdviceDismissed, SavedBefore
from sip.models.evidence import EvidenceFile, EvidenceItem, EvidencePack, EvidencePart, KeyArea, Unfinished
from sip.models.measures import Measure, NationalFigure, Reading, Target, in_unit
from sip.models.objectives import Action, Mark, Milestone, Objective, SuccessCriterion
from sip.models.plans import Plan, PlanItem
from sip.models.questions import Answer, AskedAgain, Question
from sip.models.requests import ChangeRequest
from sip.models.soundings import Look, Sounding
from sip.models.versions import Document, DocumentJob, Version

__all__ = [
    "Action",
    "AdviceDismissed",
    "Amendment",
    "AmendmentItem",
    "Answer",
    "AskedAgain",
    "BlockVisibility",
    "BudgetLine",
    "Change",
    "ChangeRequest",
    "ContextText",
    "Document",
    "DocumentJob",
    "EvidenceFile",
    "EvidenceItem",
    "EvidencePack",
    "EvidencePart",
    "KeyArea",
    "Look",
    "Mark",
    "Measure",
    "Milestone",
    "NationalFigure",
    "Objective",
    "Plan",
    "PlanItem",
    "Question",
    "Reading",
    "Replanned",
    "SavedBefore",
    "Sounding",
    "SuccessCriterion",
    "Target",
    "Unfinished",
    "Version",
    "in_unit",
]
