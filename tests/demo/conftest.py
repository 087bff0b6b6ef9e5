"""The demonstration, built once for each module that asks for it and undone after its last test."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from demo.actions import seed_demo
from demo.cast import SIGN_INS
from demo.factories import Demonstration
from people.models import User
from tests.database import for_a_while
from tests.world import take_away

STRANGER = "stranger"
VIEWERS = [STRANGER, *(person.key for person in SIGN_INS)]
# One of each kind: a stranger, an employee, one of the crews, somebody on the staff, somebody who has left.
READERS = [STRANGER, "karim", "isaac", "maude", "denis"]


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demonstration]:
    """Build it in a transaction of its own, around those of the tests. It takes half a minute."""
    with django_db_blocker.unblock(), for_a_while():
        take_away()
        demo = seed_demo()
        _cut_pictures(demo)
        yield demo


def _cut_pictures(demo: Demonstration) -> None:
    """Open every page once; what is cut for one test alone would be undone with it."""
    client = Client()
    client.force_login(demo.users["sylvio"])
    for page in Page.objects.filter(depth__gt=1, live=True):
        client.get(page.url)


@pytest.fixture
def demo(_built: Demonstration, db: None) -> Demonstration:
    """The demonstration as it was built; what a test changes in it is undone."""
    return _built


@pytest.fixture
def viewer(request: pytest.FixtureRequest, demo: Demonstration) -> User | AnonymousUser:
    """The member of the cast whose key is the parameter, or the stranger."""
    if request.param == STRANGER:
        return AnonymousUser()
    return User.objects.get(pk=demo.users[request.param].pk)


@pytest.fixture
def viewer_client(viewer: User | AnonymousUser) -> Client:
    client = Client()
    if viewer.is_authenticated:
        client.force_login(viewer)
    return client
