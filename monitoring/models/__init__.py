from monitoring.models.reminders import Reminder
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
    "Rating",
    "RatingWords",
    "Reminder",
    "Report",
    "ReportJob",
    "Review",
    "ReviewItem",
    "ReviewRecord",
    "Summary",
    "View",
]
