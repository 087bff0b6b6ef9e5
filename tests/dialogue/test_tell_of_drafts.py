"""Whoever features comments reads in the thread that a colleague's draft quotes one already."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from dialogue.actions import remove_from_draft

pytestmark = pytest.mark.django_db

TITLE = "La parole à Camille"


@pytest.fixture
def quotation(article, say, quoting_draft):
    return quoting_draft(say(article, "Il manque un banc.", may_quote=True), title=TITLE)


def thread(client, article) -> str:
    return client.get(article.get_url()).content.decode()


def test_the_draft_is_named_with_the_way_to_its_editor(signed_in, editor, article, quotation):
    body = thread(signed_in(editor), article)
    assert TITLE in body
    assert reverse("wagtailadmin_pages:edit", args=[quotation.page_id]) in body


@pytest.mark.parametrize("who", ["moderator", "answerer", "employee"])
def test_nobody_else_hears_of_it(request, client, signed_in, who, article, quotation):
    assert TITLE not in thread(signed_in(request.getfixturevalue(who)), article)
    assert TITLE not in thread(client, article)


def test_a_draft_that_is_closed_to_the_editor_is_not_named(
    signed_in, editor, administrator, article, quotation
):
    quotation.page.owner = administrator
    quotation.page.save()
    PageViewRestriction.objects.create(page=quotation.page, restriction_type="groups")
    assert TITLE not in thread(signed_in(editor), article)


def test_once_it_is_taken_out_or_published_no_draft_is_named(signed_in, editor, article, quotation):
    browser = signed_in(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[quotation.page_id])
    quotation.page.get_latest_revision().publish()
    body = thread(browser, article)
    assert TITLE in body
    assert edit not in body
    quotation.page.refresh_from_db()
    quotation.page.unpublish()
    assert edit in thread(browser, article)
    remove_from_draft(quotation.page.specific, quotation, by=editor)
    assert edit not in thread(browser, article)


def test_many_cost_as_many_queries_as_few(
    signed_in, editor, article, say, quoting_draft, quotation, count_cold_queries
):
    browser = signed_in(editor)
    thread(browser, article)
    few = count_cold_queries(lambda: thread(browser, article))
    for number in range(4):
        quoting_draft(say(article, f"Banc {number}.", may_quote=True), title=f"Banc {number}")
    thread(browser, article)
    assert count_cold_queries(lambda: thread(browser, article)) <= few
