"""What stands in a review: as blocks of plain values, live or frozen. One way of reading, for page and paper alike."""

from collections import defaultdict
from datetime import date

from django.db.models import Max

from foundation import clock, frozen
from governance.models import Decision, Organisation, User
from monitoring import meaning, records_around
from monitoring.marks import direction, worst
from monitoring.models import Rating, Review, ReviewRecord, Summary, View
from monitoring.models.reviews import TERMS
from sip import targets
from sip.figures import ANYBODY, Reader
from sip.models import Action, Milestone, Objective, Target

Blocks = dict[str, object]


def content_of(review: Review) -> Blocks:
    """The review as it stands, as blocks by name in the order of the paper. As many queries for much as for little.

    "review", for each objective "objective:<id>", then "questions", "decisions", "visits", "notes", "stopped" and
    "costs" (records of before have only the first two of these). Days are ISO words, figures are digits, people are
    their names. Figures about few pupils are hidden: it is what anybody may read.
    """
    before = _before(review)
    return _said_of(review, before) | {
        "questions": records_around.questions(review, before),
        "decisions": records_around.decisions(review, before),
        "visits": records_around.visits(review, before),
        "notes": records_around.notes(review, before),
        "stopped": records_around.stopped(review, before),
        "costs": records_around.money(review.plan),
    }


def said_of(review: Review, reader: Reader = ANYBODY) -> Blocks:
    """The same without the questions and decisions around it; figures as such a reader may read them."""
    return _said_of(review, _before(review), reader)


def _said_of(review: Review, before: Review | None, reader: Reader = ANYBODY) -> Blocks:
    blocks: Blocks = {"review": _review_body(review, before)}
    milestones, measures, actions = _milestones(review, before), _measures(review, reader), _actions(review)
    summaries = {row.objective_id: row for row in review.summaries.select_related("said_by")}
    views = {row.objective_id: row for row in review.views.select_related("given_by")}
    people = ("lead", "priority", "monitor_seat__person", "monitor_board")
    objectives = list(review.plan.objectives.select_related(*people))
    earlier = _marks_before(before, objectives)
    for number, objective in enumerate(objectives, start=1):
        key = objective.pk
        body = _objective_body(objective, number, milestones[key], summaries.get(key), earlier.get(key, ""))
        body |= {"measures": measures[key], "actions": actions[key], "view": _view_body(views.get(key))}
        blocks[f"objective:{key}"] = body
    return blocks


def blocks_of(record: ReviewRecord) -> Blocks:
    """The frozen blocks, by name, as `content_of` gave them."""
    return {block["name"]: block["body"] for block in record.record["blocks"]}


def freeze(review: Review, stage: str, *, by: User, blocks: Blocks | None = None) -> ReviewRecord:
    """Freeze the review under its next number, as it stands unless other blocks are given. Called within an operation
    that holds the review."""
    last = review.records.aggregate(last=Max("number"))["last"] or 0
    sealed = frozen.seal(blocks or content_of(review))
    return ReviewRecord.objects.create(
        review=review,
        number=last + 1,
        stage=stage,
        frozen_at=clock.now(),
        frozen_by=by.person,
        content=frozen.canonical(sealed),
        hash=frozen.hash_of(sealed),
    )


def corrected(record: ReviewRecord, decision: Decision) -> Blocks:
    """The blocks of a review that was received, with that decision's record as it was put right since."""
    blocks = blocks_of(record)
    body = records_around.decision(decision)
    return blocks | {
        "review": blocks["review"] | {"received": _received(record.review), "corrected_on": clock.today().isoformat()},
        "decisions": [body if row["id"] == body["id"] else row for row in blocks["decisions"]],
    }


def verify() -> list[ReviewRecord]:
    """Take every record's hash anew. Returns those whose content no longer gives the hash that was taken at first."""
    records = ReviewRecord.objects.select_related("review__plan__organisation").order_by("pk")
    return [record for record in records.iterator(chunk_size=50) if not record.is_unharmed]


# ---------------------------------------------------------------- the review before


