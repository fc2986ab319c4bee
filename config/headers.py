"""The answer headers for which Django and django-csp have no setting."""


class HeadersMiddleware:
    """Keeps every page out of search engines, and switches off what the pages never use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
