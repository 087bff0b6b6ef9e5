"""Changing one's own words; what readers read already stays until the new words are accepted."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from dialogue.actions.consents import record_quote_consent
from dialogue.actions.events import AUTHOR, decider, record_event
from dialogue.actions.languages import language_after, tell_language, write_language
from dialogue.actions.locks import lock_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.rules import check_rejoinder, check_text
from dialogue.actions.screening import screen
from dialogue.actions.versions import keep_version
from dialogue.fragments import write_fragment
from dialogue.markup import Words
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.featured import FeaturedComment
from dialogue.models.settings import ConversationSettings
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import AuthorPermissionTester
from mail.models import ChoicePlace
from people.models import Participant
from portal.permissions import Viewer

MAX_VERSIONS = 20  # nobody needs more for a slip of the pen, and each may wait for a moderator


@dataclass(frozen=True)
class _Change:
    """What somebody wants to have said: the words, their language, and whether they may be quoted."""

    words: Words
    language: str
    may_quote: bool


def edit_comment(
    comment: Comment, text: str, *, by: Participant, may_quote: bool = False, words_language: str = ""
) -> bool:
    """Put new words in the place of one's own, as a new version. Return whether anything changed.

    Before readers have seen the comment, the new words take the place of the old, and a held comment is
    screened anew. Afterwards they wait until whoever screens accepts them, at once or later, and readers go
    on reading the old ones; a change that waits already is replaced. Nobody is mailed. Consent to be quoted
    was given for the words as they were: it holds on only where it is given again; given or taken back for
    words that stay, it makes no new version. `words_language` is the language that its author chose; it says
    nothing new, and takes effect at once where the words stay. Raises `CommentRefused` where it is too late,
    or where there are no words, or too many.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    # What takes long is done before anything is locked.
    minutes = ConversationSettings.for_site(comment.page.get_site()).edit_minutes
    is_rejoinder = FeaturedComment.objects.filter(rejoinder=comment).exists()
    said = Words.of(check_rejoinder(text) if is_rejoinder else check_text(text))
    told = tell_language(comment, said)
    with transaction.atomic():
        current = lock_comment(comment)
        # Asked under the lock: a moderator may have decided while this waited for it.
        if not AuthorPermissionTester(current, by, minutes).can_edit():
            raise CommentRefused(
                _("This comment can no longer be changed. You may withdraw it, and write it again."),
                Refusal.TOO_LATE,
            )
        language = words_language or language_after(current, said.text, told)
        change = _Change(said, language, may_quote)
        changed = _propose(current, change) if current.is_published else _replace(current, change)
    comment.refresh_from_db()
    return changed


def accept_edit(comment: Comment, version: int, *, by: Viewer | None) -> CommentEvent | None:
    """Let readers read the changed words instead of the old ones. Return what happened, if anything did."""
    doer = decider(comment, by)
    with transaction.atomic():
        current = lock_comment(comment)
        revision = CommentRevision.objects.get(comment=current, version=version)
        # Before `_refuse_moved`: what is accepted waits no more, and a second click is no conflict.
        if revision.accepted_at is not None:
            return None
        _refuse_moved(current, version)
        now = timezone.now()
        revision.accepted_at = now
        revision.save(update_fields=["accepted_at"])
        if current.published_version is None:
            current.published_version = current.version
        # Changed when its author sent the words, not when somebody got round to them.
        current.version, current.waiting_version, current.edited_at = version, None, revision.submitted_at
        current.words = revision.words
        current.words_language = revision.words_language
        write_fragment(current)
        # Without the tick there is nothing to do: `_propose` took the consent back when the words were sent.
        if revision.may_quote:
            record_quote_consent(current, is_given=True, place=ChoicePlace.CHANGE)
        else:
            current.save()
        event = record_event(current, EventKind.EDIT_ACCEPTED, doer, at=now)
    comment.refresh_from_db()
    return event


def refuse_edit(comment: Comment, version: int, *, by: Viewer | None) -> CommentEvent:
    """Decide that the old words stay. Return what happened."""
    doer = decider(comment, by)
    with transaction.atomic():
        current = lock_comment(comment)
        _refuse_moved(current, version)
        current.waiting_version = None
        current.save(update_fields=["waiting_version"])
        event = record_event(current, EventKind.EDIT_REFUSED, doer, version=version)
    comment.refresh_from_db()
    return event


