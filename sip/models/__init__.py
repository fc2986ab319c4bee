from sip.models.objectives import Action, ChangeRequest, Milestone, Objective, SuccessCriterion
from sip.models.plans import Plan, PlanItem
from sip.models.questions import Answer, Question
from sip.models.versions import Document, DocumentJob, Version

__all__ = [
    "Action",
    "Answer",
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
