"""A reader searches the portal (L03: what they may not read is left out by the query itself)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from home.views.results import find, mark, quote

pytestmark = pytest.mark.database

HOSTILE = [
    '"',
    '"traversier',
    "*",
    "trav*",
    "AND",
    "traversier AND",
    "NOT traversier",
    "NEAR(traversier)",
    "title:traversier",
    "{title body} : x",
    "(((",
    "^",
    "a\0b",
    "\x0b",
    "'; DROP TABLE x;--",
    "\\",
    "%",
    "_",
    "%s %d",
    "traversier & | ! <->",
    "😀",
    "\u202e",
    "-",
    "x" * 5_000,
    "mot " * 1_500,
]


def results(client, query, language="fr"):
    response = client.get(f"/{language}/search/", {"query": query})
    assert response.status_code == 200
    return response.context.get("results") or []


class TestFinding:
    def test_articles_dialogues_pages_and_comments(self, client, write, ask, say):
        article = write("Le traversier", body=[("paragraph", "<p>Une hélice neuve</p>")])
        ask("Un traversier la nuit ?")
        say(article, "Mon traversier préféré")
        kinds = [str(result.kind) for result in results(client, "traversier")]
        assert len(kinds) == len(set(kinds)) == 3
        assert [result.url for result in results(client, "hélice")] == [article.url]
        assert any("regles" in result.url for result in results(client, "publions"))

    def test_every_word_must_be_found(self, client, write):
        write("Le traversier")
        assert results(client, "traversier absent") == []

    def test_a_comment_leads_to_its_permalink(self, client, write, say):
        comment = say(write("Un quai"), "Un goéland curieux")
        [result] = results(client, "goéland")
        assert result.url == comment.permalink

    def test_each_language_finds_its_own(self, client, write, articles_en):
        write("Radar un")
        write("Radar one", parent=articles_en)
        assert [result.url for result in results(client, "radar", "en")] == ["/en/articles/radar-one/"]

    def test_where_nothing_is_found_the_other_language_is_offered(self, client, write, articles_en):
        page = write("Radar one", parent=articles_en)
        there = 'href="/en/search/?query={}">'
        for query, is_offered in (("radar one", True), ("zeppelin", False)):
            text = client.get("/fr/search/", {"query": query}).content.decode()
            ways = text.partition("empty-list__ways")[2]
            assert (there.format(query.replace(" ", "+")) in ways) == is_offered
        page.view_restrictions.create(restriction_type="login")
        text = client.get("/fr/search/", {"query": "radar one"}).content.decode()
        assert there.format("radar+one") not in text.partition("empty-list__ways")[2]

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_nothing_found_leads_on(self, client, site, language):
        text = client.get(f"/{language}/search/", {"query": "absent"}).content.decode()
        assert "empty-list__text" in text
        ways = text.partition("empty-list__ways")[2].partition("</ul>")[0]
        assert f'href="/{language}/articles/"' in ways

    def test_no_query_no_results_but_a_page(self, client, site):
        for query in ("", "   ", "\0"):
            assert results(client, query) == []

    def test_pages_of_results(self, client, write, say):
        article = write("Radar")
        for number in range(14):
            say(article, f"Radar numéro {number}")
        response = client.get("/fr/search/", {"query": "radar", "page": "2"})
        assert len(response.context["results"]) == 3
        assert "query=radar" in response.content.decode()
        assert len(client.get("/fr/search/", {"query": "radar", "page": "99"}).context["results"]) == 3

    def test_twelve_cost_as_many_queries_as_one_of_each(self, client, write, say, count_queries):
        article = write("Radar")
        say(article, "Radar")
        few = count_queries(lambda: results(client, "radar"))
        for number in range(4):
            say(write(f"Radar {number}"), f"Radar {number}")
        assert count_queries(lambda: results(client, "radar")) <= few

    @pytest.mark.every_case
    @pytest.mark.parametrize("query", HOSTILE)
    def test_hostile_words_are_words(self, client, write, query):
        write("Le traversier")
        results(client, query)


class TestWhoFindsWhat:
    def test_internal_pages_and_their_comments_are_for_employees(
        self, client, signed_in, employee, outsider_employee, internal_fr, ask, say
    ):
        dialogue = ask("Un canari interne ?", parent=internal_fr)
        say(dialogue, "Un canari parle", user=employee)
        assert results(client, "canari") == []
        assert len(results(signed_in(employee), "canari")) == 2
        assert len(results(signed_in(outsider_employee), "canari")) == 2
        assert find(["canari"], AnonymousUser()).comment_count == 0

    def test_drafts_and_waiting_comments_are_for_nobody(self, client, signed_in, administrator, write, say):
        article = write("Un quai")
        say(article, "Un canari attend", is_published=False)
        article.title = "Canari en brouillon"
        article.save_revision()
        write("Canari retiré").unpublish()
        for person in (client, signed_in(administrator)):
            assert results(person, "canari") == []


class TestShowing:
    def test_words_are_marked_and_everything_else_escaped(self):
        assert mark("<b>Éléphant</b> & éléphants", ["elephant"]) == (
            "&lt;b&gt;<mark>Éléphant</mark>&lt;/b&gt; &amp; <mark>éléphants</mark>"
        )

    def test_a_script_in_a_comment_stays_words(self, client, write, say):
        say(write("Un quai"), "Goéland <script>alert(1)</script> <img src=x onerror=alert(1)>")
        text = client.get("/fr/search/", {"query": "alert"}).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<mark>alert</mark>" in text

    def test_the_query_comes_back_escaped(self, client, site):
        text = client.get("/fr/search/", {"query": '"><script>x</script>'}).content.decode()
        assert "<script>x" not in text

    def test_the_excerpt_begins_near_the_word(self):
        excerpt = quote("mot " * 200 + "trésor " + "mot " * 200, ["tresor"])
        assert excerpt.startswith("… ")
        assert "<mark>trésor</mark>" in excerpt
        assert len(excerpt) < 300

    def test_an_excerpt_keeps_what_belongs_together_together(self):
        assert quote("Départ\n à 5\xa0h\xa030 :  radar", ["radar"]) == (
            "Départ à 5\xa0h\xa030 : <mark>radar</mark>"
        )

    def test_the_page_is_not_kept_by_search_engines(self, client, site):
        assert 'name="robots" content="noindex' in client.get("/fr/search/").content.decode()
