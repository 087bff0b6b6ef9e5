"""What the site answers below an internal section: alike whether a page is there or not (decision 2, T07)."""

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from dialogue.models import DialoguePage
from people.groups import EMPLOYEES
from portal.editions import edition_kept
from portal.middleware import ViewRestrictionMiddleware

OWN_HEADERS = {"Date", "Location", "X-Request-ID"}
METHODS = ["get", "head", "options", "post"]


def ask_in(section: Page, slug: str, groups: tuple = ()) -> DialoguePage:
    page = section.add_child(
        instance=DialoguePage(title=slug, slug=slug, question="Quoi de neuf ?", locale=section.locale)
    )
    if groups:
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=BaseViewRestriction.GROUPS
        )
        restriction.groups.set(groups)
    return page


@pytest.fixture(params=["fr", "en"])
def section(request, site):
    """The employees' section of one language, with a dialogue `hidden` in it."""
    section = request.getfixturevalue(f"internal_{request.param}")
    ask_in(section, "hidden")
    return section


def strip(answer):
    """Everything that a stranger could compare; the number of a request is a new one each time."""
    headers = {name: value for name, value in answer.headers.items() if name not in OWN_HEADERS}
    return answer.status_code, headers, answer.content


def neighbours(section: Page) -> list[tuple[str, str]]:
    """Pairs of addresses of the same length, of which only the first names a page."""
    base = section.get_url()
    return [
        (f"{base}hidden/", f"{base}nowere/"),
        (f"{base}hidden", f"{base}nowere"),
        (f"{base}hidden/?page=2", f"{base}nowere/?page=2"),
        (f"{base}hidden/x/y/", f"{base}nowere/x/y/"),
        (f"{base}hidd%65n/", f"{base}now%65re/"),
        (f"{base}/hidden/", f"{base}/nowere/"),
        (f"{base.upper()}HIDDEN/", f"{base.upper()}NOWERE/"),
        (f"{base}hidden/style.css", f"{base}nowere/style.css"),
    ]


@pytest.mark.parametrize("method", METHODS)
class TestStranger:
    """Signed out: the same redirect to sign-in, with the way back."""

    def test_it_sends_to_sign_in_alike(self, client, section, method):
        for there, missing in neighbours(section):
            answers = [getattr(client, method)(address) for address in (there, missing)]
            assert strip(answers[0]) == strip(answers[1])
            for answer, address in zip(answers, (there, missing), strict=True):
                assert answer.status_code == HTTPStatus.FOUND
                location = urlsplit(answer["Location"])
                assert location.path.endswith("/account/login/")
                assert (
                    parse_qs(location.query)["next"][0]
                    .casefold()
                    .startswith(f"/{section.locale.language_code}/")
                )
                assert len(parse_qs(location.query)["next"][0]) == len(answer.wsgi_request.get_full_path()), (
                    address
                )

    def test_it_is_kept_by_nobody_and_sets_no_cookie(self, client, section, method):
        answer = getattr(client, method)(section.get_url())
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert not answer.cookies


def test_the_sign_in_speaks_the_language_of_the_address(client, section):
    answer = client.get(section.get_url() + "hidden/")
    with override(section.locale.language_code):
        assert answer["Location"].startswith(reverse("account_login"))


def test_a_token_for_a_form_does_not_change_the_answer(section):
    """Restrictions are asked before the check of forged forms, which would answer otherwise for a page."""
    client = Client(enforce_csrf_checks=True)
    there, missing = neighbours(section)[0]
    assert strip(client.post(there)) == strip(client.post(missing))


@pytest.mark.parametrize("method", METHODS)
class TestOutsider:
    """Signed in and not entitled: the same "not found" as anywhere."""

    @pytest.fixture
    def outsider(self, employee, signed_in):
        employee.groups.clear()
        return signed_in(employee)

    def test_it_is_not_found_alike(self, outsider, section, method):
        for there, missing in neighbours(section):
            answers = [getattr(outsider, method)(address) for address in (there, missing)]
            assert answers[0].status_code == outcome(there)
            assert normal(answers[0], there) == normal(answers[1], missing)

    def test_anywhere_else_the_answer_is_the_same(self, outsider, section, method):
        there, missing = f"{section.get_url()}hidden/", f"/{section.locale.language_code}/nowhere/at-all/"
        answers = [getattr(outsider, method)(address) for address in (there, missing)]
        assert normal(answers[0], there) == normal(answers[1], missing)

    def test_an_employee_outside_a_dialogue_cannot_tell_it_from_none(
        self, signed_in, outsider_employee, employee, internal_fr, method
    ):
        crews = employee.groups.exclude(profile__key=EMPLOYEES)
        ask_in(internal_fr, "crewed", crews)
        client = signed_in(outsider_employee)
        there, missing = f"{internal_fr.get_url()}crewed/", f"{internal_fr.get_url()}nowere/"
        answers = [getattr(client, method)(address) for address in (there, missing)]
        assert answers[0].status_code == HTTPStatus.NOT_FOUND
        assert normal(answers[0], there) == normal(answers[1], missing)
        assert signed_in(employee).get(there).status_code == HTTPStatus.OK


