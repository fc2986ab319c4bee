"""Terms and everything dated that home speaks of, from thirteen tables in one query."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Substr, TruncDate

from foundation import clock
from governance import years
from governance.models import (
    AgendaItem,
    Condition,
    Decision,
    FollowUp,
    Invitation,
    Organisation,
    Role,
    Seat,
    Strategy,
    Term,
)
from monitoring import amendment_things, visiting_things
from monitoring.facts import TermDays, Thing
from monitoring.models import HandedOn, Rating
from sip.models import Action, Answer, ChangeRequest, EvidenceItem, EvidencePack, EvidencePart, Plan, Question

NEW_FOR_DAYS = 60  # a governor whose seat is younger is shown the first page
# A plan as the board has it: one being changed is the leaders' draft again.
_TO_DO = (Plan.State.WITH_THE_BOARD, Plan.State.APPROVED)
_ANSWERED_FOR_DAYS = 14  # whoever asked for a change is told of the answer while the plan is drafted, and not for ever
_COLUMNS = {
    "kind": CharField(),
    "place": BigIntegerField(),
    "key": BigIntegerField(),
    "words": TextField(),
    "who": TextField(),
    "who_key": BigIntegerField(),
    "other": TextField(),
    "other_key": BigIntegerField(),
    "about": BigIntegerField(),
    "first": DateField(),
    "last": DateField(),
    "pause": DateField(),
    "resume": DateField(),
    "stage": TextField(),
}
_EMPTY = {name: Value(None, output_field=field) for name, field in _COLUMNS.items()}


def terms_and_things(user, organisations: list[Organisation], plans: dict[int, list]):
    """By organisation's key: its terms (its trust's where it has none), and what is dated in it."""
    rows = _rows(user, organisations, plans)
    terms, things = defaultdict(list), defaultdict(list)
    by_plan = defaultdict(set)
    for key, of_plan in plans.items():
        for plan in of_plan:
            by_plan[plan.pk].add(key)
    for row in rows:
        if row["kind"] == "term":
            terms[row["place"]].append(_term(row))
            continue
        for key in by_plan[row["about"]] if row["about"] else [row["place"]]:
            thing = _thing(row)
            if thing not in things[key]:  # a board that serves several organisations has a row for each
                things[key].append(thing)
    return {one.pk: _terms_of(one, terms) for one in organisations}, things


def _terms_of(organisation: Organisation, terms: dict[int, list[TermDays]]) -> list[TermDays]:
    """Its own of a year; its trust's for a year of which it has none."""
    own = terms[organisation.pk]
    have = {term.year for term in own}
    of_trust = terms[organisation.trust_id] if organisation.trust_id else []
    lent = [replace(term, lent=True) for term in of_trust if term.year not in have]
    return sorted(own + lent, key=lambda term: term.starts)


def _rows(user, organisations: list[Organisation], plans: dict[int, list]) -> list[dict]:
    here = [one.pk for one in organisations]
    clerked = [pk for pk in here if pk in user.standing.clerk_ids]
    lenders = here + [one.trust_id for one in organisations if one.trust_id]
    to_do = {plan.pk for of_plan in plans.values() for plan in of_plan if plan.state in _TO_DO}
    others = [_questions(user), _requests(user), _conditions(user), _follow_ups(user), _strategies(user, here)]
    others += [_evidence(user, here)] if user.standing.leading_ids | user.standing.board_side_ids else []
    others += [_actions(user, to_do), _handed(user, to_do)] if to_do else []
    others += [_seats(user, here)] if user.standing.seats else []
    every = {plan.pk for of_plan in plans.values() for plan in of_plan}
    others += [*visiting_things.rows(user, _as, every), *amendment_things.rows(user, _as, every)]
    others += [_roles(user, here)] if user.standing.roles else []
    others += [_without_address(clerked), _invited(clerked), _nobody(clerked)] if clerked else []
    found = _terms(lenders).union(*others, all=True)
    return [{name: row[f"x_{name}"] for name in _COLUMNS} for row in found]


def _as(kind: str, rows: QuerySet, *, sets_types: bool = False, **columns) -> QuerySet:
    """The rows in the shape that all of them share. A column that is not named is empty."""
    given = {name: F(what) if isinstance(what, str) else what for name, what in columns.items()}
    shaped = _EMPTY | given | {"kind": Value(kind, output_field=CharField())}
    if sets_types:  # one part of a union does it for all
        shaped = {name: Cast(value, _COLUMNS[name]) for name, value in shaped.items()}
    # Names of our own (x_), so that none hides a field of the model.
    return rows.order_by().values(**{f"x_{name}": value for name, value in shaped.items()})


