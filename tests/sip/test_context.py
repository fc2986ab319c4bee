"""The context of a plan: written by leaders, frozen with it, and read by each as far as it is theirs."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed, StaleEdit
from governance import inspecting
from sip import approval, context, context_draft, context_figures, editions, library, versions
from sip.context_figures import Cell, Figures
from sip.models import Measure, NationalFigure, Reading, Target
from tests.sip.drafts import draft

YEAR = 2026
WORDS = {"pupils": "Families come and go with the harvest.", "changing": "The roll falls."}
BUDGET = [
    {"source": "Training", "amount": Decimal("4200.50")},
    {"source": "Pupil premium", "amount": Decimal("15930.00")},
]


def measure(cast, code, *, name="", unit="percent", **words) -> Measure:
    return Measure.objects.create(organisation=cast.school, code=code, name=name or code, unit=unit, **words)


def reading(of: Measure, value, *, year=YEAR, term="year", by=None, **words) -> Reading:
    by = by or of.organisation.boards.first().seats.first().person
    given = {"value": value, "read_by": by, "read_at": "2026-09-01T09:00Z"} | words
    return Reading.objects.create(measure=of, year=year, term=term, **given)


def write(plan, by, *, section="pupils", texts=None, revision=None, budget=None):
    given = {"section": section, "texts": WORDS if texts is None else texts, "budget": budget}
    return context.write_context(plan, revision=plan.revision if revision is None else revision, by=by, **given)


def sheets(plan, *, leaders=True) -> dict:
    held = Figures.of(plan)
    return {sheet.title: sheet for sheet in (held.for_leaders() if leaders else held.for_everyone())}


def cells(sheet) -> dict[str, list[str]]:
    return {line.head: [cell.words for cell in line.cells] for line in sheet.lines}


@pytest.fixture
def plan(ashdown):
    return draft(ashdown)


# --- written ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_section_is_written_and_emptied(ashdown, plan):
    write(plan, ashdown.head)
    assert dict(plan.context_texts.values_list("kind", "text")) == WORDS
    write(plan, ashdown.deputy, texts={"pupils": "Shorter."})
    assert dict(plan.context_texts.values_list("kind", "text")) == {"pupils": "Shorter."}


@pytest.mark.django_db
def test_another_section_is_left_alone(ashdown, plan):
    write(plan, ashdown.head)
    write(plan, ashdown.head, section="budget", texts={"staffing": "One post is temporary."}, budget=BUDGET)
    assert set(plan.context_texts.values_list("kind", flat=True)) == {"pupils", "changing", "staffing"}
    assert list(plan.budget_lines.values_list("source", "amount")) == [
        ("Training", Decimal("4200.50")),
        ("Pupil premium", Decimal("15930.00")),
    ]


@pytest.mark.django_db
def test_a_source_stands_once(ashdown, plan):
    twice = [*BUDGET, {"source": "training", "amount": Decimal(1)}]
    with pytest.raises(Conflict, match="stands here twice"):
        write(plan, ashdown.head, section="budget", texts={}, budget=twice)
    assert plan.budget_lines.count() == 0


@pytest.mark.django_db
def test_two_leaders_on_one_text_find_each_other(ashdown, plan):
    before = plan.revision
    write(plan, ashdown.head)
    with pytest.raises(StaleEdit):
        write(plan, ashdown.deputy, texts={"pupils": "Mine."}, revision=before)
    assert plan.context_texts.get(kind="pupils").text == WORDS["pupils"]
    write(plan, ashdown.deputy, section="performance", texts={"from data": "Boys’ writing."}, revision=before)


@pytest.mark.django_db
def test_leaders_alone_write_it_while_they_draft(ashdown, kestrel, plan):
    for other in (ashdown.chair, ashdown.clerk, ashdown.business, ashdown.teacher, kestrel.head):
        with pytest.raises(NotAllowed):
            write(plan, other)
    approval.submit_plan(plan, by=ashdown.head)
    with pytest.raises(Conflict, match="With the board"):
        write(plan, ashdown.head)


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_last_year_stands_beside_this_year_with_the_change(ashdown, plan):
    roll, pp = measure(ashdown, "nor", unit="number", better="neither"), measure(ashdown, "pp", better="neither")
    for of, before, now in ((roll, 424, 410), (pp, 26, 29)):
        reading(of, before, year=2025, term="autumn", cohort=424)
        reading(of, now, term="autumn", cohort=410)
    sheet = sheets(plan)["Our pupils"]
    assert sheet.columns == ["2025/26", "2026/27", "Change"]
    assert cells(sheet) == {"nor": ["424", "410", "down 14"], "pp": ["26%", "29%", "up 3 points"]}
    assert sheet.lines[0].cells[1] == Cell("410") and sheet.note == "Figures of the autumn term."


@pytest.mark.django_db
def test_a_forecast_is_not_set_beside_what_was_so(ashdown, plan):
    pp = measure(ashdown, "pp")
    reading(pp, 26, year=2025, cohort=400)
    reading(pp, 30, kind="forecast", cohort=400)
    line = sheets(plan)["Our pupils"].lines[0]
    assert [cell.words for cell in line.cells] == ["26%", "30%", ""]
    assert line.cells[1].notes == ["forecast"]


@pytest.mark.django_db
def test_what_was_so_comes_before_what_was_expected_and_the_latest_term_first(ashdown, plan):
    att = measure(ashdown, "att")
    reading(att, 99, year=2025, kind="forecast", cohort=400)
    reading(att, 94, year=2025, term="autumn", cohort=400)
    reading(att, 93, year=2025, term="summer", cohort=400)
    assert sheets(plan)["Attendance and behaviour"].lines[0].cells[1].words == "93%"


@pytest.mark.django_db
def test_results_of_last_year_against_the_national_figure_of_its_year(ashdown, plan):
    gld, p8 = measure(ashdown, "eyfs_gld"), measure(ashdown, "p8", unit="points", counts_pupils=False)
    reading(gld, 71, year=2025, cohort=60, count=43)
    reading(gld, 67, year=2024, cohort=60, count=40)
    reading(p8, None, year=2025)
    NationalFigure.objects.create(measure=gld, year=2025, value=Decimal("68.9"), status="provisional")
    NationalFigure.objects.create(measure=gld, year=2024, value=Decimal("68.3"))
    NationalFigure.objects.create(measure=p8, year=2025, status="not published")
    found = sheets(plan)
    attainment = found["Last year’s results: attainment"]
    assert attainment.columns == ["2024/25", "2025/26", "Change", "National"]
    assert cells(attainment) == {"eyfs_gld": ["67%", "71%", "up 4 points", "68.9%"]}
    assert attainment.lines[0].cells[3].notes == ["2025/26", "provisional"]
    progress = found["Last year’s results: progress, value added"]
    assert cells(progress) == {"p8": ["not entered", "not published this year", "", "not published this year"]}


@pytest.mark.django_db
def test_on_track_by_group_with_how_many_are_not(ashdown, plan):
    read = measure(ashdown, "on_track_r", name="On track for expected progress in reading")
    maths = measure(ashdown, "on_track_m", name="On track for expected progress in mathematics")
    reading(read, 70, cohort=200, count=140)
    reading(read, 66, year=2025, cohort=200, count=132)
    reading(read, 60, group="pp", cohort=50, count=30)
    reading(maths, 75, cohort=200, count=150)
    sheet = sheets(plan)["On track for expected progress"]
    assert sheet.columns == ["Reading", "Mathematics"]
    assert cells(sheet) == {"All pupils": ["70%", "75%"], "Pupil premium": ["60%", "not entered"]}
    assert sheet.lines[0].cells[0].notes == ["2025/26: 66%", "60 not on track"]
    assert sheet.note.startswith("Each is of 2026/27")


@pytest.mark.django_db
def test_how_many_are_not_on_track_as_it_was_entered(ashdown, plan):
    read = measure(ashdown, "on_track_r", name="On track for expected progress in reading")
    off = measure(ashdown, "off_track_r", name="Not on track in reading", unit="number")
    reading(read, 70, cohort=200)
    reading(off, 58, cohort=200)
    sheet = sheets(plan)["On track for expected progress"]
    assert sheet.lines[0].cells[0].notes == ["58 not on track"]


@pytest.mark.django_db
def test_intake_by_prior_attainment_per_year_group(ashdown, plan):
    intake = measure(ashdown, "intake", unit="number", better="neither")
    for name, numbers in {"Year 10": (60, 90, 50), "Year 7": (61, 88, 60)}.items():
        for level, many in zip(("low", "middle", "high"), numbers, strict=True):
            reading(intake, many, group=level, year_group=name, cohort=sum(numbers))
    sheet = sheets(plan)["Intake by prior attainment, each year group"]
    assert list(cells(sheet).items()) == [("Year 7", ["61", "88", "60"]), ("Year 10", ["60", "90", "50"])]


@pytest.mark.django_db
def test_small_numbers_are_hidden_from_everyone_but_leaders_and_so_is_how_many_are_not_on_track(ashdown, plan):
    read = measure(ashdown, "on_track_r", name="On track for expected progress in reading")
    reading(read, 70, cohort=20, count=14)
    reading(read, 50, group="ehc", cohort=4, count=2)
    full, shown = (sheets(plan, leaders=leaders)["On track for expected progress"] for leaders in (True, False))
    assert cells(full)["EHC plan"] == ["50%"]
    assert full.lines[1].cells[0].notes == ["2 not on track", "1 pupil is 25 points", "only leaders see this"]
    hidden = next(line for line in shown.lines if line.head == "EHC plan").cells[0]
    assert hidden.words.startswith("hidden: ")
    assert not any("not on track" in note for note in hidden.notes)
    assert "50%" not in str(shown)


@pytest.mark.django_db
def test_key_measures_say_how_they_are_come_by(ashdown, plan):
    of = measure(ashdown, "", name="Loans", unit="number", derived="Counted at the desk.", counts_pupils=False)
    Target.objects.create(criterion=plan.objectives.get().criteria.first(), measure=of, aim=620)
    reading(of, 310, year=2025)
    sheet = sheets(plan)["Key performance indicators of this plan"]
    assert cells(sheet) == {"Loans": ["310", "Counted at the desk."]}
    assert sheet.lines[0].cells[0].notes == ["2025/26"]


def test_every_code_is_of_the_library():
    assert set(context_figures.CODES) <= set(library.measures())


@pytest.mark.django_db
def test_a_table_is_the_same_after_it_was_frozen(ashdown, plan):
    reading(measure(ashdown, "nor", unit="number", derived="Census."), 410, cohort=410)
    sheet = sheets(plan)["Our pupils"]
    assert context_figures.Sheet.of(sheet.body) == sheet


# --- frozen ----------------------------------------------------------------------------------------------------------


def furnish(cast, plan):
    """Something of everything, one figure small, one measure confidential."""
    pp, turn = measure(cast, "pp"), measure(cast, "staff_turn", is_confidential=True, counts_pupils=False)
    reading(pp, 26, year=2025, cohort=424, count=110)
    reading(pp, 50, cohort=4, count=2)
    reading(turn, 17)
    write(plan, cast.head)
    write(
        plan, cast.head, section="budget", texts={"staffing": "A capability case.", "budget": "Tight."}, budget=BUDGET
    )
    grades = {"rf_inc": "strong"}
    words = {"kind": "Full inspection", "began_on": date(2026, 3, 3), "to_improve": "Feedback."}
    inspecting.record_inspection(cast.school, framework="rf", grades=grades, by=cast.head, **words)


@pytest.mark.django_db
def test_a_plan_without_context_has_no_block_of_it(plan):
    assert context.blocks_of(plan) == {}


@pytest.mark.django_db
def test_it_is_frozen_with_the_version_and_read_by_each_as_far_as_it_is_theirs(ashdown, plan):
    furnish(ashdown, plan)
    version = approval.submit_plan(plan, by=ashdown.head)
    blocks = versions.blocks_of(version)
    assert [name for name in blocks if context.is_of_context(name)] == [
        "context:pupils",
        "context:changing",
        "context:budget",
        "context:staffing",
        "figures:pupils",
        "figures:staffing",
        "figures_full:pupils",
        "figures_full:staffing",
        "inspection",
        "budget",
    ]
    assert version.is_unharmed
    by = {who: context.read(editions.kept(blocks, editions.edition_for(getattr(ashdown, who), plan)))
          for who in ("head", "governor", "associate")}  # fmt: skip
    text = {who: str(parts) for who, parts in by.items()}
    assert "50%" in text["head"] and "50%" not in text["governor"] and "50%" not in text["associate"]
    assert "capability" in text["governor"] and "capability" not in text["associate"]
    assert "17%" in text["governor"] and "17%" not in text["associate"]
    assert "Key staffing issues (for the board and its leaders alone)" in text["governor"]
    assert all("Strong standard" in words and "harvest" in words for words in text.values())
    [money] = [part for part in by["associate"] if part.key == "budget"]
    assert (money.budget, money.total) == ([("Training", "£4,200.50"), ("Pupil premium", "£15,930")], "£20,130.50")
    assert editions.kept(blocks, "public").keys() & set(filter(context.is_of_context, blocks)) == set()


@pytest.mark.django_db
def test_later_changes_do_not_reach_a_version(ashdown, plan):
    furnish(ashdown, plan)
    version = approval.submit_plan(plan, by=ashdown.head)
    Reading.objects.filter(measure__code="pp").update(value=99)
    inspecting.remove_inspection(ashdown.school, inspection=ashdown.school.inspections.get().pk, by=ashdown.clerk)
    text = str(context.read(versions.blocks_of(version)))
    assert "99%" not in text and "Strong standard" in text


# --- pages -----------------------------------------------------------------------------------------------------------


def page(plan, section="") -> str:
    return reverse("context_write", args=[plan.pk, section]) if section else reverse("context", args=[plan.pk])


TYPED = {"pupils": "Our families fish.", "changing": "The roll rises."}


@pytest.mark.django_db
def test_what_is_missing_is_an_invitation(ashdown, plan, client):
    client.force_login(ashdown.head)
    text = client.get(page(plan)).text
    assert "22 things are still to be entered." in text
    for words in ("Pupils on roll", "The last inspection", "What the plan is given to spend", "Key staffing issues"):
        assert words in text
    assert page(plan) in client.get(reverse("draft_plan", args=[plan.pk])).text
    furnish(ashdown, plan)
    says = context_draft.in_words(context_draft.of(plan, ashdown.head))
    assert says == "14 things are still to be entered."


@pytest.mark.django_db
def test_a_leader_writes_a_section_in_the_browser(ashdown, plan, client):
    client.force_login(ashdown.deputy)
    assert client.post(page(plan, "pupils"), TYPED | {"revision": plan.revision}).status_code == 302
    text = client.get(page(plan)).text
    assert "Our families fish." in text and "Our pupils and where they come from" in text
    assert "Our families fish." in client.get(page(plan, "pupils")).text


MONEY = {
    "budget": "Tight.",
    "staffing": "",
    "budget-1-source": "Training",
    "budget-1-amount": "4,200.50",
    "budget-2-source": "",
    "budget-2-amount": "",
    "budget-3-source": "Pupil premium",
    "budget-3-amount": "£15,930",
}


@pytest.mark.django_db
def test_money_is_entered_with_pence_and_changed(ashdown, plan, client):
    client.force_login(ashdown.head)
    assert client.post(page(plan, "budget"), MONEY | {"revision": plan.revision}).status_code == 302
    assert list(plan.budget_lines.values_list("position", "source", "amount")) == [
        (1, "Training", Decimal("4200.50")),
        (2, "Pupil premium", Decimal("15930.00")),
    ]
    text = client.get(page(plan)).text
    assert "£4,200.50" in text and "£20,130.50" in text
    plan.refresh_from_db()
    kept = {"revision": plan.revision, "budget-2-source": "Pupil premium", "budget-2-amount": "15930"}
    assert client.post(page(plan, "budget"), kept).status_code == 302
    assert list(plan.budget_lines.values_list("source", flat=True)) == ["Pupil premium"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"budget-1-amount": "lots"}, "Write pounds in figures"),
        ({"budget-1-amount": "12.345"}, "Write pounds in figures"),
        ({"budget-1-amount": "-5"}, "An amount cannot be below nought"),
        ({"budget-1-amount": "99999999999"}, "it is beyond £10,000,000"),
        ({"budget-1-amount": ""}, "Line 1: give the amount, or empty the line"),
        ({"budget-1-source": ""}, "Line 1: say what the money is for"),
        ({"budget-3-source": "TRAINING"}, "“TRAINING” stands here twice"),
        ({"staffing": "x" * 5000}, "Shorten this to 4,000 characters"),
        ({"revision": "none"}, "Part of this page was lost"),
    ],
)
def test_wrong_money_is_said_and_kept(ashdown, plan, client, wrong, said):
    client.force_login(ashdown.head)
    answer = client.post(page(plan, "budget"), MONEY | {"revision": plan.revision} | wrong)
    assert answer.status_code == 422
    assert said in answer.text and "Tight." in answer.text
    assert plan.budget_lines.count() == 0 and plan.context_texts.count() == 0


@pytest.mark.django_db
def test_the_second_of_two_leaders_sees_both_texts(ashdown, plan, client):
    before = plan.revision
    write(plan, ashdown.head)
    client.force_login(ashdown.deputy)
    answer = client.post(page(plan, "pupils"), TYPED | {"revision": before})
    assert answer.status_code == 409
    assert "harvest" in answer.text and "Our families fish." in answer.text
    plan.refresh_from_db()
    assert f'name="revision" value="{plan.revision}"' in answer.text
    assert client.post(page(plan, "pupils"), TYPED | {"revision": plan.revision}).status_code == 302
    assert plan.context_texts.get(kind="pupils").text == "Our families fish."


@pytest.mark.django_db
def test_once_with_the_board_nothing_is_lost_and_nothing_written(ashdown, plan, client):
    approval.submit_plan(plan, by=ashdown.head)
    client.force_login(ashdown.head)
    assert "With the board since" in client.get(page(plan)).text
    assert "Still to be entered" not in client.get(page(plan)).text
    answer = client.post(page(plan, "pupils"), TYPED | {"revision": plan.revision})
    assert answer.status_code == 409 and "kept" in answer.text
    assert plan.context_texts.count() == 0
    assert "Our families fish." in client.get(page(plan, "pupils") + "?kept=1").text


@pytest.mark.django_db
def test_readers_and_strangers(ashdown, kestrel, plan, client):
    for who, see, do in ((ashdown.business, 200, 403), (ashdown.chair, 403, 403), (kestrel.head, 404, 404)):
        client.force_login(who)
        assert client.get(page(plan)).status_code == see
        assert client.get(page(plan, "pupils")).status_code == do
        assert client.post(page(plan, "pupils"), TYPED | {"revision": plan.revision}).status_code == do
    client.force_login(ashdown.head)
    assert client.get(page(plan, "nothing")).status_code == 404


@pytest.mark.django_db
def test_the_business_manager_sees_money_and_no_small_groups(ashdown, plan, client):
    furnish(ashdown, plan)
    client.force_login(ashdown.business)
    text = client.get(page(plan)).text
    assert "£20,130.50" in text and "hidden: " in text and "50%" not in text


@pytest.mark.django_db
def test_the_plan_page_holds_it_folded(ashdown, client):
    plan = draft(ashdown)
    furnish(ashdown, plan)
    approval.submit_plan(plan, by=ashdown.head)
    address = reverse("plan", args=[ashdown.school.slug, YEAR])
    client.force_login(ashdown.governor)
    text = client.get(address).text
    assert "The context of the plan" in text and "Strong standard" in text and "£15,930" in text
    assert "50%" not in text and "hidden: " in text
    client.force_login(ashdown.teacher)  # named in the plan that is before the board
    assert "The context of the plan" not in client.get(address).text


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow_with_what_it_holds(ashdown, client, many, django_assert_num_queries):
    plan = draft(ashdown)
    for code in ("nor", "pp", "sen_sup")[:many]:
        of = measure(ashdown, code)
        for number in range(many):
            reading(of, 50, cohort=60, year=2024 + number)
        NationalFigure.objects.create(measure=of, year=2025, value=40)
    for section in list(context.KINDS)[:many]:
        kinds = {kind: "Words." for kind in context.KINDS[section]}
        write(plan, ashdown.head, section=section, texts=kinds, budget=BUDGET[:many])
    client.force_login(ashdown.head)
    client.get(page(plan))
    with django_assert_num_queries(14):
        client.get(page(plan))


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_freezing_asks_no_more_for_more(ashdown, many, django_assert_num_queries):
    plan = draft(ashdown)
    for code in ("nor", "pp", "sen_sup")[:many]:
        of = measure(ashdown, code)
        for number in range(many):
            reading(of, 50, cohort=60, year=2024 + number)
    for day in range(1, many + 1):
        words = {"kind": "Full inspection", "began_on": date(2026, 3, day)}
        inspecting.record_inspection(
            ashdown.school, framework="rf", grades={"rf_inc": "strong"}, by=ashdown.head, **words
        )
    with django_assert_num_queries(9):
        context.blocks_of(plan)


@pytest.mark.django_db
def test_the_business_manager_reads_no_groups_of_pupils(ashdown, client):
    plan = draft(ashdown)
    read = measure(ashdown, "on_track_r", name="On track for expected progress in reading")
    reading(read, 71, cohort=200, count=142)
    reading(read, 66, group="girls", cohort=100, count=66)
    write(plan, ashdown.head)
    client.force_login(ashdown.business)
    assert "Girls" not in client.get(page(plan)).text
    approval.submit_plan(plan, by=ashdown.head)
    address = reverse("plan", args=[ashdown.school.slug, YEAR])
    assert "harvest" in client.get(address).text and "Girls" not in client.get(address).text
    client.force_login(ashdown.governor)
    assert "Girls" in client.get(address).text
