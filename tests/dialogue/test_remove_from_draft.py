"""An editor takes a quotation out of a draft; readers keep the page until it is published."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.models.bindings import quotations_in

pytestmark = pytest.mark.django_db

WORDS = "Les bancs manquent. On attend debout, au vent."


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Sylvain Ross", may_quote=True)


@pytest.fixture
def page(articles_fr, editor, comment) -> BlogPage:
    """A published page: words of the editor's, the comment twice, and words after it."""
    page = BlogPage(title="La parole à Sylvain", introduction="<p>Voici.</p>", owner=editor)
    articles_fr.add_child(instance=page)
    block = ("featured_comment", {"quotation": quotation_of(comment), "why": "Pour les bancs."})
    page.body = [("paragraph", "<p>Avant.</p>"), block, ("paragraph", "<p>Après.</p>"), block]
    page.save_revision(user=editor).publish()
    return BlogPage.objects.get(pk=page.pk)


@pytest.fixture
def browser(signed_in, editor):
    return signed_in(editor)


def row_of(page: Page) -> FeaturedComment:
    return FeaturedComment.objects.get(page_id=page.pk)


def remove(client, page: Page):
    return client.post(reverse("dialogue_remove_quotation", args=[page.pk, row_of(page).pk]))


def draft_of(page: Page) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def look(client, page: Page):
    return client.get(reverse("dialogue_page_quotations", args=[page.pk]))


def test_the_blocks_go_and_the_others_stay_as_they_are(browser, client, page, editor):
    others = [child.id for child in page.body if child.block_type == "paragraph"]
    answer = remove(browser, page)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    draft = draft_of(page)
    assert [child.id for child in draft.body] == others
    assert draft.latest_revision.user == editor
    entry = PageLogEntry.objects.filter(page=page.pk).latest("pk")
    assert (entry.action, entry.user) == ("dialogue.remove_quotation", editor)
    assert WORDS in client.get(page.url).content.decode()
    [shown] = look(browser, page).context["replaced"]
    assert shown.quotation == row_of(page)


def test_a_second_time_nothing_is_saved(browser, page):
    remove(browser, page)
    count = page.revisions.count()
    assert remove(browser, page).status_code == HTTPStatus.SEE_OTHER
    assert page.revisions.count() == count


def test_chosen_anew_it_is_the_same_row(browser, page, comment):
    row = row_of(page)
    remove(browser, page)
    draft = draft_of(page)
    draft.body.append(("featured_comment", {"quotation": quotation_of(comment), "why": ""}))
    draft.save_revision()
    assert [value["quotation"] for value in quotations_in(draft_of(page).body)] == [row]


def test_also_one_that_the_editor_may_not_read(browser, page, comment):
    hide_comment(comment, by=None)
    assert "debout" not in look(browser, page).content.decode()
    remove(browser, page)
    assert not list(quotations_in(draft_of(page).body))


@pytest.mark.parametrize("who", ["moderator", "answerer", "employee", None])
def test_who_does_not_edit_the_page_is_refused(request, signed_in, client, page, who):
    other = signed_in(request.getfixturevalue(who)) if who else client
    refusals = {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}
    assert remove(other, page).status_code in refusals
    assert len(list(quotations_in(draft_of(page).body))) == 2


def test_a_page_that_is_closed_to_them_is_not_found(browser, page):
    closed = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    closed.groups.set([Group.objects.create(name="Mécaniciens")])
    assert remove(browser, page).status_code == HTTPStatus.NOT_FOUND


def test_a_locked_draft_is_left_alone(browser, page, administrator):
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=administrator, locked_at=timezone.now())
    assert not look(browser, page).context["can_remove"]
    assert remove(browser, page).status_code == HTTPStatus.FORBIDDEN
    assert len(list(quotations_in(draft_of(page).body))) == 2


def test_by_looking_nothing_is_done_and_elsewhere_nothing_is_found(browser, page, article):
    address = reverse("dialogue_remove_quotation", args=[page.pk, row_of(page).pk])
    assert browser.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    elsewhere = reverse("dialogue_remove_quotation", args=[article.pk, row_of(page).pk])
    assert browser.post(elsewhere).status_code == HTTPStatus.NOT_FOUND
