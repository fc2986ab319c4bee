"""Who is reminded of what on which day. Dates and rows in, one mail out, no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance import years
from monitoring import overview, reminding
from monitoring.duties.row import NOW, Row, row
from monitoring.facts import Thing
from monitoring.reminding import Section, digest_of, is_school_day, moment_of, next_school_day, to_remind
from tests.monitoring import facts as make
from tests.monitoring.facts import CLERK, GOVERNOR, HEAD, ME, STAFF, TERMS

A_YEAR = [years.first_day(2026) + timedelta(days=ahead) for ahead in range(365)]


def thing(due: date | None = None, key: int = 1, **words) -> Row:
    """Something that is somebody's."""
    return Row("Answer “How?”", "Why", "Answer", ("question", key), due, plainly="Answer a question", **words)


def walk(rows, days=A_YEAR, terms=TERMS) -> list[tuple[date, str]]:
    """Ask on each of these days: what was spoken of, day by day."""
    before, said = {}, []
    for day in days:
        for nudge in to_remind(rows, before, day, terms):
            before[nudge.key] = day
            said.append((day, nudge.key.rpartition(":")[2]))
    return said


# ---------------------------------------------------------------- school days


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),
        (date(2026, 10, 28), False),  # half-term
        (date(2026, 11, 2), True),
        (date(2026, 12, 18), True),  # the last day of term
        (date(2026, 12, 21), False),
        (date(2027, 1, 4), True),
        (date(2027, 8, 20), False),
        (date(2028, 2, 29), True),  # of a year whose terms nobody has entered
    ],
)
def test_a_school_day_is_a_weekday_of_a_term(day, is_one):
    assert is_school_day(day, TERMS) is is_one


def test_without_terms_each_weekday_counts():
    assert [is_school_day(date(2026, 12, 25 + ahead), ()) for ahead in range(4)] == [True, False, False, True]


def test_the_next_school_day_lies_behind_the_holiday():
    assert next_school_day(date(2026, 11, 27), TERMS) == date(2026, 11, 30)
    assert next_school_day(date(2026, 12, 18), TERMS) == date(2027, 1, 4)
    assert next_school_day(date(2027, 7, 21), TERMS) == date(2027, 9, 1)


# ---------------------------------------------------------------- moments


@pytest.mark.parametrize(
    ("due", "said"),
    [
        # A Tuesday: a week before, on the Monday, and when it is late once a week until it is done.
        (date(2026, 12, 1), [("24 Nov", "soon"), ("30 Nov", "last"), ("2 Dec", "late 1"), ("9 Dec", "late 2")]),
        # A Monday: the last school day before is the Friday.
        (date(2026, 12, 7), [("30 Nov", "soon"), ("4 Dec", "last"), ("8 Dec", "late 1"), ("15 Dec", "late 2")]),
        # A Saturday: the Friday before.
        (date(2026, 12, 5), [("30 Nov", "soon"), ("4 Dec", "last"), ("7 Dec", "late 1"), ("14 Dec", "late 2")]),
    ],
)
def test_what_has_a_day_is_spoken_of_a_week_before_on_the_last_school_day_and_when_it_is_late(due, said):
    days = [day for day in A_YEAR if day <= date(2026, 12, 15)]
    assert [(f"{day.day} {day:%b}", moment) for day, moment in walk([thing(due)], days)] == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 10, 28), [("21 Oct", "soon"), ("23 Oct", "last"), ("2 Nov", "late 1"), ("9 Nov", "late 2")]),
        (date(2026, 12, 28), [("18 Dec", "last"), ("4 Jan", "late 2"), ("11 Jan", "late 3")]),
        (date(2027, 8, 20), [("21 Jul", "last")]),
        (date(2027, 1, 5), [("4 Jan", "last"), ("6 Jan", "late 1"), ("13 Jan", "late 2"), ("20 Jan", "late 3")]),
    ],
)
def test_what_falls_in_the_holidays_is_spoken_of_on_the_last_school_day_before(due, said):
    days = [day for day in A_YEAR if day <= due + timedelta(days=15)]
    assert [(f"{day.day} {day:%b}", moment) for day, moment in walk([thing(due)], days)] == said


def test_what_has_no_day_is_spoken_of_once():
    assert walk([thing()]) == [(date(2026, 9, 1), "once")]


def test_what_is_open_this_minute_is_no_reminder():
    assert walk([thing(press=NOW)]) == []


