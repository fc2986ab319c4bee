"""Reminders as they are written down and posted: one mail a person and day, to those whose things they are."""

import os
import signal
from datetime import date, time, timedelta
from functools import partial
from io import StringIO
from time import monotonic, sleep

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.celery import app
from foundation import clock, outbox
from foundation.outbox import OutgoingMail, sent_long_ago
from governance.models import Person, Role, Seat, User
from monitoring import digests, overview, reviewing, tasks
from monitoring.fetching import facts_of
from monitoring.models import Rating, Reminder, ReminderRound, Review
from sip import asking
from sip.models import Action, Objective, Plan, Question
from tests import make
from tests.test_races import at_once
from tests.world import MARKERS

THE_QUESTION = "How do you know that the orchard reads aloud?"
READERS = ["adviser", "associate", "chair", "committee", "governor", "link", "vice"]


def on(day: date):
    """At seven in the morning of that day."""
    return clock.standing_at(clock.local(day, time(7)))


def the_round() -> None:
    """A whole round of today, part by part."""
    while digests.go_on():
        pass


def with_the_board(cast, *, asked: User | None = None) -> Plan:
    """A plan that the board's members read before 2 December, and a question that the head answers by then."""
    plan = make.plan(cast, state="with the board")
    make.meeting(cast.board, by=cast.clerk)
    words = {"text": THE_QUESTION, "needs_answer": True, "due_on": date(2026, 12, 1), "to": (asked or cast.head).person}
    asking.ask(plan, objective=None, action=None, criterion=None, by=cast.governor, **words)
    return plan


def mails():
    return OutgoingMail.objects.filter(key__startswith="digest:").order_by("pk")


def reminded() -> dict[str, list[str]]:
    """Who was reminded of what."""
    found: dict[str, list[str]] = {}
    for row in Reminder.objects.order_by("pk").select_related("person"):
        found.setdefault(row.person.name, []).append(row.title)
    return found


# ---------------------------------------------------------------- who, what


def test_each_is_reminded_of_what_home_has(ashdown):
    with_the_board(ashdown)
    the_round()
    read = ["Read the plan before the meeting"]
    everyone = reminded()
    assert everyone["Ashdown Head"] == ["Answer Ashdown Governor’s question"]
    assert everyone["Ashdown Governor"] == read
    assert set(everyone) == {"Ashdown Head", "Ashdown Clerk"} | {f"Ashdown {one.title()}" for one in READERS}
    for name, titles in everyone.items():
        user = User.objects.get(person__name=name)
        home = overview.yours(facts_of(user, [ashdown.school])[ashdown.school.pk])
        assert set(titles) <= {row.plainly for row in home}


def test_a_mail_says_what_and_by_when_and_leads_to_the_right_form(client, ashdown):
    with_the_board(ashdown)
    the_round()
    mail = mails().get(to_address=ashdown.head.email)
    question = reverse("question", args=[1]).replace("1", "")
    assert mail.subject == "Ashdown Primary: Answer Ashdown Governor’s question, by Tuesday 1 December"
    assert "By Tuesday 1 December" in mail.text
    assert question.strip("/") in mail.text
    links = [word for word in mail.text.split() if word.startswith("http://testserver/")]
    client.force_login(ashdown.head)
    for link in links:
        assert client.get(link.removeprefix("http://testserver"), follow=True).status_code == 200
        assert f'href="{link}"' in mail.html
    html5lib.HTMLParser(strict=True).parse(mail.html)


def test_whoever_has_no_right_today_hears_nothing(ashdown):
    """A seat that ended yesterday, a role that did, no sign-in, one that is switched off, one that ended long ago."""
    with_the_board(ashdown)
    yesterday = clock.today() - timedelta(days=1)
    Seat.objects.filter(person=ashdown.governor.person).update(last_day=yesterday)
    Role.objects.filter(person=ashdown.head.person).update(last_day=yesterday)
    make.seat(make.person("Ashdown Paper", "paper@people.example"), ashdown.board)
    User.objects.filter(pk=ashdown.vice.pk).update(is_active=False)
    the_round()
    assert set(reminded()) == {"Ashdown Clerk"} | {
        f"Ashdown {one.title()}" for one in READERS if one not in ("governor", "vice")
    }


