"""What is still being written is remembered for nobody: readers are shown what was published."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction

from blog.models import BlogPage
from people.models import User
from portal.editions import forget_everything, memory_apart, remember
from portal.models import BasePage
from portal.permissions import viewer_known

pytestmark = pytest.mark.django_db

SECRET = "Le titre qui n’est pas encore connu"


@pytest.fixture
def draft(article, editor) -> BlogPage:
    page = BlogPage.objects.get(pk=article.pk)
    page.title = SECRET
    page.save_revision(user=editor)
    return page


def shown_to_editor(client: Client, draft: BlogPage) -> str:
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).content.decode()


def shown_to_reader(client: Client, page: BlogPage) -> str:
    # At the host of the site, as it is previewed: what is remembered is so for each host.
    return client.get(page.url, headers={"host": urlsplit(page.full_url).netloc}).content.decode()


def test_readers_are_told_nothing_of_a_draft_that_was_previewed_first(client, signed_in, editor, draft):
    forget_everything()
    assert SECRET in shown_to_editor(signed_in(editor), draft)
    assert SECRET not in shown_to_reader(client, draft)


def test_a_draft_is_shown_as_it_is_and_not_as_readers_were_shown_it(client, signed_in, editor, draft):
    assert SECRET not in shown_to_reader(client, draft)
    _before, _mark, described = shown_to_editor(signed_in(editor), draft).partition("application/ld+json")
    assert SECRET in described


class TestAsReaders:
    """Whoever writes sees the page as its readers will: nothing of their own rights is in it."""

    @pytest.fixture
    def preview(self, signed_in, editor) -> Callable[[BasePage, str], str]:
        browser = signed_in(editor)

        def show(page: BasePage, mode: str) -> str:
            cookies = browser.cookies.output(header="", sep=";").strip()
            asked = RequestFactory().get("/admin/", HTTP_COOKIE=cookies)
            answer = page.make_preview_request(original_request=asked, preview_mode=mode)
            assert answer.status_code == 200
            return answer.content.decode()

        return show

    def test_as_themselves_as_a_visitor_and_as_an_employee(self, preview, article, say):
        comment = say(article)
        feature = reverse("dialogue_feature_comment", args=[comment.public_id])
        assert feature in preview(article, "")
        for mode in ("visitor", "employee"):
            assert feature not in preview(article, mode)
        sign_in = reverse("account_login")
        assert sign_in in preview(article, "visitor")
        assert sign_in not in preview(article, "employee")

    def test_an_internal_page_is_seen_by_no_visitor(self, preview, internal_dialogue, article):
        assert [mode for mode, _label in article.preview_modes] == ["", "visitor", "employee"]
        assert [mode for mode, _label in internal_dialogue.preview_modes] == ["", "employee"]
        assert internal_dialogue.title in preview(internal_dialogue, "employee")


class TestAsMembers:
    """Where it makes a difference, and of one’s own groups alone: pages may list what others may not see."""

    @pytest.fixture
    def crews(self) -> Group:
        return Group.objects.create(name="Crews")

    @pytest.fixture
    def their_page(self, articles_fr, crews) -> BlogPage:
        page = BlogPage(title="Les horaires d’hiver des équipages", introduction="<p>Voici.</p>")
        articles_fr.add_child(instance=page)
        page.save_revision().publish()
        PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(crews)
        return page

    def modes(self, page: BasePage, user: User) -> list[str]:
        asked = RequestFactory().get("/admin/")
        asked.user = user
        with viewer_known(asked):
            return [mode for mode, _label in page.preview_modes]

    def show(self, browser: Client, page: BasePage, mode: str) -> HttpResponse:
        cookies = browser.cookies.output(header="", sep=";").strip()
        asked = RequestFactory().get("/admin/", HTTP_COOKIE=cookies)
        return page.make_preview_request(original_request=asked, preview_mode=mode)

    def test_a_member_sees_what_the_group_reads(self, signed_in, editor, crews, their_page, articles_fr):
        editor.groups.add(crews)
        mode = f"member-{crews.pk}"
        assert mode in self.modes(articles_fr, editor)
        browser = signed_in(editor)
        assert their_page.title in self.show(browser, articles_fr, mode).content.decode()
        assert their_page.title not in self.show(browser, articles_fr, "employee").content.decode()

    def test_nobody_looks_through_the_eyes_of_a_group_that_is_not_theirs(
        self, signed_in, editor, administrator, crews, their_page, articles_fr
    ):
        mode = f"member-{crews.pk}"
        assert mode not in self.modes(articles_fr, editor)
        assert mode in self.modes(articles_fr, administrator)
        answer = self.show(signed_in(editor), articles_fr, mode)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert their_page.title not in answer.content.decode()

    @pytest.mark.parametrize("mode", ["member-0", "member-x", "member-"])
    def test_a_group_that_there_is_not_is_refused(self, signed_in, editor, articles_fr, mode):
        assert self.show(signed_in(editor), articles_fr, mode).status_code == HTTPStatus.FORBIDDEN

    def test_where_one_group_alone_reads_it_is_not_offered_twice(self, administrator, crews, their_page):
        assert self.modes(their_page, administrator) == ["", "employee"]


class TestMemoryApart:
    def test_neither_side_knows_the_other(self, site):
        assert remember(("a",), lambda: 1) == 1
        with memory_apart():
            assert remember(("a",), lambda: 2) == 2
            assert remember(("a",), lambda: 3) == 2
            assert remember(("b",), lambda: 4) == 4
        assert remember(("a",), lambda: 5) == 1
        assert remember(("b",), lambda: 6) == 6

    def test_it_ends_with_the_block(self, site):
        with pytest.raises(ZeroDivisionError), memory_apart():
            raise ZeroDivisionError
        assert remember(("c",), lambda: 1) == 1
        assert remember(("c",), lambda: 2) == 1
