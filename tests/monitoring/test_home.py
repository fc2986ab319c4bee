"""Home, as each person finds it."""

from datetime import date, time, timedelta

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import clock
from governance import joining, voting
from governance.deciding import Resolved
from governance.models import Delegation, Role, Seat
from governance.permissions import Part
from monitoring.fetching import facts_of
from monitoring.models import Review
from sip import agreeing, asking, deciding
from sip.models import Plan
from tests import make

EVERYONE = (
    "head",
    "deputy",
    "teacher",
    "business",
    "clerk",
    "chair",
    "vice",
    "governor",
    "link",
    "associate",
    "committee_member",
    "adviser",
    "inspector",
)


def home(client, cast, who):
    client.force_login(getattr(cast, who))
    return client.get(reverse("organisation", args=[cast.school.slug]))


def rows(answer) -> list[str]:
    return [row.title for row in answer.context["home"].rows + answer.context["home"].more]


def valid(answer):
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())


# ---------------------------------------------------------------- who lands where


def test_one_organisation_leads_to_its_home(client, ashdown):
    client.force_login(ashdown.head)
    answer = client.get("/")
    assert answer.url == "/organisations/ashdown-primary/"


def test_several_are_a_line_each(client, ashdown, kestrel):
    make.plan(ashdown, state="with the board")
    make.role(ashdown.clerk, kestrel.school, "clerk")
    client.force_login(ashdown.clerk)
    answer = client.get("/")
    assert [(line.name, line.plan) for line in answer.context["lines"]] == [
        ("Ashdown Primary", "With the board since 24 November"),
        ("Kestrel High", "No plan for 2026/27 yet"),
    ]
    valid(answer)


def test_an_ended_seat_leaves_a_calm_page(client, ashdown):
    client.force_login(ashdown.left)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "You hold no role and no seat today" in answer.content.decode()
    valid(answer)


def test_a_site_administrator_sets_up(client, site_administrator):
    client.force_login(site_administrator)
    assert client.get("/").url == reverse("organisations_admin")


def test_a_site_administrator_with_a_seat_has_a_line_for_it_and_the_way_to_set_up(client, ashdown, site_administrator):
    make.role(site_administrator, ashdown.school, "staff")
    make.role(site_administrator, make.organisation("Tern Primary"), "staff")
    client.force_login(site_administrator)
    body = client.get("/").content.decode()
    assert "Ashdown Primary" in body
    assert reverse("organisations_admin") in body


def test_signed_out_the_way_leads_to_sign_in(client, ashdown):
    assert client.get("/").url == "/accounts/login/?next=/"


@pytest.mark.parametrize("page", ["organisation", "start"])
@pytest.mark.parametrize("who", ["left", "stranger", "administrator"])
def test_strangers_and_ended_seats_find_nothing(client, ashdown, kestrel, site_administrator, page, who):
    strangers = {"left": ashdown.left, "stranger": kestrel.head, "administrator": site_administrator}
    client.force_login(strangers[who])
    assert client.get(reverse(page, args=["ashdown-primary"])).status_code == 404


# ---------------------------------------------------------------- what each finds


def test_everyone_has_a_home_of_their_own_that_validates(client, ashdown):
    make.plan(ashdown, state="with the board")
    answers = {who: home(client, ashdown, who) for who in EVERYONE}
    read = ["Read the plan before the meeting"]
    assert {who: rows(answer) for who, answer in answers.items()} == {
        "head": [],
        "deputy": [],
        "teacher": ["Do: Action 1 of Ashdown Primary"],
        "business": [],
        "clerk": [
            "Record what was decided on 8 July",
            "Put the plan on an agenda",
            "Plan the board’s next meeting",
        ],
        "chair": ["Put the plan on an agenda", *read],
        "vice": read,
        "governor": read,
        "link": read,
        "associate": read,
        "committee_member": read,
        "adviser": read,
        "inspector": [],
    }
    for answer in answers.values():
        assert answer.status_code == 200
        valid(answer)


