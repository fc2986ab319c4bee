"""The pages on which leaders draft: typed words are never lost, and nothing is written by half."""

from datetime import date
from decimal import Decimal

import html5lib
import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import keeping
from foundation.audit import AuditEvent
from sip import drafting
from sip.models import Action, Objective, Plan
from tests import make
from tests.sip.test_drafting import MEET, READ, TEACH, plan_of, save, whats

pytestmark = pytest.mark.django_db

LONG = "Shorten this to {} characters; it has {} now"
KNOW = "how the board will know"
GONE = "That choice is not one of yours any more. Choose from the list."


@pytest.fixture
def objective(ashdown) -> Objective:
    """The first of two, with two actions and one criterion."""
    first = plan_of(ashdown, objectives=2).objectives.first()
    terms = {"autumn": "65%", "spring": "72%", "summer": "80%"}
    criterion = {"text": "Reading", "by_when": date(2027, 7, 16), "milestones": terms}
    return save(first, ashdown.head, actions=[READ, TEACH], criteria=[criterion])


@pytest.fixture
def head(client, ashdown):
    client.force_login(ashdown.head)
    return client


def page_of(objective) -> str:
    return reverse("draft_objective", args=[objective.pk])


def parsed(response):
    """The page as a tree; a page that is not valid HTML fails."""
    if not hasattr(response, "tree"):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        response.tree = parser.parse(response.content.decode())
    return response.tree


def words_of(response) -> str:
    return " ".join(" ".join(next(parsed(response).iter("main")).itertext()).split())


def form_of(response) -> dict:
    """What a browser would send of the page's form, without any button."""
    form = next(one for one in parsed(response).iter("form") if one.get("id") == "draft")
    sent: dict[str, list[str]] = {}
    for box in form.iter():
        if box.tag == "input" and box.get("type") != "submit" and box.get("name"):
            sent.setdefault(box.get("name"), []).append(box.get("value", ""))
        elif box.tag == "textarea":
            sent.setdefault(box.get("name"), []).append((box.text or "").removeprefix("\n"))
        elif box.tag == "select":
            chosen = [one.get("value") for one in box.iter("option") if "selected" in one.attrib]
            sent.setdefault(box.get("name"), []).append(chosen[0] if chosen else "")
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def send(client, objective, *, do: str = "save", **changes):
    """Open the page, type, press a button. Names are written with underscores: action_1_what."""
    sent = form_of(client.get(page_of(objective)))
    sent |= {name.replace("_", "-", 2): value for name, value in changes.items()}
    return client.post(page_of(objective), sent | {"do": do})


def refusals(response) -> list[str]:
    assert response.status_code == 422
    errors = next(one for one in parsed(response).iter("div") if one.get("class") == "errors")
    ids = {one.get("id") for one in parsed(response).iter() if one.get("id")}
    assert all(link.get("href")[1:] in ids for link in errors.iter("a"))
    return ["".join(link.itertext()) for link in errors.iter("a")]


# ---------------------------------------------------------------- it works


def test_what_stands_there_can_be_sent_back_and_nothing_changes(head, objective):
    before = [model_to_dict(one) for one in (*objective.actions.all(), *objective.criteria.all())]
    answer = send(head, objective)
    assert (answer.status_code, answer.url) == (302, page_of(objective))
    assert [model_to_dict(one) for one in (*objective.actions.all(), *objective.criteria.all())] == before


def test_every_cell_is_saved(head, ashdown, objective):
    typed = {
        "what": "Read to every class daily", "owner": str(ashdown.teacher.person_id), "due_on": "18/12/26",
        "starts_on": "1 Sep 2026", "supporters": "Governors", "cost": "£1,200.50", "cost_source": "Pupil premium",
        "resources": "Forty books", "outcome": "Pupils ask for more", "checked_how": "Book look",
        "checked_by": str(ashdown.deputy.person_id), "checked_when": "each half-term", "heading": "Reading",
    }  # fmt: skip
    answer = send(head, objective, **{f"action_3_{name}": value for name, value in typed.items()})
    assert answer.status_code == 302
    row = model_to_dict(objective.actions.last(), fields=[*typed, "position"])  # how it goes is said later, elsewhere
    assert row == typed | {
        "position": 3, "owner": ashdown.teacher.person_id, "checked_by": ashdown.deputy.person_id,
        "due_on": date(2026, 12, 18), "starts_on": date(2026, 9, 1), "cost": Decimal("1200.50"),
    }  # fmt: skip


