"""The shipped measures: by phase, with how each is derived, and national figures only with source and year."""

from types import SimpleNamespace

import pytest

from sip import context_figures, library
from sip.models import Measure, NationalFigure, Reading

STANDARD = library.measures()


def codes_for(phase: str) -> set[str]:
    return {one.code for rows in library.offered_to(SimpleNamespace(phase=phase)).values() for one in rows}


@pytest.mark.parametrize("one", STANDARD.values(), ids=STANDARD)
def test_each_can_be_taken_as_it_is(one):
    assert one.unit in Measure.Unit.values and one.better in Measure.Better.values
    assert one.known in ("term", "year") and set(one.stages) <= set(library.STAGES)
    assert len(one.name) <= 120 and len(one.code) <= 24 and len(one.derived) > 30
    for figure in one.national:
        assert figure.status in NationalFigure.Status.values and figure.group in Reading.Group.values
        assert figure.source and len(figure.source) <= 160 and 2015 <= figure.year <= 2025
        assert (figure.value is None) == (figure.status == NationalFigure.Status.NOT_PUBLISHED)


def test_each_phase_is_offered_its_own():
    primary, secondary = codes_for("Primary"), codes_for("Secondary")
    assert {"ks2_rwm_exp", "phon_y1", "att", "reserves"} <= primary and "p8" not in primary
    assert {"p8", "em5", "al_aps", "att", "reserves"} <= secondary and "phon_y1" not in secondary
    assert primary | secondary <= codes_for("All-through")
    assert {"ehcp_out", "att"} <= codes_for("Special")


def test_names_differ():
    assert len({one.name for one in STANDARD.values()}) == len(STANDARD)


def test_progress_8_was_not_published_for_two_years():
    said = {figure.year: figure.status for figure in STANDARD["p8"].national}
    assert (said[2024], said[2025]) == ("not published", "not published")


def test_what_is_about_staff_is_confidential():
    assert {code for code, one in STANDARD.items() if one.is_confidential} == {
        "staff_turn",
        "staff_abs",
        "vac",
        "app_done",
    }


def test_every_figure_that_a_plan_prints_can_be_taken_from_the_library():
    assert set(context_figures.CODES) <= set(STANDARD)
