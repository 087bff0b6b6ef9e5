from django.db import migrations, models


def begin(apps, schema_editor):
    apps.get_model("portal", "Edition").objects.create(pk=1, number=0)


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0003_cache_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(name="portal_edition_is_one", condition=models.Q(("pk", 1)))
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
