"""What is kept of comments, threads and pages is right after every change, and is found wrong where it is."""

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from dialogue.actions import (
    find_differences,
    hide_comment,
    publish_comment,
    recount,
    restore_comment,
    withdraw_comment,
)
from dialogue.actions.erasures import erase_each
from dialogue.models import Comment, Conversation, ConversationSettings
from dialogue.models.threads import LAST_PLACE
from people.models import Side
from tests.dialogue.many_comments import plant
from tests.samples import so_many

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ACTS = 60


def do_something(chance, article, say, answerer):
    """Do one thing that somebody might do now."""
    published = list(Comment.objects.filter(page=article).published())
    hidden = list(Comment.objects.filter(page=article, status="hidden"))
    act = chance.choice(
        ["say", "say", "reply", "reply", "reply", "voice", "hide", "hide", "restore", "publish"]
    )
    act = chance.choice([act] * 9 + ["withdraw", "erase"])
    comment = chance.choice(published) if published else None
    if comment is None or act == "say":
        say(article, is_published=chance.random() < 0.7)
    elif act == "reply":
        say(article, parent=comment, is_published=chance.random() < 0.8)
    elif act == "voice":
        parent = chance.choice([comment, comment, None])
        say(article, parent=parent, user=answerer, for_organisation=True, is_published=chance.random() < 0.9)
    elif act == "hide":
        hide_comment(comment, by=None)
    elif act == "restore" and hidden:
        restore_comment(chance.choice(hidden), by=None)
    elif act == "publish":
        for held in Comment.objects.filter(page=article).held()[:1]:
            publish_comment(held, by=None)
    elif act == "withdraw":
        withdraw_comment(comment, by=comment.participant)
    elif act == "erase":
        erase_each([comment])


@pytest.mark.parametrize("seed", range(so_many(1, whole=3)))
def test_nothing_differs_after_any_act(article, say, answerer, seed):
    chance = Random(seed)  # noqa: S311 - the same acts each time, and no secret
    for number in range(ACTS):
        do_something(chance, article, say, answerer)
        differences = find_differences(article)
        assert not differences, f"after act {number} of seed {seed}: " + "; ".join(map(str, differences))
    assert Conversation.objects.get(page=article).thread_count > 1


class TestThread:
    def test_a_waiting_one_has_no_place(self, article, say):
        root = say(article, is_published=False)
        assert root.thread_at is None
        publish_comment(root, by=None)
        root.refresh_from_db()
        assert root.thread_at == root.submitted_at

    def test_the_first_answer_counts_and_when_it_goes_the_next(self, article, say, answerer):
        root = say(article)
        first, second = (
            say(article, parent=root, user=answerer, for_organisation=True) for _number in range(2)
        )
        for gone, left in ((None, first), (first, second), (second, None)):
            if gone is not None:
                hide_comment(gone, by=None)
            root.refresh_from_db()
            assert root.answered_in == (left.public_id if left else "")
            assert root.answered_at == (left.submitted_at if left else None)

    def test_a_reply_that_waits_is_no_answer(self, article, say, answerer, site):
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})
        root = say(article)
        say(article, parent=root, user=answerer, for_organisation=True, is_published=False)
        root.refresh_from_db()
        assert root.answered_at is None

    def test_replies_are_folded_after_the_third(self, article, say):
        root = say(article)
        replies = [say(article, parent=root) for _number in range(4)]
        root.refresh_from_db()
        assert root.shown_until == replies[2].path
        hide_comment(replies[0], by=None)
        root.refresh_from_db()
        assert root.shown_until == LAST_PLACE


class TestCommand:
    def report(self, **options) -> str:
        told = StringIO()
        call_command("recount_comments", stdout=told, **options)
        return told.getvalue()

    @pytest.fixture
    def wrong(self, article):
        [root] = plant(article, 1)
        plant(article, 2, root=root, side=Side.ORGANISATION)
        Comment.objects.filter(pk=root.pk).update(reply_count=7, answered_at=None, thread_at=None)
        Conversation.objects.filter(page=article).update(comment_count=9, answered_count=0)
        return root

    def test_it_reports_each_difference_changes_nothing_and_fails(self, article, wrong):
        told = StringIO()
        with pytest.raises(CommandError, match="Figures that are wrong: 5, on 1 of 1 pages") as failure:
            call_command("recount_comments", stdout=told)
        assert failure.value.returncode == 1
        for name in ("reply_count is 7, and should be 2", "answered_at", "thread_at", "comment_count is 9"):
            assert name in told.getvalue()
        assert len(find_differences(article)) == 5

    def test_it_passes_where_all_is_right(self, article, wrong):
        recount(article)
        assert "Pages counted: 1. Figures that are wrong: 0." in self.report()
        assert "Pages counted: 1. Figures that are wrong: 0." in self.report(page=article.pk)

    def test_it_mends_what_it_reports_where_it_is_told_to(self, article, wrong):
        told = self.report(mend=True)
        for name in ("reply_count is 7, and should be 2", "Figures mended: 5."):
            assert name in told
        assert find_differences(article) == []
        assert "Figures mended: 0." in self.report(mend=True)

    def test_it_mends_what_a_reply_has_and_only_roots_should(self, article):
        [root] = plant(article, 1)
        [reply] = plant(article, 1, root=root)
        recount(article)
        Comment.objects.filter(pk=reply.pk).update(thread_at=reply.submitted_at, reply_count=3)
        assert "Figures mended: 2." in self.report(mend=True)
        assert find_differences(article) == []

    def test_another_page_is_left_alone(self, article, wrong, dialogue):
        assert "Pages counted: 1. Figures mended: 0." in self.report(mend=True, page=dialogue.pk)
        assert find_differences(article)

    def test_a_page_that_is_not_there_is_an_error(self, site):
        with pytest.raises(CommandError, match="There is no page 999999"):
            self.report(page=999_999)

    def test_figures_without_comments_are_wrong_too(self, article):
        Conversation.objects.update_or_create(page=article, defaults={"thread_count": 3})
        assert "thread_count is 3, and should be 0" in self.report(mend=True)