def test_each_button_leads_somewhere_that_its_owner_may_go(client, ashdown):
    make.plan(ashdown, state="with the board")
    for who in EVERYONE:
        for row in home(client, ashdown, who).context["home"].rows:
            assert client.get(row.url).status_code == 200, (who, row.title)


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("objectives", {"head", "deputy", "business", "clerk", "chair", "vice", "governor", "link", "associate"}),
        ("with the board", set(EVERYONE) - {"inspector"}),
        ("approved", set(EVERYONE)),
    ],
)
def test_objectives_are_shown_to_those_who_may_read_them(client, ashdown, state, seen_by):
    make.plan(ashdown, state=state)
    assert {who for who in EVERYONE if home(client, ashdown, who).context["home"].lines} == seen_by


def test_staff_see_only_what_they_are_named_in_before_the_board_has_decided(client, ashdown):
    plan = make.plan(ashdown, state="with the board", objectives=2)
    plan.objectives.last().actions.all().delete()
    assert [line.number for line in home(client, ashdown, "teacher").context["home"].lines] == [1]


def test_a_question_goes_its_way_from_home_to_home(client, ashdown):
    plan = make.plan(ashdown, state="with the board")
    question = asking.ask(
        plan,
        text="How do you know?",
        needs_answer=True,
        objective=None,
        action=None,
        criterion=None,
        to=None,
        due_on=date(2026, 12, 1),
        by=ashdown.governor,
    )
    assert rows(home(client, ashdown, "head")) == ["Answer Ashdown Governor’s question"]
    waits = home(client, ashdown, "governor").context["home"].waits
    assert [wait.words for wait in waits] == ["Ashdown Head answers your question: “How do you know?”"]
    asking.answer(question, text="By what they read.", by=ashdown.head)
    assert "Look at the answer to your question" in rows(home(client, ashdown, "governor"))
    assert "Look at the answer to your question" not in rows(home(client, ashdown, "chair"))
    asking.close_question(question, by=ashdown.governor)
    assert rows(home(client, ashdown, "governor")) == ["Read the plan before the meeting"]


def test_a_vote_stands_first_until_it_is_given(client, ashdown):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, day=date(2026, 11, 24), present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    voting.open_item(item, by=ashdown.chair)
    voting.open_voting(item, by_name=False, by=ashdown.chair)
    assert rows(home(client, ashdown, "governor"))[0] == "Vote on “" + item.title + "”"
    voting.cast_vote(item, choice="for", by=ashdown.governor)
    assert rows(home(client, ashdown, "governor"))[0] == "Read the plan before the meeting"


def test_a_condition_stands_on_its_owners_home_and_leads_where_they_may_read(client, ashdown):
    plan = make.plan(ashdown, state="with the board")
    meeting = make.meeting(ashdown.board, present=ashdown.voters, by=ashdown.clerk)
    item = deciding.put_plan(plan, meeting=meeting, by=ashdown.clerk).item
    condition = {"text": "Say what it costs", "owner": ashdown.teacher.person, "due_on": date(2026, 12, 11)}
    resolved = Resolved(
        outcome="approved with conditions",
        how="agreed",
        minute_reference="FGB 1",
        decided_on=date(2026, 12, 2),
        conditions=[condition],
    )
    with clock.standing_at(clock.local(date(2026, 12, 2), time(19))):
        deciding.decide_plan(item, resolved=resolved, by=ashdown.clerk)
    row = home(client, ashdown, "teacher").context["home"].rows[0]
    assert (row.title, row.when) == ("Meet: Say what it costs", "By Friday 11 December")
    assert client.get(row.url).status_code == 200
    waits = home(client, ashdown, "chair").context["home"].waits
    assert "Ashdown Teacher meets a condition: “Say what it costs”" in [wait.words for wait in waits]


def test_a_new_governor_is_shown_the_first_page_for_sixty_days(client, ashdown):
    seat = ashdown.governor_seat
    Seat.objects.filter(pk=seat.pk).update(first_day=clock.today() - timedelta(days=59))
    assert rows(home(client, ashdown, "governor"))[0] == "Start here"
    Seat.objects.filter(pk=seat.pk).update(first_day=clock.today() - timedelta(days=60))
    assert "Start here" not in rows(home(client, ashdown, "governor"))


