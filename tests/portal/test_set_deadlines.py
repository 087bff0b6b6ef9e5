"""Editors say when something ends: a day without an hour lasts to its end (R23)."""

from datetime import datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import DialoguePage
from portal.widgets import DeadlineInput, MomentInput

HERE = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("2026-12-12", "2026-12-12 23:59"),
        (" 2026-12-12 ", "2026-12-12 23:59"),
        ("2026-2-3", "2026-2-3 23:59"),
        ("2026-12-12 00:00", "2026-12-12 00:00"),
        ("2026-12-12 9:30", "2026-12-12 9:30"),
        ("", ""),
        ("demain", "demain"),
        (None, None),
    ],
)
def test_r23_a_day_alone_lasts_to_its_end(typed, taken):
    assert DeadlineInput().value_from_datadict({"at": typed}, {}, "at") == taken


def test_r23_the_picker_leaves_what_was_typed_and_proposes_the_end():
    assert MomentInput().get_config()["validateOnBlur"] is False
    assert DeadlineInput().get_config()["defaultTime"] == "23:59"


@pytest.mark.django_db
class TestEditor:
    """The form of a page, with Wagtail's dialog for schedules."""

    def save(self, browser, dialogue, **fields):
        address = reverse("wagtailadmin_pages:edit", args=[dialogue.pk])
        form = browser.get(address).context["form"]
        sent = {name: form[name].value() for name in ("title", "slug", "question")}
        sent |= {"opens_at": "2026-01-04 09:00", "body-count": 0, "comments_close_at": ""}
        return browser.post(address, {**sent, **fields})

    def test_r23_a_conversation_closes_at_the_end_of_its_last_day(self, signed_in, editor, dialogue):
        last = timezone.now().astimezone(HERE).date() + timedelta(days=9)
        answer = self.save(signed_in(editor), dialogue, comments_close_at=str(last))
        assert answer.status_code == HTTPStatus.FOUND
        closes_at = DialoguePage.objects.get(pk=dialogue.pk).get_latest_revision_as_object().closes_at
        assert closes_at == datetime(last.year, last.month, last.day, 23, 59, tzinfo=HERE)

    def test_r23_so_does_a_schedule_and_it_begins_when_its_day_does(self, signed_in, editor, dialogue):
        first = timezone.now().astimezone(HERE).date() + timedelta(days=1)
        answer = self.save(signed_in(editor), dialogue, go_live_at=str(first), expire_at=str(first))
        assert answer.status_code == HTTPStatus.FOUND
        draft = DialoguePage.objects.get(pk=dialogue.pk).get_latest_revision_as_object()
        assert draft.go_live_at == datetime(first.year, first.month, first.day, tzinfo=HERE)
        assert draft.expire_at == datetime(first.year, first.month, first.day, 23, 59, tzinfo=HERE)

    def test_r23_readers_are_told_the_hour(self, client, dialogue):
        closes_at = datetime(2126, 12, 12, 23, 59, tzinfo=HERE)
        DialoguePage.objects.filter(pk=dialogue.pk).update(comments_close_at=closes_at)
        assert "12 décembre 2126 à 23\xa0h\xa059 (HNE)" in client.get(dialogue.url).content.decode()