def _before(review: Review) -> Review | None:
    """The review that came before it: of an earlier point of the same plan's year."""
    sent = Review.objects.filter(plan=review.plan_id).exclude(state=Review.State.OPEN)
    earlier = (one for one in sent if one.place < review.place)
    return max(earlier, key=lambda one: one.place, default=None)


def _marks_before(before: Review | None, objectives: list[Objective]) -> dict[int, str]:
    """Each objective's mark in the review before; of a carried objective, in the last review of the plan it is from."""
    if before is not None:
        return marks_of(before)
    carried = {one.pk: one.carried_from_id for one in objectives if one.carried_from_id}
    if not carried:
        return {}
    plans = Objective.objects.filter(pk__in=carried.values()).values("plan")
    sent = Review.objects.filter(plan__in=plans).exclude(state=Review.State.OPEN)
    last = max(sent, key=lambda one: one.place, default=None)
    marks = marks_of(last) if last else {}
    return {key: marks.get(former, "") for key, former in carried.items()}


def marks_of(review: Review) -> dict[int, str]:
    """Each objective's mark in a review, as leaders said it there."""
    marks = defaultdict(list)
    for objective, mark in review.ratings.values_list("milestone__criterion__objective", "mark"):
        marks[objective].append(mark)
    own = dict(review.summaries.exclude(mark="").values_list("objective", "mark"))
    return {key: worst(found) for key, found in marks.items()} | own


# ---------------------------------------------------------------- bodies


def _review_body(review: Review, before: Review | None) -> dict:
    plan = review.plan
    return {
        "id": review.pk,
        "title": str(review),
        "term": review.term,
        "half": review.half,
        "year": plan.year_in_words,
        "plan": plan.title,
        "organisation": plan.organisation.name,
        "narrative": review.narrative,
        "opened_on": review.opened_on.isoformat(),
        "sent_on": _day_of(review.sent_at),
        "sent_by": _name(review.sent_by),
        "before": before.point.word if before else "",
        "before_on": _day_of(before.sent_at) if before else None,
        "received": _received(review),
        "meanings": _meanings(plan.organisation),
    }


def _meanings(organisation: Organisation) -> list[dict]:
    """What each mark means there, worst first."""
    names = ("mark", "word", "meaning")
    return [dict(zip(names, map(str, choice), strict=True)) for choice in meaning.choices(organisation)]


def _received(review: Review) -> dict | None:
    """Which board received it, when, and in which minute; None until one has."""
    decision = review.decision
    if decision is None:
        return None
    meeting = decision.item.meeting
    words = {"board": meeting.board.name, "on": decision.decided_on.isoformat(), "minute": decision.minute_reference}
    return words | {"how": decision.get_how_display(), "present": decision.present, "filled": decision.filled_seats}


def _objective_body(
    objective: Objective, number: int, milestones: list[dict], summary: Summary | None, before: str
) -> dict:
    proposed = worst([row["mark"] for row in milestones])
    mark = summary.mark if summary and summary.mark else proposed
    return {
        "id": objective.pk,
        "number": number,
        "title": objective.title,
        "where_to": objective.where_to,
        "by_when": _iso(objective.by_when),
        "figure_what": objective.figure_what,
        "figure_now": objective.figure_now,
        "figure_aim": objective.figure_aim,
        "priority": objective.priority.title if objective.priority else "",
        "lead": _name(objective.lead),
        "lead_id": objective.lead_id,
        "monitor": _monitor(objective),
        "mark": mark,
        "proposed": proposed,
        "own_why": summary.why if summary and summary.mark else "",
        "words": summary.words if summary else "",
        "before": before,
        "direction": direction(before, mark),
        "outcome": objective.outcome,
        "lesson": objective.lesson,
        "stopped_on": _iso(objective.stopped_on),
        "stopped_why": objective.stopped_why,
        "milestones": milestones,
    }


def _monitor(objective: Objective) -> str:
    seat = objective.monitor_seat
    return f"{seat.person.name}, {seat.in_words}" if seat else str(objective.monitor_board or "")


def _view_body(view: View | None) -> dict | None:
    if view is None:
        return None
    return {
        "stance": view.stance,
        "mark": view.mark,
        "why": view.why,
        "by": view.given_by.name,
        "as": view.given_as,
        "on": _day_of(view.given_at),
    }


