"""The timeline's places: terms and holidays, bars and what is late; and the printed one of a version."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from foundation import pdf
from foundation.errors import Conflict
from sip import documents, paper_timeline, tasks, timeline
from sip.timeline import Act
from tests import make
from tests.pdfs import text_of

TODAY = date(2026, 11, 24)


def act(**words) -> Act:
    usual = {"id": 1, "number": "1.1", "what": "Buy books", "who": "Sylvie", "starts": None, "due": date(2026, 11, 20)}
    return Act(**(usual | words))


def row(**words):
    return timeline.row(act(**words), timeline.scale(2026, [act(**words)]), TODAY)


def test_the_year_runs_from_september_to_july_and_further_where_an_action_does():
    usual = timeline.scale(2026, [act()])
    assert (usual.first, usual.last, usual.place(date(2026, 9, 1))) == (date(2026, 9, 1), date(2027, 7, 31), 0)
    assert usual.place(date(2030, 1, 1)) == 100
    longer = timeline.scale(2026, [act(starts=date(2026, 6, 1), due=date(2027, 8, 20))])
    assert (longer.first, longer.last) == (date(2026, 6, 1), date(2027, 8, 20))


def test_between_the_terms_is_no_school(ashdown):
    terms = ashdown.school.terms_of(2026)
    ground = timeline.ground(terms, timeline.scale(2026, []), TODAY)
    assert [one.name for one in ground.terms] == ["Autumn", "Spring", "Summer"]
    assert [one.name for one in ground.holidays] == ["Half-term", "Holiday"] * 2 + ["Half-term", "Summer"]
    assert ground.holidays[0].days == "26 October to 30 October 2026"
    assert ground.today_words == "today, 24 November"
    assert timeline.ground(terms, timeline.scale(2025, []), TODAY).today is None


@pytest.mark.parametrize(("status", "late"), [("not started", True), ("under way", True), ("done", False)])
def test_what_is_not_done_by_its_day_is_late_in_words_and_shape(status, late):
    found = row(status=status)
    assert (found.late, found.bar.is_late) == ("late: was due 20 November" if late else "", late)


def test_what_was_stopped_is_not_late_and_without_a_day_there_is_no_bar():
    assert row(status="stopped").late == ""
    assert row(due=None).bar is None and row(due=None).when == "no date yet"


def test_an_old_date_stays_in_sight():
    found = row(due=date(2027, 1, 29), former=[(date(2026, 12, 4), "The hall floods")], status="under way")
    assert found.former == ["was to be done by 4 December 2026: The hall floods"]
    assert [says for _, says in found.bar.former] == ["was 4 December"]


def test_a_version_is_printed_as_a_timeline_and_the_public_edition_has_none(ashdown, monkeypatch):
    monkeypatch.setattr(tasks.make_document, "delay", lambda number: None)
    version = make.plan(ashdown, state="approved", actions=2).latest_version
    job = documents.make_again(version, stage="decided", form="timeline", by=ashdown.clerk)
    assert job.title == "The timeline, version 1, as decided"
    html = render_to_string("paper/timeline.html", paper_timeline.words(version, "decided"))
    text = text_of(pdf.render(html).content)
    assert "Action 2 of Ashdown Primary" in text and "Milestones: one in autumn" in text
    with pytest.raises(Conflict, match="no actions"):
        documents.make_again(version, stage="decided", form="timeline", edition="public", by=ashdown.clerk)
