"""Whoever lets others read a page is told which quotations will not be shown there; nothing leaks."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogIndexPage, BlogPage
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from people.groups import EMPLOYEES, the_group

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."


@pytest.fixture
def comment(article, say) -> Comment:
    """Said among those who have an account."""
    comment = say(article, WORDS, may_quote=True)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    return comment


@pytest.fixture
def page(comment, articles_fr, editor) -> BlogPage:
    """A page for the same readers, who see it quoted there."""
    page = BlogPage(title="Entre nous", introduction="<p>Voici.</p>", owner=editor)
    articles_fr.add_child(instance=page)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


@pytest.fixture
def browser(signed_in, editor) -> Client:
    return signed_in(editor)


def set_privacy(browser: Client, page: Page, kind: str, *groups: Group, **more: str) -> dict:
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    sent = {"restriction_type": kind, "groups": [group.pk for group in groups], **more}
    return browser.post(address, sent).json()


def tells_of_quotations(answer: dict) -> bool:
    return any(f"1 {word}" in answer["html"] for word in ("quotation", "citation"))


class TestPrivacy:
    def test_rule11_whoever_opens_it_is_told_first(self, browser, page):
        answer = set_privacy(browser, page, "none")
        assert answer["step"] == "set_privacy"
        assert tells_of_quotations(answer)
        assert 'value="none"' in answer["html"]
        assert page.view_restrictions.exists()

    def test_rule11_sent_again_it_is_open_without_the_words(self, browser, client, page):
        assert set_privacy(browser, page, "none", heard="none")["step"] == "set_privacy_done"
        body = client.get(page.url).content.decode()
        assert "Entre nous" in body
        assert WORDS not in body

    def test_so_is_whoever_opens_a_section_above(self, browser, page, articles_fr):
        page.view_restrictions.all().delete()
        PageViewRestriction.objects.create(page=articles_fr, restriction_type="login")
        FeaturedComment.objects.update(withheld_since=None)
        assert set_privacy(browser, articles_fr, "none")["step"] == "set_privacy"

    def test_so_is_whoever_closes_what_was_commented(self, browser, page, comment):
        """Among employees, who are fewer than all who have an account."""
        answer = set_privacy(browser, comment.page, "groups", the_group(EMPLOYEES))
        assert answer["step"] == "set_privacy"
        assert tells_of_quotations(answer)

    def test_what_was_heard_of_another_choice_counts_for_nothing(self, browser, page):
        assert set_privacy(browser, page, "none", heard="login")["step"] == "set_privacy"

    def test_nobody_is_told_where_nothing_is_lost(self, signed_in, administrator, page):
        """Employees are among those who have an account."""
        answer = set_privacy(signed_in(administrator), page, "groups", the_group(EMPLOYEES))
        assert answer["step"] == "set_privacy_done"

    def test_what_readers_do_not_see_anyway_is_no_loss(self, browser, page):
        FeaturedComment.objects.update(placed_at=None)
        assert set_privacy(browser, page, "none")["step"] == "set_privacy_done"


class TestMove:
    def test_rule11_whoever_moves_it_among_more_readers_is_told(self, browser, client, page, home_fr):
        page.view_restrictions.all().delete()
        closed = home_fr.add_child(instance=BlogIndexPage(title="À part", slug="a-part"))
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        Page.objects.get(pk=page.pk).move(closed, pos="last-child")
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page.get_parent().pk])
        answer = browser.post(address, follow=True)
        told = "".join(str(message) for message in answer.context["messages"])
        assert reverse("dialogue_page_quotations", args=[page.pk]) in told
        page = BlogPage.objects.get(pk=page.pk)
        assert WORDS not in client.get(page.url).content.decode()
