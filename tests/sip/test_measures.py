"""A criterion may carry a whole-school measure with a baseline and an aim."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation import clock
from sip import approval, drafting, measuring, versions
from sip.measuring import Measured
from sip.models import Measure, Objective, Target, in_unit
from tests import make
from tests.sip.test_drafting import plan_of, save
from tests.sip.test_drafting_pages import form_of, page_of, refusals, send, words_of

pytestmark = pytest.mark.django_db

PHONICS = {"measure": "Year 1 phonics, on track", "unit": "percent", "better": "higher"}
PHONICS |= {"baseline": Decimal("74"), "aim": Decimal("84"), "cohort": 60}
TYPED = {"measure": "Year 1 phonics, on track", "baseline": "74%", "aim": "84", "cohort": "60"}


def criterion(target: dict | None = PHONICS, text: str = "Phonics", **words) -> dict:
    return {"text": text, "milestones": {"autumn": "78%"}, "target": target} | words


@pytest.fixture
def objective(ashdown) -> Objective:
    return plan_of(ashdown, objectives=2).objectives.first()


@pytest.fixture
def head(client, ashdown):
    client.force_login(ashdown.head)
    return client


def targets() -> list[str]:
    return [str(one) for one in Target.objects.select_related("measure").order_by("pk")]


# ---------------------------------------------------------------- saved


def test_a_target_is_made_changed_and_removed_with_its_row(ashdown, objective):
    save(objective, ashdown.head, criteria=[criterion(), criterion(None, "Talk")])
    row, talk = objective.criteria.all()
    assert targets() == ["Year 1 phonics, on track: 74% to 84%"]
    changed = criterion(PHONICS | {"baseline": None, "aim": Decimal("86.5")}, id=row.pk)
    save(objective, ashdown.head, criteria=[changed, criterion(None, "Talk", id=talk.pk)])
    assert targets() == ["Year 1 phonics, on track: no baseline to 86.5%"]
    save(objective, ashdown.head, criteria=[{"id": row.pk, "text": "Phonics"}])
    assert (targets(), Measure.objects.count()) == ([], 1)


def test_a_measure_is_found_under_its_name_unit_and_direction_or_made(ashdown, kestrel, objective):
    save(objective, ashdown.head, criteria=[criterion(), criterion(text="Again")])
    save(
        objective.plan.objectives.last(),
        ashdown.deputy,
        criteria=[criterion(), criterion(PHONICS | {"unit": "number"})],
    )
    save(plan_of(kestrel).objectives.get(), kestrel.head, criteria=[criterion()])
    made = Measure.objects.order_by("pk").values_list("organisation__name", "unit")
    assert list(made) == [("Ashdown Primary", "percent"), ("Ashdown Primary", "number"), ("Kestrel High", "percent")]
    assert Target.objects.count() == 5


def test_saving_asks_the_same_of_the_database_for_many_targets(ashdown, objective, django_assert_max_num_queries):
    rows = [criterion(PHONICS | {"measure": f"Measure {number}"}) for number in range(12)]
    with django_assert_max_num_queries(45):
        save(objective, ashdown.head, criteria=rows)
    assert (Target.objects.count(), Measure.objects.count()) == (12, 12)


@pytest.mark.parametrize(
    ("unit", "figure", "says"),
    [("percent", "84", "84%"), ("pounds", "1400", "£1,400"), ("days", "12", "12 days"), ("number", "17.50", "17.5")],
)
def test_a_figure_is_read_with_its_unit(unit, figure, says):
    assert in_unit(unit, Decimal(figure)) == in_unit(unit, figure) == says


# ---------------------------------------------------------------- typed


def typed(row: int = 1, **words) -> dict:
    return {f"criterion_{row}_{name}": value for name, value in ({"text": "Phonics"} | words).items()}


def test_what_is_typed_is_saved_and_comes_back(head, objective):
    assert send(head, objective, **typed(**TYPED)).status_code == 302
    assert targets() == ["Year 1 phonics, on track: 74% to 84%"]
    shown = form_of(head.get(page_of(objective)))
    back = [shown[f"criterion-1-{name}"] for name in ("measure", "unit", "better", "baseline", "aim")]
    assert back == [["Year 1 phonics, on track"], [""], [""], ["74"], ["84"]]
    assert send(head, objective).status_code == 302
    assert targets() == ["Year 1 phonics, on track: 74% to 84%"]


def test_each_unit_takes_its_own_sign(head, objective):
    send(head, objective, **typed(measure="Supply", unit="pounds", better="lower", baseline="£14,200", aim="9,000"))
    assert targets() == ["Supply: £14,200 to £9,000"]
    send(head, objective, **typed(measure="Days lost", unit="days", better="lower", baseline="", aim="12"))
    assert targets() == ["Days lost: no baseline to 12 days"]
    assert set(Measure.objects.values_list("unit", "better")) == {("pounds", "lower"), ("days", "lower")}


def test_all_empty_is_no_target_and_a_unit_alone_is_no_row(head, objective):
    send(head, objective, **typed(), criterion_2_unit="days", criterion_2_better="lower")
    assert (objective.criteria.count(), targets()) == (1, [])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"measure": "Phonics"}, "Criterion 1, aim: Give the aim, or empty the measure"),
        (
            {"aim": "84%"},
            "Criterion 1, measured by, for the whole school: Say what is measured, or empty its figures",
        ),
        (
            {"baseline": "84%"},
            "Criterion 1, measured by, for the whole school: Say what is measured, or empty its figures",
        ),
        ({"measure": "Phonics", "aim": "101"}, "Criterion 1, aim: Give a figure from 0% to 100%"),
        ({"measure": "Phonics", "aim": "-1%"}, "Criterion 1, aim: Give a figure from 0% to 100%"),
        ({"measure": "Phonics", "aim": "most"}, "Criterion 1, aim: Write a figure, such as 58 or 58.5"),
        ({"measure": "Supply", "aim": "£900"}, "Criterion 1, aim: This is in pounds: choose £ as the unit"),
        (
            {"measure": "Phonics", "unit": "number", "aim": "84%"},
            "Criterion 1, aim: This is a percentage: choose % as the unit",
        ),
        ({"measure": "x" * 121, "aim": "84"}, "Criterion 1, measured by, for the whole school: Shorten this to 120"),
        ({"measure": "Phonics", "unit": "miles", "aim": "84"}, "Criterion 1, in what unit: That choice is not one of"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_kept(head, objective, words, says):
    answer = send(head, objective, **typed(**words))
    (said,) = refusals(answer)
    assert said.startswith(says)
    assert targets() == [] and not objective.criteria.exists()
    assert '<details class="more" id="fold-criterion-1" open>' in answer.content.decode()
    kept = form_of(answer)
    assert {name: kept[f"criterion-1-{name}"] for name in words if name != "unit"} == {
        name: [value] for name, value in words.items() if name != "unit"
    }


def test_the_second_to_save_sees_both_measures(head, ashdown, objective):
    form = form_of(head.get(page_of(objective)))
    save(objective, ashdown.deputy, criteria=[criterion()])
    typed_words = {f"criterion-1-{name}": value for name, value in (TYPED | {"text": "Phonics", "aim": "90%"}).items()}
    answer = head.post(page_of(objective), form | typed_words | {"do": "save"})
    assert answer.status_code == 409
    held = objective.criteria.get().pk
    theirs = head.post(page_of(objective), form_of(answer) | {"do": f"theirs-criterion-{held}"})
    assert form_of(theirs)["criterion-3-aim"] == ["84"]
    assert "Year 1 phonics, on track" in words_of(answer)


def test_a_button_pressed_twice_is_no_quarrel_however_the_figures_are_written(head, objective):
    form = form_of(head.get(page_of(objective)))
    form |= {f"criterion-1-{name}": value for name, value in (TYPED | {"text": "Phonics"}).items()}
    form |= {"criterion-1-by_when": "16/7/27"}
    assert [head.post(page_of(objective), form | {"do": "save"}).status_code for _ in range(2)] == [302, 302]
    assert targets() == ["Year 1 phonics, on track: 74% to 84%"]


# ---------------------------------------------------------------- frozen, and read


@pytest.fixture
def plan(ashdown):
    """With the board; its one criterion is measured."""
    made = make.plan(ashdown)
    objective = made.objectives.get()
    save(objective, ashdown.head, criteria=[criterion()])
    approval.submit_plan(made, by=ashdown.head)
    return made


def test_the_measure_is_frozen_with_its_criterion(plan, ashdown):
    objective = plan.objectives.get()
    body = versions.blocks_of(plan.latest_version)[f"criteria:{objective.pk}"][0]
    frozen = {"name": "Year 1 phonics, on track", "unit": "percent", "better": "higher", "baseline": "74", "aim": "84"}
    assert body["measure"] == frozen
    Target.objects.update(aim=Decimal("50"))
    assert versions.verify() == []
    assert measuring.measured_by(body) == Measured("Year 1 phonics, on track", "74%", "84%")


def test_a_criterion_without_one_says_nothing_of_it(ashdown, objective):
    save(objective, ashdown.head, criteria=[criterion(None)])
    body = versions.content_of(objective.plan)[f"criteria:{objective.pk}"][0]
    assert "measure" not in body
    assert measuring.measured_by(body) is None


def test_it_stands_on_the_plans_page_the_objectives_page_and_the_version(client, plan, ashdown):
    client.force_login(ashdown.governor)
    objective = plan.objectives.get()
    for address in (
        reverse("plan", args=[ashdown.school.slug, 2026]),
        reverse("objective", args=[objective.pk]),
        reverse("version", args=[plan.latest_version.pk]),
    ):
        assert "Year 1 phonics, on track: 74% to 84%" in words_of(client.get(address)), address


def test_those_who_only_read_the_draft_read_it_too(client, ashdown, objective):
    save(objective, ashdown.head, criteria=[criterion(PHONICS | {"baseline": None})])
    client.force_login(ashdown.business)
    assert "Year 1 phonics, on track: aim 84%" in words_of(client.get(page_of(objective)))


def test_two_years_share_a_measure(ashdown, objective):
    """Next year's plan aims at the same measure: its readings go on."""
    save(objective, ashdown.head, criteria=[criterion()])
    with clock.standing_at(clock.local(date(2027, 9, 1))):
        following = objective.plan
        following.pk, following.year = None, 2027
        following.save()
        later = Objective.objects.create(plan=following, position=1, title="Later")
        drafting.save_objective(later, revision=1, actions=[], criteria=[criterion()], by=ashdown.head)
    assert (Measure.objects.count(), Target.objects.count()) == (1, 2)
