"""A post or a team: named, and handed to a person."""

from foundation.forms import HouseForm, Line, Pick
from governance.models import Organisation, Person
from governance.posts import LONGEST


class PostForm(HouseForm):
    """A new post or team."""

    name = Line(
        LONGEST,
        label="Name of the post or team",
        ask="Give it a name, such as Year 3 team",
        help_text="Such as “Year 3 team” or “English lead”. It can own actions; it holds no seat and never signs in.",
        attrs={"autocomplete": "off"},
    )


class HandForm(HouseForm):
    """Who has it from now on."""

    to = Pick(label="Who has it from now on?", ask="Choose a person", empty_label="Choose a person")

    def __init__(self, *args, organisation: Organisation, **words) -> None:
        super().__init__(*args, **words)
        self.fields["to"].queryset = Person.objects.on_hand(organisation).people()
