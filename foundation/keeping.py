"""What is being typed is kept: a private, unaudited row, given back to the same person after a lost session.

With JavaScript the page sends what was typed every few seconds; without it, a form that was sent after the session
ended is held until the same person has signed in again.
"""

from django.core import signing
from django.db import models
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from foundation import clock

LONGEST = 400_000  # characters of one form that are kept; a plan's objective at its fullest has some 60,000
_HELD = "held_words"
NOT_KEPT = ("csrfmiddlewaretoken", "typed_by", "page", "password", "code")


class TypedDraft(models.Model):
    """What one person has typed on one page and not yet saved. `words` is the form, URL-encoded."""

    user_number = models.BigIntegerField()
    page = models.CharField(max_length=300)
    words = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_number", "page"], name="typed_draft_one_a_page")]

    def __str__(self) -> str:
        return f"{self.user_number} on {self.page}"

    def form_data(self) -> QueryDict:
        """The kept words as a form would send them."""
        return QueryDict(self.words)


def keep(user, page: str, words: QueryDict) -> TypedDraft | None:
    """Keep what this person has typed on this page, instead of what was kept before. Too much to keep: None."""
    encoded = _without_secrets(words)
    if len(encoded) > LONGEST:
        return None
    draft, _ = TypedDraft.objects.update_or_create(
        user_number=user.pk, page=page[:300], defaults={"words": encoded, "kept_at": clock.now()}
    )
    return draft


def kept(user, page: str) -> TypedDraft | None:
    """What this person has typed on this page and not saved, if anything."""
    return TypedDraft.objects.filter(user_number=user.pk, page=page[:300]).first()


def let_go(user, page: str) -> None:
    """Forget what was kept: it has been saved, or the person does not want it."""
    TypedDraft.objects.filter(user_number=user.pk, page=page[:300]).delete()


def signature(user) -> str:
    """The sealed name of whoever was given a form, so that held words go back to nobody else."""
    return signing.dumps(user.pk, salt="typed-by") if user.is_authenticated else ""


def is_page(page: str) -> bool:
    """Whether this is an address of ours, without host."""
    return page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)


def hold_until_signed_in(request: HttpRequest) -> None:
    """A form that arrives after the session has ended: hold it in the new, anonymous session, sealed with its owner.

    What a page's script sends on names the page itself; what a form sends is of the page it is sent to.
    """
    if request.method != "POST" or _owner(request.POST.get("typed_by", "")) is None:
        return
    page = request.POST.get("page", "") if request.path == reverse("typing") else request.path
    encoded = _without_secrets(request.POST)
    if len(encoded) <= LONGEST and is_page(page):
        request.session[_HELD] = {"page": page, "by": request.POST["typed_by"], "words": encoded}


def give_back_held(request: HttpRequest) -> None:
    """After signing in: turn what was held into this person's draft, if it was theirs; else drop it."""
    held = request.session.pop(_HELD, None)
    if held and _owner(held["by"]) == request.user.pk:
        keep(request.user, held["page"], QueryDict(held["words"]))


def _owner(sealed: str) -> int | None:
    """Whose name is in the seal; None when it is none of ours."""
    try:
        return signing.loads(sealed, salt="typed-by")
    except signing.BadSignature:
        return None


def answer(draft: TypedDraft | None) -> JsonResponse:
    """What the page's script is told: when it was kept, or that it was too long."""
    if draft is None:
        return JsonResponse({"kept": False}, status=413)
    return JsonResponse({"kept": True, "at": f"{clock.in_london(draft.kept_at):%H:%M}"})


def _without_secrets(words: QueryDict) -> str:
    copy = words.copy()
    for name in NOT_KEPT:
        copy.pop(name, None)
    return copy.urlencode()
