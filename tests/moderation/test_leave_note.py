"""Moderators leave notes for one another, on a comment and on its author; the author never reads them."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from dialogue.actions import CommentRefused, withdraw_comment
from dialogue.models import Comment
from moderation.actions import take_back_note, write_note
from moderation.models import NOTE_MAX_LENGTH, Note
from moderation.retention import old_notes
from people.groups import MODERATORS, the_group
from people.models import GroupSection, Participant, User
from privacy.actions import erase_participant, export_person
from privacy.mentions import find_mentions

pytestmark = pytest.mark.django_db

WORDS = "Elle a raison sur le fond."
LIST = reverse("moderation_comments:list_comments")


def url(name: str, comment: Comment) -> str:
    return reverse(f"moderation_comments:{name}", args=[comment.public_id])


@pytest.fixture
def said(receive, policy, article, employee) -> Comment:
    policy("hold_all")
    return receive(article, "Les bancs manquent.", user=employee)


@pytest.fixture
def said_too(said, receive, dialogue, employee) -> Comment:
    """Another comment of the same person."""
    return receive(dialogue, "La rampe aussi.", user=employee)


class TestWrite:
    def test_it_stands_on_the_card_and_beside_the_comment_with_who_and_when(self, desk, said, moderator):
        answer = desk.post(url("write_note", said), {"text": f"  {WORDS} ", "next": LIST})
        assert answer.url == LIST
        note = Note.objects.get()
        assert (note.text, note.written_by, note.is_about_author) == (WORDS, moderator, False)
        for address in (LIST, url("review_comment", said), url("show_person", said)):
            page = desk.get(address).text
            assert WORDS in page
            assert escape(moderator.display_name) in page
        assert "1 note<" in desk.get(LIST).text

    def test_several_are_counted_newest_first(self, desk, said, moderator, outside_moderator):
        for number, by in enumerate((moderator, outside_moderator, moderator)):
            write_note(said, f"La {number}.", by=by)
        page = desk.get(LIST).text
        assert "3 notes<" in page
        assert page.index("La 2.") < page.index("La 1.") < page.index("La 0.")

    def test_one_on_the_person_stands_beside_all_that_they_said(self, desk, said, said_too, moderator):
        write_note(said, "SUR ELLE", by=moderator, is_about_author=True)
        write_note(said, "SUR CE MOT", by=moderator)
        other = desk.get(url("review_comment", said_too)).text
        assert "SUR ELLE" in other
        assert "SUR CE MOT" not in other
        history = desk.get(url("show_person", said_too)).context["history"]
        assert [note.text for note in history.notes] == ["SUR CE MOT", "SUR ELLE"]

    def test_the_second_time_nothing_is_written(self, said, moderator, outside_moderator):
        assert write_note(said, WORDS, by=moderator)
        assert write_note(said, WORDS, by=moderator) is None
        assert write_note(said, WORDS, by=moderator, is_about_author=True)
        assert write_note(said, WORDS, by=outside_moderator)

    @pytest.mark.parametrize("text", ["", " \n ", "x" * (NOTE_MAX_LENGTH + 1)])
    def test_bad_input_is_kept_and_explained(self, desk, said, text, moderator):
        answer = desk.post(url("write_note", said), {"text": text, "is_about_author": "on"})
        assert answer.status_code == 422
        assert text.strip() in answer.text
        assert "error" in answer.text
        with pytest.raises(CommentRefused):
            write_note(said, text, by=moderator)
        assert not Note.objects.exists()

    def test_it_leads_to_no_other_site(self, desk, said):
        answer = desk.post(url("write_note", said), {"text": WORDS, "next": "https://example.com/"})
        assert answer.url.startswith(url("show_person", said))

    def test_looking_writes_nothing(self, desk, said):
        assert desk.get(url("write_note", said)).status_code == 405


class TestRefused:
    def test_who_does_not_moderate(self, said, employee, editor, signed_in, client):
        for user in (employee, editor):
            with pytest.raises(PermissionDenied):
                write_note(said, WORDS, by=user)
            assert signed_in(user).post(url("write_note", said), {"text": WORDS}).status_code in {302, 403}
        assert client.post(url("write_note", said), {"text": WORDS}).status_code == 401
        assert not Note.objects.exists()

    def test_where_they_do_not_decide(self, held_inside, outside_moderator, outside_desk):
        with pytest.raises(PermissionDenied):
            write_note(held_inside, WORDS, by=outside_moderator)
        assert outside_desk.post(url("write_note", held_inside), {"text": WORDS}).status_code == 404


class TestAudience:
    """A note is read by those who may decide on the comment at which it was written."""

    def test_a_moderator_of_the_public_sections_reads_nothing_of_an_internal_one(
        self, said, held_inside, moderator, desk, outside_desk
    ):
        assert said.participant == held_inside.participant
        write_note(held_inside, "INTERNE", by=moderator, is_about_author=True)
        for address in (LIST, url("review_comment", said), url("show_person", said)):
            assert "INTERNE" in desk.get(address).text
            closed = outside_desk.get(address).text
            assert "INTERNE" not in closed
            assert "1 note<" not in closed

    def test_nor_of_another_section(self, said, said_too, articles_fr, moderator, signed_in):
        write_note(said_too, "AILLEURS", by=moderator, is_about_author=True)
        GroupSection.objects.create(group=the_group(MODERATORS), page=articles_fr)
        limited = signed_in(User.objects.get(pk=moderator.pk))
        for address in (url("review_comment", said), url("show_person", said)):
            assert "AILLEURS" not in limited.get(address).text

    def test_the_author_reads_it_nowhere(self, said, employee, moderator, signed_in):
        write_note(said, "JAMAIS", by=moderator, is_about_author=True)
        browser = signed_in(employee)
        for address in (
            reverse("personal_page"),
            said.page.get_url(),
            reverse("edit_own_comment", args=[said.public_id]),
            reverse("own_history", args=[said.public_id]),
        ):
            assert "JAMAIS" not in browser.get(address, follow=True).text


class TestTakeBack:
    def test_one_takes_back_ones_own(self, desk, said, moderator):
        note = write_note(said, WORDS, by=moderator)
        address = reverse("moderation_comments:take_back_note", args=[note.pk])
        assert address in desk.get(LIST).text
        assert desk.get(address).status_code == 405
        assert desk.post(address, {"next": LIST}).url == LIST
        assert not Note.objects.exists()
        assert desk.post(address).status_code == 404
        take_back_note(note, by=moderator)  # the second time

    def test_and_none_of_somebody_else(self, outside_desk, desk, said, moderator, outside_moderator):
        note = write_note(said, WORDS, by=moderator)
        address = reverse("moderation_comments:take_back_note", args=[note.pk])
        assert address not in outside_desk.get(LIST).text
        assert outside_desk.post(address).status_code == 404
        with pytest.raises(PermissionDenied):
            take_back_note(note, by=outside_moderator)
        assert Note.objects.exists()


class TestPrivacy:
    def test_a_copy_of_all_data_holds_it(self, said, moderator, employee):
        write_note(said, WORDS, by=moderator, is_about_author=True)
        [row] = export_person(said.participant)["notes_about_you"]
        assert (row["text"], row["comment__public_id"]) == (WORDS, said.public_id)
        own = export_person(Participant.of(moderator))
        assert len(own["notes_written"]) == 1
        assert WORDS not in json.dumps(own, default=str)

    def test_it_goes_with_the_person(self, said, moderator):
        write_note(said, WORDS, by=moderator)
        erase_participant(said.participant)
        assert not Note.objects.exists()

    def test_it_goes_in_time(self, said, moderator, settings):
        write_note(said, WORDS, by=moderator)
        keep = timedelta(days=settings.KEEP_DAYS["reasons"])
        assert not old_notes(timezone.now() - timedelta(seconds=1)).exists()
        Note.objects.update(written_at=timezone.now() - keep)
        assert old_notes(timezone.now() - keep).exists()

    def test_a_name_in_a_note_on_somebody_else_is_found_before_an_erasure(
        self, said, receive, article, moderator, administrator
    ):
        other = receive(article, "Bonjour.", "Zénobie Tremblay")
        write_note(said, "Voir Zénobie Tremblay.", by=moderator)
        kinds = [str(found.kind) for found in find_mentions(other.participant, by=administrator)]
        assert any("notes" in kind.lower() for kind in kinds), kinds

    def test_a_withdrawn_comment_keeps_its_notes_for_the_desk(self, said, moderator, desk):
        write_note(said, WORDS, by=moderator, is_about_author=True)
        withdraw_comment(said, by=said.participant)
        assert WORDS in desk.get(url("show_person", said)).text
