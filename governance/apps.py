from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        from governance import business, permissions  # noqa: F401  they join this floor's rows to the tables
