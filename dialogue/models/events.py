"""What happened to a comment: one row for each act, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models.comments import Comment
from dialogue.models.statuses import CommentStatus
from dialogue.querysets import EventQuerySet
from people.models import Side
from portal.models import AppendOnlyModel


class EventKind(models.TextChoices):
    """What was done with a comment."""

    POSTED = "posted", pgettext_lazy("event", "sent")
    # Said elsewhere, or before the portal was: dated when it was said.
    IMPORTED = "imported", pgettext_lazy("event", "imported")
    CONFIRMED = "confirmed", pgettext_lazy("event", "confirmed")
    PUBLISHED = "published", pgettext_lazy("event", "published")
    REJECTED = "rejected", pgettext_lazy("event", "rejected")
    HIDDEN = "hidden", pgettext_lazy("event", "hidden")
    RESTORED = "restored", pgettext_lazy("event", "restored")
    WITHDRAWN = "withdrawn", pgettext_lazy("event", "withdrawn")
    ERASED = "erased", pgettext_lazy("event", "erased")
    # New words in the place of some that no reader had.
    EDITED = "edited", pgettext_lazy("event", "changed")
    # New words for a published comment, which goes on with the former ones until they are decided on.
    EDIT_SENT = "edit_sent", pgettext_lazy("event", "change sent")
    EDIT_TAKEN_BACK = "edit_taken_back", pgettext_lazy("event", "change taken back")
    EDIT_ACCEPTED = "edit_accepted", pgettext_lazy("event", "change accepted")
    EDIT_REFUSED = "edit_refused", pgettext_lazy("event", "change refused")
    LANGUAGE_CORRECTED = "language_corrected", pgettext_lazy("event", "language of the words corrected")
    NAME_CORRECTED = "name_corrected", pgettext_lazy("event", "name of the author corrected")
    # By itself: a consent that goes with words is part of the event of these words.
    QUOTATION_AGREED = "quotation_agreed", pgettext_lazy("event", "consent to be quoted given")
    QUOTATION_TAKEN_BACK = "quotation_taken_back", pgettext_lazy("event", "consent to be quoted taken back")
    # Of one quotation; its row says of which words, and on which page.
    QUOTATION_ASKED = "quotation_asked", pgettext_lazy("event", "asked to be quoted")
    QUOTATION_REMINDED = "quotation_reminded", pgettext_lazy("event", "reminded of the request to be quoted")
    QUOTATION_DECLINED = "quotation_declined", pgettext_lazy("event", "request to be quoted declined")
    QUOTATION_CROSSED = "quotation_crossed", pgettext_lazy("event", "quotation shown to the public")


class EventRole(models.TextChoices):
    """As what somebody acts: who exactly, the comment says of its author, and `by` of our own people."""

    AUTHOR = "author", pgettext_lazy("who acted", "the author")
    MODERATOR = "moderator", pgettext_lazy("who acted", "a moderator")
    EDITOR = "editor", pgettext_lazy("who acted", "an editor")
    RULE = "rule", pgettext_lazy("who acted", "screening")
    SYSTEM = "system", pgettext_lazy("who acted", "the portal itself")


BY_SOMEBODY = (EventRole.MODERATOR.value, EventRole.EDITOR.value)

# To which status an act leads; whatever is not here leaves the comment where it stands.
LEADS_TO = {
    EventKind.POSTED: (CommentStatus.UNVERIFIED, CommentStatus.HELD),
    EventKind.IMPORTED: (CommentStatus.HELD,),
    EventKind.CONFIRMED: (CommentStatus.HELD,),
    EventKind.PUBLISHED: (CommentStatus.PUBLISHED,),
    EventKind.REJECTED: (CommentStatus.REJECTED,),
    EventKind.HIDDEN: (CommentStatus.HIDDEN,),
    EventKind.RESTORED: (CommentStatus.PUBLISHED,),
    EventKind.WITHDRAWN: (CommentStatus.WITHDRAWN,),
    EventKind.ERASED: (CommentStatus.ERASED,),
}


def _leads_where_it_may() -> Q:
    """Return the condition that every act leads to its status, or leaves the comment where it stands."""
    condition = Q(status_before=F("status_after")) & ~Q(kind__in=[kind.value for kind in LEADS_TO])
    for kind, statuses in LEADS_TO.items():
        condition |= Q(kind=kind.value, status_after__in=[status.value for status in statuses])
    return condition


class CommentEvent(AppendOnlyModel):
    """One act on one comment: what, when, as what and on whose side, and from which status to which.

    Every verb of `dialogue.actions` that changes a comment writes one in its own transaction, by
    `record_event`; one that changed nothing writes none. `version` is that of the words that the act was
    about. It holds no words and no reason: of a moderator's act these stand in the decision that names it.
    """

    # What nobody confirmed is deleted after its time, and so is that it came in.
    deleted_with_its_subject = True

    comment = models.ForeignKey(
        Comment,
        verbose_name=_("comment"),
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    kind = models.CharField(_("event"), max_length=24, choices=EventKind.choices)
    happened_at = models.DateTimeField(_("date"), default=timezone.now)
    role = models.CharField(_("by whom"), max_length=10, choices=EventRole.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,  # accounts are emptied, not deleted
        related_name="+",
        db_index=False,
    )
    side = models.CharField(_("side"), max_length=12, choices=Side.choices, blank=True)
    status_before = models.CharField(
        _("status before"), max_length=10, choices=CommentStatus.choices, blank=True
    )
    status_after = models.CharField(_("status after"), max_length=10, choices=CommentStatus.choices)
    version = models.PositiveIntegerField(_("version"))

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a comment")
        verbose_name_plural = _("events of comments")
        default_permissions = ()
        ordering = ["happened_at", "pk"]
        indexes = [
            # The history of one comment; it serves the foreign key as well.
            models.Index(fields=["comment", "happened_at"], name="dialogue_event_comment"),
            # What one moderator did of late.
            models.Index(
                "by", F("happened_at").desc(), condition=Q(by__isnull=False), name="dialogue_event_moderator"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="dialogue_event_doer",
                condition=Q(role__in=BY_SOMEBODY, by__isnull=False)
                | (~Q(role__in=BY_SOMEBODY) & Q(by__isnull=True)),
            ),
            models.CheckConstraint(
                name="dialogue_event_side",
                condition=(Q(role="author") & ~Q(side=""))
                | Q(role__in=BY_SOMEBODY, side="organisation")
                | Q(role__in=["rule", "system"], side=""),
            ),
            models.CheckConstraint(
                name="dialogue_event_before",
                condition=Q(kind__in=["posted", "imported"], status_before="")
                | (~Q(kind__in=["posted", "imported"]) & ~Q(status_before="")),
            ),
            models.CheckConstraint(name="dialogue_event_status", condition=_leads_where_it_may()),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.get_kind_display()}"
