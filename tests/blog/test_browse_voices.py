"""Readers read the voices that were featured, one after the other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Page

from blog.models import BlogPage, VoicesPage
from dialogue.actions import hide_comment, restore_comment, take_back_quotation
from dialogue.models import FeaturedComment
from home.models import HomePage
from mail.models import ChoicePlace
from portal.page_store.offers import CONVERSATIONS, scope_of_page

pytestmark = pytest.mark.django_db

WORDS = "Il manque un banc à l’abri du vent."


@pytest.fixture
def voices(site):
    return VoicesPage.objects.get(locale__language_code="fr")


@pytest.fixture
def agreed(article, say):
    return say(article, WORDS, name="Camille Roy", may_quote=True)


def read(client, page, **query):
    return client.get(page.url, query).content.decode()


def place(page, days_ago):
    moment = timezone.now() - timedelta(days=days_ago)
    FeaturedComment.objects.filter(page_id=page.pk).update(placed_at=moment)


class TestItShows:
    def test_the_words_with_their_thread_and_the_article_that_quotes_them(
        self, client, voices, quote, agreed
    ):
        page = quote("La parole à Camille", agreed)
        body = read(client, voices)
        assert WORDS in body
        assert "Camille Roy" in body
        assert f'cite="{agreed.get_absolute_url()}"' in body
        assert f'href="{page.url}">La parole à Camille' in body
        assert gettext("Quoted in") in body

    def test_it_looks_as_it_does_in_the_article(self, client, voices, quote, agreed):
        page = quote("La parole à Camille", agreed)
        start, end = '<figure class="voice ', "</figure>"
        figure = read(client, page).partition(start)[2].partition(end)[0]
        assert figure
        assert figure in read(client, voices)

    def test_an_article_that_was_written_around_it_says_so(self, client, voices, quote, agreed, article):
        quote("La parole à Camille", agreed, source_page=article)
        body = read(client, voices)
        assert gettext("This led to") in body
        assert gettext("Quoted in") not in body

    def test_each_comes_once_with_all_the_pages_that_quote_it(self, client, voices, quote, agreed):
        pages = [quote("Le premier", agreed), quote("Le second", agreed)]
        body = read(client, voices)
        assert body.count(WORDS) == 1
        assert all(f'href="{page.url}"' in body for page in pages)

    def test_the_newest_come_first(self, client, voices, quote, article, say):
        for days, words in ((2, "Avant."), (1, "Après.")):
            place(quote(words, say(article, words, may_quote=True)), days)
        body = read(client, voices)
        assert body.index("<p>Après.") < body.index("<p>Avant.")

    def test_nobody_is_quoted_yet(self, client, voices):
        assert gettext("Nobody is quoted yet.") in read(client, voices)

    def test_each_language_has_its_own(self, client, voices, quote, agreed):
        quote("La parole à Camille", agreed)
        english = VoicesPage.objects.get(locale__language_code="en")
        with override("en"):
            body = read(client, english)
        assert WORDS not in body
        assert english.title in body

    def test_the_front_page_leads_there(self, client, voices, quote, agreed, home_fr):
        quote("La parole à Camille", agreed)
        assert f'href="{voices.url}">{gettext("All voices")}' in read(client, home_fr)


class TestItKeepsQuiet:
    """What a page does not show, this one does not show."""

    def test_of_what_nobody_agreed_to(self, client, voices, quote, article, say, signed_in, editor):
        quote("La parole à Camille", say(article, WORDS))
        assert WORDS not in read(client, voices)
        assert WORDS not in read(signed_in(editor), voices)

    def test_of_a_draft(self, client, voices, quote, agreed):
        quote("La parole à Camille", agreed, is_live=False)
        assert WORDS not in read(client, voices)

    def test_of_what_was_hidden_until_it_is_restored(self, client, voices, quote, agreed):
        quote("La parole à Camille", agreed)
        hide_comment(agreed, by=None)
        body = read(client, voices)
        assert WORDS not in body
        assert "Camille Roy" not in body
        restore_comment(agreed, by=None)
        assert WORDS in read(client, voices)

    def test_of_what_was_taken_back(self, client, voices, quote, agreed):
        quote("La parole à Camille", agreed)
        take_back_quotation(agreed, by=agreed.participant, place=ChoicePlace.PAGE)
        assert WORDS not in read(client, voices)

    def test_of_a_quotation_that_was_taken_out(self, client, voices, quote, agreed):
        page = quote("La parole à Camille", agreed)
        page.body = []
        page.save_revision().publish()
        assert WORDS not in read(client, voices)

    def test_though_the_notice_of_it_is_old(self, client, voices, quote, agreed):
        """What is written down of a quotation only narrows: whether it is shown is decided each time."""
        quote("La parole à Camille", agreed)
        type(agreed).objects.filter(pk=agreed.pk).update(
            quote_consented_at=None, quote_consent_wording="", quote_consent_version=None
        )
        assert not FeaturedComment.objects.exclude(withheld_since=None).exists()
        assert WORDS not in read(client, voices, fresh="1")

    def test_of_internal_voices_before_those_who_may_not_read_them(
        self, client, signed_in, voices, quote, internal_dialogue, say, employee, close
    ):
        inside = say(internal_dialogue, WORDS, user=employee, may_quote=True)
        page = quote("Entre nous", inside)
        page.view_restrictions.create(restriction_type="login")
        assert WORDS not in read(client, voices)
        assert "Entre nous" not in read(client, voices)


class TestPages:
    @pytest.fixture
    def many(self, quote, article, say, monkeypatch):
        monkeypatch.setattr("blog.models.voices.VOICES_PER_PAGE", 2)
        for number in range(5):
            place(quote(f"Article {number}", say(article, f"Voix {number}.", may_quote=True)), number + 1)

    def numbers(self, page, viewer, start=""):
        span = page.find_voices(viewer, start)
        return [voice.quotation.page.title[-1] for voice in span.voices], span

    def test_they_follow_one_another_there_and_back(self, voices, stranger, many):
        first, span = self.numbers(voices, stranger)
        second, after = self.numbers(voices, stranger, span.following)
        third, last = self.numbers(voices, stranger, after.following)
        assert [first, second, third] == [["0", "1"], ["2", "3"], ["4"]]
        assert (span.previous, after.previous, last.following) == (None, "", "")
        assert self.numbers(voices, stranger, last.previous)[0] == second

    def test_their_links_lead_there(self, client, voices, many, stranger):
        _first, span = self.numbers(voices, stranger)
        body = read(client, voices)
        assert f'href="{voices.url}?from={span.following}"' in body
        assert f'href="{voices.url}"' in read(client, voices, **{"from": span.following})

    @pytest.mark.parametrize("start", ["x", "", "a\0b", "9" * 500, "é", "' OR 1=1"])
    def test_an_unknown_one_is_the_first(self, client, voices, many, start):
        response = client.get(voices.url, {"from": start})
        assert response.status_code == 200
        assert "<p>Voix 0." in response.content.decode()

    def test_those_placed_at_the_same_moment_come_once_each(self, voices, stranger, many):
        FeaturedComment.objects.update(placed_at=timezone.now())
        found, start = [], ""
        for _page in range(3):
            numbers, span = self.numbers(voices, stranger, start)
            found += numbers
            start = span.following
        assert sorted(found) == ["0", "1", "2", "3", "4"]


class TestKept:
    def test_it_is_offered_with_the_conversations(self, rf, voices, stranger):
        request = rf.get(voices.url)
        request.user = stranger
        offer = voices.serve(request).page_store_offer
        assert offer.scopes == {CONVERSATIONS, scope_of_page(voices.pk)}

    @pytest.mark.database
    def test_many_cost_as_many_queries_as_one(self, client, voices, quote, article, say, count_cold_queries):
        quote("Un", say(article, may_quote=True))
        client.get(voices.url)
        few = count_cold_queries(lambda: client.get(voices.url))
        for number in range(12):
            quote(f"Article {number}", say(article, f"Voix {number}.", may_quote=True))
        client.get(voices.url)
        assert count_cold_queries(lambda: client.get(voices.url)) <= few

    def test_it_can_be_previewed_before_it_is_saved(self, voices, signed_in, administrator):
        url = reverse("wagtailadmin_pages:view_draft", args=[voices.pk])
        assert signed_in(administrator).get(url).status_code == 200
        assert VoicesPage(title="Voix").make_preview_request().status_code == 200


def test_there_is_one_below_a_home_page(voices, home_fr, home_en):
    assert VoicesPage.allowed_parent_page_models() == [HomePage]
    assert VoicesPage.allowed_subpage_models() == []
    assert not VoicesPage.can_create_at(home_fr)
    assert voices.translation_key == VoicesPage.objects.get(locale=home_en.locale).translation_key
    assert not BlogPage.can_create_at(Page.objects.get(pk=voices.pk))
