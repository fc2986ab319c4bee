"""States as a table on the model: which may follow which. The diagram in docs/states.md is made from these tables."""

from foundation.errors import Conflict


class Advancing:
    """For a model with a `state` field and TRANSITIONS {from: {to, …}}."""

    TRANSITIONS: dict

    def advance(self, *, to: str) -> None:
        """Move to the next state, or say where the thing is: Conflict."""
        if to not in self.TRANSITIONS.get(self.state, set()):
            raise Conflict(f"{self} is now: {self.get_state_display()}. Somebody may have moved it on; look again.")
        self.state = to
        self.save(update_fields=["state"])
