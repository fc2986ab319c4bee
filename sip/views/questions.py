"""Questions and notes: asked, read, answered, closed, asked again."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation.access import SEE, access
from foundation.answers import onward, show, typed
from foundation.permissions import may, require, why_not
from governance.models import AgendaItem
from sip import asking, question_bank, subject, waiting
from sip import for_the_agenda as collected
from sip.forms.questions import AgainForm, AnswerForm, AskForm
from sip.models import Plan, Question
from sip.permissions import P
from sip.reading import read

A_PAGE = 20
BESIDE = ("plan", "objective")  # pages with a box beside each part


@access(P.ASK, Plan)
def ask(request, plan):
    """Ask leaders, or note something, on the plan or on one part of it."""
    request.menu = "current_plan"
    words = typed(request)
    reading, is_sent = read(plan, request.user), request.method == "POST"
    asked = words if words and "text" in words else request.GET
    part = subject.of(plan, reading, asked, sent_by=request.user if is_sent else None)
    beside = asked.get("beside") if asked.get("beside") in BESIDE else ""
    bank = question_bank.words_of(request.GET.get("bank", ""))
    words_of = {"subject": part, "people": reading.people, "asker": request.user, "text": bank, "quick": bool(beside)}
    form = AskForm(words, plan=plan, **words_of)
    good = question_bank.offered(plan, reading, asked.get("situation", ""))
    if is_sent and form.is_valid():
        question = asking.ask(plan, by=request.user, **part.words, **form.cleaned_data)
        return onward(request, asking.said_of(question), to=_after(question, part, beside))
    return show(request, "sip/questions/ask.html", plan=plan, part=part, beside=beside, form=form, good=good)


def _after(question, part, beside: str) -> str:
    """Asked beside a part, one is back at that part; else at the question."""
    plan, objective = question.plan, question.objective_id
    if not beside:
        return reverse("question", args=[question.pk])
    if beside == "objective" and objective:
        return f"{reverse('objective', args=[objective])}#{part.anchor or 'main'}"
    anchor = f"objective-{objective}" if objective else "h-serves" if part.key else "main"
    return f"{reverse('plan', args=[plan.organisation.slug, plan.year])}#{anchor}"


@access(P.READ_QUESTIONS, Plan)
def questions(request, plan):
    """What was asked and what was told, open ones first, twenty a page."""
    request.menu = "current_plan"
    seen = Question.objects.visible_to(request.user).filter(plan=plan)
    shown = request.GET.get("show")
    shown = shown if shown in asking.SHELVES else "all"
    rows = seen.shelf(shown).select_related("asked_by", "to", "objective")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = waiting.counted(page.object_list, plan)
    return show(
        request,
        "sip/questions/list.html",
        plan=plan,
        shown=shown,
        shelves=asking.shelves(seen, shown),
        page=page,
        may_ask=may(request.user, P.ASK, plan) and plan.state != Plan.State.CLOSED,
    )


@access(SEE, AgendaItem)
def for_the_agenda(request, item):
    """What was asked and told on the plan, by objective, to print or to copy into the minutes."""
    request.menu = "meetings"
    return show(request, "sip/questions/for_the_agenda.html", item=item, page=collected.of(item, request.user))


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
        question=waiting.counted([question], question.plan)[0],
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
