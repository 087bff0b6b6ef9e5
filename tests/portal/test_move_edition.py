"""The edition moves with whatever a page may show, and what was remembered before counts no more (T10)."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from dialogue.models import Comment, FeaturedComment
from people.models import Participant
from portal import editions
from portal.editions import current_edition, edition_kept, holds_until, move_edition, remember
from portal.models import PortalSettings, Topic

pytestmark = pytest.mark.database


@pytest.fixture
def moves(db):
    """Return whether an act moves the edition."""

    def does_move(act):
        before = current_edition()
        act()
        return current_edition() != before

    return does_move


@pytest.fixture
def topic(articles_fr):
    return Topic.objects.create(name="Énergie", locale=articles_fr.locale)


class TestMoving:
    """Every model moves it, but those that say why they need not."""

    def test_with_a_page(self, moves, articles_fr):
        assert moves(articles_fr.save)

    def test_with_a_draft_of_a_page(self, moves, articles_fr):
        assert moves(lambda: articles_fr.save_revision(clean=False))

    def test_with_settings(self, moves, site):
        assert moves(
            lambda: PortalSettings.objects.update_or_create(site=site, defaults={"name_fr": "Nordet"})
        )

    def test_with_a_topic_that_goes(self, moves, topic):
        assert moves(topic.delete)

    def test_with_a_restriction_and_its_groups(self, moves, articles_fr, employee):
        restriction = PageViewRestriction(page=articles_fr, restriction_type="groups")
        assert moves(restriction.save)
        assert moves(lambda: restriction.groups.set(employee.groups.all()))
        assert moves(restriction.delete)

    def test_not_with_what_no_page_remembers(self, moves, employee):
        assert not moves(employee.save)
        assert not moves(lambda: employee.groups.clear())
        assert not moves(lambda: Participant.objects.create(name="Odile", email="odile@example.org"))

    def test_a_model_that_nobody_thought_of_moves_it(self):
        assert editions.is_shown(Topic)
        assert not editions.is_shown(Comment)
        assert editions.is_shown(FeaturedComment)

    def test_a_rendition_only_when_it_changes(self):
        rendition = apps.get_model("portal.PortalRendition")
        assert not editions.is_shown(rendition, is_added=True)
        assert editions.is_shown(rendition)

    def test_every_spared_model_is_there_and_says_why(self):
        known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
        optional = {"wagtailsearch.SQLiteFTSIndexEntry", "wagtailsearch.IndexEntry"}
        assert not {*settings.SPARED_MODELS, *settings.SPARED_WHEN_ADDED} - known - optional
        assert all({**settings.SPARED_MODELS, **settings.SPARED_WHEN_ADDED}.values())

    def test_what_is_undone_never_comes_back(self, db):
        before, inside = current_edition(), []
        for _time in range(2):
            with transaction.atomic():
                move_edition()
                inside.append(current_edition())
                transaction.set_rollback(True)
        assert current_edition() == before
        assert len({before, *inside}) == 3


class TestKept:
    """In a request it is asked once."""

    def test_however_often_it_is_needed(self, db, count_queries):
        with edition_kept():
            assert count_queries(lambda: [current_edition() for _number in range(5)]) == 1

    def test_unless_the_request_itself_moves_it(self, db):
        with edition_kept():
            before = current_edition()
            move_edition()
            assert current_edition() != before

    def test_nor_if_that_is_undone(self, db):
        with edition_kept():
            before = current_edition()
            with transaction.atomic():
                move_edition()
                transaction.set_rollback(True)
            assert current_edition() == before


class TestRemembering:
    """A thing is made once in each edition and language."""

    @pytest.fixture
    def make(self):
        return iter(range(100)).__next__

    def test_once(self, db, make):
        assert [remember(("a",), make), remember(("a",), make), remember(("b",), make)] == [0, 0, 1]

    def test_anew_when_the_edition_has_moved(self, db, make):
        remember(("a",), make)
        move_edition()
        assert remember(("a",), make) == 1

    def test_in_each_language(self, db, make):
        remember(("a",), make)
        with translation.override("en"):
            assert remember(("a",), make) == 1

    def test_nothing_of_what_is_not_there(self, db):
        asked = []
        for _time in range(2):
            assert remember(("a",), lambda: asked.append(1)) is None
        assert len(asked) == 2

    def test_until_the_hour_that_it_tells_of(self, db, make, time_machine):
        def tell():
            holds_until(None, timezone.now() + timedelta(minutes=2), timezone.now() - timedelta(minutes=1))
            return make()

        time_machine.move_to("2026-03-02 09:00", tick=False)
        remember(("a",), tell)
        time_machine.move_to("2026-03-02 09:01", tick=False)
        assert remember(("a",), tell) == 0
        time_machine.move_to("2026-03-02 09:02", tick=False)
        assert remember(("a",), tell) == 1

    def test_what_is_within_tells_its_hour_to_what_is_around_it(self, db, make, time_machine):
        def tell():
            holds_until(timezone.now() + timedelta(minutes=2))
            return make()

        time_machine.move_to("2026-03-02 09:00", tick=False)
        remember(("within",), tell)  # found, the second time
        around = lambda: (remember(("within",), tell), make())  # noqa: E731
        first = remember(("around",), around)
        time_machine.move_to("2026-03-02 09:03", tick=False)
        assert remember(("around",), around) != first

    def test_no_more_than_fits(self, db, make, monkeypatch):
        monkeypatch.setattr(editions, "_memory", editions._Memory(2))
        for name in "abc":
            remember((name,), make)
        assert remember(("c",), make) == 2
        assert remember(("a",), make) == 3

    def test_g19_nothing_stays_of_an_edition_before_once_there_is_something_of_the_next(
        self, db, monkeypatch
    ):
        memory = editions._Memory(9)
        monkeypatch.setattr(editions, "_memory", memory)
        for name in "ab":
            remember((name,), lambda: "words that are taken back")
        move_edition()
        remember(("a",), lambda: "a tombstone")
        assert [thing.value for thing in memory._things.values()] == ["a tombstone"]

    def test_for_ten_minutes_at_most(self, db, make, time_machine):
        time_machine.move_to("2026-03-02 09:00", tick=False)
        remember(("a",), make)
        time_machine.move_to("2026-03-02 09:11", tick=False)
        assert remember(("a",), make) == 1

    def test_nothing_where_there_is_no_edition(self, db, make):
        apps.get_model("portal.Edition").objects.all().delete()
        assert [remember(("a",), make), remember(("a",), make)] == [0, 1]
        move_edition()
        assert [remember(("a",), make), remember(("a",), make)] == [2, 2]

    def test_nobody_changes_the_settings_of_another(self, site):
        PortalSettings.for_site(site).name_fr = "Autre"
        assert PortalSettings.for_site(site).name_fr != "Autre"
        assert Page.objects.exists()
