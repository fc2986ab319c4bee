from sip.models.measures import Measure, Reading, Target, in_unit
from sip.models.objectives import Action, ChangeRequest, Mark, Milestone, Objective, SuccessCriterion
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
    "Mark",
    "Measure",
    "Milestone",
    "Objective",
    "Plan",
    "PlanItem",
    "Question",
    "Reading",
    "SuccessCriterion",
    "Target",
    "Version",
    "in_unit",
]