def test_what_was_there_late_already_is_late_and_not_soon():
    assert walk([thing(date(2026, 9, 1))], [date(2026, 11, 24)]) == [(date(2026, 11, 24), "late 13")]


def test_what_is_put_off_is_spoken_of_again():
    days = [date(2026, 11, 24) + timedelta(days=ahead) for ahead in range(7)]
    before = {}
    for day in days:
        before |= {one.key: day for one in to_remind([thing(date(2026, 12, 1))], before, day, TERMS)}
    put_off = thing(date(2026, 12, 8))
    assert moment_of(put_off, date(2026, 12, 1), TERMS) == "soon"
    assert len(to_remind([put_off], before, date(2026, 12, 1), TERMS)) == 1


def test_days_on_which_nothing_could_be_sent_are_made_up_for_once():
    rows = [thing(date(2026, 11, 25), key=1), thing(date(2026, 12, 1), key=2), thing(key=3)]
    days = [day for day in A_YEAR if day >= date(2026, 11, 27)]
    assert walk(rows, days)[:3] == [(date(2026, 11, 27), moment) for moment in ("late 1", "soon", "once")]
    assert all(day > date(2026, 11, 27) for day, _ in walk(rows, days)[3:])


def test_two_rows_with_one_key_are_one_thing():
    assert len(to_remind([thing(), thing()], {}, date(2026, 11, 24), TERMS)) == 1


# ---------------------------------------------------------------- whatever comes

_ROWS = st.lists(
    st.one_of(st.none(), st.integers(-60, 400)).map(
        lambda ahead: None if ahead is None else A_YEAR[0] + timedelta(days=ahead)
    ),
    min_size=1,
    max_size=6,
)


@given(_ROWS, st.sets(st.sampled_from(A_YEAR), min_size=1), st.sampled_from([TERMS, ()]))
def test_nothing_is_said_twice_or_without_school_and_what_is_late_once_a_week(dues, up, terms):
    """On whichever days somebody asked."""
    rows = [thing(due, key=number) for number, due in enumerate(dues)]
    before, last_late = {}, {}
    for day in sorted(up):
        for nudge in to_remind(rows, before, day, terms):
            assert nudge.key not in before
            assert is_school_day(day, terms)
            before[nudge.key] = day
            if ":late" in nudge.key:
                assert nudge.row.due < day
                assert (day - last_late.get(nudge.row.key, date.min)).days >= 7
                last_late[nudge.row.key] = day
            elif nudge.row.due:
                assert nudge.row.due >= day
        assert {one.key for one in to_remind(rows, before, day, terms)} == set()


@given(st.integers(9, 320))
def test_nothing_falls_due_unspoken(ahead):
    """Asked every day, each thing is spoken of on the last school day before its own, and at most twice before."""
    due = A_YEAR[0] + timedelta(days=ahead)
    said = [day for day, moment in walk([thing(due)]) if moment in ("soon", "last")]
    last_before = max(day for day in A_YEAR if day < due and is_school_day(day, TERMS))
    assert 1 <= len(said) <= 2
    assert said[-1] == last_before


@settings(max_examples=30)
@given(_ROWS)
def test_the_keys_asked_for_are_those_that_decide(dues):
    """With only the keys that `keys_of` names, the answer is that of the whole history."""
    rows = [thing(due, key=number) for number, due in enumerate(dues)]
    before = {}
    for day in A_YEAR[::3]:
        known = {key: on for key, on in before.items() if key in reminding.keys_of(rows, day, TERMS)}
        assert to_remind(rows, known, day, TERMS) == to_remind(rows, before, day, TERMS)
        before |= {one.key: day for one in to_remind(rows, before, day, TERMS)}


# ---------------------------------------------------------------- one mail


def section(*rows, name="Ashdown Primary School", pk=1, terms=TERMS) -> Section:
    return Section(pk, name, rows, terms)


def subject(*sections, today=date(2026, 11, 24)) -> str:
    return digest_of(sections, {}, today).subject


