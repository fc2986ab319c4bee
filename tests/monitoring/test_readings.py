"""The readings of a term: every targeted measure, entered by group or pasted, checked, and the leaders' until sent."""

from datetime import date
from decimal import Decimal

import pytest

from foundation import clock
from foundation.errors import Conflict, NotAllowed, StaleEdit
from monitoring import queue, rating, readings, reviewing
from monitoring.models import Review
from sip import entering, plausible
from sip.entering import Entered
from sip.models import Measure, Milestone, Plan, Reading, SuccessCriterion, Target
from tests.sip.drafts import draft

GREEN = {"mark": "green", "why": "It shows.", "evidence": "seen", "revision": 0}


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown, state="approved", objectives=2)


@pytest.fixture
def review(plan, ashdown) -> Review:
    return reviewing.open_review(plan, term="autumn", by=ashdown.head)


def target_on(criterion: SuccessCriterion, name: str, **words) -> Target:
    measure = Measure.objects.create(organisation=criterion.plan.organisation, name=name, **words)
    return Target.objects.create(criterion=criterion, measure=measure, baseline=48, aim=90, by_autumn=60)


@pytest.fixture
def target(review) -> Target:
    return target_on(SuccessCriterion.objects.order_by("objective__position").first(), "Pupils who read well")


def rows_of(review, user):
    return readings.of(queue.of(review, user), user)


def sheet(review, target) -> str:
    return f"/reviews/{review.pk}/readings/{target.pk}/"


# ---------------------------------------------------------------- what is likely


@pytest.mark.parametrize(
    ("value", "last", "asked"),
    [
        (64, 60, ""),
        (30, 60, "30% is far from 60%, which was read last. Is that right?"),
        (96, None, "96% is outside the usual 20% to 95%. Is that right?"),
        (None, 60, ""),
    ],
)
def test_a_figure_that_is_not_likely_is_asked_about(value, last, asked):
    measure = Measure(unit="percent", plausible_from=Decimal(20), plausible_to=Decimal(95))
    given = Decimal(value) if value is not None else None
    assert plausible.why_asked(measure, given, Decimal(last) if last else None) == asked


def test_of_a_number_half_as_much_again_is_far():
    measure = Measure(unit="number")
    assert plausible.why_asked(measure, Decimal(14), Decimal(10)) == ""
    assert "far from 10" in plausible.why_asked(measure, Decimal(16), Decimal(10))
    assert plausible.why_asked(measure, Decimal(1), Decimal(0)) == ""


# ---------------------------------------------------------------- entered


def test_figures_by_group_wait_until_the_review_is_sent(review, target, ashdown):
    rows = [Entered("all", Decimal(64), 32, 50), Entered("pp", Decimal(40), 8, 20)]
    readings.enter_readings(review, target=target, rows=rows, stood="", by=ashdown.deputy)
    assert [(one.group, one.value, one.waits) for one in Reading.objects.order_by("pk")] == [
        ("all", Decimal(64), True),
        ("pp", Decimal(40), True),
    ]
    for milestone in reviewing.milestones_due(review):
        words = {"mark": "green", "why": "It shows.", "evidence": ["seen"]}
        rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **words)
    reviewing.send_review(review, by=ashdown.head)
    assert not Reading.objects.filter(waits=True).exists()
    with pytest.raises(Conflict, match="with governors"):
        readings.enter_readings(review, target=target, rows=rows, stood="", by=ashdown.deputy)


def test_two_leaders_on_one_sheet(review, target, ashdown):
    rows = [Entered("all", Decimal(64), 32, 50)]
    readings.enter_readings(review, target=target, rows=rows, stood="", by=ashdown.deputy)
    with pytest.raises(StaleEdit):
        other = [Entered("all", Decimal(60), 30, 50)]
        readings.enter_readings(review, target=target, rows=other, stood="", by=ashdown.head)
    assert Reading.objects.get().value == 64


@pytest.mark.parametrize("who", ["teacher", "business", "chair", "clerk"])
def test_leaders_enter_them(review, target, ashdown, who):
    with pytest.raises(NotAllowed):
        readings.enter_readings(review, target=target, rows=[], stood="", by=getattr(ashdown, who))


# ---------------------------------------------------------------- the pages


def test_every_targeted_measure_stands_on_one_page(client, review, target, ashdown):
    client.force_login(ashdown.deputy)
    page = client.get(f"/reviews/{review.pk}/readings/").content.decode()
    assert "1 of 1</strong> measures with a target are still to be read" in page
    assert "48% at the start" in page and "60%" in page and "not read yet" in page


