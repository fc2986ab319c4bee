"""A paste from a spreadsheet or a Word table: what people really write, and what becomes of it. No database."""

from datetime import date
from decimal import Decimal

import pytest

from sip import pasted, pasting, understanding
from sip.pasted import guess, table, what_lacks
from sip.understanding import Calendar, Known, TermDays

AUTUMN = TermDays("autumn", date(2026, 9, 2), date(2026, 10, 26), date(2026, 10, 30), date(2026, 12, 18))
SPRING = TermDays("spring", date(2027, 1, 4), date(2027, 2, 15), date(2027, 2, 19), date(2027, 3, 25))
SUMMER = TermDays("summer", date(2027, 4, 12), date(2027, 5, 31), date(2027, 6, 4), date(2027, 7, 20))
YEAR = Calendar(2026, [AUTUMN, SPRING, SUMMER])
RUTH = Known(1, "Ruth Patel", ("headteacher",))
JOHN = Known(2, "John Shaw", ("senior leader", "deputy headteacher"))
JANE = Known(3, "Jane Smith", ("staff", "year 5 teacher, english lead"))
TEAM = Known(4, "Year 3 team", ("staff",))
TODD = Known(5, "Harriet Todd", ("staff",))
PEOPLE = [RUTH, JOHN, JANE, TEAM, TODD]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("by Feb half term", date(2027, 2, 14)),
        ("October half-term", date(2026, 10, 25)),
        ("end of autumn", date(2026, 12, 18)),
        ("by the end of the spring term", date(2027, 3, 25)),
        ("Summer", date(2027, 7, 20)),
        ("Autumn term 2026", date(2026, 12, 18)),
        ("HT4", date(2027, 3, 25)),
        ("half term 3", date(2027, 2, 14)),
        ("Spr 2", date(2027, 3, 25)),
        ("Aut1", date(2026, 10, 25)),
        ("first half of summer term", date(2027, 5, 30)),
        ("start of spring term", date(2027, 1, 4)),
        ("mid autumn", date(2026, 10, 25)),
        ("12/3/27", date(2027, 3, 12)),
        ("12/3", date(2027, 3, 12)),
        ("12 March", date(2027, 3, 12)),
        ("1st September", date(2026, 9, 1)),
        ("by 4th Dec", date(2026, 12, 4)),
        ("November", date(2026, 11, 30)),
        ("end of March 2027", date(2027, 3, 25)),  # the last day of term, not a day of the holiday
        ("mid March", date(2027, 3, 15)),
        ("July 2027", date(2027, 7, 20)),
        ("Easter", date(2027, 3, 25)),
        ("by Christmas", date(2026, 12, 18)),
        ("end of the year", date(2027, 7, 20)),
        ("Fri 12 Feb 2027", date(2027, 2, 12)),
    ],
)
def test_days_as_people_write_them(written, due):
    assert understanding.when(written, YEAR) == understanding.When(due_on=due)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Sept - Dec 2026", date(2026, 9, 1), date(2026, 12, 18)),
        ("Autumn – Spring", date(2026, 9, 2), date(2027, 3, 25)),
        ("1/9/26 to 4/12/26", date(2026, 9, 1), date(2026, 12, 4)),
        ("from January", date(2027, 1, 1), None),
    ],
)
def test_a_span_has_a_first_day(written, first, last):
    found = understanding.when(written, YEAR)
    assert (found.starts_on, found.due_on) == (first, last)


@pytest.mark.parametrize("written", ["termly", "Ongoing", "half-termly", "each term", "throughout the year"])
def test_what_is_done_again_and_again_lasts_until_the_end_of_the_year(written):
    assert understanding.when(written, YEAR) == understanding.When(due_on=date(2027, 7, 20), each=written)


@pytest.mark.parametrize("written", ["x6", "see timeline", "asap", "31/2/27", "May 2050", "Dec – Sept", "12 Smarch"])
def test_what_is_no_day_is_given_back(written):
    assert understanding.when(written, YEAR) == understanding.When(left=written)