def test_the_last_day_of_a_seat_counts(ashdown):
    with_the_board(ashdown)
    Seat.objects.filter(person=ashdown.governor.person).update(last_day=clock.today())
    the_round()
    assert "Ashdown Governor" in reminded()


def test_without_an_address_nothing_is_sent_and_nothing_recorded(ashdown):
    with_the_board(ashdown)
    Person.objects.filter(pk=ashdown.governor.person_id).update(email=None)
    the_round()
    assert "Ashdown Governor" not in reminded()
    assert "Ashdown Vice" in reminded()


def test_several_organisations_are_one_mail(ashdown, kestrel):
    with_the_board(ashdown)
    make.role(ashdown.head, kestrel.school, "headteacher")
    with_the_board(kestrel, asked=ashdown.head)
    the_round()
    mail = mails().get(to_address=ashdown.head.email)
    assert mail.subject == "Ashdown Primary and Kestrel High: two things by Tuesday 1 December"
    assert mail.text.index("Ashdown Primary\n") < mail.text.index("Kestrel High\n")


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 10, 28), date(2027, 8, 10)])
def test_nothing_is_sent_without_school(ashdown, day):
    with_the_board(ashdown)
    with on(day):
        the_round()
    assert (mails().count(), Reminder.objects.count()) == (0, 0)


def everyones_mails(days):
    """Everyone's mails of some days: who, what, and as it was posted."""
    for day in days:
        with on(day):
            for user in digests.whom():
                if digest := digests.digest_for(user):
                    yield user, digest, digests.send(user, digest)


@pytest.fixture
def demonstration(db, load_demonstration):
    with sent_long_ago():
        load_demonstration()


def test_nothing_that_somebody_wrote_and_no_word_of_another_school_is_in_any_mail(demonstration):
    typed = [*Objective.objects.values_list("title", flat=True), *Action.objects.values_list("what", flat=True)]
    typed += [*Question.objects.values_list("text", flat=True), *Rating.objects.values_list("why", flat=True)]
    typed += [word for words in MARKERS.values() for word in words]
    count = 0
    for user, digest, mail in everyones_mails([date(2026, 11, 24), date(2026, 12, 1), date(2027, 7, 12)]):
        count += 1
        words = mail.subject + mail.text + mail.html
        assert [one for one in typed if one in words] == []
        assert {part.organisation for part in digest.parts} <= user.standing.organisation_ids
    assert count > 25


def test_each_link_leads_its_reader_to_a_page(client, demonstration):
    for user, digest, _ in everyones_mails([date(2026, 11, 24)]):
        client.force_login(user)
        for nudge in digest.nudges:
            assert client.get(nudge.row.url, follow=True).status_code == 200, (user, nudge.row.title)


# ---------------------------------------------------------------- never twice


def test_asked_again_on_the_same_day_nobody_gets_a_second_mail(ashdown):
    with_the_board(ashdown)
    the_round()
    first = mails().count()
    the_round()
    ReminderRound.objects.all().delete()
    the_round()
    assert mails().count() == first > 8


def test_a_round_that_has_ended_costs_one_query(ashdown, django_assert_num_queries):
    the_round()
    with django_assert_num_queries(1):
        assert digests.go_on() is False


def test_the_next_day_says_only_what_is_new(ashdown):
    with_the_board(ashdown)
    the_round()
    first = mails().count()
    with on(date(2026, 11, 26)):
        the_round()
    assert mails().count() <= first + len(READERS)
    assert Reminder.objects.values("person", "key").distinct().count() == Reminder.objects.count()
    assert mails().values("to_address").distinct().count() == first


def test_what_was_missed_in_three_days_is_said_once(ashdown):
    """Beat is down from Wednesday to Friday: on Monday each has one mail, about what stands then."""
    with_the_board(ashdown)
    with on(date(2026, 11, 30)):
        the_round()
    one_each = mails().values("to_address").distinct().count()
    assert mails().count() == one_each
    assert reminded()["Ashdown Head"] == ["Answer Ashdown Governor’s question"]
    assert Reminder.objects.get(person=ashdown.head.person).key.endswith(":last")


