"""Sign-in is allauth's; accounts come by invitation alone, and held words are given back after signing in."""

from allauth.account.adapter import DefaultAccountAdapter

from foundation import keeping


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This sign-in is closed. Your clerk can open it again.",
        "email_password_mismatch": "That e-mail address and password do not belong together",
        "enter_current_password": "This is not your password now",
        "incorrect_password": "This is not your password",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request) -> bool:
        """Nobody signs up: the clerk invites."""
        return False

    def post_login(self, request, user, **words):
        response = super().post_login(request, user, **words)
        keeping.give_back_held(request)
        return response
