"""What leaders say in a review: of each milestone, of what is measured, of each objective; and the pages for it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed, StaleEdit
from foundation.keeping import TypedDraft
from governance.models import Term
from monitoring import meaning, queue, rating, reviewing, viewing
from monitoring.models import Rating, RatingWords, Review, Summary
from sip.models import Action, Measure, Milestone, Objective, Plan, Reading, SuccessCriterion, Target
from tests import make
from tests.sip.drafts import draft

GREEN = {"mark": "green", "why": "It shows in the books.", "evidence": ["seen"]}
RED = {"mark": "red", "why": "Nobody has begun.", "next_step": "Hire a tutor", "next_by": date(2026, 12, 1)}
SUMMED = {"words": "It goes well enough.", "mark": "", "why": ""}


@pytest.fixture
def plan(ashdown) -> Plan:
    """Two objectives led by the deputy, each with one criterion and a milestone a term."""
    return draft(ashdown, state="approved", objectives=2)


@pytest.fixture
def review(plan, ashdown) -> Review:
    return reviewing.open_review(plan, term="autumn", by=ashdown.head)


@pytest.fixture
def milestone(review) -> Milestone:
    return reviewing.milestones_due(review).order_by("pk").first()


@pytest.fixture
def target(milestone, ashdown) -> Target:
    """The milestone's criterion counts something."""
    measure = Measure.objects.create(organisation=ashdown.school, name="Pupils who read well")
    return Target.objects.create(criterion=milestone.criterion, measure=measure, baseline=48, aim=90)


def on(day: date):
    return clock.standing_at(clock.local(day))


def spring_after(review: Review, cast) -> Review:
    """The autumn review sent, the spring review open on 1 March."""
    reviewing.send_review(review, by=cast.head)
    with on(date(2027, 3, 1)):
        return reviewing.open_review(review.plan, term="spring", by=cast.head)


# ---------------------------------------------------------------- rating


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_leaders_rate_a_milestone_that_is_due(review, milestone, ashdown, who):
    by = getattr(ashdown, who)
    rating.rate(review, milestone=milestone, revision=0, by=by, **GREEN)
    held = review.ratings.get()
    assert (held.milestone, held.mark, held.why, held.evidence) == (milestone, "green", GREEN["why"], ["seen"])
    assert (held.rated_by, held.revision, held.is_unchanged) == (by.person, 1, False)


