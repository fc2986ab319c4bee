"""allauth's forms, asking in our words. Their locks stay allauth's."""

from allauth.account import forms


class _AskingPlainly:
    """An empty box says what to do."""

    asks = {
        "login": "Give your e-mail address",
        "email": "Give your e-mail address",
        "password": "Give your password",
        "oldpassword": "Give the password that you have now",
        "password1": "Choose a new password",
        "password2": "Type the new password once more",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in self.asks:
                field.error_messages = field.error_messages | {
                    "required": self.asks[name],
                    "invalid": "Write an address such as name@school.org.uk",
                }


class SignIn(_AskingPlainly, forms.LoginForm):
    """Sign in with an address and a password."""


class ForgottenPassword(_AskingPlainly, forms.ResetPasswordForm):
    """Ask for a link by which a new password is chosen."""


class NewPassword(_AskingPlainly, forms.ResetPasswordKeyForm):
    """Choose a new password, having come by the link."""


class ChangePassword(_AskingPlainly, forms.ChangePasswordForm):
    """Choose a new password, knowing the old one."""


class StillYou(_AskingPlainly, forms.ReauthenticateForm):
    """Give the password once more before something that matters."""
