"""The evidence for a year's objectives: gathered, looked at together, and what comes of it."""

from datetime import date, time

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation import uploads
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from governance import deciding, kinds, meetings, years
from governance.deciding import Resolved
from governance.models import AgendaItem
from sip import agreeing, evidence, gathering
from sip.models import EvidenceFile, EvidenceItem, EvidencePack, EvidencePart, KeyArea
from tests import files, make
from tests.sip.test_agreeing import WORDS

KINDS = [
    "pupils",
    "finance",
    "staff",
    "parents",
    "pupil voice",
    "earlier plans",
    "self-evaluation",
    "inspection",
]


@pytest.fixture
def pack(ashdown) -> EvidencePack:
    return gathering.begin_pack(ashdown.school, year=2026, by=ashdown.head)


def part_of(pack: EvidencePack, kind: str = "finance") -> EvidencePart:
    return pack.parts.get(kind=kind)


def complete(pack: EvidencePack, by) -> None:
    for part in pack.parts.all():
        gathering.write_part(part, revision=1, note=f"What {part.kind} says.", state="complete", by=by)


def with_file(part: EvidencePart, by, name: str = "results.pdf") -> EvidenceFile:
    brought = uploads.check(SimpleUploadedFile(name, files.EVERY[name]))
    return uploads.bring(gathering.add_file, part, file=brought, by=by)


# ---------------------------------------------------------------- part by part


def test_a_pack_has_a_place_for_each_kind_and_is_begun_once(ashdown, pack):
    assert list(pack.parts.values_list("kind", "state")) == [(kind, "wanted") for kind in KINDS]
    assert pack.begun_by == ashdown.head.person
    with pytest.raises(Conflict, match="evidence for 2026/27 has been begun already"):
        gathering.begin_pack(ashdown.school, year=2026, by=ashdown.clerk)


@pytest.mark.parametrize("part", ["chair", "governor", "teacher", "business", "associate", "adviser", "inspector"])
def test_leaders_and_the_clerk_gather_nobody_else(ashdown, pack, part):
    by = getattr(ashdown, part)
    with pytest.raises(NotAllowed, match="Only the headteacher or trust leader, a senior leader or the clerk"):
        gathering.write_part(part_of(pack), revision=1, note="x", state="wanted", by=by)
    with pytest.raises(NotAllowed):
        with_file(part_of(pack), by)
    assert not default_storage.listdir("uploads")[1]


def test_a_part_is_written_and_who_did_it_is_kept(ashdown, pack):
    made = gathering.write_part(part_of(pack), revision=1, note="£40,000 free.", state="complete", by=ashdown.deputy)
    assert (made.note, made.state, made.revision, made.changed_by) == (
        "£40,000 free.",
        "complete",
        2,
        ashdown.deputy.person,
    )
    assert AuditEvent.objects.filter(what="write_part", thing_id=made.pk).count() == 1


def test_complete_needs_something_and_not_needed_its_reason(ashdown, pack):
    with pytest.raises(Conflict, match="There is nothing here yet"):
        gathering.write_part(part_of(pack), revision=1, note="", state="complete", by=ashdown.head)
    with pytest.raises(Conflict, match="Say why"):
        gathering.write_part(part_of(pack), revision=1, note="", state="not needed", by=ashdown.head)
    why = {"state": "not needed", "why_not_needed": "Asked in autumn."}
    made = gathering.write_part(part_of(pack), revision=1, note="", by=ashdown.head, **why)
    assert (made.is_there, made.why_not_needed) == (True, "Asked in autumn.")


def test_what_the_product_knows_by_itself_needs_no_note(ashdown, pack):
    for kind in ("earlier plans", "inspection"):
        gathering.write_part(part_of(pack, kind), revision=1, note="", state="complete", by=ashdown.head)
    with_file(part_of(pack), ashdown.head)
    gathering.write_part(part_of(pack), revision=1, note="", state="complete", by=ashdown.head)
    assert pack.parts.filter(state="complete").count() == 3


def test_the_second_to_save_a_part_is_told(ashdown, pack):
    gathering.write_part(part_of(pack), revision=1, note="Mine.", state="wanted", by=ashdown.head)
    with pytest.raises(StaleEdit):
        gathering.write_part(part_of(pack), revision=1, note="Yours.", state="wanted", by=ashdown.deputy)
    assert part_of(pack).note == "Mine."


