"""Acts on many comments at the same moment, from either end: all are done, and nobody waits for ever."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction

from blog.models import BlogPage
from dialogue.actions import CommentRefused, hide_comment, recount, renew_fragments, renew_versions
from dialogue.models import Comment, CommentRevision, Conversation
from dialogue.retention import blank_set_aside, erase_each, forget_networks
from moderation import actions
from moderation.actions import Seen
from moderation.models import Verb
from people.models import Participant
from privacy.actions import erase_participant
from tests.crossings import cross

pytestmark = [pytest.mark.database, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

GUEST = "zoe@example.org"


@pytest.fixture
def three(article, receive) -> list[Comment]:
    """Three comments of one guest that wait."""
    return [receive(article, f"Mot {number}.", email=GUEST) for number in range(3)]


@pytest.fixture
def lock_second(three):
    return lambda: Comment.objects.select_for_update(no_key=True).get(pk=three[1].pk)


def rejecting(comments: list[Comment], by) -> Callable[[], object]:
    """Return the act of a moderator who rejects `comments`, ticked in this order."""
    seen = [Seen(Comment.objects.select_related("page").get(pk=comment.pk)) for comment in comments]
    return lambda: actions.decide_on_comments(Verb.REJECT, seen, by=by, reason_code="off_topic")


def test_two_moderators_with_crossed_selections(three, moderator, outside_moderator, lock_second):
    first, second = rejecting(three, moderator), rejecting(three[::-1], outside_moderator)
    decisions = cross(first, second, behind=lock_second)
    assert [len(made) for made in decisions] == [3, 0]
    assert not Comment.objects.exclude(status="rejected").exists()


def test_disjoint_selections_on_the_same_pages(article, articles_fr, receive, moderator, outside_moderator):
    """The figures of a page are changed by everybody who publishes there."""
    other = BlogPage(title="Autre", introduction="<p>Encore.</p>")
    articles_fr.add_child(instance=other)
    other.save_revision().publish()
    pairs = [(receive(article, f"Ici {n}."), receive(other, f"Là {n}.")) for n in range(2)]

    def publish(comments, by):
        seen = [Seen(Comment.objects.select_related("page").get(pk=comment.pk)) for comment in comments]
        return lambda: actions.decide_on_comments(Verb.PUBLISH, seen, by=by)

    first, second = publish(pairs[0], moderator), publish(pairs[1][::-1], outside_moderator)
    Conversation.objects.get_or_create(page_id=article.pk)
    Conversation.objects.get_or_create(page_id=other.pk)
    figures = Conversation.objects.select_for_update(no_key=True)
    cross(first, second, behind=lambda: figures.get(page_id=article.pk))
    assert set(Conversation.objects.values_list("comment_count", flat=True)) == {2}


@pytest.mark.parametrize(
    "act",
    [
        lambda: erase_participant(Participant.objects.get(email=GUEST)),
        lambda: list(renew_fragments(is_all=True)),
        lambda: list(renew_versions()),
        lambda: in_transaction(erase_each, Comment.objects.filter(text__startswith="Mot")),
        lambda: in_transaction(forget_networks, Comment.objects.filter(text__startswith="Mot")),
        lambda: in_transaction(blank_set_aside, CommentRevision.objects.filter(text__startswith="Mot")),
    ],
    ids=["erasure", "render", "render versions", "retention", "networks", "changes set aside"],
)
def test_a_moderator_and_the_upkeep(three, moderator, lock_second, act):
    CommentRevision.objects.update(renderer_version=0)
    reject = rejecting(three[::-1], moderator)

    def reject_what_is_left():
        with suppress(CommentRefused):  # in words, for what is erased by then
            reject()

    cross(act, reject_what_is_left, behind=lock_second)
    assert not Comment.objects.held().exists()


def in_transaction(act, rows) -> None:
    """As `apply_retention` does it."""
    with transaction.atomic():
        act(rows)


def test_figures_are_corrected_while_a_comment_is_hidden(article, say):
    comment = say(article)
    say(article, parent=comment)
    Comment.objects.filter(pk=comment.pk).update(reply_count=7)
    figures = Conversation.objects.select_for_update(no_key=True).filter(page_id=article.pk)
    hide = Comment.objects.select_related("page").get(pk=comment.pk)
    cross(lambda: recount(article), lambda: hide_comment(hide, by=None), behind=figures.get)
    comment.refresh_from_db()
    assert (comment.status, comment.reply_count) == ("hidden", 1)
    assert Conversation.objects.get(page_id=article.pk).comment_count == 1


def test_a_guest_replies_while_they_are_forgotten(article, say, receive):
    """Whoever typed an address is asked to confirm it: the person is locked, and before the thread."""
    root = say(article, email=GUEST)
    guest = root.participant
    lock_root = Comment.objects.select_for_update(no_key=True).filter(pk=root.pk).get
    cross(
        lambda: receive(article, "Et moi.", parent=root, email=GUEST, is_verified=False),
        lambda: erase_participant(guest),
        behind=lock_root,
    )
    assert set(Comment.objects.values_list("status", "text")) == {("erased", "")}
