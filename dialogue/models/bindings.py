"""Which quotations stand in a page, and in the page that readers have: rows of the page's own."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from dialogue.models.featured import FeaturedComment
from portal.visibility import Change, visibility_changed


def quotations_in(body: StreamValue) -> Iterator[StructValue]:
    """Yield the values of the featured-comment blocks of a page's body that name a comment."""
    for child in body:
        if child.block_type == "featured_comment" and child.value["quotation"] is not None:
            yield child.value


def bind_quotations(page: Page, *, by: Any) -> bool:
    """Give every featured-comment block of `page` the row of this page; return whether any was changed.

    A block fresh from the form holds a quotation that is not stored; one that came with a copy or a
    translation holds the row of another page. Both get a row of this page here: one that quotes the same
    words in the same way, if there is one, and what was agreed with it; or else a new one, to which nobody
    has agreed.
    """
    unbound = [value for value in quotations_in(page.body) if not _is_bound(value["quotation"], page)]
    if not unbound:
        return False
    if not _find_rows(page, unbound):
        with transaction.atomic():
            # Whoever holds the edition is alone in making rows: of two who save at once, the second finds.
            visibility_changed(Change(quoted_in=frozenset({page.pk})))
            _make_rows(page, unbound, by)
    return True


def place_quotations(page: Page) -> list[FeaturedComment]:
    """Remember which quotations stand on `page` as readers have it now, and return those that are new there.

    The caller tells of the page.
    """
    placed = [value["quotation"].pk for value in quotations_in(page.body)]
    rows = FeaturedComment.objects.filter(page_id=page.pk)
    new = list(rows.filter(pk__in=placed, placed_at__isnull=True))
    rows.filter(pk__in=[row.pk for row in new]).update(placed_at=timezone.now())
    rows.exclude(pk__in=placed).update(placed_at=None)
    return new


def _is_bound(quotation: FeaturedComment, page: Page) -> bool:
    return quotation.pk is not None and quotation.page_id == page.pk


def _find_rows(page: Page, unbound: list[StructValue]) -> bool:
    """Put the rows that quote the same into the blocks; return whether there was one for each."""
    comments = {value["quotation"].comment_id for value in unbound}
    rows = FeaturedComment.objects.filter(page_id=page.pk, comment__in=comments).order_by("-pk")
    related = rows.select_related("comment__page__locale", "revision", "page__locale")
    known = {row.terms: row for row in related}
    found = [known.get(value["quotation"].terms) for value in unbound]
    for value, row in zip(unbound, found, strict=True):
        if row is not None:
            chosen = value["quotation"]
            if chosen.pk is None:  # from the form: a copy chooses nothing
                row.keep_wording(chosen.is_pinned)
            value["quotation"] = row
    return None not in found


def _make_rows(page: Page, unbound: list[StructValue], by: Any) -> None:
    """Make the rows that are missing; of two blocks that quote the same, the second finds the first."""
    for value in unbound:
        if _is_bound(value["quotation"], page) or _find_rows(page, [value]):
            continue
        quotation = value["quotation"]
        value["quotation"] = FeaturedComment.objects.create(
            page_id=page.pk,
            comment=quotation.comment,
            revision=quotation.revision,
            ranges=quotation.ranges,
            removals=quotation.removals,
            name_form=quotation.name_form,
            name_detail=quotation.name_detail,
            is_pinned=quotation.is_pinned,
            featured_by=by,
        )
