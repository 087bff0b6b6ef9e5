"""What is not here, or not open, is said within the site, without a query, by a frame that is kept (L20)."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from portal.models import PortalSettings
from portal.views.faults import csrf_failure, not_found, permission_denied, render_fault

MISSING = {"fr": "/fr/nulle-part/", "en": "/en/nowhere/"}


@pytest.fixture
def named(db, committed):
    """The settings of the site, with a name of its own."""
    portal = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    with committed():
        portal.name_fr = portal.name_en = "Port of Rivemer"
        portal.save()
    return portal


def frame_of(page: str) -> str:
    """Return a fault page without its words: what stands in `main` and the title."""
    before, _main, rest = page.partition('<main id="content"')
    return before.partition("<title>")[0] + before.partition("</title>")[2] + rest.partition("</main>")[2]


@pytest.mark.parametrize(
    ("language", "heading"), [("fr", "Rien à cette adresse"), ("en", "Nothing at this address")]
)
def test_what_is_missing_is_said_within_the_site_in_its_language(read, named, language, heading):
    read(f"/{language}/")
    page = read(MISSING[language]).text
    assert f"<title>{heading} · Port of Rivemer</title>" in page
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert page.count('role="search"') == 3  # in the head, in the menu of a phone, and in the words
    assert reverse("brand_stylesheet", args=[named.brand_digest]) in page
    assert 'class="site-footer"' in page


def test_the_fault_page_itself_asks_no_database(store, read, named, django_assert_num_queries):
    read("/fr/")
    request = RequestFactory().get(MISSING["fr"])
    with django_assert_num_queries(0):
        for answer in (not_found, permission_denied, csrf_failure):
            assert "Port of Rivemer" in answer(request).text


def test_where_no_frame_is_kept_the_page_stands_alone(read, named, settings):
    read("/fr/")
    request = RequestFactory().get(MISSING["fr"])
    settings.PAGE_STORE = False
    assert "Port of Rivemer" not in not_found(request).text
    settings.PAGE_STORE = True
    elsewhere = RequestFactory().get(MISSING["fr"], headers={"host": "elsewhere.example.org"})
    assert "Port of Rivemer" not in not_found(elsewhere).text


def test_what_is_our_own_fault_stands_alone(read, named):
    read("/fr/")
    assert "Port of Rivemer" not in render_fault(RequestFactory().get("/fr/x/"), 500).text


def test_a_changed_name_is_on_the_next_fault_page(read, named, committed):
    read("/fr/")
    with committed():
        named.name_fr = "Havre de Rivemer"
        named.save()
    assert "Port of Rivemer" not in read(MISSING["fr"]).text
    read("/fr/")
    assert "Havre de Rivemer" in read(MISSING["fr"]).text


def test_whoever_signs_in_reads_a_strangers_frame(read, named, internal_fr, employee, signed_in):
    browser = signed_in(employee)
    home = read("/fr/", by=browser).text  # the frame is made with a page for somebody signed in
    assert internal_fr.get_url() in home
    assert employee.display_name in home
    page = browser.get(MISSING["fr"]).text
    assert "Port of Rivemer" in page
    assert employee.display_name not in page
    assert reverse("account_logout") not in page
    assert internal_fr.get_url() not in page
    assert frame_of(page) == frame_of(read(MISSING["fr"]).text)


def test_what_is_hidden_and_what_is_missing_read_alike(read, named, article, employee, signed_in, committed):
    browser = signed_in(employee)
    with committed():
        PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.GROUPS)
    read("/fr/")
    hidden = browser.get(article.get_url())
    missing = browser.get(article.get_url().replace(article.slug, "nulle-part"))
    assert "Port of Rivemer" in hidden.text
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
