"""Finding is permission to see: a view says in its first line what it shows and who may, or it shows nothing."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.core.checks import Error, register
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, get_resolver

from foundation import answers, keeping
from foundation.errors import Conflict
from foundation.permissions import Permission, require

SEE = None  # as a permission: whoever finds it may read it

# Views of others that cannot carry our decorator, by the start of their module, each with its reason.
EXEMPT = {
    "allauth.account.": "sign-in, sign-out and passwords: allauth holds its own locks",
    "django.contrib.staticfiles.": "styles, scripts and fonts hold nothing of anyone",
}


@dataclass(frozen=True)
class Rule:
    """What a view declares. `permission` None: finding suffices. `model` None: a page of the person's own."""

    permission: Permission | None
    model: type[models.Model] | None
    seen: str
    public: str = ""


def access(
    permission: Permission | None,
    model: type[models.Model] | None = None,
    *,
    by: dict[str, str] | None = None,
    seen: str = "visible_to",
) -> Callable:
    """Find the thing of the URL among those this person may see (else 404), then ask the table (else 403).

    `by` maps the URL's words to lookups ({"slug": "organisation__slug"}); the default is {"pk": "pk"}. `seen` names
    the queryset's method that says what a person may see. The view is called with (request, thing, other words of the
    URL), without a model with (request, …).
    """
    by = by or {"pk": "pk"}

    def wrap(view: Callable) -> Callable:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **words) -> HttpResponse:
            if model is None:
                return view(request, **words)
            lookups = {by[name]: words.pop(name) for name in list(words) if name in by}
            thing = get_object_or_404(getattr(model.objects, seen)(request.user), **lookups)
            if permission is not SEE:
                require(request.user, permission, thing)
            request.thing = thing
            return view(request, thing, **words)

        guarded.access = Rule(permission, model, seen)
        return guarded

    return wrap


def public(reason: str) -> Callable:
    """A page for everyone, signed in or not. The reason is for whoever reads the list."""

    def wrap(view: Callable) -> Callable:
        view.access = Rule(SEE, None, "", public=reason)
        return view

    return wrap


def is_exempt(view: Callable) -> bool:
    """Whether the view stands on the list of exemptions."""
    module = getattr(getattr(view, "view_class", view), "__module__", "") + "."
    return any(module.startswith(start) for start in EXEMPT)


class AccessMiddleware:
    """Asks everyone to sign in unless a view is public, and answers 404 for a view that declares no rule."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args, words) -> HttpResponse | None:
        if is_exempt(view):
            return None
        rule = getattr(view, "access", None)
        if rule is None:
            raise Http404("This page declares no access rule.")
        if rule.public or request.user.is_authenticated:
            return None
        keeping.hold_until_signed_in(request)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answers.conflict(request, exception) if isinstance(exception, Conflict) else None


def every_view(patterns=None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Every URL of the site with its pattern, flattened: what the check and the access test walk."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found.append((route, pattern))
        else:
            found += every_view(pattern.url_patterns, route)
    return found


@register()
def every_view_declares_its_rule(app_configs, **kwargs) -> list[Error]:
    """A view without `@access` or `@public` stops `manage.py check`."""
    return [
        Error(
            f"The view of /{route} declares no access rule.", hint="Give it @access or @public.", id="foundation.E001"
        )
        for route, pattern in every_view()
        if not is_exempt(pattern.callback) and not hasattr(pattern.callback, "access")
    ]
