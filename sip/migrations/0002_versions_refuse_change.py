from django.db import migrations

from foundation.frozen import freezing


class Migration(migrations.Migration):
    """What the board saw stays as it was: versions and documents are added, never changed."""

    dependencies = [("sip", "0001_initial")]

    operations = [freezing("sip_version"), freezing("sip_document")]
