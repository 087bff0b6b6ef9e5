"""A reader opens an article."""

import json
import re
from urllib.parse import quote

from django.contrib.auth.models import AnonymousUser

from blog.models import RelatedArticle
from dialogue.blocks import quotation_of


def data_of(response):
    """Return what the article tells machines, having checked that nothing in it is markup."""
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S
    )
    assert len(blocks) == 1
    assert "<" not in blocks[0]
    assert ">" not in blocks[0]
    return json.loads(blocks[0])


class TestReading:
    def test_it_shows_what_belongs_to_it(self, client, write, author, topic, picture):
        page = write(
            "Le quai",
            authors=[author],
            topics=[topic],
            tags=["hiver"],
            lead_image=picture,
            lead_image_alt="Un quai sous la neige",
            body=[("paragraph", "<p>Tout commence ici.</p>")],
            update_note="Le prix a changé.",
        )
        response = client.get(page.url)
        text = response.content.decode()
        for expected in (
            "Ngoc-Lan Tremblay",
            "Planification",
            "Énergie",
            "hiver",
            "Un quai sous la neige",
            "Tout commence ici.",
            "Le prix a changé.",
            f"?topic={quote(topic.slug)}",
            "?author=ngoc-lan-tremblay",
            "?tag=hiver",
        ):
            assert expected in text
        assert "Set-Cookie" not in response.headers

    def test_the_lead_picture_is_credited(self, client, write, picture):
        picture.credit = "Photo : Régie <Nordet>"
        picture.save()
        page = write("Le quai", lead_image=picture, lead_image_alt="Un quai")
        assert "<figcaption>Photo : Régie &lt;Nordet&gt;</figcaption>" in client.get(page.url).text

    def test_a_draft_is_not_found(self, client, write):
        assert client.get(write("Brouillon", is_live=False).url).status_code == 404

    def test_readers_cost_the_same_however_much_is_linked(
        self, client, write, topic, count_cold_queries, picture
    ):
        page = write("Un", topics=[topic])
        write("Deux", topics=[topic], lead_image=picture, lead_image_alt="Un quai")
        client.get(page.url)
        few = count_cold_queries(lambda: client.get(page.url))
        for number in range(6):
            write(f"Encore {number}", topics=[topic], lead_image=picture, lead_image_alt="Un quai")
        client.get(page.url)
        assert count_cold_queries(lambda: client.get(page.url)) <= few


class TestResponse:
    """An article in response to a page names it to those who may read it."""

    def test_everybody_sees_a_public_source(self, client, write):
        source = write("Premier")
        assert client.get(write("Suite", source_page=source).url).context["source_page"].pk == source.pk

    def test_a_source_that_is_closed_is_named_to_nobody_else(self, client, signed_in, employee, write, close):
        source = write("Canari interne")
        page = write("Suite", source_page=source)
        close(source)
        response = client.get(page.url)
        assert response.context["source_page"] is None
        assert "Canari interne" not in response.content.decode()
        assert signed_in(employee).get(page.url).context["source_page"].pk == source.pk

    def test_an_unpublished_source_is_not_named(self, client, write):
        source = write("Canari")
        page = write("Suite", source_page=source)
        source.unpublish()
        assert "Canari" not in client.get(page.url).content.decode()


class TestRelated:
    def test_shared_subjects_come_first_and_strangers_to_the_subject_not_at_all(self, write, topic):
        page = write("Un", topics=[topic], tags=["hiver"])
        both = write("Deux", topics=[topic], tags=["hiver"])
        one = write("Trois", topics=[topic])
        write("Autre chose")
        assert page.get_related_articles(AnonymousUser()) == [both, one]

    def test_those_chosen_replace_the_computed_ones(self, write, topic):
        page = write("Un", topics=[topic])
        write("Deux", topics=[topic])
        chosen = write("Choisi")
        RelatedArticle.objects.create(page=page, related_page=chosen)
        page = type(page).objects.get(pk=page.pk)
        assert page.get_related_articles(AnonymousUser()) == [chosen]

    def test_what_the_reader_may_not_read_is_left_out(self, write, topic, close, employee):
        page, hidden = write("Un", topics=[topic]), write("Canari", topics=[topic])
        close(hidden)
        assert page.get_related_articles(AnonymousUser()) == []
        assert page.get_related_articles(employee) == [hidden]

    def test_the_other_language_is_left_out(self, write, topic, articles_en):
        page = write("Un", tags=["hiver"])
        write("One", parent=articles_en, tags=["hiver"])
        assert page.get_related_articles(AnonymousUser()) == []


class TestStructuredData:
    def test_it_names_article_author_and_comments(self, client, write, say, author):
        page = write("Le quai", authors=[author])
        say(page, "Un **mot** </script><script>alert(1)</script> de trop")
        say(page, "Canari en attente", is_published=False)
        data = data_of(client.get(page.url))
        assert data["@type"] == "Article"
        assert data["author"] == [{"@type": "Person", "name": author.name, "jobTitle": author.role}]
        assert data["inLanguage"] == "fr"
        [comment] = data["comment"]
        assert "alert(1)" in comment["text"]
        assert data["commentCount"] == 1

    def test_a_quotation_is_told_while_it_is_shown(self, client, write, say):
        source = write("Premier")
        comment = say(source, "Je propose un banc.", may_quote=True)
        page = write("Suite", body=[("featured_comment", {"quotation": quotation_of(comment), "why": ""})])
        [quotation] = data_of(client.get(page.url))["citation"]
        assert quotation["text"] == "Je propose un banc."
        assert quotation["creator"]["name"] == "Odile Grandmaison"

    def test_an_internal_article_tells_nothing(self, write, close, signed_in, employee):
        page = write("Interne")
        close(page)
        response = signed_in(employee).get(page.url)
        assert response.status_code == 200
        assert "ld+json" not in response.content.decode()
