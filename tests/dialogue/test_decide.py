"""The verbs that change where a comment stands."""

import pytest
from django.core.exceptions import PermissionDenied

from dialogue.actions import (
    CommentRefused,
    feature_comment,
    hide_comment,
    publish_comment,
    recount,
    reject_comment,
    restore_comment,
)
from dialogue.models import Comment, CommentStatus, Conversation

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("verb", "before", "after", "date"),
    [
        (publish_comment, "held", "published", "published_at"),
        (reject_comment, "held", "rejected", "rejected_at"),
        (hide_comment, "published", "hidden", "hidden_at"),
    ],
)
class TestEachVerb:
    def comment(self, say, article, before) -> Comment:
        return say(article, is_published=before == "published")

    def test_it_changes_status_date_and_doer(self, article, say, moderator, verb, before, after, date):
        comment = self.comment(say, article, before)
        assert verb(comment, by=moderator).status_after == after
        assert (comment.status, comment.decided_by_id) == (after, moderator.pk)
        stored = Comment.objects.get(pk=comment.pk)
        assert stored.status == after
        assert stored.decided_at == getattr(stored, date)
        assert stored.decided_at is not None

    def test_the_second_time_it_returns_quietly(self, article, say, moderator, verb, before, after, date):
        comment = self.comment(say, article, before)
        verb(comment, by=moderator)
        first = getattr(Comment.objects.get(pk=comment.pk), date)
        assert verb(comment, by=moderator) is None
        assert getattr(Comment.objects.get(pk=comment.pk), date) == first

    @pytest.mark.parametrize("who", ["stranger", "employee", "answerer", "editor"])
    def test_others_are_refused(self, request, article, say, who, verb, before, after, date):
        comment = self.comment(say, article, before)
        with pytest.raises(PermissionDenied):
            verb(comment, by=request.getfixturevalue(who))
        assert Comment.objects.get(pk=comment.pk).status == before

    def test_from_elsewhere_it_is_refused(self, article, say, moderator, verb, before, after, date):
        comment = self.comment(say, article, before)
        Comment.objects.filter(pk=comment.pk).update(status="withdrawn", withdrawn_at=comment.submitted_at)
        with pytest.raises(CommentRefused):
            verb(comment, by=moderator)


class TestCounts:
    def test_they_follow_every_change(self, article, say):
        root = say(article)
        middle = say(article, parent=root)
        leaf = say(article, parent=middle)

        def counts() -> tuple[int, int, int]:
            root.refresh_from_db()
            middle.refresh_from_db()
            return root.reply_count, middle.reply_count, Conversation.objects.get(page=article).comment_count

        assert counts() == (2, 1, 3)
        hide_comment(leaf, by=None)
        assert counts() == (1, 0, 2)
        restore_comment(leaf, by=None)
        assert counts() == (2, 1, 3)
        hide_comment(root, by=None)
        assert counts() == (2, 1, 2)

    def test_counting_anew_finds_the_same(self, article, say):
        comment = say(article)
        for _number in range(8):
            comment = say(article, parent=comment)
        hide_comment(comment.parent, by=None)
        assert recount(article) == []
        assert Conversation.objects.get(page=article).comment_count == 8


def test_a_rejected_comment_can_still_be_published(article, say, moderator):
    comment = say(article, is_published=False)
    reject_comment(comment, by=moderator)
    assert publish_comment(comment, by=moderator)
    assert comment.status == CommentStatus.PUBLISHED


def test_featuring_where_nobody_can_start_an_article_is_refused(article, say, editor, monkeypatch):
    comment = say(article)
    monkeypatch.setattr("dialogue.actions.quotations.hooks.get_hooks", lambda _name: [])
    with pytest.raises(CommentRefused):
        feature_comment(comment, by=editor)


def test_featuring_without_the_right_is_refused(article, say, employee):
    with pytest.raises(PermissionDenied):
        feature_comment(say(article), by=employee)
