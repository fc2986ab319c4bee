from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self) -> None:
        # They join this floor's rows to the tables.
        from monitoring import business, business_differences, monitoring_item, permissions, year_papers  # noqa: F401
