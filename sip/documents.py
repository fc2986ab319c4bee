"""The documents that are made of a version: asked for in the operation, made by a worker."""

from foundation import clock
from sip.models import DocumentJob, Version


def ask_for(version: Version, stage: str) -> DocumentJob:
    """Say that the version's document of this stage is to be made. Asked twice: once."""
    job, _ = DocumentJob.objects.get_or_create(version=version, stage=stage, defaults={"asked_at": clock.now()})
    return job
