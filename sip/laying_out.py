"""How a school has its plan laid out on paper."""

from foundation.operations import operation
from governance.models import Organisation, User
from sip.permissions import P


@operation(P.CHOOSE_LAYOUT)
def choose_layout(organisation: Organisation, *, layout: str, by: User) -> None:
    """Choose one of the two layouts. What is printed already stays as it is."""
    organisation.layout = layout
    organisation.save(update_fields=["layout"])
