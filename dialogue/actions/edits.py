"""Changing one's own words; what readers read already stays until the new words are accepted."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from dialogue import markup
from dialogue.actions.consents import consent_to_quotation, extend_consent, record_quotation
from dialogue.actions.refusals import CommentRefused
from dialogue.actions.screening import screen
from dialogue.actions.statuses import lock_comment
from dialogue.actions.words import write_words
from dialogue.fragments import write_fragment
from dialogue.models.comments import Comment, CommentRevision, CommentStatus
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import AuthorPermissionTester, CommentPermissionTester
from people.models import ConsentPlace, Participant
from portal.permissions import Viewer

MAX_VERSIONS = 20  # nobody needs more for a slip of the pen, and each may wait for a moderator


def edit_comment(comment: Comment, text: str, *, by: Participant, may_quote: bool = False) -> bool:
    """Put new words in the place of one's own, as a new version. Return whether anything changed.

    Before readers have seen the comment, the new words take the place of the old, and a held comment is
    screened anew. Afterwards they wait until whoever screens accepts them, at once or later, and readers go
    on reading the old ones; a change that waits already is replaced. Nobody is mailed. Consent to be quoted
    was given for the words as they were: it holds on only where it is given again; given or taken back for
    words that stay, it makes no new version. Raises `CommentRefused` where it is too late.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    minutes = ConversationSettings.for_site(comment.page.get_site()).edit_minutes
    text = markup.normalise(text)
    with transaction.atomic():
        current = lock_comment(comment)
        if not AuthorPermissionTester(current, by, minutes).can_edit():
            raise CommentRefused(
                _("This comment can no longer be changed. You may withdraw it, and say it anew.")
            )
        if current.is_published:
            changed = _propose(current, text, may_quote)
        else:
            changed = _replace(current, text, may_quote)
    comment.refresh_from_db()
    return changed


def accept_edit(comment: Comment, version: int, *, by: Viewer | None) -> bool:
    """Let readers read the changed words instead of the old ones. Return whether anything changed."""
    _refuse_moderator(comment, by)
    with transaction.atomic():
        current = lock_comment(comment)
        revision = CommentRevision.objects.get(comment=current, version=version)
        if revision.accepted_at is not None:
            return False
        _refuse_moved(current, version)
        now = timezone.now()
        revision.accepted_at = now
        revision.save(update_fields=["accepted_at"])
        if current.published_version is None:
            current.published_version = current.version
        current.version, current.waiting_version, current.edited_at = version, None, revision.submitted_at
        write_words(current, revision.text)
        write_fragment(current)
        if revision.may_quote:
            extend_consent(current, now)
        current.save()
        record_quotation(current, ConsentPlace.CHANGE)
    comment.refresh_from_db()
    return True


def refuse_edit(comment: Comment, version: int, *, by: Viewer | None) -> bool:
    """Decide that the old words stay. Return whether anything changed."""
    _refuse_moderator(comment, by)
    with transaction.atomic():
        current = lock_comment(comment)
        _refuse_moved(current, version)
        current.waiting_version = None
        current.save(update_fields=["waiting_version"])
    comment.refresh_from_db()
    return True


def _replace(current: Comment, text: str, may_quote: bool) -> bool:
    """Change words that readers have not seen."""
    if current.text == text:
        return _choose_quotation(current, may_quote)
    now = timezone.now()
    current.version = _next_version(current)
    write_words(current, text)
    consent_to_quotation(current, now if may_quote else None)
    current.save()
    record_quotation(current, ConsentPlace.CHANGE)
    _keep_revision(current, text, current.version, may_quote=may_quote, accepted_at=now)
    if current.status == CommentStatus.HELD:
        screen(current)
    return True


def _propose(current: Comment, text: str, may_quote: bool) -> bool:
    """Have words that are to take the place of published ones screened; back to those, nothing waits."""
    is_back = current.text == text
    has_chosen = (is_back or not may_quote) and _choose_quotation(current, may_quote)
    if is_back:
        was_waiting, current.waiting_version = current.waiting_version is not None, None
        current.save()
        return was_waiting or has_chosen
    waiting = current.waiting_revision
    if waiting is not None and (waiting.text, waiting.may_quote) == (text, may_quote):
        return has_chosen
    current.waiting_version = _next_version(current)
    current.save()
    revision = _keep_revision(current, text, current.waiting_version, may_quote=may_quote)
    for screen_edit in hooks.get_hooks("screen_edit"):
        screen_edit(current, revision)
    return True


def _choose_quotation(current: Comment, may_quote: bool) -> bool:
    """Keep whether the words as they are may be quoted. Return whether that changed."""
    if (current.quote_consented_at is not None) == may_quote:
        return False
    consent_to_quotation(current, timezone.now() if may_quote else None)
    current.save()
    record_quotation(current, ConsentPlace.CHANGE)
    return True


def _next_version(current: Comment) -> int:
    last = current.revisions.aggregate(last=Max("version"))["last"] or current.version
    if last >= MAX_VERSIONS:
        raise CommentRefused(_("This comment was changed too often. You may withdraw it, and say it anew."))
    return last + 1


def _keep_revision(current: Comment, text: str, version: int, **more: object) -> CommentRevision:
    return CommentRevision.objects.create(
        comment=current,
        version=version,
        text=text,
        html=markup.render(text),
        renderer_version=markup.RENDERER_VERSION,
        submitted_at=timezone.now(),
        **more,
    )


def _refuse_moderator(comment: Comment, by: Viewer | None) -> None:
    if by is not None and not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied


def _refuse_moved(current: Comment, version: int) -> None:
    """Raise `CommentRefused` where this very change does not wait, or is no longer read by anybody."""
    if not current.is_published or current.waiting_version != version:
        raise CommentRefused(_("This change no longer waits for a decision."))