def _terms(organisations: list[int]) -> QuerySet:
    year = years.year_of(clock.today())
    rows = Term.objects.filter(organisation__in=organisations, year__in=(year - 1, year, year + 1))
    return _as(
        "term",
        rows,
        sets_types=True,
        place="organisation_id",
        words="name",
        who_key="year",
        first="starts",
        last="ends",
        pause="half_term_starts",
        resume="half_term_ends",
    )


def _actions(user, plans: set[int]) -> QuerySet:
    """Those of the plans that this person owns and that are neither done nor stopped."""
    rows = Action.objects.filter(owner=user.person_id, objective__plan__in=plans, due_on__isnull=False)
    return _as(
        "action",
        rows.exclude(status__in=(Action.Status.DONE, Action.Status.STOPPED)),
        key="pk",
        words="what",
        who="status",
        other="objective__title",
        other_key="objective_id",
        about="objective__plan_id",
        last="due_on",
        stage="objective__plan__state",
    )


def _handed(user, plans: set[int]) -> QuerySet:
    """The milestones that this person was asked to rate, as long as nobody has and leaders are rating."""
    rated = Rating.objects.filter(review=OuterRef("review"), milestone=OuterRef("milestone"))
    rows = HandedOn.objects.to_rate(user).filter(~Exists(rated), review__plan__in=plans)
    return _as(
        "handed",
        rows.select_related(None),
        key="pk",
        words="milestone__text",
        who="by__name",
        other="milestone__criterion__objective__title",
        other_key="review__half",
        about="review__plan_id",
        stage="review__term",
    )


def _questions(user) -> QuerySet:
    """Those that wait for an answer or for a look at it."""
    answers = Answer.objects.filter(question=OuterRef("pk")).order_by("-pk")
    answered = Q(state=Question.State.ANSWERED)
    rows = Question.objects.visible_to(user).filter(needs_answer=True).exclude(state=Question.State.CLOSED)
    return _as(
        "question",
        rows,
        key="pk",
        words=Substr("text", 1, 200),
        who="asked_by__name",
        who_key="asked_by_id",
        other=Case(
            When(answered, Subquery(answers.values("by__name")[:1])), default=F("to__name"), output_field=TextField()
        ),
        other_key=Case(
            When(answered, Subquery(answers.values("by_id")[:1])), default=F("to_id"), output_field=BigIntegerField()
        ),
        about="plan_id",
        first=Subquery(answers.annotate(day=TruncDate("at")).values("day")[:1]),
        last="due_on",
        stage="state",
    )


def _requests(user) -> QuerySet:
    """Those that wait for an answer; and one's own that had one lately, while leaders are still drafting."""
    since = clock.now() - timedelta(days=_ANSWERED_FOR_DAYS)
    mine = Q(asked_by=user.person_id, replied_at__gt=since, plan__state__in=Plan.EDITABLE)
    open_ = Q(state=ChangeRequest.State.OPEN)
    return _as(
        "request",
        ChangeRequest.objects.visible_to(user).filter(open_ | mine),
        key="pk",
        words=Case(When(title="", then=F("objective__title")), default=F("title"), output_field=TextField()),
        who="asked_by__name",
        who_key="asked_by_id",
        other="replied_by__name",
        other_key="replied_by_id",
        about="plan_id",
        first=TruncDate(Coalesce("replied_at", "asked_at")),
        stage="state",
    )


def _conditions(user) -> QuerySet:
    """What an approval hangs on and is not yet met: to its owner, and to whoever sees the item."""
    items = AgendaItem.objects.visible_to(user).values("pk")
    seen = Q(owner=user.person_id) | Q(decision__item__in=items)
    return _as(
        "condition",
        Condition.objects.filter(seen, met_on=None),
        place="decision__item__meeting__board__organisations",
        key="decision__item_id",
        words="text",
        who="owner__name",
        who_key="owner_id",
        other_key="pk",
        about="decision__item__plan_item__plan_id",
        last="due_on",
    )