def test_save_and_next_goes_on_and_from_the_last_to_the_overview(head, objective):
    last = objective.plan.objectives.last()
    assert send(head, objective, do="next").url == page_of(last)
    assert send(head, last, do="next").url == reverse("draft_plan", args=[objective.plan_id])


def test_blank_rows_are_no_rows_and_two_stand_ready(head, objective):
    assert form_of(head.get(page_of(objective)))["action"] == ["1", "2", "3", "4"]
    send(head, objective, action_3_what="   ", criterion_2_text="\t")
    assert whats(objective) == [READ["what"], TEACH["what"]]
    assert objective.criteria.count() == 1


def test_an_emptied_row_is_removed(head, objective):
    send(head, objective, action_1_what="")
    assert whats(objective) == [TEACH["what"]]


def test_pasted_word_text_comes_clean(head, objective):
    pasted = "\u2022\u00a0Pupils\u2019 books \u2013 \u201cevery week\u201d\r\n\u200band\vagain\x07"
    send(head, objective, action_3_what=pasted)
    assert whats(objective)[2] == "• Pupils’ books – “every week” and again"


def test_html_stays_words(head, objective):
    script = "<script>alert(1)</script> & <b>bold</b>"
    send(head, objective, action_3_what=script, criterion_2_text=script, action_3_heading="<i>x</i>")
    page = head.get(page_of(objective)).content.decode()
    assert whats(objective)[2] == script
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in page


# ---------------------------------------------------------------- without a script: rows are arranged by the server


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up-action-2", ["2", "1", "3", "4"]),
        ("down-action-1", ["2", "1", "3", "4"]),
        ("up-action-1", ["1", "2", "3", "4"]),
        ("down-action-4", ["1", "2", "3", "4"]),
        ("remove-action-1", ["2", "3", "4"]),
        ("add-action", ["1", "2", "3", "4", "5"]),
        ("copy-action-1", ["1", "5", "2", "3", "4"]),
        ("up-action-99", ["1", "2", "3", "4"]),
        ("remove-action-99", ["1", "2", "3", "4"]),
    ],
)
def test_rows_are_arranged_and_nothing_is_saved(head, objective, do, order):
    answer = send(head, objective, do=do, action_2_what="Changed", action_3_due_on="nonsense")
    assert answer.status_code == 200
    sent = form_of(answer)
    assert sent["action"] == order
    assert sent["action-2-what"] == ["Changed"]
    assert "stops this from being saved" not in answer.content.decode()
    assert whats(objective) == [READ["what"], TEACH["what"]]
    assert AuditEvent.objects.filter(what="save_objective").count() == 1


def test_what_was_arranged_is_then_saved(head, objective):
    arranged = form_of(send(head, objective, do="up-action-2"))
    head.post(page_of(objective), arranged | {"do": "save"})
    assert whats(objective) == [TEACH["what"], READ["what"]]


def test_the_last_row_removed_leaves_an_empty_one(head, objective):
    answer = send(head, objective, do="remove-criterion-1", criterion=["1"])
    assert form_of(answer)["criterion"] == ["2"]


def test_a_copied_row_is_a_new_row(head, ashdown, objective):
    copied = form_of(send(head, objective, do="copy-action-1", action_1_owner=str(ashdown.teacher.person_id)))
    assert copied["action-5-id"] == [""]
    head.post(page_of(objective), copied | {"do": "save"})
    assert whats(objective) == [READ["what"], READ["what"], TEACH["what"]]
    assert {action.owner for action in objective.actions.all()[:2]} == {ashdown.teacher.person}


def test_enter_saves_and_never_removes(head, objective):
    buttons = [
        one.get("value")
        for form in parsed(head.get(page_of(objective))).iter("form")
        if form.get("id") == "draft"
        for one in form.iter("button")
    ]
    assert buttons[0] == "save"


