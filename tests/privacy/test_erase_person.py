"""Somebody asks what is kept about them, or to be forgotten: everything is found, and nothing is left."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from blog.models import BlogPage
from dialogue import topics
from dialogue.actions import Submission, post_comment, recount
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentStatus, FeaturedComment
from mail.actions import choose_mail, process_mail
from mail.models import MailFrequency, OutgoingMail
from moderation.actions import publish_comment, reject_comment
from moderation.models import Decision
from people.models import Participant
from privacy.actions import as_csv, as_json, erase_participant, export_person, replay_erasures
from privacy.models import Erasure
from tests.privacy.erasures import keep_notes_in
from tests.privacy.remains import read_elsewhere

NAME, WORDS, REASON = "Zephyrine Canari", "Le mot canari-4711 est de moi.", "canari-4712 dans la raison"
ADDRESS = "zephyrine.4713@example.org"
EVERYTHING = {"may_quote": True, "may_ask": True, "tell_replies": True, "tell_outcomes": True}
CANARIES = ("Zephyrine", "canari-471", "zephyrine.4713")

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def notes(settings, tmp_path) -> Path:
    """The folder of what erasures leave."""
    return keep_notes_in(settings, tmp_path / "erasures")


def say(page: BlogPage, text: str, user=None, key: str = "k1", **more: object) -> Comment:
    if user is None:
        more = {"name": NAME, "email": ADDRESS, **more}
    return post_comment(page, Submission(text=text, user=user or more.pop("anybody"), key=key, **more))


@pytest.fixture
def canary(article, stranger, moderator) -> Participant:
    """A guest who left traces everywhere."""
    published = say(article, WORDS, key="k1", anybody=stranger, **EVERYTHING)
    participant = published.participant
    Participant.objects.filter(pk=participant.pk).update(verified_at=timezone.now())
    participant.refresh_from_db()
    Comment.objects.update(status=CommentStatus.HELD)
    publish_comment(Comment.objects.get(pk=published.pk), by=moderator)
    refused = say(article, WORDS + " Encore.", key="k2", anybody=stranger)
    Comment.objects.filter(pk=refused.pk).update(status=CommentStatus.HELD)
    reject_comment(Comment.objects.get(pk=refused.pk), by=moderator, reason_code="other", reason_text=REASON)
    choose_mail(participant, topics.REPLIES, MailFrequency.WEEKLY)
    quotation = quotation_of(published)
    article.body = [("featured_comment", {"quotation": quotation, "why": ""})]
    article.save_revision().publish()
    FeaturedComment.objects.update(agreed_form="own", agreed_name=NAME)
    return participant


class TestExport:
    def test_everything_is_in_it(self, canary):
        tables = export_person(canary)
        assert {"participant", "comments", "versions", "quotations", "decisions", "mail", "consents"} <= set(
            tables
        )
        assert tables["consents"]
        text = as_json(tables)
        for words in (NAME, ADDRESS, WORDS, REASON):
            assert words in text
        assert json.loads(text)["participant"][0]["email"] == ADDRESS

    def test_it_holds_nobody_else(self, canary, article, stranger):
        say(article, "Autre chose.", key="k3", name="Autre", email="autre@example.org", anybody=stranger)
        assert "autre@example.org" not in as_json(export_person(canary))

    def test_t27_a_spreadsheet_opens_it_without_formulas(self, canary):
        Comment.objects.filter(participant=canary).update(text="=1+1")
        with zipfile.ZipFile(io.BytesIO(as_csv(export_person(canary)))) as archive:
            rows = list(
                csv.DictReader(io.StringIO(archive.read("comments.csv").decode("utf-8-sig")), delimiter=";")
            )
        assert {row["text"] for row in rows} == {"'=1+1"}

    def test_the_command_writes_it(self, canary, tmp_path, capsys):
        call_command("export_person", ADDRESS.upper())
        assert json.loads(capsys.readouterr().out)["comments"]
        for name in ("export.json", "export.zip"):
            call_command("export_person", ADDRESS, output=tmp_path / name)
            assert (tmp_path / name).stat().st_size

    def test_the_command_says_when_nobody_is_there(self, site):
        with pytest.raises(CommandError, match="Nobody here speaks"):
            call_command("export_person", "nobody@example.org")


class TestDownload:
    """People with an account take what is kept about them."""

    @pytest.mark.parametrize(("kind", "start"), [("json", b"{"), ("csv", b"PK")])
    def test_they_get_all_of_it(self, article, employee, signed_in, kind, start):
        say(article, WORDS, user=employee)
        response = signed_in(employee).post(reverse("download_own_data"), {"format": kind})
        assert response.content.startswith(start)
        assert "attachment" in response["Content-Disposition"]
        assert "no-store" in response["Cache-Control"]
        if kind == "json":
            assert WORDS in response.content.decode()

    def test_looking_is_not_asking(self, employee, signed_in):
        assert signed_in(employee).get(reverse("download_own_data")).status_code == 405

    def test_a_stranger_is_asked_to_sign_in(self, client):
        assert client.post(reverse("download_own_data")).status_code == HTTPStatus.UNAUTHORIZED


class TestErase:
    def test_nothing_of_the_person_is_left_to_export(self, canary):
        assert erase_participant(canary)
        text = as_json(export_person(canary))
        assert not [canary_word for canary_word in CANARIES if canary_word in text]

    def test_readers_see_a_tombstone_and_no_quotation(self, canary, article, client):
        assert WORDS in client.get(article.url).content.decode()
        erase_participant(canary)
        body = client.get(article.url).content.decode()
        assert not [word for word in CANARIES if word in body]
        found = client.get(reverse("search"), {"q": "canari-4711"}).content.decode()
        assert WORDS not in found

    def test_the_counts_are_right_afterwards(self, canary, article):
        erase_participant(canary)
        assert article.conversation.comment_count == 0
        assert recount(article) == []

    def test_the_second_time_changes_nothing(self, canary):
        erase_participant(canary)
        erased_at = Erasure.objects.get().erased_at
        assert not erase_participant(canary)
        assert Erasure.objects.get().erased_at == erased_at

    def test_the_decision_stays_without_its_words(self, canary):
        erase_participant(canary)
        assert Decision.objects.filter(reason_code="other", reason_text="").exists()

    def test_nothing_that_was_agreed_to_is_left(self, canary):
        assert canary.consents.exists()
        erase_participant(canary)
        assert not canary.consents.exists()

    def test_f33_a_message_that_waits_is_not_sent(self, canary, mailoutbox):
        mailoutbox.clear()
        erase_participant(canary)
        process_mail()
        assert not mailoutbox
        assert not OutgoingMail.objects.filter(participant=canary).exists()

    def test_an_account_is_emptied_and_opens_no_more(self, article, employee, signed_in):
        browser = signed_in(employee)
        say(article, WORDS, user=employee)
        erase_participant(Participant.of(employee))
        employee.refresh_from_db()
        assert not employee.is_active
        assert "isaac" not in f"{employee.username}{employee.email}{employee.get_full_name()}".lower()
        assert browser.get("/fr/account/").status_code == 302

    def test_the_address_may_come_back_as_somebody_new(self, canary, article, stranger):
        erase_participant(canary)
        again = say(article, "Bonjour.", key="k9", anybody=stranger)
        assert again.participant_id != canary.pk

    def test_the_command_asks_first(self, canary, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda question: "no")
        with pytest.raises(CommandError, match="Nothing was erased"):
            call_command("erase", ADDRESS)
        call_command("erase", ADDRESS, interactive=False)
        assert Erasure.objects.exists()

    def test_the_command_wants_to_know_whom(self, site):
        with pytest.raises(CommandError, match="Say whom"):
            call_command("erase")


class TestRestore:
    """F17: a restored backup remembers; the notes beside it do not let it."""

    @pytest.fixture
    def restored(self, canary, article, django_capture_on_commit_callbacks):
        """The database as it was before the erasure, and the note that was written after it."""
        before = list(Comment.objects.filter(participant=canary).values())
        person = Participant.objects.filter(pk=canary.pk).values().get()
        with django_capture_on_commit_callbacks(execute=True):
            erase_participant(canary)
        Erasure.objects.all().delete()
        Participant.objects.filter(pk=canary.pk).update(**person)
        for row in before:
            Comment.objects.filter(pk=row["id"]).update(**row)
        recount(article)
        return Participant.objects.get(pk=canary.pk)

    def test_f17_who_was_erased_is_erased_again(self, restored, capsys):
        assert restored.name == NAME
        call_command("erase", replay=True)
        assert capsys.readouterr().out == "Erased again: 1.\n"
        assert not [word for word in CANARIES if word in as_json(export_person(restored))]

    def test_f17_the_second_time_changes_nothing(self, restored):
        assert (replay_erasures(), replay_erasures()) == (1, 0)

    def test_f17_somebody_else_in_that_place_is_left_alone(self, restored):
        Participant.objects.update(email="other@example.org")
        assert replay_erasures() == 0

    def test_f17_where_nobody_was_ever_erased_there_is_nothing_to_do(self, site, notes):
        assert not notes.exists()
        assert replay_erasures() == 0

    def test_h3_every_machine_forgets_whom_another_erased(self, restored, settings, tmp_path):
        """Each has a disk of its own; what lies among the media, they share."""
        settings.VAR_DIR = tmp_path / "another machine"
        assert replay_erasures() == 1

    def test_h3_half_a_note_and_what_is_none_keep_nobody_from_being_forgotten(self, restored, notes):
        [note] = notes.iterdir()
        note.write_text('{"erased')
        (notes / "README").write_text("?")
        assert replay_erasures() == 1

    def test_h3_notes_of_two_folders_lie_beside_each_other(self, restored, notes):
        """As after a restore, when those of the backup and later ones come together."""
        (notes / f"999999-{64 * 'a'}.json").write_text("{}")
        assert replay_erasures() == 1

    def test_the_note_names_nobody_and_is_closed(self, restored, notes):
        [note] = notes.iterdir()
        assert not [word for word in CANARIES if word in note.name + note.read_text()]
        assert (oct(note.stat().st_mode & 0o777), oct(notes.stat().st_mode & 0o777)) == ("0o600", "0o700")


@pytest.mark.django_db(transaction=True)
def test_g19_the_database_holds_none_of_it(canary):
    assert set(places_of(CANARIES)) != set()
    erase_participant(canary)
    assert not list(places_of(CANARIES))


@pytest.mark.django_db(transaction=True)
def test_g19_the_index_holds_none_of_it_among_the_words_of_others(article, stranger, moderator):
    """SQLite keeps what was taken out of its index until it puts the index together anew."""
    words = [f"rossignol{number}" for number in range(9)]
    for number, word in enumerate(words):
        address = f"{number}@example.org"
        comment = say(article, word, key=f"k{number}", anybody=stranger, name=f"Nom {number}", email=address)
        Comment.objects.update(status=CommentStatus.HELD)
        publish_comment(Comment.objects.get(pk=comment.pk), by=moderator)
    for word in words[::2]:
        erase_participant(Comment.objects.get(text=word).participant)
        assert not list(places_of([word]))
    assert list(places_of(words[1::2]))


def places_of(canaries: Iterable[str]) -> Iterator[str]:
    """Yield where the words are: in SQLite's file with its log, or in the rows of a PostgreSQL table."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        for path in (file, file.with_name(f"{file.name}-wal")):
            # The index of the search keeps words in small letters.
            content = read_elsewhere(path).lower() if path.exists() else b""
            yield from (f"{path.name}: {word}" for word in canaries if word.lower().encode() in content)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for word in canaries:
                cursor.execute(f'SELECT 1 FROM "{table}" AS t WHERE t::text LIKE %s LIMIT 1', [f"%{word}%"])  # noqa: S608 - our own tables
                if cursor.fetchone():
                    yield f"{table}: {word}"