@pytest.mark.parametrize(
    ("written", "amount", "source", "resources"),
    [
        ("£0", 0, "", ""),
        ("nil", 0, "", ""),
        ("No cost", 0, "", ""),
        ("£1,200", 1200, "", ""),
        ("£1.2k", 1200, "", ""),
        ("350", 350, "", ""),
        ("£300 (PP)", 300, "Pupil premium", ""),
        ("£500 from school budget", 500, "School budget", ""),
        ("PP", None, "Pupil premium", ""),
        ("£250 supply", 250, "", "supply"),
        ("supply x 3 days", None, "", "supply x 3 days"),
        ("see budget", None, "", "see budget"),
        ("2 x £150", None, "", "2 x £150"),
        ("£200 + £300", None, "", "£200 + £300"),
        ("", None, "", ""),
    ],
)
def test_costs_as_people_write_them(written, amount, source, resources):
    found = understanding.cost(written)
    assert found == understanding.Cost(None if amount is None else Decimal(amount), source, resources)


@pytest.mark.parametrize(
    ("written", "owner"),
    [
        ("Ruth Patel", RUTH), ("ruth patel", RUTH), ("Mrs Patel", RUTH), ("R. Patel", RUTH), ("RP", RUTH),
        ("R.P.", RUTH), ("Head", RUTH), ("the headteacher", RUTH), ("DHT", JOHN), ("Deputy", JOHN),
        ("English lead", JANE), ("year 3 team", TEAM), ("Y3 team", TEAM), ("Jane", JANE),
    ],
)  # fmt: skip
def test_owners_by_name_initials_or_post(written, owner):
    assert understanding.who(written, PEOPLE) == understanding.Who(owner=owner.number)


def test_of_several_the_first_owns_it_and_the_others_support():
    assert understanding.who("RP / Mr Shaw", PEOPLE) == understanding.Who(1, ("John Shaw",))
    found = understanding.who("Ruth Patel and SLT", PEOPLE)
    assert (found.owner, found.supporters, found.unknown) == (1, (), ("SLT",))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("SLT", "nobody here is called so"),
        ("all staff", "nobody here is called so"),
        ("JS", "it could be John Shaw or Jane Smith"),
        ("HT", "it could be Harriet Todd or Ruth Patel"),
    ],
)
def test_a_name_that_is_nobodys_or_could_be_two_is_never_guessed(written, why):
    found = understanding.who(written, PEOPLE)
    assert (found.owner, found.why) == (None, {written: why})


# ---------------------------------------------------------------- cells


def read(text: str, *, chosen=None, carries: bool = True) -> pasting.Pasted:
    found = table(text)
    columns, headed = guess(found, PEOPLE, YEAR)
    assert what_lacks(columns) == ""
    return pasting.Reader(columns, PEOPLE, YEAR, chosen or {}, carries).read(found, headed=headed)


WORD = (
    "Action\tLead\tTimescale\tCost/resources\tSuccess criteria\tAutumn\tSpring\n"
    '1.1 Train every teacher\tRP\tOct half term\t£600 PP\t"• Eight in ten pass\n• Every reader is heard"\t60%\t70%\n'
    "\uf0b7 Coach each week\t\ttermly\tsupply x 3 days\t\t\t\n"
    "Families\n"
    "Hold workshops\tY9 team\tx6\t£0\tHalf of them come\t\t\n"
)


def test_a_word_table_with_merged_cells_bullets_and_two_criteria_in_one_cell():
    found = read(WORD)
    train, coach, hold = found.actions
    assert (train["what"], train["owner"], train["due_on"]) == ("Train every teacher", 1, date(2026, 10, 25))
    assert (train["cost"], train["cost_source"]) == (Decimal(600), "Pupil premium")
    assert (coach["what"], coach["owner"], coach["resources"]) == ("Coach each week (termly)", 1, "supply x 3 days")
    assert (coach["cost"], coach["due_on"]) == (None, date(2027, 7, 20))  # money is never carried down
    assert (hold["heading"], hold["owner"], hold["resources"]) == ("Families", None, "By when: x6")
    assert [row["text"] for row in found.criteria] == [
        "Eight in ten pass",
        "Every reader is heard",
        "Half of them come",
    ]
    assert found.criteria[0]["milestones"] == {"autumn": "60%", "spring": "70%", "summer": ""}
    assert found.unknown == {"Y9 team": "nobody here is called so"}


