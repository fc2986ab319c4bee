"""Which area of inspection each objective is about: one list an objective, one Save."""

from foundation.forms import Choice, HouseForm
from sip import inspection_areas
from sip.models import Objective, Plan


class AreasForm(HouseForm):
    """A list for each objective of a plan. The name of its field carries the objective's number."""

    def __init__(self, data=None, *, plan: Plan, objectives: list[Objective]) -> None:
        super().__init__(data, initial={f"area-{one.pk}": one.inspection_area for one in objectives})
        self.objectives = objectives
        for place, one in enumerate(objectives, start=1):
            field = Choice(label=f"{place}. {one.title}", required=False, look="select")
            field.choices = [("", "No one area"), *inspection_areas.choices(plan)]
            self.fields[f"area-{one.pk}"] = field

    @property
    def words(self) -> dict:
        """What the operation takes."""
        return {"areas": {one.pk: self.cleaned_data[f"area-{one.pk}"] for one in self.objectives}}
