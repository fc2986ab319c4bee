"""The pages of visits: planned, written on a phone or without a script, checked, read; wrong words; two at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.models import AdviserNote, Visit
from sip.models import Objective, Question
from tests import make
from tests.monitoring import visits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    """The day after the plan was approved."""
    with visits.on(visits.TODAY):
        yield


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), text.split(), strict=True))


def planned(ashdown, objective: Objective, **words) -> dict:
    given = {"about": "plan", "objective": objective.pk, "focus": "Reading aloud", "form": "in person"}
    given |= {"visitors": [ashdown.link.person_id], "staff_lead": ashdown.deputy.person_id, "starts_at": "9:30"}
    return given | {"take": ["pupil"], "came_with": "Who helps?"} | day("day", "11 12 2026") | words


REPORT = {
    "minutes": "60",
    "met_with": "The reading lead",
    "saw": "Two groups.",
    "evidence": ["pupils"],
    "progress": "It goes well.",
    "raised": "Who helps the slowest?\n\n• And who pays?",
    "rows": "2",
    "agreed-0-text": "Send the list",
    "agreed-0-owner": "Reading lead",
    "agreed-0-due_on": "15 Jan 2027",
    "revision": "1",
    "do": "hand",
} | day("day", "3 12 2026")


def send(client, user, address: str, words: dict | None = None):
    client.force_login(user)
    return client.post(address, words or {})


def text_of(client, user, address: str) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


# --- planning


def test_a_visit_is_planned_from_what_has_the_weakest_evidence(client, ashdown):
    plan = visits.plan(ashdown)
    objective = plan.objectives.get()
    text = text_of(client, ashdown.link, f"/plans/{plan.pk}/visits/")
    assert "Nobody has visited it this year" in text and f"?objective={objective.pk}" in text
    assert "Ashdown Link, link governor for early reading" in text and "Weeks that suit" in text
    form = text_of(client, ashdown.link, f"/plans/{plan.pk}/visits/plan/?objective={objective.pk}")
    assert f'value="{objective.pk}" selected' in form and "What would a pupil tell me?" in form
    answer = send(client, ashdown.link, f"/plans/{plan.pk}/visits/plan/", planned(ashdown, objective))
    visit = Visit.objects.get()
    assert (answer.url, visit.came_with) == (f"/visits/{visit.pk}/", "Who helps?\nWhat would a pupil tell me?")
    page = text_of(client, ashdown.deputy, answer.url)
    assert "Planned for Friday 11 December at 09:30." in page and "What would a pupil tell me?" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"objective": ""}, "Choose what it is a visit to"),
        ({"focus": ""}, "Say what you will look at"),
        ({"visitors": []}, "Tick who goes"),
        ({"visitors": ["0"]}, "That choice is not one of yours any more."),
        (day("day", "11 12 2025"), "Choose a day of the year 2026/27"),
        (day("day", "31 2 2027"), "There is no 31 February in 2027"),
        ({"starts_at": "soon"}, "Write a time such as 18:00 or 6pm"),
        ({"about": "lunch"}, "That choice is not one of yours any more."),
    ],
)
def test_wrong_words_of_a_plan_are_said_to_be_and_kept(client, ashdown, words, said):
    plan = visits.plan(ashdown)
    sent = planned(ashdown, plan.objectives.get(), came_with="Kept hedgehogs") | words
    answer = send(client, ashdown.link, f"/plans/{plan.pk}/visits/plan/", sent)
    text = answer.content.decode()
    assert (answer.status_code, said in text, "Kept hedgehogs" in text) == (422, True, True)
    assert not Visit.objects.exists()


def test_an_objective_stopped_while_somebody_typed_is_a_clear_answer_and_nothing_is_lost(client, ashdown):
    plan = visits.plan(ashdown)
    objective = plan.objectives.get()
    Objective.objects.update(stopped_on=visits.TODAY, stopped_why="The hedgehogs left")
    answer = send(client, ashdown.link, f"/plans/{plan.pk}/visits/plan/", planned(ashdown, objective))
    text = answer.content.decode()
    assert answer.status_code == 422 and "Reading aloud" in text
    assert "was stopped on 3 December 2026: The hedgehogs left. No more visits to it are planned." in text


def test_a_visit_to_a_stopped_objective_says_so_and_can_be_written_or_called_off(client, ashdown):
    visit = visits.visit(ashdown)
    Objective.objects.update(stopped_on=visits.TODAY, stopped_why="The hedgehogs left")
    page = text_of(client, ashdown.link, f"/visits/{visit.pk}/")
    assert "The report can still be written for what was seen" in page and "Call it off" in page
    assert send(client, ashdown.link, f"/visits/{visit.pk}/write/", REPORT).status_code == 302


def test_about_something_else_it_needs_no_objective(client, ashdown):
    plan = visits.plan(ashdown)
    words = planned(ashdown, plan.objectives.get(), about="duty")
    assert send(client, ashdown.governor, f"/plans/{plan.pk}/visits/plan/", words).status_code == 302
    assert (Visit.objects.get().objective, Visit.objects.get().about) == (None, "duty")


def test_leaders_read_the_page_and_may_not_plan(client, ashdown, kestrel):
    plan = visits.plan(ashdown)
    client.force_login(ashdown.head)
    assert client.get(f"/plans/{plan.pk}/visits/").status_code == 200
    assert "Plan a visit" not in client.get(f"/plans/{plan.pk}/visits/").content.decode()
    assert client.get(f"/plans/{plan.pk}/visits/plan/").status_code == 403
    client.force_login(kestrel.chair)
    for address in ("", "plan/", "note/"):
        assert client.get(f"/plans/{plan.pk}/visits/{address}").status_code == 404


def test_a_bad_day_is_told_as_advice(client, ashdown):
    plan = visits.plan(ashdown)
    for words, said in ((day("day", "29 12 2026"), "not in term"), (day("day", "12 5 2027"), "key stage 2 tests")):
        answer = send(
            client, ashdown.link, f"/plans/{plan.pk}/visits/plan/", planned(ashdown, plan.objectives.get()) | words
        )
        assert said in text_of(client, ashdown.link, answer.url)


def test_a_change_meanwhile_shows_both_and_lets_one_choose(client, ashdown):
    visit = visits.visit(ashdown)
    address = f"/visits/{visit.pk}/change/"
    words = planned(ashdown, visit.objective) | {"revision": "1"}
    assert send(client, ashdown.link, address, words | {"focus": "Theirs"}).status_code == 302
    answer = send(client, ashdown.chair, address, words | {"focus": "Mine"})
    text = answer.content.decode()
    assert (
        answer.status_code == 409
        and "Theirs" in text
        and 'value="Mine"' in text
        and 'name="revision" value="2"' in text
    )
    assert send(client, ashdown.chair, address, words | {"focus": "Mine", "revision": "2"}).status_code == 302


def test_called_off_wants_a_reason(client, ashdown):
    visit = visits.visit(ashdown)
    assert send(client, ashdown.head, f"/visits/{visit.pk}/call-off/", {"why": ""}).status_code == 422
    assert send(client, ashdown.head, f"/visits/{visit.pk}/call-off/", {"why": "The boiler"}).status_code == 302
    assert "Called off: The boiler." in text_of(client, ashdown.link, f"/visits/{visit.pk}/")
    assert send(client, ashdown.head, f"/visits/{visit.pk}/call-off/", {"why": "Again"}).status_code == 409


# --- writing


def test_a_report_keeps_saw_heard_and_read_apart_and_warns(client, ashdown):
    visit = visits.visit(ashdown)
    text = text_of(client, ashdown.link, f"/visits/{visit.pk}/write/")
    for name in ("saw", "heard", "read"):
        assert f'<textarea name="{name}"' in text
    assert "designated safeguarding lead at once" in text and "No pupil and no teacher is named" in text
    assert "data-keep" in text and "What would a hedgehog tell me?" in text


def test_it_is_saved_gone_on_with_and_handed_on(client, ashdown):
    visit = visits.visit(ashdown)
    address = f"/visits/{visit.pk}/write/"
    some = day("day", "3 12 2026") | {"saw": "Two groups.", "revision": "1", "do": "save"}
    assert send(client, ashdown.link, address, some).url == address
    assert "Two groups.</textarea>" in text_of(client, ashdown.link, address)
    assert send(client, ashdown.link, address, REPORT | {"revision": "2"}).url == f"/visits/{visit.pk}/"
    visit.refresh_from_db()
    assert (visit.state, list(visit.raised.values_list("text", flat=True)), visit.agreed.get().text) == (
        "checking",
        ["Who helps the slowest?", "And who pays?"],
        "Send the list",
    )
    assert client.get(address).url == f"/visits/{visit.pk}/"
    assert "checks the facts until Thursday 10 December" in text_of(client, ashdown.chair, f"/visits/{visit.pk}/")
    assert "Two groups." not in text_of(client, ashdown.chair, f"/visits/{visit.pk}/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"saw": ""}, "Write what you saw, heard or read"),
        ({"evidence": []}, "Tick at least one kind of evidence"),
        ({"progress": ""}, "Say in your own words how far it has come"),
        ({"agreed-0-owner": ""}, "Say who does it, by role"),
        ({"agreed-0-due_on": "soon"}, "Write one day, such as 11 Dec 2026"),
        (day("day", "4 12 2026"), "The visit is still to come"),
        ({"minutes": "1"}, "Give a number from 5 to 600"),
        ({"heard": "Long. " * 900}, "Shorten this to 4,000 characters"),
        (day("next_on", "1 12 2026"), "Choose a day from today on"),
        ({"revision": "x"}, "Part of this page was lost on its way."),
        ({"rows": "²"}, ""),
    ],
)
def test_wrong_words_of_a_report_are_said_to_be_and_kept(client, ashdown, words, said):
    visit = visits.visit(ashdown)
    answer = send(client, ashdown.link, f"/visits/{visit.pk}/write/", REPORT | {"celebrate": "Kept hedgehogs"} | words)
    if not said:
        assert answer.status_code == 302
        return
    text = answer.content.decode()
    assert (answer.status_code, said in text, "Kept hedgehogs" in text) == (422, True, True)
    visit.refresh_from_db()
    assert (visit.state, visit.saw) == ("planned", "")


def test_without_a_script_a_row_is_added_and_nothing_is_wrong_yet(client, ashdown):
    visit = visits.visit(ashdown)
    answer = send(client, ashdown.link, f"/visits/{visit.pk}/write/", REPORT | {"do": "more", "saw": ""})
    text = answer.content.decode()
    assert (answer.status_code, "agreed-2-text" in text, "Send the list" in text) == (200, True, True)


def test_beside_the_leaders_rating_it_says_how_it_looks(client, ashdown):
    plan = visits.plan(ashdown)
    make.review(ashdown, state="with governors", plan_=plan)
    visit = visits.visit(ashdown, of=plan)
    address = f"/visits/{visit.pk}/write/"
    differs = REPORT | {"stance": "sees it differently"}
    assert "Choose how you would rate it" in send(client, ashdown.link, address, differs).content.decode()
    same = send(client, ashdown.link, address, differs | {"mark": "green"})
    assert "That is the leaders’ own rating" in same.content.decode()
    assert send(client, ashdown.link, address, differs | {"mark": "amber"}).status_code == 302
    assert "sees it differently" in text_of(client, ashdown.deputy, f"/visits/{visit.pk}/")


def test_another_visitor_saved_meanwhile_both_texts_are_there(client, ashdown):
    visit = visits.visit(ashdown, visitors=[ashdown.link.person, ashdown.governor.person])
    address = f"/visits/{visit.pk}/write/"
    send(client, ashdown.governor, address, REPORT | {"do": "save", "saw": "What they saw."})
    answer = send(client, ashdown.link, address, REPORT | {"saw": "What I saw."})
    text = answer.content.decode()
    assert answer.status_code == 409 and "What they saw." in text and "What I saw.</textarea>" in text
    assert 'name="revision" value="2"' in text


def test_whoever_left_the_board_in_the_middle_of_writing_is_told_and_can_copy_what_was_typed(client, ashdown):
    visit = visits.visit(ashdown)
    ashdown.link_seat.last_day = visits.TODAY.replace(day=2)
    ashdown.link_seat.save()
    answer = send(client, ashdown.link, f"/visits/{visit.pk}/write/", REPORT)
    text = answer.content.decode()
    assert (
        answer.status_code == 409 and "Your seat ended on 2 December 2026" in text and "Who helps the slowest?" in text
    )
    assert client.get(f"/visits/{visit.pk}/").status_code == 404
    page = text_of(client, ashdown.governor, f"/visits/{visit.pk}/")
    assert "Whoever was to go has left the board since" in page and "Take this visit over" in page
    assert send(client, ashdown.governor, f"/visits/{visit.pk}/take-over/").url == f"/visits/{visit.pk}/"
    assert "Write the report" in text_of(client, ashdown.governor, f"/visits/{visit.pk}/")


# --- checking and reading


def test_staff_check_the_facts_and_do_not_edit(client, ashdown):
    visit = visits.visit(ashdown, state="checking")
    address = f"/visits/{visit.pk}/check/"
    text = text_of(client, ashdown.deputy, address)
    assert "Two groups of hedgehogs." in text and '<textarea name="comment"' in text and 'name="saw"' not in text
    assert send(client, ashdown.deputy, address, {"comment": "Long. " * 900}).status_code == 422
    assert send(client, ashdown.deputy, address, {"comment": "Year 2."}).url == f"/visits/{visit.pk}/"
    assert send(client, ashdown.deputy, address, {"comment": "Again"}).status_code == 409
    page = text_of(client, ashdown.governor, f"/visits/{visit.pk}/")
    assert "Year 2." in page and "Ashdown Deputy checked its facts." in page
    assert f"/questions/{Question.objects.get().pk}/" in page
    assert "Year 2." in text_of(client, ashdown.adviser, f"/visits/{visit.pk}/")


def test_the_visitor_takes_the_report_back_while_it_is_checked(client, ashdown):
    visit = visits.visit(ashdown, state="checking")
    assert send(client, ashdown.link, f"/visits/{visit.pk}/take-back/").url == f"/visits/{visit.pk}/write/"
    assert send(client, ashdown.link, f"/visits/{visit.pk}/take-back/").status_code == 409


def test_strangers_find_nothing_and_readers_may_not_write(client, ashdown, kestrel):
    visit = visits.visit(ashdown, state="checking")
    pages = ("", "change/", "call-off/", "write/", "check/")
    for user, expected in ((kestrel.chair, [404] * 5), (ashdown.inspector, [404] * 5)):
        client.force_login(user)
        assert [client.get(f"/visits/{visit.pk}/{page}").status_code for page in pages] == expected
    client.force_login(ashdown.governor)
    assert [client.get(f"/visits/{visit.pk}/{page}").status_code for page in pages] == [200, 403, 403, 403, 403]


def test_what_was_agreed_is_said_to_be_done(client, ashdown):
    visit = visits.visit(ashdown, state="shared")
    action = visit.agreed.get()
    assert "It is done" in text_of(client, ashdown.head, f"/visits/{visit.pk}/")
    assert send(client, ashdown.head, f"/agreed/{action.pk}/done/").url == f"/visits/{visit.pk}/#h-agreed"
    assert "done on 3 December" in text_of(client, ashdown.chair, f"/visits/{visit.pk}/")


def test_the_objectives_page_leads_to_its_visits(client, ashdown):
    visit = visits.visit(ashdown, state="shared")
    objective = visit.objective
    assert f"/objectives/{objective.pk}/visits/" in text_of(client, ashdown.governor, f"/objectives/{objective.pk}/")
    assert "How the hedgehogs read" in text_of(client, ashdown.governor, f"/objectives/{objective.pk}/visits/")


def test_an_adviser_leaves_a_note_and_it_counts_as_from_outside(client, ashdown):
    plan = visits.plan(ashdown)
    objective = plan.objectives.get()
    address = f"/plans/{plan.pk}/visits/note/"
    assert send(client, ashdown.adviser, address, {"text": ""} | day("on", "3 12 2026")).status_code == 422
    words = {"objective": objective.pk, "text": "The books are good."}
    assert send(client, ashdown.adviser, address, words | day("on", "9 12 2026")).status_code == 422
    answer = send(client, ashdown.adviser, address, words | day("on", "3 12 2026"))
    note = AdviserNote.objects.get()
    assert answer.url == f"/plans/{plan.pk}/visits/#note-{note.pk}"
    for page in (f"/plans/{plan.pk}/visits/", f"/objectives/{objective.pk}/visits/"):
        assert "The books are good." in text_of(client, ashdown.chair, page)
    assert "The books are good." not in text_of(client, ashdown.inspector, f"/plans/{plan.pk}/visits/")


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_as_many_queries_with_three_visits_as_with_one(client, ashdown, many):
    plan = visits.plan(ashdown, objectives=3)
    make.review(ashdown, state="with governors", plan_=plan)
    for number in range(1, many + 1):
        visits.visit(ashdown, of=plan, number=number, state="shared")
        visits.visit(ashdown, of=plan, number=number)
    client.force_login(ashdown.chair)
    client.get(f"/plans/{plan.pk}/visits/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        text = client.get(f"/plans/{plan.pk}/visits/").content.decode()
    assert text.count("facts checked") == many
    assert len(seen) == 19
