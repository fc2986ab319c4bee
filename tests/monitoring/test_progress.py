"""The Progress page: objectives by term, who sees which ratings, a milestone's story, a review opened by hand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from monitoring import progress, rating, reviewing, story, viewing
from monitoring.models import Rating, Review
from sip import asking
from sip.models import Action, Measure, Milestone, Objective, Plan, Target
from tests import make
from tests.sip.drafts import draft

PAGE = "/organisations/ashdown-primary/progress/2026-27/"
CIRCLE = ("head", "deputy", "business", "chair", "governor", "link", "associate", "committee_member", "clerk")
READERS = ("teacher", "inspector", "adviser")


@pytest.fixture
def plan(ashdown) -> Plan:
    """Approved, with two objectives."""
    return make.plan(ashdown, state="approved", objectives=2)


def read(client, user, address: str = PAGE) -> str:
    client.force_login(user)
    answer = client.get(address, follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def rate(review: Review, mark: str, *, by, only: Milestone | None = None) -> None:
    more = {"next_step": "Ring families.", "next_by": date(2027, 5, 1)} if mark == "red" else {"evidence": ["data"]}
    for milestone in [only] if only else reviewing.milestones_due(review):
        rating.rate(review, milestone=milestone, revision=0, mark=mark, why="Because.", by=by, **more)


def cells(plan: Plan, user, number: int = 1) -> list[str]:
    """What an objective's three cells say, in one word or sentence each."""
    return [cell.word or cell.silence for cell in progress.of(plan, user).rows[number - 1].cells]


def dues(plan: Plan, user, term: int) -> list[tuple[str, str, str]]:
    return [(one.text, one.word, one.late) for one in progress.of(plan, user).rows[0].cells[term].dues]


def in_spring():
    return clock.standing_at(clock.local(date(2027, 3, 1)))


# --- what a cell says


def test_before_anything_is_rated_the_year_is_not_rated_yet_or_not_due(client, plan, ashdown):
    assert cells(plan, ashdown.governor) == ["not rated yet", "not due", "not due"]
    text = read(client, ashdown.governor)
    assert "Nothing is rated yet. Leaders rate the autumn term next." in text
    assert "Begins on 4 January" in text and "Open the autumn review now" not in text


def test_with_governors_the_marks_stand_in_their_term(client, plan, ashdown):
    review = make.review(ashdown, plan_=plan, state="with governors")
    assert cells(plan, ashdown.governor) == ["on track", "not due", "not due"]
    assert dues(plan, ashdown.governor, 0) == [("65%", "on track", "")]
    assert dues(plan, ashdown.governor, 1) == [("72%", "", "")]
    text = read(client, ashdown.governor)
    assert (
        "Autumn review: with governors since 24 November. Leaders rate the spring term from Thursday 25 February."
        in text
    )
    assert f'href="/reviews/{review.pk}/">With governors since 24 November' in text
    assert f'href="/milestones/{Milestone.objects.filter(term="autumn").first().pk}/"' in text
    assert '<span class="mark mark--green">' in text and '<span class="mark mark--grey">' in text


def test_the_spring_is_coloured_by_all_that_is_due_and_says_by_which(plan, ashdown):
    make.review(ashdown, plan_=plan, state="with governors")
    with in_spring():
        spring = reviewing.open_review(plan, term="spring", by=ashdown.head)
        for milestone in reviewing.milestones_due(spring):
            rate(spring, "red" if milestone.term == "autumn" else "green", by=ashdown.head, only=milestone)
        reviewing.send_review(spring, by=ashdown.head)
        assert cells(plan, ashdown.governor) == ["on track", "off track", "not due"]
        assert dues(plan, ashdown.governor, 1) == [("65%", "off track", "autumn"), ("72%", "on track", "")]
        cell = progress.of(plan, ashdown.governor).rows[0].cells[1]
        assert (cell.direction, cell.than) == ("worse", "autumn")


def test_no_word_is_a_state_of_its_own_and_never_last_times_colour(client, plan, ashdown):
    first, second = plan.objectives.all()
    review = make.review(ashdown, plan_=plan)
    Rating.objects.filter(milestone__criterion__objective=second).delete()
    reviewing.send_review(review, by=ashdown.head)
    assert cells(plan, ashdown.governor, 2) == ["nothing said", "not due", "not due"]
    with in_spring():
        spring = reviewing.open_review(plan, term="spring", by=ashdown.head)
        for milestone in Milestone.objects.filter(criterion__objective=second, term__in=spring.terms_due):
            rate(spring, "green", by=ashdown.head, only=milestone)
        reviewing.send_review(spring, by=ashdown.head)
        assert cells(plan, ashdown.governor) == ["on track", "nothing since 24 November", "not due"]
        assert '<span class="silent">nothing since 24 November</span>' in read(client, ashdown.governor)