def test_it_is_entered_pasted_and_gone_on_from(client, review, target, ashdown):
    second = target_on(SuccessCriterion.objects.order_by("-objective__position").first(), "Attendance")
    client.force_login(ashdown.deputy)
    stood = {"stood": entering.standing(target.measure, readings.period_of(review))}
    pasted = client.post(sheet(review, target), stood | {"do": "paste", "paste": "All\t32\t50\nPP\t8\t20"})
    assert pasted.status_code == 200 and not Reading.objects.exists()
    words = {"all-count": "32", "all-cohort": "50", "pp-count": "8", "pp-cohort": "20", "do": "save"}
    answer = client.post(sheet(review, target), stood | words)
    assert answer.status_code == 302 and answer["Location"] == sheet(review, second)
    assert [row.now for row in rows_of(review, ashdown.deputy)] == ["64%", ""]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"all-value": "104", "all-cohort": "50"}, "100"),
        ({"all-count": "60", "all-cohort": "50"}, "the cohort is smaller than the count"),
        ({"all-value": "many"}, "figure"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(client, review, target, ashdown, words, says):
    client.force_login(ashdown.deputy)
    answer = client.post(sheet(review, target), words | {"stood": "", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and f'value="{next(iter(words.values()))}"' in page
    assert not Reading.objects.exists()


def test_what_is_not_likely_is_asked_once_and_then_kept(client, review, target, ashdown):
    with clock.standing_at(clock.local(date(2026, 7, 10))):
        Reading.objects.create(
            measure=target.measure, year=2025, term="summer", value=48, cohort=50, count=24,
            read_by=ashdown.head.person, read_at=clock.now(),
        )  # fmt: skip
    client.force_login(ashdown.deputy)
    words = {"all-count": "45", "all-cohort": "50", "stood": "", "do": "save"}
    answer = client.post(sheet(review, target), words)
    page = answer.content.decode()
    assert answer.status_code == 422 and "90% is far from 48%, which was read last. Is that right?" in page
    assert "Yes, these figures are right" in page
    assert client.post(sheet(review, target), words | {"sure": "on"}).status_code == 302
    assert Reading.objects.get(year=2026).value == 90


def test_with_the_rating_it_is_asked_too(client, review, target, ashdown):
    Measure.objects.update(plausible_from=20, plausible_to=80)
    milestone = Milestone.objects.get(criterion=target.criterion, term="autumn")
    client.force_login(ashdown.deputy)
    url = f"/reviews/{review.pk}/milestones/{milestone.pk}/"
    words = GREEN | {"reading": "85", "cohort": "50", "instead_of": ""}
    answer = client.post(url, words)
    assert answer.status_code == 422 and "85% is outside the usual 20% to 80%" in answer.content.decode()
    assert client.post(url, words | {"sure": "on"}).status_code == 302
    assert Reading.objects.get().value == 85
    assert client.post(url, GREEN | {"reading": "104", "cohort": "50"}).status_code == 422


def test_of_another_plan_there_is_no_sheet(client, review, target, ashdown):
    client.force_login(ashdown.deputy)
    assert client.get(f"/reviews/{review.pk}/readings/999999/").status_code == 404


@pytest.mark.parametrize(("who", "expected"), [("business", 403), ("chair", 404), ("teacher", 404)])
def test_to_others_the_sheet_is_closed(client, review, target, ashdown, who, expected):
    client.force_login(getattr(ashdown, who))
    assert client.get(sheet(review, target)).status_code == expected


def test_the_end_of_the_review_says_what_is_missing_and_by_whom(client, review, target, ashdown):
    client.force_login(ashdown.head)
    page = client.get(f"/reviews/{review.pk}/finish/").content.decode()
    assert f"{ashdown.deputy.person}: 2 to rate" in page
    assert "Not read this term" in page and "Pupils who read well" in page
    assert sheet(review, target) in page


def test_the_range_is_set_on_the_page_of_the_measure(client, target, ashdown):
    client.force_login(ashdown.head)
    words = {"name": "Pupils who read well", "better": "higher", "plausible_from": "20", "plausible_to": "95"}
    assert client.post(f"/measures/{target.measure_id}/change/", words).status_code == 302
    held = Measure.objects.get()
    assert (held.plausible_from, held.plausible_to) == (20, 95)
    wrong = client.post(f"/measures/{target.measure_id}/change/", words | {"plausible_to": "10"})
    assert wrong.status_code == 422 and "less than from where" in wrong.content.decode()


def test_queries_do_not_grow_with_the_measures(client, review, target, ashdown, django_assert_num_queries):
    client.force_login(ashdown.deputy)
    url = f"/reviews/{review.pk}/readings/"
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)
    for number, criterion in enumerate(SuccessCriterion.objects.exclude(pk=target.criterion_id)):
        target_on(criterion, f"Another {number}")
    with django_assert_num_queries(12):
        client.get(url)
