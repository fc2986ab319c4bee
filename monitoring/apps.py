from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        from monitoring import business, business_differences, permissions  # noqa: F401  they join this floor's rows to the tables
