"""Why the chair returns the plan."""

from foundation.forms import HouseForm, Text


class ReturnForm(HouseForm):
    """The reasons."""

    reason = Text(
        2000,
        rows=6,
        label="What should change, and why",
        ask="Say what should change, so that leaders can act on it",
        help_text="Leaders and the board read this at the head of the plan. One point a line reads best.",
    )
