"""What people follow and mute, and what their followers are still to be told."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from dialogue.models.comments import Comment
from people.models import Participant

PAGE, THREAD = "page", "thread"


@dataclass(frozen=True)
class FollowSubject:
    """What can be followed or muted: the conversation of a page, or one thread of it by its first comment."""

    page: Page
    root: Comment | None = None

    @property
    def key(self) -> str:
        """What stands for it in links and requests; `find_subject` reads it."""
        return f"{THREAD}-{self.root.public_id}" if self.root else f"{PAGE}-{self.page.pk}"


def find_subject(key: str) -> FollowSubject | None:
    """Return what a key stands for; None where there is no such thing (any more)."""
    kind, _sign, name = key.partition("-")
    if kind == THREAD:
        root = Comment.objects.filter(public_id=name, depth=0).select_related("page__locale").first()
        return FollowSubject(root.page, root) if root else None
    # Anybody may write a key: other digits than ASCII's, and more than a database's integer holds.
    if kind == PAGE and name.isascii() and name.isdigit() and len(name) < 10:
        page = Page.objects.filter(pk=int(name)).select_related("locale").first()
        return FollowSubject(page) if page else None
    return None


class FollowQuerySet(models.QuerySet):
    """What is followed and muted, by what is asked of it."""

    def followed(self) -> "FollowQuerySet":
        return self.filter(followed_at__isnull=False)

    def muted(self) -> "FollowQuerySet":
        return self.filter(muted_at__isnull=False)

    def kept(self) -> "FollowQuerySet":
        """What somebody follows or mutes; not what they were asked to confirm."""
        return self.filter(Q(followed_at__isnull=False) | Q(muted_at__isnull=False))

    def unconfirmed(self) -> "FollowQuerySet":
        """What waits until the owner of an address confirms that they asked for it."""
        return self.filter(asked_at__isnull=False)

    def on(self, subject: FollowSubject) -> "FollowQuerySet":
        """What somebody wishes of this very thing."""
        return self.filter(page_id=subject.page.pk, root_id=subject.root.pk if subject.root else None)

    def about(self, comment: Comment) -> "FollowQuerySet":
        """What reaches `comment`: its whole conversation, or its thread."""
        thread = comment.root_id or comment.pk
        return self.filter(Q(root=None) | Q(root_id=thread), page_id=comment.page_id)


class Follow(models.Model):
    """What one participant wishes of one conversation or thread: to hear of it, or to hear nothing.

    `asked_at`: somebody typed the address, and its owner has not confirmed it yet; nothing comes of it
    before. To follow and to mute exclude each other; what is muted sends nothing at all, not even replies.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="follows"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    root = models.ForeignKey(
        Comment, verbose_name=_("thread"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for at"), null=True, blank=True)
    followed_at = models.DateTimeField(_("followed since"), null=True, blank=True)
    muted_at = models.DateTimeField(_("muted since"), null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation followed or muted")
        verbose_name_plural = _("conversations followed or muted")
        default_permissions = ()
        ordering = ["-pk"]
        # Who follows a comment's page or thread (`followers_of`), and at each publication whether any do.
        indexes = [models.Index(fields=["page", "root", "participant"], name="dialogue_follow_subject")]
        constraints = [
            # Two, for in SQL no null equals another: one constraint over page and root would let somebody
            # follow a page twice. `nulls_distinct` would do, but not on SQLite.
            models.UniqueConstraint(
                fields=["participant", "page"], condition=Q(root__isnull=True), name="dialogue_follow_page"
            ),
            models.UniqueConstraint(
                fields=["participant", "root"],
                condition=Q(root__isnull=False),
                name="dialogue_follow_thread",
            ),
            models.CheckConstraint(
                name="dialogue_follow_wish",
                condition=Q(followed_at__isnull=True) | Q(muted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="dialogue_follow_date",
                condition=Q(asked_at__isnull=False)
                | Q(followed_at__isnull=False)
                | Q(muted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.subject.key}"

    @property
    def subject(self) -> FollowSubject:
        return FollowSubject(self.page, self.root)

    @property
    def is_muted(self) -> bool:
        return self.muted_at is not None

    @property
    def is_followed(self) -> bool:
        return self.followed_at is not None


class FollowNotice(models.Model):
    """A comment that followers are to be told of, written in the transaction that published it.

    Whom exactly is found out later, a batch at a time in the order of their keys: `last_told` is the last
    participant who was written down, `told_at` is set when nobody is left. One row for a comment, moved on in
    the transaction of each batch, so that nobody is told twice, whenever the work was cut off.
    """

    comment = models.OneToOneField(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="follow_notice"
    )
    last_told = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice to followers")
        verbose_name_plural = _("notices to followers")
        default_permissions = ()
        indexes = [
            # Notices stay as rows: what is open is found without reading the others.
            models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="dialogue_notice_open")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
