"""Boards, committees, their rules, and which of them decides what."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from foundation.permissions import may, why_not
from governance import boards as operations
from governance import register
from governance.forms.boards import BoardForm, DecidingForm, part_forms
from governance.models import Board, Delegation, Organisation
from governance.permissions import P

_BY_SLUG = {"slug": "slug"}
_UNDER_WAY = "A plan under way stays with the board it began with; its next review goes to the board named now."


@access(P.SEE_PEOPLE, Organisation, by=_BY_SLUG, seen="showing_people_to")
def boards(request, organisation):
    """Every board with its rules, and who decides what."""
    request.menu = "people"
    return show(
        request,
        "governance/boards/list.html",
        organisation=organisation,
        benches=register.of(organisation).benches,
        scheme=operations.scheme_of(organisation),
        keeps=may(request.user, P.KEEP_BOARDS, organisation),
        why_not=why_not(P.KEEP_BOARDS),
    )


@access(P.KEEP_BOARDS, Organisation, by=_BY_SLUG, seen="showing_people_to")
def add(request, organisation):
    """Add a committee or a working party."""
    request.menu = "people"
    form = BoardForm(typed(request), organisation=organisation, board=None, clerks=_clerked(request))
    if request.method == "POST" and form.is_valid():
        board = operations.add_board(organisation, by=request.user, **form.cleaned_data)
        return onward(request, f"The {board} is added. Now seat its members.", to=_list(organisation))
    return show(request, "governance/boards/edit.html", form=form, organisation=organisation)


@access(P.KEEP_BOARDS, Organisation, by=_BY_SLUG, seen="showing_people_to")
def change(request, organisation, pk):
    """Change a board's name, rules and whom it serves."""
    request.menu = "people"
    board = get_object_or_404(Board.objects.visible_to(request.user).filter(organisations=organisation), pk=pk)
    form = BoardForm(typed(request), organisation=organisation, board=board, clerks=_clerked(request))
    if request.method == "POST" and form.is_valid():
        operations.change_board(board, by=request.user, **form.cleaned_data)
        return onward(request, f"The {board} is changed.", to=_list(organisation))
    return show(request, "governance/boards/edit.html", form=form, organisation=organisation, board=board)


@access(P.KEEP_BOARDS, Organisation, by=_BY_SLUG, seen="showing_people_to")
def deciding(request, organisation):
    """Say which board agrees the objectives, approves the plan and receives its reviews, and what other boards do."""
    request.menu = "people"
    pairs = [_forms_for(request, organisation, one) for one in Delegation.Decides]
    every = [form for decides, parts in pairs for form in (decides, *parts)]
    if request.method == "POST" and all([form.is_valid() for form in every]):
        for decides, parts in pairs:
            _save(organisation, decides, parts, request.user)
        return onward(request, f"Saved. {_UNDER_WAY}", to=_list(organisation))
    wrong = next((form for form in every if form.is_bound and not form.is_valid()), every[0])
    return show(request, "governance/boards/deciding.html", form=wrong, pairs=pairs, organisation=organisation)


def _forms_for(request, organisation, decision):
    words = typed(request)
    return DecidingForm(words, organisation=organisation, decision=decision), part_forms(words, organisation, decision)


def _save(organisation, decides, parts, user) -> None:
    """Who decides first; a board that decides from now on has no second part."""
    board = decides.cleaned_data["board"]
    if decides.differs:
        operations.set_delegation(organisation, decision=decides.decision, board=board, by=user)
    for form in parts:
        if form.differs and form.board != board:
            does = form.cleaned_data["does"]
            operations.set_part(organisation, decision=form.decision, board=form.board, does=does, by=user)


def _clerked(request) -> list[Organisation]:
    return list(Organisation.objects.visible_to(request.user).filter(pk__in=request.user.standing.clerk_ids))


def _list(organisation) -> str:
    return reverse("boards", args=[organisation.slug])
