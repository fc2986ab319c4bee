"""What somebody who was invited types: the name, and a password twice."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from foundation.forms import HouseForm, Line
from governance.models import Invitation, User

_LONGEST = 200


class Password(forms.CharField):
    """A password box; what was typed is never written back."""

    def __init__(self, *, label: str, ask: str, **words) -> None:
        box = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(label=label, widget=box, strip=False, error_messages={"required": ask}, **words)


class AcceptForm(HouseForm):
    """Make the sign-in."""

    name = Line(120, label="Your name", ask="Give your name", attrs={"autocomplete": "name"})
    password = Password(
        label="Password",
        ask="Choose a password",
        help_text="At least ten characters. Three words that nobody would expect together are good.",
    )
    password_again = Password(label="The same again", ask="Type the password once more")

    def __init__(self, *args, invitation: Invitation, **words) -> None:
        super().__init__(*args, initial={"name": invitation.person.name}, **words)
        self.invitation = invitation

    def clean(self) -> dict:
        words = super().clean()
        password, again = words.get("password"), words.pop("password_again", None)
        if password and len(password) > _LONGEST:
            self.add_error("password", f"Shorten the password to {_LONGEST} characters")
        elif password:
            self._check(password, words.get("name", ""))
            if again and again != password:
                self.add_error("password_again", "The two are not the same: type both again")
        return words

    def _check(self, password: str, name: str) -> None:
        person = self.invitation.person
        person.name = name or person.name
        try:
            validate_password(password, User(person=person, email=self.invitation.email))
        except ValidationError as weak:
            self.add_error("password", [message.rstrip(".") for message in weak.messages])
