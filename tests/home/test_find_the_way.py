"""A reader finds the way: navigation, languages, sitemap."""

from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import NavigationItem, NavigationMenu
from home.templatetags.home_tags import site_footer, site_header
from portal.editions import edition_kept

INTERNAL = "Dialogues internes"


class TestNavigation:
    def test_strangers_are_shown_no_trace_of_the_internal_section(self, client, site):
        text = client.get("/fr/").content.decode()
        assert INTERNAL not in text
        assert "/fr/interne/" not in text
        assert "/fr/dialogues/" in text

    def test_employees_are(self, signed_in, employee):
        assert INTERNAL in signed_in(employee).get("/fr/").content.decode()

    def test_a_page_that_is_taken_down_leaves_the_menu(self, client, dialogues_fr, bare_portal):
        dialogues_fr.unpublish()
        assert "/fr/dialogues/" not in client.get("/fr/").content.decode()

    def test_an_address_of_its_own(self, client, home_fr):
        menu = NavigationMenu.objects.get(locale=home_fr.locale)
        NavigationItem.objects.create(
            menu=menu, address="https://example.org/", label="Ailleurs", sort_order=9
        )
        assert 'href="https://example.org/"' in client.get("/fr/").content.decode()

    @pytest.mark.parametrize(
        ("values", "is_fine"),
        [
            ({"address": "https://example.org/", "label": "Ailleurs"}, True),
            ({"address": "/fr/search/", "label": "Chercher"}, True),
            ({"address": "https://example.org/"}, False),
            ({"address": "javascript:alert(1)", "label": "Non"}, False),
            ({"address": "//example.org", "label": "Non"}, False),
            ({"label": "Nulle part"}, False),
        ],
    )
    def test_a_link_leads_somewhere(self, home_fr, values, is_fine):
        item = NavigationItem(menu=NavigationMenu.objects.get(locale=home_fr.locale), **values)
        with nullcontext() if is_fine else pytest.raises(ValidationError):
            item.full_clean(exclude=["menu"])

    def test_editors_arrange_it(self, signed_in, editor, home_fr):
        menu = NavigationMenu.objects.get(locale=home_fr.locale)
        url = reverse("wagtailsnippets_home_navigationmenu:edit", args=[menu.pk])
        assert signed_in(editor).get(url).status_code == 200

    def test_others_do_not(self, signed_in, moderator, home_fr):
        menu = NavigationMenu.objects.get(locale=home_fr.locale)
        url = reverse("wagtailsnippets_home_navigationmenu:edit", args=[menu.pk])
        assert signed_in(moderator).get(url).status_code == 302

    def test_head_and_foot_cost_few_queries(self, rf: RequestFactory, home_fr, stranger):
        request = rf.get("/fr/")
        request.user, request.resolver_match = stranger, None
        home_fr.get_url(request)
        with edition_kept(), CaptureQueriesContext(connection) as queries:
            site_header({"request": request, "page": home_fr})
            site_footer({"request": request, "page": home_fr})
        assert len(queries) <= 5, [query["sql"][:80] for query in queries]


class TestLanguages:
    def switch(self, client, url):
        response = client.get(url)
        context = next(part for part in response.context if "languages" in part)
        return {language["code"]: language for language in context["languages"]}

    def test_it_leads_to_the_twin(self, client, site):
        english = self.switch(client, "/fr/regles/")["en"]
        assert (english["url"], english["is_missing"]) == ("/en/rules/", False)

    def test_without_a_twin_it_leads_to_the_section_and_says_so(self, client, write):
        english = self.switch(client, write("Seul").url)["en"]
        assert (english["url"], english["is_missing"]) == ("/en/articles/", True)

    def test_a_twin_that_is_a_draft_is_none(self, client, articles_en):
        articles_en.unpublish()
        english = self.switch(client, "/fr/articles/")["en"]
        assert (english["url"], english["is_missing"]) == ("/en/", True)

    def test_a_twin_that_they_may_not_read_is_none(self, client, signed_in, employee, write, articles_en):
        french = write("Deux langues")
        twin = french.copy_for_translation(articles_en.locale)
        twin.save_revision().publish()
        assert not self.switch(client, french.url)["en"]["is_missing"]

    def test_other_views_stay_where_they_are(self, client, site):
        english = self.switch(client, "/fr/search/?query=quai")["en"]
        assert (english["url"], english["is_missing"]) == ("/en/search/?query=quai", False)

    def test_pages_that_are_not_found_lead_home(self, client, site):
        assert client.get("/fr/rien/").status_code == 404


class TestSitemap:
    def test_it_lists_what_strangers_may_read_and_nothing_else(self, client, signed_in, employee, write):
        write("Visible")
        write("Canari").unpublish()
        for person in (client, signed_in(employee)):
            text = person.get("/sitemap.xml").content.decode()
            assert "/fr/articles/visible/" in text
            assert "canari" not in text
            assert "interne" not in text
            assert "internal" not in text
        assert 'hreflang="en"' in text

    def test_what_readers_do_not_see_does_not_change_a_byte(self, client, write, say, ask, internal_fr):
        article = write("Visible")
        before = client.get("/sitemap.xml").content
        article.title = "Brouillon"
        article.save_revision()
        say(article, "En attente", is_published=False)
        ask("Interne ?", parent=internal_fr)
        assert client.get("/sitemap.xml").content == before

    def test_it_costs_the_same_however_many_pages(self, client, write, count_cold_queries):
        client.get("/sitemap.xml")
        few = count_cold_queries(lambda: client.get("/sitemap.xml"))
        for number in range(5):
            write(f"Article {number}")
        assert count_cold_queries(lambda: client.get("/sitemap.xml")) == few

    def test_a_file_that_is_not_there_is_not_found(self, client, site):
        for number in ("0", "99", "abc", "-1"):
            assert client.get(f"/sitemap.xml?p={number}").status_code == 404