def test_a_term_that_passed_without_a_review_is_said_to_have(plan, ashdown):
    with in_spring():
        assert cells(plan, ashdown.governor) == ["nothing said", "not rated yet", "not due"]
        assert progress.of(plan, ashdown.governor).columns[0].says == "not reviewed"


def test_leaders_own_mark_counts_and_the_monitors_stands_beside_it(plan, ashdown):
    review = make.review(ashdown, plan_=plan)
    objective = plan.objectives.first()
    rating.sum_up(
        review, objective=objective, revision=0, words="", mark="amber", why="It hangs by a thread.", by=ashdown.head
    )
    reviewing.send_review(review, by=ashdown.head)
    words = {"stance": "sees it differently", "mark": "red", "why": "It broke."}
    viewing.give_view(review, objective=objective, revision=0, by=ashdown.link, **words)
    cell = progress.of(plan, ashdown.governor).rows[0].cells[0]
    assert (cell.word, cell.view) == ("at risk", "Monitor: off track")


def test_an_objective_without_milestones_is_not_due(plan, ashdown):
    make.review(ashdown, plan_=plan, state="with governors")
    Rating.objects.all().delete()
    Milestone.objects.all().delete()
    assert cells(plan, ashdown.governor) == ["not due"] * 3


def test_a_closed_year_says_what_came_of_each_objective(client, plan, ashdown):
    Plan.objects.update(state="closed")
    Objective.objects.filter(position=1).update(outcome="partly met")
    text = read(client, ashdown.governor)
    assert "The plan is closed." in text and "Outcome: partly met" in text


# --- who sees which ratings


def test_while_leaders_rate_governors_read_only_how_far_they_are(client, plan, ashdown):
    review = make.review(ashdown, plan_=plan, rated=False)
    rate(review, "red", by=ashdown.head, only=reviewing.milestones_due(review).first())
    for who in ("governor", "chair", "link", "clerk", "associate", "committee_member"):
        text = read(client, getattr(ashdown, who))
        assert "Leaders are rating the autumn term: 1 of 2." in text and "off track" not in text, who
        assert f'href="/reviews/{review.pk}/"' not in text
    for who in ("head", "deputy", "business"):
        text = read(client, getattr(ashdown, who))
        assert "off track" in text and f'href="/reviews/{review.pk}/"' in text, who
        assert "The ratings of the open review are shown to you" in text
    for who in READERS:
        text = read(client, getattr(ashdown, who))
        assert "The autumn term is not rated yet." in text and "1 of 2" not in text and "off track" not in text, who


def test_whoever_leads_an_objective_sees_that_one_while_it_is_rated(plan, ashdown):
    Objective.objects.filter(position=1).update(lead=ashdown.teacher.person)
    make.review(ashdown, plan_=plan)
    assert cells(plan, ashdown.teacher, 1)[0] == "on track"
    assert cells(plan, ashdown.teacher, 2)[0] == "not rated yet"


def test_readers_see_ratings_when_the_board_has_received_them(client, ashdown):
    review = make.review(ashdown, state="with governors")
    for who in READERS:
        text = read(client, getattr(ashdown, who))
        assert "not received by the board yet" in text and "on track" not in text, who
    assert all("on track" in read(client, getattr(ashdown, who)) for who in CIRCLE)
    Review.objects.filter(pk=review.pk).update(state="received")
    for who in READERS:
        text = read(client, getattr(ashdown, who))
        assert "on track" in text and "Received by the board" in text, who


def test_the_trust_reads_its_schools_progress_and_no_sister_school_does(client, harbour, quayside, mudlark):
    make.review(quayside, state="received")
    address = "/organisations/quayside-academy/progress/2026-27/"
    assert "on track" in read(client, harbour.head, address) and "on track" in read(client, harbour.chair, address)
    assert {read(client, who, address) for who in (mudlark.head, mudlark.chair)} == {"404"}