def test_a_round_goes_on_where_it_was(ashdown, monkeypatch):
    monkeypatch.setattr(digests, "A_PART", 3)
    with_the_board(ashdown)
    parts = 1
    while digests.go_on():
        parts += 1
    assert parts == digests.whom().count() // 3 + 1
    assert mails().count() == len(reminded()) == 9


def test_a_part_queues_the_next(ashdown, monkeypatch):
    monkeypatch.setattr(digests, "A_PART", 3)
    queued = []
    monkeypatch.setattr(tasks.send_reminders, "apply_async", lambda **words: queued.append(words))
    tasks.send_reminders()
    assert queued == [{"expires": 600}]
    the_round()
    tasks.send_reminders()
    assert len(queued) == 1


def killed_at(monkeypatch, number: int, by) -> None:
    """The n-th mail is posted and then `by` happens, before the transaction ends."""
    post, count = outbox.post, []

    def posted(*words, **more):
        mail = post(*words, **more)
        count.append(mail)
        if len(count) == number:
            by()
        return mail

    monkeypatch.setattr(outbox, "post", posted)


def test_a_worker_that_dies_in_the_middle_loses_nothing_and_doubles_nothing(ashdown, monkeypatch):
    with_the_board(ashdown)

    def die():
        raise SystemExit

    with monkeypatch.context() as patch:
        killed_at(patch, 4, die)
        with pytest.raises(SystemExit):
            the_round()
    assert (mails().count(), len(reminded())) == (3, 3)
    the_round()
    assert mails().count() == mails().values("to_address").distinct().count() == len(reminded()) == 9


def test_a_fault_with_one_person_stops_no_other(ashdown, monkeypatch, caplog):
    with_the_board(ashdown)
    right = digests.digest_for
    monkeypatch.setattr(digests, "digest_for", lambda user: 1 / 0 if user == ashdown.head else right(user))
    the_round()
    assert "could not be reminded" in caplog.text
    assert len(reminded()) == 8


def test_without_the_database_the_round_waits_for_the_next_tick(ashdown, monkeypatch):
    def gone(*words, **more):
        raise DatabaseError("gone")

    with_the_board(ashdown)
    with monkeypatch.context() as patch:
        patch.setattr(digests, "digest_for", gone)
        with pytest.raises(DatabaseError):
            the_round()
    the_round()
    assert mails().count() == 9


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_of_a_post(ashdown, monkeypatch):
    """Really killed, with its transaction open."""
    with_the_board(ashdown)
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # nor may the two share what waits in it
    child = os.fork()
    if child == 0:
        try:
            # Where a browser has run, the loop that it kept is not the child's: it would come upon an older connection,
            # which is still the parent's.
            del connections[DEFAULT_DB_ALIAS]
            killed_at(monkeypatch, 4, lambda: os.kill(os.getpid(), signal.SIGKILL))
            the_round()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (mails().count(), len(reminded())) == (3, 3)
    the_round()
    assert mails().count() == mails().values("to_address").distinct().count() == len(reminded()) == 9


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_one_mail_each(ashdown):
    with_the_board(ashdown)
    assert at_once(the_round, the_round) == [None, None]
    assert mails().count() == mails().values("to_address").distinct().count() == len(reminded()) == 9
    assert ReminderRound.objects.get().ended_at


@pytest.mark.django_db(transaction=True)
def test_one_person_at_once_has_one_mail(ashdown):
    with_the_board(ashdown)
    digest = digests.digest_for(ashdown.head)
    for _ in range(3):
        given = at_once(*[partial(digests.send, ashdown.head, digest)] * 2)
        assert sorted(type(one).__name__ for one in given) == ["NoneType", "OutgoingMail"]
        assert Reminder.objects.filter(person=ashdown.head.person).count() == 1
        Reminder.objects.all().delete()
        mails().delete()


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it(ashdown, worker):
    with_the_board(ashdown)
    tasks.send_reminders.delay()
    until = monotonic() + 60
    while not ReminderRound.objects.filter(ended_at__isnull=False).exists() and monotonic() < until:
        sleep(0.1)
    assert mails().count() == 9