def _follow_ups(user) -> QuerySet:
    """What meetings gave this person to do and is not done."""
    rows = FollowUp.objects.visible_to(user).filter(owner=user.person_id, done_on=None)
    return _as(
        "follow-up",
        rows,
        place="item__meeting__board__organisations",
        key="pk",
        words="text",
        other="item__meeting__board__name",
        first="item__meeting__day",
        last="due_on",
    )


def _seats(user, here: list[int]) -> QuerySet:
    """This person's own seats that are still new."""
    new = clock.today() - timedelta(days=NEW_FOR_DAYS)
    rows = Seat.objects.on(clock.today()).filter(person=user.person_id, first_day__gt=new)
    rows = rows.filter(board__organisations__in=here)
    return _as(
        "seat",
        rows,
        place="board__organisations",
        key="pk",
        words="link",
        other="board__name",
        other_key="board_id",
        first="first_day",
        stage="position",
    )


def _roles(user, here: list[int]) -> QuerySet:
    """This person's own roles that have a last day."""
    rows = Role.objects.on(clock.today()).filter(person=user.person_id, organisation__in=here, last_day__isnull=False)
    return _as("role", rows, place="organisation_id", key="pk", words="kind", first="first_day", last="last_day")


def _without_address(clerked: list[int]) -> QuerySet:
    """Members of boards to whom no paper can be sent. For the clerk."""
    rows = Seat.objects.on(clock.today()).filter(board__organisations__in=clerked, person__email=None)
    return _as("no address", rows, place="board__organisations", key="person_id", words="person__name")


def _invited(clerked: list[int]) -> QuerySet:
    """Who was invited and has not come in yet. For the clerk."""
    rows = Invitation.objects.filter(organisation__in=clerked, spent_at=None, withdrawn_at=None, person__user=None)
    last = TruncDate("expires_at")
    return _as("invited", rows, place="organisation_id", key="person_id", words="person__name", last=last)


def _strategies(user, here: list[int]) -> QuerySet:
    rows = Strategy.objects.visible_to(user).filter(organisation__in=here).exclude(state=Strategy.State.SUPERSEDED)
    return _as("strategy", rows, place="organisation_id", key="pk", words="title", stage="state")


def _evidence(user, here: list[int]) -> QuerySet:
    """This year's and the next: how many parts are still to gather, when it was discussed or is to be."""
    year, pack = years.year_of(clock.today()), OuterRef("pk")
    items = EvidenceItem.objects.filter(pack=pack).order_by("item__meeting__day")
    noted = items.filter(item__decision__outcome=Decision.Outcome.NOTED).values("item__decision__decided_on")
    coming = items.filter(item__decision=None, item__meeting__state="planned").values("item__meeting__day")
    wanted = EvidencePart.objects.filter(pack=pack, state=EvidencePart.State.WANTED).order_by().values("pack")
    rows = EvidencePack.objects.visible_to(user).filter(organisation__in=here, year__in=(year, year + 1))
    return _as(
        "evidence",
        rows,
        place="organisation_id",
        key="pk",
        who_key="year",
        other_key=Subquery(wanted.annotate(many=Count("pk")).values("many"), output_field=BigIntegerField()),
        first=Subquery(noted[:1]),
        last=Subquery(coming[:1]),
    )


def _nobody(clerked: list[int]) -> QuerySet:
    """Where nobody leads yet, or nobody sits on the board. For the clerk."""
    kinds, of = (Role.Kind.HEADTEACHER, Role.Kind.TRUST_LEADER), OuterRef("pk")
    leads = Exists(Role.objects.on(clock.today()).filter(organisation=of, kind__in=kinds))
    sits = Exists(Seat.objects.on(clock.today()).filter(board__organisations=of))
    rows = Organisation.objects.filter(Q(~leads) | Q(~sits), pk__in=clerked)
    both, board = Value("the leader and the board"), Value("the board")
    missing = Case(
        When(~leads & ~sits, then=both), When(~sits, then=board), default=Value("the leader"), output_field=TextField()
    )
    return _as("nobody", rows, place="pk", words=missing)


def _term(row: dict) -> TermDays:
    return TermDays(row["words"], row["who_key"], row["first"], row["pause"], row["resume"], row["last"])


def _thing(row: dict) -> Thing:
    return Thing(
        kind=row["kind"],
        pk=row["key"],
        words=row["words"] or "",
        who=row["who"] or "",
        who_id=row["who_key"],
        other=row["other"] or "",
        other_id=row["other_key"],
        about=row["about"],
        day=row["first"],
        due=row["last"],
        state=row["stage"] or "",
    )
