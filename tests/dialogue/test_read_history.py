"""What a comment said before is there for those whom the setting admits, while the comment is."""

import time

import pytest
from django.urls import reverse

from dialogue.actions import edit_comment, hide_comment, publish_comment, withdraw_comment
from dialogue.actions.erasures import erase_comments
from dialogue.differences import differences
from dialogue.models import Comment, ConversationSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(site):
    def set_readers(value: str, **more: str) -> None:
        ConversationSettings.objects.update_or_create(site=site, defaults={"history_readers": value, **more})

    return set_readers


@pytest.fixture
def comment(article, say) -> Comment:
    """Changed before it was published, and once since."""
    comment = say(article, "Jamais lu par personne.", is_published=False)
    edit_comment(comment, "Les bans manquent.", by=comment.participant)
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    edit_comment(comment, "Les bancs manquent.", by=comment.participant)
    return comment


def url(comment: Comment) -> str:
    return reverse("comment_history", args=[comment.public_id])


class TestHistory:
    def test_it_shows_what_readers_had_and_what_changed(self, client, comment):
        answer = client.get(url(comment))
        html = answer.content.decode()
        assert "Les bans manquent." in html
        assert "bans" in html.split("<del>")[1].split("</del>")[0]
        assert "bancs" in html.split("<ins>")[1].split("</ins>")[0]
        assert "noindex" in answer["X-Robots-Tag"]

    def test_h11_what_was_written_before_it_was_published_is_nobodys(self, client, comment):
        assert "Jamais lu par personne." not in client.get(url(comment)).content.decode()

    def test_h11_nor_is_a_change_that_waits_or_was_refused(self, client, comment, readers):
        readers("everybody", policy="hold_all")
        edit_comment(comment, "SECRET qui attend", by=comment.participant)
        assert "SECRET" not in client.get(url(comment)).content.decode()

    @pytest.mark.parametrize("act", ["hide", "withdraw", "erase"])
    def test_t10_of_what_is_gone_there_is_none(self, client, comment, act):
        if act == "hide":
            hide_comment(comment, by=None)
        elif act == "withdraw":
            withdraw_comment(comment, by=comment.participant)
        else:
            erase_comments(comment.participant)
        assert client.get(url(comment)).status_code == 404

    def test_it_is_only_looked_at(self, client, comment):
        assert client.post(url(comment)).status_code == 405

    def test_hostile_words_are_shown_as_words(self, client, comment):
        edit_comment(comment, "<img src=x onerror=alert(1)> <script>", by=comment.participant)
        html = client.get(url(comment)).content.decode()
        assert "<img src=x" not in html
        assert "&lt;img" in html


class TestWho:
    @pytest.mark.parametrize(
        ("setting", "anonymous", "employee_", "moderator_"),
        [("everybody", 200, 200, 200), ("signed_in", 404, 200, 200), ("staff", 404, 404, 200)],
    )
    def test_the_setting_decides(
        self,
        client,
        signed_in,
        employee,
        moderator,
        comment,
        readers,
        setting,
        anonymous,
        employee_,
        moderator_,
    ):
        readers(setting)
        assert client.get(url(comment)).status_code == anonymous
        assert signed_in(employee).get(url(comment)).status_code == employee_
        assert signed_in(moderator).get(url(comment)).status_code == moderator_

    def test_who_may_not_is_not_led_there(self, client, comment, readers):
        page = comment.page.get_url()
        assert url(comment) in client.get(page).content.decode()
        readers("staff")
        html = client.get(page).content.decode()
        assert url(comment) not in html
        assert "comment__edited" in html

    def test_t07_inside_it_is_as_good_as_missing(
        self, client, signed_in, outsider_employee, internal_dialogue, say, employee
    ):
        comment = say(internal_dialogue, "Moins de nuits.", user=employee)
        missing = url(comment).replace(comment.public_id, "x" * 12)
        assert client.get(url(comment)).status_code == client.get(missing).status_code == 404
        assert signed_in(employee).get(url(comment)).status_code == 200


class TestDifferences:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("", ""),
            ("a", ""),
            ("", "b"),
            ("un deux trois", "un trois deux"),
            ("é\n\nà", "é\nà"),
            ("<b>", "<i>"),
        ],
    )
    def test_each_side_can_be_read_back(self, old, new):
        pieces = differences(old, new)
        assert "".join(piece.text for piece in pieces if not piece.is_added) == old
        assert "".join(piece.text for piece in pieces if not piece.is_removed) == new

    def test_t39_it_never_takes_long(self):
        words = [f"m{number % 37}" for number in range(1_000)]
        for old, new in (
            (" ".join(words), " ".join(reversed(words))),
            ("ab" * 2_500, "ba" * 2_500),
            ("a b " * 1_250, "b a " * 1_250),
            (" ".join(words[:200]), " ".join(reversed(words[:200]))),
        ):
            start = time.process_time()
            differences(old, new)
            assert time.process_time() - start < 0.5
