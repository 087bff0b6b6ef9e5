"""What becomes of measures when a person asks for a copy, is erased, or when their time is over."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue import links
from dialogue.actions import confirm_comments
from dialogue.models import CommentStatus
from mail.actions import make_link
from moderation.actions import Justification, Scope, Silenced, lift_measure, take_measure
from moderation.models import Measure, MeasureKind, Reach
from moderation.personal_data import OUTLIVES_ERASURE
from moderation.retention import past_measures
from people.models import Participant
from privacy.actions import erase_participant, export_person
from privacy.retention import standing_rules
from tests.speech import receive

pytestmark = pytest.mark.django_db

ADDRESS = "troll@example.org"
WHY = Justification("personal_attack", "Restez courtois.", "Troisième fois.")
WARNING, HOLDING, SUSPENSION, BAN = MeasureKind


@pytest.fixture
def said(say, article):
    return say(article, "Quelle sottise.", email=ADDRESS)


@pytest.fixture
def take(said, moderator):
    def take_one(kind: MeasureKind, days: int | None = None) -> Measure:
        last_day = timezone.localdate() + timedelta(days=days) if days else None
        return take_measure(said, kind, by=moderator, scope=Scope(Reach.PUBLIC), why=WHY, last_day=last_day)

    return take_one


def test_a_copy_holds_what_was_told_and_apart_from_it_the_note(take, said, moderator):
    take(BAN)
    tables = export_person(said.participant)
    [measure] = tables.pop("measures_about_you")
    assert (measure["kind"], measure["reason_text"]) == ("ban", WHY.reason_text)
    [note] = tables.pop("notes_on_your_measures")
    assert note["note"] == WHY.note
    assert WHY.note not in json.dumps(tables, default=str)
    own = export_person(Participant.of(moderator))
    assert [row["kind"] for row in own["measures_taken"]] == ["ban"]
    assert WHY.reason_text not in json.dumps(own, default=str)


def test_an_erasure_leaves_a_ban_without_a_word_for_a_year(take, said, article):
    take(WARNING)
    take(HOLDING)
    measure = take(BAN)
    erase_participant(said.participant)
    [left] = Measure.objects.all()
    assert left.pk == measure.pk
    assert (left.reason_text, left.note) == ("", "")
    assert abs(left.ends_at - timezone.now() - OUTLIVES_ERASURE) < timedelta(minutes=1)
    assert ADDRESS not in str(vars(left))
    again = receive(article, "Me revoilà.", email=ADDRESS, is_verified=False)
    assert again.participant != said.participant
    with pytest.raises(Silenced):
        confirm_comments(again.participant, [again])
    again.refresh_from_db()
    assert again.status == CommentStatus.UNVERIFIED


def test_a_day_that_was_said_is_not_put_off_by_an_erasure(take, said):
    measure = take(SUSPENSION, days=5)
    erase_participant(said.participant)
    assert Measure.objects.get().ends_at == measure.ends_at


def test_once_it_is_over_the_address_is_as_any_other(take, said, article):
    take(SUSPENSION, days=5)
    erase_participant(said.participant)
    Measure.objects.update(taken_at=timezone.now() - timedelta(days=9), ends_at=timezone.now())
    assert receive(article, "Me revoilà.", email=ADDRESS).pk


def test_a_lifted_ban_goes_with_the_person(take, said, moderator):
    lift_measure(take(BAN), by=moderator)
    erase_participant(said.participant)
    assert not Measure.objects.exists()


def test_what_is_left_is_told_where_it_is_said_how_long_what_is_kept():
    assert any(rule.tables == {"moderation.Measure"} for rule in standing_rules())


def test_it_names_nobody_in_the_register_any_more(take, said, desk):
    take(BAN)
    name = said.author_name
    erase_participant(said.participant)
    page = desk.get("/admin/moderation/measures/")
    assert len(page.context["object_list"]) == 1
    assert name not in page.text


def test_it_is_deleted_some_time_after_its_end(take, said, moderator, settings):
    keep = timedelta(days=settings.KEEP_DAYS["measures"])
    for kind in (WARNING, HOLDING, BAN):
        take(kind)
    suspension = take(SUSPENSION, days=5)
    lift_measure(Measure.objects.get(kind=HOLDING), by=moderator)
    due = past_measures(timezone.now() + timedelta(seconds=1))
    assert set(due.values_list("kind", flat=True)) == {WARNING, HOLDING}
    assert suspension in past_measures(suspension.ends_at)
    assert not past_measures(timezone.now() - keep).exists()


def test_a_guest_finds_it_on_the_page_behind_the_link(take, said, client):
    take(BAN)
    client.post(reverse("open_personal_page", args=[make_link(said.participant, links.PERSONAL)]))
    assert WHY.reason_text in client.get(reverse("personal_page")).text
