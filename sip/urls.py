"""Where the addresses of this floor lead."""

from django.urls import path

import governance.urls  # noqa: F401  it registers how a year stands in an address
from sip.views import approval, deciding, documents, doing, drafting, editions, objectives, plans, questions, strategy, versions

urlpatterns = [
    path("organisations/<slug:slug>/strategy/", strategy.strategy, name="strategy"),
    path("organisations/<slug:slug>/plan/begin/", objectives.begin, name="plan_begin"),
    path("plans/<int:pk>/objectives/", objectives.objectives, name="objectives"),
    path("plans/<int:pk>/objectives/propose/", objectives.propose, name="objective_propose"),
    path("objectives/<int:pk>/words/", objectives.words, name="objective_words"),
    path("objectives/<int:pk>/arrange/", objectives.arrange, name="objective_arrange"),
    path("objectives/<int:pk>/ask-for-change/", objectives.ask_for_change, name="change_request_ask"),
    path("change-requests/<int:pk>/", objectives.answer_request, name="change_request"),
    path("organisations/<slug:slug>/plan/", plans.current, name="current_plan"),
    path("organisations/<slug:slug>/plan/<year:year>/", plans.plan, name="plan"),
    path("objectives/<int:pk>/", plans.objective, name="objective"),
    path("actions/<int:pk>/", doing.action, name="action"),
    path("plans/<int:pk>/draft/", drafting.plan, name="draft_plan"),
    path("objectives/<int:pk>/draft/", drafting.objective, name="draft_objective"),
    path("plans/<int:pk>/who-reads/", editions.who_reads, name="who_reads"),
    path("versions/<int:pk>/editions/<slug:edition>/", editions.redacted, name="redacted"),
    path("check/", editions.check, name="check_edition"),
    path("plans/<int:pk>/submit/", approval.submit, name="submit_plan"),
    path("plans/<int:pk>/take-back/", approval.take_back, name="take_back_plan"),
    path("plans/<int:pk>/return/", approval.give_back, name="return_plan"),
    path("plans/<int:pk>/ask/", questions.ask, name="ask"),
    path("plans/<int:pk>/questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/close/", questions.close, name="question_close"),
    path("questions/<int:pk>/again/", questions.again, name="question_again"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/documents/", documents.make, name="documents_make"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("document-jobs/<int:pk>/", documents.document_job, name="document_job"),
    path("items/<int:pk>/", deciding.item, name="item"),
    path("items/<int:pk>/correct/", deciding.correct, name="item_correct"),
    path("items/<int:pk>/conditions/<int:condition>/met/", deciding.condition_met, name="condition_met"),
    path("meetings/<int:pk>/items/add/", deciding.add_item, name="agenda_add"),
    path("plans/<int:pk>/objectives/put/", deciding.put_objectives, name="put_objectives"),
    path("plans/<int:pk>/put/", deciding.put_plan, name="put_plan"),
]
