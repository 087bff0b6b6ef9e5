"""A session is kept under a digest of its key: nobody takes one up who has read the table (R36)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import User, UserSession
from portal.wagtail_patches.session_store import KEY_LENGTH, SessionStore, digest_of

pytestmark = pytest.mark.django_db

PREFERENCES = "account_preferences"


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def with_key(key: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = key
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse(PREFERENCES)).status_code == 200


def test_r36_the_table_holds_no_key(signed_in: Any, employee: User) -> None:
    client = signed_in(employee)
    client.get(reverse(PREFERENCES))
    assert Session.objects.get().session_key == digest_of(key_of(client))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            assert not any(key_of(client) in str(value) for row in cursor for value in row), table


def test_r36_what_stands_in_the_table_opens_nothing(signed_in: Any, employee: User) -> None:
    client = signed_in(employee)
    assert is_signed_in(with_key(key_of(client)))
    for kept in (Session.objects.get().session_key, digest_of(Session.objects.get().session_key)):
        assert not is_signed_in(with_key(kept))
    assert is_signed_in(client)


@pytest.mark.parametrize("key", ["", "x", "' OR 1=1 --", "é" * 40, "z" * 4_000])
def test_r36_a_key_of_nobody_opens_nothing(key: str, signed_in: Any, employee: User) -> None:
    signed_in(employee)
    assert not is_signed_in(with_key(key))


def test_r36_signing_in_and_out_leaves_no_former_session(client: Client, employee: User) -> None:
    session = client.session
    session["before"] = "kept"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.force_login(employee)
    assert key_of(client) != before
    assert Session.objects.count() == 1
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=digest_of(before)).exists()
    assert SESSION_KEY not in client.session


def test_r36_a_session_is_ended_from_the_list(signed_in: Any, employee: User) -> None:
    here, there = signed_in(employee), signed_in(employee)
    for client in (here, there):
        client.get(reverse(PREFERENCES))
    assert UserSession.objects.open_of(employee).count() == 2
    there_row = UserSession.objects.get(pk=there.session["user_session"])
    here.post(reverse("end_session", args=[there_row.pk]))
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_r36_a_new_password_ends_the_others(signed_in: Any, employee: User) -> None:
    here, there = signed_in(employee), signed_in(employee)
    employee.set_password("another-password-of-theirs")
    employee.save()
    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_r36_what_has_expired_is_cleared_and_opens_nothing(signed_in: Any, employee: User) -> None:
    client = signed_in(employee)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(with_key(key_of(client)))
    call_command("clearsessions")
    assert not Session.objects.exists()


class TestStore:
    def test_r36_it_keeps_finds_renews_and_forgets(self) -> None:
        store = SessionStore()
        store["word"] = "kept"
        store.save()
        first = store.session_key
        assert store.exists(first)
        assert not store.exists(digest_of(first))
        assert SessionStore(first)["word"] == "kept"
        store.cycle_key()
        assert not store.exists(first)
        assert SessionStore(store.session_key)["word"] == "kept"
        store.flush()
        assert not Session.objects.exists()
        store.delete()

    def test_r36_a_key_that_is_not_there_is_not_taken(self) -> None:
        store = SessionStore("chosen-by-somebody-else")
        store["word"] = "kept"
        store.save()
        assert store.session_key != "chosen-by-somebody-else"

    def test_r36_the_row_is_read_by_django(self) -> None:
        store = SessionStore()
        store["word"] = "kept"
        store.save()
        assert Session.objects.get().get_decoded() == {"word": "kept"}
        assert len(Session.objects.get().session_key) == KEY_LENGTH

    @pytest.mark.django_db(transaction=True)
    def test_r36_it_does_the_same_when_awaited(self) -> None:
        async def use() -> tuple[object, bool, bool, bool]:
            store = SessionStore()
            await store.aset("word", "kept")
            await store.asave()
            key = store.session_key
            found = await SessionStore(key).aget("word")
            is_there, is_digest = await store.aexists(key), await store.aexists(digest_of(key))
            kept = [row.session_key async for row in Session.objects.all()]
            assert kept == [digest_of(key)]
            await store.aflush()
            is_left = await store.aexists(key)
            await sync_to_async(connections.close_all)()
            return found, is_there, is_digest, is_left

        with ThreadPoolExecutor(1) as apart:  # a browser of another test may have a loop in this thread
            assert apart.submit(lambda: asyncio.run(use())).result() == ("kept", True, False, False)
