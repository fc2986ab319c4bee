"""How the plan is laid out on paper."""

from foundation.forms import Choice, HouseForm
from governance.models import Organisation

Layout = Organisation.Layout


class LayoutForm(HouseForm):
    """One of two layouts."""

    layout = Choice(
        label="The layout of the printed plan",
        choices=[
            (Layout.TWO_SIDED, "Where we are, and where we want to be"),
            (Layout.TABLE, "A landscape table of actions"),
        ],
        hints={
            Layout.TWO_SIDED: "Upright. What the board asked for stands beside what leaders will do; then the actions.",
            Layout.TABLE: "Across. An action a row with who, when, cost, so that and how it is checked, and room to "
            "note each term how it went.",
        },
        ask="Choose one of the two layouts",
    )
