from sip.models.objectives import Action, ChangeRequest, Milestone, Objective, SuccessCriterion
from sip.models.plans import Plan, PlanItem
from sip.models.questions import Answer, AskedAgain, Question
from sip.models.versions import Document, DocumentJob, Version

__all__ = [
    "Action",
    "Answer",
    "AskedAgain",
    "ChangeRequest",
    "Document",
    "DocumentJob",
    "Milestone",
    "Objective",
    "Plan",
    "PlanItem",
    "Question",
    "SuccessCriterion",
    "Version",
]
