"""Quoting, in a draft, what an author has made of the words since: an editor's decision, never made alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page

from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.blocks import quotation_of, selection_of
from dialogue.excerpts import ExcerptRefused, carry_over
from dialogue.models.bindings import quotations_in
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import QuotationPermissionTester
from dialogue.selections import Selection
from portal.permissions import Viewer


def accept_new_wording(page: Page, quotation: FeaturedComment, *, by: Viewer) -> FeaturedComment:
    """Let the draft of `page` quote the words as they read now, instead of `quotation`; return the new row.

    Readers see the former wording until the draft is published, and then the new one once somebody has agreed
    to it. An excerpt goes on with the same words where they still stand. The second time nothing is changed.
    Raises `PermissionDenied` where `by` may not, `CommentRefused` where there is nothing new, or where the
    excerpt must be chosen anew.
    """
    if quotation.page_id != page.pk or not QuotationPermissionTester(quotation, by).can_renew():
        raise PermissionDenied
    with transaction.atomic():
        renewed = _renew(quotation)
        # Read anew: one that was published is its own draft, and the caller's page is not to change.
        draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        standing = {value["quotation"].terms: value for value in quotations_in(draft.body)}
        if renewed.terms in standing:
            return standing[renewed.terms]["quotation"]
        _replace(list(quotations_in(draft.body)), quotation, renewed)
        draft.save_revision(user=by, log_action="wagtail.edit", clean=False)
        standing = {value["quotation"].terms: value for value in quotations_in(draft.body)}
        return standing[renewed.terms]["quotation"]


def _renew(quotation: FeaturedComment) -> FeaturedComment:
    """Return a row, not yet stored, that quotes the same of the words as they read now."""
    comment = Comment.objects.select_related("page__locale").get(pk=quotation.comment_id)
    former = selection_of(quotation)
    if former.version == comment.version:
        raise CommentRefused(_("The page quotes the words as they read now."), Refusal.NOT_NEEDED)
    chosen = Selection(comment.public_id, name_form=former.name_form, name_detail=former.name_detail)
    renewed = quotation_of(comment, chosen)
    if not quotation.is_whole:
        renewed.ranges, renewed.removals = _same_words(quotation, renewed)
    return renewed


def _same_words(quotation: FeaturedComment, renewed: FeaturedComment) -> tuple[list, list]:
    try:
        excerpt = carry_over(quotation.revision.words.plain, renewed.revision.words.plain, quotation.excerpt)
    except ExcerptRefused:
        excerpt = None
    if excerpt is None:
        raise CommentRefused(
            _("The words of the excerpt no longer stand there: choose it anew in the editor."),
            Refusal.MOVED_ON,
        )
    return excerpt.lists


def _replace(values: list[StructValue], former: FeaturedComment, renewed: FeaturedComment) -> None:
    found = [value for value in values if value["quotation"].pk == former.pk]
    if not found:
        raise CommentRefused(_("This quotation no longer stands in the draft of the page."), Refusal.MOVED_ON)
    for value in found:
        value["quotation"] = renewed
