"""Boards, committees, their rules, and which of them decides what."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from foundation.access import access
from foundation.answers import onward, show, typed
from foundation.permissions import may, why_not
from governance import boards as operations
from governance import register
from governance.forms.boards import BoardForm, DecidingForm
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
        decides=[(one.label, organisation.deciding_board(one)) for one in Delegation.Decides],
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
    """Say which board agrees the objectives, which approves the plan and which receives its reviews."""
    request.menu = "people"
    forms = [DecidingForm(typed(request), organisation=organisation, decision=one) for one in Delegation.Decides]
    if request.method == "POST" and all([form.is_valid() for form in forms]):
        for form in filter(lambda form: form.differs, forms):
            board = form.cleaned_data["board"]
            operations.set_delegation(organisation, decision=form.decision, board=board, by=request.user)
        return onward(request, f"Saved. {_UNDER_WAY}", to=_list(organisation))
    wrong = next((form for form in forms if form.is_bound and not form.is_valid()), forms[0])
    return show(request, "governance/boards/deciding.html", form=wrong, forms=forms, organisation=organisation)


def _clerked(request) -> list[Organisation]:
    return list(Organisation.objects.visible_to(request.user).filter(pk__in=request.user.standing.clerk_ids))


def _list(organisation) -> str:
    return reverse("boards", args=[organisation.slug])