def _milestones(review: Review, before: Review | None) -> dict[int, list[dict]]:
    """What is due, by objective: the milestones in the order of criteria and terms, each with its rating or none."""
    ratings = {row.milestone_id: row for row in review.ratings.select_related("rated_by", "said_for")}
    earlier = dict(before.ratings.values_list("milestone", "mark")) if before else {}
    kept = Milestone.objects.kept()
    due = kept.filter(criterion__objective__plan=review.plan_id, term__in=review.terms_due)
    rows = sorted(
        due.select_related("criterion"),
        key=lambda one: (one.criterion.position, one.criterion_id, TERMS.index(one.term)),
    )
    found = defaultdict(list)
    for row in rows:
        found[row.criterion.objective_id].append(
            _milestone_body(row, ratings.get(row.pk), earlier.get(row.pk, ""), len(found[row.criterion.objective_id]))
        )
    return found


def _milestone_body(milestone: Milestone, rating: Rating | None, before: str, place: int) -> dict:
    body = {
        "id": milestone.pk,
        "place": place + 1,
        "criterion": milestone.criterion.text,
        "criterion_id": milestone.criterion_id,
        "term": milestone.term,
        "text": milestone.text,
        "before": before,
        "mark": "",
    }
    if rating is None:
        return body
    return body | {
        "mark": rating.mark,
        "why": rating.why,
        "next_step": rating.next_step,
        "next_by": _iso(rating.next_by),
        "evidence": rating.evidence,
        "evidence_named": rating.evidence_named,
        "is_unchanged": rating.is_unchanged,
        "by": rating.rated_by.name,
        "said_for": _name(rating.said_for),
        "on": _day_of(rating.rated_at),
        "direction": direction(before, rating.mark),
    }


def _measures(review: Review, reader: Reader) -> dict[int, list[dict]]:
    """What is measured, by objective: each target with the year's readings up to the review's term, as such a reader
    may read them."""
    rows = Target.objects.filter(criterion__objective__plan=review.plan_id).select_related("measure", "criterion")
    rows = list(rows.order_by("criterion__position", "pk"))
    said = targets.bodies(review.here, rows, reader, year=review.year, terms=review.terms_due)
    found = defaultdict(list)
    for target in rows:
        body = {"id": target.pk, "measure_id": target.measure_id, "criterion": target.criterion.text}
        body |= {"criterion_id": target.criterion_id}
        found[target.criterion.objective_id].append(body | said[target.pk])
    return found


def _actions(review: Review) -> dict[int, dict]:
    """How far the actions are, by objective: counts beside the rating, what is done, and what is late."""
    today, found = (
        clock.today(),
        defaultdict(lambda: {"total": 0, "under_way": 0, "stopped": 0, "done": [], "late": []}),
    )
    rows = Action.objects.filter(objective__plan=review.plan_id)
    unnamed = set(rows.confidential().values_list("pk", flat=True))
    for row in rows.select_related("owner"):
        counts, body = found[row.objective_id], _action_body(row, row.pk in unnamed)
        counts["total"] += 1
        if row.status == Action.Status.DONE:
            counts["done"].append(body | {"on": _day_of(row.status_said_at)})
            continue
        if row.status == Action.Status.STOPPED:
            counts["stopped"] += 1
            continue
        counts["under_way"] += row.status == Action.Status.UNDER_WAY
        if row.due_on and row.due_on < today:
            note = "" if row.pk in unnamed else row.status_note
            counts["late"].append(body | {"due_on": row.due_on.isoformat(), "note": note})
    return found


def _action_body(action: Action, is_confidential: bool) -> dict:
    """A review is read by more people than the board and leaders: what is theirs alone is counted and not named."""
    if is_confidential:
        return {"id": action.pk, "what": "An action that is for the board and leaders alone", "owner": ""}
    return {"id": action.pk, "what": action.what, "owner": _name(action.owner)}


def _name(person) -> str:
    return person.name if person else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_of(moment) -> str | None:
    return clock.in_london(moment).date().isoformat() if moment else None