def test_a_clerk_sees_who_has_no_address_and_nobody_else_does(client, ashdown):
    make.seat(make.person("Nora Without"), ashdown.board)
    title = "Add an address for one member of the board"
    assert title in rows(home(client, ashdown, "clerk"))
    assert title not in rows(home(client, ashdown, "chair"))


def test_an_invitation_waits_and_lapses(client, ashdown):
    person = make.person("Nora New", "nora@people.example")
    make.seat(person, ashdown.board)
    joining.invite(ashdown.school, person=person, by=ashdown.clerk)
    waits = home(client, ashdown, "clerk").context["home"].waits
    assert [(wait.words, wait.when) for wait in waits] == [("Nora New accepts the invitation", "by 1 December")]
    with clock.standing_at(clock.local(date(2026, 12, 3))):
        assert "Invite one person again" in rows(home(client, ashdown, "clerk"))


def test_a_visitor_is_told_until_when_they_may_read(client, ashdown):
    make.plan(ashdown, state="approved")
    Role.objects.filter(person=ashdown.adviser.person).update(last_day=date(2026, 12, 16))
    row = home(client, ashdown, "adviser").context["home"].rows[0]
    assert row.when == "You can read it until Wednesday 16 December"


# ---------------------------------------------------------------- trusts


def test_a_trusts_people_see_its_schools_and_a_school_sees_no_sister(client, harbour, quayside, mudlark):
    make.plan(quayside, state="with the board")
    answer = home(client, harbour, "head")
    assert [(school["name"], school["says"]) for school in answer.context["schools"]] == [
        ("Mudlark Infants", "Nothing is with the board yet"),
        ("Quayside Academy", "With the board since 24 November"),
    ]
    valid(answer)
    for who in ("head", "chair", "clerk"):
        answer = home(client, quayside, who)
        assert answer.context["schools"] is None
        assert "Mudlark" not in answer.content.decode()


def test_the_trusts_board_has_what_it_decides_for_a_school(client, harbour, mudlark):
    Delegation.objects.filter(organisation=mudlark.school, decision=Delegation.Decides.OBJECTIVES).delete()
    plan = make.plan(mudlark, state="with the board")
    assert plan.deciding_board == harbour.board
    assert "Read the plan of Mudlark Infants before the meeting" in rows(home(client, harbour, "governor"))
    assert "Put the plan of Mudlark Infants on an agenda" in rows(home(client, harbour, "clerk"))
    assert client.get(reverse("plan", args=["mudlark-infants", 2026])).status_code == 200
    waits = home(client, mudlark, "head").context["home"].waits
    assert [wait.words for wait in waits] == ["The board of trustees decides on the plan"]


# ---------------------------------------------------------------- nothing of others


def test_nothing_of_another_school_stands_on_any_home(client, ashdown, kestrel):
    plan = make.plan(kestrel, state="with the board")
    asking.ask(
        plan,
        text="A Kestrel question",
        needs_answer=True,
        objective=None,
        action=None,
        criterion=None,
        to=kestrel.head.person,
        due_on=date(2026, 12, 1),
        by=kestrel.governor,
    )
    make.meeting(kestrel.board, by=kestrel.clerk)
    make.plan(ashdown, state="with the board")
    for who in EVERYONE:
        assert "Kestrel" not in home(client, ashdown, who).content.decode(), who


def test_someone_of_two_schools_sees_each_where_it_belongs(client, ashdown, kestrel):
    make.plan(kestrel, state="with the board")
    make.role(ashdown.governor, kestrel.school, "staff")
    body = home(client, ashdown, "governor").content.decode()
    assert "Objective 1 of Kestrel" not in body
    assert "Action 1 of Kestrel" not in body


@pytest.mark.parametrize("state", ["objectives", "drafting", "with the board", "changes asked for", "approved"])
def test_the_parts_on_a_plan_are_those_that_the_plan_says(ashdown, state):
    plan = make.plan(ashdown, state=state)
    for who in EVERYONE:
        user = getattr(ashdown, who)
        plans = facts_of(user, [ashdown.school])[ashdown.school.pk].plans
        assert {one.parts for one in plans} in (set(), {frozenset(plan.parts_of(user))}), who