# ---------------------------------------------------------------- files


def test_a_file_is_kept_with_who_brought_it(ashdown, pack):
    file = with_file(part_of(pack), ashdown.deputy)
    assert (file.name, file.in_words, file.added_by) == ("results.pdf", "PDF, 69 bytes", ashdown.deputy.person)
    assert uploads.attached(file).content == files.PDF
    with pytest.raises(Conflict, match="is here already"):
        with_file(part_of(pack), ashdown.deputy)
    assert len(default_storage.listdir("uploads")[1]) == 1


def test_a_part_holds_so_many_files(ashdown, pack, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_FILES", 1)
    with_file(part_of(pack), ashdown.head)
    with pytest.raises(Conflict, match="1 files at most"):
        with_file(part_of(pack), ashdown.head, "chart.png")


def test_a_file_is_removed_until_the_board_has_met_on_it(ashdown, pack, django_capture_on_commit_callbacks):
    file, other = with_file(part_of(pack), ashdown.head), with_file(part_of(pack), ashdown.head, "chart.png")
    with django_capture_on_commit_callbacks(execute=True):
        gathering.remove_file(file, by=ashdown.clerk)
    assert [one.name for one in EvidenceFile.objects.all()] == ["chart.png"]
    assert len(default_storage.listdir("uploads")[1]) == 1
    discussed(pack, ashdown)
    with pytest.raises(Conflict, match="The board has met on this evidence"):
        gathering.remove_file(other, by=ashdown.head)


# ---------------------------------------------------------------- the meeting on it


def discussed(pack: EvidencePack, cast, outcome: str = "noted", **words):
    meeting = make.meeting(cast.board, present=cast.voters, by=cast.clerk, chair=cast.chair.person)
    item = gathering.put_evidence(pack, meeting=meeting, by=cast.clerk).item
    with make.at_the_meeting(meeting):
        return gathering.discuss_evidence(
            item, resolved=Resolved(outcome=outcome, how="agreed", **words), by=cast.clerk
        )


@pytest.mark.parametrize("part", ["chair", "clerk"])
def test_chair_and_clerk_put_it_on_an_agenda_once(ashdown, pack, part):
    by = getattr(ashdown, part)
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    row = gathering.put_evidence(pack, meeting=meeting, by=by)
    assert (row.item.kind, row.item.title, kinds.resolution_of(row.item)) == (
        "evidence",
        "Evidence for 2026/27",
        "That the board note that it has met with leaders on the evidence for the objectives of 2026/27.",
    )
    with pytest.raises(Conflict, match="on the agenda of Governing board, 2 December 2026 already"):
        gathering.put_evidence(pack, meeting=meeting, by=by)
    assert kinds.ready_for(meeting, ashdown.clerk) == {}


def test_leaders_do_not_put_it(ashdown, pack):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    with pytest.raises(NotAllowed, match="Only the clerk or the chair may put the evidence"):
        gathering.put_evidence(pack, meeting=meeting, by=ashdown.head)


def test_only_the_board_that_agrees_the_objectives_meets_on_it(mudlark, harbour):
    pack = gathering.begin_pack(mudlark.school, year=2026, by=mudlark.head)
    own = make.meeting(mudlark.board, by=mudlark.clerk)
    with pytest.raises(Conflict, match="Board of trustees agrees the objectives"):
        gathering.put_evidence(pack, meeting=own, by=mudlark.clerk)
    row = gathering.put_evidence(pack, meeting=make.meeting(harbour.board, by=harbour.clerk), by=harbour.clerk)
    assert row.item.title == "Mudlark Infants: evidence for 2026/27"


def test_what_waits_for_an_agenda_is_offered_to_the_clerk(ashdown, pack):
    meeting = make.meeting(ashdown.board, by=ashdown.clerk)
    ready = kinds.ready_for(meeting, ashdown.clerk)
    assert list(ready) == [f"evidence-{pack.pk}"]
    item = ready[f"evidence-{pack.pk}"].put(by=ashdown.clerk, title="", note="Bring the data.", resolution="")
    assert (item.title, item.note) == ("Evidence for 2026/27", "Bring the data.")


def test_discussed_is_noted(ashdown, pack):
    decision = discussed(pack, ashdown)
    assert (decision.outcome, pack.was_discussed) == ("noted", True)
    assert evidence.page_of(pack, ashdown.chair).says == (
        "None of the eight parts is there yet. The board and its leaders met on it on 2 December 2026."
    )


def test_deferred_it_stands_on_the_later_agenda(ashdown, pack):
    later = meetings.plan_meeting(ashdown.board, day=date(2026, 12, 9), time=time(18), place="", by=ashdown.clerk)
    discussed(pack, ashdown, "deferred", reason="The data are late.", deferred_to=later)
    item = AgendaItem.objects.get(meeting=later)
    assert (item.kind, item.evidence_item.pack) == ("evidence", pack)
    assert not pack.was_discussed


def test_another_item_is_not_discussed_as_evidence(ashdown, pack):
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk, chair=ashdown.chair.person)
    item = meetings.add_item(meeting, title="Dinner money", by=ashdown.clerk)
    with make.at_the_meeting(meeting), pytest.raises(Conflict, match="is an item of another kind"):
        gathering.discuss_evidence(item, resolved=Resolved(outcome="noted"), by=ashdown.clerk)
    assert not EvidenceItem.objects.exists()
    assert deciding.note_item  # a chair's action is noted by the floor of meetings itself


