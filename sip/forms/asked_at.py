"""A question that a member asks at a meeting, as the clerk types it."""

from foundation.forms import HouseForm, PickFrom, Text
from governance.models import AgendaItem
from sip import asked_at
from sip.models import Plan


class AskedForm(HouseForm):
    """Who asked, what, whom; the answer where it was given at once."""

    asker = PickFrom(label="Who asked?", ask="Choose who asked", empty_label="Choose")
    text = Text(4000, rows=2, label="The question", ask="Write the question")
    to = PickFrom(label="Whom?", required=False, empty_label="Who leads it, or the head")
    objective = PickFrom(label="About", required=False, empty_label="The plan as a whole")
    answer = Text(6000, rows=2, label="Answered at once?", required=False)

    def __init__(self, *args, item: AgendaItem, plan: Plan, **words) -> None:
        super().__init__(*args, prefix="asked", **words)
        self.fields["asker"].things = asked_at.askers(item)
        self.fields["to"].things = asked_at.answerers(plan)
        if plan.organisation.is_trust:
            self.fields["to"].choices[0] = ("", "Who leads it, or the trust’s leader")
        self.fields["objective"].things = list(plan.objectives.all())
