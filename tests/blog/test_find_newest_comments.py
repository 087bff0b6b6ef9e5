"""The newest comments of a page are found by an index, however many the other pages have."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.feeds import ENTRIES
from blog.templatetags.blog_tags import COMMENTS_TOLD
from tests.dialogue.many_comments import plant, take_away

pytestmark = [pytest.mark.database, pytest.mark.django_db]

INDEX = "dialogue_page_recent"
MANY, FEW = 2_000, 40


@pytest.fixture(params=["the page has few", "the page has many", "the page has none"])
def busy_page(request, article, dialogue):
    """Return the article on a site with many comments, of which the database knows how they are spread."""
    counts = {
        "the page has few": (FEW, MANY),
        "the page has many": (MANY, FEW),
        "the page has none": (0, MANY),
    }
    of_page, of_others = counts[request.param]
    comments = plant(article, of_page)
    take_away(*comments[-FEW // 2 :])  # the newest are gone
    plant(dialogue, of_others)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dialogue_comment")
    return article


def plan_of(client: Client, url: str) -> str:
    """Return how the database finds the newest comments where an address asks for them."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    order = 'ORDER BY "dialogue_comment"."submitted_at" DESC'
    [sql] = [query["sql"] for query in queries.captured_queries if order in query["sql"]]
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_the_index_serves(client, busy_page):
    for url in (busy_page.url, reverse("comments_feed", args=[busy_page.pk])):
        plan = plan_of(client, url)
        assert INDEX in plan
        assert "Sort" not in plan
        assert "TEMP B-TREE" not in plan


def test_they_are_the_newest_that_are_published(client, article):
    comments = plant(article, ENTRIES + 10)
    take_away(*comments[-5:])
    newest = comments[-6::-1]
    block = client.get(article.url).text.partition('<script type="application/ld+json">')[2]
    told = json.loads(block.partition("</script>")[0])
    assert [one["text"] for one in told["comment"]] == [c.excerpt for c in newest[:COMMENTS_TOLD]]
    feed = client.get(reverse("comments_feed", args=[article.pk])).text
    assert [feed.index(comment.public_id) for comment in newest[:ENTRIES]] == sorted(
        feed.index(comment.public_id) for comment in newest[:ENTRIES]
    )
    assert newest[ENTRIES].public_id not in feed
