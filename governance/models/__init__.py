from governance.models.calendar import Term
from governance.models.meetings import (
    AgendaItem,
    Attendance,
    Condition,
    Correction,
    Decision,
    Meeting,
    Vote,
    Withdrawal,
)
from governance.models.organisations import Board, Delegation, Organisation, Seat
from governance.models.people import Invitation, Person, Role, User
from governance.models.strategy import Priority, Strategy

__all__ = [
    "AgendaItem",
    "Attendance",
    "Board",
    "Condition",
    "Correction",
    "Decision",
    "Delegation",
    "Invitation",
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
