"""A session ends eight hours after its last request, without a write to the database for each request."""

from django.conf import settings

from foundation.clock import machine_now

SEEN_AT = "seen_at"
WRITE_EVERY = 10 * 60


class SlidingSessionMiddleware:
    """Puts the end of a signed-in session off, at most once in ten minutes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(machine_now().timestamp())
            if now - request.session.get(SEEN_AT, 0) > WRITE_EVERY:
                request.session[SEEN_AT] = now
        return self.get_response(request)
