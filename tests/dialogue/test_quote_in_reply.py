"""A reply quotes its parent by reference: a version and a range, and no word of it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from dialogue.actions import edit_comment, hide_comment, restore_comment, withdraw_comment
from dialogue.actions.erasures import erase_comments
from dialogue.conversations import load_conversation
from dialogue.models import Comment
from dialogue.passages import Passage, find_passage, quote_passages
from mail.actions import process_mail
from mail.models import OutgoingMail

pytestmark = pytest.mark.django_db

WORDS = "Je prends ce bateau le *soir*.\n\n- un quart\n- un train"


@pytest.fixture
def parent(article, say) -> Comment:
    return say(article, WORDS, tell_replies=True)


@pytest.fixture
def reply(article, say, parent) -> Comment:
    """A reply that quotes three words in the middle."""
    return say(article, "Moi aussi.", parent=parent, passage=find_passage(parent, "ce bateau le soir"))


def quoted(reply: Comment) -> str | None:
    found = quote_passages([Comment.objects.get(pk=reply.pk)]).get(reply.pk)
    return found.words if found else None


class TestFind:
    @pytest.mark.parametrize(
        "words", ["ce bateau", "soir.\nun quart", "un quart un train", "  bateau \t le  soir "]
    )
    def test_marked_words_are_found_in_the_plain_text(self, parent, words):
        passage = find_passage(parent, words)
        assert passage.version == 1
        assert passage.end > passage.start

    @pytest.mark.parametrize("words", ["un avion", ".*", "(", "*soir*", "x" * 20_000])
    def test_what_is_not_there_is_not_found(self, parent, words):
        assert find_passage(parent, words) is None

    def test_nothing_marked_is_how_it_begins(self, parent):
        assert find_passage(parent, " ") == Passage(1)


class TestShown:
    def test_no_word_is_stored(self, reply):
        row = Comment.objects.filter(pk=reply.pk).values().get()
        assert "bateau" not in str(row)
        assert (row["passage_version"], row["passage_end"] - row["passage_start"]) == (1, 17)

    def test_the_thread_shows_it_with_its_cuts(self, client, reply):
        html = client.get(reply.page.get_url()).content.decode()
        assert "[…] ce bateau le soir […]" in html

    def test_a_long_one_is_cut_and_says_so(self, article, say):
        parent = say(article, "mot " * 500)
        words = quoted(say(article, "Oui.", parent=parent, passage=Passage(1)))
        assert len(words) < 320
        assert words.endswith(" […]")

    def test_changed_since_it_keeps_its_wording_and_says_so(self, client, parent, reply):
        edit_comment(parent, "Je ne prends plus ce bateau.", by=parent.participant)
        assert quoted(reply) == "[…] ce bateau le soir […]"
        html = client.get(reply.page.get_url()).content.decode()
        assert "Texte original du" in html.split('comment__passage"')[1]

    def test_t10_it_goes_and_comes_with_its_parent(self, parent, reply):
        hide_comment(parent, by=None)
        assert quoted(reply) is None
        restore_comment(parent, by=None)
        assert quoted(reply)
        withdraw_comment(Comment.objects.get(pk=parent.pk), by=parent.participant)
        assert quoted(reply) is None

    def test_t10_erased_it_is_gone_for_good(self, client, parent, reply):
        erase_comments(parent.participant)
        assert quoted(reply) is None
        assert "bateau" not in client.get(reply.page.get_url()).content.decode()

    def test_h11_a_version_that_readers_never_had_is_not_shown(self, article, say, parent):
        for version in (0, 2, 99):
            assert quoted(say(article, "Oui.", parent=parent, passage=Passage(version, 0, 5))) is None

    def test_it_costs_one_query_whatever_the_number(self, article, say, parent, count_queries):
        def read():
            load_conversation(article, AnonymousUser())

        for _ in range(2):
            say(article, "Oui.", parent=parent, passage=Passage(1))
        read()
        few = count_queries(read)
        for _ in range(6):
            say(article, "Oui.", parent=parent, passage=Passage(1, 0, 9))
        assert count_queries(read) == few

    def test_t21_hostile_words_are_shown_as_words(self, client, article, say):
        parent = say(article, '<script>alert(1)</script> & "quotes"')
        say(article, "Oui.", parent=parent, passage=find_passage(parent, "<script>alert(1)</script>"))
        html = client.get(article.get_url()).content.decode()
        assert "<script>alert" not in html

    def test_l07_the_feed_obeys_the_same(self, client, parent, reply):
        feed = reverse("comments_feed", args=[reply.page_id])
        assert "ce bateau le soir […]" in client.get(feed).content.decode()
        hide_comment(parent, by=None)
        assert "bateau" not in client.get(feed).content.decode()

    def test_l11_so_does_mail_when_it_leaves(self, parent, reply, mailoutbox):
        process_mail()
        assert any("ce bateau le soir" in message.body for message in mailoutbox)

    def test_l11_and_says_nothing_of_what_is_gone_by_then(self, parent, reply, mailoutbox):
        hide_comment(parent, by=None)
        OutgoingMail.objects.filter(kind="moderation.decision").delete()
        process_mail()
        assert not any("bateau" in message.body for message in mailoutbox)


class TestForm:
    def test_the_reply_page_offers_it(self, client, parent):
        html = client.get(reverse("reply_to_comment", args=[parent.public_id])).content.decode()
        assert 'name="quote"' in html

    def test_a_tick_quotes_how_it_begins(self, send, parent):
        send(parent.page, parent=parent.public_id, quote="on", voice="")
        reply = Comment.objects.get(parent=parent)
        assert (reply.passage_version, reply.passage_start) == (1, None)

    def test_marked_words_are_quoted(self, send, parent):
        send(parent.page, parent=parent.public_id, quote="on", passage="le soir")
        assert Comment.objects.get(parent=parent).passage_start is not None

    def test_without_the_tick_nothing_is(self, send, parent):
        send(parent.page, parent=parent.public_id, passage="le soir")
        assert Comment.objects.get(parent=parent).passage_version is None

    def test_without_a_parent_nothing_is(self, send, article):
        send(article, quote="on", passage="le soir")
        assert Comment.objects.get().passage_version is None

    def test_words_that_are_gone_are_said_and_the_text_stays(self, send, parent):
        answer = send(
            parent.page, parent=parent.public_id, quote="on", passage="un avion", text="Longuement pesé."
        )
        assert answer.status_code == 422
        assert "Longuement pesé." in answer.content.decode()
        assert Comment.objects.count() == 1

    def test_the_preview_shows_it_and_carries_it_on(self, client, parent):
        data = {"text": "Oui.", "name": "Odile", "email": "odile@example.org", "parent": parent.public_id}
        preview = reverse("preview_comment", args=[parent.page_id])
        html = client.post(preview, {**data, "quote": "on", "passage": "le soir"}).content.decode()
        assert "[…] le soir […]" in html
        assert '<input type="hidden" name="passage" value="le soir">' in html
