"""What is made of words is stored whole, of every version; `render_comments` makes what is missing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0013_language_of_words")]

    operations = [
        migrations.AddField(
            "comment",
            "plain",
            models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            "commentrevision",
            "plain",
            models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            "commentrevision",
            "excerpt",
            models.CharField("excerpt", max_length=160, blank=True, default="", editable=False),
            preserve_default=False,
        ),
    ]
