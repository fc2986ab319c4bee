"""Questions and notes: asked, read, answered, closed, asked again."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import access
from foundation.answers import onward, show, typed
from foundation.permissions import may, require, why_not
from sip import asking, subject
from sip.forms.questions import AgainForm, AnswerForm, AskForm
from sip.models import Plan, Question
from sip.permissions import P
from sip.reading import read

A_PAGE = 20


@access(P.ASK, Plan)
def ask(request, plan):
    """Ask leaders, or note something, on the plan or on one part of it."""
    request.menu = "current_plan"
    words = typed(request)
    reading = read(plan, request.user)
    part = subject.of(plan, reading, words if words and "text" in words else request.GET)
    form = AskForm(words, plan=plan, subject=part, people=reading.people, asker=request.user)
    if request.method == "POST" and form.is_valid():
        question = asking.ask(plan, by=request.user, **part.words, **form.cleaned_data)
        said = "Your question is asked." if question.needs_answer else "Your note is left."
        return onward(request, said, to=reverse("question", args=[question.pk]))
    return show(request, "sip/questions/ask.html", plan=plan, part=part, form=form)


@access(P.READ_QUESTIONS, Plan)
def questions(request, plan):
    """What was asked and what was told, open ones first, twenty a page."""
    request.menu = "current_plan"
    seen = Question.objects.visible_to(request.user).filter(plan=plan)
    shown = request.GET.get("show")
    shown = shown if shown in asking.SHELVES else "all"
    rows = seen.shelf(shown).select_related("asked_by", "to", "objective")
    return show(
        request,
        "sip/questions/list.html",
        plan=plan,
        shown=shown,
        shelves=asking.shelves(seen, shown),
        page=Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        may_ask=may(request.user, P.ASK, plan) and plan.state != Plan.State.CLOSED,
    )


@access(P.READ_QUESTIONS, Question)
def question(request, question):
    """One question with all that was told; who may answer does it here."""
    request.menu = "current_plan"
    if request.method == "POST":
        require(request.user, P.ANSWER, question)
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        asking.answer(question, by=request.user, **form.cleaned_data)
        return onward(request, "Your answer is given. Who asked has been told by mail.", to=request.path)
    return show(
        request,
        "sip/questions/question.html",
        form=form,
        question=question,
        plan=question.plan,
        turns=asking.turns(question),
        may_answer=question.state == Question.State.ASKED and may(request.user, P.ANSWER, question),
        may_close=question.state == Question.State.ANSWERED and may(request.user, P.CLOSE_QUESTION, question),
        why_not=why_not(P.CLOSE_QUESTION),
    )


@require_POST
@access(P.CLOSE_QUESTION, Question)
def close(request, question):
    """The board is content with the answer."""
    asking.close_question(question, by=request.user)
    return onward(request, "The question is closed.", to=reverse("question", args=[question.pk]))


@access(P.CLOSE_QUESTION, Question)
def again(request, question):
    """The answer does not suffice."""
    request.menu = "current_plan"
    form = AgainForm(typed(request), plan=question.plan)
    if request.method == "POST" and form.is_valid():
        asking.ask_again(question, by=request.user, **form.cleaned_data)
        return onward(request, "The question is asked again.", to=reverse("question", args=[question.pk]))
    turns = asking.turns(question)
    return show(request, "sip/questions/again.html", form=form, question=question, plan=question.plan, turns=turns)
