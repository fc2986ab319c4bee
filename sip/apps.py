from django.apps import AppConfig


class SipConfig(AppConfig):
    name = "sip"

    def ready(self) -> None:
        from sip import business, evidence_items, permissions  # noqa: F401  they join this floor's rows to the tables