# ---------------------------------------------------------------- wrong words


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"action_3_owner": "deputy"}, "Action 3, what: Say what is to be done, or empty this row"),
        ({"action_1_what": "x" * 401}, "Action 1, what: Shorten this to 400 characters; it has 401 now"),
        ({"action_1_due_on": "31/02/2027"}, "Action 1, by when: There is no 31 February in 2027"),
        ({"action_1_due_on": "March"}, "Action 1, by when: Write one day, such as 11 Dec 2026"),
        ({"action_1_due_on": "1 Jan 1926"}, "Action 1, by when: Check the year: it must be from 2025 to 2029"),
        (
            {"action_2_starts_on": "2 Jan 2027", "action_2_due_on": "1 Jan 2027"},
            "Action 2, by when: This is before the day in “From”",
        ),
        ({"action_1_cost": "lots"}, "Action 1, cost: Write pounds in figures, such as 1,200 or 1,200.50"),
        ({"action_1_cost": "-5"}, "Action 1, cost: An amount cannot be below nought"),
        ({"action_1_cost": "99999999999"}, "Action 1, cost: Check the amount: it is beyond £10,000,000"),
        ({"action_1_supporters": "x" * 201}, "Action 1, supported by: Shorten this to 200 characters; it has 201 now"),
        ({"action_1_cost_source": "x" * 81}, "Action 1, paid from: Shorten this to 80 characters; it has 81 now"),
        ({"action_1_resources": "x" * 301}, "Action 1, resources: Shorten this to 300 characters; it has 301 now"),
        ({"action_1_outcome": "x" * 401}, "Action 1, intended outcome: Shorten this to 400 characters; it has 401 now"),
        ({"action_1_checked_how": "x" * 201}, "Action 1, checked how: Shorten this to 200 characters; it has 201 now"),
        ({"action_1_checked_when": "x" * 121}, f"Action 1, checked when: {LONG.format(120, 121)}"),
        ({"action_1_heading": "x" * 81}, "Action 1, group heading: Shorten this to 80 characters; it has 81 now"),
        ({"action_1_owner": "999999"}, f"Action 1, who: {GONE}"),
        ({"action_1_owner": "x' OR 1=1"}, f"Action 1, who: {GONE}"),
        ({"action_1_checked_by": "-1"}, f"Action 1, checked by: {GONE}"),
        ({"criterion_1_text": ""}, f"Criterion 1, {KNOW}: Say {KNOW}, or empty this row"),
        ({"criterion_1_by_when": "soon"}, "Criterion 1, by when: Write one day, such as 11 Dec 2026"),
        ({"criterion_1_spring": "x" * 301}, f"Criterion 1, by the end of spring: {LONG.format(300, 301)}"),
    ],
)  # fmt: skip
def test_wrong_words_are_said_at_their_cell_kept_and_not_saved(head, ashdown, objective, changes, says):
    changes = {name: str(ashdown.deputy.person_id) if value == "deputy" else value for name, value in changes.items()}
    answer = send(head, objective, action_4_what="Not lost", **changes)
    assert refusals(answer) == [says]
    sent = form_of(answer)
    assert sent["action-4-what"] == ["Not lost"]
    name, value = list(changes.items())[-1]
    if not name.endswith(("owner", "checked_by")):
        assert sent[name.replace("_", "-", 2)] == [value]
    assert whats(objective) == [READ["what"], TEACH["what"]]


def test_a_megabyte_is_refused_and_kept_on_the_page(head, objective):
    answer = send(head, objective, action_1_what="word " * 200_000)
    assert refusals(answer) == ["Action 1, what: Shorten this to 400 characters; it has 999,999 now"]
    assert answer.content.decode().count("word word") > 90_000


def test_an_owner_of_another_school_is_refused(head, kestrel, objective):
    answer = send(head, objective, action_1_owner=str(kestrel.teacher.person_id))
    assert refusals(answer) == [f"Action 1, who: {GONE}"]


def test_an_owner_who_has_left_stays_named(head, ashdown, objective):
    send(head, objective, action_1_owner=str(ashdown.teacher.person_id))
    ashdown.teacher.person.roles.update(last_day=date(2026, 10, 23))
    assert send(head, objective, action_2_what="Changed").status_code == 302
    assert objective.actions.first().owner == ashdown.teacher.person


def test_a_row_of_another_objective_is_refused_and_nothing_is_written(head, ashdown, kestrel, objective):
    for other in (plan_of(kestrel).objectives.get(), objective.plan.objectives.last()):
        by = kestrel.head if other.plan.organisation == kestrel.school else ashdown.head
        save(other, by, actions=[MEET])
        answer = send(head, objective, action_3_what="Mine now", action_3_id=str(other.actions.get().pk))
        assert answer.status_code == 409
        assert "do not belong to this objective" in words_of(answer)
        assert (whats(objective), whats(other)) == ([READ["what"], TEACH["what"]], [MEET["what"]])


