"""Inspections: recorded under the framework of their day, in its own words, and never set beside another's."""

import dataclasses
from datetime import date

import pytest
from django.urls import reverse

from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from governance import frameworks, inspecting
from governance.models import Inspection

NEW = {
    "kind": "Full inspection",
    "began_on": date(2026, 3, 3),
    "ended_on": date(2026, 3, 4),
    "published_on": date(2026, 4, 17),
    "report_url": "https://reports.example/1",
    "to_improve": "Sharpen the feedback in mathematics.\n\nAttendance of older pupils.",
}
OLD = NEW | {
    "kind": "Graded inspection (section 5)",
    "began_on": date(2023, 5, 10),
    "ended_on": date(2023, 5, 11),
    "published_on": date(2023, 6, 20),
}
NEW_GRADES = {"rf_inc": "strong", "rf_ach": "attention", "rf_sg": "met"}
OLD_GRADES = {"eif_oe": "good", "eif_qe": "good", "eif_ey": "outstanding", "eif_sg": "effective"}
TYPED = {
    "kind": "Full inspection",
    "began_on_day": "3", "began_on_month": "March", "began_on_year": "2026",
    "ended_on_day": "4", "ended_on_month": "March", "ended_on_year": "2026",
    "rf_inc": "strong", "rf_sg": "met",
    "to_improve": "Sharpen the feedback.",
}  # fmt: skip


def record(cast, *, framework="rf", grades=NEW_GRADES, by=None, **words) -> Inspection:
    base = NEW if framework == "rf" else OLD
    return inspecting.record_inspection(
        cast.school, framework=framework, grades=grades, by=by or cast.head, **(base | words)
    )


def page(cast, name="inspections", *more) -> str:
    return reverse(name, args=[cast.school.slug, *more])


# --- frameworks as data -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2015, 8, 31), None),
        (date(2015, 9, 1), "cif"),
        (date(2019, 8, 31), "cif"),
        (date(2019, 9, 1), "eif"),
        (date(2025, 11, 9), "eif"),
        (date(2025, 11, 10), "rf"),
        (date(2026, 11, 24), "rf"),
    ],
)
def test_a_day_has_one_framework(day, code):
    found = frameworks.in_force(day)
    assert (found and found.code) == code


def test_the_framework_since_november_2025():
    names = [area.name for area in frameworks.by_code("rf").areas]
    assert names == [
        "Inclusion",
        "Curriculum and teaching",
        "Achievement",
        "Attendance and behaviour",
        "Personal development and well-being",
        "Leadership and governance",
        "Early years",
        "Post-16 provision",
        "Safeguarding",
    ]
    grades = {tuple(grade.words for grade in area.grades) for area in frameworks.by_code("rf").areas}
    five = ("Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement")
    assert grades == {five, ("Met", "Not met")}


def test_codes_of_areas_are_of_one_framework_each():
    codes = [area.code for framework in frameworks.FRAMEWORKS for area in framework.areas]
    assert len(codes) == len(set(codes))
    assert {frameworks.area(code).code for code in codes} == set(codes)
    assert frameworks.area("eif_oe").name == "Overall effectiveness"
    assert frameworks.area("none") is None


# --- operations -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_is_read_in_its_own_words(ashdown):
    record(ashdown, framework="eif", grades=OLD_GRADES)
    record(ashdown)
    newer, older = inspecting.read(ashdown.school.inspections.all())
    assert newer.framework == "The framework since November 2025"
    assert newer.days == "3 and 4 March 2026"
    assert newer.grades == (
        ("Inclusion", "Strong standard"),
        ("Achievement", "Needs attention"),
        ("Safeguarding", "Met"),
    )
    assert newer.to_improve == ("Sharpen the feedback in mathematics.", "Attendance of older pupils.")
    assert older.grades == (
        ("Overall effectiveness", "Good"),
        ("Quality of education", "Good"),
        ("Early years provision", "Outstanding"),
        ("Safeguarding", "Effective"),
    )
    assert inspecting.inspected(newer.body) == dataclasses.replace(newer, id=0)


