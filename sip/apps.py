from django.apps import AppConfig


class SipConfig(AppConfig):
    name = "sip"

    def ready(self) -> None:
        from sip import permissions  # noqa: F401  joins this floor's rows to the table
