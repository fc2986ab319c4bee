"""A version: what was frozen, when, by whom, whether it is still so, and the documents made of it."""

from foundation.access import SEE, access
from foundation.answers import show
from sip import editions, reading, shelf
from sip.models import Version


@access(SEE, Version)
def version(request, version):
    """The frozen content, with its hash taken anew."""
    request.menu = "current_plan"
    plan = version.plan
    blocks, is_unharmed = reading.opened(version)
    read = reading.of_edition(blocks, plan, editions.edition_for(request.user, plan))
    return show(
        request,
        "sip/versions/version.html",
        plan=plan,
        version=version,
        reading=read,
        words=read.words,
        is_unharmed=is_unharmed,
        decision=version.decision,
        shelf=shelf.of(version, blocks, request.user),
        others=Version.objects.visible_to(request.user).filter(plan=plan).exclude(pk=version.pk).defer("content"),
    )