@pytest.mark.parametrize(("state", "shown"), [("open", set()), ("with governors", {*CIRCLE}), ("received", {*CIRCLE})])
def test_the_plans_page_shows_the_ratings_that_governors_saw(client, ashdown, state, shown):
    review = make.review(ashdown, state=state)
    milestone = reviewing.milestones_due(review).get()
    pages = ("/organisations/ashdown-primary/plan/2026-27/", f"/objectives/{review.plan.objectives.get().pk}/")
    for address in pages:
        found = set()
        for who in (*CIRCLE, *READERS):
            text = read(client, getattr(ashdown, who), address)
            assert f'href="/milestones/{milestone.pk}/"' in text and f'href="{PAGE}">How it goes' in text
            found |= {who} if "mark--green" in text else set()
        assert found == shown


# --- where there is nothing yet


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("objectives", "The board is setting the objectives."),
        ("drafting", "Leaders are drafting."),
        ("with the board", "Next, the clerk or the chair puts it on an agenda."),
    ],
)
def test_before_approval_it_says_who_acts_next(client, ashdown, state, says):
    plan = draft(ashdown, state=state)
    Plan.objects.filter(pk=plan.pk).update(submitted_at=clock.now())
    text = read(client, ashdown.governor)
    assert "Nothing is rated before the board has approved the plan." in text and says in text


def test_without_a_plan_it_says_who_begins_one(client, ashdown):
    address = "/organisations/ashdown-primary/progress/"
    assert "No plan for 2026/27 is begun." in read(client, ashdown.governor, address)
    assert "There is nothing for you to read yet." in read(client, ashdown.inspector, address)


def test_the_menu_leads_to_the_year_that_people_mean_and_from_there_to_the_one_before(client, plan, ashdown):
    Plan.objects.create(organisation=ashdown.school, year=2025, deciding_board=ashdown.board, state="closed")
    text = read(client, ashdown.governor, "/organisations/ashdown-primary/progress/")
    assert '<a href="/organisations/ashdown-primary/progress/" aria-current="page">Progress</a>' in text
    assert "<h1>Progress 2026/27</h1>" in text
    assert 'href="/organisations/ashdown-primary/progress/2025-26/">Last year’s progress' in text
    assert "The plan has no objective." in read(
        client, ashdown.governor, "/organisations/ashdown-primary/progress/2025-26/"
    )


def test_another_school_is_not_there(client, plan, kestrel):
    assert {read(client, kestrel.head, address) for address in (PAGE, PAGE.replace("2026-27/", ""))} == {"404"}


# --- a review opened by hand


@pytest.mark.parametrize(("who", "lands"), [("head", "What is asked of you"), ("clerk", "Progress 2026/27")])
def test_head_and_clerk_open_a_review_before_its_day(client, plan, ashdown, who, lands):
    user = getattr(ashdown, who)
    assert 'name="term" value="autumn">Open the autumn review now' in read(client, user)
    answer = client.post(f"/plans/{plan.pk}/reviews/open/", {"term": "autumn"}, follow=True)
    text = answer.content.decode()
    assert "The autumn review is open. Leaders can rate now." in text and lands in text
    assert "Open the autumn review now" not in read(client, user)
    assert client.post(f"/plans/{plan.pk}/reviews/open/", {"term": "autumn"}).status_code == 409
    assert Review.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("chair", 403), ("inspector", 403)])
def test_nobody_else_opens_one(client, plan, ashdown, kestrel, who, status):
    for user, expected in ((getattr(ashdown, who), status), (kestrel.head, 404)):
        client.force_login(user)
        assert client.post(f"/plans/{plan.pk}/reviews/open/", {"term": "autumn"}).status_code == expected
    assert "Open the autumn review now" not in read(client, getattr(ashdown, who))
    assert Review.objects.count() == 0


@pytest.mark.parametrize(("term", "status"), [("spring", 409), ("winter", 404), ("", 404)])
def test_a_term_that_has_not_begun_or_is_none_is_refused(client, plan, ashdown, term, status):
    client.force_login(ashdown.head)
    assert client.post(f"/plans/{plan.pk}/reviews/open/", {"term": term}).status_code == status


# --- a milestone's story


