"""The words of a comment have a language of their own; of those there are, it is that of the page."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_language_of_page(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    comments = apps.get_model("dialogue", "comment").objects.exclude(text="")
    comments.update(words_language=models.F("language"))
    of_comment = comments.filter(pk=models.OuterRef("comment_id")).values("language")
    versions = apps.get_model("dialogue", "commentrevision").objects.exclude(text="")
    versions.filter(comment__in=comments).update(words_language=models.Subquery(of_comment))


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0012_role_in_both_languages")]

    operations = [
        migrations.AddField(
            "comment",
            "words_language",
            models.CharField("language of the words", max_length=5, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "commentrevision",
            "words_language",
            models.CharField("language of the words", max_length=5, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(take_language_of_page, migrations.RunPython.noop),
    ]
