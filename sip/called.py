"""What a part of the plan's context is called, by the name of its block."""

from sip import written

_SAID = {
    "figures:pupils": "Figures about our pupils",
    "figures:groups": "Figures by group of pupils",
    "figures:performance": "Figures about how the school does",
    "figures:budget": "Figures about budget and staffing",
    "figures:staffing": "Figures about staffing",
    "inspection": "The last inspection",
    "budget": "The budget given to the plan",
}


def of_block(name: str, body) -> str:
    """By its own title, else by what it holds, else by its name in words."""
    title = body.get("title", "") if isinstance(body, dict) else ""
    kind, _, rest = name.partition(":")
    return title or _SAID.get(name) or written.sentence(f"{kind}: {rest}" if rest else kind).replace("_", " ")