def due(day: int, key: int = 1) -> Row:
    """Due on a day of November, told on the 24th."""
    return row(make.facts(), "Answer “How?”", "", "Answer", ("question", key), date(2026, 11, day), plainly="Answer it")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([due(27)], "Answer it, by Friday"),
        ([due(24)], "Answer it, today"),
        ([due(23)], "Answer it, late"),
        ([thing()], "Answer a question"),
        ([due(25), due(27, 2), due(26, 3)], "three things by Friday"),
        ([due(25), due(25, 2)], "two things by tomorrow"),
        ([due(27), thing()], "two things, the first by Friday"),
        ([thing(), thing(key=2)], "two things to do"),
        ([due(23), due(27, 2)], "two things, one of them late"),
        ([due(22), due(23, 2), due(27, 3)], "three things, two of them late"),
        ([due(22), due(23, 2)], "two things, both late"),
        ([due(20), due(22, 2), due(23, 3)], "three things, all late"),
    ],
)
def test_the_subject_says_how_much_and_by_when(rows, says):
    assert subject(section(*rows)) == f"Ashdown Primary School: {says}"


def test_the_subject_names_at_most_two_places():
    both = [section(thing()), section(thing(key=2), name="Kestrel Vale", pk=2)]
    assert subject(*both) == "Ashdown Primary School and Kestrel Vale: two things to do"
    three = [*both, section(thing(key=3), name="Tern", pk=3)]
    assert subject(*three) == "Ashdown Primary School and two others: three things to do"


def test_a_school_on_holiday_is_left_out_of_the_mail():
    """Another school's person hears of that one alone."""
    away = section(thing(key=2), name="Kestrel Vale", pk=2)
    there = section(thing(), terms=())
    digest = digest_of([there, away], {}, date(2026, 10, 28))
    assert [part.name for part in digest.parts] == ["Ashdown Primary School"]


def test_what_two_organisations_show_is_said_once():
    digest = digest_of([section(thing()), section(thing(), name="Kestrel Vale", pk=2)], {}, date(2026, 11, 24))
    assert [part.name for part in digest.parts] == ["Ashdown Primary School"]


def test_nothing_to_say_is_no_mail():
    assert digest_of([section()], {}, date(2026, 11, 24)) is None
    assert digest_of([section(thing())], {}, date(2026, 11, 28)) is None


# ---------------------------------------------------------------- a whole year, as home has it

BOARD_MEETS = (date(2026, 12, 2), date(2027, 3, 17), date(2027, 7, 7))


def home_on(today: date, parts) -> list[Row]:
    """Home through a year: the plan is submitted on 17 November and approved on 2 December, papers go out ten days
    before each meeting, minutes are signed at the next, the head answers the question on its last day. The autumn
    review is sent on 6 January, the governor gives a view on 27 January, the board receives it on 17 March."""
    approved = today > date(2026, 12, 2)
    state = "approved" if approved else "with the board" if today >= date(2026, 11, 17) else "drafting"
    words = {"reviews": (_review(today, parts),)} if approved else {"decision_on": BOARD_MEETS[0]}
    plan = make.plan(state, parts, objectives=(make.objective(),), **words)
    meetings = [_meeting(day, parts, today) for day in BOARD_MEETS]
    things = [make.ADOPTED]
    if date(2026, 11, 18) <= today <= date(2026, 12, 1):
        things.append(make.question())
    if STAFF <= parts and date(2026, 12, 2) < today < date(2027, 2, 24):
        things.append(Thing("action", 11, "Read aloud", about=5, due=date(2027, 2, 17), state="approved"))
    if today >= date(2027, 1, 11) and today <= date(2027, 1, 27) and STAFF <= parts:
        things.append(Thing("condition", 31, "Cost", who_id=ME, about=5, due=date(2027, 1, 15)))
    return overview.yours(make.facts(parts, today=today, plans=[plan], meetings=meetings, things=things))


def _review(today: date, parts):
    rated, sent = today >= date(2027, 1, 5), today >= date(2027, 1, 6)
    viewed = date(2027, 1, 27) if today > date(2027, 1, 27) else None
    governs = frozenset(parts) >= GOVERNOR
    objective = make.rated(11, due=2, rated=2 if rated else 1, monitors=governs, viewed_on=viewed)
    state = "received" if today > date(2027, 3, 17) else "with governors" if sent else "open"
    words = {"sent_on": date(2027, 1, 6) if sent else None, "agenda_on": BOARD_MEETS[1]}
    return make.review(state, objectives=(objective,), opened_on=date(2026, 12, 3), **words)


