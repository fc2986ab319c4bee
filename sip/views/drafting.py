"""Leaders draft the plan: an overview with what is missing, and one page an objective."""

from django.urls import reverse

from foundation import keeping
from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import Conflict, StaleEdit
from foundation.permissions import may, require, why_not
from governance import posts
from sip import advice, advising, approval, drafting, figures, gaps
from sip.forms import comparing
from sip.forms.arranging import arranged, is_deed
from sip.forms.drafting import ObjectiveDraft, TextForm
from sip.forms.posts import PostForm
from sip.models import Objective, Plan
from sip.permissions import P
from sip.starting import plan_before

_PLAN, _OBJECTIVE = "sip/drafting/plan.html", "sip/drafting/objective.html"


@access(P.READ_DRAFT, Plan)
def plan(request, plan):
    """Every objective with what is missing, how the plan was made and is monitored, and the way to the board."""
    request.menu = "current_plan"
    first = {"how_made": plan.how_made, "how_monitored": plan.how_monitored}
    form = TextForm(typed(request), initial=first, revision=plan.revision)
    if request.method == "POST":
        require(request.user, P.DRAFT_PLAN, plan)
        if form.is_valid():
            return _write_text(request, plan, form)
    return show(request, _PLAN, form=form, **_overview(request, plan))


def _write_text(request, plan, form):
    try:
        drafting.write_plan_text(plan, by=request.user, **form.cleaned_data)
    except StaleEdit as stale:
        keeping.keep(request.user, request.path, request.POST)
        plan.refresh_from_db()
        who = drafting.wrote_text_last(plan)
        return both_texts(request, _PLAN, stale, form=form, who_wrote=who, **_overview(request, plan))
    except Conflict as conflict:
        raise _kept(request, conflict) from None
    return onward(request, "How the plan was made and is monitored is saved.", to=_overview_of(plan))


def _overview(request, plan) -> dict:
    """What the page says beside the form."""
    draft, closed = advising.draft_of(plan), drafting.closed_because(plan)
    drafted = gaps.of(draft.lines)
    may_write = not closed and may(request.user, P.DRAFT_PLAN, plan)
    return {
        "plan": plan,
        "drafted": drafted,
        "closed": closed,
        "says": closed or gaps.in_words(plan, drafted, plan.words),
        "may_write": may_write,
        "advised": draft.advised,
        "may_submit": may(request.user, P.SUBMIT_PLAN, plan),
        "who_submits": why_not(P.SUBMIT_PLAN),
        "not_taken_back": approval.why_not_taken_back(plan) if plan.state == Plan.State.WITH_THE_BOARD else "",
        "put_back": request.method == "GET" and "kept" in request.GET,
    }


@access(P.READ_DRAFT, Objective, seen="to_draft")
def objective(request, objective):
    """One objective: the board's words, read only, and what leaders will do, in rows."""
    request.menu = "current_plan"
    if request.method != "POST":
        return _page(request, ObjectiveDraft(objective, words=typed(request)))
    require(request.user, P.DRAFT_PLAN, objective)
    do = request.POST.get("do", "")
    if is_deed(do):
        return _arrange(request, objective, do)
    draft = ObjectiveDraft(objective, words=request.POST, checked=True)
    if do == "post" or (draft.post.strip() and draft.is_valid()):
        return _name_post(request, objective)
    return _save(request, draft, do) if draft.is_valid() else _page(request, draft)


def _arrange(request, objective, do: str):
    """Show what was typed with its rows arranged anew; nothing is saved."""
    words, row = arranged(ObjectiveDraft(objective, words=request.POST), request.POST, do)
    draft = ObjectiveDraft(objective, words=words)
    draft.look_at(do.split("-")[1], row)
    return _page(request, draft)


def _name_post(request, objective):
    """Add a post to the names that can be chosen; what was typed stands as it was, and nothing of it is saved."""
    name, wrong = PostForm({"name": request.POST.get("post", "")}), ""
    if name.is_valid():
        try:
            posts.add_post(objective.plan.organisation, by=request.user, **name.cleaned_data)
        except Conflict as conflict:
            wrong = str(conflict)
    draft = ObjectiveDraft(objective, words=request.POST)
    draft.post_wrong = wrong or "".join(name.errors.get("name", []))
    draft.post = draft.post if draft.post_wrong else ""
    return show(request, _OBJECTIVE, form=draft, status=422 if draft.post_wrong else 200, **_words(request, draft))


def _save(request, draft, do: str):
    objective, saving = draft.objective, draft.clean_rows
    try:
        drafting.save_objective(objective, revision=draft.revision, by=request.user, **saving)
    except StaleEdit as stale:
        return _both(request, objective, stale, do)
    except Conflict as conflict:
        raise _kept(request, conflict) from None
    return _saved(request, objective, do)


def _both(request, objective, stale, do: str):
    """A colleague saved meanwhile: both texts, and the choice. A button pressed twice is no colleague."""
    stands = Objective.objects.to_draft(request.user).get(pk=objective.pk)
    draft = ObjectiveDraft(stands, words=comparing.rebased(stands, request.POST))
    if comparing.same_rows(draft):
        return _saved(request, stands, do)
    keeping.keep(request.user, request.path, request.POST)
    return both_texts(request, _OBJECTIVE, stale, form=draft, **_words(request, draft))


def _saved(request, objective, do: str):
    """On to the next objective, or to the overview after the last; or stay."""
    to = reverse("draft_objective", args=[objective.pk])
    if do == "next":
        follows = objective.plan.objectives.filter(position__gt=objective.position).first()
        to = reverse("draft_objective", args=[follows.pk]) if follows else _overview_of(objective.plan)
    return onward(request, f"“{objective}” is saved.", to=to)


def _page(request, draft):
    return show(request, _OBJECTIVE, form=draft, **_words(request, draft))


def _words(request, draft) -> dict:
    """What the page says round the rows."""
    objective, plan = draft.objective, draft.objective.plan
    siblings = list(plan.objectives.values_list("pk", flat=True))
    closed = drafting.closed_because(plan)
    is_empty = draft.is_empty and not draft.is_typed and not closed
    draft.read_by(figures.reader_of(request.user, plan.organisation))
    return {
        "is_empty": is_empty,
        "before": plan_before(objective) if is_empty else None,
        "undoable": None if closed or draft.is_typed else drafting.undoable(objective),
        "objective": objective,
        "plan": plan,
        "number": siblings.index(objective.pk) + 1,
        "many": len(siblings),
        "is_last": objective.pk == siblings[-1],
        "may_write": not closed and may(request.user, P.DRAFT_PLAN, objective),
        "closed": closed or why_not(P.DRAFT_PLAN),
        "comparison": comparing.Comparison.of(draft) if draft.compares_from else None,
        "advised": None if draft.is_typed else _advised(draft, plan),
        "put_back": request.method == "GET" and draft.is_typed,
    }


def _advised(draft, plan):
    """Advice on this one objective, as it is saved: never on what is being typed."""
    found, aside = advice.of_objective(draft.line), advising.put_aside_of(plan)
    return advice.advised(found, aside, objective=plan.words.objective, here=True)


def _kept(request, conflict: Conflict) -> Conflict:
    """The draft is closed: the words are kept all the same, and the page says so."""
    keeping.keep(request.user, request.path, request.POST)
    return Conflict(f"{conflict} What you typed is kept for you to copy.", keeps_words=True)


def _overview_of(plan) -> str:
    return reverse("draft_plan", args=[plan.pk])
