"""The public is told how often moderators decided for which reason, where the site wants it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from dialogue.models import ConversationSettings
from home.models import StandardPage
from moderation.actions import (
    appeal_decision,
    hide_comment,
    publish_comment,
    reject_comment,
    uphold_decision,
)
from moderation.models import ModerationSettings
from moderation.views.counts import LEAST, count_decisions, quarters_until, write_count

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(site) -> ModerationSettings:
    return ModerationSettings.objects.update_or_create(site=site, defaults={"shows_counts": True})[0]


def url(language: str = "fr") -> str:
    return reverse("show_decision_counts").replace("/fr/", f"/{language}/")


def table(site) -> dict[str, tuple[str, ...]]:
    return {line.label: line.cells for line in count_decisions(site, quarters_until(date(2026, 11, 20)))}


def test_the_last_four_quarters_end_with_that_of_today():
    assert quarters_until(date(2026, 2, 28)) == [
        date(2025, 4, 1),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
    ]


@pytest.mark.parametrize(("number", "is_told"), [(0, True), (1, False), (LEAST - 1, False), (LEAST, True)])
def test_small_numbers_are_not_told(number, is_told):
    assert (write_count(number) == str(number)) is is_told


class TestPage:
    def test_it_is_there_only_where_the_site_says_so(self, site, told):
        assert Client().get(url()).status_code == 200
        told.shows_counts = False
        told.save()
        assert Client().get(url()).status_code == 404

    def test_it_counts_by_reason_and_quarter(self, site, told, receive, article, moderator, desk):
        def reject(number: int, reason: str) -> None:
            for _number in range(number):
                reject_comment(receive(article), by=moderator, reason_code=reason)

        reject(6, "off_topic")
        with time_machine.travel(datetime(2026, 6, 30, 12, tzinfo=UTC), tick=False):
            reject(5, "off_topic")
            hidden = receive(article)
            publish_comment(hidden, by=moderator)
            hide_comment(hidden, by=moderator, reason_code="advertising")
        lines = list(table(site).values())
        assert lines[0] == ("0", "5", "0", "6")
        assert lines[2][1] == write_count(1)
        assert not lines[2][1].isdigit()

    def test_what_is_internal_is_not_counted(self, site, receive, internal_dialogue, employee, moderator):
        for number in range(6):
            comment = receive(internal_dialogue, f"Voilà {number}.", user=employee)
            reject_comment(comment, by=moderator, reason_code="off_topic")
        assert all(cell == "0" for cells in table(site).values() for cell in cells)

    def test_appeals_are_counted_by_when_they_were_answered(
        self, site, receive, article, moderator, outside_moderator
    ):
        for number in range(LEAST + 2):
            comment = receive(article)
            reject_comment(comment, by=moderator, reason_code="off_topic")
            appeal_decision(comment, "Pourquoi ?", by=comment.participant)
            if number < 2:
                uphold_decision(comment, by=outside_moderator, reason_text="Non.")
            else:
                publish_comment(comment, by=outside_moderator)
        *_reasons, answered, overturned = table(site).values()
        assert (answered[-1], overturned[-1]) == (str(LEAST + 2), str(LEAST))

    def test_it_is_in_both_languages_and_asks_little(
        self, site, told, receive, article, moderator, count_queries
    ):
        for language in ("fr", "en"):
            client = Client()
            assert client.get(f"/{language}/conversation/decisions/").status_code == 200
            assert count_queries(lambda c=client, to=language: c.get(f"/{to}/conversation/decisions/")) <= 2

    def test_the_rules_lead_to_it(self, site, told, home_fr):
        page = StandardPage(title="Les règles", slug="regles-d-essai", locale=home_fr.locale)
        home_fr.add_child(instance=page)
        page.save_revision().publish()
        rules = Page.objects.get(pk=page.pk)
        ConversationSettings.objects.update_or_create(site=site, defaults={"rules_page": rules})
        assert url() in Client().get(rules.get_url()).content.decode()
        told.shows_counts = False
        told.save()
        assert url() not in Client().get(rules.get_url()).content.decode()
