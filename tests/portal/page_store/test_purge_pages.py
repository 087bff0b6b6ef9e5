"""Purging: whatever changes a page takes it out of the store before it could be wrong (T10, T35)."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail import hooks
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from blog.models import BlogPage, VoicesPage
from dialogue.actions import hide_comment, restore_comment, take_back_quotation, withdraw_comment
from dialogue.actions.counts import recount
from dialogue.blocks import quotation_of
from dialogue.models import Comment, ConversationSettings, DialoguePage, FeaturedComment
from home.models import NavigationItem, NavigationMenu
from mail.models import ChoicePlace
from portal.models import PortalSettings, Topic
from portal.page_store import changes, purge_everything, purge_pages
from portal.page_store.changes import QUIET_TABLES, is_quiet
from privacy.actions import erase_participant
from tests.portal.page_store.conftest import publish, retitle

pytestmark = [pytest.mark.database, pytest.mark.every_case]

FEED, HOME, SECTION = "/fr/feeds/articles.atom", "/fr/", "/fr/articles/"


# --- What purges ------------------------------------------------------------------------------------


def write_anew(article: BlogPage) -> None:
    article.introduction = "<p>Le chantier est remis.</p>"
    article.save_revision().publish()


def close(article: BlogPage) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type=BaseViewRestriction.LOGIN)


def close_section(article: BlogPage) -> None:
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type=BaseViewRestriction.LOGIN)


def rename(article: BlogPage) -> None:
    article.slug = "un-autre-nom"
    article.save()


def move(article: BlogPage) -> None:
    section = article.get_parent().specific.copy(update_attrs={"slug": "ailleurs"}, recursive=False)
    article.move(Page.objects.get(pk=section.pk), pos="last-child")


def name_the_portal(article: BlogPage) -> None:
    portal = PortalSettings.for_site(article.get_site())
    portal.name_fr = "Nordet"
    portal.save()


def add_to_menu(article: BlogPage) -> None:
    menu, _new = NavigationMenu.objects.get_or_create(locale=article.locale)
    NavigationItem.objects.create(menu=menu, address="/fr/search/", label="Chercher ici")


CHANGES: list[Callable[[BlogPage], Any]] = [
    write_anew,
    close,
    close_section,
    rename,
    move,
    name_the_portal,
    add_to_menu,
    lambda article: article.unpublish(),
    lambda article: article.delete(),
    lambda article: Topic.objects.create(name="Énergie", locale=article.locale),
    lambda article: BlogPage.objects.filter(pk=article.pk).update(title="Autre titre"),
    lambda article: Page.objects.bulk_update([Page(pk=article.pk, title="Autre")], ["title"]),
    lambda article: ConversationSettings.objects.update(not_endorsed_fr="…"),
    lambda article: purge_everything(),
]


def test_t10_every_change_of_what_pages_show_purges(read, article, other_article, store, committed):
    """A restriction, a slug, a move, a setting, a bulk update: Wagtail tells of some of these to nobody."""
    for change in CHANGES:
        read(other_article.get_url())
        assert store.folders(), "nothing was kept that could be purged"
        with transaction.atomic():
            with committed():
                change(BlogPage.objects.get(pk=article.pk))
            transaction.set_rollback(True)
        assert store.folders() == [], change


def test_what_was_changed_is_read_at_once_and_kept_again(read, article, store, committed):
    for path in (article.get_url(), HOME, SECTION, FEED):
        read(path)
    with committed():
        write_anew(article)
    for path in (article.get_url(), HOME, SECTION, FEED):
        assert "Le chantier est remis" in read(path).text
        assert read(path).queries == 0


def test_drafts_and_what_the_site_notes_for_itself_purge_nothing(
    read, article, store, say, committed, editor
):
    read(article.get_url())
    with committed():
        draft = BlogPage.objects.get(pk=article.pk)
        draft.title = "Un brouillon"
        draft.save_revision(user=editor)
        Client().force_login(editor)
        say(article, is_published=False)
    assert read(article.get_url()).queries == 0


def test_a_command_purges_whatever_its_settings_say(read, article, store, committed, settings):
    read(article.get_url())
    settings.PAGE_STORE = False
    with committed():
        BlogPage.objects.filter(pk=article.pk).update(title="Autre titre")
    assert store.folders() == []


def test_raw_sql_purges_too(read, article, store, committed):
    read(article.get_url())
    with committed(), connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = title WHERE id = %s", [article.pk])
    assert store.folders() == []


@pytest.mark.parametrize(
    ("table", "sql", "expected"),
    [
        ("wagtailcore_page", 'UPDATE "wagtailcore_page" SET "draft_title" = ? WHERE "id" = ?', True),
        ("wagtailcore_page", 'UPDATE "wagtailcore_page" SET "draft_title" = ?, "title" = ?', False),
        ("wagtailcore_page", 'DELETE FROM "wagtailcore_page" WHERE "draft_title" = ?', False),
        ("wagtailcore_page", "UPDATE wagtailcore_page SET live = 0", False),
        ("django_session", 'INSERT INTO "django_session"', True),
        ("dialogue_comment", 'UPDATE "dialogue_comment" SET "reply_count" = ? WHERE "status" = ?', True),
        ("dialogue_comment", 'UPDATE "dialogue_comment" SET "reply_count" = ?, "status" = ?', False),
        ("a_table_that_comes_tomorrow", "INSERT INTO a_table_that_comes_tomorrow", False),
    ],
)
def test_a_table_that_nobody_has_thought_of_purges(table, sql, expected):
    assert is_quiet(table, sql) is expected


def test_each_quiet_table_is_there():
    """A name with a mistake in it would purge; one that is gone says that the list is old."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert QUIET_TABLES - tables <= {"wagtailsearch_indexentry_fts"}, (
        "Take these out of `portal.page_store.changes`."
    )


