import django.db.models.deletion
from django.db import migrations, models


def take_the_plan_of_the_objective(apps, schema_editor):
    """Until now a request was always about an objective, and of that objective's plan."""
    for request in apps.get_model("sip", "ChangeRequest").objects.select_related("objective"):
        request.plan_id = request.objective.plan_id
        request.save(update_fields=["plan"])


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0003_drafting_and_deciding"),
        ("sip", "0008_a_question_on_any_part"),
    ]

    operations = [
        migrations.AlterModelOptions(name="changerequest", options={"ordering": ["-asked_at", "-pk"]}),
        migrations.AddField(
            model_name="changerequest",
            name="plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="change_requests",
                to="sip.plan",
            ),
        ),
        migrations.RunPython(take_the_plan_of_the_objective, migrations.RunPython.noop, elidable=True),
    ]
