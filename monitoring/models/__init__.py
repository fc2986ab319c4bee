from monitoring.models.bundles import Bundle, BundleJob
from monitoring.models.papers import FrozenPaper, PaperJob, PrintedPaper
from monitoring.models.ratings import HandedOn, Rating, RatingWords, Summary
from monitoring.models.reminders import Reminder, ReminderRound
from monitoring.models.reviews import (
    DifferenceItem,
    Report,
    ReportJob,
    Review,
    ReviewItem,
    ReviewRecord,
    View,
)
from monitoring.models.visits import AdviserNote, Visit, VisitAction, VisitQuestion

__all__ = [
    "AdviserNote",
    "Bundle",
    "BundleJob",
    "DifferenceItem",
    "FrozenPaper",
    "HandedOn",
    "PaperJob",
    "PrintedPaper",
    "Rating",
    "RatingWords",
    "Reminder",
    "ReminderRound",
    "Report",
    "ReportJob",
    "Review",
    "ReviewItem",
    "ReviewRecord",
    "Summary",
    "View",
    "Visit",
    "VisitAction",
    "VisitQuestion",
]
