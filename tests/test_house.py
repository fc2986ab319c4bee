"""The rules of the house, held by reading the code."""

import ast
import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from config.environment import ROOT
from config.management.commands.write_docs import documents
from foundation import access, operations, permissions
from foundation.access import every_view, is_exempt

FLOORS = ("foundation", "governance", "sip", "monitoring")
CODE = [
    path
    for floor in (*FLOORS, "config")
    for path in sorted((ROOT / floor).rglob("*.py"))
    if "migrations" not in path.parts
]
VIEWS = [path for path in CODE if "views" in path.parts]
MODELS = [path for path in CODE if "models" in path.parts]
DRAWERS = {"utils", "helpers", "common", "core", "base", "services", "manager", "managers"}
WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_is_short_and_no_drawer(path):
    assert path.stem not in DRAWERS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_function_is_short(path):
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno - node.body[_past_docstring(node)].lineno + 1 > (25 if path in VIEWS else 36)
    ]
    assert long == []


def _past_docstring(node: ast.FunctionDef) -> int:
    return 1 if ast.get_docstring(node) and len(node.body) > 1 else 0


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_a_view_finds_by_permission_and_writes_nothing(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            asked = [call for call in calls if call.func.value is node]
            assert asked and _for_whom(asked[0]) in {"user", "request.user"}, f"line {node.lineno}: seen by whom?"
    for call in calls:
        assert call.func.attr not in WRITES, f"line {call.lineno}: a view writes nothing"


def _for_whom(call: ast.Call) -> str:
    """The first word that a queryset's method is given: `Plan.objects.visible_to(request.user)` → "request.user"."""
    return ast.unparse(call.args[0]) if call.args else ""


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "clock.py"], ids=name)
def test_nobody_else_asks_the_time(path):
    found = re.findall(r"\b(?:date|datetime)\.(?:today|now)\(|timezone\.now\(", path.read_text(encoding="utf-8"))
    assert found == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=name)
def test_a_template_is_escaped_and_carries_no_script_or_style(path):
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text and "{% autoescape off" not in text
    if "mail" in path.parts or "paper" in path.parts:  # mail programs and paper know no Content-Security-Policy
        return
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=\"|<style", text)


def test_python_makes_no_markup_safe():
    for path in CODE:
        assert not re.search(r"mark_safe|csrf_exempt|SafeString\(", path.read_text(encoding="utf-8")), name(path)


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "journeys").glob("test_*.py")), ids=name)
def test_a_journey_waits_for_what_it_expects(path):
    """What is read once may be read before the page has come: `expect(…)` and `wait_for()` wait for it."""
    found = re.findall(
        r"\.(?:is_visible|is_hidden|is_checked|input_value|inner_text|all_inner_texts|text_content|wait_for_timeout)\("
        r"|evaluate\(.document\.activeElement",
        path.read_text(encoding="utf-8"),
    )
    assert found == []


def test_every_view_declares_its_rule():
    assert [error for error in run_checks() if error.id == "foundation.E001"] == []


def test_a_view_that_declares_none_is_an_error_and_a_404(client, ashdown, monkeypatch):
    views = [pattern.callback for route, pattern in every_view() if route == "glossary/"]
    monkeypatch.delattr(views[0], "access")
    assert [error.id for error in access.every_view_declares_its_rule(None)] == ["foundation.E001"]
    client.force_login(ashdown.chair)
    assert client.get(reverse("glossary")).status_code == 404


def test_only_sign_in_is_exempt():
    exempt = {route for route, pattern in every_view() if is_exempt(pattern.callback)}
    assert all(route.startswith("accounts/") for route in exempt)


def test_every_permission_has_one_row_and_every_operation_a_known_one():
    declared = {one for kind in permissions.Permission.__subclasses__() for one in kind}
    assert set(permissions.table()) == declared
    assert {one for one in operations.REGISTRY.values() if one is not None} <= declared


def test_an_unknown_permission_allows_nobody():
    class Unknown(permissions.Permission):
        FLY = "fly"

    class Thing:
        def parts_of(self, user):
            return {part for kind in permissions.PartPlayed.__subclasses__() for part in kind}

    assert not permissions.may(None, Unknown.FLY, Thing())
    del Unknown


@pytest.mark.parametrize("path", ["docs/permissions.md", "docs/states.md"])
def test_the_generated_pages_are_true(path):
    assert (ROOT / path).read_text(encoding="utf-8") == documents()[path], "Run: manage.py write_docs"