# --- Comments ---------------------------------------------------------------------------------------


def test_t10_a_comment_is_on_the_next_page_and_off_it_again(read, article, other_article, say, committed):
    feed = f"/fr/feeds/comments/{article.pk}.atom"
    paths = (article.get_url(), feed)
    for path in (*paths, other_article.get_url(), HOME):
        read(path)
    with committed():
        comment = say(article, "Les bancs manquent.")
    acts: list[tuple[Callable[[], Any], bool]] = [
        (lambda: None, True),
        (lambda: hide_comment(comment, by=None), False),
        (lambda: restore_comment(comment, by=None), True),
        (lambda: withdraw_comment(comment, by=comment.participant), False),
    ]
    for act, is_shown in acts:
        with committed():
            act()
        assert all(("Les bancs manquent" in read(path).text) is is_shown for path in paths)
        assert read(article.get_url()).queries == 0
    assert read(other_article.get_url()).queries == 0, "another page has nothing to do with it"


def test_t10_what_is_said_in_the_other_language_is_counted_on_the_next_page(
    read, article, articles_en, say, committed
):
    with committed():
        twin = article.copy_for_translation(articles_en.locale, copy_parents=True)
        twin.save_revision().publish()
    assert 'hreflang="en">1 ' not in read(article.get_url()).text
    with committed():
        comment = say(BlogPage.objects.get(pk=twin.pk), "The benches are missing.")
    assert 'hreflang="en">1 ' in read(article.get_url()).text
    with committed():
        hide_comment(comment, by=None)
    assert 'hreflang="en">1 ' not in read(article.get_url()).text


def test_t10_who_is_erased_is_gone_from_the_next_page(read, article, say, committed):
    comment = say(article, "Les bancs manquent.")
    assert "Les bancs manquent" in read(article.get_url()).text
    with committed():
        erase_participant(comment.participant)
    answer = read(article.get_url()).text
    assert "Les bancs manquent" not in answer
    assert "Odile Grandmaison" not in answer


