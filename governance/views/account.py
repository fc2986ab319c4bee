"""A person's own page: name, address, password, and what they are where."""

from foundation.access import SEE, access
from foundation.answers import show
from governance import register


@access(SEE)
def account(request):
    """Who I am here, and until when."""
    return show(request, "governance/account/account.html", places=register.everywhere(request.user.person))
