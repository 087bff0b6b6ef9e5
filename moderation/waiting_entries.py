"""What waits for a moderator, as a message lists it: where, since when, and how the words begin.

Of an internal dialogue nothing leaves the house but that something waits in one.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Min, Q
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogue.models import Comment, CommentRevision
from mail.outbox import MailEntry
from moderation.models import Appeal, Flag, without_pending
from people.models import User
from portal.characters import cut_at_word
from portal.permissions import Audience, Restriction, audience_of, load_restrictions

LISTED = 5  # in one message, those that wait longest
FIRST_WORDS = 120  # characters
# A mail program makes a link of it, and nobody has decided on it yet.
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)

# Since when something waits, the comment, and the words to decide on.
Waiting = tuple[datetime, Comment, Comment | CommentRevision]


def list_waiting(user: User) -> tuple[MailEntry, ...]:
    """Return what has waited longest for this moderator: comments, changes, what is flagged, appeals."""
    comments = without_pending(Comment.objects.moderated_by(user))
    every = (*_held(comments), *_changed(comments), *_flagged(comments), *_appealed(comments, user))
    found = sorted(every, key=lambda one: one[0])
    restrictions = load_restrictions() if found else []
    return tuple(_entry(one, restrictions) for one in found[:LISTED])


def _held(comments: Any) -> Iterator[Waiting]:
    for comment in comments.held().select_related("page").order_by("submitted_at", "pk")[:LISTED]:
        yield comment.submitted_at, comment, comment


def _changed(comments: Any) -> Iterator[Waiting]:
    new = CommentRevision.objects.filter(
        comment__in=comments.changed().values("pk"), version=F("comment__waiting_version")
    )
    for words in new.select_related("comment__page").order_by("submitted_at", "pk")[:LISTED]:
        yield words.submitted_at, words.comment, words


def _flagged(comments: Any) -> Iterator[Waiting]:
    flagged = Flag.objects.open().flagged_among(comments).select_related("page")
    first = Min("flags__flagged_at", filter=Q(flags__state="open"))
    for comment in flagged.annotate(flagged_since=first).order_by("flagged_since", "pk")[:LISTED]:
        yield comment.flagged_since, comment, comment


def _appealed(comments: Any, user: User) -> Iterator[Waiting]:
    appeals = Appeal.objects.open().not_decided_by(user).filter(comment__in=comments.values("pk"))
    for appeal in appeals.select_related("comment__page").order_by("made_at", "pk")[:LISTED]:
        yield appeal.made_at, appeal.comment, appeal.comment


def _entry(waiting: Waiting, restrictions: list[Restriction]) -> MailEntry:
    since, comment, words = waiting
    age = pgettext("waits", "for %(age)s") % {"age": timesince(since, depth=1)}
    if audience_of(comment.page, restrictions) == Audience.INTERNAL:
        return MailEntry(_("An internal dialogue"), age)
    first = cut_at_word(_ADDRESS.sub("[…]", words.words.plain), FIRST_WORDS)
    return MailEntry(comment.page.title, age, first, comment.words_language)
