"""Sessions go on under a digest of their key: what stood in the table until now would open them."""

from hashlib import sha256

from django.db import migrations


def digest_keys(apps, schema_editor):
    sessions = apps.get_model("sessions", "Session").objects
    for key in list(sessions.values_list("session_key", flat=True)):
        sessions.filter(session_key=key).update(session_key=sha256(key.encode()).hexdigest()[:40])


def end_sessions(apps, schema_editor):
    """What was digested opens nothing any more: everybody signs in again."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0011_follows"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(digest_keys, end_sessions)]
