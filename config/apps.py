from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The settings' own commands: `serve`."""

    name = "config"
    verbose_name = "Configuration"