def test_what_one_person_costs_does_not_grow(ashdown, kestrel, harbour):
    with_the_board(ashdown)
    with CaptureQueriesContext(connection) as one:
        digests.digest_for(User.objects.get(pk=ashdown.clerk.pk))
    for cast in (kestrel, harbour):
        with_the_board(cast)
        make.role(ashdown.clerk, cast.school, "clerk")
    with CaptureQueriesContext(connection) as three:
        digest = digests.digest_for(User.objects.get(pk=ashdown.clerk.pk))
    assert len(digest.parts) == 3
    assert len(three) == len(one)


# ---------------------------------------------------------------- the timetable


def test_the_timetable_reminds_in_the_day_and_opens_reviews():
    plan = app.conf.beat_schedule
    reminders, reviews = plan["send reminders"], plan["open reviews"]
    assert (min(reminders["schedule"].hour), max(reminders["schedule"].hour)) == (7, 20)
    assert sorted(reminders["schedule"].minute) == [0, 15, 30, 45]
    assert {reminders["task"], reviews["task"]} <= set(app.tasks)
    assert app.conf.timezone == "Europe/London"


def test_reviews_open_by_the_timetable(ashdown):
    plan = make.plan(ashdown, state="approved")
    with on(date(2026, 12, 7)):
        tasks.open_reviews()
        tasks.open_reviews()
    review = Review.objects.get()
    assert (review.plan, review.term) == (plan, "autumn")
    assert reviewing.milestones_due(review).count() == 1


# ---------------------------------------------------------------- commands


def said_by(command: str, *words: str) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_who_would_get_what_and_sends_nothing(ashdown):
    with_the_board(ashdown)
    said = said_by("send_reminders", "--dry-run")
    assert (
        "Ashdown Head <ashdown.head@people.example>: "
        "Ashdown Primary: Answer Ashdown Governor’s question, by Tuesday 1 December\n"
        "  Ashdown Primary: Answer Ashdown Governor’s question (By Tuesday 1 December)\n"
    ) in said
    assert said.endswith("nine people would get a mail.\n".capitalize())
    assert THE_QUESTION not in said
    assert (mails().count(), Reminder.objects.count()) == (0, 0)


def test_the_command_sends_once(ashdown):
    with_the_board(ashdown)
    assert said_by("send_reminders") == "Nine people reminded.\n"
    assert said_by("send_reminders") == "No people reminded.\n"
    the_round()
    assert mails().count() == 9


def test_another_day_is_looked_at_from_its_morning_and_posted_now(ashdown):
    with_the_board(ashdown)
    said_by("send_reminders", "--date", "2026-12-01")
    mail = mails().get(to_address=ashdown.head.email)
    assert mail.subject == "Ashdown Primary: Answer Ashdown Governor’s question, today"
    assert mail.key.endswith(":2026-12-01")
    assert clock.in_london(mail.posted_at).date() == date(2026, 11, 24)
    assert Reminder.objects.filter(day=date(2026, 12, 1)).count() == Reminder.objects.count()


def test_a_weekend_is_said(ashdown):
    assert said_by("send_reminders", "--date", "2026-11-28") == (
        "Saturday 28 November is no school day: nobody is reminded.\n"
    )


@pytest.mark.parametrize("command", ["send_reminders", "check_cycle"])
@pytest.mark.parametrize("day", ["24/11/2026", "2026-02-30", "soon", "0001-01-01", ""])
def test_what_is_no_day_is_one_clear_line(ashdown, command, day):
    with pytest.raises(CommandError, match="is not a day. Write it as 2026-11-24") as refused:
        said_by(command, "--date", day)
    assert refused.value.returncode == 1 and "\n" not in str(refused.value)


def test_an_unknown_organisation_is_one_clear_line(ashdown):
    with pytest.raises(CommandError, match="There is no organisation “nowhere”"):
        said_by("check_cycle", "--organisation", "nowhere")


