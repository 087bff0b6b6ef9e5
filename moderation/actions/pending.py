"""Decisions with a time in which they may be taken back, before anything leaves (decision 38)."""

import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogue import actions as dialogue_actions
from dialogue.actions import CommentRefused
from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.actions.appeals import find_appeal
from moderation.actions.conflicts import (
    RESULT,
    DecisionConflict,
    Seen,
    conflict_sentence,
    refuse_stale,
    refuse_stale_edit,
)
from moderation.actions.decisions import (
    OVERTURNING,
    decide_on_comments,
    hide_comment,
    keep_comment,
    publish_comment,
    reject_comment,
    restore_comment,
    uphold_decision,
)
from moderation.actions.edits import accept_edit, refuse_edit
from moderation.actions.reasons import Justification, refuse_reason
from moderation.models import VERBS_FOR, Decision, PendingDecision, Verb
from people.models import User

ACTS: dict[Verb, Callable[..., Decision | None]] = {
    Verb.PUBLISH: publish_comment,
    Verb.REJECT: reject_comment,
    Verb.HIDE: hide_comment,
    Verb.RESTORE: restore_comment,
    Verb.ACCEPT: accept_edit,
    Verb.REFUSE: refuse_edit,
    Verb.KEEP: keep_comment,
    Verb.UPHOLD: uphold_decision,
}
AT_A_TIME = 50  # comments in one transaction: whoever writes meanwhile waits for no more than that
logger = logging.getLogger(__name__)
MANY = frozenset({Verb.PUBLISH, Verb.REJECT, Verb.HIDE, Verb.RESTORE})  # what is done to many in one go
ANSWERS = OVERTURNING | {Verb.UPHOLD}  # what an appeal may be answered by


@dataclass(frozen=True)
class Batch:
    """What somebody decided in one go: the key by which they take it back, and on how many comments."""

    key: str
    count: int


def decide_later(
    verb: Verb, seen: Iterable[Seen], *, by: User, why: Justification, last_flag: int | None = None
) -> Batch:
    """Write down what is to be done once it can be taken back no more: to all of the comments, or to none.

    What is where the act would lead already, and what the same person has just decided likewise, is left out.
    Raises as the act itself does (`CommentRefused`, `PermissionDenied`), and `DecisionConflict` where
    somebody else has just decided.
    """
    refuse_reason(verb, why)
    now = timezone.now()
    key = secrets.token_hex(16)
    given = {one.comment.pk: one for one in seen}
    with transaction.atomic():
        locked = dialogue_actions.lock_comments([one.comment for one in given.values()])
        pending = {
            row.comment_id: row
            for row in PendingDecision.objects.open().filter(comment__in=locked).select_related("by")
        }
        rows = []
        for comment in locked:
            if not CommentPermissionTester(comment, by).can_moderate():
                raise PermissionDenied
            if _is_decided_likewise(pending.get(comment.pk), verb, by, comment):
                continue
            one, current = given[comment.pk], dialogue_actions.lock_comment(comment)
            if not _is_to_be_done(verb, one, current, by):
                continue
            rows.append(
                PendingDecision(
                    comment=comment,
                    verb=verb,
                    by=by,
                    version=one.version or current.version,
                    status=one.status or current.status,
                    appeal_id=one.appeal,
                    last_flag=last_flag,
                    reason_code=why.reason_code,
                    reason_text=why.reason_text,
                    note=why.note,
                    batch=key,
                    made_at=now,
                    due_at=now + timedelta(seconds=settings.UNDO_SECONDS),
                )
            )
        PendingDecision.objects.bulk_create(rows)
    return Batch(key, len(rows))


def take_back(batch: str, *, by: User) -> list[Comment]:
    """Undo what `by` decided in one go, as far as it is not done yet; return the comments it was about."""
    rows = PendingDecision.objects.open().filter(batch=batch, by=by)
    with transaction.atomic():
        # Whatever is just being done is waited for, and then is there no more.
        taken = list(rows.select_for_update(of=("self",)).select_related("comment__page"))
        rows.filter(pk__in=[row.pk for row in taken]).delete()
    return [row.comment for row in taken]


def carry_out_due() -> int:
    """Do what nobody may take back any more; return how many decisions. Any number of processes may be at it.

    A go is done in transactions of some comments each; what was cut off is taken up by the next. Where a
    comment has moved on meanwhile, the others are done, and whoever decided is told why that one was not.
    """
    done = 0
    while (number := _carry_out_next()) is not None:
        done += number
    return done


