"""Somebody follows the portal with a feed reader. The feeds hold what a stranger may read (L07)."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from blog.models import Author, BlogIndexPage
from dialogue.actions import hide_comment
from dialogue.models import Comment
from portal.models import PortalImage, PortalSettings, Topic
from tests.blog.atom import ATOM, Attributes, authors_of, read_feed
from tests.blog.conftest import publish
from tests.database import for_a_while

pytestmark = pytest.mark.usefixtures("bare_portal")


def parsed(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert "no-transform" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    return read_feed(response.content)


def entries(response):
    return [entry.findtext(f"{ATOM}title") for entry in parsed(response).iter(f"{ATOM}entry")]


def names(response):
    """Return the identifier of a feed, and those of its entries by their titles."""
    feed = parsed(response)
    entries = {
        entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")
    }
    return feed.findtext(f"{ATOM}id"), entries


class TestArticles:
    def test_each_language_has_its_own(self, client, write, articles_en):
        write("Un")
        write("One", parent=articles_en)
        assert entries(client.get("/fr/feeds/articles.atom")) == ["Un"]
        assert entries(client.get("/en/feeds/articles.atom")) == ["One"]

    def test_neither_drafts_nor_closed_articles_even_for_those_who_may_read_them(
        self, signed_in, employee, write, close
    ):
        write("Brouillon", is_live=False)
        close(write("Fermé"))
        assert entries(signed_in(employee).get("/fr/feeds/articles.atom")) == []

    def test_the_introduction_comes_along(self, client, write, author, topic):
        write("Un", introduction="<p>Un <b>mot</b></p>", authors=[author], topics=[topic])
        text = client.get("/fr/feeds/articles.atom").content.decode()
        assert "&lt;b&gt;mot&lt;/b&gt;" in text
        assert author.name in text
        assert 'term="Énergie"' in text

    def test_nothing_moves_while_nothing_happens(self, client, site):
        first, second = (client.get("/fr/feeds/articles.atom").content for _ in range(2))
        assert first == second
        assert b"2000-01-01" in first

    def test_ten_cost_as_much_as_one(self, client, write, count_cold_queries, author, topic):
        write("Un", authors=[author], topics=[topic])
        client.get("/fr/feeds/articles.atom")
        one = count_cold_queries(lambda: client.get("/fr/feeds/articles.atom"))
        for number in range(9):
            write(f"Article {number}", authors=[author], topics=[topic])
        assert count_cold_queries(lambda: client.get("/fr/feeds/articles.atom")) == one


class TestTopic:
    def test_it_holds_the_articles_about_it(self, client, write, topic):
        write("Un", topics=[topic])
        write("Deux")
        assert entries(client.get(reverse("topic_feed", args=[topic.slug]))) == ["Un"]

    def test_one_that_is_not_there_is_not_found(self, client, topic):
        assert client.get("/fr/feeds/topics/rien.atom").status_code == 404
        with override("en"):
            assert client.get(reverse("topic_feed", args=[topic.slug])).status_code == 404


class TestComments:
    def url(self, page):
        return reverse("comments_feed", args=[page.pk])

    def test_it_holds_what_is_published(self, client, write, say):
        page = write("Le quai")
        said = say(page, "Un **banc**")
        say(page, "Canari", is_published=False)
        response = client.get(self.url(page))
        assert len(entries(response)) == 1
        assert said.permalink in response.content.decode()
        assert "Canari" not in response.content.decode()

    def test_a_hidden_comment_leaves(self, client, write, say):
        page = write("Le quai")
        hide_comment(say(page), by=None)
        assert entries(client.get(self.url(page))) == []

    def test_a_character_that_xml_refuses_does_not_take_it_down(self, client, write, say):
        page = write("Le quai")
        Comment.objects.filter(pk=say(page).pk).update(author_name="Od\x0bile", html="<p>a\x1fb</p>")
        assert entries(client.get(self.url(page)))

    @pytest.mark.parametrize("person", ["client", "employee", "administrator"])
    def test_internal_and_missing_pages_are_not_found_alike(
        self, request, client, signed_in, person, write, close
    ):
        page = write("Fermé")
        close(page)
        who = client if person == "client" else signed_in(request.getfixturevalue(person))
        assert who.get(self.url(page)).status_code == 404
        assert who.get(reverse("comments_feed", args=[99_999])).status_code == 404

    def test_a_page_without_a_conversation_has_none(self, client, home_fr):
        assert client.get(self.url(home_fr)).status_code == 404


class TestNames:
    """By its name a reader's program knows what it has shown already (R22)."""

    def test_r22_they_survive_new_slugs_titles_and_hosts(self, client, write, topic, say, settings):
        page = write("Un", topics=[topic])
        said = say(page, "Un banc")
        before = [
            names(client.get(reverse(*feed)))
            for feed in (
                ("articles_feed",),
                ("topic_feed", None, [topic.slug]),
                ("comments_feed", None, [page.pk]),
            )
        ]
        page.slug, topic.slug = "deux", "energies"
        page.save_revision().publish()
        topic.save()
        settings.WAGTAILADMIN_BASE_URL, settings.ALLOWED_HOSTS = "https://autre.example.org", ["*"]
        after = [
            names(client.get(reverse(*feed), headers={"host": "autre.example.org"}))
            for feed in (
                ("articles_feed",),
                ("topic_feed", None, [topic.slug]),
                ("comments_feed", None, [page.pk]),
            )
        ]
        assert after == before
        assert said.public_id not in before[2][0]

    def test_r22_no_two_feeds_share_one_and_an_article_has_one_everywhere(
        self, client, write, topic, articles_en, dialogue
    ):
        page = write("Un", topics=[topic])
        twin = page.copy_for_translation(Locale.objects.get(language_code="en"))
        twin.title, twin.live = "One", True
        twin.save()
        Page.objects.filter(pk=dialogue.pk).update(live=True)
        other = Topic.objects.create(name="Hiver", locale=page.locale)
        in_english = topic.copy_for_translation(twin.locale)
        in_english.save()
        addresses = [
            "/fr/feeds/articles.atom",
            "/en/feeds/articles.atom",
            f"/fr/feeds/topics/{topic.slug}.atom",
            f"/fr/feeds/topics/{other.slug}.atom",
            f"/en/feeds/topics/{in_english.slug}.atom",
            f"/fr/feeds/comments/{page.pk}.atom",
            f"/en/feeds/comments/{twin.pk}.atom",
            f"/fr/feeds/comments/{dialogue.pk}.atom",
        ]
        found = [names(client.get(address)) for address in addresses]
        assert len({name for name, _entries in found}) == len(addresses)
        assert found[0][1]["Un"] == found[2][1]["Un"] != found[1][1]["One"]


