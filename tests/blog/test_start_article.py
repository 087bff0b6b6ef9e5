"""An editor starts an article around a comment."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, PageViewRestriction

from blog.actions import start_article
from blog.models import Author, BlogIndexPage, BlogPage
from dialogue.actions import hide_comment
from dialogue.blocks import quotation_of
from dialogue.models import FeaturedComment
from dialogue.permissions import Withheld
from people.groups import permission_named
from people.models import User

pytestmark = pytest.mark.usefixtures("empty_portal")


@pytest.fixture
def comment(write, say):
    return say(write("Le quai"), "Je propose un banc.", may_quote=True)


def test_it_makes_a_draft_that_quotes_the_comment_and_names_its_page(comment, editor):
    page = start_article(comment, by=editor)
    page = BlogPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.owner == editor
    assert page.is_untitled
    assert page.introduction == ""
    assert page.source_page_id == comment.page_id
    [block] = page.body
    assert block.value["quotation"].comment == comment
    assert page.latest_revision.user == editor
    assert FeaturedComment.objects.get().page_id == page.pk
    assert "banc" not in str(page.body.raw_data)


def test_whoever_starts_it_signs_it_where_they_are_an_author(comment, editor, articles_fr):
    author = Author.objects.create(name="Maude", user=editor, locale=articles_fr.locale)
    page = BlogPage.objects.get(pk=start_article(comment, by=editor).pk)
    assert page.get_latest_revision_as_object().author_list == [author]


def test_it_stands_in_the_language_of_the_page(write, say, editor, articles_en):
    page = start_article(say(write("The pier", parent=articles_en)), by=editor)
    assert page.get_parent().specific == articles_en
    assert page.title == "Untitled article"


@pytest.mark.parametrize("who", ["moderator", "answerer", "employee", "stranger"])
def test_others_are_refused(comment, who, request):
    with pytest.raises(PermissionDenied):
        start_article(comment, by=request.getfixturevalue(who))
    assert BlogPage.objects.count() == 1


def test_a_comment_that_waits_is_refused(write, say, editor):
    waiting = say(write("Le quai"), is_published=False)
    with pytest.raises(PermissionDenied):
        start_article(waiting, by=editor)


def test_without_a_section_there_is_nothing_to_start(comment, editor, articles_fr):
    articles_fr.unpublish()
    assert start_article(comment, by=editor) is None


class TestNobodyIsNamed:
    """R11: whoever spoke may not have agreed, and an address is for ever."""

    def test_r11_neither_title_nor_address_nor_log_names_anybody(self, comment, editor):
        page = start_article(comment, by=editor)
        kept = [
            page.title,
            page.slug,
            page.draft_title,
            *PageLogEntry.objects.values_list("label", flat=True),
        ]
        kept += [page.latest_revision.content["title"], page.latest_revision.content["slug"]]
        for name in ("odile", "grandmaison"):
            assert not any(name in text.lower() for text in kept)

    def test_r11_each_draft_has_an_address_that_its_title_makes(self, comment, editor):
        """So that it follows, in the editor, the title that is written."""
        drafts = [start_article(comment, by=editor) for _time in range(3)]
        words = gettext("Untitled article")
        assert [page.title for page in drafts] == [words, f"{words} 2", f"{words} 3"]
        assert [page.slug.rpartition("-")[2] for page in drafts[1:]] == ["2", "3"]

    @pytest.mark.parametrize("title", ["Untitled article", "Untitled article 12"])
    def test_r11_it_is_not_published_before_it_has_a_title(self, comment, editor, title):
        page = start_article(comment, by=editor)
        page.title, page.introduction = title, "<p>Voici.</p>"
        with pytest.raises(ValidationError) as refusal:
            page.save_revision(clean=False).publish()
        assert list(refusal.value.message_dict) == ["title", "slug"]
        page.title = "Un banc sur le quai"
        with pytest.raises(ValidationError) as refusal:  # the address did not follow, and is for ever
            page.save_revision(clean=False).publish()
        assert list(refusal.value.message_dict) == ["slug"]
        page.slug = "un-banc-sur-le-quai"
        page.save_revision(clean=False).publish()
        assert BlogPage.objects.get(pk=page.pk).live

    @pytest.mark.parametrize("title", ["Untitled article of 1987", "Untitled", "2 Untitled article"])
    def test_r11_a_title_that_somebody_wrote_is_one(self, title):
        assert not BlogPage(title=title).is_untitled

    def test_r11_the_editor_is_told_that_a_title_is_missing(self, comment, editor, signed_in):
        page = start_article(comment, by=editor)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        said = gettext("The title only holds the place. Write one: no reader sees this draft before.")
        assert said in signed_in(editor).get(address).content.decode()
        page.title = "Un banc sur le quai"
        page.save_revision(clean=False)
        assert said not in signed_in(editor).get(address).content.decode()


class TestSection:
    """R11: it lands where the readers of the comment can read it."""

    @pytest.fixture
    def staff_section(self, home_fr, articles_fr, close) -> BlogIndexPage:
        """A section for those who sign in; it stands before the public one."""
        section = home_fr.add_child(instance=BlogIndexPage(title="Entre nous", slug="notes"))
        close(section)
        section.move(articles_fr, pos="left")
        return BlogIndexPage.objects.get(pk=section.pk)

    def test_r11_a_public_comment_leads_to_the_public_section(
        self, comment, editor, staff_section, articles_fr
    ):
        assert start_article(comment, by=editor).get_parent().specific == articles_fr

    def test_r11_an_internal_comment_stays_inside_where_there_is_a_section(
        self, say, editor, employee, staff_section
    ):
        inside = BlogPage(title="Nos quais", introduction="<p>Voici.</p>")
        staff_section.add_child(instance=inside)
        assert start_article(say(inside, user=employee), by=editor).get_parent().specific == staff_section

    def test_r11_without_one_it_leads_to_a_section_that_they_can_read_too(
        self, say, editor, employee, articles_fr
    ):
        inside = articles_fr.add_child(instance=BlogPage(title="Nos quais", introduction="<p>Voici.</p>"))
        PageViewRestriction.objects.create(page=inside, restriction_type="login")
        assert start_article(say(inside, user=employee), by=editor).get_parent().specific == articles_fr

    def test_r11_a_section_in_which_one_may_not_write_is_passed_over(self, comment, editor, articles_fr):
        editor.groups.clear()
        editor.user_permissions.add(permission_named("dialogue.feature_comment"))
        assert start_article(comment, by=User.objects.get(pk=editor.pk)) is None


class TestObstacles:
    """R11: the draft says on top what stands in the way, each time it is opened."""

    def opened(self, client, page) -> str:
        answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == HTTPStatus.OK
        return "".join(str(message) for message in answer.context["messages"])

    def test_r11_nothing_is_said_where_nothing_does(self, comment, editor, signed_in):
        page = start_article(comment, by=editor)
        assert comment.author_name not in self.opened(signed_in(editor), page)

    def test_r11_it_says_so_as_long_as_it_is_true(self, write, say, editor, signed_in):
        comment = say(write("Le quai"))
        page = start_article(comment, by=editor)
        for _time in range(2):
            told = self.opened(signed_in(editor), page)
            assert Withheld.NO_CONSENT.reason in told
            assert comment.author_name in told
        FeaturedComment.objects.update(agreed_at=comment.submitted_at)
        assert Withheld.NO_CONSENT.reason not in self.opened(signed_in(editor), page)

    def test_r11_all_that_stands_in_the_way_is_said_at_once(
        self, write, say, editor, employee, signed_in, close
    ):
        inside = write("Nos quais")
        close(inside)
        page = start_article(say(inside, user=employee), by=editor)
        told = self.opened(signed_in(editor), page)
        assert Withheld.NO_CONSENT.reason in told
        assert Withheld.WIDER_AUDIENCE.reason in told

    def test_r11_what_is_hidden_is_not_named(self, comment, editor, signed_in):
        page = start_article(comment, by=editor)
        hide_comment(comment, by=None)
        told = self.opened(signed_in(editor), page)
        assert Withheld.NOT_PUBLISHED.reason in told
        assert comment.author_name not in told

    def test_r11_many_are_told_in_one_message(self, write, say, editor, signed_in):
        source = write("Le quai")
        first, *others = (say(source, f"Mot {n}") for n in range(8))
        page = start_article(first, by=editor)
        page.body = [
            ("featured_comment", {"quotation": quotation_of(c), "why": ""}) for c in (first, *others)
        ]
        page.save_revision(clean=False)
        told = self.opened(signed_in(editor), page)
        assert told.count(Withheld.NO_CONSENT.reason) == 5
        assert ngettext("And %(count)s more.", "And %(count)s more.", 3) % {"count": 3} in told


class TestRedirects:
    """R11: nobody had the address of a draft, and it may say what no reader was to know."""

    def test_r11_a_draft_that_is_published_under_another_address_leaves_none(
        self, comment, editor, django_capture_on_commit_callbacks
    ):
        page = start_article(comment, by=editor)
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = "camille-prend-la-parole"
            page.save(clean=False)
        page.title, page.slug, page.introduction = "Un banc", "un-banc", "<p>Voici.</p>"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision(clean=False).publish()
        assert BlogPage.objects.get(pk=page.pk).slug == "un-banc"
        assert not Redirect.objects.exists()

    def test_r11_a_draft_that_is_moved_leaves_none(
        self, comment, editor, articles_en, django_capture_on_commit_callbacks
    ):
        page = start_article(comment, by=editor)
        with django_capture_on_commit_callbacks(execute=True):
            page.move(articles_en, pos="last-child")
        assert not Redirect.objects.exists()

    def test_r11_what_readers_had_leads_on(self, write, django_capture_on_commit_callbacks):
        page = write("Le quai")
        page.slug = "le-ponton"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        assert Redirect.objects.get().old_path.endswith("/le-quai")

    def test_r11_what_readers_had_below_a_draft_leads_on(
        self, write, articles_fr, django_capture_on_commit_callbacks
    ):
        write("Le quai")
        section = BlogIndexPage.objects.get(pk=articles_fr.pk)
        section.live, section.first_published_at = False, None
        section.save()
        section.slug = "actualites"
        with django_capture_on_commit_callbacks(execute=True):
            section.save()
        assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/fr/articles/le-quai"]
