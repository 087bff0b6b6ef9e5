"""The short form; `make trust` lets 5,000 posts be written."""

import pytest

from tests.trust.writers import write

pytestmark = pytest.mark.database

POSTS = 48


@pytest.mark.django_db(transaction=True)
def test_f04_eight_writers_at_once_lose_nothing_and_repeat_nothing(site):
    result = write(POSTS)
    assert result.posts >= POSTS
    assert result.faults == [], result.line
