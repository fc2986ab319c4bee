"""Where the addresses of this floor lead."""

from django.urls import path, register_converter

from governance.views import meetings, strategy
from governance.years import YearConverter

register_converter(YearConverter, "year")

urlpatterns = [
    path("organisations/<slug:slug>/strategy/begin/", strategy.begin, name="strategy_begin"),
    path("strategies/<int:pk>/edit/", strategy.edit, name="strategy_edit"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
]