def test_what_was_made_of_a_line_is_said_of_that_line():
    _, coach, hold = read(WORD).lines
    assert coach.number == 4  # of the paste: the cell of two lines counts two
    assert "Carried down from the row above: who." in coach.notes
    assert "Who: “Y9 team” is left out; nobody here is called so." in hold.notes
    assert "By when: “x6” is not a day that is understood. It is kept under Resources." in hold.notes


def test_an_unknown_name_is_whoever_was_chosen_or_a_post():
    assert read(WORD, chosen={"y9 team": "post"}).actions[2]["owner"] == "Y9 team"
    assert read(WORD, chosen={"y9 team": 4}).actions[2]["owner"] == 4


def test_without_carrying_down_an_empty_cell_stays_empty():
    assert read(WORD, carries=False).actions[1]["owner"] is None


def test_milestones_alone_are_criteria_with_their_days():
    found = read("Criterion\tBy when\tAutumn\tSpring\tSummer\nEight in ten read well\tJuly\t60%\t70%\t80%")
    assert found.actions == []
    assert found.criteria == [
        {
            "text": "Eight in ten read well",
            "by_when": date(2027, 7, 20),
            "milestones": {"autumn": "60%", "spring": "70%", "summer": "80%"},
            "target": None,
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mark together\tRP\t12/12/26\nRead daily\tDHT\tSpring",
        "Mark together | RP | 12/12/26\nRead daily | DHT | Spring",
        "Mark together / RP / 12.12.26\nRead daily / DHT / Spring",
        '"Mark\ntogether"\tRP\t12/12/26\r\n\r\nRead daily\tDHT\tSpring\r\n\r\n',
    ],
)
def test_columns_without_headings_are_told_by_what_stands_in_them(text):
    mark, daily = read(text).actions
    assert (mark["what"], mark["owner"], mark["due_on"]) == ("Mark together", 1, date(2026, 12, 12))
    assert (daily["owner"], daily["due_on"]) == (2, date(2027, 3, 25))


def test_paragraphs_of_the_last_cell_of_a_word_table_stay_in_it():
    found = table("What\tWho\tOutcome\nRead\tRP\t• one\n• two\nWrite\tRP\tthree")
    assert found.lines[1:] == [["Read", "RP", "• one\n• two"], ["Write", "RP", "three"]]


def test_one_column_of_bullets_is_a_list_of_actions():
    assert [row["what"] for row in read("Ø Read\n• Write\n- Sing\n3) Dance").actions] == [
        "Read",
        "Write",
        "Sing",
        "Dance",
    ]


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("Eight in ten read; nine in ten write", ["Eight in ten read", "nine in ten write"]),
        ("1. one thing\n2. two things\nand more of it", ["one thing", "two things and more of it"]),
        ("• one • two", ["one", "two"]),
        ("just one thought\nin two lines", ["just one thought in two lines"]),
        ("yes; no", ["yes; no"]),
    ],
)  # fmt: skip
def test_several_points_in_one_cell_are_split(cell, points):
    assert pasting.split(cell) == points


def test_2000_rows_are_refused_in_one_sentence_with_the_limit():
    with pytest.raises(pasted.TooMuch, match="Here are 2,000 rows; an objective holds 200 at most. Nothing was added."):
        table("\n".join(f"Action {number}\tRP" for number in range(2000)))


def test_too_many_characters_are_refused():
    with pytest.raises(pasted.TooMuch, match="300,000"):
        table("x" * 300_001)


def test_a_cell_that_is_too_long_is_left_out_and_said():
    found = read("What\tWho\n" + "x" * 401 + "\tRP\nRead\tRP")
    assert [row["what"] for row in found.actions] == ["Read"]
    assert found.lines[0].wrong == ["What (the action): 401 characters, and there is room for 400. Shorten it above."]


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["what", "what"], "Two columns are “What (the action)”"),
        (["owner", ""], "Say which column holds the action"),
        (["what", "autumn"], "Say which column holds the criterion"),
        (["what", "text", "autumn"], ""),
    ],
)
def test_what_must_still_be_said_of_the_columns(columns, says):
    assert what_lacks(columns).startswith(says)


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n\t", '"', '"""\t"', "a\tb\n\x00\t\x0b", "’" * 50, "\t" * 500])
def test_nothing_and_nonsense_break_nothing(text):
    found = table(text)
    columns, headed = guess(found, PEOPLE, YEAR)
    pasting.Reader(columns, PEOPLE, YEAR).read(found, headed=headed)
