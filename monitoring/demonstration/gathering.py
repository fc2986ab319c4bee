"""The evidence of the demonstration: gathered part by part, with a file here and there; key areas named from it; and
what leaders asked the board for when the summer's results were there."""

from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile

from foundation import clock, uploads
from governance import papers as on_the_agenda
from governance.models import AgendaItem, Meeting
from monitoring.demonstration import papers
from monitoring.demonstration.events import AFTERNOON, LATE, MORNING, NOON, Event, plan_of
from monitoring.demonstration.people import Hall
from sip import agreeing, gathering
from sip.models import ChangeRequest, EvidencePack, KeyArea, Objective


def events(hall: Hall) -> Iterator[Event]:
    """Each organisation's evidence, and the requests of its leaders."""
    for facts in hall.facts.get("evidence", []):
        year = facts["year"]
        words = {"year": year, "by": hall.leader}
        yield Event(clock.local(facts["begun"], MORNING), partial(gathering.begin_pack, hall.organisation, **words))
        for row in facts.get("parts", []):
            yield Event(clock.local(row["on"], NOON), partial(_write, hall, year, row))
        for row in facts.get("areas", []):
            yield Event(clock.local(row["on"], AFTERNOON), partial(_name, hall, year, row))
    for row in hall.facts.get("requests", []):
        yield from _request(hall, row)


def pack_of(hall: Hall, year: int) -> EvidencePack:
    """The evidence of a year, as it stands at the moment of asking."""
    return hall.organisation.evidence_packs.get(year=year)


def put(hall: Hall, meeting: Meeting, facts: dict) -> AgendaItem:
    """The evidence goes onto the agenda, with a note where the clerk wrote one."""
    item = gathering.put_evidence(pack_of(hall, facts["plan"]), meeting=meeting, by=hall.clerk).item
    AgendaItem.objects.filter(pk=item.pk).update(note=facts.get("note", ""))
    return item


def bring_papers(hall: Hall, item: AgendaItem, facts: dict) -> None:
    """The PDFs that lie before the board at an item of other business."""
    for row in facts.get("papers", []):
        uploads.bring(on_the_agenda.add_paper, item, file=_brought(row), by=hall.clerk)


def area_called(hall: Hall, year: int, title: str | None) -> KeyArea | None:
    """The key area of a year by its title."""
    return KeyArea.objects.get(pack=pack_of(hall, year), title=title) if title else None


def _write(hall: Hall, year: int, row: dict) -> None:
    by = hall.user_or_clerk(row.get("by")) if row.get("by") else hall.leader
    part = pack_of(hall, year).parts.get(kind=row["kind"])
    if row.get("file"):
        uploads.bring(gathering.add_file, part, file=_brought(row["file"]), by=by)
    words = {"note": row.get("note", "").strip(), "why_not_needed": row.get("why", "")}
    gathering.write_part(part, revision=part.revision, state=row.get("state", "complete"), by=by, **words)


def _brought(row: dict) -> uploads.Brought:
    """A PDF with a name, made of the lines that stand in the facts."""
    return uploads.check(ContentFile(papers.page(row["title"], row["lines"]), name=row["name"]))


def _name(hall: Hall, year: int, row: dict) -> None:
    by = hall.user_or_clerk(row["by"])
    gathering.add_key_area(pack_of(hall, year), title=row["title"], why=row["why"], by=by)


def _request(hall: Hall, row: dict) -> Iterator[Event]:
    held: dict[str, ChangeRequest] = {}

    def ask() -> None:
        plan = plan_of(hall, row["plan"])
        if row["kind"] == ChangeRequest.Kind.ANOTHER:
            names = ("title", "where_now", "where_to", "by_when")
            words = {name: row[name] for name in names} | {"priority": None}
            held["request"] = agreeing.ask_for_objective(plan, text=row["text"], by=hall.user(row["by"]), **words)
        else:
            objective = Objective.objects.get(plan=plan, title=row["objective"])
            words = {name: row.get(name, "") for name in ("figure_now", "figure_aim", "where_now")}
            asked = partial(agreeing.ask_for_change, objective, kind=row["kind"], text=row["text"], **words)
            held["request"] = asked(by=hall.user(row["by"]))

    def answer() -> None:
        by = hall.user(row["answered_by"])
        agreeing.answer_request(held["request"], agreed=row["agreed"], reply=row["reply"], by=by)

    yield Event(clock.local(row["asked_on"], AFTERNOON), ask)
    yield Event(clock.local(row["answered_on"], LATE), answer)