@pytest.mark.parametrize(
    "changes",
    [
        {"action": ["1", "1", "2"]},
        {"action": ["1", "x", "-3", "1e9", "2", "9" * 40]},
        {"action_2_id": "²"},
        {"action_2_id": "9" * 30},
        {"revision": "nonsense"},
        {"had": "x" * 100_000},
        {"compare": "-1"},
    ],
)
def test_a_mangled_form_breaks_nothing(head, objective, changes):
    assert send(head, objective, **changes).status_code in {302, 409}
    assert set(whats(objective)) >= {READ["what"]}


def test_there_is_room_for_two_hundred_rows_and_a_clear_word_beyond(head, objective):
    rows = {f"action-{key}-what": f"Action {key}" for key in range(1, 202)}
    answer = send(head, objective, action=[str(key) for key in range(1, 202)], **rows)
    assert refusals(answer) == ["An objective holds 200 rows of a kind. Here are 201: remove some."]
    assert form_of(answer)["action-201-what"] == ["Action 201"]
    assert objective.actions.count() == 2
    assert send(head, objective, action=[str(key) for key in range(1, 201)], **rows).status_code == 302
    assert objective.actions.count() == 200
    assert form_of(send(head, objective, do="add-action"))["action"][-1] == "200"


# ---------------------------------------------------------------- two people, two clicks, a stale tab


def test_a_button_pressed_twice_saves_once_and_is_no_quarrel(head, objective):
    sent = form_of(head.get(page_of(objective))) | {"action-3-what": "New", "do": "next"}
    first, second = head.post(page_of(objective), sent), head.post(page_of(objective), sent)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert whats(objective) == [READ["what"], TEACH["what"], "New"]


def meanwhile(ashdown, objective, rows: list[dict]) -> None:
    """The deputy saves while the head types."""
    save(objective, ashdown.deputy, actions=rows)


def test_the_second_to_save_sees_both_texts_and_chooses(head, ashdown, objective):
    sent = form_of(head.get(page_of(objective)))
    read, teach = objective.actions.all()
    meanwhile(ashdown, objective, [{"id": read.pk, "what": "Read aloud"}, {"id": teach.pk} | TEACH, MEET])
    answer = head.post(page_of(objective), sent | {"action-1-what": "Read to everyone", "do": "next"})
    assert answer.status_code == 409
    says = words_of(answer)
    assert "Ashdown Deputy saved this objective while you were typing" in says
    assert "What Theirs Read aloud Yours Read to everyone" in says
    assert "They added this row. It is not in yours." in says
    assert "Teach phonics" not in says.split("What leaders will do")[0]  # the same on both sides
    assert whats(objective) == ["Read aloud", TEACH["what"], MEET["what"]]
    assert keeping.kept(ashdown.head, page_of(objective)) is not None
    keep_mine = head.post(page_of(objective), form_of(answer) | {"do": "save"})
    assert keep_mine.status_code == 302
    assert whats(objective) == ["Read to everyone", TEACH["what"]]
    assert keeping.kept(ashdown.head, page_of(objective)) is None


def test_rows_of_theirs_can_be_taken_one_by_one(head, ashdown, objective):
    sent = form_of(head.get(page_of(objective)))
    read, teach = objective.actions.all()
    meanwhile(ashdown, objective, [{"id": read.pk, "what": "Read aloud"}, {"id": teach.pk} | TEACH, MEET])
    stale = head.post(page_of(objective), sent | {"action-1-what": "Mine", "action-2-what": "Teach", "do": "save"})
    added = objective.actions.last()
    again = head.post(page_of(objective), form_of(stale) | {"do": f"theirs-action-{read.pk}"})
    again = head.post(page_of(objective), form_of(again) | {"do": f"theirs-action-{added.pk}"})
    assert "saved this objective while you were typing" in words_of(again)
    head.post(page_of(objective), form_of(again) | {"do": "save"})
    assert [(one.pk, one.what) for one in objective.actions.all()] == [
        (read.pk, "Read aloud"),
        (teach.pk, "Teach"),
        (added.pk, MEET["what"]),
    ]


def test_a_row_they_removed_comes_back_with_mine_or_goes(head, ashdown, objective):
    sent = form_of(head.get(page_of(objective)))
    meanwhile(ashdown, objective, [{"id": objective.actions.first().pk} | READ])
    stale = head.post(page_of(objective), sent | {"action-2-what": "Teach more", "do": "save"})
    assert "They removed this row. Yours brings it back." in words_of(stale)
    gone = head.post(page_of(objective), form_of(stale) | {"do": "remove-action-2"})
    assert "Teach more" not in words_of(gone)
    head.post(page_of(objective), form_of(stale) | {"do": "save"})
    assert whats(objective) == [READ["what"], "Teach more"]


