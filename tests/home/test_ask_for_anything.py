"""Whatever an address asks a list for, there is an answer, and never a fault of ours (R36b)."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from blog.models import Author
from portal.models import Topic
from tests.samples import every
from tests.speech import say

pytestmark = [pytest.mark.database, pytest.mark.every_case, pytest.mark.django_db]

# As they stand in an address.
VALUES = [
    *map(
        quote, ("a/b", "/", "//", "../..", "?", "#", "&", "=", "%", "+", " ", "\t", "a\nb", "\0", "a\0b", "")
    ),
    *map(quote, ("œ", "日本", "مرحبا", "\u202eabc", "\u0301", "🚢", "²", "٣", "x" * 3_000, "é/" * 300)),
    *(
        "0",
        "-1",
        "1",
        "2",
        "1.5",
        "1e9",
        "NaN",
        "None",
        "999999999999999999999",
        "9" * 5_000,
        "-9223372036854775809",
    ),
    *map(
        quote, ("'", '"', "\\", "';--", "[]", "{{x}}", "<b>", "*", "AND", '"a', "a:b", "(", "%s", "a b c d")
    ),
    *("%FF", "%ED%A0%80", "%C3", "%00%2F%00", "%ZZ", "énergie"),
]
FILTERS = ("topic", "tag", "author", "query", "page")


@pytest.fixture
def lists(article, articles_fr, dialogue, dialogues_fr, home_fr):
    """The lists of the portal, by their address and what they may be asked for."""
    topic = Topic.objects.create(name="Énergie", locale=articles_fr.locale)
    article.topics = [topic]
    article.save()
    Author.objects.create(name="Odile", locale=articles_fr.locale)
    say(article)
    conversation = ("from", "order", "show", "page")
    return {
        "articles": (articles_fr.url, FILTERS),
        "articles by year": (articles_fr.url, ("year", "page")),
        "dialogues": (dialogues_fr.url, ("page", "state", "query")),
        "search": (reverse("search"), ("query", "page")),
        "pages of what is found": (f"{reverse('search')}?query=quai", ("page",)),
        "an article": (article.url, conversation),
        "a dialogue": (dialogue.url, conversation),
        "home": (home_fr.url, ("page", "query")),
        "articles to follow": (reverse("articles_feed"), ("page", "topic")),
    }


@pytest.mark.parametrize(
    "name",
    [
        *("articles", "articles by year", "dialogues", "search"),
        *("pages of what is found", "an article", "a dialogue", "home", "articles to follow"),
    ],
)
def test_r36b_every_list_answers_to_every_value(client, lists, name):
    url, parameters = lists[name]
    start = f"{url}{'&' if '?' in url else '?'}"
    values = VALUES if name == "articles" else every(3, VALUES)
    asked = [start + "&".join(f"{parameter}={value}" for parameter in parameters) for value in values]
    asked += [f"{start}{parameter}=a%2Fb&{parameter}=1&{parameter}" for parameter in parameters]
    asked += [f"{start}{parameter}[]=1&{parameter}__in=1" for parameter in parameters]
    answers = {address[:200]: client.get(address).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize(
    ("asked", "feed"),
    [
        ("a/b", "/fr/feeds/articles.atom"),
        ("inconnu", "/fr/feeds/articles.atom"),
        ("energy", "/fr/feeds/articles.atom"),  # a topic, of the other language
        ("", "/fr/feeds/articles.atom"),
        ("energie", "/fr/feeds/topics/energie.atom"),
    ],
)
def test_r36b_the_feed_of_a_list_is_one_that_there_is(client, articles_fr, articles_en, asked, feed):
    Topic.objects.create(name="Énergie", locale=articles_fr.locale)
    Topic.objects.create(name="Energy", locale=articles_en.locale)
    response = client.get(articles_fr.url, {"topic": asked})
    assert response.context["feed_url"] == feed
    assert client.get(feed).status_code == 200
