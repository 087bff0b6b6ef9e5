"""What is made of words is made in one parse, when they are written: nothing parses while they are read."""

import logging

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from markdown_it import MarkdownIt

from blog.models import BlogPage
from dialogue.actions import accept_edit, edit_comment
from dialogue.actions.erasures import erase_comments
from dialogue.blocks import quotation_of
from dialogue.markup import RENDERER_VERSION, Words, excerpt, plain
from dialogue.models import Comment, CommentRevision, ConversationSettings
from dialogue.models import words as models_of_words
from dialogue.passages import find_passage
from mail.actions import process_mail

pytestmark = pytest.mark.django_db

TEXT = "> Un *banc* ?\n\nOui, [le banc](https://a.example/) du **quai**.\n\n- un\n- deux"


@pytest.fixture
def parses(monkeypatch) -> list[str]:
    """The texts that were parsed since this was asked for."""
    parsed: list[str] = []
    parse = MarkdownIt.parse

    def note(self, text, env=None):
        parsed.append(text)
        return parse(self, text, env)

    monkeypatch.setattr(MarkdownIt, "parse", note)
    return parsed


@pytest.fixture
def thread(article, say) -> list[Comment]:
    """A comment, its change, and a reply that quotes what it said before."""
    root = say(article, TEXT, may_quote=True)
    reply = say(article, "Moi *aussi*.", parent=root, passage=find_passage(root, "du quai"))
    edit_comment(root, f"{TEXT}\n- trois", by=root.participant, may_quote=True)
    return [root, reply]


@pytest.fixture
def quoting(article, articles_fr, thread) -> BlogPage:
    """An article that quotes a comment."""
    page = BlogPage(
        title="La parole",
        introduction="<p>Une lectrice répond.</p>",
        body=[("featured_comment", {"quotation": quotation_of(thread[0]), "why": ""})],
    )
    articles_fr.add_child(instance=page)
    page.save_revision().publish()
    return page


class TestOneParse:
    def test_the_value_is_what_its_parts_are_alone(self):
        words = Words.of(TEXT)
        assert words.plain == plain(TEXT) == "> Un banc ?\n\nOui, le banc du quai.\n\n- un\n- deux"
        assert words.excerpt == excerpt(TEXT)
        assert "<strong>quai</strong>" in words.html
        assert Words.of(words.text) == words

    def test_what_is_too_long_is_told_without_a_parse(self, parses):
        text = "mot " * 6_000
        words = Words.of(text)
        assert parses == []
        assert words.plain == text.strip()
        assert words.html.startswith("<p>mot")
        assert len(words.excerpt) <= 160

    def test_posting_parses_once_and_stores_all_of_it(self, article, say, parses):
        comment = say(article, TEXT)
        assert parses == [TEXT]
        for said in (comment, comment.revisions.get()):
            assert said.words == Words.of(TEXT)
            assert (said.plain, said.renderer_version) == (Words.of(TEXT).plain, RENDERER_VERSION)

    def test_sending_the_form_parses_once(self, article, send, parses):
        assert send(article, text=TEXT).status_code == 303
        assert parses == [TEXT]

    def test_a_change_is_parsed_once_and_not_again_when_it_is_accepted(self, site, article, say, parses):
        comment = say(article, "Un banc.")
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})
        parses.clear()
        edit_comment(comment, TEXT, by=comment.participant)
        assert parses == [TEXT]
        accept_edit(comment, 2, by=None)
        assert parses == [TEXT]
        assert comment.words == comment.revisions.get(version=2).words == Words.of(TEXT)


