"""Where the addresses of this floor lead."""

from django.urls import path

import governance.urls  # noqa: F401  it registers how a year stands in an address
from monitoring.views import (
    closing,
    five_minutes,
    handover,
    help,
    home,
    progress,
    rating,
    receiving,
    reminders,
    reports,
    reviews,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("organisations/<slug:slug>/", home.organisation, name="organisation"),
    path("organisations/<slug:slug>/start/", home.start, name="start"),
    path("organisations/<slug:slug>/reminders/", reminders.reminders, name="reminders"),
    path("organisations/<slug:slug>/handover/", handover.own, name="handover"),
    path("organisations/<slug:slug>/handover/<int:person>/", handover.successor, name="handover_to"),
    path("meetings/<int:pk>/five-minutes/", five_minutes.before, name="five_minutes"),
    path("reviews/<int:pk>/rate/", rating.rate_next, name="rate_next"),
    path("reviews/<int:pk>/milestones/<int:milestone>/", rating.rate, name="rate"),
    path("reviews/<int:pk>/milestones/<int:milestone>/no-change/", rating.no_change, name="no_change"),
    path("reviews/<int:pk>/objectives/<int:objective>/", rating.sum_up, name="sum_up"),
    path("reviews/<int:pk>/finish/", rating.review_finish, name="review_finish"),
    path("reviews/<int:pk>/send/", rating.send_review, name="send_review"),
    path("organisations/<slug:slug>/ratings/", rating.rating_words, name="rating_words"),
    path("reviews/<int:pk>/report/", reports.report_make, name="report_make"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("report-jobs/<int:pk>/", reports.report_job, name="report_job"),
    path("help/", help.help, name="help"),
    path("help/who-may/", help.who_may, name="help_permissions"),
    path("help/rules/", help.rules, name="help_rules"),
    path("glossary/", help.glossary, name="glossary"),
    path("accessibility/", help.accessibility, name="accessibility"),
    path("privacy/", help.privacy, name="privacy"),
    path("organisations/<slug:slug>/progress/", progress.current, name="progress"),
    path("organisations/<slug:slug>/progress/<year:year>/", progress.year, name="progress_year"),
    path("milestones/<int:pk>/", progress.milestone, name="milestone"),
    path("plans/<int:pk>/reviews/open/", progress.open_review, name="review_open"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/objectives/<int:objective>/view/", reviews.give_view, name="give_view"),
    path("reviews/<int:pk>/take-back/", reviews.take_back, name="take_back_review"),
    path("plans/<int:pk>/closing/", closing.closing, name="closing"),
    path("plans/<int:pk>/close/", closing.close_plan, name="close_plan"),
    path("reviews/<int:pk>/put/", receiving.put_review, name="put_review"),
]