def outcome(address: str) -> int:
    """Without its slash, an address that is not found is tried with it: anywhere on the site."""
    path = address.partition("?")[0]
    return HTTPStatus.NOT_FOUND if path.endswith(("/", ".css")) else HTTPStatus.MOVED_PERMANENTLY


def normal(answer, address):
    """The answer without the address asked for, and without what is new in every answer of a form."""
    status, headers, content = strip(answer)
    text = (
        content.decode().replace(address.partition("?")[0], "…").replace("hidden", "…").replace("nowere", "…")
    )
    text = text.replace("crewed", "…")
    return status, headers, [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


class TestPublicPages:
    """Everybody else's pages pay little for it."""

    def test_a_public_page_costs_one_query_and_asks_for_no_session(
        self, rf, articles_fr, internal_fr, django_assert_num_queries
    ):
        middleware = ViewRestrictionMiddleware(lambda request: HttpResponse("read"))
        request = rf.get(articles_fr.get_url())  # which has no session and no user to ask
        middleware(request)
        with edition_kept(), django_assert_num_queries(1):
            answer = middleware(request)
        assert answer.content == b"read"
        assert "Cache-Control" not in answer
        assert "Vary" not in answer

    def test_an_address_without_a_language_costs_nothing(self, rf, db, django_assert_num_queries):
        middleware = ViewRestrictionMiddleware(lambda request: HttpResponse("read"))
        with django_assert_num_queries(0):
            assert middleware(rf.get("/static/parley.css")).content == b"read"

    def test_a_public_page_sets_no_cookie(self, client, articles_fr):
        answer = client.get(articles_fr.get_url())
        assert answer.status_code == HTTPStatus.OK
        assert not answer.cookies

    def test_a_page_whose_slug_is_met_elsewhere_is_open(self, client, articles_fr, internal_fr):
        namesake = ask_in(articles_fr, internal_fr.slug)
        assert client.get(namesake.get_url()).status_code == HTTPStatus.OK

    def test_what_is_answered_to_a_session_is_kept_by_nobody(self, signed_in, employee, home_fr):
        answer = signed_in(employee).get(home_fr.get_url())
        assert "no-store" in answer["Cache-Control"]
        assert "Cookie" in answer["Vary"]

    def test_an_employee_reads_the_section(self, signed_in, employee, section):
        answer = signed_in(employee).get(section.get_url() + "hidden/")
        assert answer.status_code == HTTPStatus.OK
        assert "no-store" in answer["Cache-Control"]


def test_a_restriction_on_a_home_page_closes_its_whole_language(client, home_en, home_fr):
    PageViewRestriction.objects.create(page=home_en, restriction_type=BaseViewRestriction.LOGIN)
    answers = [client.get(f"/en/{rest}") for rest in ("", "nowhere/")]
    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 2
    assert client.get(home_fr.get_url()).status_code == HTTPStatus.OK


def test_a_page_outside_every_site_closes_nothing(client, home_fr):
    stray = Page.get_first_root_node().add_child(instance=Page(title="stray", slug="stray"))
    PageViewRestriction.objects.create(page=stray, restriction_type=BaseViewRestriction.LOGIN)
    assert client.get(home_fr.get_url()).status_code == HTTPStatus.OK


def test_a_former_employee_with_an_old_session_is_a_stranger(signed_in, employee, internal_fr):
    client = signed_in(employee)
    assert client.get(internal_fr.get_url()).status_code == HTTPStatus.OK
    employee.is_active = False
    employee.save()
    answer = client.get(internal_fr.get_url())
    assert answer.status_code == HTTPStatus.FOUND
    assert "/account/login/" in answer["Location"]


def test_restrictions_are_asked_before_redirects():
    """A redirect would tell where an internal page has gone, and so that there was one."""
    order = settings.MIDDLEWARE
    place = order.index("portal.middleware.ViewRestrictionMiddleware")
    assert place < order.index("portal.middleware.DiscreetRedirectMiddleware")