def test_the_parts_on_a_plan_that_the_trust_decides(harbour, mudlark):
    plan = Plan.objects.create(
        organisation=mudlark.school, year=2026, deciding_board=harbour.board, state="with the board"
    )
    for who in EVERYONE:
        user = getattr(mudlark, who)
        plans = facts_of(user, [mudlark.school])[mudlark.school.pk].plans
        assert {one.parts for one in plans} in (set(), {frozenset(plan.parts_of(user))}), who
    for who in ("chair", "governor", "clerk"):
        user = getattr(harbour, who)
        (seen,) = facts_of(user, [harbour.school])[harbour.school.pk].plans
        assert seen.parts == plan.parts_of(user) - {Part.TRUSTEE}, who


# ---------------------------------------------------------------- how many queries


def _queries(client, url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_home_asks_as_little_for_much_as_for_little(client, ashdown, kestrel):
    """Of these: session, person, roles and seats, organisation; plans, reviews, meetings, and everything dated."""
    make.plan(ashdown, state="approved")
    make.plan(kestrel, state="approved", objectives=8, actions=10, criteria=3)
    counts = {}
    for who in ("head", "governor", "chair", "clerk", "teacher", "adviser"):
        for cast in (ashdown, kestrel):
            home(client, cast, who)  # the first request of a session writes when it was seen
            counts[who, cast.school.name] = _queries(client, reverse("organisation", args=[cast.school.slug]))
    asked = {who: {counts[who, cast.school.name] for cast in (ashdown, kestrel)} for who, _ in counts}
    assert set(map(frozenset, asked.values())) == {frozenset({8})}


def test_a_line_for_each_board_asks_no_more_for_three_than_for_two(client, ashdown, kestrel, harbour):
    make.role(ashdown.clerk, kestrel.school, "clerk")
    client.force_login(ashdown.clerk)
    client.get("/")
    two = _queries(client, "/")
    make.role(ashdown.clerk, harbour.school, "clerk")
    make.seat(ashdown.clerk, harbour.board)
    assert (two, _queries(client, "/")) == (7, 7)


def test_a_trusts_schools_are_one_query_however_many(client, harbour, quayside):
    home(client, harbour, "head")
    url = reverse("organisation", args=["harbour-trust"])
    one = _queries(client, url)
    for number in range(3):
        make.organisation(f"School {number}", trust=harbour.school)
    assert (one, _queries(client, url)) == (8, 8)


# ---------------------------------------------------------------- reviews


def titles_of_review(answer) -> list[str]:
    """Without what meetings ask."""
    found = answer.context["home"].rows + answer.context["home"].more
    return [
        row.title for row in found if row.to[0] in ("rate_next", "review_finish", "give_view", "put_review", "review")
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open", {"head": ["Send the autumn review to governors"]}),
        (
            "with governors",
            {
                "clerk": ["Put the autumn review on an agenda"],
                "chair": ["Put the autumn review on an agenda", "Read the autumn review"],
                "vice": ["Read the autumn review"],
                "governor": ["Read the autumn review"],
                "link": ["Give your view on Objective 1 of Ashdown Primary", "Read the autumn review"],
                "associate": ["Read the autumn review"],
                "committee_member": ["Read the autumn review"],
            },
        ),
        ("received", {}),
    ],
)
def test_a_review_is_each_ones_at_its_state_and_each_button_leads_somewhere(client, ashdown, state, expected):
    make.review(ashdown, state=state)
    answers = {who: home(client, ashdown, who) for who in EVERYONE}
    assert {who: found for who, answer in answers.items() if (found := titles_of_review(answer))} == expected
    for who, answer in answers.items():
        valid(answer)
        client.force_login(getattr(ashdown, who))
        for row in answer.context["home"].rows:
            assert client.get(row.url, follow=True).status_code == 200, (who, row.title)


def test_a_lead_and_then_the_head_rate_what_is_left(client, ashdown):
    make.review(ashdown, rated=False)
    assert titles_of_review(home(client, ashdown, "deputy")) == ["Rate the autumn term"]
    assert titles_of_review(home(client, ashdown, "head")) == ["Rate the autumn term"]
    assert titles_of_review(home(client, ashdown, "teacher")) == []


