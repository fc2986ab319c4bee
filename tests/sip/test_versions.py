"""What the board saw stays as it was."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation import frozen
from governance.words import Words
from sip import versions
from sip.models import Document, Plan, Version
from tests.sip.drafts import draft


@pytest.fixture
def plan(ashdown) -> Plan:
    return draft(ashdown)


def test_the_content_of_a_plan_is_blocks_in_plain_words(plan, ashdown):
    objective = plan.objectives.get()
    action, criterion = objective.actions.get(), objective.criteria.get()
    first, second = plan.strategy.priorities.all()
    milestones = {milestone.term: milestone.pk for milestone in criterion.milestones.all()}
    assert versions.content_of(plan) == {
        "plan": {
            "title": "School improvement plan",
            "words": Words().frozen,
            "year": "2026/27",
            "organisation": "Ashdown Primary",
            "strategy": "Strategy 2025/26 to 2028/29",
            "strategy_span": "2025/26 to 2028/29",
            "vision": "What Ashdown Primary is for.",
            "board": "Governing board",
            "how_made": "Together.",
            "how_monitored": "",
        },
        f"priority:{first.pk}": {"id": first.pk, "number": 1, "title": "Priority 1 of Ashdown Primary"},
        f"priority:{second.pk}": {"id": second.pk, "number": 2, "title": "Priority 2 of Ashdown Primary"},
        f"objective:{objective.pk}": {
            "id": objective.pk,
            "number": 1,
            "title": "Objective 1",
            "where_now": "",
            "where_to": "Everyone reads well.",
            "by_when": "2027-07-16",
            "figure_what": "",
            "figure_now": "",
            "figure_aim": "",
            "lead": "Ashdown Deputy",
            "lead_id": ashdown.deputy.person_id,
            "team": ["Ashdown Teacher"],
            "monitor": "Ashdown Link, link governor for early reading",
            "priority": first.pk,
            "priority_title": "Priority 1 of Ashdown Primary",
            "proposed_by": "",
        },
        f"actions:{objective.pk}": [
            {
                "id": action.pk,
                "number": "1.1",
                "heading": "",
                "what": "Action 1.1",
                "owner": "Ashdown Teacher",
                "owner_id": ashdown.teacher.person_id,
                "due_on": "2026-12-18",
                "starts_on": None,
                "supporters": "",
                "cost": "1200.50",
                "cost_source": "Pupil premium",
                "resources": "",
                "outcome": "",
                "checked_how": "",
                "checked_by": "",
                "checked_when": "",
            }
        ],
        f"criteria:{objective.pk}": [
            {
                "id": criterion.pk,
                "text": "Criterion 1",
                "by_when": None,
                "milestones": [
                    {"id": milestones[term], "term": term, "text": f"by {term}"}
                    for term in ("autumn", "spring", "summer")
                ],
            }
        ],
    }


def test_reading_the_content_takes_as_many_queries_for_a_great_plan_as_for_a_small_one(ashdown, kestrel):
    small, great = draft(ashdown), draft(kestrel, objectives=8, actions=10, criteria=3)
    assert _queries(small) == _queries(great) == 11


def test_freezing_numbers_the_versions_of_each_plan_from_one(plan, kestrel, ashdown):
    other = draft(kestrel)
    numbers = [versions.freeze(one, by=ashdown.head).number for one in (plan, plan, other)]
    assert numbers == [1, 2, 1]


def test_a_version_holds_the_content_as_it_was(plan, ashdown):
    before = versions.content_of(plan)
    version = versions.freeze(plan, by=ashdown.head)
    plan.objectives.update(title="Something else")
    assert versions.blocks_of(version) == before
    assert version.is_unharmed
    assert version.frozen_by == ashdown.head.person


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sip_version SET content = '{}' WHERE id = %s",
        "UPDATE sip_version SET number = 9 WHERE id = %s",
        "DELETE FROM sip_version WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_version(plan, ashdown, statement):
    version = versions.freeze(plan, by=ashdown.head)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
    version.refresh_from_db()
    assert (version.number, version.is_unharmed) == (1, True)


@pytest.mark.parametrize(
    "statement", ["UPDATE sip_document SET pages = 9 WHERE id = %s", "DELETE FROM sip_document WHERE id = %s"]
)
def test_the_database_refuses_to_change_or_delete_a_document(plan, ashdown, statement):
    version = versions.freeze(plan, by=ashdown.head)
    document = Document.objects.create(
        version=version, stage="submitted", made_at=version.frozen_at, pages=3, sha256="0" * 64, content=b"%PDF"
    )
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [document.pk])
    document.refresh_from_db()
    assert document.pages == 3


def test_verifying_says_that_all_is_well(plan, ashdown, capsys):
    versions.freeze(plan, by=ashdown.head)
    call_command("verify_versions")
    assert capsys.readouterr().out == "1 version, as it was frozen.\n"


def test_verifying_names_each_version_that_differs_and_ends_with_1(plan, kestrel, ashdown, capsys):
    harmed, sound = versions.freeze(plan, by=ashdown.head), versions.freeze(draft(kestrel), by=kestrel.head)
    _forge(harmed)
    assert versions.verify() == [harmed]
    with pytest.raises(SystemExit) as end:
        call_command("verify_versions")
    said = capsys.readouterr().err
    assert end.value.code == 1
    assert "School improvement plan 2026/27, version 1" in said and "Ashdown Primary" in said
    assert "Kestrel" not in said and sound.is_unharmed


def _forge(version: Version) -> None:
    """Change one word in a frozen version behind the product's back."""
    record = json.loads(version.content)
    record["blocks"][0]["body"]["how_made"] = "By the headteacher alone."
    frozen.thaw_table("sip_version")
    Version.objects.filter(pk=version.pk).update(content=frozen.canonical(record))
    frozen.freeze_table("sip_version")


def _queries(plan: Plan) -> int:
    plan = Plan.objects.select_related("organisation", "strategy", "deciding_board").get(pk=plan.pk)
    with CaptureQueriesContext(connection) as queries:
        versions.content_of(plan)
    return len(queries)