@pytest.fixture
def quoting(articles_fr, article, say) -> BlogPage:
    comment = say(article, "Les bancs manquent.", may_quote=True)
    quotation = FeaturedComment(comment=comment, revision=comment.revisions.get(version=1))
    return publish(
        articles_fr, "Vu par vous", body=[("featured_comment", {"quotation": quotation, "why": ""})]
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda comment: hide_comment(comment, by=None),
        lambda comment: withdraw_comment(comment, by=comment.participant),
        lambda comment: take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE),
        lambda comment: erase_participant(comment.participant),
    ],
)
def test_t10_a_quotation_goes_with_its_comment(quoting, read, article, committed, act):
    assert "Les bancs manquent" in read(quoting.get_url()).text
    assert "Les bancs manquent" in read(HOME).text
    with committed():
        act(Comment.objects.get(page=article))
    assert "Les bancs manquent" not in read(quoting.get_url()).text
    assert "Les bancs manquent" not in read(HOME).text


def test_a_comment_that_is_hidden_past_every_verb_purges_everything(read, article, say, committed):
    with committed():
        comment = say(article, "Les bancs manquent.")
    read(article.get_url())
    with committed():
        Comment.objects.filter(pk=comment.pk).update(status="hidden", hidden_at=timezone.now())
    assert read(article.get_url()).queries > 0


def test_counting_anew_purges(read, article, committed):
    read(article.get_url())
    with committed():
        recount(article)
    assert read(article.get_url()).queries > 0


# --- When -------------------------------------------------------------------------------------------


def test_nothing_is_kept_while_a_change_is_under_way_nor_what_was_begun_meanwhile(store, read, article):
    with transaction.atomic():
        purge_pages([article.pk])
        read(article.get_url())
        assert store.folders() == []
    assert store.marks.scopes_up(), "the transaction around this test is not over"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_lets_pages_be_kept_again(store, read, article, is_kept):
    read(article.get_url())
    with transaction.atomic():
        with transaction.atomic():
            purge_everything()
            transaction.set_rollback(True)
        assert not store.marks.scopes_up(), "a savepoint that is rolled back has changed nothing"
        purge_pages([article.pk])
        assert store.marks.scopes_up()
        transaction.set_rollback(True)
    assert not store.marks.scopes_up()
    read(article.get_url())
    assert is_kept(article.get_url())


@pytest.mark.django_db(transaction=True)
def test_what_was_begun_before_a_commit_is_not_kept_after_it(store, read, article, is_kept):
    """Another thread changes the page while this one makes it, from what it had read before."""

    def change() -> None:
        retitle(article, "Autre titre")
        connection.close()

    def in_between(page: Page, *args: Any) -> None:
        thread = threading.Thread(target=change)
        thread.start()
        thread.join()

    with hooks.register_temporarily("before_serve_page", in_between):
        assert "Le quai sera refait" in read(article.get_url()).text
    assert not is_kept(article.get_url())
    assert "Autre titre" in read(article.get_url()).text
    assert is_kept(article.get_url())


@pytest.mark.django_db(transaction=True)
def test_a_reader_waits_for_a_change_of_the_page_that_is_nearly_through(
    store, read, article, is_kept, monkeypatch
):
    monkeypatch.setattr("portal.page_store.middleware.LONGEST_WAIT_FOR_CHANGES", 60)
    read(article.get_url())
    is_up, is_done = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            purge_pages([article.pk])
            is_up.set()
            is_done.wait(0.1)
        connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    is_up.wait()
    read(article.get_url())
    thread.join()
    assert is_kept(article.get_url())


def test_t35_a_page_lives_until_something_opens_closes_appears_or_expires(
    read, article, dialogues_fr, store, committed
):
    now = timezone.now()
    with committed():
        BlogPage.objects.filter(pk=article.pk).update(comments_close_at=now + timedelta(hours=2))
        soon = DialoguePage(title="Et demain ?", question="Et demain ?", opens_at=now + timedelta(hours=4))
        dialogues_fr.add_child(instance=soon)
    assert "<textarea" in read(article.get_url()).text
    with time_machine.travel(now + timedelta(hours=1, minutes=59)):
        assert read(article.get_url()).queries == 0
    with time_machine.travel(now + timedelta(hours=2, seconds=1)):
        assert "<textarea" not in read(article.get_url()).text
        assert read(article.get_url()).queries == 0
    with time_machine.travel(now + timedelta(hours=4, seconds=1)):
        assert read(article.get_url()).queries > 0