def _replace(current: Comment, change: _Change) -> bool:
    """Change words that readers have not seen."""
    if current.text == change.words.text:
        has_corrected = write_language(current, change.language, AUTHOR) is not None
        return _choose_quotation(current, change.may_quote) or has_corrected
    now = timezone.now()
    current.version = _next_version(current)
    current.words = change.words
    current.words_language = change.language
    if change.may_quote or current.quote_consented_at is not None:
        # It saves the comment, its new words included.
        record_quote_consent(current, is_given=change.may_quote, place=ChoicePlace.CHANGE)
    else:
        current.save()
    # Accepted, for no reader had words that this would replace: the comment itself is decided on.
    _keep(current, change, current.version, at=now, is_accepted=True)
    record_event(current, EventKind.EDITED, AUTHOR, at=now)
    # What is not confirmed is screened when it is, with the words that it has then.
    if current.status == CommentStatus.HELD:
        screen(current)
    return True


def _propose(current: Comment, change: _Change) -> bool:
    """Have words that are to take the place of published ones screened; back to those, nothing waits."""
    is_back = current.text == change.words.text
    # A tick for new words waits with them, and counts when they are accepted; taken away it counts at once,
    # which is decided apart from the words (R12).
    has_chosen = (is_back or not change.may_quote) and _choose_quotation(current, change.may_quote)
    if is_back:
        has_taken_back = _take_back_edit(current)
        has_corrected = write_language(current, change.language, AUTHOR) is not None
        return has_taken_back or has_corrected or has_chosen
    waiting = current.waiting_revision
    # The same form sent twice makes no further version.
    if waiting is not None and (waiting.text, waiting.may_quote) == (change.words.text, change.may_quote):
        return _correct_edit(current, waiting, change.language) or has_chosen
    current.waiting_version = _next_version(current)
    current.save()
    revision = _keep(current, change, current.waiting_version, at=timezone.now(), is_accepted=False)
    record_event(current, EventKind.EDIT_SENT, AUTHOR, version=revision.version)
    for screen_edit in hooks.get_hooks("screen_edit"):
        screen_edit(current, revision)
    return True


def _take_back_edit(current: Comment) -> bool:
    """Let nothing wait any more: its author is back to the words that readers read. Return whether it did."""
    version = current.waiting_version
    if version is None:
        return False
    current.waiting_version = None
    current.save(update_fields=["waiting_version"])
    record_event(current, EventKind.EDIT_TAKEN_BACK, AUTHOR, version=version)
    return True


def _correct_edit(current: Comment, waiting: CommentRevision, language: str) -> bool:
    """Give the words that wait their language. Return whether that changed."""
    if waiting.words_language == language:
        return False
    waiting.words_language = language
    waiting.save(update_fields=["words_language"])
    record_event(current, EventKind.LANGUAGE_CORRECTED, AUTHOR, version=waiting.version)
    return True


def _choose_quotation(current: Comment, may_quote: bool) -> bool:
    """Keep whether the words as they are may be quoted. Return whether that changed."""
    if (current.quote_consented_at is not None) == may_quote:
        return False
    record_quote_consent(current, is_given=may_quote, place=ChoicePlace.CHANGE)
    record_event(current, EventKind.QUOTATION_AGREED if may_quote else EventKind.QUOTATION_TAKEN_BACK, AUTHOR)
    return True


def _next_version(current: Comment) -> int:
    # Of all versions, also those that were refused or replaced: each number stands for one text for ever.
    last = current.revisions.aggregate(last=Max("version"))["last"] or current.version
    if last >= MAX_VERSIONS:
        raise CommentRefused(
            _("This comment was changed too often. You may withdraw it, and write it again."),
            Refusal.TOO_OFTEN,
        )
    return last + 1


def _keep(
    current: Comment, change: _Change, version: int, *, at: datetime, is_accepted: bool
) -> CommentRevision:
    return keep_version(
        current,
        change.words,
        version=version,
        language=change.language,
        may_quote=change.may_quote,
        at=at,
        is_accepted=is_accepted,
    )


def _refuse_moved(current: Comment, version: int) -> None:
    """Raise `CommentRefused` where this very change does not wait, or is no longer read by anybody."""
    if not current.is_published or current.waiting_version != version:
        raise CommentRefused(_("This change no longer waits for a decision."), Refusal.NOT_WAITING)