def test_theirs_can_be_taken_whole(head, ashdown, objective):
    sent = form_of(head.get(page_of(objective)))
    meanwhile(ashdown, objective, [MEET])
    head.post(page_of(objective), sent | {"action-1-what": "Mine", "do": "save"})
    answer = head.post(reverse("typing"), {"page": page_of(objective), "drop": "1"}, follow=True)
    assert form_of(answer)["action-1-what"] == [MEET["what"]]
    assert "You typed something" not in words_of(answer)


def test_while_the_board_worded_the_objective_my_rows_are_untouched(head, ashdown, objective):
    from sip import agreeing

    sent = form_of(head.get(page_of(objective)))
    words = {name: getattr(objective, name) for name in agreeing._WORDS} | {"where_to": "Nine in ten read well."}
    agreeing.word_objective(objective, revision=objective.revision, team=[], by=ashdown.chair, **words)
    answer = head.post(page_of(objective), sent | {"action-1-what": "Mine", "do": "save"})
    assert answer.status_code == 409
    assert "It was the board’s words that changed" in words_of(answer)
    assert "Nine in ten read well." in words_of(answer)
    assert head.post(page_of(objective), form_of(answer) | {"do": "save"}).status_code == 302
    assert whats(objective)[0] == "Mine"


def test_a_stale_tab_after_submission_says_so_and_keeps_the_words(head, ashdown, objective):
    sent = form_of(head.get(page_of(objective)))
    Plan.objects.update(state="with the board", submitted_at="2026-11-17T09:00:00Z")
    answer = head.post(page_of(objective), sent | {"action-1-what": "Too late", "do": "save"})
    assert answer.status_code == 409
    assert "With the board since 17 November." in words_of(answer)
    assert "What you typed is kept for you to copy." in words_of(answer)
    assert whats(objective) == [READ["what"], TEACH["what"]]
    page = head.get(page_of(objective))
    assert "You typed something here that is not saved" in words_of(page)
    assert "Too late" in words_of(head.get(f"{page_of(objective)}?kept=1"))


def test_what_was_kept_is_put_back_as_it_was_typed(head, objective):
    sent = form_of(head.get(page_of(objective))) | {"action-3-due_on": "half a da", "action-3-what": "Half"}
    head.post(reverse("typing"), sent | {"page": page_of(objective)})
    answer = head.get(f"{page_of(objective)}?kept=1")
    assert form_of(answer)["action-3-due_on"] == ["half a da"]
    assert "stops this from being saved" not in answer.content.decode()


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("part", ["chair", "governor", "clerk", "teacher", "associate", "link"])
def test_who_does_not_draft_is_told_who_may(client, ashdown, objective, part):
    Action.objects.update(owner=ashdown.teacher.person)
    Plan.objects.update(state="approved")  # so that each of them sees the plan itself
    client.force_login(getattr(ashdown, part))
    for url in (page_of(objective), reverse("draft_plan", args=[objective.plan_id])):
        for answer in (client.get(url), client.post(url, {"do": "save"})):
            assert answer.status_code == 403
            assert "Only the headteacher or trust leader, a senior leader or the business manager may read" in words_of(
                answer
            )


def test_strangers_find_nothing(client, kestrel, objective):
    client.force_login(kestrel.head)
    for url in (page_of(objective), reverse("draft_plan", args=[objective.plan_id])):
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_the_business_manager_reads_and_does_not_write(client, ashdown, objective):
    client.force_login(ashdown.business)
    page = client.get(page_of(objective))
    assert page.status_code == 200
    assert READ["what"] in words_of(page)
    assert "Only the headteacher or trust leader or a senior leader may draft the plan." in words_of(page)
    assert not [one for one in parsed(page).iter("form") if one.get("id") == "draft"]
    assert client.post(page_of(objective), {"do": "save"}).status_code == 403
    overview = reverse("draft_plan", args=[objective.plan_id])
    assert client.get(overview).status_code == 200
    assert client.post(overview, {"how_made": "Mine"}).status_code == 403
    assert whats(objective) == [READ["what"], TEACH["what"]]


