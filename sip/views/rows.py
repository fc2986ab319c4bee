"""One row of a draft: one thing of it changed in place, the row moved or duplicated elsewhere; and a save undone."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from foundation import keeping
from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from sip import drafting, rows
from sip.forms.cells import PARTS, CellForm, MoveForm, stands
from sip.models import Objective
from sip.permissions import P

_CELL = "sip/drafting/one.html"


@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def edit(request, objective, kind, row, part):
    """One thing of one row: a page of its own, or a form in its place."""
    request.menu = "current_plan"
    if part not in PARTS[kind]:
        raise Http404("A row has no such thing.")
    found = _row(objective, kind, row)
    form = CellForm(typed(request), row=found, kind=kind, part=part, objective=objective)
    if request.method == "POST" and form.is_valid():
        return _write(request, objective, found, form)
    return show(request, _CELL, form=form, **_words(objective, found, kind))


def _write(request, objective, row, form):
    try:
        drafting.write_cell(
            objective, revision=form.cleaned_data["revision"], row=row, words=form.words, by=request.user
        )
    except StaleEdit as stale:
        keeping.keep(request.user, request.path, request.POST)
        objective.refresh_from_db(fields=["revision"])
        fresh = _row(objective, form.kind, row.pk)
        acts = drafting.saved_since(objective, form.cleaned_data["revision"])
        words = _words(objective, fresh, form.kind) | {"theirs": stands(form, fresh)}
        return both_texts(request, _CELL, stale, form=form, who=acts[0].by_name if acts else "Somebody", **words)
    return onward(request, "Saved.", to=_place(objective, form.kind, row))


@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def move(request, objective, kind, row):
    """Move a row to another objective of the plan, or duplicate it there."""
    request.menu = "current_plan"
    found = _row(objective, kind, row)
    form = MoveForm(typed(request), objective=objective)
    if request.method == "POST" and form.is_valid():
        return _move(request, objective, found, **form.cleaned_data)
    return show(request, "sip/drafting/move.html", form=form, **_words(objective, found, kind))


def _move(request, objective, row, to, how):
    if how == "move":
        drafting.move_row(objective, row=row, to=to, by=request.user)
    else:
        words = rows.as_new(rows.words_of(row))
        drafting.add_rows(to, **{f"{'actions' if 'what' in words else 'criteria'}": [words]}, by=request.user)
    said = f"It now stands last in “{to}”." if how == "move" else f"It stands last in “{to}” too."
    return onward(request, said, to=reverse("draft_objective", args=[to.pk]))


@require_POST
@access(P.DRAFT_PLAN, Objective, seen="to_draft")
def undo(request, objective):
    """Put the rows back as they were before the last save."""
    revision = request.POST.get("revision", "")
    drafting.undo_save(objective, revision=int(revision) if revision.isdecimal() else 0, by=request.user)
    said = "The rows are as they were before the last save. Undo once more to bring it back."
    return onward(request, said, to=reverse("draft_objective", args=[objective.pk]))


def _row(objective, kind: str, number: int):
    found = objective.actions if kind == "action" else objective.criteria
    return get_object_or_404(found, pk=number)


def _words(objective, row, kind: str) -> dict:
    """What the page says round the form."""
    closed = drafting.closed_because(objective.plan)
    up_url = _place(objective, kind, row)
    return {
        "objective": objective,
        "plan": objective.plan,
        "row": row,
        "kind": kind,
        "closed": closed,
        "up_url": up_url,
    }


def _place(objective, kind: str, row) -> str:
    return f"{reverse('objective', args=[objective.pk])}#{kind}-{row.pk}"
