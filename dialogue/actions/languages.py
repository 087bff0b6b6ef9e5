"""In which language the words of a comment are: told from them, or chosen by whoever knows better."""

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue.actions.events import Doer, decider, record_event
from dialogue.actions.locks import lock_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.fragments import FRAGMENT_FIELDS, write_fragment
from dialogue.markup import Words
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent, EventKind
from portal.languages import detect_language, is_language
from portal.permissions import Viewer


def tell_language(comment: Comment, words: Words) -> str:
    """Return the language of `words` under the page of `comment`: in doubt, that of the page.

    It may take a second, once in a process: call it before anything is locked.
    """
    return detect_language(words.plain, comment.language)


def language_after(comment: Comment, text: str, told: str) -> str:
    """Return the language of `text` in the place of its author's last words, where they chose none.

    What somebody chose for these holds on, and so does whatever is known of words that stay; of others it is
    what was `told` from them.
    """
    # What waits was written after what readers read.
    written = [version for version in (comment.waiting_revision, comment) if version is not None]
    last = next((version for version in written if version.text == text), written[0])
    known = last.words_language
    # Known to be another than would be told from the words: somebody chose it.
    is_kept = last.text == text or known != tell_language(comment, last.words)
    return known if known and is_kept else told


def write_language(comment: Comment, language: str, doer: Doer) -> CommentEvent | None:
    """Give a comment that is locked the language of its words. Return what happened, if that changed.

    Versions that were held to be in the same language as these words go with them: what is quoted, and what
    waits.
    """
    before = comment.words_language
    if before == language:
        return None
    comment.words_language = language
    # The fragment holds `lang`.
    write_fragment(comment)
    comment.save(update_fields=["words_language", *FRAGMENT_FIELDS])
    CommentRevision.objects.filter(comment=comment, words_language=before).update(words_language=language)
    return record_event(comment, EventKind.LANGUAGE_CORRECTED, doer)


def correct_language(comment: Comment, language: str, *, by: Viewer) -> CommentEvent | None:
    """Let a moderator say in which language the words are. Return what happened, if anything did."""
    doer = decider(comment, by)
    if not is_language(language):
        raise CommentRefused(_("Choose a language from the list."), Refusal.UNKNOWN_LANGUAGE)
    with transaction.atomic():
        event = write_language(lock_comment(comment), language, doer)
    comment.words_language = language
    return event
