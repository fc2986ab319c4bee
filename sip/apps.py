from django.apps import AppConfig


class SipConfig(AppConfig):
    name = "sip"

    def ready(self) -> None:
        from sip import amendment_business, asked_at, business, evidence_items, permissions  # noqa: F401  they join this floor's rows  # noqa: F401  so do these
