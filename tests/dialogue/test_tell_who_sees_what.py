"""Whoever changes what others may see tells it, within the transaction, on the one path (decision 32)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from blog.models import BlogIndexPage, BlogPage
from dialogue import actions
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentRevision, ConversationSettings, DialoguePage, FeaturedComment
from dialogue.quotation_mail import LOST
from mail.models import ChoicePlace, OutgoingMail
from moderation import actions as moderation
from moderation.models import Verb
from people.groups import EMPLOYEES
from people.models import User
from portal.editions import current_edition
from portal.models import PortalDocument, PortalSettings
from portal.visibility import EVERYTHING, Change, visibility_changed
from privacy.actions import apply_retention, erase_participant
from tests.visibility import say_what_is_untold, watched_visibility

pytestmark = [pytest.mark.database, pytest.mark.every_case, pytest.mark.django_db]

EDITED = "Mieux dit."
LONG_AGO = datetime(2015, 1, 5, tzinfo=UTC)


@dataclass
class Scene:
    """A comment that is quoted in a page, one that waits, and where they stand."""

    comment: Comment
    held: Comment
    quoting: Page
    by: object
    hidden: Comment | None = None
    changed: tuple[Comment, int] | None = None

    @property
    def quotation(self) -> FeaturedComment:
        return FeaturedComment.objects.get(comment=self.comment)

    @property
    def article(self) -> Page:
        return BlogPage.objects.get(pk=self.comment.page_id)

    def prepare(self, name: str) -> None:
        """Lay out what an act needs before it is watched."""
        if name in {"restore", "keep no longer"}:
            actions.hide_comment(self.comment, by=None)
            self.hidden = self.comment
            Comment.objects.filter(pk=self.comment.pk).update(hidden_at=LONG_AGO)
        if name == "accept":
            Comment.objects.filter(pk=self.comment.pk).update(signals=["honeypot"])  # so that it waits
            actions.edit_comment(self.comment, EDITED, by=self.comment.participant, may_quote=True)
            self.changed = (self.comment, 2)
        if name == "take back one":
            actions.agree_to_quotation(self.comment, by=self.comment.participant, place=ChoicePlace.PAGE)
        if name == "cross":
            restrict(self.article)
        if name in {"agree to one", "decline", "cross"}:
            ask(self)
        if name == "cross":
            answer(self)


@pytest.fixture
def scene(article, articles_fr, say, receive, moderator) -> Scene:
    comment = say(article, "Les bancs manquent.", may_quote=True)
    held = receive(article, "Un mot.", signals=frozenset({"honeypot"}))
    quotation = quotation_of(comment)
    body = [("featured_comment", {"quotation": quotation, "why": ""})]
    quoting = BlogPage(title="La parole est à vous", introduction="<p>Lisez.</p>", body=body)
    articles_fr.add_child(instance=quoting)
    quoting.save_revision().publish()
    return Scene(comment, held, BlogPage.objects.get(pk=quoting.pk), moderator)


@pytest.fixture
def askable(scene, site, article, say, editor) -> Scene:
    """The same, where nobody has agreed, and the author may be asked for the public too."""
    ConversationSettings.objects.update_or_create(site=site, defaults={"allow_crossing": True})
    scene.comment = say(article, "On attend debout.", may_ask=True)
    scene.quoting.owner = editor
    scene.quoting.body = [("featured_comment", {"quotation": quotation_of(scene.comment), "why": ""})]
    scene.quoting.save_revision(user=editor).publish()
    return scene


def rejecting(scene: Scene) -> object:
    return moderation.decide_on_comments(
        Verb.REJECT, [moderation.Seen(scene.held)], by=scene.by, reason_code="off_topic"
    )


WITH_COMMENTS: dict[str, Callable[[Scene], object]] = {
    "publish": lambda scene: actions.publish_comment(scene.held, by=scene.by),
    "reject": lambda scene: actions.reject_comment(scene.held, by=scene.by),
    "hide": lambda scene: actions.hide_comment(scene.comment, by=scene.by),
    "restore": lambda scene: actions.restore_comment(scene.hidden, by=scene.by),
    "withdraw": lambda scene: actions.withdraw_comment(scene.comment, by=scene.comment.participant),
    "take back": lambda scene: actions.take_back_quotation(
        scene.comment, by=scene.comment.participant, place=ChoicePlace.PAGE
    ),
    "agree": lambda scene: actions.agree_to_quotation(
        scene.held, by=scene.held.participant, place=ChoicePlace.PAGE
    ),
    "edit": lambda scene: actions.edit_comment(scene.held, EDITED, by=scene.held.participant),
    "edit, published": lambda scene: actions.edit_comment(
        scene.comment, EDITED, by=scene.comment.participant
    ),
    "accept": lambda scene: actions.accept_edit(*scene.changed, by=None),
    "language": lambda scene: actions.correct_language(scene.comment, "en", by=scene.by),
    "render": lambda scene: list(actions.renew_fragments(is_all=True)),
    "erase": lambda scene: erase_participant(scene.comment.participant),
    "keep no longer": lambda scene: list(apply_retention()),
    "decide on many": rejecting,
}


def ask(scene: Scene) -> FeaturedComment:
    """Let the author be asked, as they agreed to be."""
    until = timezone.now() + timedelta(days=7)
    row = scene.quotation
    actions.ask_to_quote(row, by=scene.quoting.owner, answer_by=until)
    return row


def answer(scene: Scene, *, is_agreed: bool = True) -> None:
    person = scene.quotation.comment.participant
    actions.answer_quotation(scene.quotation, by=person, is_agreed=is_agreed, place=ChoicePlace.MAIL)


def cross(scene: Scene) -> None:
    """Nothing internal is in the scene: the article is closed meanwhile."""
    actions.cross_quotation(scene.quotation, by=User.objects.filter(is_superuser=True).first())


WITH_QUOTATIONS: dict[str, tuple[str, Callable[[Scene], object]]] = {
    "ask": ("", ask),
    "agree to one": ("agreed_at", answer),
    "decline": ("declined_at", lambda scene: answer(scene, is_agreed=False)),
    "cross": ("crossed_at", cross),
    "take back one": (
        "withdrawn_at",
        lambda scene: actions.take_back_one_quotation(
            scene.quotation, by=scene.comment.participant, place=ChoicePlace.PAGE
        ),
    ),
}


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.LOGIN)


def admit(scene: Scene) -> None:
    restriction = restrict(scene.article)
    restriction.groups.add(Group.objects.get(profile__key=EMPLOYEES))


def open_again(scene: Scene) -> None:
    restrict(scene.article).delete()


def rename(scene: Scene) -> None:
    page = scene.article
    page.slug = "autrement"
    page.save_revision().publish()


def move(scene: Scene) -> None:
    page = scene.article
    section = page.get_parent().get_parent().add_child(instance=BlogIndexPage(title="Avis", slug="avis"))
    page.move(section, pos="last-child")


def copy(scene: Scene) -> None:
    scene.quoting.copy(update_attrs={"slug": "copie"})


def make_alias(scene: Scene) -> None:
    scene.quoting.create_alias(update_slug="alias")


def come_and_go_by_the_clock(scene: Scene) -> None:
    """One page goes, another one comes."""
    now = timezone.now()
    page = scene.article
    page.expire_at = now + timedelta(hours=1)
    page.save_revision().publish()
    coming = BlogPage(
        title="Demain", introduction="<p>.</p>", live=False, go_live_at=now + timedelta(hours=1)
    )
    page.get_parent().add_child(instance=coming)
    coming.save_revision().publish()
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        call_command("publish_scheduled")
    assert list(Page.objects.filter(pk__in=[page.pk, coming.pk], live=True)) == [coming.page_ptr]


def delete(scene: Scene) -> None:
    scene.quoting.delete()


def delete_draft(scene: Scene) -> None:
    scene.quoting.unpublish()
    Page.objects.get(pk=scene.quoting.pk).delete()


def close_files(scene: Scene) -> None:
    collection = Collection.get_first_root_node().add_child(name="Plans")
    other = Collection.get_first_root_node().add_child(name="Avis")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(profile__key=EMPLOYEES))
    restriction.delete()
    with transaction.atomic():  # as the admin moves one
        other.save()
        other.move(collection, "sorted-child")


def set_up(scene: Scene) -> None:
    for settings in (PortalSettings, ConversationSettings):
        settings.for_site(Site.objects.get()).save()
    Site.objects.get().save()
    Locale.objects.first().save()


WITH_PAGES: dict[str, tuple[str, Callable[[Scene], object]]] = {
    "publish and rename": ("wagtailcore_page", rename),
    "unpublish": ("wagtailcore_page", lambda scene: scene.article.unpublish()),
    "move": ("wagtailcore_page", move),
    "copy": ("wagtailcore_page", copy),
    "alias": ("wagtailcore_page", make_alias),
    "the clock": ("wagtailcore_page", come_and_go_by_the_clock),
    "delete": ("wagtailcore_page", delete),
    "delete a draft": ("wagtailcore_page", delete_draft),
    "restrict": ("wagtailcore_pageviewrestriction", lambda scene: restrict(scene.article)),
    "admit": ("wagtailcore_pageviewrestriction_groups", admit),
    "open": ("wagtailcore_pageviewrestriction", open_again),
    "files": ("wagtailcore_collectionviewrestriction_groups", close_files),
    "settings": ("portal_portalsettings", set_up),
}


class TestEveryAct:
    """Each writes what is watched, and tells of it."""

    @pytest.mark.parametrize("name", WITH_COMMENTS)
    def test_on_comments(self, scene, name):
        scene.prepare(name)
        with watched_visibility(is_strict=True) as watch:
            WITH_COMMENTS[name](scene)
        assert "dialogue_comment" in {write.table for write in watch.writes}
        assert say_what_is_untold(watch) == ""
        assert all(told.change.is_of_comments for told in watch.told), "it need not be told so widely"

    @pytest.mark.parametrize("name", WITH_QUOTATIONS)
    def test_on_quotations(self, askable, name):
        column, act = WITH_QUOTATIONS[name]
        askable.prepare(name)
        with watched_visibility(is_strict=True) as watch:
            act(askable)
        columns = {each for write in watch.writes for each in write.columns}
        assert not column or column in columns
        assert say_what_is_untold(watch) == ""
        assert all(told.change.is_of_comments for told in watch.told), "it need not be told so widely"

    @pytest.mark.parametrize("name", WITH_PAGES)
    def test_on_pages_files_and_settings(self, scene, name):
        table, act = WITH_PAGES[name]
        with watched_visibility(is_strict=True) as watch:
            act(scene)
        assert table in {write.table for write in watch.writes}
        assert say_what_is_untold(watch) == ""


class TestTheWatch:
    """What does not tell is found, and by whom."""

    def test_an_act_that_tells_nobody(self, scene):
        with watched_visibility(is_strict=True) as watch:
            Comment.objects.filter(pk=scene.comment.pk).update(status="hidden", hidden_at=timezone.now())
            FeaturedComment.objects.update(withdrawn_at=timezone.now())
            Page.objects.filter(pk=scene.quoting.pk).update(live=False)
        found = say_what_is_untold(watch)
        for part in ("dialogue_comment (status)", "(withdrawn_at)", "wagtailcore_page (live)", "test_an_act"):
            assert part in found

    def test_one_that_tells_of_another_comment(self, scene):
        with watched_visibility(is_strict=True) as watch, transaction.atomic():
            actions.tell_of_comments([scene.held])
            scene.comment.author_name = "Zoé"
            Comment.objects.bulk_update([scene.comment, scene.held], ["author_name"], batch_size=1)
        assert [write.key for write in watch.untold()] == [scene.comment.pk]

    def test_one_that_tells_of_too_little(self, scene):
        with watched_visibility(is_strict=True) as watch, transaction.atomic():
            visibility_changed(Change(pages=frozenset({scene.quoting.pk})))
            PageViewRestriction.objects.bulk_create([PageViewRestriction(page=scene.quoting)])
            Page.objects.filter(pk=scene.article.pk).update(live=False)
        assert [write.table for write in watch.untold()] == [
            "wagtailcore_pageviewrestriction",
            "wagtailcore_page",
        ]

    def test_one_that_tells_in_another_transaction(self, scene):
        with watched_visibility(is_strict=True) as watch:
            with transaction.atomic():
                actions.tell_of_comments([scene.comment])
            with transaction.atomic():
                Comment.objects.filter(pk=scene.comment.pk).update(status="hidden", hidden_at=timezone.now())
        assert len(watch.untold()) == 1

    def test_what_changes_nothing_for_anybody_need_not_be_told(self, scene):
        with watched_visibility(is_strict=True) as watch:
            Comment.objects.update(network_digest="")
            Comment.objects.filter(pk=0).update(status="hidden", hidden_at=timezone.now())
            scene.quoting.save_revision()
        assert watch.writes == []

    def test_a_test_may_lay_out_what_it_likes(self, scene):
        with watched_visibility() as watch:
            Comment.objects.update(status="hidden", hidden_at=timezone.now())
        assert watch.writes == []


class TestWhatWasForgotten:
    """Writers of whom nobody had thought."""

    @pytest.mark.parametrize("render", [lambda: actions.renew_fragments(is_all=True), actions.renew_versions])
    def test_words_that_are_rendered_anew_are_shown_in_what_quotes_them(self, scene, render):
        CommentRevision.objects.update(renderer_version=0)
        with watched_visibility() as watch:
            before = current_edition()
            list(render())
        assert current_edition() != before
        assert scene.quoting.pk in {pk for told in watch.told for pk in told.change.quoted_in}

    def test_an_alias_has_its_quotations_before_readers_from_the_start(self, scene):
        alias = scene.quoting.create_alias(update_slug="alias")
        assert FeaturedComment.objects.before_readers().filter(page=alias.pk).exists()
        actions.hide_comment(scene.comment, by=None)
        assert FeaturedComment.objects.withheld().count() == 2

    def test_files_that_are_moved_in_bulk_move_the_edition(self, signed_in, administrator, site):
        document = PortalDocument.objects.create(title="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"))
        collection = Collection.get_first_root_node().add_child(name="Plans")
        address = reverse("wagtail_bulk_action", args=["portal", "portaldocument", "add_to_collection"])
        with watched_visibility(is_strict=True) as watch:
            before = current_edition()
            signed_in(administrator).post(f"{address}?id={document.pk}", {"collection": collection.pk})
        document.refresh_from_db()
        assert document.collection == collection
        assert current_edition() != before
        assert "portal_portaldocument" in {write.table for write in watch.writes}
        assert say_what_is_untold(watch) == ""

    def test_an_internal_section_is_closed_again_before_anybody_compares(
        self, article, internal_fr, say, editor
    ):
        """For a moment it is open: what is quoted in it is not lost for that."""
        comment = say(article, "Entre nous.", may_quote=True)
        article.view_restrictions.create(restriction_type=BaseViewRestriction.GROUPS).groups.set(
            Group.objects.filter(profile__key=EMPLOYEES)
        )
        body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        page = DialoguePage(title="Et vous ?", question="Et vous ?", owner=editor, body=body)
        internal_fr.add_child(instance=page)
        page.save_revision().publish()
        internal_fr.view_restrictions.get().delete()
        assert internal_fr.view_restrictions.exists()
        assert OutgoingMail.objects.filter(kind=LOST).count() == 0
        PageViewRestriction.objects.filter(page=article).delete()
        article.unpublish()
        assert OutgoingMail.objects.filter(kind=LOST).count() == 1, "nobody would have been told anyway"

    def test_a_group_that_is_deleted_admits_nobody(self, scene):
        group = Group.objects.create(name="Équipe")
        restriction = PageViewRestriction.objects.create(page=scene.quoting, restriction_type="groups")
        restriction.groups.add(group)
        with watched_visibility(is_strict=True) as watch:
            before = current_edition()
            group.delete()
        assert current_edition() != before
        assert EVERYTHING in [told.change for told in watch.told]


def test_where_a_comment_is_quoted_is_asked_once(scene):
    quoting = 'FROM "dialogue_featuredcomment"'
    with CaptureQueriesContext(connection) as queries:
        actions.publish_comment(scene.held, by=None)
    assert sum(quoting in query["sql"] for query in queries) == 1