@pytest.mark.parametrize("state", ["open", "with governors", "received"])
def test_ratings_are_read_by_those_who_may_read_the_review(client, ashdown, state):
    review = make.review(ashdown, state=state)
    for who in EVERYONE:
        user = getattr(ashdown, who)
        reads = Review.objects.visible_to(user).filter(pk=review.pk).exists()
        found = [one for plan in facts_of(user, [ashdown.school])[ashdown.school.pk].plans for one in plan.reviews]
        assert [one.reads for one in found] in ([reads], [] if not reads else None), who
        shown = [line.going.mark for line in home(client, ashdown, who).context["home"].lines if line.going]
        assert shown == (["green"] if reads and state != "open" else []), who


def test_while_leaders_rate_governors_know_how_many_and_others_nothing(ashdown):
    make.review(ashdown)
    known = {
        who: [(one.rated, one.due) for plan in facts.plans for one in plan.reviews]
        for who in EVERYONE
        for facts in [facts_of(getattr(ashdown, who), [ashdown.school])[ashdown.school.pk]]
    }
    outside = {"teacher", "adviser", "inspector"}
    assert {who for who, found in known.items() if found == []} == outside
    assert {tuple(found) for who, found in known.items() if who not in outside} == {((1, 1),)}


@pytest.mark.parametrize("who", EVERYONE)
def test_the_parts_on_a_review_are_those_that_the_review_says(mudlark, harbour, who):
    """The school decides, the trust's board receives."""
    Delegation.objects.filter(organisation=mudlark.school).exclude(decision=Delegation.Decides.REVIEWS).delete()
    review = make.review(mudlark)
    for cast in (mudlark, harbour):
        user = getattr(cast, who)
        facts = facts_of(user, [cast.school])[cast.school.pk]
        parts = {frozenset(plan.review_parts) for plan in facts.plans}
        outside = {Part.TRUSTEE, Part.LEADER_OF_TRUST}
        assert parts in (set(), {frozenset(review.parts_of(user) - (outside if cast is harbour else set()))}), who


def test_the_board_that_receives_has_the_review_of_a_school_that_decides_itself(client, mudlark, harbour):
    Delegation.objects.filter(organisation=mudlark.school).exclude(decision=Delegation.Decides.REVIEWS).delete()
    make.review(mudlark, state="with governors")
    assert "Read the autumn review of Mudlark Infants" in rows(home(client, harbour, "governor"))
    assert "Put the autumn review of Mudlark Infants on an agenda" in rows(home(client, harbour, "clerk"))


def test_a_term_is_due_on_the_same_day_to_whoever_sees_no_meeting(client, ashdown):
    review = make.review(ashdown, rated=False)
    make.meeting(ashdown.board, day=date(2026, 12, 9), by=ashdown.clerk)
    review.plan.objectives.update(lead=ashdown.teacher.person)
    for who in ("head", "teacher"):
        (row,) = [row for row in home(client, ashdown, who).context["home"].rows if row.to[0] == "rate_next"] or [None]
        assert who == "head" or row.due == date(2026, 12, 1)
    year = home(client, ashdown, "teacher").context["home"].year
    assert "leaders, until 1 December; 0 of 1 rated" in [step.words for step in year.near]
    assert "9 December" not in [step.label for step in year.near]


def test_home_asks_no_more_when_a_year_is_rated(client, ashdown):
    plan = make.plan(ashdown, state="approved", objectives=3, criteria=2)
    url = reverse("organisation", args=["ashdown-primary"])
    home(client, ashdown, "head")
    before = _queries(client, url)
    make.review(ashdown, plan_=plan, state="received")
    assert (before, _queries(client, url)) == (8, 8)


def test_an_action_stays_until_it_is_done(client, ashdown):
    plan = make.plan(ashdown, state="approved")
    with clock.standing_at(clock.local(date(2026, 12, 20))):
        row = home(client, ashdown, "teacher").context["home"].rows[0]
        assert (row.title, row.when) == ("Do: Action 1 of Ashdown Primary", "Late: was due 18 December")
        assert client.get(row.url).status_code == 200
        plan.objectives.first().actions.update(status="done")
        assert rows(home(client, ashdown, "teacher")) == []


