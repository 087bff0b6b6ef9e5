"""An editor quotes a comment in a draft that is there already."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Page, PageLogEntry, PageViewRestriction

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.actions.features import FeatureRefused, feature_in_page, pages_open_to
from dialogue.models import Comment, FeaturedComment
from portal.permissions import readers_are_within, within_readers_of

pytestmark = pytest.mark.django_db

WORDS = "Il manque un banc à l’abri du vent."


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, may_quote=True)


@pytest.fixture
def write(articles_fr):
    """Write a draft, or an article that readers have: `write("Le banc", is_live=True)`."""

    def make(title: str, parent: Page = articles_fr, *, is_live: bool = False) -> BlogPage:
        page = BlogPage(title=title, introduction="<p>Voici.</p>", live=False)
        parent.add_child(instance=page)
        revision = page.save_revision()
        if is_live:
            revision.publish()
        return BlogPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def draft(write) -> BlogPage:
    return write("Le banc")


def list_url(comment):
    return reverse("dialogue_find_page_for_comment", args=[comment.public_id])


def act_url(comment, page):
    return reverse("dialogue_feature_in_page", args=[comment.public_id, page.pk])


def send(client, comment, page, **more):
    seen = Page.objects.get(pk=page.pk).latest_revision_id or ""
    return client.post(act_url(comment, page), {"seen": seen, **more})


def told(client, response):
    return client.get(response["Location"].partition("#")[0]).content.decode()


def quoted_in(page):
    body = Page.objects.get(pk=page.pk).get_latest_revision_as_object().body
    return [block.value["quotation"].comment_id for block in body if block.block_type == "featured_comment"]


class TestItWorks:
    def test_the_draft_gains_the_block_and_nothing_is_published(self, signed_in, editor, comment, draft):
        client = signed_in(editor)
        response = send(client, comment, draft)
        assert response.status_code == 303
        assert quoted_in(draft) == [comment.pk]
        page = BlogPage.objects.get(pk=draft.pk)
        assert not page.live
        assert page.latest_revision.user == editor
        assert FeaturedComment.objects.get().page_id == draft.pk
        block = page.get_latest_revision_as_object().body[-1]
        editor_url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        assert response["Location"] == f"{editor_url}#block-{block.id}-section"
        said = gettext("The comment stands at the end of the draft. Nothing of it is published yet.")
        assert said in told(client, response)

    def test_readers_of_a_live_page_see_nothing_before_it_is_published(
        self, client, signed_in, editor, comment, write
    ):
        page = write("En ligne", is_live=True)
        send(signed_in(editor), comment, page)
        assert WORDS not in client.get(page.url).content.decode()
        assert not FeaturedComment.objects.get().placed_at
        BlogPage.objects.get(pk=page.pk).latest_revision.publish()
        assert WORDS in client.get(page.url).content.decode()

    def test_what_stood_in_the_draft_stays_and_comes_first(self, signed_in, editor, comment, draft):
        draft.body.append(("paragraph", "<p>Mon brouillon.</p>"))
        draft.save_revision()
        send(signed_in(editor), comment, draft)
        body = Page.objects.get(pk=draft.pk).get_latest_revision_as_object().body
        assert [block.block_type for block in body] == ["paragraph", "featured_comment"]

    def test_an_article_that_answers_nothing_yet_answers_its_page(self, editor, comment, draft, article):
        feature_in_page(comment, draft, seen=draft.latest_revision_id, by=editor)
        assert BlogPage.objects.get(pk=draft.pk).get_latest_revision_as_object().source_page_id == article.pk

    def test_one_that_answers_a_page_goes_on_doing_so(self, editor, comment, draft, dialogue):
        draft.source_page_id = dialogue.pk
        revision = draft.save_revision()
        feature_in_page(comment, draft, seen=revision.pk, by=editor)
        assert BlogPage.objects.get(pk=draft.pk).get_latest_revision_as_object().source_page_id == dialogue.pk

    def test_a_page_answers_no_comment_of_its_own(self, editor, comment, article):
        feature_in_page(comment, article, seen=article.latest_revision_id, by=editor)
        assert BlogPage.objects.get(pk=article.pk).get_latest_revision_as_object().source_page_id is None

    def test_a_dialogue_quotes_too(self, signed_in, editor, comment, dialogue):
        assert send(signed_in(editor), comment, dialogue).status_code == 303
        assert quoted_in(dialogue) == [comment.pk]

    def test_the_history_says_who_changed_it(self, signed_in, editor, comment, draft):
        send(signed_in(editor), comment, draft)
        entry = PageLogEntry.objects.filter(page=draft.pk).latest("pk")
        assert (entry.action, entry.user) == ("wagtail.edit", editor)


class TestRefused:
    @pytest.mark.parametrize("who", ["moderator", "answerer", "employee"])
    def test_without_the_right(self, who, request, signed_in, comment, draft):
        client = signed_in(request.getfixturevalue(who))
        client.get(list_url(comment))
        send(client, comment, draft)
        assert quoted_in(draft) == []
        with pytest.raises(PermissionDenied):
            feature_in_page(comment, draft, seen=draft.latest_revision_id, by=request.getfixturevalue(who))

    def test_a_stranger(self, client, comment, draft):
        assert send(client, comment, draft).status_code == 401
        assert quoted_in(draft) == []

    def test_without_a_token(self, editor, comment, draft):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        assert send(client, comment, draft).status_code == 403
        assert quoted_in(draft) == []

    def test_what_is_no_longer_there_to_be_read(self, signed_in, editor, comment, draft):
        hide_comment(comment, by=None)
        client = signed_in(editor)
        assert client.get(list_url(comment)).status_code == 404
        assert send(client, comment, draft).status_code == 404
        assert quoted_in(draft) == []

    def test_a_page_with_readers_who_may_not_read_the_comment(
        self, signed_in, editor, employee, internal_dialogue, say, draft
    ):
        inside = say(internal_dialogue, user=employee)
        assert send(signed_in(editor), inside, draft).status_code == 404
        assert quoted_in(draft) == []

    def test_a_page_that_they_may_not_edit(self, signed_in, editor, comment, draft):
        GroupPagePermission.objects.all().delete()
        assert send(signed_in(editor), comment, draft).status_code == 404

    def test_a_page_that_is_closed_to_them(self, signed_in, editor, comment, draft):
        PageViewRestriction.objects.create(page=draft, restriction_type="groups")
        client = signed_in(editor)
        assert send(client, comment, draft).status_code == 404
        assert draft.title not in client.get(list_url(comment)).content.decode()

    def test_a_page_locked_by_somebody_else(self, signed_in, editor, administrator, comment, draft):
        Page.objects.filter(pk=draft.pk).update(
            locked=True, locked_by=administrator, locked_at=timezone.now()
        )
        client = signed_in(editor)
        assert gettext("Locked by somebody else") in client.get(list_url(comment)).content.decode()
        response = send(client, comment, draft)
        assert quoted_in(draft) == []
        assert gettext("The page is locked, so nothing was added to it.") in told(client, response)

    def test_a_page_that_is_scheduled(self, editor, comment, draft):
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision().publish()
        page = Page.objects.get(pk=draft.pk)
        with pytest.raises(FeatureRefused):
            feature_in_page(comment, page, seen=page.latest_revision_id, by=editor)

    def test_a_page_that_somebody_has_changed_meanwhile(self, signed_in, editor, comment, draft):
        client = signed_in(editor)
        seen = draft.latest_revision_id
        draft.title = "Le banc, autrement"
        draft.save_revision()
        response = send(client, comment, draft, seen=seen)
        assert quoted_in(draft) == []
        body = told(client, response)
        said = "Somebody has changed the page since this list was made. Nothing was added: try again."
        assert gettext(said) in body
        assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in body

    @pytest.mark.parametrize("method", ["get", "put", "delete"])
    def test_what_is_not_a_post(self, signed_in, editor, comment, draft, method):
        assert getattr(signed_in(editor), method)(act_url(comment, draft)).status_code == 405
        assert quoted_in(draft) == []

    @pytest.mark.parametrize("seen", ["x", "²", "9" * 40, "-1"])
    def test_a_form_that_nobody_sent(self, signed_in, editor, comment, draft, seen):
        assert send(signed_in(editor), comment, draft, seen=seen).status_code == 404


class TestTheSecondTime:
    def test_it_says_that_it_is_quoted_and_offers_to_open_it(self, signed_in, editor, comment, draft):
        client = signed_in(editor)
        send(client, comment, draft)
        response = send(client, comment, draft)
        assert quoted_in(draft) == [comment.pk]
        body = told(client, response)
        assert gettext("This page quotes the comment already.") in body
        assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in body

    def test_so_it_does_where_the_form_was_sent_twice(self, signed_in, editor, comment, draft):
        client, seen = signed_in(editor), draft.latest_revision_id
        for _time in range(2):
            response = send(client, comment, draft, seen=seen)
        assert gettext("This page quotes the comment already.") in told(client, response)
        assert quoted_in(draft) == [comment.pk]

    def test_the_list_says_so_as_long_as_the_draft_does(self, signed_in, editor, comment, draft):
        client, words = signed_in(editor), gettext("Quotes it already")
        send(client, comment, draft)
        assert words in client.get(list_url(comment)).content.decode()
        page = Page.objects.get(pk=draft.pk).get_latest_revision_as_object()
        page.body = []
        page.save_revision()
        assert words not in client.get(list_url(comment)).content.decode()


class TestTheList:
    def test_those_in_its_language_come_first_then_those_changed_last(
        self, editor, comment, write, articles_en, article, dialogue
    ):
        first, english, last = write("Un"), write("One", articles_en), write("Deux")
        found = [page.pk for page in pages_open_to(comment, by=editor)]
        assert found[:2] == [last.pk, first.pk]
        assert found[-1] == english.pk
        assert {article.pk, dialogue.pk} <= set(found)

    def test_it_is_searched_by_titles(self, signed_in, editor, comment, write):
        write("Le banc"), write("La rampe")
        titles = [
            place["title"]
            for place in signed_in(editor).get(list_url(comment), {"q": "RAMPE la"}).context["places"]
        ]
        assert titles == ["La rampe"]

    def test_it_says_where_nothing_is_found(self, signed_in, editor, comment):
        body = signed_in(editor).get(list_url(comment), {"q": "zzz"}).content.decode()
        assert "zzz" in body
        assert gettext("Feature in a new article") in body

    @pytest.mark.parametrize("wanted", [{"q": "a\0b"}, {"q": "x" * 9_000}, {"page": "x"}, {"page": "9" * 50}])
    def test_nonsense_is_answered(self, signed_in, editor, comment, wanted):
        assert signed_in(editor).get(list_url(comment), wanted).status_code == 200

    def test_a_plain_page_or_an_alias_cannot_quote(self, editor, comment, article, home_fr):
        alias = article.create_alias(parent=article.get_parent(), update_slug="double")
        found = set(pages_open_to(comment, by=editor).values_list("pk", flat=True))
        assert not found & {alias.pk, home_fr.pk, article.get_parent().pk}

    @pytest.mark.database
    def test_many_cost_as_many_queries_as_one(self, signed_in, editor, comment, write, count_queries):
        client = signed_in(editor)
        write("Un")
        client.get(list_url(comment))
        few = count_queries(lambda: client.get(list_url(comment)))
        for number in range(30):
            write(f"Brouillon {number}")
        client.get(list_url(comment))
        assert count_queries(lambda: client.get(list_url(comment))) == few

    def test_the_thread_leads_there_for_editors_alone(
        self, client, signed_in, editor, employee, article, comment
    ):
        assert list_url(comment) in signed_in(editor).get(article.url).content.decode()
        assert list_url(comment) not in signed_in(employee).get(article.url).content.decode()
        assert list_url(comment) not in client.get(article.url).content.decode()


@pytest.mark.database
def test_the_list_and_the_rule_for_one_page_say_the_same(
    site, article, dialogue, internal_dialogue, articles_fr, write
):
    closed = write("Fermé", is_live=True)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    pages = Page.objects.filter(depth__gt=1)
    for source in (article, internal_dialogue, closed):
        within = {page.pk for page in pages if readers_are_within(page, source)}
        assert set(within_readers_of(pages, source).values_list("pk", flat=True)) == within
        assert source.pk in within