class TestNoneWhileReading:
    @pytest.fixture
    def no_parser(self, monkeypatch) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise AssertionError("Words are parsed while they are read: ask `words` of their row.")

        monkeypatch.setattr(MarkdownIt, "parse", refuse)

    def test_the_guard_sees_a_parse(self, no_parser):
        with pytest.raises(AssertionError, match="while they are read"):
            Words.of("Un banc.")

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("conversation", "<strong>quai</strong>"),
            ("thread", "<strong>quai</strong>"),
            ("permalink", "<strong>quai</strong>"),
            ("reply", "<strong>quai</strong>"),
            ("history", "trois"),
            ("feed", "&lt;strong&gt;quai&lt;/strong&gt;"),
            ("quoting page", "<strong>quai</strong>"),
            ("search", "<mark>quai</mark>"),
        ],
    )
    def test_a_page_is_read(self, client, thread, quoting, no_parser, place, words):
        root = thread[0]
        address = {
            "conversation": root.page.get_url(),
            "thread": reverse("show_thread", args=[root.public_id]),
            "permalink": root.permalink,
            "reply": root.reply_url,
            "history": root.history_url,
            "feed": reverse("comments_feed", args=[root.page_id]),
            "quoting page": quoting.get_url(),
            "search": f"{reverse('search')}?query=quai",
        }[place]
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        assert words in answer.content.decode()

    def test_an_article_tells_machines_what_it_quotes(self, client, quoting, no_parser):
        described = client.get(quoting.get_url()).content.decode().partition("application/ld+json")[2]
        assert "> Un banc ?".replace(">", "\\u003E") in described

    @pytest.mark.parametrize("who", ["employee", "editor", "moderator"])
    def test_a_conversation_is_read_by_staff(self, request, signed_in, thread, no_parser, who):
        answer = signed_in(request.getfixturevalue(who)).get(thread[0].page.get_url())
        assert "<strong>quai</strong>" in answer.content.decode()

    def test_the_desk_is_read(self, signed_in, moderator, thread, receive, article, no_parser_later):
        waiting = receive(article, TEXT)
        no_parser_later()
        browser = signed_in(moderator)
        desk = browser.get(reverse("moderation_comments:list_comments")).content.decode()
        assert "du **quai**" in desk  # as it was typed, for the link in it is marked
        review = reverse("moderation_comments:review_comment", args=[waiting.public_id])
        assert "<strong>quai</strong>" in browser.get(review).content.decode()
        review = reverse("moderation_comments:review_comment", args=[thread[1].public_id])
        assert "du quai" in browser.get(review).content.decode()

    @pytest.fixture
    def no_parser_later(self, request):
        return lambda: request.getfixturevalue("no_parser")

    def test_a_message_is_written(self, article, say, no_parser_later):
        root = say(article, TEXT, tell_replies=True)
        say(article, TEXT, parent=root, email="odile@example.org", name="Odile Roy")
        no_parser_later()
        process_mail()
        assert any("Oui, le banc du quai." in message.body for message in mail.outbox)


class TestOfAnotherVersion:
    @pytest.fixture(autouse=True)
    def forgets_what_was_said(self):
        models_of_words._say_that_words_are_old.cache_clear()

    def make_old(self) -> None:
        old = {"html": "<p>Autrefois.</p>", "plain": "", "renderer_version": RENDERER_VERSION - 1}
        Comment.objects.update(**old, fragment_version=0)
        CommentRevision.objects.update(**old)

    def test_words_are_made_anew_while_they_are_read_and_the_log_says_so_once(self, client, thread, caplog):
        self.make_old()
        with caplog.at_level(logging.WARNING, "dialogue.models.words"):
            for _time in range(2):
                html = client.get(thread[0].page.get_url()).content.decode()
                assert "<strong>quai</strong>" in html
                assert "Autrefois" not in html
        said = [record.getMessage() for record in caplog.records if "render_comments" in record.getMessage()]
        assert len(said) == len(set(said)) == 2
        assert all(f"renderer {RENDERER_VERSION - 1}" in line for line in said)

    def test_the_command_stores_all_of_them_and_then_nothing_is_parsed(self, client, thread, parses, capsys):
        before = [(said.pk, said.words) for said in CommentRevision.objects.order_by("pk")]
        self.make_old()
        call_command("render_comments")
        kept = [(said.pk, said.words) for said in CommentRevision.objects.order_by("pk")]
        parses.clear()
        assert kept == before
        assert Comment.objects.get(pk=thread[0].pk).plain == before[-1][1].plain
        assert client.get(thread[0].page.get_url()).status_code == 200
        assert parses == []

    def test_erasing_leaves_nothing_that_was_made_of_words(self, thread):
        for said in thread:
            erase_comments(said.participant)
        for said in (*Comment.objects.all(), *CommentRevision.objects.all()):
            assert said.words == Words("", "", "", "")
