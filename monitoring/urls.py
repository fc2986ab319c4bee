"""Where the addresses of this floor lead."""

from django.urls import path

from monitoring.views import help, home, reminders

urlpatterns = [
    path("", home.home, name="home"),
    path("organisations/<slug:slug>/", home.organisation, name="organisation"),
    path("organisations/<slug:slug>/start/", home.start, name="start"),
    path("organisations/<slug:slug>/reminders/", reminders.reminders, name="reminders"),
    path("help/", help.help, name="help"),
    path("help/who-may/", help.who_may, name="help_permissions"),
    path("glossary/", help.glossary, name="glossary"),
    path("accessibility/", help.accessibility, name="accessibility"),
    path("privacy/", help.privacy, name="privacy"),
]
