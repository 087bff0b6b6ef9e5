"""What screening noticed is told to moderators in full, and where it stands in the words as typed."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from dialogue.actions import status_token
from moderation.models import ScreeningTerm
from moderation.screening.signals import Piece, Signal, pieces_of

pytestmark = pytest.mark.django_db


def test_a_moderator_reads_each_signal_and_sees_the_words_marked(desk, receive, article):
    ScreeningTerm.objects.create(term="crétin", kind="suspect")
    comment = receive(article, "Quel **CRETIN**, voir www.exemple.org <b>ici</b>.")
    page = desk.get(reverse("moderation_comments:review_comment", args=[comment.public_id])).content.decode()
    assert "Un terme suspect" in page
    assert "<mark>CRETIN</mark>" in page
    assert "<mark>www.exemple.org</mark> &lt;b&gt;ici" in page


def test_where_nothing_was_noticed_nothing_is_said(desk, held):
    page = desk.get(reverse("moderation_comments:review_comment", args=[held.public_id])).content.decode()
    assert "moderation-noticed" not in page


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("abcdef", False)]),
        ([(0, 2)], [("ab", True), ("cdef", False)]),
        ([(1, 4), (2, 5)], [("a", False), ("bcd", True), ("e", True), ("f", False)]),
        ([(4, 99), (9, 12)], [("abcd", False), ("ef", True)]),
    ],
)
def test_a_text_is_taken_apart_where_it_was_noticed(spans, pieces):
    assert pieces_of("abcdef", [Signal("links", 10, tuple(spans))]) == [Piece(*piece) for piece in pieces]


class TestScoreComments:
    def score(self, tmp_path, capsys, *lines: object) -> list[dict]:
        file = tmp_path / "lines.jsonl"
        file.write_text("\n".join(map(json.dumps, lines)) + "\n\n")
        call_command("score_comments", str(file))
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    def test_each_line_comes_back_with_its_signals_and_the_verdict(self, tmp_path, capsys):
        ScreeningTerm.objects.create(term="casino*", kind="blocked", language="en")
        spam, good = self.score(
            tmp_path,
            capsys,
            {"text": "Best casinos online", "language": "en", "label": "spam", "email": "a@mailinator.com"},
            {"text": "La rampe est fermée.", "name": None},
        )
        assert [signal["name"] for signal in spam["signals"]] == ["blocked", "throwaway"]
        assert spam["signals"][0]["spans"] == [[5, 12]]
        assert (spam["risk"], spam["verdict"], spam["label"]) == (100, "hold", "spam")
        assert (good["risk"], good["verdict"], good["signals"]) == (0, "publish", [])

    @pytest.mark.parametrize("line", ["nothing", '["text"]', '{"text": 3}', '{"text": "a", "name": 3}'])
    def test_a_line_that_says_nothing_is_named(self, tmp_path, line):
        file = tmp_path / "lines.jsonl"
        file.write_text(f'{{"text": "a"}}\n{line}\n')
        with pytest.raises(CommandError, match="Line 2"):
            call_command("score_comments", str(file))

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("score_comments", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("value", "text", "told"),
    [
        ("hold_all", "Un mot.", "Ici, tous les commentaires sont lus d’abord."),
        ("publish_signed_in", "Un mot.", "sont lus d’abord"),
        ("hold_first_timers", "Un mot.", "pour la première fois"),
        ("publish_all", "Un mot, un crétin.", "Quelque chose nous a fait regarder d’abord"),
    ],
)
def test_the_author_is_told_why_it_waits_in_general(client, policy, receive, article, value, text, told):
    policy(value)
    ScreeningTerm.objects.create(term="crétin", kind="suspect")
    receive(article, text, key="k" * 32)
    page = client.get(reverse("comment_status", args=[status_token("k" * 32)])).content.decode()
    assert told in page
    assert "suspect" not in page
