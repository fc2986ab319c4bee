from django.db import migrations

from foundation.frozen import freezing


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial"), ("foundation", "0002_audit_refuses_change")]

    operations = [freezing("monitoring_reviewrecord"), freezing("monitoring_report")]