def test_whoever_asked_for_a_change_reads_the_answer_while_drafting_goes_on(client, ashdown):
    plan = make.plan(ashdown, state="drafting")
    asked = agreeing.ask_for_change(plan.objectives.first(), text="Less.", by=ashdown.head)
    agreeing.answer_request(asked, agreed=False, reply="No.", by=ashdown.chair)
    title = "Read the answer about “Objective 1 of Ashdown Primary”"
    (row,) = [row for row in home(client, ashdown, "head").context["home"].rows if row.title == title]
    assert row.why == "Ashdown Chair declined your request on 24 November."
    assert row.plainly == "Read the answer to your request to change an objective"
    assert client.get(row.url).status_code == 200
    assert title not in rows(home(client, ashdown, "deputy"))
    with clock.standing_at(clock.local(date(2026, 12, 9))):
        assert title not in rows(home(client, ashdown, "head"))


def test_a_new_clerk_adds_those_who_lead_and_those_who_decide(client, db):
    school, clerk = make.organisation("Tern Primary"), make.user("Tern Clerk")
    make.role(clerk, school, "clerk")
    client.force_login(clerk)
    url = reverse("organisation", args=[school.slug])
    assert rows(client.get(url))[0] == "Add the headteacher and the governors"
    make.role(make.user("Tern Head"), school, "headteacher")
    assert rows(client.get(url))[0] == "Add the governors"
    make.seat(make.user("Tern Governor"), school.full_board())
    assert not [title for title in rows(client.get(url)) if title.startswith("Add the")]


def test_the_clerk_checks_next_years_terms_from_spring_on(client, ashdown, quayside):
    title = "Check the terms of 2027/28"
    assert title not in rows(home(client, ashdown, "clerk"))
    with clock.standing_at(clock.local(date(2027, 1, 4))):
        assert title in rows(home(client, ashdown, "clerk"))
        assert title not in rows(home(client, ashdown, "chair"))
        assert title not in rows(home(client, quayside, "clerk"))  # its trust says them
        assert client.get(reverse("terms_edit", args=["ashdown-primary", 2027])).status_code in (200, 404)


def test_a_trust_sees_where_the_review_of_each_school_stands(client, harbour, quayside):
    make.review(quayside, state="received")
    (school,) = home(client, harbour, "head").context["schools"].object_list
    assert (school["says"], school["review"]) == ("Approved on 2 December", "Autumn review: received on 9 December")


# ---------------------------------------------------------------- the first page


def test_the_first_page_says_year_plan_part_and_ten_words(client, ashdown):
    make.plan(ashdown, state="with the board", objectives=2)
    make.meeting(ashdown.board, by=ashdown.clerk)
    client.force_login(ashdown.link)
    answer = client.get(reverse("start", args=["ashdown-primary"]))
    first = answer.context["first"]
    assert [(season.name, season.is_now) for season in first.seasons] == [
        ("autumn", True),
        ("spring", False),
        ("summer", False),
    ]
    assert first.coming == [("Governing board", "Wednesday 2 December, 18:00, Library")]
    assert first.plan == "With the board since 24 November. Read it and ask before the meeting."
    assert first.seats == ["Governing board: link governor for early reading, with a vote, since 1 September 2024."]
    assert [(one.name, one.office) for one in first.who] == [
        ("Ashdown Chair", "chair"),
        ("Ashdown Vice", "vice chair"),
        ("Ashdown Clerk", "clerk"),
        ("Ashdown Head", "headteacher"),
    ]
    assert [line.number for line in answer.context["lines"]] == [1, 2]
    assert len(answer.context["words"]) == 10
    valid(answer)


def test_the_first_page_shows_a_visitor_no_people(client, ashdown):
    client.force_login(ashdown.adviser)
    answer = client.get(reverse("start", args=["ashdown-primary"]))
    assert answer.context["first"].who == []
    assert "Ashdown Chair" not in answer.content.decode()
    valid(answer)
