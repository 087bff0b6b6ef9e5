"""What a hand at the database does that may also take the triggers of a log away."""

from django.db import connection


def unguarded(statement: str, *parameters: object) -> None:
    """Do in the database what its triggers refuse; they are back when the test is taken back."""
    words = statement.split()
    table = words[1] if words[0] == "UPDATE" else words[2]
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        for act in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")
        cursor.execute(statement, parameters)
