"""A review as everyone reads it: who finds it when, where it says that it stands, what it asks of whom, its cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from governance import meetings
from monitoring import rating, receiving, reports, reviewing, viewing
from monitoring.models import Rating, ReportJob, Review, ReviewRecord
from monitoring.reading import read as reading_of
from sip.models import Measure, Objective, Target
from tests import make

LEADERS = ("head", "deputy", "business")
BOARD = ("chair", "vice", "governor", "link", "associate", "committee_member", "clerk")
READERS = ("teacher", "inspector", "adviser")
MARKER = "Why it goes well at Ashdown Primary."


def page(client, user, review: Review) -> str:
    client.force_login(user)
    answer = client.get(f"/reviews/{review.pk}/")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def who_finds(client, cast, review: Review) -> set[str]:
    everyone = (*LEADERS, *BOARD, *READERS, "left")
    return {who for who in everyone if page(client, getattr(cast, who), review) != "404"}


def on_agenda(review: Review, cast, *, day: date = date(2026, 12, 9)):
    meeting = make.meeting(review.receiving_board, day=day, by=cast.clerk)
    return receiving.put_review(review, meeting=meeting, by=cast.clerk).item


def give(review: Review, by, stance: str, **words):
    return viewing.give_view(
        review, objective=review.plan.objectives.first(), revision=0, stance=stance, by=by, **words
    )


# --- who finds it when


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("open", {*LEADERS}),
        ("with governors", {*LEADERS, *BOARD}),
        ("received", {*LEADERS, *BOARD, *READERS}),
    ],
)
def test_leaders_at_every_state_then_the_board_then_whoever_reads_the_plan(client, ashdown, kestrel, state, found):
    review = make.review(ashdown, state=state)
    assert who_finds(client, ashdown, review) == found
    assert [page(client, who, review) for who in (kestrel.head, kestrel.chair, kestrel.clerk)] == ["404"] * 3


def test_the_trust_reads_it_from_the_day_it_is_with_governors_and_a_sister_school_never(
    client, harbour, mudlark, quayside
):
    review = make.review(quayside, state="open")
    assert page(client, harbour.head, review) == "404"
    reviewing.send_review(review, by=quayside.head)
    assert "With governors since 24 November" in page(client, harbour.head, review)
    assert "With governors since 24 November" in page(client, harbour.chair, review)
    assert {page(client, who, review) for who in (mudlark.head, mudlark.chair, mudlark.clerk)} == {"404"}


def test_whoever_leads_one_objective_reads_that_one_alone_while_it_is_open(client, ashdown):
    plan = make.plan(ashdown, state="approved", objectives=2)
    Objective.objects.filter(plan=plan, position=1).update(lead=ashdown.teacher.person)
    review = make.review(ashdown, plan_=plan)
    reviewing.write_narrative(review, revision=1, narrative="A term of hedgehogs.", by=ashdown.head)
    text = page(client, ashdown.teacher, review)
    assert "Objective 1 of Ashdown" in text and "Objective 2 of Ashdown" not in text and "hedgehogs" not in text
    assert "You read what you lead." in text and "you rate what you lead" in text
    assert "Rate each milestone that is due." in text and "Finish the review" not in text
    reviewing.send_review(review, by=ashdown.head)
    text = page(client, ashdown.teacher, review)
    assert "Objective 2 of Ashdown" in text and "hedgehogs" in text


def test_taken_back_it_is_gone_for_governors(client, ashdown):
    review = make.review(ashdown, state="with governors")
    client.force_login(ashdown.head)
    answer = client.post(f"/reviews/{review.pk}/take-back/", follow=True)
    assert "The review is yours again." in answer.content.decode()
    assert (
        "Leaders have taken it back and rate again; it opened on 24 November: 1 of 1 rated." in answer.content.decode()
    )
    assert page(client, ashdown.governor, review) == "404"


# --- where it stands


def test_while_leaders_rate_it_says_how_far_they_are_and_by_when(client, ashdown):
    review = make.review(ashdown, rated=False)
    assert (
        "Leaders are rating since 24 November: 0 of 1 rated. Next, the headteacher sends it to governors, "
        "by 24 November for the board’s meeting on 2 December." in page(client, ashdown.head, review)
    )


def test_papers_that_are_due_already_are_said_to_be(client, ashdown):
    review = make.review(ashdown)
    make.meeting(ashdown.board, day=date(2026, 11, 27), by=ashdown.clerk)
    assert "for the board’s meeting on 27 November papers are due already." in page(client, ashdown.head, review)


def test_with_governors_it_says_who_puts_it_on_an_agenda_and_then_when_it_is_received(client, ashdown):
    review = make.review(ashdown, state="with governors")
    says = "With governors since 24 November. Next, the chair or the clerk puts it on an agenda."
    assert says in page(client, ashdown.governor, review)
    item = on_agenda(review, ashdown)
    text = page(client, ashdown.governor, review)
    assert "Next, the governing board receives it on Wednesday 9 December." in text
    assert f'href="/items/{item.pk}/"' in text
    with clock.standing_at(clock.local(date(2026, 12, 11))):
        assert "What the board did is not recorded yet." in page(client, ashdown.governor, review)


def test_received_it_says_by_which_board_when_and_where_it_is_minuted(client, ashdown):
    review = make.review(ashdown, state="received")
    text = page(client, ashdown.governor, review)
    assert "Received by the governing board on 9 December 2026 (FGB 1)." in text
    assert "The item and its decision" in text and "As the board received it, unchanged since" in text
    text = page(client, ashdown.inspector, review)
    assert "(FGB 1)." in text and "The item and its decision" not in text  # inspectors see no meetings


def test_what_the_board_received_is_read_from_the_record(client, ashdown):
    review = make.review(ashdown, state="received")
    Rating.objects.update(why="Something else now.")
    Objective.objects.update(title="Another title")
    text = page(client, ashdown.governor, review)
    assert MARKER in text and "Something else now." not in text and "Another title" not in text


def test_a_record_that_is_not_as_it_was_frozen_says_so(client, ashdown, monkeypatch):
    review = make.review(ashdown, state="received")
    monkeypatch.setattr(ReviewRecord, "is_unharmed", False)
    assert "This review is not as it was frozen." in page(client, ashdown.governor, review)


# --- what it asks of whom


def asked(client, user, review: Review) -> str:
    text = page(client, user, review)
    start = text.find("What is asked of you")
    return text[start : text.find("</section>", start)] if start >= 0 else ""


def test_leaders_are_asked_to_rate_write_and_send(client, ashdown):
    review = make.review(ashdown, rated=False)
    for who, sends in {"head": True, "deputy": False}.items():
        text = asked(client, getattr(ashdown, who), review)
        assert f'href="/reviews/{review.pk}/rate/">Rate the next milestone' in text
        assert f'href="/reviews/{review.pk}/finish/">Finish the review' in text
        assert ("Send it to governors." in text) is sends


def test_the_business_manager_reads_and_rates_nothing(client, ashdown):
    assert asked(client, ashdown.business, make.review(ashdown)) == ""


def test_when_all_is_rated_the_button_finishes_the_review(client, ashdown):
    review = make.review(ashdown)
    text = asked(client, ashdown.head, review)
    assert "Rate the next milestone" not in text and 'class="button" href="/reviews/' in text


def test_the_head_may_take_it_back_until_the_papers_are_out(client, ashdown):
    review = make.review(ashdown, state="with governors")
    assert "Take the review back" in asked(client, ashdown.head, review)
    assert "Take the review back" not in page(client, ashdown.deputy, review)
    meetings.send_papers(on_agenda(review, ashdown).meeting, by=ashdown.clerk)
    text = asked(client, ashdown.head, review)
    assert "The papers for 9 December are out, with this review among them." in text
    assert "Take the review back" not in text
    assert client.post(f"/reviews/{review.pk}/take-back/").status_code == 409
    review.refresh_from_db()
    assert review.state == "with governors"


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("chair", 403), ("inspector", 404)])
def test_nobody_else_takes_it_back(client, ashdown, kestrel, who, status):
    review = make.review(ashdown, state="with governors")
    client.force_login(getattr(ashdown, who))
    assert client.post(f"/reviews/{review.pk}/take-back/").status_code == status
    assert client.get(f"/reviews/{review.pk}/take-back/").status_code == 405
    client.force_login(kestrel.head)
    assert client.post(f"/reviews/{review.pk}/take-back/").status_code == 404


def test_the_monitor_is_asked_for_a_view_of_each_objective(client, ashdown):
    plan = make.plan(ashdown, state="approved", objectives=2)
    review = make.review(ashdown, state="with governors", plan_=plan)
    first, second = plan.objectives.all()
    text = asked(client, ashdown.link, review)
    assert text.count("Give your view of objective") == 2
    assert f'class="button" href="/reviews/{review.pk}/objectives/{first.pk}/view/">Give your view' in text
    give(review, ashdown.link, "agrees")
    text = asked(client, ashdown.link, review)
    assert text.count("Done: ") == 1
    assert f'class="button" href="/reviews/{review.pk}/objectives/{second.pk}/view/">Give your view' in text


def test_whoever_puts_things_on_the_agenda_is_asked_to_and_then_led_to_the_item(client, ashdown):
    review = make.review(ashdown, state="with governors")
    for who in ("clerk", "chair"):
        assert f'href="/reviews/{review.pk}/put/">Put it on an agenda' in asked(client, getattr(ashdown, who), review)
    item = on_agenda(review, ashdown)
    text = asked(client, ashdown.clerk, review)
    assert (
        f'href="/items/{item.pk}/">The item on the agenda' in text and "It is on that of Wednesday 9 December." in text
    )


def test_nothing_is_asked_of_whoever_only_reads(client, ashdown):
    review = make.review(ashdown, state="received")
    assert {asked(client, getattr(ashdown, who), review) for who in ("head", "governor", "inspector", "teacher")} == {
        ""
    }


# --- what it says


def test_both_sides_of_an_objective_with_milestones_measures_and_actions(client, ashdown):
    plan = make.plan(ashdown, state="approved")
    objective = plan.objectives.get()
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read daily")
    target = Target.objects.create(
        criterion=objective.criteria.get(), measure=measure, baseline="61", cohort=210, aim="80"
    )
    objective.actions.update(due_on=date(2026, 11, 2))
    review = make.review(ashdown, plan_=plan)
    milestone = reviewing.milestones_due(review).get()
    rating.rate(
        review,
        milestone=milestone,
        revision=1,
        mark="red",
        why="Too few read daily.",
        next_step="Ring every family.",
        next_by=date(2026, 12, 11),
        evidence=["data"],
        by=ashdown.deputy,
    )
    rating.read_measure(review, target=target, value=63, cohort=210, by=ashdown.deputy)
    rating.sum_up(
        review,
        objective=objective,
        revision=0,
        words="We begin again.",
        mark="amber",
        why="two are well",
        by=ashdown.head,
    )
    reviewing.send_review(review, by=ashdown.head)
    text = page(client, ashdown.governor, review)
    for words in (
        "Eight in ten read well.",
        "Pupils who read well: from 61% to 80%, by 16 July 2027",
        "We begin again.",
        "Leaders do not take the worst of what is due, off track: two are well.",
        "Too few read daily.",
        "Ring every family, by 11 December",
        "Evidence: data: one source only",
        "<strong>63% in autumn</strong>, from 61%, aim 80%",
        "None of one action done, one late.",
        "Action 1 of Ashdown Primary, Ashdown Teacher: was due 2 November",
        "Ashdown Link, link governor for early reading: not given yet.",
    ):
        assert words in text, words
    assert f'href="/milestones/{milestone.pk}/"' in text and f"/ask/?objective={objective.pk}" in text


def test_what_is_due_and_not_rated_says_nothing_in_words(client, ashdown):
    plan = make.plan(ashdown, state="approved", criteria=2)
    review = make.review(ashdown, plan_=plan)
    Rating.objects.filter(milestone__criterion__position=2).delete()
    text = page(client, ashdown.head, review)
    assert "1 of 2 rated" in text and "not rated yet</span>" in text and "nothing said" not in text
    reviewing.send_review(review, by=ashdown.head)
    assert '<span class="silent">nothing said</span>' in page(client, ashdown.governor, review)


def test_where_views_differ_stands_first(client, ashdown):
    review = make.review(ashdown, state="with governors")
    assert "Where views differ" not in page(client, ashdown.governor, review)
    give(review, ashdown.link, "sees it differently", mark="amber", why="I saw one class of four.")
    text = page(client, ashdown.governor, review)
    assert 0 < text.index("Where views differ") < text.index("The objectives at a glance")
    assert "I saw one class of four." in text and "Ashdown Link, link governor for early reading, 24 November" in text


def test_a_view_that_agrees_is_no_difference(client, ashdown):
    review = make.review(ashdown, state="with governors")
    give(review, ashdown.link, "agrees")
    text = page(client, ashdown.governor, review)
    assert "Where views differ" not in text and "<strong>Agrees</strong>" in text


def test_the_direction_is_said_in_words(client, ashdown):
    plan = make.plan(ashdown, state="approved")
    autumn = make.review(ashdown, plan_=plan, state="with governors")
    with clock.standing_at(clock.local(date(2027, 3, 1))):
        spring = reviewing.open_review(plan, term="spring", by=ashdown.head)
        for milestone in reviewing.milestones_due(spring):
            rating.rate(spring, milestone=milestone, revision=0, mark="amber", why="It slipped.", by=ashdown.head)
        text = page(client, ashdown.head, spring)
    assert "worse than autumn" in text and "worse than" not in page(client, ashdown.head, autumn)


# --- the termly report


def test_whoever_may_makes_the_report_and_everyone_sees_that_it_waits(client, ashdown):
    review = make.review(ashdown, state="with governors")
    text = page(client, ashdown.governor, review)
    assert "Termly report, as sent to governors" in text and "waiting for its turn" in text
    ReportJob.objects.all().delete()
    says = {
        who: "Make the report" in page(client, getattr(ashdown, who), review) for who in ("head", "clerk", "governor")
    }
    assert says == {"head": True, "clerk": True, "governor": False}
    assert "None is made yet." in page(client, ashdown.governor, review)


def test_a_report_that_is_made_can_be_opened(client, ashdown):
    review = make.review(ashdown, state="with governors")
    job = ReportJob.objects.get()
    reports_made = job.record.reports.create(made_at=clock.now(), pages=4, sha256="0" * 64, content=b"%PDF")
    ReportJob.objects.update(state="done", document=reports_made)
    text = page(client, ashdown.governor, review)
    assert f'href="/reports/{reports_made.pk}/"' in text and "PDF, 4 pages, made on 24 November 2026" in text
    assert reports.make_report(review, by=ashdown.clerk).pk == job.pk


def test_the_newest_report_stands_first_whether_it_is_made_already_or_not(client, ashdown):
    review = make.review(ashdown, state="received")
    sent, received = ReportJob.objects.order_by("record__number")
    made = sent.record.reports.create(made_at=clock.now(), pages=1, sha256="0" * 64, content=b"%PDF")
    ReportJob.objects.filter(pk=sent.pk).update(state="done", document=made)
    text = page(client, ashdown.chair, review)
    assert text.index("as received by the board") < text.index("as sent to governors")


# --- its cost


@pytest.mark.parametrize("state", ["open", "with governors", "received"])
def test_a_review_costs_the_same_queries_whatever_its_size(client, ashdown, kestrel, state):
    costs = []
    for cast, many in ((ashdown, 1), (kestrel, 3)):
        review = make.review(cast, state=state, plan_=make.plan(cast, state="approved", objectives=many, actions=many))
        client.force_login(cast.head)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/reviews/{review.pk}/").status_code == 200
        costs.append(len(queries))
    assert costs == [{"open": 24, "with governors": 26, "received": 14}[state]] * 2


def test_reading_says_what_is_to_be_viewed(ashdown):
    review = make.review(ashdown, state="with governors")
    assert [row.number for row in reading_of(review, ashdown.link).to_view] == [1]
    assert reading_of(review, ashdown.chair).to_view == []