EDITED = """<p data-block-key="a1b2c" id="intro">Voyez <a linktype="page" id="{page}">la page</a>,
<a href="/fr/dialogues/?a=1&amp;b=2" class="x">les dialogues</a>, <a href="#bas">plus bas</a> et
<a href="https://elsewhere.example/x">ailleurs</a>. <b style="color:red">É &lt; É</b>
<embed embedtype="image" id="{picture}" format="left" alt="Le quai &quot;neuf&quot;"/></p>"""
LINKS = ["/fr/articles/", "/fr/dialogues/?a=1&b=2", "https://elsewhere.example/x"]


@pytest.fixture(scope="class")
def library(django_db_setup, django_db_blocker):
    """More articles in French than a feed holds: without authors, with several, closed; one in English."""
    with django_db_blocker.unblock(), for_a_while():
        french, english = (BlogIndexPage.objects.get(locale__language_code=code) for code in ("fr", "en"))
        people = [Author.objects.create(name=name, locale=french.locale) for name in ("Odile Roy", "Zoé Cyr")]
        for number in range(28):
            publish(f"Numéro {number}", french)
        picture = PortalImage.objects.create(title="Le quai", file="quai.png", width=8, height=8)
        publish(
            "Relié", french, introduction=EDITED.format(page=french.pk, picture=picture.pk), authors=people
        )
        publish("Sans date", french)
        publish("One", english, introduction='<p data-block-key="x"><a href="/en/">Home</a></p>')
        Page.objects.filter(title="Sans date").update(first_published_at=None, last_published_at=None)
        yield


class TestValidity:
    """Every program that reads Atom reads it (R22)."""

    def test_r22_a_full_feed_is_valid_in_both_languages(self, client, library, site, write, close):
        PortalSettings.objects.update_or_create(
            site=site, defaults={"name_fr": "Nordet", "name_en": "Nor’east"}
        )
        write("Dernier")
        close(write("Fermé"))
        feed = parsed(client.get("/fr/feeds/articles.atom"))
        titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
        assert len(titles) == 30
        assert titles[0] == "Dernier"
        assert "Fermé" not in titles
        assert authors_of(feed) == ["Nordet"]
        english = parsed(client.get("/en/feeds/articles.atom"))
        assert authors_of(english) == ["Nor’east"]
        assert len(english.findall(f"{ATOM}entry")) == 1

    def test_r22_each_author_is_one_and_none_is_empty(self, client, library):
        feed = parsed(client.get("/fr/feeds/articles.atom"))
        authors = {entry.findtext(f"{ATOM}title"): authors_of(entry) for entry in feed.iter(f"{ATOM}entry")}
        assert authors["Relié"] == ["Odile Roy", "Zoé Cyr"]
        assert authors["Numéro 5"] == []

    def test_r22_an_article_without_a_date_has_one_in_the_feed(self, client, library):
        Page.objects.filter(title__startswith="Numéro").update(live=False)
        assert "Sans date" in entries(client.get("/fr/feeds/articles.atom"))

    def test_r22_the_editors_marks_stay_and_addresses_are_whole(self, client, library, settings):
        feed = parsed(client.get("/fr/feeds/articles.atom"))
        (entry,) = (each for each in feed.iter(f"{ATOM}entry") if each.findtext(f"{ATOM}title") == "Relié")
        html = entry.findtext(f"{ATOM}summary")
        attributes = Attributes(html).found
        assert {name for name, _value in attributes} <= {"href", "src", "alt", "width", "height"}
        addresses = [value for name, value in attributes if name in {"href", "src"}]
        base, article = settings.WAGTAILADMIN_BASE_URL, entry.find(f"{ATOM}link").get("href")
        wanted = [link if "://" in link else base + link for link in LINKS]
        wanted.insert(2, f"{article}#bas")
        assert addresses[:4] == wanted
        assert all(address.startswith(("http://", "https://")) for address in addresses)
        assert "É &lt; É" in html
        assert 'alt="Le quai &quot;neuf&quot;"' in html

    def test_r22_comments_too(self, client, write, say):
        page = write("Le quai")
        said = say(page, "Un **banc**, voir [ici](https://elsewhere.example/a?b=1&c=2)")
        say(page, "Deux, plutôt", parent=said)
        feed = parsed(client.get(reverse("comments_feed", args=[page.pk])))
        assert len(feed.findall(f"{ATOM}entry")) == 2
        assert all(authors_of(entry) for entry in feed.findall(f"{ATOM}entry"))
        Comment.objects.update(author_name="\x0b")
        assert parsed(client.get(reverse("comments_feed", args=[page.pk]))) is not None