# ---------------------------------------------------------------- key areas


@pytest.mark.parametrize("part", ["head", "deputy", "chair", "governor", "clerk"])
def test_both_sides_name_key_areas_and_it_is_kept_who_did(ashdown, pack, part):
    by = getattr(ashdown, part)
    area = gathering.add_key_area(pack, title="Reading", why="A third fall behind.", by=by)
    assert (area.position, area.added_by) == (1, by.person)


@pytest.mark.parametrize("part", ["teacher", "business", "associate", "inspector"])
def test_others_name_none(ashdown, pack, part):
    with pytest.raises(NotAllowed):
        gathering.add_key_area(pack, title="Reading", why="x", by=getattr(ashdown, part))


def test_key_areas_are_worded_moved_and_dropped(ashdown, pack):
    first, second = (gathering.add_key_area(pack, title=title, why="x", by=ashdown.head) for title in ("A", "B"))
    gathering.move_key_area(second, up=True, by=ashdown.chair)
    gathering.move_key_area(second, up=True, by=ashdown.chair)  # already first: nothing happens
    gathering.change_key_area(first, revision=1, title="A again", why="y", by=ashdown.chair)
    with pytest.raises(StaleEdit):
        gathering.change_key_area(first, revision=1, title="Mine", why="y", by=ashdown.head)
    assert list(pack.key_areas.values_list("title", "position")) == [("B", 1), ("A again", 2)]
    gathering.drop_key_area(second, by=ashdown.head)
    assert list(pack.key_areas.values_list("title", "position")) == [("A again", 1)]


def test_an_objective_is_proposed_from_a_key_area_and_worded_by_the_board(ashdown, pack):
    plan = agreeing.begin_plan(ashdown.school, year=2026, by=ashdown.clerk)
    area = gathering.add_key_area(pack, title="Reading", why="x", by=ashdown.governor)
    made = agreeing.propose_objective(plan, by=ashdown.head, key_area=area, **WORDS)
    agreeing.word_objective(made, revision=1, by=ashdown.chair, **(WORDS | {"title": "In the board’s words"}))
    made.refresh_from_db()
    assert (made.key_area, made.proposed_by, made.title) == (area, ashdown.head.person, "In the board’s words")
    row = evidence.page_of(pack, ashdown.chair).areas[0]
    assert [(title, by) for title, _, by in row.objectives] == [("In the board’s words", "Ashdown Head")]
    with pytest.raises(Conflict, match="An objective comes from “Reading”"):
        gathering.drop_key_area(area, by=ashdown.head)


