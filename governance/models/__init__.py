from governance.models.between import ChairsAction
from governance.models.calendar import Term
from governance.models.follow_ups import FollowUp
from governance.models.inspections import AreaGrade, Inspection
from governance.models.meetings import (
    AgendaItem,
    Attendance,
    Condition,
    Correction,
    Decision,
    ItemPaper,
    Meeting,
    Vote,
    Withdrawal,
)
from governance.models.organisations import Board, Delegation, Organisation, Seat
from governance.models.people import Invitation, Person, Role, User
from governance.models.strategy import Priority, Strategy

__all__ = [
    "AgendaItem",
    "AreaGrade",
    "Attendance",
    "Board",
    "ChairsAction",
    "Condition",
    "Correction",
    "Decision",
    "Delegation",
    "FollowUp",
    "Inspection",
    "Invitation",
    "ItemPaper",
    "Meeting",
    "Organisation",
    "Person",
    "Priority",
    "Role",
    "Seat",
    "Strategy",
    "Term",
    "User",
    "Vote",
    "Withdrawal",
]
