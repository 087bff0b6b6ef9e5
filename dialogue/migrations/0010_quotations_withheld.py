from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0009_words_stay_words")]

    operations = [
        migrations.AddField(
            model_name="featuredcomment",
            name="withheld_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="not shown since"),
        ),
    ]
