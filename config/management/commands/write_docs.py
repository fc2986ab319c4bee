"""Writes the two pages that the code itself can write: who may do what, and what may follow what."""

from django.apps import apps
from django.core.management.base import BaseCommand

from config.environment import ROOT
from foundation import permissions
from foundation.states import Advancing

_MADE = "<!-- Written by `manage.py write_docs`; a test compares it with the code. -->\n"


class Command(BaseCommand):
    help = "Writes docs/permissions.md and docs/states.md from the code."

    def handle(self, *args, **options) -> None:
        for path, text in documents().items():
            (ROOT / path).write_text(text, encoding="utf-8")
            self.stdout.write(path)


def documents() -> dict[str, str]:
    """Each page's path and text."""
    return {"docs/permissions.md": _permissions(), "docs/states.md": _states()}


def _permissions() -> str:
    lines = ["# Who may do what", "", _MADE, "| may … | who |", "| --- | --- |"]
    lines += [f"| {permission.value} | {permissions.who(permission)} |" for permission in permissions.table()]
    return "\n".join(lines) + "\n"


def _states() -> str:
    lines = ["# What may follow what", "", _MADE]
    for model in apps.get_models():
        if issubclass(model, Advancing):
            lines += ["", f"## {model._meta.verbose_name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
            lines += [
                f"    {_name(before)} --> {_name(after)}"
                for before, following in model.TRANSITIONS.items()
                for after in sorted(following, key=list(model.State).index)
            ]
            lines += ["```"]
    return "\n".join(lines) + "\n"


def _name(state) -> str:
    return str(state.value).replace(" ", "_")
