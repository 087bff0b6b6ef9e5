"""Quoting, in a draft, what an author has made of the words since: an editor's decision, never made alone."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page

from dialogue.actions.locks import locked_quotation
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.excerpts import WHOLE, Excerpt, ExcerptRefused, carry_over
from dialogue.models.bindings import quotations_in
from dialogue.models.comments import CommentRevision
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import QuotationPermissionTester
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


def keep_wording(quotation: FeaturedComment, *, by: Viewer) -> bool:
    """Let no other wording be proposed for `quotation`, whatever its author makes of it. Return whether new.

    Nothing that readers see changes, nor what was agreed. Raises `PermissionDenied` where `by` may not.
    """
    if not QuotationPermissionTester(quotation, by).can_renew():
        raise PermissionDenied
    with locked_quotation(quotation) as current:
        return current.keep_wording(True)


def propose_wordings(quotations: Iterable[FeaturedComment]) -> dict[int, FeaturedComment | None]:
    """Return, by key, what each would quote of the words as they read now, in one query; nothing is stored.

    None where the words of the excerpt are no longer there: somebody has to choose it again.
    """
    quotations = list(quotations)
    comments = {quotation.comment_id for quotation in quotations}
    current = CommentRevision.objects.filter(comment__in=comments, version=F("comment__version"))
    revisions = {revision.comment_id: revision for revision in current}
    return {
        quotation.pk: _on(quotation, revision)
        for quotation in quotations
        if (revision := revisions.get(quotation.comment_id)) and revision.pk != quotation.revision_id
    }


def _renew(quotation: FeaturedComment) -> FeaturedComment:
    """Return a row, not yet stored, that quotes the same of the words as they read now."""
    proposed = propose_wordings([quotation])
    if quotation.pk not in proposed:
        raise CommentRefused(_("The page quotes the words as they read now."), Refusal.NOT_NEEDED)
    renewed = proposed[quotation.pk]
    if renewed is None:
        raise CommentRefused(
            _("The words of the excerpt are no longer there: choose it again in the editor."),
            Refusal.MOVED_ON,
        )
    return renewed


def _on(quotation: FeaturedComment, revision: CommentRevision) -> FeaturedComment | None:
    """Return a row, not yet stored, that quotes the same of `revision`; None where that cannot be."""
    excerpt: Excerpt | None = WHOLE
    if not quotation.is_whole:
        try:
            excerpt = carry_over(quotation.revision.words.plain, revision.words.plain, quotation.excerpt)
        except ExcerptRefused:
            excerpt = None
    if excerpt is None:
        return None
    ranges, removals = excerpt.lists
    return FeaturedComment(
        comment=quotation.comment,
        revision=revision,
        ranges=ranges,
        removals=removals,
        name_form=quotation.name_form,
        name_detail=quotation.name_detail,
    )


def _replace(values: list[StructValue], former: FeaturedComment, renewed: FeaturedComment) -> None:
    found = [value for value in values if value["quotation"].pk == former.pk]
    if not found:
        raise CommentRefused(_("This quotation no longer stands in the draft of the page."), Refusal.MOVED_ON)
    for value in found:
        value["quotation"] = renewed
