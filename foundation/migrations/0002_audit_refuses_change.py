from django.db import migrations

from foundation.frozen import freezing


class Migration(migrations.Migration):
    """The audit record is added to, never changed."""

    dependencies = [("foundation", "0001_initial")]

    operations = [freezing("foundation_auditevent")]
