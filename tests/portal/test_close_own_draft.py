"""Closing a page to groups tells first what follows, and nobody loses a draft of their own (R19)."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from demo.cast import SHIP_CREWS
from people.groups import EMPLOYEES, the_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def crews(site) -> Group:
    return Group.objects.get(name=SHIP_CREWS)


@pytest.fixture
def draft(articles_fr, editor) -> Page:
    """An article that Maude has begun."""
    page = BlogPage(title="Brouillon de Maude", slug="brouillon", introduction="…", owner=editor, live=False)
    articles_fr.add_child(instance=page)
    page.save_revision(user=editor)
    return page


@pytest.fixture
def browser(signed_in, editor):
    return signed_in(editor)


def close(browser, page: Page, *groups: Group, **more: str):
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    sent = {"restriction_type": "groups", "groups": [group.pk for group in groups]}
    return browser.post(address, {**sent, **more}).json()


def edit(browser, page: Page) -> int:
    return browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code


def is_closed(page: Page) -> bool:
    return PageViewRestriction.objects.filter(page=page).exists()


class TestTold:
    def test_r19_whoever_would_lock_themselves_out_is_asked_first(self, browser, article, crews):
        answer = close(browser, article, crews)
        assert answer["step"] == "set_privacy"
        assert "Vous n’êtes dans aucun de ces groupes" in answer["html"]
        assert f'value="{crews.pk}"' in answer["html"]
        assert not is_closed(article)

    def test_r19_sent_again_it_is_done(self, browser, article, crews):
        assert close(browser, article, crews, heard=str(crews.pk))["step"] == "set_privacy_done"
        assert is_closed(article)
        assert edit(browser, article) == HTTPStatus.NOT_FOUND

    def test_r19_what_was_heard_of_others_counts_for_nothing(self, browser, article, crews):
        heard = str(the_group(EMPLOYEES).pk)
        assert close(browser, article, crews, heard=heard)["step"] == "set_privacy"
        assert not is_closed(article)

    def test_r19_nobody_is_asked_without_need(self, browser, signed_in, administrator, draft, crews):
        assert close(browser, draft, crews, the_group(EMPLOYEES))["step"] == "set_privacy_done"
        answer = close(signed_in(administrator), draft, the_group(EMPLOYEES))
        assert answer["step"] == "set_privacy_done"

    def test_r19_no_group_is_still_a_mistake(self, browser, article):
        answer = close(browser, article)
        assert answer["step"] == "set_privacy"
        assert not is_closed(article)


class TestOwnDraft:
    def test_r19_who_made_it_goes_on_writing_it(self, browser, draft, crews):
        close(browser, draft, crews, heard=str(crews.pk))
        assert is_closed(draft)
        assert edit(browser, draft) == HTTPStatus.OK
        listed = browser.get(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))
        assert draft.title in listed.content.decode()

    def test_r19_until_it_is_published(self, browser, draft, crews):
        close(browser, draft, crews, heard=str(crews.pk))
        draft.get_latest_revision().publish()
        assert edit(browser, draft) == HTTPStatus.NOT_FOUND
        draft.refresh_from_db()
        draft.unpublish()
        assert edit(browser, draft) == HTTPStatus.NOT_FOUND

    def test_r19_no_other_editor_does(self, signed_in, browser, draft, crews, outsider_editor):
        close(browser, draft, crews, heard=str(crews.pk))
        assert edit(signed_in(outsider_editor), draft) == HTTPStatus.NOT_FOUND

    def test_r19_a_restriction_further_up_stays(self, browser, draft, crews):
        PageViewRestriction.objects.create(page=draft.get_parent(), restriction_type="groups").groups.set(
            [crews]
        )
        assert edit(browser, draft) == HTTPStatus.NOT_FOUND

    def test_r19_readers_see_no_draft(self, client, browser, draft, crews):
        close(browser, draft, crews, heard=str(crews.pk))
        assert draft.title not in client.get(draft.url, follow=True).content.decode()
        assert draft.title not in browser.get(draft.url, follow=True).content.decode()

    @pytest.fixture
    def outsider_editor(self, editor, site):
        other = type(editor).objects.create_user("colette", "colette@example.org")
        other.groups.set(editor.groups.all())
        return other
