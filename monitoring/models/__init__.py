from monitoring.models.bundles import Bundle, BundleJob
from monitoring.models.reminders import Reminder, ReminderRound
from monitoring.models.reviews import (
    Rating,
    RatingWords,
    Report,
    ReportJob,
    Review,
    ReviewItem,
    ReviewRecord,
    Summary,
    View,
)

__all__ = [
    "Bundle",
    "BundleJob",
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
]
