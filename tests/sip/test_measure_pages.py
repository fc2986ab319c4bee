"""Leaders add measures and enter what was read by period and group; everyone else reads what may be shown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed, StaleEdit
from monitoring import rating, reviewing
from sip import approval, entering
from sip.entering import Entered, Period
from sip.models import Measure, NationalFigure, Reading, Target
from tests import make
from tests.sip.test_drafting import save

pytestmark = pytest.mark.django_db

SUMMER = Period(2025, "summer")


@pytest.fixture
def phonics(ashdown) -> Measure:
    return entering.take_from_library(ashdown.school, codes=["phon_y1"], by=ashdown.head)[0]


def sheet(measure: Measure, by, period: Period = SUMMER, **counts) -> None:
    """ "44/58" for each group."""
    rows = []
    for group, said in counts.items():
        count, cohort = map(int, said.split("/"))
        value = round(Decimal(100) * count / cohort, 2)
        rows.append(Entered(group.replace("_", " "), value, count, cohort))
    entering.enter_readings(measure, period=period, rows=rows, stood=entering.standing(measure, period), by=by)


def text_of(client, user, name: str, *args) -> str:
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def entered(measure: Measure) -> list[tuple]:
    return list(measure.readings.values_list("group", "value", "count", "cohort").order_by("pk"))


# ---------------------------------------------------------------- measures


def test_what_is_taken_from_the_library_comes_with_its_derivation_and_national_figures(phonics):
    assert phonics.derived.startswith("Children in Year 1") and phonics.counts_pupils
    assert list(phonics.national_figures.values_list("year", "value", "status")) == [(2024, Decimal(80), "final")]


def test_it_is_taken_once(phonics, ashdown):
    again = entering.take_from_library(ashdown.school, codes=["phon_y1", "nonsense"], by=ashdown.head)
    assert (again, Measure.objects.count()) == ([], 1)


def test_two_of_one_name_are_one_too_many(ashdown):
    words = {"name": "Books lent", "unit": "number", "better": "higher", "by": ashdown.head}
    entering.add_measure(ashdown.school, **words)
    with pytest.raises(Conflict, match="of this name already"):
        entering.add_measure(ashdown.school, **words)


@pytest.mark.parametrize("who", ["chair", "clerk", "business", "teacher", "adviser"])
def test_only_leaders_enter(phonics, ashdown, who):
    with pytest.raises(NotAllowed, match="may add measures and enter their figures"):
        sheet(phonics, getattr(ashdown, who), all="44/58")


def test_the_list_takes_as_many_queries_for_three_as_for_one(ashdown, client, django_assert_num_queries):
    client.force_login(ashdown.governor)
    for codes in (["phon_y1"], ["att", "em5", "susp"]):
        for made in entering.take_from_library(ashdown.school, codes=codes, by=ashdown.head):
            sheet(made, ashdown.head, all="40/60")
        client.get(reverse("measures", args=[ashdown.school.slug]))
        with django_assert_num_queries(8):
            client.get(reverse("measures", args=[ashdown.school.slug]))


def test_the_library_is_offered_and_taken_on_one_page(client, ashdown):
    client.force_login(ashdown.head)
    page = reverse("measure_add", args=[ashdown.school.slug])
    assert "Phonics screening check, Year 1" in client.get(page).content.decode()
    assert client.post(page, {"do": "library", "codes": ["phon_y1", "att"]}).status_code == 302
    assert set(Measure.objects.values_list("code", flat=True)) == {"phon_y1", "att"}
    assert client.post(page, {"do": "library"}).status_code == 422
    assert client.post(page, {"do": "own", "name": ""}).status_code == 422
    own = {"do": "own", "name": "Books lent", "unit": "number", "better": "higher"}
    assert [client.post(page, own).status_code for _ in range(2)] == [302, 422]
    assert Measure.objects.get(name="Books lent").counts_pupils is False


def test_it_is_changed_and_its_unit_stays(client, phonics, ashdown):
    client.force_login(ashdown.head)
    page = reverse("measure_change", args=[phonics.pk])
    assert client.post(page, {"name": "", "better": "higher"}).status_code == 422
    words = {"name": "Phonics", "better": "higher", "derived": "As ever", "counts_pupils": "on", "unit": "days"}
    assert client.post(page, words).status_code == 302
    phonics.refresh_from_db()
    assert (phonics.name, phonics.unit, phonics.counts_pupils) == ("Phonics", "percent", True)


# ---------------------------------------------------------------- the sheet


def page_of(measure: Measure) -> str:
    return f"{reverse('measure_enter', args=[measure.pk])}?year=2025&term=summer&kind=actual"


def test_a_percentage_is_worked_out_from_its_counts(client, phonics, ashdown):
    client.force_login(ashdown.head)
    said = {"all-count": "44", "all-cohort": "58", "not_pp-count": "35", "not_pp-cohort": "43", "stood": ""}
    answer = client.post(page_of(phonics), said)
    assert answer.status_code == 302
    assert entered(phonics) == [("all", Decimal("75.9"), 44, 58), ("not pp", Decimal("81.4"), 35, 43)]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"all-value": "104%"}, "All pupils: Give a figure from 0% to 100%"),
        ({"all-count": "9", "all-cohort": "8"}, "the cohort is smaller than the count"),
        ({"all-count": "9"}, "All pupils: Say of how many pupils"),
        ({"all-cohort": "9"}, "All pupils: Say what was read of these pupils"),
        ({"girls-count": "3", "girls-cohort": "12", "girls-value": "30"}, "Girls: 3 of 12 is 25%"),
        ({"all-gone": "on", "all-value": "30"}, "Either it was not published or there is a figure"),
        ({"all-cohort": "many"}, "All pupils: "),
    ],
)
def test_what_cannot_be_is_refused_and_kept(client, phonics, ashdown, said, says):
    client.force_login(ashdown.head)
    answer = client.post(page_of(phonics), said)
    text = answer.content.decode()
    assert (answer.status_code, entered(phonics)) == (422, [])
    assert says in text
    for name, value in said.items():
        assert f'name="{name}"' in text and (value == "on" or f'value="{value}"' in text)


def test_a_percentage_without_its_cohort_is_for_leaders_eyes_only_and_said_so(client, phonics, ashdown):
    client.force_login(ashdown.head)
    answer = client.post(page_of(phonics), {"all-value": "61"}, follow=True)
    assert "Only leaders see those that do not say of how many pupils: all pupils." in answer.content.decode()
    why = "hidden: how many pupils it counts is not known"
    assert "61%" in text_of(client, ashdown.head, "measure", phonics.pk)
    read = text_of(client, ashdown.governor, "measure", phonics.pk)
    assert why in read and "61%" not in read


def test_rows_are_pasted_from_a_spreadsheet(client, phonics, ashdown):
    client.force_login(ashdown.head)
    rows = "Group\tMet\tOf\nAll pupils\t44\t58\nDisadvantaged\t9\t15\nboys\t20\t28"
    answer = client.post(page_of(phonics), {"do": "paste", "paste": rows})
    assert (answer.status_code, entered(phonics)) == (200, [])
    text = answer.content.decode()
    assert all(f'name="{name}" value="{value}"' in text for name, value in (("all-count", 44), ("pp-cohort", 15)))


@pytest.mark.parametrize(
    ("rows", "says"),
    [("Year 9 chess\t4\t9", "is not a group of this sheet"), ("all\t1\t2\n" * 2000, "2,000 lines were pasted")],
)
def test_a_paste_that_does_not_fit_says_so_and_stays(client, phonics, ashdown, rows, says):
    client.force_login(ashdown.head)
    answer = client.post(page_of(phonics), {"do": "paste", "paste": rows})
    assert (answer.status_code, entered(phonics)) == (422, [])
    assert says in answer.content.decode()


def test_not_published_is_a_value(client, ashdown):
    p8 = entering.take_from_library(ashdown.school, codes=["p8"], by=ashdown.head)[0]
    client.force_login(ashdown.head)
    page = f"{reverse('measure_enter', args=[p8.pk])}?year=2025&term=year&kind=actual"
    assert client.post(page, {"all-gone": "on"}).status_code == 302
    assert entered(p8) == [("all", None, None, None)]
    assert "not published this year" in text_of(client, ashdown.governor, "measure", p8.pk)


def test_the_second_of_two_leaders_sees_what_the_first_entered(client, phonics, ashdown):
    client.force_login(ashdown.deputy)
    sheet(phonics, ashdown.head, all="44/58")
    answer = client.post(page_of(phonics), {"all-count": "40", "all-cohort": "58", "stood": ""})
    text = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else entered figures here" in text and "75.86%" in text
    assert 'name="all-count" value="40"' in text
    with pytest.raises(StaleEdit):
        entering.enter_readings(phonics, period=SUMMER, rows=[Entered("all", Decimal(1))], stood="", by=ashdown.head)


def test_a_button_pressed_twice_enters_once(client, phonics, ashdown):
    client.force_login(ashdown.head)
    said = {"all-count": "44", "all-cohort": "58", "stood": ""}
    assert [client.post(page_of(phonics), said).status_code for _ in range(2)] == [302, 302]
    assert Reading.objects.count() == 1


def test_an_emptied_line_is_no_figure(phonics, ashdown):
    sheet(phonics, ashdown.head, all="44/58", girls="24/30")
    sheet(phonics, ashdown.head, all="44/58")
    assert entered(phonics) == [("all", Decimal("75.86"), 44, 58)]


# ---------------------------------------------------------------- read


def test_governors_read_last_year_beside_this_year_and_none_of_the_small_groups(client, phonics, ashdown):
    sheet(phonics, ashdown.head, all="44/58", girls="24/30", boys="20/28", pp="2/4", not_pp="42/54")
    sheet(phonics, ashdown.head, Period(2026, "summer", "forecast"), all="50/59")
    leader, governor = (text_of(client, one, "measure", phonics.pk) for one in (ashdown.head, ashdown.governor))
    for words in ("75.86%", "44 of 58 pupils", "What was forecast", "84.75%", "80%", "Summer 2025/26"):
        assert words in leader and words in governor, words
    assert "50%" in leader and "only leaders see it: fewer than 6 pupils" in leader
    assert "hidden: fewer than 6 pupils" in governor
    for secret in ("2 of 4 pupils", "42 of 54 pupils", "77.78%", "50%"):
        assert secret not in governor, secret


def test_the_business_manager_sees_money_and_no_groups_of_pupils(client, phonics, ashdown):
    sheet(phonics, ashdown.head, all="44/58", girls="24/30", boys="20/28")
    read = text_of(client, ashdown.business, "measure", phonics.pk)
    assert "75.86%" in read and "Girls" not in read


def test_what_is_confidential_is_not_there_for_others(client, ashdown):
    (turnover,) = entering.take_from_library(ashdown.school, codes=["staff_turn"], by=ashdown.head)
    page = reverse("measure", args=[turnover.pk])
    for user, status in ((ashdown.governor, 200), (ashdown.business, 200), (ashdown.committee_member, 404)):
        client.force_login(user)
        assert client.get(page).status_code == status, user


def test_one_pupil_is_so_many_points(client, phonics, ashdown):
    sheet(phonics, ashdown.head, all="11/15")
    assert "1 pupil is 6.7 points" in text_of(client, ashdown.governor, "measure", phonics.pk)


def test_a_national_figure_has_its_year_source_and_status(client, phonics, ashdown):
    client.force_login(ashdown.head)
    page = reverse("measure_national", args=[phonics.pk])
    wrong = {"year": "2025", "status": "final", "value": "", "source": "DfE"}
    assert client.post(page, wrong).status_code == 422
    assert client.post(page, wrong | {"value": "104"}).status_code == 422
    assert client.post(page, wrong | {"value": "81", "status": "not published"}).status_code == 422
    assert client.post(page, wrong | {"value": "81", "status": "provisional"}).status_code == 302
    assert NationalFigure.objects.get(year=2025).value == Decimal(81)
    assert "81%, provisional" in text_of(client, ashdown.governor, "measure", phonics.pk)


def test_nobody_of_another_school_finds_it(client, phonics, kestrel):
    for name in ("measure", "measure_enter", "measure_change", "measure_national"):
        client.force_login(kestrel.head)
        assert client.get(reverse(name, args=[phonics.pk])).status_code == 404


# ---------------------------------------------------------------- a target's baseline


def test_a_baseline_of_few_pupils_is_hidden_on_the_plan_and_leaders_read_it(client, ashdown):
    plan = make.plan(ashdown)
    words = {"measure": "Reading", "unit": "percent", "better": "higher", "aim": Decimal(80)}
    target = words | {"baseline": Decimal(40), "cohort": 5, "by_spring": Decimal(60)}

    save(plan.objectives.get(), ashdown.head, criteria=[{"text": "Read", "target": target}])

    approval.submit_plan(plan, by=ashdown.head)
    page = ("objective", plan.objectives.get().pk)
    governor, head = text_of(client, ashdown.governor, *page), text_of(client, ashdown.head, *page)
    assert "its baseline is hidden: fewer than 6 pupils" in governor and "40%" not in governor
    assert "60% by spring" in governor and "40%" in head


def test_what_was_entered_in_an_open_review_waits_until_leaders_send_it(client, ashdown):
    plan = make.plan(ashdown, state="approved")
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read daily")
    target = Target.objects.create(criterion=plan.objectives.get().criteria.get(), measure=measure, aim="80")
    review = make.review(ashdown, plan_=plan)
    rating.read_measure(review, target=target, value=63, cohort=210, by=ashdown.head)
    read = {name: text_of(client, getattr(ashdown, name), "measure", measure.pk) for name in ("head", "governor")}
    assert "63%" in read["head"] and "63%" not in read["governor"]
    reviewing.send_review(review, by=ashdown.head)
    assert "63%" in text_of(client, ashdown.governor, "measure", measure.pk)
