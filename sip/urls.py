"""Where the addresses of this floor lead."""

from django.urls import path

from sip.views import objectives, strategy

urlpatterns = [
    path("organisations/<slug:slug>/strategy/", strategy.strategy, name="strategy"),
    path("organisations/<slug:slug>/plan/begin/", objectives.begin, name="plan_begin"),
    path("plans/<int:pk>/objectives/", objectives.objectives, name="objectives"),
    path("plans/<int:pk>/objectives/propose/", objectives.propose, name="objective_propose"),
    path("objectives/<int:pk>/words/", objectives.words, name="objective_words"),
    path("objectives/<int:pk>/arrange/", objectives.arrange, name="objective_arrange"),
    path("objectives/<int:pk>/ask-for-change/", objectives.ask_for_change, name="change_request_ask"),
    path("change-requests/<int:pk>/", objectives.answer_request, name="change_request"),
]