def test_check_cycle_says_where_the_year_stands_and_whose_what_is(ashdown, kestrel):
    with_the_board(ashdown)
    said = said_by("check_cycle", "--organisation", "ashdown-primary")
    lines = said.splitlines()
    assert lines[0] == "Ashdown Primary (ashdown-primary)"
    assert "  done  Agree the objectives: board, 8 July" in lines
    assert lines[lines.index("  Ashdown Head") + 1] == (
        "    Answer Ashdown Governor’s question (By Tuesday 1 December)"
    )
    assert "Kestrel" not in said and THE_QUESTION not in said
    everywhere = said_by("check_cycle", "--date", "2026-12-08")
    assert "Kestrel High (kestrel-high)" in everywhere
    assert "    Answer Ashdown Governor’s question (Late: was due 1 December)" in everywhere


def test_an_empty_site_is_said(db):
    assert said_by("check_cycle") == "No organisation has been set up yet.\n"
    assert said_by("send_reminders") == "No people reminded.\n"


# ---------------------------------------------------------------- the clerk's page


def page(client, cast, who="clerk", **words):
    client.force_login(getattr(cast, who))
    return client.get(reverse("reminders", args=[cast.school.slug]), words)


def test_the_clerk_sees_what_was_sent(client, ashdown, kestrel):
    with_the_board(ashdown)
    with_the_board(kestrel)
    the_round()
    OutgoingMail.objects.filter(to_address=ashdown.head.email).update(state="failed", trouble="SMTP 550")
    OutgoingMail.objects.filter(to_address=ashdown.governor.email).update(state="in doubt")
    OutgoingMail.objects.filter(to_address=ashdown.vice.email).update(state="sent", sent_at=clock.now())
    answer = page(client, ashdown)
    body = answer.content.decode()
    for words in (
        "Answer Ashdown Governor’s question",
        'May not have arrived <span class="soft">2</span>',
        "Could not be sent. Look whether the address is right",
        "In doubt: it may have arrived",
        "Sent 24 November",
        "Waiting",
        "1 December 2026",
    ):
        assert words in body, words
    assert "Kestrel" not in body and "SMTP 550" not in body
    html5lib.HTMLParser(strict=True).parse(body)
    wrong = page(client, ashdown, show="wrong")
    assert {row.person.name for row in wrong.context["page"]} == {"Ashdown Head", "Ashdown Governor"}
    html5lib.HTMLParser(strict=True).parse(wrong.content.decode())


def test_nothing_sent_yet_is_a_sentence(client, ashdown):
    answer = page(client, ashdown)
    assert "Nobody has been reminded of anything yet" in answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())
    assert "Every mail has gone its way" in page(client, ashdown, show="wrong").content.decode()


@pytest.mark.parametrize("who", ["head", "chair", "governor", "teacher"])
def test_it_is_the_clerks(client, ashdown, who):
    answer = page(client, ashdown, who)
    assert answer.status_code == 403
    assert "Only the clerk may see which reminders were sent" in answer.content.decode()


def test_strangers_find_nothing(client, ashdown, kestrel):
    client.force_login(kestrel.clerk)
    assert client.get(reverse("reminders", args=[ashdown.school.slug])).status_code == 404


def test_a_long_list_has_pages_and_costs_no_more(client, ashdown, django_assert_num_queries):
    with_the_board(ashdown)
    the_round()
    page(client, ashdown)
    with CaptureQueriesContext(connection) as few:
        page(client, ashdown)
    mail = mails().first()
    rows = [
        Reminder(
            organisation=ashdown.school,
            person=ashdown.head.person,
            key=f"question:{number}:once",
            title="Answer a question",
            day=date(2026, 11, 20),
            mail=mail,
        )
        for number in range(60)
    ]
    Reminder.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        answer = page(client, ashdown)
    assert len(many) == len(few)
    assert "Page 1 of 2" in answer.content.decode()
    assert page(client, ashdown, page=2).status_code == 200


def test_the_clerk_finds_it_from_the_people(client, ashdown):
    link = f'href="{reverse("reminders", args=[ashdown.school.slug])}"'
    client.force_login(ashdown.clerk)
    assert link in client.get(reverse("people", args=[ashdown.school.slug])).content.decode()
    client.force_login(ashdown.chair)
    assert link not in client.get(reverse("people", args=[ashdown.school.slug])).content.decode()
