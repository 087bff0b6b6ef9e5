"""The role of whoever spoke is known in both languages; the one there was is in the language of the comment."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_english_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("dialogue", "comment").objects.filter(language="en").exclude(role_label_fr="")
    rows.update(role_label_en=models.F("role_label_fr"), role_label_fr="")


def keep_one_role(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("dialogue", "comment").objects.exclude(role_label_en="")
    rows.filter(models.Q(language="en") | models.Q(role_label_fr="")).update(
        role_label_fr=models.F("role_label_en")
    )


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0011_comment_device")]

    operations = [
        migrations.RenameField("comment", "role_label", "role_label_fr"),
        migrations.AlterField(
            "comment",
            "role_label_fr",
            models.CharField(
                "role (French)",
                max_length=80,
                blank=True,
                help_text="Shown beside what this person says, for example “Director, crossings”.",
            ),
        ),
        migrations.AddField(
            "comment",
            "role_label_en",
            models.CharField(
                "role (English)",
                max_length=80,
                blank=True,
                default="",
                help_text="Where one is empty, readers of both languages see the other.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(move_english_roles, keep_one_role),
    ]