# ---------------------------------------------------------------- the overview


def test_the_overview_says_what_is_complete_and_what_is_missing(head, ashdown, objective):
    page = words_of(head.get(reverse("draft_plan", args=[objective.plan_id])))
    assert "Leaders are drafting; none of two objectives is complete." in page
    assert "Not complete: no owner and no date Draft" in page
    assert "Not complete: no action and no success criterion Draft" in page
    save(objective, ashdown.head, actions=[READ | {"owner": ashdown.teacher.person, "due_on": date(2026, 12, 18)}],
         criteria=[{"text": "Reading", "by_when": date(2027, 7, 16), "milestones": {"summer": "80%"}}])  # fmt: skip
    page = words_of(head.get(reverse("draft_plan", args=[objective.plan_id])))
    assert "one of two objectives is complete" in page


def test_only_the_head_is_offered_submission_others_are_told(client, ashdown, objective):
    overview, submit = (reverse(name, args=[objective.plan_id]) for name in ("draft_plan", "submit_plan"))
    client.force_login(ashdown.head)
    assert f'href="{submit}"' in client.get(overview).content.decode()
    client.force_login(ashdown.deputy)
    page = client.get(overview)
    assert f'href="{submit}"' not in page.content.decode()
    assert "Only the headteacher or trust leader may submit the plan to the board." in words_of(page)


def test_with_the_board_the_overview_offers_to_take_it_back(head, objective):
    Plan.objects.update(state="with the board", submitted_at="2026-11-17T09:00:00Z")
    page = head.get(reverse("draft_plan", args=[objective.plan_id]))
    assert reverse("take_back_plan", args=[objective.plan_id]) in page.content.decode()
    assert "With the board since 17 November." in words_of(page)


def test_the_reasons_of_the_board_stand_on_the_overview(head, objective):
    Plan.objects.update(state="changes asked for", returned_reason="Say what it costs.")
    assert "Why changes are asked for Say what it costs." in words_of(
        head.get(reverse("draft_plan", args=[objective.plan_id]))
    )


def test_the_plans_own_words_are_written_and_two_writers_see_both(head, ashdown, objective):
    overview = reverse("draft_plan", args=[objective.plan_id])
    seen = str(Plan.objects.get().revision)
    drafting.write_plan_text(
        Plan.objects.get(), revision=int(seen), how_made="By us all.", how_monitored="", by=ashdown.deputy
    )
    mine = {"how_made": "By me.", "how_monitored": "Termly.", "revision": seen}
    answer = head.post(overview, mine)
    assert answer.status_code == 409
    assert "Ashdown Deputy saved these words while you were typing" in words_of(answer)
    assert "By us all." in words_of(answer)
    assert "By me." in words_of(answer)
    assert head.post(overview, mine | {"revision": str(Plan.objects.get().revision)}).status_code == 302
    assert Plan.objects.get().how_made == "By me."


def test_the_plans_own_words_too_long_are_refused(head, objective):
    overview = reverse("draft_plan", args=[objective.plan_id])
    answer = head.post(overview, {"how_made": "x" * 4001, "revision": str(Plan.objects.get().revision)})
    assert answer.status_code == 422
    assert "Shorten this to 4,000 characters; it has 4,001 now" in words_of(answer)


# ---------------------------------------------------------------- how much it asks of the database


def test_the_editor_asks_the_same_of_the_database_for_small_and_large(client, ashdown, kestrel):
    asked = {}
    for cast, size in ((ashdown, (1, 1, 1)), (kestrel, (8, 10, 3))):
        plan = make.plan(cast, objectives=size[0], actions=size[1], criteria=size[2])
        client.force_login(cast.head)
        url = page_of(plan.objectives.last())
        client.get(url)  # a session that is new is written once
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        asked[size] = len(queries)
        assert len(page.content) <= 100 * 1024
    assert asked == {(1, 1, 1): 12, (8, 10, 3): 12}  # what can be undone is one of them


def test_the_overview_asks_the_same_of_the_database_for_small_and_large(client, ashdown, kestrel):
    asked = {}
    for cast, size in ((ashdown, (1, 1, 1)), (kestrel, (8, 10, 3))):
        plan = make.plan(cast, objectives=size[0], actions=size[1], criteria=size[2])
        client.force_login(cast.head)
        url = reverse("draft_plan", args=[plan.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked[size] = len(queries)
    assert asked == {(1, 1, 1): 15, (8, 10, 3): 15}
