"""What `seed_load` builds: as many comments as asked for, in the shape that posting gives them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from blog.models import BlogPage
from dialogue.actions import recount
from dialogue.models import Comment, CommentEvent, CommentRevision, Conversation
from moderation.models import Decision

pytestmark = pytest.mark.database

COUNT = 40
MORE_STATEMENTS = 10  # threads are stored level by level, and long ones have more levels


@pytest.fixture
def page(empty_portal):
    call_command("seed_load", comments=COUNT, verbosity=0)
    return BlogPage.objects.get()


def test_it_writes_as_many_as_asked(page, client):
    comments = Comment.objects.filter(page=page)
    assert comments.published().count() == COUNT
    assert Conversation.objects.get(page=page).comment_count == COUNT
    assert CommentRevision.objects.filter(comment__page=page).count() == COUNT
    assert Decision.objects.filter(comment__page=page, event__status_after="published").count() == COUNT
    assert CommentEvent.objects.filter(comment__page=page, kind="imported").count() == COUNT
    assert client.get(page.url).status_code == 200


def test_counted_anew_nothing_changes(page):
    assert recount(page) == []


def test_what_is_asked_of_the_database_does_not_grow(page, count_queries):
    def load(count: int) -> int:
        return count_queries(lambda: call_command("seed_load", comments=count, page=page.pk, verbosity=0))

    assert load(400) - load(100) < MORE_STATEMENTS


def test_every_reply_stands_below_the_one_it_answers(page):
    for reply in Comment.objects.filter(page=page, depth__gt=0).select_related("parent", "root"):
        assert reply.path.startswith(reply.parent.path)
        assert reply.depth == reply.parent.depth + 1 <= 5
        assert reply.root == (reply.parent.root or reply.parent)
        assert reply.parent.submitted_at <= reply.submitted_at


def test_the_next_reply_finds_a_free_place(page):
    for root in Comment.objects.filter(page=page, depth=0).annotate(replies_below=Count("thread")):
        assert root.last_seq == root.replies_below == root.reply_count


def test_one_thread_is_hot_and_others_are_short(page):
    lengths = sorted(Comment.objects.filter(page=page, depth=0).values_list("reply_count", flat=True))
    assert lengths[-1] >= COUNT * 0.15 - 1
    assert lengths[0] == 0


def test_it_adds_to_a_page_of_ours_and_tells_the_address(page):
    told = StringIO()
    call_command("seed_load", comments=5, page=page.pk, stdout=told)
    assert f"{COUNT + 5} comments" in told.getvalue()
    assert page.url in told.getvalue()


def test_none_is_a_number_too(empty_portal):
    call_command("seed_load", comments=0, language="en", verbosity=0)
    assert BlogPage.objects.get().locale.language_code == "en"
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("page_id", "count"), [(1, 5), (999_999, 5), (None, -1)])
def test_it_refuses_what_is_no_conversation(site, page_id, count):
    with pytest.raises(CommandError):
        call_command("seed_load", comments=count, page=page_id, verbosity=0)
