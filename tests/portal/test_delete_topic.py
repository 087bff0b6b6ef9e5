"""Whoever deletes a topic is told how many articles carry it, as far as they may know (R27)."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from blog.models import BlogPage
from people.models import User
from portal.models import Topic
from portal.views.topics import tell_articles

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(articles_fr: Page) -> Topic:
    return Topic.objects.create(name="Énergie", locale=articles_fr.locale)


@pytest.fixture
def write(articles_fr: Page) -> Callable[..., BlogPage]:
    """Write an article about some topics: `write("…", topic, live=False)`."""

    def write_it(title: str, *topics: Topic, live: bool = True) -> BlogPage:
        page = BlogPage(title=title, introduction="<p>Bonjour</p>", live=live)
        articles_fr.add_child(instance=page)
        page.topics = topics
        page.save()
        return page

    return write_it


@pytest.fixture
def keeper(editor: User) -> User:
    """An editor who may delete topics, and is in no group of employees."""
    editor.user_permissions.add(Permission.objects.get(codename="delete_topic"))
    return editor


def close(page: Page) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.clear()


def asks(client: Any, *topics: Topic) -> str:
    """What is said before one topic is deleted, or several at once."""
    if len(topics) == 1:
        url = reverse("wagtailsnippets_portal_topic:delete", args=[topics[0].pk])
    else:
        url = reverse("wagtail_bulk_action", args=["portal", "topic", "delete"])
        url += "?" + "&".join(f"id={topic.pk}" for topic in topics)
    return html.unescape(client.get(url).text)


def test_r27_the_number_of_articles_is_told(topic: Topic, write: Any, keeper: User, signed_in: Any) -> None:
    write("Un", topic)
    write("Deux", topic, live=False)
    write("Trois")
    said = asks(signed_in(keeper), topic)
    assert str(tell_articles(topic, keeper)) in said
    assert "2 articles" in said


def test_r27_several_topics_are_told_of_apart(topic: Topic, write: Any, keeper: User, signed_in: Any) -> None:
    other = Topic.objects.create(name="Hiver", locale=topic.locale)
    write("Un", topic, other)
    write("Deux", topic)
    said = asks(signed_in(keeper), topic, other)
    assert tell_articles(topic, keeper) in said
    assert tell_articles(other, keeper) in said
    assert tell_articles(other, keeper).startswith("1 ")


@pytest.mark.database  # it looks into JSON
def test_r27_a_topic_that_a_draft_takes_up_or_lays_down_counts(
    topic: Topic, write: Any, keeper: User
) -> None:
    takes_up, lays_down = write("Un"), write("Deux", topic)
    takes_up.topics = [topic]
    takes_up.save_revision()
    lays_down.topics = []
    lays_down.save_revision()
    assert tell_articles(topic, keeper).startswith("2 ")


def test_r27_what_is_closed_to_whoever_asks_is_not_counted(
    topic: Topic, write: Any, keeper: User, administrator: User, signed_in: Any
) -> None:
    write("Un", topic)
    close(write("Deux", topic))
    said = asks(signed_in(keeper), topic)
    assert "1 article " in said
    assert not [words for words in ("2 articles", "2 fois", "2 times") if words in said]
    assert tell_articles(topic, administrator).startswith("2 ")


def test_r27_the_articles_stay_without_the_topic(
    topic: Topic, write: Any, keeper: User, signed_in: Any
) -> None:
    page, other = write("Un", topic), Topic.objects.create(name="Hiver", locale=topic.locale)
    url = reverse("wagtail_bulk_action", args=["portal", "topic", "delete"])
    assert signed_in(keeper).post(f"{url}?id={topic.pk}&id={other.pk}").status_code == 302
    assert not Topic.objects.exists()
    assert not BlogPage.objects.get(pk=page.pk).topics.exists()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_r27_the_sentence_agrees_with_the_number(topic: Topic, write: Any, keeper: User, count: int) -> None:
    for number in range(count):
        write(f"Article {number}", topic)
    said = tell_articles(topic, keeper)
    assert said.startswith(f"{count} article")
    assert topic.name in said


def test_r27_nobody_else_is_told(topic: Topic, write: Any, employee: User, signed_in: Any) -> None:
    write("Un", topic)
    url = reverse("wagtailsnippets_portal_topic:delete", args=[topic.pk])
    assert signed_in(employee).get(url).status_code in {302, 403}
