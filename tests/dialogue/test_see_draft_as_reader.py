"""An editor sees the draft of a page as its readers will, and nothing of what is withheld from them."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.blocks import quotation_of
from dialogue.models import Comment
from dialogue.permissions import Withheld
from people.groups import EMPLOYEES, the_group
from portal.editions import forget_everything
from portal.models import Edition

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SEEN = "Les bancs manquent. On attend debout, au vent."
WITHHELD = "Personne ne m’a demandé si cela se cite."
TITLE = "La parole est à ceux qui attendent"


@pytest.fixture
def draft(articles_fr, editor) -> Callable[..., BlogPage]:
    """Write a draft that quotes comments; the page is online under another title, without them."""

    def write(*comments: Comment, parent: Page = articles_fr, is_live: bool = True) -> BlogPage:
        page = BlogPage(title="Avant", introduction="<p>Voici.</p>", owner=editor, live=False)
        parent.add_child(instance=page)
        if is_live:
            page.save_revision().publish()
        page = BlogPage.objects.get(pk=page.pk)
        page.title = TITLE
        page.body = [("featured_comment", {"quotation": quotation_of(one), "why": ""}) for one in comments]
        page.save_revision(user=editor)
        return BlogPage.objects.get(pk=page.pk)

    return write


@pytest.fixture
def agreed(article, say) -> Comment:
    return say(article, SEEN, name="Odile Grandmaison", may_quote=True)


@pytest.fixture
def unasked(article, say) -> Comment:
    return say(article, WITHHELD, name="Sylvain Ross")


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def address_of(page: Page) -> str:
    return reverse("dialogue_see_draft_as_reader", args=[page.pk])


def seen(client: Client, page: Page) -> str:
    answer = client.get(address_of(page))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


class TestVisitor:
    @pytest.mark.parametrize("is_live", [True, False])
    def test_rule02_what_readers_will_see_and_nothing_of_the_rest(
        self, browser, draft, agreed, unasked, is_live
    ):
        body = seen(browser, draft(agreed, unasked, is_live=is_live))
        assert TITLE in body
        assert SEEN in body
        for secret in (WITHHELD, "Sylvain Ross", Withheld.NO_CONSENT.sentence):
            assert secret not in body

    def test_it_is_what_they_are_served_once_it_is_published(self, browser, client, draft, agreed, unasked):
        page = draft(agreed, unasked)
        draft_seen = seen(browser, page)
        page.get_latest_revision().publish()
        page.refresh_from_db()
        served = client.get(page.url).content.decode()
        _head, band, body = draft_seen.partition("</section>")
        assert band
        assert main_of(body) == main_of(served)

    def test_nothing_of_whoever_looks_is_in_it(self, browser, draft, agreed, editor):
        body = seen(browser, draft(agreed))
        admin = f'href="{reverse("wagtailadmin_home")}"'
        for own in (editor.username, editor.first_name, admin, "wagtail-userbar"):
            assert own not in body

    def test_a_line_says_what_it_is_and_leads_back(self, browser, draft, agreed):
        page = draft(agreed)
        body = seen(browser, page)
        assert "draft-band" in body
        assert f'href="{reverse("dialogue_page_quotations", args=[page.pk])}"' in body
        listed = browser.get(reverse("dialogue_page_quotations", args=[page.pk])).content.decode()
        assert f'href="{address_of(page)}"' in listed

    def test_it_is_kept_nowhere_and_sends_nothing(self, browser, draft, agreed):
        answer = browser.get(address_of(draft(agreed)))
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert "form-action 'none'" in answer["Content-Security-Policy"]

    def test_readers_are_shown_what_they_had(self, browser, client, draft, agreed):
        page = draft(agreed)
        forget_everything()
        assert SEEN in seen(browser, page)
        body = client.get(page.url).content.decode()
        assert SEEN not in body
        assert TITLE not in body

    def test_looking_writes_nothing(self, browser, draft, agreed):
        page = draft(agreed)
        edition = Edition.objects.get().number
        seen(browser, page)
        assert Edition.objects.get().number == edition
        page.refresh_from_db()
        assert page.title == "Avant"

    def test_it_is_in_the_language_of_the_page(self, browser, draft, agreed, editor):
        editor.language = "en"
        editor.save()
        body = seen(browser, draft(agreed))
        assert '<html lang="fr">' in body


class TestEmployee:
    @pytest.fixture
    def internal(self, draft, agreed, unasked) -> BlogPage:
        page = draft(agreed, unasked)
        closed = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        closed.groups.set([the_group(EMPLOYEES)])
        return page

    def test_an_internal_page_is_seen_as_an_employee_without_rights(self, browser, internal):
        body = seen(browser, internal)
        assert SEEN in body
        for secret in (WITHHELD, "Sylvain Ross", Withheld.NO_CONSENT.sentence):
            assert secret not in body

    def test_what_is_not_within_every_reader_is_not_there(self, browser, internal, article):
        PageViewRestriction.objects.create(page=article, restriction_type="groups").groups.set(
            [Group.objects.create(name="Mécaniciens")]
        )
        assert SEEN not in seen(browser, internal)

    def test_nobody_comes_into_being(self, browser, internal, django_user_model):
        before = django_user_model.objects.count()
        seen(browser, internal)
        assert django_user_model.objects.count() == before


class TestWho:
    def test_whoever_may_not_open_the_quotations_may_not_see_it(self, signed_in, moderator, draft, agreed):
        answer = signed_in(moderator).get(address_of(draft(agreed)))
        assert answer.status_code == HTTPStatus.FOUND

    def test_a_stranger_is_led_to_the_sign_in(self, client, draft, agreed):
        assert client.get(address_of(draft(agreed))).status_code == HTTPStatus.FOUND

    def test_a_page_that_is_closed_to_them_is_not_found(self, browser, draft, agreed):
        page = draft(agreed)
        PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.set(
            [Group.objects.create(name="Mécaniciens")]
        )
        assert browser.get(address_of(page)).status_code == HTTPStatus.NOT_FOUND

    def test_nothing_is_sent_there(self, browser, draft, agreed):
        answer = browser.post(address_of(draft(agreed)))
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED

    def test_many_quotations_cost_as_many_queries_as_one(
        self, browser, draft, article, say, count_cold_queries
    ):
        one = draft(say(article, "Un mot.", may_quote=True))
        many = draft(*(say(article, f"Mot {n}", may_quote=True) for n in range(12)))
        for page in (one, many):
            browser.get(address_of(page))
        assert count_cold_queries(lambda: browser.get(address_of(many))) <= count_cold_queries(
            lambda: browser.get(address_of(one))
        )


def main_of(body: str) -> str:
    """What stands in the main part of a page up to the conversation."""
    return body.partition("<main")[2].partition('class="conversation')[0]
