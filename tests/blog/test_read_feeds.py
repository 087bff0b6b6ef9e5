"""Somebody follows the portal with a feed reader. The feeds hold what a stranger may read (L07)."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from dialogue.actions import hide_comment
from dialogue.models import Comment

pytestmark = pytest.mark.usefixtures("bare_portal")

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert "no-transform" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own output
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


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