def test_a_proxy_finds_such_a_page_only_while_it_is_right_for_certain(read, article, store, committed):
    now = timezone.now()
    with committed():
        BlogPage.objects.filter(pk=article.pk).update(comments_close_at=now + timedelta(hours=2))

    def found_by_proxy() -> set[str]:
        return {
            path.name for path in Path(store.live, f"sites/testserver{article.get_url()}@").glob("*.html")
        }

    stretches = set()
    for minutes in (0, 30, 60, 119):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            read(article.get_url())
            stretch = int(timezone.now().timestamp()) // 1_000
            if (stretch + 1) * 1_000 <= (now + timedelta(hours=2)).timestamp():
                stretches.add(f"index.{stretch}.html")
    assert found_by_proxy() == stretches
    assert len(stretches) >= 3


# --- Others who purge -------------------------------------------------------------------------------


def test_wagtails_batches_purge_what_they_name(read, article, other_article, store, committed):
    for path in (article.get_url(), f"{SECTION}?page=1", SECTION, other_article.get_url()):
        read(path)
    batch = PurgeBatch(
        [f"http://testserver{SECTION}", "http://elsewhere.example/fr/", "http://testserver/../x"]
    )
    with committed():
        batch.purge()
    assert read(article.get_url()).queries == 0
    assert read(SECTION, method="head").queries > 0


class Elsewhere:
    """A cache of somebody else, as Wagtail knows them."""

    told: list[str] = []

    def __init__(self, params: dict[str, Any]) -> None:
        self.is_broken = params.get("IS_BROKEN", False)

    def purge_batch(self, urls: list[str]) -> None:
        if self.is_broken:
            raise OSError("out of order")
        self.told += urls


def test_caches_elsewhere_are_told_at_once_and_cannot_stop_a_change(
    read, article, store, settings, committed, say, caplog
):
    name = f"{__name__}.Elsewhere"
    settings.WAGTAILFRONTENDCACHE = {
        **settings.WAGTAILFRONTENDCACHE,
        "broken": {"BACKEND": name, "IS_BROKEN": True},
        "network": {"BACKEND": name},
    }
    Elsewhere.told = []
    read(HOME)
    with caplog.at_level(logging.CRITICAL), committed():
        say(article)
    assert f"http://testserver{HOME}" in Elsewhere.told
    assert article.get_full_url() in Elsewhere.told, "also where it was not kept here"
    Elsewhere.told = []
    read(HOME)
    with caplog.at_level(logging.CRITICAL), committed():
        write_anew(article)
    assert f"http://testserver{HOME}" in Elsewhere.told


def test_f08_without_room_for_a_mark_everything_goes(read, article, store, committed, caplog):
    read(article.get_url())
    Path(store.root, "marks").rmdir()
    Path(store.root, "marks").write_text("in the way")
    with caplog.at_level(logging.CRITICAL), committed():
        purge_pages([article.pk])
    assert store.folders() == []


def test_the_list_of_purges_begins_anew_when_it_is_long(
    store, read, article, monkeypatch, committed, is_kept
):
    monkeypatch.setattr("portal.page_store.marks.LONGEST_LIST", 10)
    beginning = store.begin()
    for _time in range(4):
        with committed():
            purge_pages([article.pk])
    assert changes.EVERYTHING in store.marks.touched_since(beginning)
    read(article.get_url())
    assert is_kept(article.get_url())


def test_t10_voices_go_with_what_was_said_and_with_the_page_that_quotes_it(
    read, article, articles_fr, say, committed
):
    path = VoicesPage.objects.get(locale=articles_fr.locale).get_url()
    with committed():
        comment = say(article, "Les bancs manquent.", may_quote=True)
        body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        page = publish(articles_fr, "La parole aux bancs", body=body)
    acts: list[tuple[Callable[[], Any], bool]] = [
        (lambda: None, True),
        (lambda: hide_comment(comment, by=None), False),
        (lambda: restore_comment(comment, by=None), True),
        (lambda: page.unpublish(), False),
    ]
    for act, is_shown in acts:
        with committed():
            act()
        assert ("Les bancs manquent" in read(path).text) is is_shown
        assert read(path).queries == 0