def _meeting(day: date, parts, today: date):
    out = day - timedelta(days=10)
    later = [one for one in BOARD_MEETS if one > day]
    return make.meeting(
        day,
        parts,
        make.item(decided=day < today),
        make.item(31, kind="ordinary", plan=None, decided=day < today),
        state="held" if day < today else "planned",
        papers_sent_on=out if out <= today else None,
        minutes_signed_on=later[0] if later and later[0] < today else None,
    )


def a_year_of(parts) -> list[str]:
    before, said = {}, []
    for today in A_YEAR:
        digest = digest_of([section(*home_on(today, frozenset(parts)))], before, today)
        for nudge in digest.nudges if digest else ():
            before[nudge.key] = today
            said.append(f"{today.day} {today:%b}: {nudge.row.plainly} ({nudge.key.rpartition(':')[2]})")
    return said


def test_a_year_of_the_clerk():
    assert a_year_of(CLERK) == [
        "17 Nov: Send the papers for 2 December (soon)",
        "2 Dec: Run today’s meeting (last)",
        "2 Mar: Send the papers for 17 March (soon)",
        "10 Mar: Have the minutes of 2 December signed (soon)",
        "16 Mar: Have the minutes of 2 December signed (last)",
        "17 Mar: Run today’s meeting (last)",
        "22 Jun: Send the papers for 7 July (soon)",
        "24 Jun: Check the terms of 2027/28 (soon)",
        "30 Jun: Check the terms of 2027/28 (last)",
        "30 Jun: Have the minutes of 17 March signed (soon)",
        "2 Jul: Check the terms of 2027/28 (late 1)",
        "6 Jul: Have the minutes of 17 March signed (last)",
        "7 Jul: Run today’s meeting (last)",
        "8 Jul: Plan the board’s next meeting (once)",
        "9 Jul: Check the terms of 2027/28 (late 2)",
        "14 Jul: Begin the plan for 2027/28 (soon)",
        "16 Jul: Check the terms of 2027/28 (late 3)",
        "20 Jul: Begin the plan for 2027/28 (last)",
    ]


def test_a_year_of_the_head():
    assert a_year_of(HEAD) == [
        "2 Nov: Submit the plan to the board (late 2)",
        "9 Nov: Submit the plan to the board (late 3)",
        "16 Nov: Submit the plan to the board (late 4)",
        "24 Nov: Answer Chloe Banks’ question (soon)",
        "30 Nov: Answer Chloe Banks’ question (last)",
        "11 Dec: Rate the autumn term (soon)",
        "17 Dec: Rate the autumn term (last)",
        "4 Jan: Rate the autumn term (late 3)",
        "5 Jan: Send the autumn review to governors (late 3)",
        "22 Jun: Begin the evidence for 2027/28 (soon)",
        "28 Jun: Begin the evidence for 2027/28 (last)",
        "30 Jun: Begin the evidence for 2027/28 (late 1)",
        "7 Jul: Begin the evidence for 2027/28 (late 2)",
        "14 Jul: Begin the evidence for 2027/28 (late 3)",
        "14 Jul: Begin the plan for 2027/28 (soon)",
        "20 Jul: Begin the plan for 2027/28 (last)",
        "21 Jul: Begin the evidence for 2027/28 (late 4)",
    ]


def test_a_year_of_a_governor():
    assert a_year_of(GOVERNOR) == [
        "25 Nov: Read the plan before the meeting (soon)",
        "25 Nov: Read the papers for 2 December (soon)",
        "1 Dec: Read the plan before the meeting (last)",
        "1 Dec: Read the papers for 2 December (last)",
        "22 Jan: Give your view on objective 1 (soon)",
        "10 Mar: Read the papers for 17 March (soon)",
        "10 Mar: Read the autumn review (soon)",
        "16 Mar: Read the papers for 17 March (last)",
        "16 Mar: Read the autumn review (last)",
        "30 Jun: Read the papers for 7 July (soon)",
        "6 Jul: Read the papers for 7 July (last)",
    ]


def test_a_year_of_a_member_of_staff():
    assert a_year_of(STAFF) == [
        "11 Jan: Meet a condition of the approval (soon)",
        "14 Jan: Meet a condition of the approval (last)",
        "18 Jan: Meet a condition of the approval (late 1)",
        "25 Jan: Meet a condition of the approval (late 2)",
        "10 Feb: Do your action (soon)",
        "12 Feb: Do your action (last)",
        "22 Feb: Do your action (late 1)",
    ]
