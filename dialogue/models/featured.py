"""A comment quoted live in a page, by reference and with consent."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.words import LONG


class FeaturedCommentQuerySet(models.QuerySet):
    """Quotations, by what is asked of them."""

    def before_readers(self) -> "FeaturedCommentQuerySet":
        """Those on pages that readers have, whether they are shown there or not."""
        return self.filter(placed_at__isnull=False, page__live=True)

    def withheld(self) -> "FeaturedCommentQuerySet":
        """Those that readers have before them but do not see, as it was last noticed."""
        return self.before_readers().filter(withheld_since__isnull=False)

    def without_words(self) -> "FeaturedCommentQuerySet":
        """With all that it takes to decide whether they are shown, and none of what was said."""
        words = [f"{of}__{name}" for of in ("comment", "revision") for name in LONG]
        related = self.select_related("page__locale", "page__owner", "comment__page", "revision")
        return related.defer("comment__fragment", *words)


class FeaturedComment(models.Model):
    """One comment featured on one page: the version quoted, the excerpt, the name, and what was agreed.

    It holds no words. Whether readers see it is decided when the page is rendered, by
    `dialogue.permissions.FeaturedCommentPermissionTester`. `ranges` lists `[start, end]` offsets into
    the plain text of the version; empty means the whole comment.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="featured"
    )
    revision = models.ForeignKey(
        CommentRevision, verbose_name=_("version quoted"), on_delete=models.PROTECT, related_name="+"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="featured_comments"
    )
    ranges = models.JSONField(_("excerpt"), default=list, blank=True)
    name_shown = models.CharField(_("name shown"), max_length=120, blank=True)

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
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("consent withdrawn at"), null=True, blank=True)
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
            # Saving a page ten times, or two at once, makes one row (decision 9).
            models.UniqueConstraint(fields=["page", "comment"], name="dialogue_featured_once_per_page")
        ]

    def __str__(self) -> str:
        return str(self.comment)

    @property
    def attribution(self) -> str:
        """The name under which the person is quoted."""
        return self.name_shown or self.comment.author_name

    @property
    def source_url(self) -> str:
        """Where the comment stands in its thread; empty for one that is not stored (a preview)."""
        return self.comment.get_absolute_url() if self.comment.pk else ""

    @property
    def original_wording_of(self) -> datetime | None:
        """The date of the wording quoted, where the author has changed the comment since."""
        return self.revision.submitted_at if self.revision.version != self.comment.version else None


def quotations_in(body: StreamValue) -> Iterator[StructValue]:
    """Yield the values of the featured-comment blocks of a page's body that name a comment."""
    for child in body:
        if child.block_type == "featured_comment" and child.value["quotation"] is not None:
            yield child.value


def bind_quotations(page: Page, *, by: Any) -> bool:
    """Give every featured-comment block of `page` the row of this page; return whether any was changed.

    A block fresh from the form names a comment only; one that came with a copy or a translation names
    the row of another page. Both get a row of their own here, once for each comment.
    """
    changed = False
    for value in quotations_in(page.body):
        quotation = value["quotation"]
        if quotation.pk is None or quotation.page_id != page.pk:
            value["quotation"], _created = FeaturedComment.objects.get_or_create(
                page_id=page.pk,
                comment=quotation.comment,
                defaults={"revision": quotation.revision, "featured_by": by},
            )
            changed = True
    return changed


def place_quotations(page: Page) -> None:
    """Remember which quotations stand on `page` as readers have it now; the caller tells of the page."""
    placed = [value["quotation"].pk for value in quotations_in(page.body)]
    rows = FeaturedComment.objects.filter(page_id=page.pk)
    rows.filter(pk__in=placed, placed_at__isnull=True).update(placed_at=timezone.now())
    rows.exclude(pk__in=placed).update(placed_at=None)