@pytest.mark.parametrize("who", ["teacher", "business", "clerk", "chair", "governor", "link", "adviser", "inspector"])
def test_nobody_else_rates(review, milestone, ashdown, target, who):
    by = getattr(ashdown, who)
    for deed in (
        lambda: rating.rate(review, milestone=milestone, revision=0, by=by, **GREEN),
        lambda: rating.say_no_change(review, milestone=milestone, by=by),
        lambda: rating.read_measure(review, target=target, value=Decimal(50), by=by),
        lambda: rating.sum_up(review, objective=milestone.criterion.objective, revision=0, by=by, **SUMMED),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not Rating.objects.exists() and not Reading.objects.exists() and not Summary.objects.exists()


def test_a_stranger_rates_nothing(review, milestone, kestrel):
    with pytest.raises(NotAllowed):
        rating.rate(review, milestone=milestone, revision=0, by=kestrel.head, **GREEN)


def test_staff_rate_the_objective_that_they_lead_and_no_other(review, plan, ashdown):
    Objective.objects.filter(position=2).update(lead=ashdown.teacher.person)
    first, second = reviewing.milestones_due(review).order_by("criterion__objective__position")
    rating.rate(review, milestone=second, revision=0, by=ashdown.teacher, **GREEN)
    rating.sum_up(review, objective=plan.objectives.get(position=2), revision=0, by=ashdown.teacher, **SUMMED)
    with pytest.raises(NotAllowed):
        rating.rate(review, milestone=first, revision=0, by=ashdown.teacher, **GREEN)
    with pytest.raises(NotAllowed):
        rating.sum_up(review, objective=plan.objectives.get(position=1), revision=0, by=ashdown.teacher, **SUMMED)


@pytest.mark.parametrize("term", ["spring", "summer"])
def test_a_milestone_of_a_later_term_is_not_due(review, plan, ashdown, term):
    later = Milestone.objects.filter(criterion__objective__plan=plan, term=term).first()
    for deed in (
        lambda: rating.rate(review, milestone=later, revision=0, by=ashdown.head, **GREEN),
        lambda: rating.say_no_change(review, milestone=later, by=ashdown.head),
    ):
        with pytest.raises(Conflict, match=f"due in the {term} term. It is rated in the review of that term"):
            deed()


def test_a_milestone_of_an_earlier_term_is_due_still(review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    spring = spring_after(review, ashdown)
    rating.rate(spring, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    assert Rating.objects.filter(milestone=milestone).count() == 2


def test_a_milestone_of_another_plan_is_refused(review, ashdown):
    last_year = draft(ashdown, state="approved", year=2025)
    other = Milestone.objects.filter(criterion__objective__plan=last_year, term="autumn").get()
    for deed in (
        lambda: rating.rate(review, milestone=other, revision=0, by=ashdown.head, **GREEN),
        lambda: rating.say_no_change(review, milestone=other, by=ashdown.head),
    ):
        with pytest.raises(Conflict, match="belongs to another plan"):
            deed()


def test_two_leaders_on_one_milestone_the_second_is_told(review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    with pytest.raises(StaleEdit) as told:
        rating.rate(review, milestone=milestone, revision=0, by=ashdown.deputy, **RED)
    assert (told.value.thing.mark, told.value.thing.rated_by) == ("green", ashdown.head.person)
    rating.rate(review, milestone=milestone, revision=1, by=ashdown.deputy, **RED)
    held = review.ratings.get()
    assert (held.mark, held.revision, held.evidence) == ("red", 2, [])
    with pytest.raises(StaleEdit):
        rating.rate(review, milestone=milestone, revision=1, by=ashdown.head, **GREEN)


def test_red_without_what_next_never_reaches_a_row(review, milestone, ashdown):
    for lack in ("next_step", "next_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            words = {name: value for name, value in RED.items() if name != lack}
            rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **words)
    assert not Rating.objects.exists()


def test_blue_is_given_only_where_it_is_in_use(review, milestone, ashdown):
    blue = GREEN | {"mark": "blue"}
    with pytest.raises(Conflict, match="“done and embedded” is not in use here"):
        rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **blue)
    meaning.word_ratings(ashdown.school, by=ashdown.clerk, **meaning.USUAL | {"uses_blue": True})
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **blue)
    assert review.ratings.get().mark == "blue"


def test_a_review_with_governors_is_not_rated(review, milestone, target, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    reviewing.send_review(review, by=ashdown.head)
    for deed in (
        lambda: rating.rate(review, milestone=milestone, revision=1, by=ashdown.head, **RED),
        lambda: rating.say_no_change(review, milestone=milestone, by=ashdown.head),
        lambda: rating.read_measure(review, target=target, value=Decimal(50), by=ashdown.head),
        lambda: rating.sum_up(review, objective=milestone.criterion.objective, revision=0, by=ashdown.head, **SUMMED),
    ):
        with pytest.raises(Conflict, match="is with governors. Take it back first to change it"):
            deed()
    assert review.ratings.get().mark == "green"


# ---------------------------------------------------------------- no change


def test_no_change_takes_last_times_words_over_and_says_so(review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    spring = spring_after(review, ashdown)
    rating.say_no_change(spring, milestone=milestone, by=ashdown.deputy)
    held = spring.ratings.get()
    assert (held.mark, held.why, held.evidence, held.is_unchanged) == ("green", GREEN["why"], ["seen"], True)
    assert held.rated_by == ashdown.deputy.person


def test_no_change_twice_happens_once(review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    spring = spring_after(review, ashdown)
    rating.say_no_change(spring, milestone=milestone, by=ashdown.head)
    with pytest.raises(Conflict, match="is rated already in this review"):
        rating.say_no_change(spring, milestone=milestone, by=ashdown.deputy)
    assert AuditEvent.objects.filter(what="say_no_change").count() == 1


def test_what_was_never_rated_cannot_be_unchanged(review, milestone, ashdown):
    with pytest.raises(Conflict, match="has not been rated before"):
        rating.say_no_change(review, milestone=milestone, by=ashdown.head)


def test_off_track_is_not_unchanged_once_the_next_step_is_past(review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **RED)
    spring = spring_after(review, ashdown)
    with on(date(2027, 3, 1)), pytest.raises(Conflict, match="was due on 1 December, which is past. Say what next"):
        rating.say_no_change(spring, milestone=milestone, by=ashdown.head)
    Rating.objects.update(next_by=date(2027, 3, 1))
    with on(date(2027, 3, 1)):
        rating.say_no_change(spring, milestone=milestone, by=ashdown.head)
    assert spring.ratings.get().next_step == "Hire a tutor"


def test_done_and_embedded_is_not_unchanged_where_it_went_out_of_use(review, milestone, ashdown):
    blue = {"uses_blue": True, **meaning.USUAL}
    meaning.word_ratings(ashdown.school, by=ashdown.clerk, **blue)
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN | {"mark": "blue"})
    spring = spring_after(review, ashdown)
    meaning.word_ratings(ashdown.school, by=ashdown.clerk, **blue | {"uses_blue": False})
    with pytest.raises(Conflict, match="not in use here any more"):
        rating.say_no_change(spring, milestone=milestone, by=ashdown.head)


def test_last_time_is_the_latest_term_before(review, milestone, ashdown):
    assert rating.last_rating(review, milestone) is None
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    assert rating.last_rating(review, milestone) is None
    spring = spring_after(review, ashdown)
    rating.rate(spring, milestone=milestone, revision=0, mark="amber", why="Late.", by=ashdown.head)
    reviewing.send_review(spring, by=ashdown.head)
    with on(date(2027, 7, 1)):
        summer = reviewing.open_review(review.plan, term="summer", by=ashdown.head)
    assert rating.last_rating(summer, milestone).mark == "amber"


# ---------------------------------------------------------------- measures


def test_a_measure_is_read_once_a_term_and_corrected(review, target, ashdown):
    rating.read_measure(review, target=target, value=Decimal("58"), by=ashdown.head)
    rating.read_measure(review, target=target, value=Decimal("58.5"), by=ashdown.deputy)
    held = Reading.objects.get()
    assert (held.measure, held.year, held.term, held.value) == (target.measure, 2026, "autumn", Decimal("58.5"))
    assert held.read_by == ashdown.deputy.person


def test_a_measure_of_another_plan_is_refused(review, ashdown):
    last_year = draft(ashdown, state="approved", year=2025)
    measure = Measure.objects.create(organisation=ashdown.school, name="Attendance")
    criterion = SuccessCriterion.objects.get(objective__plan=last_year)
    other = Target.objects.create(criterion=criterion, measure=measure, aim=95)
    with pytest.raises(Conflict, match="belongs to another plan"):
        rating.read_measure(review, target=other, value=Decimal(90), by=ashdown.head)


def test_rating_and_reading_are_saved_together_or_not_at_all(review, milestone, target, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN, reading=Decimal(58))
    assert (Reading.objects.get().value, review.ratings.get().mark) == (Decimal(58), "green")
    with pytest.raises(StaleEdit):  # the rating is stale: the reading goes with it
        rating.rate(
            review,
            milestone=milestone,
            revision=0,
            by=ashdown.deputy,
            **RED,
            reading=Decimal(61),
            instead_of=Decimal(58),
        )
    with pytest.raises(StaleEdit):  # and the other way round
        rating.rate(review, milestone=milestone, revision=1, by=ashdown.deputy, **RED, reading=Decimal(61))
    assert (Reading.objects.get().value, review.ratings.get().mark) == (Decimal(58), "green")
    rating.rate(review, milestone=milestone, revision=1, by=ashdown.deputy, **RED, reading=Decimal(58))
    assert review.ratings.get().mark == "red"


# ---------------------------------------------------------------- objectives


def test_an_objective_is_summed_up_with_a_mark_of_its_own_and_why(review, milestone, ashdown):
    objective = milestone.criterion.objective
    rating.sum_up(
        review, objective=objective, revision=0, words="Well.", mark="amber", why="One is late.", by=ashdown.head
    )
    held = Summary.objects.get()
    assert (held.words, held.mark, held.why, held.said_by) == ("Well.", "amber", "One is late.", ashdown.head.person)
    with pytest.raises(StaleEdit):
        rating.sum_up(review, objective=objective, revision=0, by=ashdown.deputy, **SUMMED)
    rating.sum_up(
        review, objective=objective, revision=1, by=ashdown.deputy, words="Well.", mark="", why="One is late."
    )
    held.refresh_from_db()
    assert (held.mark, held.why, held.revision) == ("", "", 2)


def test_a_mark_of_its_own_without_why_never_reaches_a_row(review, milestone, ashdown):
    objective = milestone.criterion.objective
    with pytest.raises(IntegrityError), transaction.atomic():
        rating.sum_up(review, objective=objective, revision=0, words="", mark="green", why="", by=ashdown.head)


def test_an_objective_of_another_plan_is_refused(review, ashdown):
    other = draft(ashdown, state="approved", year=2025).objectives.get()
    with pytest.raises(Conflict, match="belongs to another plan"):
        rating.sum_up(review, objective=other, revision=0, by=ashdown.head, **SUMMED)


# ---------------------------------------------------------------- what the ratings mean


def test_without_words_of_its_own_the_usual_ones_hold(ashdown):
    assert [value for value, _, _ in meaning.choices(ashdown.school)] == ["red", "amber", "green", "grey"]
    assert meaning.of(ashdown.school).red == meaning.USUAL["red"]


@pytest.mark.parametrize("who", ["head", "clerk"])
def test_head_and_clerk_word_them(ashdown, kestrel, who):
    words = {"red": "Stuck.", "amber": "Slow.", "green": "Fine.", "blue": "Done.", "uses_blue": True}
    meaning.word_ratings(ashdown.school, by=getattr(ashdown, who), **words)
    assert meaning.choices(ashdown.school) == [
        ("red", "off track", "Stuck."),
        ("amber", "at risk", "Slow."),
        ("green", "on track", "Fine."),
        ("blue", "done and embedded", "Done."),
        ("grey", "cannot say", meaning.CANNOT_SAY),
    ]
    assert meaning.of(kestrel.school).red == meaning.USUAL["red"]


@pytest.mark.parametrize("who", ["deputy", "teacher", "chair"])
def test_nobody_else_words_them(ashdown, who):
    with pytest.raises(NotAllowed):
        meaning.word_ratings(ashdown.school, by=getattr(ashdown, who), uses_blue=False, **meaning.USUAL)


# ---------------------------------------------------------------- the pages


def address(name: str, review: Review, *more) -> str:
    return reverse(name, args=[review.pk, *[one.pk for one in more]])


def by_number(place: str, text: str) -> str:
    return f'<span class="queue__no">{place}</span> {text}'


def form_of(mark: str = "green", **more) -> dict:
    words = {"revision": "0", "mark": mark, "why": "It shows in the books."}
    if mark == "green":
        words["evidence"] = ["seen"]
    if mark == "red":
        words |= {"next_step": "Hire a tutor", "next_by_day": "1", "next_by_month": "12", "next_by_year": "2026"}
    return words | more


def test_the_way_through_the_review(client, review, ashdown):
    """From one milestone to the next, to the end, to governors."""
    first, second = reviewing.milestones_due(review).order_by("pk")
    client.force_login(ashdown.deputy)
    start = address("rate_next", review)
    assert client.get(start).url == address("rate", review, first)
    page = client.get(address("rate", review, first)).content.decode()
    assert "<strong>0 of 2</strong> rated." in page and "About two minutes to go." in page and "Two to rate" in page
    answer = client.post(address("rate", review, first), form_of())
    assert answer.url == f"{start}?after={first.pk}"
    assert client.get(answer.url).url == address("rate", review, second)
    answer = client.post(address("rate", review, second), form_of("red"))
    assert client.get(answer.url).url == address("review_finish", review)
    page = client.get(answer.url, follow=True).content.decode()
    assert "<strong>2 of 2</strong> rated." in page and "off track" in page and "Not said yet" not in page
    assert "Only the headteacher or trust leader may send the review to governors" in page
    client.force_login(ashdown.head)
    assert (
        f'formaction="{address("send_review", review)}"'
        in client.get(address("review_finish", review)).content.decode()
    )
    sent = {"narrative": "A good term.", "revision": "1"}
    assert client.post(address("send_review", review), sent).url == address("review", review)
    review.refresh_from_db()
    assert (review.state, review.narrative) == ("with governors", "A good term.")
    assert client.post(address("send_review", review), sent).status_code == 409
    for name in ("rate_next", "review_finish"):
        assert client.get(address(name, review)).url == address("review", review)
    answer = client.get(address("rate", review, first))
    assert answer.status_code == 409 and "is with governors. Take it back first" in answer.content.decode()


def test_from_the_middle_of_the_list_it_goes_on_from_there(review, plan, ashdown):
    rows = [row.pk for row in queue.of(review, ashdown.head).to_rate]
    found = queue.of(review, ashdown.head)
    lead = ashdown.head.person_id
    assert [found.after(one, lead=lead).pk for one in (None, str(rows[0]), str(rows[1]), "x", "99999")] == [
        rows[0],
        rows[1],
        rows[0],
        rows[0],
        rows[0],
    ]


def test_a_leader_who_rates_all_begins_with_what_they_lead(client, review, plan, ashdown):
    first, second = reviewing.milestones_due(review).order_by("pk")
    plan.objectives.filter(position=2).update(lead=ashdown.head.person)
    client.force_login(ashdown.head)
    assert client.get(address("rate_next", review)).url == address("rate", review, second)
    answer = client.post(address("rate", review, second), form_of())
    assert client.get(answer.url).url == address("rate", review, first)


def test_unrated_milestones_stand_first_by_their_numbers(ashdown):
    plan = draft(ashdown, state="approved", objectives=2, criteria=2)
    review = reviewing.open_review(plan, term="autumn", by=ashdown.head)
    rows = {row.number: row for row in queue.of(review, ashdown.head).to_rate}
    assert list(rows) == ["1.1", "1.2", "2.1", "2.2"]
    milestone = Milestone.objects.get(pk=rows["1.2"].pk)
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    found = queue.of(review, ashdown.head)
    assert [row.number for row in found.to_rate] == ["1.1", "2.1", "2.2"]
    assert [(row.number, row.word) for row in found.rated] == [("1.2", "on track")]
    assert (found.tally, found.heads, found.hint) == (
        "1 of 4",
        ("Three to rate", "One rated"),
        "About three minutes to go.",
    )
    make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    assert queue.of(review, ashdown.head).hint == "For the meeting on 9 December; about three minutes to go."


def test_the_page_says_all_that_one_needs_to_rate(client, review, milestone, target, ashdown):
    words = {"red": "Stuck here.", "amber": "Slow.", "green": "Fine.", "blue": "Over.", "uses_blue": False}
    meaning.word_ratings(ashdown.school, by=ashdown.head, **words)
    Action.objects.create(
        objective=milestone.criterion.objective, position=2, what="Order books", due_on=date(2026, 11, 1)
    )
    Action.objects.filter(position=1).update(status="done")
    client.force_login(ashdown.head)
    page = client.get(address("rate", review, milestone)).content.decode()
    for said in (
        "Objective 1, Objective 1",
        "by autumn",
        "Criterion 1",
        "Stuck here.",
        meaning.CANNOT_SAY,
        "Pupils who read well",
        "48% at the baseline. The aim is 90%; higher is better.",
        "1 of 2 done; one late",
        "late: was due 1 November",
        "Ashdown Link: a view is given when the review is with governors.",
    ):
        assert said in page, said
    assert "Over." not in page and "No change since last term" not in page
    for action in Action.objects.filter(objective=milestone.criterion.objective):
        assert reverse("action", args=[action.pk]) in page


def test_last_time_stands_there_and_no_change_is_one_tap(client, review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    reviewing.send_review(review, by=ashdown.head)
    viewing.give_view(
        review, objective=milestone.criterion.objective, revision=0, stance="sees it differently", mark="amber",
        why="I saw gaps.", by=ashdown.link,
    )  # fmt: skip
    client.force_login(ashdown.head)
    with on(date(2027, 3, 1)):
        spring = reviewing.open_review(review.plan, term="spring", by=ashdown.head)
        page = client.get(address("rate", spring, milestone)).content.decode()
        assert "Last time" in page and "It shows in the books." in page and "I saw gaps." in page
        assert "No change since last term" in page
        tap = address("no_change", spring, milestone)
        assert client.get(tap).status_code == 405
        assert client.post(tap).url == f"{address('rate_next', spring)}?after={milestone.pk}"
        assert client.post(tap).status_code == 409
        assert "No change since last term" not in client.get(address("rate", spring, milestone)).content.decode()
    assert spring.ratings.get().is_unchanged


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mark": ""}, "Choose how it is going"),
        ({"mark": "blue"}, "not one of yours any more"),
        ({"mark": "purple"}, "not one of yours any more"),
        ({"why": " "}, "Say in one sentence why"),
        ({"why": "x" * 401}, "Shorten this to 400 characters"),
        ({"evidence": []}, "On track: say what shows it"),
        ({"evidence": ["rumour"]}, "not one of yours any more"),
        (form_of("red", next_step=""), "Off track: say what happens next"),
        (form_of("red", next_by_day="", next_by_month="", next_by_year=""), "Off track: say by when"),
        (form_of("red", next_by_day="23", next_by_month="11"), "Choose a day from today on"),
        (form_of("red", next_by_day="31", next_by_month="2"), "There is no 31 February"),
        (form_of("amber", next_by_day="1", next_by_month="", next_by_year=""), "still needs its month"),
        ({"revision": "x"}, "Part of this page was lost"),
        ({"reading": "plenty"}, "Write a figure, such as 58"),
        ({"reading": "101"}, "Give a figure from 0% to 100%"),
        ({"reading": "-1"}, "Give a figure from 0% to 100%"),
        ({"reading": "58.125"}, "at most two figures after the point"),
        ({"instead_of": "x"}, "Write a figure"),
        ({"instead_of": "58"}, "58% was read. If that is wrong, write the right figure"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_saves_nothing(client, review, milestone, target, ashdown, wrong, says):
    client.force_login(ashdown.head)
    answer = client.post(address("rate", review, milestone), form_of() | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page
    assert "It shows in the books." in page or "why" in wrong
    assert not Rating.objects.exists() and not Reading.objects.exists()


def test_what_belongs_to_another_mark_is_dropped(client, review, milestone, ashdown):
    client.force_login(ashdown.head)
    typed = form_of("red") | {"mark": "green", "evidence": ["data", "heard"], "next_by_day": "99"}
    assert client.post(address("rate", review, milestone), typed).status_code == 302
    held = review.ratings.get()
    assert (held.mark, held.next_step, held.next_by, held.evidence) == ("green", "", None, ["data", "heard"])


def test_amber_may_say_what_next(client, review, milestone, ashdown):
    client.force_login(ashdown.head)
    client.post(address("rate", review, milestone), form_of("amber"))
    assert (review.ratings.get().next_step, review.ratings.get().evidence) == ("", [])
    client.post(address("rate", review, milestone), form_of("amber", revision="1", next_step="Try again"))
    assert review.ratings.get().next_step == "Try again"


@pytest.mark.parametrize("written", ["58", "58%", " 58 % ", "58.0", "58 per cent"])
def test_a_reading_is_saved_with_the_rating(client, review, milestone, target, ashdown, written):
    client.force_login(ashdown.head)
    answer = client.post(address("rate", review, milestone), form_of(reading=written, instead_of=""))
    assert answer.status_code == 302
    assert Reading.objects.get().value == Decimal(58)
    page = client.get(address("rate", review, milestone)).content.decode()
    assert 'name="reading" value="58"' in page and "58% in autumn" in page


@pytest.mark.parametrize(("unit", "written", "value"), [("pounds", "£1,400", "1400"), ("points", "−0.3", "-0.3")])
def test_other_units_are_read_as_they_are_written(client, review, milestone, target, ashdown, unit, written, value):
    Measure.objects.update(unit=unit)
    client.force_login(ashdown.head)
    assert client.post(address("rate", review, milestone), form_of(reading=written)).status_code == 302
    assert Reading.objects.get().value == Decimal(value)


def test_a_reading_that_was_not_touched_writes_over_nobodys(client, review, milestone, target, ashdown):
    rating.read_measure(review, target=target, value=Decimal(60), by=ashdown.deputy)
    client.force_login(ashdown.head)
    answer = client.post(address("rate", review, milestone), form_of(reading="58", instead_of="58"))
    assert (answer.status_code, Reading.objects.get().value) == (302, Decimal(60))


def test_two_readings_at_once_show_both(client, review, milestone, target, ashdown):
    rating.read_measure(review, target=target, value=Decimal(60), by=ashdown.deputy)
    client.force_login(ashdown.head)
    answer = client.post(address("rate", review, milestone), form_of(reading="58", instead_of=""))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else entered what was read" in page and "<dd>60%</dd>" in page
    assert 'name="reading" value="58"' in page and 'name="instead_of" value="60' in page
    assert not Rating.objects.exists()
    client.post(address("rate", review, milestone), form_of(reading="58", instead_of="60.00"))
    assert (Reading.objects.get().value, review.ratings.get().mark) == (Decimal(58), "green")


def test_another_leader_was_faster_and_both_texts_are_shown(client, review, milestone, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.deputy, **RED)
    client.force_login(ashdown.head)
    answer = client.post(address("rate", review, milestone), form_of())
    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Somebody else saved this", "Nobody has begun.", "Hire a tutor", "Ashdown Deputy", GREEN["why"]):
        assert said in page, said
    assert TypedDraft.objects.filter(user_number=ashdown.head.pk, page=address("rate", review, milestone)).exists()
    assert review.ratings.get().mark == "red"
    assert 'name="revision" value="1"' in page
    client.post(address("rate", review, milestone), form_of(revision="1"))
    assert (review.ratings.get().mark, review.ratings.get().revision) == ("green", 2)
    assert not TypedDraft.objects.exists()


def test_what_a_colleague_saw_stands_in_words(client, review, milestone, ashdown):
    words = GREEN | {"evidence": ["external", "data"]}
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.deputy, **words)
    client.force_login(ashdown.head)
    page = client.post(address("rate", review, milestone), form_of("red")).content.decode()
    assert "<dt>Shown by</dt><dd>data, from outside</dd>" in page


def test_a_button_pressed_twice_is_no_colleague(client, review, milestone, target, ashdown):
    client.force_login(ashdown.head)
    for _ in range(2):
        answer = client.post(address("rate", review, milestone), form_of("red", reading="58", instead_of=""))
        assert answer.status_code == 302
    assert review.ratings.get().revision == 1


def test_what_was_kept_is_put_back(client, review, milestone, ashdown):
    here = address("rate", review, milestone)
    client.force_login(ashdown.head)
    client.post(reverse("typing"), form_of("amber", why="Half a sentence", page=here))
    assert "You typed something here that is not saved" in client.get(here).content.decode()
    page = client.get(here, {"kept": "1"}).content.decode()
    assert "Half a sentence" in page and 'value="amber" checked' in page


def test_a_milestone_not_due_says_when_it_is(client, review, plan, ashdown):
    later = Milestone.objects.filter(criterion__objective__plan=plan, term="spring").first()
    client.force_login(ashdown.head)
    for answer in (
        client.get(address("rate", review, later)),
        client.post(address("rate", review, later), form_of()),
        client.post(address("no_change", review, later)),
    ):
        assert answer.status_code == 409
        assert "It is rated in the review of that term." in answer.content.decode()


def test_a_milestone_of_another_plan_is_not_there(client, review, ashdown, kestrel):
    others = [draft(ashdown, state="approved", year=2025), draft(kestrel, state="approved")]
    client.force_login(ashdown.head)
    for plan in others:
        other = Milestone.objects.filter(criterion__objective__plan=plan, term="autumn").first()
        assert client.get(address("rate", review, other)).status_code == 404
        assert client.post(address("rate", review, other), form_of()).status_code == 404
        assert client.post(address("no_change", review, other)).status_code == 404
        assert client.get(address("sum_up", review, plan.objectives.first())).status_code == 404


def test_who_sees_the_plan_and_does_not_rate_is_told_who_may(client, review, milestone, ashdown):
    pages = [
        address("rate", review, milestone),
        address("no_change", review, milestone),
        address("sum_up", review, milestone.criterion.objective),
    ]
    for who in ("chair", "governor", "clerk", "teacher", "business"):
        client.force_login(getattr(ashdown, who))
        for page in pages:
            answer = client.post(page, form_of())
            assert answer.status_code == 403, (who, page)
            assert "may rate this objective and its milestones" in answer.content.decode()
    client.force_login(ashdown.business)
    for name in ("rate_next", "review_finish"):
        assert client.get(address(name, review)).status_code == 403


def test_to_strangers_and_before_it_is_sent_to_governors_it_is_not_there(client, review, milestone, ashdown, kestrel):
    for who in (kestrel.head, kestrel.chair, ashdown.chair, ashdown.teacher, ashdown.clerk, ashdown.left):
        client.force_login(who)
        for name in ("rate_next", "review_finish"):
            assert client.get(address(name, review)).status_code == 404
        assert client.post(address("send_review", review)).status_code == 404
    client.force_login(kestrel.head)
    assert client.get(address("rate", review, milestone)).status_code == 404
    assert client.get(address("sum_up", review, milestone.criterion.objective)).status_code == 404


def test_staff_see_in_the_queue_what_they_lead(client, review, ashdown):
    Objective.objects.filter(position=2).update(lead=ashdown.teacher.person)
    first, second = reviewing.milestones_due(review).order_by("criterion__objective__position")
    client.force_login(ashdown.teacher)
    assert client.get(address("rate_next", review)).url == address("rate", review, second)
    page = client.get(address("rate", review, second)).content.decode()
    assert "<strong>0 of 1</strong> rated." in page and "Objective 2, Objective 2" in page and "Objective 1" not in page
    assert client.get(address("rate", review, first)).status_code == 403
    assert client.post(address("rate", review, second), form_of()).status_code == 302
    page = client.get(address("review_finish", review)).content.decode()
    assert "Objective 2" in page and "Objective 1" not in page and "The term in your own words" not in page
    assert "Only the headteacher or trust leader may send the review" in page
    assert client.post(address("review_finish", review), {"narrative": "Mine.", "revision": "1"}).status_code == 403
    assert client.post(address("send_review", review)).status_code == 403


# ---------------------------------------------------------------- the end of the review


def test_the_end_names_what_is_missing(client, review, milestone, target, ashdown):
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **GREEN)
    rating.sum_up(
        review, objective=milestone.criterion.objective, revision=0, words="Fine words.", mark="amber",
        why="It is early.", by=ashdown.head,
    )  # fmt: skip
    client.force_login(ashdown.head)
    page = client.get(address("review_finish", review)).content.decode()
    for said in (
        "<strong>1 of 2</strong> rated.",
        "proposed: on track; leaders say otherwise: It is early.",
        "Fine words.",
        by_number("2.1", "by autumn"),
        "It will be shown as “nothing said”:",
        "Not read this term:",
        "Pupils who read well",
    ):
        assert said in page, said
    rating.read_measure(review, target=target, value=Decimal(58), by=ashdown.head)
    assert "Not read this term" not in client.get(address("review_finish", review)).content.decode()


def test_with_nothing_rated_the_button_says_why_not(client, review, ashdown):
    client.force_login(ashdown.head)
    page = client.get(address("review_finish", review)).content.decode()
    assert "No milestone is rated yet, so there is nothing that governors could read." in page
    assert "formaction" not in page
    assert client.post(address("send_review", review)).status_code == 409


def test_the_narrative_is_saved_and_two_people_see_both_texts(client, review, milestone, ashdown):
    here = address("review_finish", review)
    client.force_login(ashdown.deputy)
    assert client.post(here, {"narrative": "First.", "revision": "1"}).url == here
    for where in (here, address("send_review", review)):
        client.force_login(ashdown.head)
        answer = client.post(where, {"narrative": "Second.", "revision": "1"})
        page = answer.content.decode()
        assert answer.status_code == 409 and "First." in page and "Second." in page
        assert 'name="revision" value="2"' in page
    assert client.post(here, {"narrative": "First.", "revision": "1"}).status_code == 302  # pressed twice
    too_long = client.post(here, {"narrative": "x" * 6001, "revision": "2"})
    assert too_long.status_code == 422 and "Shorten this to 6,000" in too_long.content.decode()
    review.refresh_from_db()
    assert (review.narrative, review.state) == ("First.", "open")


def test_an_objective_is_summed_up_on_its_page(client, review, milestone, ashdown):
    objective = milestone.criterion.objective
    here = address("sum_up", review, objective)
    rating.rate(review, milestone=milestone, revision=0, by=ashdown.head, **RED)
    client.force_login(ashdown.deputy)
    page = client.get(here).content.decode()
    assert "As proposed: off track" in page and "Say otherwise" in page
    for wrong, says in (
        ({"words": "", "mark": "", "why": ""}, "Say in a few words how the objective goes"),
        ({"words": "Well.", "mark": "green", "why": ""}, "Say why the objective is not rated as proposed"),
        ({"words": "Well.", "mark": "", "why": "Because"}, "Choose your rating, or take the reason away"),
        ({"words": "Well.", "mark": "blue", "why": "Because"}, "not one of yours any more"),
    ):
        answer = client.post(here, wrong | {"revision": "0"})
        assert answer.status_code == 422 and says in answer.content.decode()
    words = {"words": "Well.", "mark": "amber", "why": "A tutor comes.", "revision": "0"}
    assert client.post(here, words).url == address("review_finish", review)
    assert client.post(here, words).status_code == 302  # pressed twice
    answer = client.post(here, words | {"words": "Badly."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Badly." in page and "<dd>Well.</dd>" in page and "Ashdown Deputy" in page
    assert client.post(here, {"words": "", "mark": "", "why": "", "revision": "1"}).status_code == 302
    assert (Summary.objects.get().words, Summary.objects.get().mark) == ("", "")


# ---------------------------------------------------------------- what the ratings mean, on its page


def test_head_and_clerk_are_led_to_the_words_from_progress(client, plan, ashdown):
    link = f'href="{reverse("rating_words", args=[ashdown.school.slug])}"'
    for who, leads in ((ashdown.clerk, True), (ashdown.head, True), (ashdown.deputy, False), (ashdown.chair, False)):
        client.force_login(who)
        page = client.get(reverse("progress_year", args=[ashdown.school.slug, plan.year])).content.decode()
        assert (link in page) == leads, who


def test_the_words_are_changed_on_their_page(client, ashdown, kestrel):
    here = reverse("rating_words", args=[ashdown.school.slug])
    client.force_login(ashdown.clerk)
    page = client.get(here).content.decode()
    assert "Usually: It will not be met" in page
    words = {"red": "Stuck.", "amber": "Slow.", "green": "Fine.", "blue": "", "uses_blue": "on"}
    answer = client.post(here, words)
    assert answer.status_code == 422 and "Say what it means, or take the tick away" in answer.content.decode()
    assert client.post(here, words | {"red": " "}).status_code == 422
    assert client.post(here, words | {"blue": "Done."}).url == here
    held = RatingWords.objects.get()
    assert (held.organisation, held.red, held.blue, held.uses_blue) == (ashdown.school, "Stuck.", "Done.", True)
    page = client.get(here).content.decode()
    assert 'value="Stuck."' in page
    page = client.get(here, {"usual": "1"}).content.decode()
    assert 'value="Stuck."' not in page and "The usual words stand below" in page
    assert RatingWords.objects.get().red == "Stuck."
    for who, status in ((ashdown.chair, 403), (ashdown.teacher, 403), (kestrel.clerk, 404)):
        client.force_login(who)
        assert (client.get(here).status_code, client.post(here, words).status_code) == (status, status)


# ---------------------------------------------------------------- how much is asked of the database


def test_the_queries_do_not_grow_with_the_plan(client, ashdown, kestrel):
    counts = []
    for cast, objectives in ((ashdown, 1), (kestrel, 3)):
        plan = draft(cast, state="approved", objectives=objectives, actions=objectives, criteria=objectives)
        review = reviewing.open_review(plan, term="autumn", by=cast.head)
        for criterion in SuccessCriterion.objects.filter(objective__plan=plan):
            measure = Measure.objects.create(organisation=cast.school, name=f"Measure {criterion.pk}")
            Target.objects.create(criterion=criterion, measure=measure, aim=90)
        milestone = reviewing.milestones_due(review).order_by("pk").first()
        rating.rate(review, milestone=milestone, revision=0, by=cast.head, **GREEN)
        client.force_login(cast.head)
        pages = ("rate", milestone), ("sum_up", milestone.criterion.objective), ("review_finish",)
        counts.append([_queries(client, address(name, review, *more)) for name, *more in pages])
    assert counts[0] == counts[1]
    assert counts[0] == [21, 12, 17]


def _queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_a_review_of_a_plan_without_milestones_has_an_end(client, ashdown):
    plan = draft(ashdown, state="approved", criteria=0)
    review = reviewing.open_review(plan, term="autumn", by=ashdown.head)
    client.force_login(ashdown.head)
    assert client.get(address("rate_next", review)).url == address("review_finish", review)
    page = client.get(address("review_finish", review)).content.decode()
    assert "No milestone is due yet." in page and "nothing due yet" in page.lower()
    assert Term.objects.exists()
