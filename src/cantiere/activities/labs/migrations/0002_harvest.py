import django.db.models.deletion
from django.db import migrations, models

import cantiere.thread.contributions.models.numbers


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial"), ("labs", "0001_initial")]

    operations = [
        migrations.AddField("lab", "numbers", models.JSONField(default=dict, editable=False)),
        migrations.AddField("lab", "draft_digest", models.CharField(blank=True, editable=False, max_length=64)),
        migrations.DeleteModel("Harvested"),
        migrations.CreateModel(
            name="Harvested",
            fields=[
                ("id", models.BigAutoField(default=cantiere.thread.contributions.models.numbers.new_number, editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(blank=True, max_length=80)),
                ("sort", models.CharField(choices=[("idea", "idea"), ("words", "words"), ("note", "note"), ("cluster", "title of notes that belong together"), ("comment", "comment on a note")], max_length=8)),
                ("block", models.CharField(max_length=8)),
                ("group", models.CharField(blank=True, max_length=8)),
                ("area", models.CharField(blank=True, max_length=120)),
                ("people", models.PositiveIntegerField(default=1)),
                ("dots", models.PositiveIntegerField(default=0)),
                ("half_hour", models.CharField(blank=True, max_length=5)),
                ("contribution", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contributions.contribution")),
                ("lab", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="harvested", to="labs.lab")),
                ("under", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="gathered", to="labs.harvested")),
            ],
            options={
                "verbose_name": "harvested contribution",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("ref", ""), _negated=True), fields=("lab", "ref"), name="lab_harvested_once")],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=80)),
                ("held_why", models.CharField(blank=True, max_length=240)),
                ("under", models.CharField(blank=True, max_length=80)),
                ("lab", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="labs.lab")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("lab", "ref"), name="lab_judged_once")],
            },
        ),
    ]