@pytest.mark.django_db
def test_after_a_visit_without_grades_the_last_grades_still_stand(ashdown):
    record(ashdown)
    record(
        ashdown, kind="Monitoring inspection", began_on=date(2026, 10, 6), ended_on=None, published_on=None, grades={}
    )
    last = inspecting.last_of(inspecting.read(ashdown.school.inspections.all()))
    assert [(row.days, bool(row.grades)) for row in last] == [("6 October 2026", False), ("3 and 4 March 2026", True)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("grades", "said"),
    [
        ({"rf_inc": "good"}, "“Good” is not a grade of the 2025 framework for “Inclusion”. Its grades are Exceptional"),
        ({"eif_qe": "good"}, "“Quality of education” is not an area of the 2025 framework"),
        ({"rf_sg": "effective"}, "“Effective” is not a grade of the 2025 framework for “Safeguarding”"),
        ({"rf_inc": "<b>"}, "That is not a grade of the 2025 framework"),
        ({"strange": "good"}, "That is not an area of the 2025 framework"),
    ],
)
def test_a_grade_of_the_wrong_framework_is_refused(ashdown, grades, said):
    with pytest.raises(Conflict, match=said):
        record(ashdown, grades=grades)
    assert ashdown.school.inspections.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"ended_on": date(2026, 3, 2)}, "ends before it begins"),
        ({"published_on": date(2026, 3, 3)}, "published before the inspection is over"),
        ({"published_on": date(2026, 12, 1)}, "has not come yet"),
        ({"began_on": date(2026, 11, 25), "ended_on": None, "published_on": None}, "has not come yet"),
        ({"began_on": date(2023, 5, 3)}, "On 3 May 2023 the 2019 framework was in force"),
        ({"began_on": date(2014, 5, 3)}, "before September 2015"),
    ],
)
def test_days_that_cannot_be_are_refused(ashdown, words, said):
    with pytest.raises(Conflict, match=said):
        record(ashdown, **words)
    assert ashdown.school.inspections.count() == 0


@pytest.mark.django_db
def test_leaders_and_the_clerk_record_them(ashdown, kestrel):
    record(ashdown, by=ashdown.clerk)
    record(ashdown, by=ashdown.deputy)
    for other in (ashdown.chair, ashdown.governor, ashdown.teacher, kestrel.head):
        with pytest.raises(NotAllowed):
            record(ashdown, by=other)
    assert [event.what for event in AuditEvent.objects.all()] == ["record_inspection"] * 2


@pytest.mark.django_db
def test_two_who_correct_find_each_other(ashdown):
    made = record(ashdown)
    again = Inspection.objects.get(pk=made.pk)
    words = NEW | {"to_improve": "One thing."}
    inspecting.correct_inspection(made, revision=1, grades={"rf_inc": "expected"}, by=ashdown.head, **words)
    with pytest.raises(StaleEdit):
        inspecting.correct_inspection(again, revision=1, grades=NEW_GRADES, by=ashdown.clerk, **NEW)
    [row] = inspecting.read(ashdown.school.inspections.all())
    assert (row.grades, row.to_improve) == ((("Inclusion", "Expected standard"),), ("One thing.",))


