import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0003_drafting_and_deciding"),
        ("sip", "0009_leaders_ask_for_more"),
    ]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="by_when",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="figure_aim",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="figure_now",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="kind",
            field=models.CharField(
                choices=[("words", "other words"), ("baseline", "another baseline"), ("another", "another objective")],
                default="words",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="priority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.priority",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="where_now",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="where_to",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="changerequest",
            name="objective",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="change_requests",
                to="sip.objective",
            ),
        ),
        migrations.AlterField(
            model_name="changerequest",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="change_requests", to="sip.plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "another"), ("objective__isnull", False), _connector="OR"),
                name="request_changes_an_objective",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "another"), _negated=True),
                    models.Q(("title", ""), _negated=True),
                    _connector="OR",
                ),
                name="request_names_another",
            ),
        ),
    ]
