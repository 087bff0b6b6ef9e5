"""A comment quoted live in a page, by reference and with consent."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dialogue.attributions import DETAIL_LENGTH, PROPOSABLE, NameForm, write_attribution
from dialogue.excerpts import Excerpt, write_html, write_plain
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.statuses import CommentStatus
from dialogue.models.words import LONG
from people.models import Side
from people.names import MAX_LENGTH as NAME_LENGTH

PROPOSABLE_NAMES = [(form.value, form.label) for form in PROPOSABLE]


class FeaturedCommentQuerySet(models.QuerySet):
    """Quotations, by what is asked of them."""

    def before_readers(self) -> "FeaturedCommentQuerySet":
        """Those on pages that readers have, whether they are shown there or not."""
        return self.filter(placed_at__isnull=False, page__live=True)

    def withheld(self) -> "FeaturedCommentQuerySet":
        """Those that readers have before them but do not see, as it was last noticed."""
        return self.before_readers().filter(withheld_since__isnull=False)

    def agreed(self) -> "FeaturedCommentQuerySet":
        """Those to which the person agreed by themselves, and still does."""
        return self.filter(agreed_at__isnull=False, withdrawn_at=None)

    def waiting(self, now: datetime) -> "FeaturedCommentQuerySet":
        """Those for which the person was asked, and may still answer."""
        unanswered = Q(agreed_at=None) | Q(asked_for_public=True, agreed_for_public=False)
        return self.filter(unanswered, answer_by__gt=now, declined_at=None, withdrawn_at=None)

    def without_words(self) -> "FeaturedCommentQuerySet":
        """With all that it takes to decide whether they are shown, and none of what was said."""
        words = [f"{of}__{name}" for of in ("comment", "revision") for name in LONG]
        related = self.select_related("page__locale", "page__owner", "comment__page", "revision")
        return related.defer("comment__fragment", *words)


class FeaturedComment(models.Model):
    """One comment featured on one page: what of it is quoted, under which name, and what was agreed.

    It holds no words and no name but one that the person chose for it (`agreed_name`). What it quotes never
    changes: an editor who chooses otherwise makes another row (`dialogue.models.bindings`), so that whatever
    was agreed belongs to exact words, and a draft changes nothing for readers. Whether these see it is
    decided when the page is rendered, by `dialogue.permissions.FeaturedCommentPermissionTester`.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="featured"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="featured_comments"
    )

    # What it quotes, as the editor chose it: `dialogue.excerpts` says what the two lists mean.
    revision = models.ForeignKey(
        CommentRevision, verbose_name=_("version quoted"), on_delete=models.PROTECT, related_name="+"
    )
    ranges = models.JSONField(_("excerpt"), default=list, blank=True)
    removals = models.JSONField(_("removed words"), default=list, blank=True)
    name_form = models.CharField(
        _("form of the name"), max_length=8, choices=PROPOSABLE_NAMES, default=NameForm.SIGNED
    )
    name_detail = models.CharField(_("beside the role"), max_length=DETAIL_LENGTH, blank=True)
    # The editor wants this wording, whatever the author changes: no other is proposed. This may change.
    is_pinned = models.BooleanField(_("keep this wording"), default=False)

    # Since when the page that readers see quotes it; empty while only a draft does.
    placed_at = models.DateTimeField(_("on the page since"), null=True, blank=True)
    # Since when that page does not show it, and its owner knows; empty while readers see it.
    withheld_since = models.DateTimeField(_("not shown since"), null=True, blank=True)

    featured_at = models.DateTimeField(_("featured at"), default=timezone.now)
    featured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("featured by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # The request. Silence until `answer_by` is a no.
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer_by = models.DateTimeField(_("answer until"), null=True, blank=True)
    asked_for_public = models.BooleanField(_("asked to show it to the public"), default=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    # The answer. `dialogue.actions.consents` derives the first three from the register.
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    agreed_for_public = models.BooleanField(_("agreed to show it to the public"), default=False)
    withdrawn_at = models.DateTimeField(_("consent withdrawn at"), null=True, blank=True)
    agreed_form = models.CharField(
        _("form of the name agreed"), max_length=8, choices=NameForm.choices, blank=True
    )
    agreed_name = models.CharField(_("name chosen by the person"), max_length=NAME_LENGTH, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)

    # What the person quoted replied to the page.
    rejoinder = models.OneToOneField(
        Comment,
        verbose_name=_("reply of the person quoted"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rejoins",
    )

    crossed_at = models.DateTimeField(_("shown to the public since"), null=True, blank=True)
    crossed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("shown to the public by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = FeaturedCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("featured comment")
        verbose_name_plural = _("featured comments")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="dialogue_featured_name_form",
                condition=Q(name_form__in=[form.value for form in PROPOSABLE]),
            ),
            models.CheckConstraint(
                name="dialogue_featured_own_name",
                condition=(Q(agreed_form="own") & ~Q(agreed_name=""))
                | (~Q(agreed_form="own") & Q(agreed_name="")),
            ),
            models.CheckConstraint(
                name="dialogue_featured_request",
                condition=Q(asked_at__isnull=False, answer_by__isnull=False)
                | Q(
                    asked_at__isnull=True,
                    answer_by__isnull=True,
                    reminded_at__isnull=True,
                    asked_for_public=False,
                ),
            ),
            models.CheckConstraint(
                name="dialogue_featured_for_public",
                condition=Q(agreed_for_public=False) | Q(agreed_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.comment)

    @property
    def terms(self) -> tuple[Any, ...]:
        """What it quotes and how, in a form to be compared: two rows that say the same are one quotation.

        Whether the editor keeps this wording is no part of it: nobody sees that, and nobody agreed to it.
        """
        excerpt = self.excerpt
        of = (self.comment_id, self.revision_id, excerpt.ranges, excerpt.removals)
        return (*of, self.name_form, self.name_detail)

    @property
    def excerpt(self) -> Excerpt:
        return Excerpt.of(self.ranges, self.removals)

    @property
    def is_whole(self) -> bool:
        return self.excerpt.is_whole

    @property
    def body(self) -> SafeString:
        """The words as readers see them: all of them as they were rendered, or the excerpt with its marks."""
        return self.revision.body if self.is_whole else write_html(self.revision.words.plain, self.excerpt)

    @property
    def plain(self) -> str:
        """The same words as plain text, for mail and machines."""
        words = self.revision.words.plain
        return words if self.is_whole else write_plain(words, self.excerpt)

    @property
    def attributed_form(self) -> str:
        """The form of the name that holds: the one agreed, or else the one proposed."""
        return self.agreed_form or self.name_form

    @property
    def attribution(self) -> str:
        """The name under which the person is quoted; what stands for one is in the page's language."""
        form = self.attributed_form
        if form == NameForm.OWN:
            return self.agreed_name
        comment = self.comment
        language = self.page.locale.language_code if self.page_id else ""
        return write_attribution(
            comment.author_name, form, side=comment.side, detail=self.name_detail, language=language
        )

    @property
    def role(self) -> str:
        """What stands beside the name: the role when it was said, or the side where less of a name is shown.

        A role names whoever has it. Where it stands for the name, nothing is beside it.
        """
        form, comment = self.attributed_form, self.comment
        if form == NameForm.ROLE:
            return ""
        return (form == NameForm.SIGNED and comment.role_label) or comment.side_label

    def keep_wording(self, is_pinned: bool) -> bool:
        """Store whether no other wording is to be proposed; return whether that is new."""
        if self.is_pinned == is_pinned:
            return False
        self.is_pinned = is_pinned
        self.save(update_fields=["is_pinned"])
        return True

    def caption_role(self, organisation: str) -> str:
        """Return the role as it is set beside the words; who spoke for the organisation has its name."""
        role = self.role
        if not role or self.comment.side != Side.ORGANISATION:
            return role
        return organisation if role == self.comment.side_label else f"{role}, {organisation}"

    @property
    def standing_rejoinder(self) -> Comment | None:
        """The reply of the person quoted, wherever screening put it; none that its author withdrew."""
        gone = {CommentStatus.WITHDRAWN, CommentStatus.ERASED}
        return self.rejoinder if self.rejoinder and self.rejoinder.status not in gone else None

    @property
    def source_url(self) -> str:
        """Where the comment stands in its thread; empty for one that is not stored (a preview)."""
        return self.comment.get_absolute_url() if self.comment.pk else ""

    @property
    def original_wording_of(self) -> datetime | None:
        """The date of the wording quoted, where the author has changed the comment since."""
        return self.revision.submitted_at if self.revision.version != self.comment.version else None
