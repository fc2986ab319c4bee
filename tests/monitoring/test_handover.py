"""A handover pack: what whoever takes over needs, and nothing that its reader or its maker may not read."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring import handover
from sip import asking
from sip.models import Objective
from tests import make

PAGE = "/organisations/ashdown-primary/handover/"


@pytest.fixture
def review(ashdown):
    return make.review(ashdown, state="received", plan_=make.plan(ashdown, state="approved", objectives=2))


def pack(ashdown, person, by):
    return handover.of(ashdown.school, person, by=by)


def test_a_link_governor_finds_what_they_monitor_with_its_ratings(review, ashdown):
    Objective.objects.filter(position=2).update(monitor_seat=ashdown.chair_seat)
    found = pack(ashdown, ashdown.link.person, ashdown.link)
    assert (found.is_for, found.is_own) == ("link governor for early reading", True)
    assert [one.number for one in found.mine] == ["1"] and [one.number for one in found.others] == ["2"]
    assert found.mine[0].marks == [("Autumn", "green", "on track")]
    assert [one.words for one in found.reviews] == ["Autumn review 2026/27"]
    assert found.decisions[0].words.endswith(": received")
    assert {(one.name, one.office) for one in found.who} >= {
        ("Ashdown Chair", "chair"),
        ("Ashdown Clerk", "clerk"),
        ("Ashdown Head", "headteacher"),
    }


@pytest.mark.parametrize(
    ("who", "office"),
    [
        ("chair", "chair"),
        ("vice", "vice chair"),
        ("head", "headteacher"),
        ("clerk", "clerk"),
        ("deputy", "senior leader"),
    ],
)
def test_a_chair_a_head_and_a_clerk_find_the_whole_plan(review, ashdown, who, office):
    user = getattr(ashdown, who)
    found = pack(ashdown, user.person, user)
    assert (found.is_for, len(found.objectives)) == (office, 2)


def test_open_questions_and_coming_meetings_stand_there(review, ashdown):
    asking.ask(review.plan, text="Who pays?", needs_answer=True, by=ashdown.governor)
    make.meeting(ashdown.board, day=date(2027, 1, 13), by=ashdown.clerk)
    found = pack(ashdown, ashdown.chair.person, ashdown.chair)
    assert [one.words for one in found.questions] == ["Who pays?"]
    assert found.meetings[-1].soft == "Wednesday 13 January, 18:00, Library"
    assert found.steps
    assert [row.button for row in pack(ashdown, ashdown.head.person, ashdown.head).duties] == ["Answer"]


def test_clerk_chair_and_head_make_one_for_a_successor_and_nobody_else(client, review, ashdown, kestrel):
    address = f"{PAGE}{ashdown.governor.person_id}/"
    for who, status in (("clerk", 200), ("chair", 200), ("head", 200), ("governor", 403), ("deputy", 403)):
        client.force_login(getattr(ashdown, who))
        assert client.get(address).status_code == status, who
    for user in (kestrel.clerk, ashdown.adviser, ashdown.inspector, ashdown.left):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_for_whom_nobody_takes_over_there_is_none(client, review, ashdown, kestrel):
    client.force_login(ashdown.clerk)
    for person in (ashdown.teacher, ashdown.left, ashdown.adviser, kestrel.chair):
        assert client.get(f"{PAGE}{person.person_id}/").status_code == 404
    assert client.get(f"{PAGE}999999/").status_code == 404


def test_own_packs_are_for_those_who_lead_sit_or_clerk(client, review, ashdown):
    for who, status in (("governor", 200), ("associate", 200), ("committee_member", 200), ("teacher", 403)):
        client.force_login(getattr(ashdown, who))
        assert client.get(PAGE).status_code == status, who
    client.force_login(ashdown.inspector)
    assert client.get(PAGE).status_code == 404


def test_somebody_without_a_sign_in_has_one_made_for_them(review, ashdown):
    person = make.person("Ashdown Farmer")
    make.seat(person, ashdown.board, link="premises")
    found = pack(ashdown, person, ashdown.clerk)
    assert (found.is_for, len(found.objectives), found.duties) == ("link governor for premises", 2, [])


def test_nothing_leaves_that_maker_or_reader_may_not_open(ashdown):
    """While leaders rate, the chair who makes a pack for the head learns nothing of it, and the other way round."""
    plan = make.plan(ashdown, state="approved")
    review = make.review(ashdown, state="open", plan_=plan)
    for_head = pack(ashdown, ashdown.head.person, ashdown.chair)
    assert for_head.reviews == [] and for_head.objectives[0].marks == [] and for_head.duties == []
    of_head = pack(ashdown, ashdown.head.person, ashdown.head)
    assert of_head.reviews == [] and review.is_open
    for_committee = pack(ashdown, ashdown.committee_member.person, ashdown.chair)
    assert all("Governing board" not in one.soft for one in for_committee.decisions)


def test_a_draft_is_no_part_of_a_pack_made_by_the_board(client, ashdown):
    make.plan(ashdown, state="drafting")
    client.force_login(ashdown.chair)
    page = client.get(f"{PAGE}{ashdown.head.person_id}/").content.decode()
    assert "Objective 1 of Ashdown Primary" in page and "Action 1 of" not in page


def test_home_leads_there(client, review, ashdown):
    for who, there in (("governor", True), ("teacher", False), ("inspector", False)):
        client.force_login(getattr(ashdown, who))
        assert (f'href="{PAGE}"' in client.get("/organisations/ashdown-primary/").content.decode()) is there, who


def test_it_costs_the_same_with_one_and_with_three_questions(client, review, ashdown):
    client.force_login(ashdown.chair)
    client.get(PAGE)
    counts = []
    for many in (1, 2):
        for _ in range(many):
            asking.ask(review.plan, text="Who?", needs_answer=True, by=ashdown.governor)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 60
