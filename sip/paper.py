"""What stands in the plan's PDF: the frozen words of a version, and what the board decided on it."""

from sip.models import Version


def words(version: Version, stage: str) -> dict:
    """Everything that the template needs, as plain words."""
    return {"version": version, "stage": stage}
