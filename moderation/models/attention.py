"""Who is at work on what: that somebody looks at a comment, and that somebody has taken it on."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment
from dialogue.querysets import MODERATE
from people.models import User
from people.sections import sections_of_each

STAYS = timedelta(seconds=30)  # after the last sign of life; a browser gives one every ten seconds
LASTS = timedelta(minutes=30)  # of a claim, unless it is renewed


class Presence(models.Model):
    """Which comment somebody has before their eyes, for others who may decide on it (decision 39).

    Somebody looks at one at a time. It is over `STAYS` after `seen_at`, and deleted soon after: no history is
    kept.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="presences"
    )
    seen_at = models.DateTimeField(_("last seen at"), default=timezone.now)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} – {self.comment_id}"


class Claim(models.Model):
    """That somebody has taken a comment on; others may decide on it all the same (decision 39).

    It ends with a decision, when it is released, `LASTS` after `claimed_at`, and with the right to decide.
    """

    comment = models.OneToOneField(
        Comment, primary_key=True, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="claim"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken on by"), on_delete=models.CASCADE, related_name="+"
    )
    claimed_at = models.DateTimeField(_("taken on at"), default=timezone.now)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.by} – {self.comment_id}"

    @property
    def until(self) -> datetime:
        return self.claimed_at + LASTS


def current_claims() -> models.QuerySet[Claim]:
    """Return the claims whose time is not over, of people who may still decide somewhere."""
    allowed = User.objects.with_perm(MODERATE, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Claim.objects.filter(claimed_at__gt=timezone.now() - LASTS, by__in=allowed)


def claims_on(comments: Collection[Comment]) -> dict[int, Claim]:
    """Return the claims on `comments`, by their keys, of people who may still decide there.

    The comments come with their pages.
    """
    paths = {comment.pk: comment.page.path for comment in comments}
    claims = list(current_claims().filter(comment__in=paths).select_related("by"))
    people = {claim.by_id for claim in claims if not claim.by.is_superuser}
    sections = sections_of_each(people, MODERATE) if people else {}
    return {
        claim.comment_id: claim
        for claim in claims
        if claim.by.is_superuser or sections[claim.by_id].holds_path(paths[claim.comment_id])
    }


def present_at(comments: Collection[Comment], *, but: User) -> dict[int, list[User]]:
    """Return who looks at `comments`, by their keys; `but` is left out."""
    found: dict[int, list[User]] = {}
    since = timezone.now() - STAYS
    rows = Presence.objects.filter(comment__in=comments, seen_at__gt=since).exclude(user=but)
    for presence in rows.select_related("user").order_by("pk"):
        found.setdefault(presence.comment_id, []).append(presence.user)
    return found
