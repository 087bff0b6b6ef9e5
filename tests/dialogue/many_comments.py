"""Many comments in one go, as the verbs would have left them."""

from datetime import timedelta

from django.utils import timezone

from dialogue.actions import recount
from dialogue.actions.places import base_36
from dialogue.fragments import write_fragment
from dialogue.markup import Words
from dialogue.models import Comment, CommentRevision, CommentStatus
from people.models import Participant, Side


def plant(page, count, *, root=None, side=Side.EXTERNAL, words="Mot", is_counted=True):
    """Write `count` published comments under `page`: roots, or replies to `root`."""
    participant, _created = Participant.objects.get_or_create(
        user=None, email="foule@example.org", defaults={"name": "Foule"}
    )
    start = timezone.now() - timedelta(days=2)
    number, place = Comment.objects.count(), root.thread.count() if root else 0
    comments = [
        Comment(
            page_id=page.pk,
            root=root,
            parent=root,
            depth=1 if root else 0,
            path=base_36(place + index + 1) if root else "",
            participant=participant,
            author_name=f"Voix {index}",
            side=side,
            language="fr",
            status=CommentStatus.PUBLISHED,
            words=Words.of(f"{words} {index}"),
            submitted_at=start + timedelta(seconds=number + index),
            published_at=start,
        )
        for index in range(count)
    ]
    for comment in comments:
        write_fragment(comment)
    comments = Comment.objects.bulk_create(comments, batch_size=500)
    CommentRevision.objects.bulk_create(
        (
            CommentRevision(
                comment=c,
                version=1,
                words=c.words,
                submitted_at=c.submitted_at,
            )
            for c in comments
        ),
        batch_size=500,
    )
    if is_counted:
        recount(page)
    return comments


def take_away(*comments):
    """Let a moderator's tombstone stand in the place of comments, past the verbs; count afterwards."""
    Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        status=CommentStatus.HIDDEN, hidden_at=timezone.now(), fragment="", fragment_version=0
    )
