"""Who is at work on what: looking at a comment, taking it on and releasing it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from moderation.models import Claim, Presence, claims_on
from moderation.models.attention import LASTS, STAYS
from people.models import User
from portal.formats import write_date


class AlreadyClaimed(CommentRefused):
    """Somebody else has taken the comment on; `claim` says who."""

    def __init__(self, claim: Claim) -> None:
        told = {
            "who": claim.by.display_name,
            "time": write_date(timezone.localtime(claim.until), "TIME_FORMAT"),
        }
        super().__init__(_("%(who)s has taken this comment on until %(time)s.") % told, Refusal.MOVED_ON)
        self.claim = claim


def note_presence(comment: Comment, *, by: User) -> None:
    """Note that `by` looks at `comment`, which they may decide on, and at no other any more: in one query."""
    Presence.objects.bulk_create(
        [Presence(user=by, comment=comment, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["comment", "seen_at"],
    )


def claim_comment(comment: Comment, *, by: User) -> Claim:
    """Take `comment` on, or prolong that. Of two at once one wins; raises `AlreadyClaimed` for the other."""
    if not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied
    with transaction.atomic():
        # A claim that is over, or of somebody who may not decide any more, is in nobody's way.
        Claim.objects.get_or_create(comment=comment, defaults={"by": by})
        list(Claim.objects.select_for_update(of=("self",)).filter(comment=comment))
        current = claims_on([comment]).get(comment.pk)
        if current is not None and current.by_id != by.pk:
            raise AlreadyClaimed(current)
        claim = Claim(comment=comment, by=by)
        claim.save()
    return claim


def release_comment(comment: Comment, *, by: User) -> bool:
    """Let others take `comment` on; return whether `by` had taken it on."""
    return bool(Claim.objects.filter(comment=comment, by=by).delete()[0])


def end_claim(comment: Comment) -> None:
    """Take away the claim on a comment on which somebody has decided."""
    Claim.objects.filter(comment=comment).delete()


def forget_attention() -> None:
    """Delete what is over: who looked at what, and what was taken on."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lte=now - STAYS).delete()
    Claim.objects.filter(claimed_at__lte=now - LASTS).delete()