def _carry_out_next() -> int | None:
    """Do the oldest go that is due; None where there is none."""
    with transaction.atomic():
        # What another process is just doing is passed over, also of the same go: nobody waits for anybody.
        due = PendingDecision.objects.due(timezone.now()).select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        )
        first = due.first()
        if first is None:
            return None
        rows = list(
            due.filter(batch=first.batch).select_related("comment__page", "by").order_by("pk")[:AT_A_TIME]
        )
        done = _do(rows)
        PendingDecision.objects.filter(pk__in=[row.pk for row in done]).delete()
    return len(done)


def _do(rows: list[PendingDecision]) -> list[PendingDecision]:
    """Do one go, and write at those that could not be done why; return the others."""
    one = rows[0]
    why = {"reason_code": one.reason_code, "reason_text": one.reason_text, "note": one.note}
    if len(rows) > 1 and Verb(one.verb) in MANY:
        seen = [Seen(row.comment, row.version, row.status, row.appeal_id) for row in rows]
        try:
            with transaction.atomic():
                decide_on_comments(Verb(one.verb), seen, by=one.by, **why)
        except DatabaseError:
            raise
        except Exception:  # noqa: S110 - one of them: each by itself, which tells it
            pass
        else:
            return rows
    return [row for row in rows if _is_done(row)]


def _is_done(row: PendingDecision) -> bool:
    try:
        # A refusal is told to whoever decided, whoever carries it out.
        with override(row.by.language), transaction.atomic():
            ACTS[Verb(row.verb)](row.comment, by=row.by, **_given(row))
    except CommentRefused as refusal:
        row.refusal = str(refusal)
    except PermissionDenied:
        with override(row.by.language):
            row.refusal = _("You may not decide on this comment any more.")
    except DatabaseError:
        raise  # it is away, or somebody writes: the next round tries again
    except Exception:
        # A mistake of ours: it is told, and holds up nothing that comes after it.
        logger.exception("A decision could not be carried out")
        with override(row.by.language):
            row.refusal = _("It could not be done, by a fault of the portal. Decide again.")
    else:
        return True
    row.save(update_fields=["refusal"])
    return False


def _given(row: PendingDecision) -> dict[str, object]:
    """Return what the act takes beside the comment and the person."""
    given: dict[str, object] = {"version": row.version, "status": row.status}
    if row.verb == Verb.KEEP:
        return {**given, "last_flag": row.last_flag}
    if row.appeal_id:
        given["appeal"] = row.appeal_id
    if row.verb == Verb.ACCEPT:
        return given
    return {**given, "reason_code": row.reason_code, "reason_text": row.reason_text, "note": row.note}


def _is_decided_likewise(pending: PendingDecision | None, verb: Verb, by: User, comment: Comment) -> bool:
    """Whether `by` has just decided the same; raises where anybody has just decided otherwise."""
    if pending is None:
        return False
    if pending.by_id == by.pk and pending.verb == verb:
        return True
    if pending.by_id == by.pk:
        message = _("You have just decided otherwise. Take that back first.")
    else:
        told = {"who": pending.by.display_name, "what": pending.get_verb_display()}
        message = _("%(who)s has just decided on this comment: %(what)s.") % told
    raise DecisionConflict(comment, None, message)


def _is_to_be_done(verb: Verb, seen: Seen, current: Comment, by: User) -> bool:
    """Whether something is left to do; raises `DecisionConflict` where the comment is not as it was seen."""
    if verb.is_about_edit:
        if current.waiting_version != seen.version or not current.is_published:
            refuse_stale_edit(current, None)
        return True
    refuse_stale(verb, seen, current)
    # Where the comment is there already, nothing is left of the appeal either.
    waits = verb in ANSWERS and current.status != RESULT.get(verb) and find_appeal(seen, current, by=by)
    if verb == Verb.UPHOLD:
        return bool(waits)
    if verb == Verb.KEEP and current.is_published:
        return True
    if verb != Verb.KEEP and current.status == RESULT[verb]:
        return False
    if verb not in VERBS_FOR.get(CommentStatus(current.status), ()):
        raise DecisionConflict(current, None, conflict_sentence(None))
    return True