@pytest.mark.django_db
def test_removed_twice_it_is_removed_once(ashdown):
    made = record(ashdown)
    inspecting.remove_inspection(ashdown.school, inspection=made.pk, by=ashdown.clerk)
    with pytest.raises(Conflict, match="already"):
        inspecting.remove_inspection(ashdown.school, inspection=made.pk, by=ashdown.clerk)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 3), None, "3 March 2026"),
        (date(2026, 3, 3), date(2026, 3, 3), "3 March 2026"),
        (date(2026, 3, 3), date(2026, 3, 5), "3 to 5 March 2026"),
        (date(2025, 9, 30), date(2025, 10, 1), "30 September to 1 October 2025"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 December 2025 to 1 January 2026"),
    ],
)
def test_days_as_they_are_written(first, last, said):
    assert inspecting.span(first, last) == said


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_clerk_records_one_in_the_browser(ashdown, client):
    client.force_login(ashdown.clerk)
    assert "No inspection is recorded yet" in client.get(page(ashdown)).text
    when = client.post(
        page(ashdown, "inspection_add"), {"began_on_day": "3", "began_on_month": "3", "began_on_year": "2026"}
    )
    assert when.headers["Location"] == page(ashdown, "inspection_record", "rf") + "?began=2026-03-03"
    form = client.get(when.headers["Location"]).text
    assert "Strong standard" in form and "Outstanding" not in form
    assert client.post(page(ashdown, "inspection_record", "rf"), TYPED).status_code == 302
    text = client.get(page(ashdown)).text
    assert "3 and 4 March 2026" in text and "Strong standard" in text and "Sharpen the feedback." in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rf_inc": "good"}, "“Good” is not a grade of the 2025 framework for “Inclusion”."),
        ({"eif_qe": "good"}, "“Quality of education” is not an area of the 2025 framework"),
        ({"ended_on_day": "2"}, "The inspection ends before it begins"),
        ({"began_on_day": "31", "began_on_month": "2"}, "There is no 31 February in 2026"),
        ({"began_on_year": "2023"}, "On 3 March 2023 the 2019 framework was in force"),
        ({"report_url": "javascript:alert(1)"}, "Give a web address"),
        ({"kind": ""}, "Choose the kind of inspection"),
        ({"to_improve": "x" * 7000}, "Shorten this to 6,000 characters"),
    ],
)
def test_wrong_words_are_said_and_kept(ashdown, client, wrong, said):
    client.force_login(ashdown.head)
    answer = client.post(page(ashdown, "inspection_record", "rf"), TYPED | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Sharpen the feedback." in answer.text or "to_improve" in wrong
    assert ashdown.school.inspections.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("1", "1", "2014"), "before September 2015"),
        (("25", "11", "2026"), "has not come yet"),
        (("", "", ""), "Give the first day"),
    ],
)
def test_a_day_without_a_framework_is_refused(ashdown, client, day, said):
    client.force_login(ashdown.head)
    typed = {f"began_on_{name}": part for name, part in zip(("day", "month", "year"), day, strict=True)}
    answer = client.post(page(ashdown, "inspection_add"), typed)
    assert answer.status_code == 422 and said in answer.text


@pytest.mark.django_db
def test_the_second_who_corrects_sees_both(ashdown, client):
    made = record(ashdown)
    inspecting.correct_inspection(
        made, revision=1, grades=NEW_GRADES, by=ashdown.head, **(NEW | {"to_improve": "Theirs."})
    )
    client.force_login(ashdown.clerk)
    address = reverse("inspection_correct", args=[made.pk])
    answer = client.post(address, TYPED | {"revision": "1"})
    assert answer.status_code == 409
    assert "Theirs." in answer.text and "Sharpen the feedback." in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert client.post(address, TYPED | {"revision": "2"}).status_code == 302
    assert inspecting.read([Inspection.objects.get(pk=made.pk)])[0].to_improve == ("Sharpen the feedback.",)


@pytest.mark.django_db
def test_readers_read_and_strangers_find_nothing(ashdown, kestrel, client):
    made = record(ashdown)
    pages = [page(ashdown, "inspection_add"), page(ashdown, "inspection_record", "rf")]
    pages.append(reverse("inspection_correct", args=[made.pk]))
    client.force_login(ashdown.governor)
    assert "Only" in client.get(page(ashdown)).text
    for address in pages:
        assert (client.get(address).status_code, client.post(address, TYPED).status_code) == (403, 403)
    client.force_login(kestrel.head)
    for address in [page(ashdown), *pages]:
        assert client.get(address).status_code == 404
    client.force_login(ashdown.head)
    assert client.get(page(ashdown, "inspection_record", "none")).status_code == 404


@pytest.mark.django_db
def test_a_mistaken_one_is_removed(ashdown, client):
    made = record(ashdown)
    client.force_login(ashdown.clerk)
    address = reverse("inspection_remove", args=[made.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert ashdown.school.inspections.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_no_more_for_more(ashdown, client, many, django_assert_num_queries):
    for day in range(1, many + 1):
        record(ashdown, began_on=date(2026, 2, day), ended_on=None)
    client.force_login(ashdown.governor)
    client.get(page(ashdown))
    with django_assert_num_queries(6):
        client.get(page(ashdown))
