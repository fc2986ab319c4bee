"""Sign-in is allauth's; accounts come by invitation alone, and held words are given back after signing in."""

from allauth.account.adapter import DefaultAccountAdapter

from foundation import keeping


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Nobody signs up: the clerk invites."""
        return False

    def post_login(self, request, user, **words):
        response = super().post_login(request, user, **words)
        keeping.give_back_held(request)
        return response
