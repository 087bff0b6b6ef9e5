"""An editor features a comment, and readers see it only while everything that it needs holds."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import feature_comment, hide_comment, restore_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester, Withheld

pytestmark = pytest.mark.django_db

WORDS = "Les modes coûteuses les ont rendus prudents."


@pytest.fixture
def quote(articles_fr):
    """Publish an article that features the given comments: `quote(comment, …)`."""

    def publish(*comments: Comment, parent: Page = articles_fr) -> BlogPage:
        page = BlogPage(
            title="La parole à Camille",
            introduction="<p>Une lectrice répond.</p>",
            body=[("featured_comment", {"quotation": quotation_of(c), "why": ""}) for c in comments],
        )
        parent.add_child(instance=page)
        page.save_revision().publish()
        return BlogPage.objects.get(pk=page.pk)

    return publish


@pytest.fixture
def agreed(article, say) -> Comment:
    """A published comment whose author ticked the box."""
    return say(article, WORDS, may_quote=True)


class TestReference:
    """Rule 1: a reference, never a paste."""

    def test_the_block_stores_one_id(self, quote, agreed):
        page = quote(agreed)
        row = FeaturedComment.objects.get()
        assert page.body.raw_data[0]["value"]["quotation"] == row.pk
        assert WORDS not in str(page.body.raw_data)
        assert WORDS not in str(page.latest_revision.content)
        assert (row.page_id, row.comment, row.revision.version) == (page.pk, agreed, 1)

    def test_saving_again_keeps_the_row(self, quote, agreed):
        page = quote(agreed)
        page.save_revision().publish()
        assert FeaturedComment.objects.count() == 1

    def test_a_copy_gets_a_row_of_its_own(self, quote, agreed):
        page = quote(agreed)
        copy = page.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)
        copy.save_revision().publish()
        assert FeaturedComment.objects.filter(page_id=copy.pk).exists()
        assert FeaturedComment.objects.count() == 2

    def test_many_cost_as_many_queries_as_one(self, client, article, say, quote, count_cold_queries):
        one = quote(say(article, may_quote=True))
        thirty = quote(*(say(article, f"Mot {n}", may_quote=True) for n in range(30)))
        for page in (one, thirty):
            client.get(page.url)
        assert count_cold_queries(lambda: client.get(thirty.url)) <= count_cold_queries(
            lambda: client.get(one.url)
        )


class TestShown:
    """Rule 2: decided when the page is rendered."""

    def test_with_consent_readers_see_it_with_its_link(self, client, quote, agreed):
        body = client.get(quote(agreed).url).content.decode()
        assert WORDS in body
        assert f'cite="{agreed.get_absolute_url()}"' in body
        assert agreed.author_name in body

    def test_without_consent_readers_see_nothing_and_the_editor_sees_why(
        self, client, article, say, quote, signed_in, editor
    ):
        page = quote(say(article, WORDS, name="Sylvain Ross"))
        body = client.get(page.url).content.decode()
        assert WORDS not in body
        assert "Sylvain Ross" not in body
        assert "block-featured-comment" not in body
        seen = signed_in(editor).get(page.url).content.decode()
        assert Withheld.NO_CONSENT.sentence in seen
        assert WORDS not in seen

    def test_a_hidden_comment_leaves_and_a_restored_one_comes_back(self, client, quote, agreed):
        page = quote(agreed)
        hide_comment(agreed, by=None)
        assert WORDS not in client.get(page.url).content.decode()
        restore_comment(agreed, by=None)
        assert WORDS in client.get(page.url).content.decode()

    def test_consent_for_another_version_does_not_cover_it(self, quote, agreed):
        page = quote(agreed)
        row = FeaturedComment.objects.select_related("comment__page", "revision").get()
        row.comment.quote_consent_version = 2
        assert FeaturedCommentPermissionTester(row, page).why_withheld() == Withheld.NO_CONSENT

    def test_an_unpublished_source_is_not_quoted(self, client, article, quote, agreed):
        page = quote(agreed)
        article.unpublish()
        assert WORDS not in client.get(page.url).content.decode()

    def test_an_internal_comment_is_never_shown_to_the_public(
        self, client, internal_dialogue, say, quote, employee
    ):
        inside = say(internal_dialogue, WORDS, user=employee, may_quote=True)
        page = quote(inside)
        assert WORDS not in client.get(page.url).content.decode()
        row = FeaturedComment.objects.select_related("comment__page", "revision").get()
        assert FeaturedCommentPermissionTester(row, page).why_withheld() == Withheld.WIDER_AUDIENCE

    def test_a_source_that_becomes_internal_leaves_the_public_page(self, client, article, quote, agreed):
        page = quote(agreed)
        PageViewRestriction.objects.create(page=article, restriction_type="login")
        assert WORDS not in client.get(page.url).content.decode()

    def test_the_row_of_another_page_is_not_shown(self, quote, agreed, article):
        quote(agreed)
        row = FeaturedComment.objects.select_related("comment__page", "revision").get()
        assert FeaturedCommentPermissionTester(row, article).why_withheld() == Withheld.NOT_ON_THIS_PAGE


class TestLinkBack:
    """Rule 8: the source says where it is quoted, to those who may read it."""

    def test_it_says_so_once_the_page_is_public(self, client, article, quote, agreed):
        page = quote(agreed)
        body = client.get(article.url).content.decode()
        assert f'href="{page.url}"' in body[body.index(agreed.anchor) :]

    def test_a_draft_says_nothing(self, client, article, quote, agreed):
        page = quote(agreed)
        page.unpublish()
        assert page.title not in client.get(article.url).content.decode()

    def test_a_quotation_taken_out_is_no_longer_announced(self, client, article, quote, agreed):
        page = quote(agreed)
        page.body = []
        page.save_revision().publish()
        assert page.title not in client.get(article.url).content.decode()


class TestFromTheThread:
    """Rule 12: one click from the thread to the draft."""

    def feature(self, client, comment):
        return client.post(reverse("dialogue_feature_comment", args=[comment.public_id]))

    def test_the_editor_gets_a_draft_with_the_block_and_the_way_back(
        self, signed_in, editor, article, agreed
    ):
        response = self.feature(signed_in(editor), agreed)
        assert response.status_code == 303
        page = BlogPage.objects.exclude(pk=article.pk).get()
        assert response["Location"] == (
            f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?focus=introduction"
        )
        draft = page.get_latest_revision_as_object()
        assert not page.live
        assert draft.body[0].value["quotation"].comment == agreed
        assert draft.source_page.pk == article.pk
        assert not draft.introduction
        assert signed_in(editor).get(response["Location"]).status_code == 200

    def test_the_button_is_offered_to_editors_alone(
        self, client, signed_in, editor, employee, article, agreed
    ):
        button = agreed.feature_url
        assert button in signed_in(editor).get(article.url).content.decode()
        assert button not in signed_in(employee).get(article.url).content.decode()
        assert button not in client.get(article.url).content.decode()

    def test_others_are_refused(self, client, signed_in, employee, moderator, agreed):
        assert self.feature(client, agreed).status_code == 401
        self.feature(signed_in(employee), agreed)
        self.feature(signed_in(moderator), agreed)
        assert not FeaturedComment.objects.exists()

    def test_it_refuses_a_get(self, signed_in, editor, agreed):
        url = reverse("dialogue_feature_comment", args=[agreed.public_id])
        assert signed_in(editor).get(url).status_code == 405

    def test_a_comment_that_they_may_not_read_is_not_found(self, signed_in, editor, article, say):
        held = say(article, is_published=False)
        assert self.feature(signed_in(editor), held).status_code == 404


class TestChooser:
    """The chooser never hands out a comment that the editor may not read."""

    def test_it_finds_by_words_and_person(self, signed_in, editor, agreed):
        client = signed_in(editor)
        url = reverse("comment_chooser:choose_results")
        assert agreed.excerpt[:20] in client.get(url, {"q": "prudents odile"}).content.decode()
        assert agreed.excerpt[:20] not in client.get(url, {"q": "absent"}).content.decode()

    def test_it_can_keep_to_those_who_agreed(self, signed_in, editor, article, say, agreed):
        say(article, "Sans case cochée.")
        body = (
            signed_in(editor)
            .get(reverse("comment_chooser:choose_results"), {"leave": "given"})
            .content.decode()
        )
        assert "Sans case cochée." not in body
        assert agreed.author_name in body

    def test_held_and_unknown_ones_are_not_found(self, signed_in, editor, article, say):
        client = signed_in(editor)
        held = say(article, is_published=False)
        for public_id in (held.public_id, "personne1234"):
            assert client.get(reverse("comment_chooser:chosen", args=[public_id])).status_code == 404
        assert client.get(reverse("comment_chooser:chosen_multiple")).status_code == 404

    def test_a_moderator_without_the_right_finds_nothing(self, signed_in, moderator, agreed):
        body = signed_in(moderator).get(reverse("comment_chooser:choose_results")).content.decode()
        assert agreed.excerpt[:20] not in body


def test_a_page_with_comments_is_not_deleted(signed_in, administrator, article, agreed):
    client = signed_in(administrator)
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert Page.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("word", ["declined_at", "withdrawn_at"])
def test_whoever_said_no_is_not_quoted_whatever_was_ticked(quote, agreed, word):
    page = quote(agreed)
    featured = FeaturedComment.objects.get()
    assert FeaturedCommentPermissionTester(featured, page).has_consent()
    setattr(featured, word, timezone.now())
    assert not FeaturedCommentPermissionTester(featured, page).has_consent()


def test_an_app_that_can_start_nothing_leaves_it_to_the_next(agreed, editor):
    asked = []
    with hooks.register_temporarily("start_article", lambda comment, by: asked.append(comment), order=-1):
        assert feature_comment(agreed, by=editor)
    assert asked == [agreed]
