"""Pages to comment on, comments that wait, and a second moderator who is no employee."""

from collections.abc import Callable

import pytest
from django.test import Client

from dialogue.models import Comment, ConversationSettings
from people.groups import MODERATORS, the_group
from people.models import User


@pytest.fixture
def policy(site) -> Callable[[str], None]:
    """Set the site's policy: `policy("hold_all")`."""

    def set_policy(value: str) -> None:
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": value})

    return set_policy


@pytest.fixture
def held(article, receive) -> Comment:
    """A guest's comment that waits."""
    return receive(article, "Et les bancs ?")


@pytest.fixture
def held_inside(internal_dialogue, receive, employee) -> Comment:
    """An employee's comment that waits among employees."""
    return receive(internal_dialogue, "SECRET des quarts de nuit", user=employee)


@pytest.fixture
def outside_moderator(site) -> User:
    """Odile moderates for the portal and is no employee: the internal section is closed to her."""
    user = User.objects.create_user("odile", "odile@example.org", first_name="Odile", last_name="Dehors")
    user.groups.add(the_group(MODERATORS))
    return user


@pytest.fixture
def desk(moderator: User, signed_in: Callable[[User], Client]) -> Client:
    """The browser of Fanny, who moderates and is an employee."""
    return signed_in(moderator)


@pytest.fixture
def outside_desk(outside_moderator: User, signed_in: Callable[[User], Client]) -> Client:
    """The browser of Odile, who moderates and is no employee."""
    return signed_in(outside_moderator)
