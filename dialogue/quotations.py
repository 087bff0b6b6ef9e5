"""Where comments are quoted, for whoever may read both."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext

from dialogue.fragments import ShownComment
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester
from portal.permissions import Viewer, can_read_page, load_doors


def tell_where_quoted(
    comments: Sequence[ShownComment], viewer: Viewer, request: HttpRequest | None
) -> dict[int, str]:
    """Return, by the comment's key, the lines that name the pages which quote it and `viewer` may read."""
    keys = [comment.pk for comment in comments if comment.is_published and comment.is_quoted]
    lines: dict[int, str] = {}
    for quotation in shown_quotations({"comment_id__in": keys}, viewer) if keys else ():
        line = format_html(
            '<p class="comment__quoted"><span>{} <a href="{}">{}</a></span></p>',
            gettext("Quoted in"),
            quotation.page.get_url(request) or "",
            quotation.page.title,
        )
        lines[quotation.comment_id] = lines.get(quotation.comment_id, "") + line
    return lines


def shown_quotations(which: dict[str, Any], viewer: Viewer) -> list[FeaturedComment]:
    """Return the quotations that `viewer` may see on pages that they may read: one query, and the doors'."""
    featured = (
        FeaturedComment.objects.filter(**which, placed_at__isnull=False)
        .select_related("page__locale", "comment__page", "revision")
        .defer("comment__text", "comment__html", "comment__fragment", "revision__text", "revision__html")
        .order_by("placed_at")
    )
    shown, doors = [], None
    for quotation in featured:
        doors = load_doors() if doors is None else doors
        tester = FeaturedCommentPermissionTester(quotation, quotation.page, doors)
        if tester.can_be_shown() and can_read_page(viewer, quotation.page, doors):
            shown.append(quotation)
    return shown