def test_a_milestone_leads_up_to_why_and_down_to_what_was_said_measured_asked_and_done(client, ashdown):
    plan = make.plan(ashdown, state="approved")
    objective, criterion = plan.objectives.get(), plan.objectives.get().criteria.get()
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read daily")
    target = Target.objects.create(criterion=criterion, measure=measure, baseline="61", aim="80")
    review = make.review(ashdown, plan_=plan)
    rating.read_measure(review, target=target, value=63, cohort=210, by=ashdown.head)
    reviewing.send_review(review, by=ashdown.head)
    viewing.give_view(review, objective=objective, revision=0, stance="agrees", why="I saw it.", by=ashdown.link)
    asking.ask(plan, objective=objective, text="Who reads with them?", needs_answer=True, by=ashdown.governor)
    Action.objects.update(due_on=date(2026, 11, 2), status="under way", status_note="half the books are here")
    milestone = criterion.milestones.get(term="autumn")
    text = read(client, ashdown.governor, f"/milestones/{milestone.pk}/")
    for words in (
        "Due by the end of the autumn term 2026/27. Last rated in the autumn review.",
        "Priority: Priority 1 of Ashdown Primary",
        "Objective: Objective 1 of Ashdown Primary",
        "Criterion 1",
        "Why it goes well at Ashdown Primary.",
        "Ashdown Head, 24 November. Evidence: data: one source only",
        "I saw it.",
        "63%",
        "Who reads with them?",
        "half the books are here",
        '<span class="late">late</span>',
        f"/plans/{plan.pk}/ask/?milestone={criterion.milestones.first().pk}",
    ):
        assert words in text, words
    assert "Who reads with them?" not in read(client, ashdown.teacher, f"/milestones/{milestone.pk}/")


def test_a_story_tells_only_of_reviews_that_its_reader_sees(plan, ashdown):
    review = make.review(ashdown, plan_=plan)
    milestone = Milestone.objects.to_read(ashdown.head).filter(term="autumn").first()

    def told() -> dict[str, int]:
        everyone = {"head": ashdown.head, "governor": ashdown.governor, "inspector": ashdown.inspector}
        return {name: len(story.of(milestone, user).chapters) for name, user in everyone.items()}

    assert told() == {"head": 1, "governor": 0, "inspector": 0}
    reviewing.send_review(review, by=ashdown.head)
    assert told() == {"head": 1, "governor": 1, "inspector": 0}
    Review.objects.update(state="received")
    assert told() == {"head": 1, "governor": 1, "inspector": 1}


def test_what_was_read_of_a_measure_waits_for_its_review_too(plan, ashdown):
    criterion = plan.objectives.first().criteria.get()
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read daily")
    target = Target.objects.create(criterion=criterion, measure=measure, baseline="61", aim="80")
    review = make.review(ashdown, plan_=plan)
    rating.read_measure(review, target=target, value=63, cohort=210, by=ashdown.head)
    milestone = Milestone.objects.to_read(ashdown.head).get(criterion=criterion, term="autumn")
    rows = {
        name: story.of(milestone, user).measured.rows for name, user in (("l", ashdown.head), ("g", ashdown.governor))
    }
    assert ("Autumn", "63%") in rows["l"] and ("Autumn", "63%") not in rows["g"]


def test_the_story_says_silence_and_direction_and_leads_leaders_to_rate(client, plan, ashdown):
    make.review(ashdown, plan_=plan, state="with governors")
    first, second = Milestone.objects.filter(term="autumn").order_by("pk")
    with in_spring():
        spring = reviewing.open_review(plan, term="spring", by=ashdown.head)
        rate(spring, "amber", by=ashdown.head, only=first)
        text = read(client, ashdown.head, f"/milestones/{first.pk}/")
        assert (
            "worse than autumn" in text
            and f'href="/reviews/{spring.pk}/milestones/{first.pk}/">Change its rating' in text
        )
        text = read(client, ashdown.head, f"/milestones/{second.pk}/")
        assert "not rated yet" in text and ">Rate it now</a>" in text
        reviewing.send_review(spring, by=ashdown.head)
        assert "nothing since 24 November" in read(client, ashdown.governor, f"/milestones/{second.pk}/")


def test_a_milestone_of_a_draft_or_of_another_school_is_not_there(client, ashdown, kestrel):
    plan = draft(ashdown)
    address = f"/milestones/{Milestone.objects.first().pk}/"
    assert read(client, ashdown.head, address) == "404"
    Plan.objects.filter(pk=plan.pk).update(state="approved")
    assert read(client, ashdown.head, address) != "404"
    assert read(client, kestrel.head, address) == "404"


# --- its cost


def test_the_pages_cost_the_same_queries_whatever_their_size(client, ashdown, kestrel):
    costs = []
    for cast, many in ((ashdown, 1), (kestrel, 3)):
        plan = make.plan(cast, state="approved", objectives=many, actions=many, criteria=many)
        make.review(cast, state="with governors", plan_=plan)
        year = PAGE.replace("ashdown-primary", cast.school.slug)
        read(client, cast.governor, year)
        pages = (year, f"/milestones/{Milestone.objects.filter(criterion__objective__plan=plan).first().pk}/")
        costs.append([_queries(client, page) for page in pages])
    assert costs == [[17, 12]] * 2


def _queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
