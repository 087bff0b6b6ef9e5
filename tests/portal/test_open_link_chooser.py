"""The chooser for a link opens where one is writing, and shows nothing that it would not show otherwise."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened_at(signed_in, editor):
    """Return the page at which the chooser opens, asked from an address of the admin."""
    browser = signed_in(editor)

    def ask(referer: str, **query: str) -> Page:
        address = reverse("wagtailadmin_choose_page")
        answer = browser.get(address, query, headers={"referer": referer})
        assert answer.status_code == 200
        return answer.context["parent_page"]

    return ask


def edit(page: Page) -> str:
    return "http://testserver" + reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_it_opens_among_the_neighbours_of_the_page(opened_at, article, articles_fr):
    assert opened_at(edit(article)).pk == articles_fr.pk
    add = reverse("wagtailadmin_pages:add", args=["blog", "blogpage", articles_fr.pk])
    assert opened_at(f"http://testserver{add}").pk == articles_fr.pk


@pytest.mark.parametrize("referer", ["", "http://testserver/admin/", "http://[", "/admin/pages/999999/edit/"])
def test_from_elsewhere_it_opens_where_wagtail_opens_it(opened_at, site, referer):
    assert opened_at(referer).is_root()


def test_a_section_that_is_closed_to_somebody_is_not_where_it_opens(opened_at, article, articles_fr):
    PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
    assert opened_at(edit(article)).is_root()


def test_a_chooser_of_one_kind_opens_where_those_are(opened_at, article, dialogue, articles_fr):
    assert opened_at(edit(article), page_type="dialogue.DialoguePage").pk != articles_fr.pk
