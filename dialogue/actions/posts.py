"""Posting a comment: once, in its place, and screened."""

import hashlib
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from modelsearch.tasks import insert_or_update_object_task

from dialogue.actions.confirmations import ask_to_confirm
from dialogue.actions.consents import keep_wishes, store_with_consents
from dialogue.actions.events import AUTHOR, record_event
from dialogue.actions.languages import tell_language
from dialogue.actions.limits import refuse_flood
from dialogue.actions.locks import lock_root
from dialogue.actions.places import give_place
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.repetitions import refuse_repetition
from dialogue.actions.resends import take_again
from dialogue.actions.rules import check_name, check_text
from dialogue.actions.screening import screen
from dialogue.actions.submissions import Author, Submission, author_of
from dialogue.actions.versions import keep_version
from dialogue.markup import Words
from dialogue.models.comments import Comment
from dialogue.models.events import EventKind
from dialogue.models.pages import ConversationPage
from dialogue.models.statuses import CommentStatus
from dialogue.passages import Passage
from dialogue.permissions import ConversationPermissionTester
from people.models import Participant


def post_comment(page: ConversationPage, submission: Submission) -> Comment:
    """Store a comment once, screen it, and return it in the state it came to.

    A guest whose address nothing verifies is sent a link first; screening waits until they have used it.
    The second time with the same key returns the first comment; other words are its next version
    (`take_again`). Raises `CommentRefused` where words or name will not do, the page is closed, the parent
    does not belong, too much was sent, or the same before; `PermissionDenied` where the page may not be read,
    or the voice is not theirs.
    """
    # First, and outside of the `try`: `take_again` compares with what is stored, which is the checked form.
    submission = _checked(submission)
    try:
        _refuse_post(page, submission)
        # Rendered, and its language told, before anything is locked.
        draft = draft_comment(page, submission, author_of(submission))
        with transaction.atomic():
            comment = _write_comment(page, submission, draft)
            if comment.status == CommentStatus.UNVERIFIED:
                ask_to_confirm(comment.participant)
            else:
                keep_wishes(comment)
                screen(comment)
            comment.is_new = False
            # Within the transaction: the task is a row of this database, and is there when the comment is.
            insert_or_update_object_task.enqueue("dialogue", "comment", str(comment.pk))
    # Caught outside of `atomic`: PostgreSQL answers nothing more in a transaction that failed.
    except (IntegrityError, CommentRefused, PermissionDenied):
        # The same key came before, perhaps at the same moment: it is the same comment, whatever holds now.
        existing = Comment.objects.filter(idempotency_key=submission.key).first()
        if existing is None:
            raise
        return take_again(existing, submission)
    return comment


def draft_comment(page: ConversationPage, submission: Submission, author: Author) -> Comment:
    """Return the comment that `submission` makes, rendered and not yet stored."""
    now = submission.submitted_at or timezone.now()
    comment = Comment(
        page=page,
        author_name=author.name,
        side=author.side,
        role_label_fr=author.role_label_fr,
        role_label_en=author.role_label_en,
        language=page.locale.language_code,
        status=CommentStatus.HELD,
        submitted_at=now,
    )
    comment.words = Words.of(submission.text)
    comment.words_language = tell_language(comment, comment.words)
    if submission.parent is not None:
        comment.parent = submission.parent
        keep_passage(comment, submission.passage)
    return comment


def keep_passage(comment: Comment, passage: Passage | None) -> None:
    """Remember which words of its parent a reply quotes: where they stand, not the words."""
    if passage is not None:
        comment.passage_version = passage.version
        comment.passage_start, comment.passage_end = passage.start, passage.end


def status_token(key: str) -> str:
    """Return the secret in the address of a comment's status page; only its digest is stored."""
    # Derived from the form's key, so that the same form sent twice leads to one address; 160 bits.
    return salted_hmac("dialogue.status", key, algorithm="sha256").hexdigest()[:40]


def token_digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _checked(submission: Submission) -> Submission:
    """Return what was sent as it may be stored: a guest's name is looked at, an account has its own."""
    name = submission.name if submission.user.is_authenticated else check_name(submission.name)
    return replace(submission, text=check_text(submission.text), name=name)


def _refuse_post(page: ConversationPage, submission: Submission) -> None:
    """Raise `CommentRefused` for whatever stands against the comment."""
    tester = ConversationPermissionTester(page, submission.user)
    # First: what may not be read must not be told to be closed either (T07).
    if not tester.can_read():
        raise PermissionDenied
    if not (tester.can_comment() or submission.is_rejoinder):
        raise CommentRefused(str(page.commenting_state.sentence), Refusal.CLOSED)
    if submission.for_organisation and not tester.can_speak_for_organisation():
        raise PermissionDenied
    parent = submission.parent
    if parent is not None and (parent.page_id != page.pk or not parent.is_published):
        raise CommentRefused(
            _("The comment that you reply to is no longer there. You can send your text as a new comment."),
            Refusal.PARENT_GONE,
        )
    refuse_flood(submission.user, submission.origin)
    refuse_repetition(page, submission)


def _write_comment(page: ConversationPage, submission: Submission, comment: Comment) -> Comment:
    # Before the thread is locked: `dialogue.actions.locks` has participants first.
    comment.participant = _participant(page, submission)
    comment.device = submission.origin.device
    comment.idempotency_key = submission.key
    comment.status_token_digest = token_digest(status_token(submission.key))
    comment.network_digest = submission.origin.network
    comment.wants_replies = submission.tell_replies
    comment.wants_outcomes = submission.tell_outcomes
    comment.may_be_asked = submission.may_ask
    comment.signals = sorted(submission.origin.signals)
    if comment.participant.is_guest and not submission.origin.is_verified:
        comment.status = CommentStatus.UNVERIFIED
    if submission.parent is not None:
        _place_below(submission.parent, comment)
    if submission.submitted_at is None:
        # Once it is our turn to write, so that a comment does not come to stand before those already read.
        comment.submitted_at = timezone.now()
    store_with_consents(comment, may_quote=submission.may_quote)
    keep_version(
        comment,
        comment.words,
        version=comment.version,
        language=comment.words_language,
        may_quote=submission.may_quote,
        at=comment.submitted_at,
        is_accepted=True,
    )
    record_event(comment, EventKind.POSTED, AUTHOR, at=comment.submitted_at)
    return comment


def _participant(page: ConversationPage, submission: Submission) -> Participant:
    language = page.locale.language_code
    if submission.participant is not None:
        participant = submission.participant
    elif submission.user.is_authenticated:
        participant, _created = Participant.objects.get_or_create(
            user=submission.user,
            defaults={
                "name": submission.user.display_name,
                "email": submission.user.email,
                "language": language,
            },
        )
    elif submission.origin.guest is not None:
        participant = submission.origin.guest
    else:
        # The same statements whether or not somebody here has the address: no answer comes sooner.
        someone = Participant(email=submission.email, name=submission.name, language=language)
        Participant.objects.bulk_create([someone], ignore_conflicts=True)
        # Locked before the thread, as an erasure does it; `ask_to_confirm` asks for the same lock.
        guests = Participant.objects.select_for_update(no_key=True)
        participant = guests.get(user=None, email=submission.email)
    return participant


def _place_below(parent: Comment, comment: Comment) -> None:
    """Give `comment` the next place in the thread of `parent`, under a lock on its root."""
    root = lock_root(parent)
    give_place(comment, parent, root)  # the root as it stands now, for whoever counts
    # Not `save`: the root was read without its words, and nothing that the index holds has changed.
    Comment.objects.filter(pk=root.pk).update(last_seq=root.last_seq)