def test_so_many_key_areas_and_no_more(ashdown, pack, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_AREAS", 1)
    gathering.add_key_area(pack, title="A", why="x", by=ashdown.head)
    with pytest.raises(Conflict, match="choose"):
        gathering.add_key_area(pack, title="B", why="x", by=ashdown.head)


# ---------------------------------------------------------------- the record


def test_evidence_stays_as_it_was_once_the_plan_is_with_the_board(ashdown, pack):
    area = gathering.add_key_area(pack, title="A", why="x", by=ashdown.head)
    file = with_file(part_of(pack), ashdown.head)
    make.plan(ashdown, state="with the board")
    for act in (
        lambda: gathering.write_part(part_of(pack), revision=1, note="x", state="wanted", by=ashdown.head),
        lambda: with_file(part_of(pack), ashdown.head, "chart.png"),
        lambda: gathering.remove_file(file, by=ashdown.head),
        lambda: gathering.add_key_area(pack, title="B", why="x", by=ashdown.head),
        lambda: gathering.change_key_area(area, revision=1, title="B", why="x", by=ashdown.head),
        lambda: gathering.move_key_area(area, up=True, by=ashdown.head),
        lambda: gathering.drop_key_area(area, by=ashdown.head),
    ):
        with pytest.raises(Conflict, match="The plan for 2026/27 is with the board: its evidence stays as it was"):
            act()
    assert len(default_storage.listdir("uploads")[1]) == 1


def test_it_can_still_grow_while_leaders_draft(ashdown, pack):
    make.plan(ashdown, state="drafting")
    gathering.write_part(part_of(pack), revision=1, note="The August results.", state="complete", by=ashdown.head)


# ---------------------------------------------------------------- last year's plan


@pytest.fixture
def last_year(ashdown):
    """Last year's plan of two objectives, the first met and the second carried forward; not closed yet."""
    plan = make.plan(ashdown, state="approved", objectives=2)
    first, second = plan.objectives.all()
    type(first).objects.filter(pk=first.pk).update(outcome="met", lesson="Begin earlier.")
    following = agreeing.begin_plan(ashdown.school, year=2027, by=ashdown.clerk)
    carried = agreeing.propose_objective(following, by=ashdown.head, **WORDS)
    type(carried).objects.filter(pk=carried.pk).update(carried_from=second)
    return plan


def test_last_years_plan_stands_there_by_itself(ashdown, last_year):
    pack = gathering.begin_pack(ashdown.school, year=2027, by=ashdown.head)
    found = evidence.earlier_plan(pack, ashdown.chair)
    assert found.title == "School improvement plan 2026/27"
    assert found.says == "In force. What came of it is said of one of two objectives so far."
    assert [(row.number, row.outcome, row.lesson, row.carried_to) for row in found.rows] == [
        (1, "Met", "Begin earlier.", ""),
        (2, "", "", "2027/28"),
    ]


def test_a_plan_that_was_never_in_force_is_no_evidence(ashdown):
    make.plan(ashdown, state="drafting")
    pack = gathering.begin_pack(ashdown.school, year=2027, by=ashdown.head)
    assert evidence.earlier_plan(pack, ashdown.head) is None
    assert years.written(pack.year) == "2027/28"


# ---------------------------------------------------------------- who sees it


@pytest.mark.parametrize(
    ("part", "sees"),
    [
        ("head", 1),
        ("deputy", 1),
        ("clerk", 1),
        ("chair", 1),
        ("governor", 1),
        ("associate", 1),
        ("teacher", 0),
        ("committee_member", 0),
        ("adviser", 0),
        ("inspector", 0),
        ("left", 0),
    ],
)
def test_who_finds_it(ashdown, pack, part, sees):
    user = getattr(ashdown, part)
    file, area = (
        with_file(part_of(pack), ashdown.head),
        gathering.add_key_area(pack, title="A", why="", by=ashdown.head),
    )
    found = (EvidencePack.objects, EvidencePart.objects, EvidenceFile.objects, KeyArea.objects)
    assert [rows.visible_to(user).count() for rows in found] == [sees, 8 * sees, sees, sees]
    assert (file.part.pack, area.pack) == (pack, pack)


def test_the_trusts_board_sees_it_where_it_agrees_the_objectives(mudlark, quayside, harbour):
    here = gathering.begin_pack(mudlark.school, year=2026, by=mudlark.head)
    gathering.begin_pack(quayside.school, year=2026, by=quayside.head)
    for user in (harbour.chair, harbour.clerk):
        assert list(EvidencePack.objects.visible_to(user)) == [here]
    gathering.add_key_area(here, title="Speech", why="x", by=harbour.chair)
    with pytest.raises(NotAllowed):
        gathering.write_part(here.parts.first(), revision=1, note="x", state="wanted", by=harbour.chair)
