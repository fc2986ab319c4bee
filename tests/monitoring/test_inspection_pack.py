"""The governance evidence pack for inspection: by date and by area, and only what an inspector may be shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.errors import NotAllowed
from governance.models import AgendaItem
from monitoring import inspection_pack, papers
from monitoring.models import Visit
from monitoring.paper_kinds import Asked
from sip import asking
from sip.inspection_areas import choices, place_objectives
from sip.models import Plan
from tests import make


@pytest.fixture
def plan(ashdown) -> Plan:
    return make.plan(ashdown, state="approved", objectives=2)


def pack(plan: Plan, kind: str = "evidence") -> dict:
    return inspection_pack.words(papers.content_of(Asked(kind, plan)))


def rows(said: dict, kind: str) -> list[str]:
    return [row["words"] for one in said["kinds"] if one["name"] == kind for row in one["rows"]]


def closed_question(plan: Plan, ashdown, text: str, **words) -> None:
    question = asking.ask(plan, text=text, needs_answer=True, by=ashdown.chair, **words)
    asking.answer(question, text="Told so.", by=ashdown.head)
    asking.close_question(question, by=ashdown.chair)


def visit(plan: Plan, ashdown, **words) -> Visit:
    words = {"focus": "Reading in Year 2", "visits_as": "link governor", "day": clock.today()} | words
    words |= {"planned_by": ashdown.chair.person, "planned_at": clock.now(), "state": "shared"}
    return Visit.objects.create(plan=plan, shared_at=clock.now(), **words)


def test_it_tells_what_lay_before_the_board_and_what_it_decided_with_the_minute(plan):
    with clock.standing_at(clock.local(date(2026, 12, 20))):
        said = pack(plan)
    assert any(f"{plan}, version 1" == row for row in rows(said, "knew"))
    decided = next(one for one in said["kinds"] if one["name"] == "decided")["rows"]
    assert any("approved" in row["words"] and row["ref"] for row in decided)


def test_only_closed_questions_stand_in_it_and_the_others_are_counted(plan, ashdown):
    closed_question(plan, ashdown, "Closed?")
    asking.ask(plan, text="Open?", needs_answer=True, by=ashdown.chair)
    said = pack(plan)
    assert rows(said, "asked") == ["Closed?"]
    assert "one question that the board has not closed yet" in said["left_out"]


def test_part_two_and_confidential_visits_are_left_out_and_counted(plan, ashdown):
    make.review(ashdown, state="received", plan_=plan)
    item = AgendaItem.objects.filter(decision__isnull=False).last()
    AgendaItem.objects.filter(pk=item.pk).update(is_confidential=True, title="Staffing")
    visit(plan, ashdown, focus="Secret", is_confidential=True)
    with clock.standing_at(clock.local(date(2026, 12, 20))):
        said = pack(plan)
    told = str(said["kinds"])
    assert "Secret" not in told and "Staffing" not in told
    assert "one item of part II of the boards’ agendas" in said["left_out"]
    assert "one confidential report of a visit" in said["left_out"]


def test_a_visit_stands_in_it_once_the_board_has_received_a_review_since(plan, ashdown):
    visit(plan, ashdown)
    assert rows(pack(plan), "saw") == []
    with clock.standing_at(clock.local(date(2026, 12, 20))):
        make.review(ashdown, state="received", plan_=plan)
        assert rows(pack(plan), "saw") == ["Reading in Year 2"]


def test_a_plan_that_is_not_approved_stays_out_with_what_was_asked_of_it(ashdown):
    plan = make.plan(ashdown, state="with the board")
    closed_question(plan, ashdown, "Too soon?")
    said = pack(plan)
    assert (rows(said, "knew"), rows(said, "asked")) == ([], [])
    assert "what is about a plan that the board has not approved yet, with what was asked of it" in said["left_out"]


def test_evidence_stands_by_the_area_of_its_objective(plan, ashdown):
    first = plan.objectives.first()
    place_objectives(plan, areas={first.pk: "rf_ct"}, by=ashdown.deputy)
    closed_question(plan, ashdown, "In lessons?", objective=first)
    closed_question(plan, ashdown, "Everywhere?")
    said = pack(plan)
    assert [(one["name"], [row["words"] for row in one["rows"]]) for one in said["areas"]] == [
        ("Curriculum and teaching", ["In lessons?"])
    ]
    assert said["without_area"]


def test_the_areas_are_those_of_the_frameworks_of_the_year(plan):
    assert [name for name, _ in choices(plan)] == ["The framework since November 2025"]
    assert len(choices(Plan(year=2025))) == 2


def test_a_pack_of_three_years_begins_two_years_before(plan):
    assert pack(plan, "evidence-3")["span"].startswith("1 September 2024 to ")
    assert pack(plan)["span"].startswith("1 September 2026 to ")


def test_nothing_of_another_school_stands_in_it(plan, kestrel):
    other = make.plan(kestrel, state="approved")
    closed_question(other, kestrel, "Of the other school?")
    assert "Kestrel" not in str(papers.content_of(Asked("evidence-3", plan)))


@pytest.mark.parametrize("who", ["deputy", "link", "teacher", "adviser"])
def test_others_do_not_make_it(plan, ashdown, client, who):
    with pytest.raises(NotAllowed):
        papers.ask_for("evidence", plan=plan, by=getattr(ashdown, who))
    client.force_login(getattr(ashdown, who))
    assert client.get(reverse("inspection_pack", args=[plan.pk])).status_code == 403


@pytest.mark.parametrize("who", ["head", "chair", "clerk"])
def test_head_chair_and_clerk_look_at_it_and_make_it(plan, ashdown, client, who):
    client.force_login(getattr(ashdown, who))
    page = client.get(reverse("inspection_pack", args=[plan.pk]) + "?period=three-years").content.decode()
    assert "Governance evidence pack" in page and "What is left out" in page
    assert client.post(reverse("year_paper_make", args=[plan.pk, "evidence-3"])).status_code == 302


def test_strangers_do_not_find_it(plan, kestrel, client):
    client.force_login(kestrel.head)
    assert client.get(reverse("inspection_pack", args=[plan.pk])).status_code == 404
    assert client.get(reverse("inspection_areas", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_the_database_as_often_for_much_as_for_little(plan, ashdown, many):
    for number in range(many):
        closed_question(plan, ashdown, f"Question {number}?")
        visit(plan, ashdown, focus=f"Visit {number}")
    plan = Plan.objects.select_related("organisation").get(pk=plan.pk)
    with CaptureQueriesContext(connection) as asked:
        inspection_pack.content(Asked("evidence", plan))
    assert len(asked) == 19


# --- which area an objective is about


def test_areas_are_said_on_one_page_and_wrong_ones_are_told(plan, ashdown, client):
    client.force_login(ashdown.clerk)
    first, second = plan.objectives.all()
    page = reverse("inspection_areas", args=[plan.pk])
    wrong = client.post(page, {f"area-{first.pk}": "nonsense"})
    assert wrong.status_code == 422
    assert client.post(page, {f"area-{first.pk}": "rf_inc", f"area-{second.pk}": ""}).status_code == 302
    assert [one.inspection_area for one in plan.objectives.all()] == ["rf_inc", ""]


def test_a_governor_reads_no_page_of_areas(plan, ashdown, client):
    client.force_login(ashdown.link)
    assert client.get(reverse("inspection_areas", args=[plan.pk])).status_code == 403
