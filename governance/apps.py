from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        from governance import permissions  # noqa: F401  joins this floor's rows to the table
