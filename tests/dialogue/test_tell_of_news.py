"""Whoever has a page open learns how many comments it has by now, and nothing of what is hidden."""

import pytest
from django.urls import reverse

from dialogue.actions import hide_comment

pytestmark = pytest.mark.django_db


def url(page) -> str:
    return reverse("conversation_news", args=[page.pk])


def test_it_tells_the_count(client, article, say):
    assert client.get(url(article)).json() == {"count": 0}
    say(article)
    assert client.get(url(article)).json() == {"count": 1}


def test_l13_what_waits_or_is_hidden_does_not_change_one_byte(client, article, say):
    say(article)
    before = client.get(url(article))
    say(article, "SECRET", is_published=False)
    hide_comment(say(article, "SECRET"), by=None)
    after = client.get(url(article))
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


def test_an_answer_that_is_known_is_empty(client, article, say):
    say(article)
    tag = client.get(url(article))["ETag"]
    assert client.get(url(article), headers={"if-none-match": tag}).status_code == 304
    say(article)
    assert client.get(url(article), headers={"if-none-match": tag}).status_code == 200


def test_it_asks_to_be_asked_again_and_sets_no_cookie(client, signed_in, employee, article):
    answer = client.get(url(article))
    assert "no-cache" in answer["Cache-Control"]
    assert not answer.cookies
    assert "private" in signed_in(employee).get(url(article))["Cache-Control"]


def test_t07_a_page_that_one_may_not_read_is_as_good_as_missing(
    client, signed_in, employee, internal_dialogue
):
    assert client.get(url(internal_dialogue)).status_code == 404
    assert client.get(reverse("conversation_news", args=[999_999])).status_code == 404
    assert signed_in(employee).get(url(internal_dialogue)).status_code == 200


def test_it_is_only_looked_at(client, article):
    assert client.post(url(article)).status_code == 405


def test_it_costs_few_queries_whatever_the_number(client, article, say, count_queries):
    say(article)
    client.get(url(article))
    few = count_queries(lambda: client.get(url(article)))
    for _ in range(5):
        say(article)
    assert count_queries(lambda: client.get(url(article))) == few
