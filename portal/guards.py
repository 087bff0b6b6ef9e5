"""The database itself refuses what a log refuses: that a row is changed or deleted, whoever asks.

`AppendOnlyModel` says it to our own code; triggers say it to a hand at the database as well. They are laid
anew after each migration, for SQLite makes a table anew to alter it, and loses its triggers with the old one.
"""

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.models import AppendOnlyModel

REFUSAL = "This log is only added to: its rows are neither changed nor deleted."
_RAISE = f"""
CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def guarded_models() -> list[type[AppendOnlyModel]]:
    """Return the models of logs."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def lay_guards(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Lay the triggers of the logs of one app; runs after each migration, and may run again."""
    connection = connections[using]
    models = [model for model in guarded_models() if model._meta.app_label == sender.label]
    if not models:
        return
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        statements = [
            statement
            for model in models
            if model._meta.db_table in tables
            for statement in _statements(model, connection)
        ]
        for statement in statements:
            cursor.execute(statement)


def missing_guards(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of triggers that are not laid, of all logs."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        laid = {row[0] for row in cursor.fetchall()}
    wanted = {name for model in guarded_models() for name in _names(model, connection)}
    return sorted(wanted - laid)


def _names(model: type[AppendOnlyModel], connection: BaseDatabaseWrapper) -> list[str]:
    table = model._meta.db_table
    acts = ["update"]
    if not model.deleted_with_its_subject:
        acts += ["delete"] if connection.vendor == "sqlite" else ["delete", "truncate"]
    return [f"{table}_no_{act}" for act in acts]


def _statements(model: type[AppendOnlyModel], connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that lay the triggers of one table."""
    quote = connection.ops.quote_name
    is_sqlite = connection.vendor == "sqlite"
    table = quote(model._meta.db_table)
    statements = [] if is_sqlite else [_RAISE]
    for name in _names(model, connection):
        act = name.rsplit("_", 1)[1].upper()
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        when = f"WHEN ({_changes(model, connection)})" if act == "UPDATE" else ""
        if is_sqlite:
            statements += [
                f"DROP TRIGGER IF EXISTS {quote(name)}",
                f"CREATE TRIGGER {quote(name)} BEFORE {act} ON {table} FOR EACH ROW {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            ]
        else:
            statements.append(
                f"CREATE OR REPLACE TRIGGER {quote(name)} BEFORE {act} ON {table} FOR EACH {each} {when} "
                "EXECUTE FUNCTION portal_append_only()"
            )
    return statements


def _changes(model: type[AppendOnlyModel], connection: BaseDatabaseWrapper) -> str:
    """Return the condition of an update that is refused: all but emptying what may be forgotten."""
    quote = connection.ops.quote_name
    differs = "{new} IS NOT {old}" if connection.vendor == "sqlite" else "{new} IS DISTINCT FROM {old}"
    conditions = []
    for field in model._meta.concrete_fields:
        column = quote(field.column)
        condition = differs.format(new=f"NEW.{column}", old=f"OLD.{column}")
        if field.name in model.forgettable:
            condition = f"({condition} AND NEW.{column} <> '')"
        conditions.append(condition)
    return " OR ".join(conditions)
