"""Where comments are quoted, for whoever may read both; and what readers do not see, for editors."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from dialogue.models.bindings import quotations_in
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.models.pages import ConversationPage
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.readers import ShownComment
from portal.permissions import Viewer, can_read_page, load_restrictions, reachable_pages

TOLD_AT_ONCE = 5  # quotations that readers do not see, in one message; of the rest, how many


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


def tell_where_drafted(comments: Sequence[ShownComment], viewer: Viewer) -> dict[int, str]:
    """Return, by the comment's key, the lines that name the drafts in which it is quoted.

    They are for whoever features comments. A row alone says nothing: it outlives its block.
    """
    keys = [comment.pk for comment in comments if comment.is_published]
    rows = FeaturedComment.objects.filter(comment_id__in=keys, page__live=False).without_words()
    found = [row for row in rows.select_related("page__latest_revision").order_by("pk") if _is_in_draft(row)]
    if not found:
        return {}
    drafts = Page.objects.filter(pk__in=[row.page_id for row in found])
    reachable = set(reachable_pages(drafts, viewer).values_list("pk", flat=True))
    lines: dict[int, str] = {}
    for row in found:
        if row.page_id not in reachable:
            continue
        line = format_html(
            '<p class="comment__quoted"><span>{} <a href="{}">{}</a></span></p>',
            gettext("Quoted in a draft:"),
            reverse("wagtailadmin_pages:edit", args=[row.page_id]),
            row.page.draft_title,
        )
        lines[row.comment_id] = lines.get(row.comment_id, "") + line
    return lines


def _is_in_draft(row: FeaturedComment) -> bool:
    revision = row.page.latest_revision
    body = json.loads(revision.content.get("body") or "[]") if revision else []
    blocks = [child["value"] for child in body if child["type"] == "featured_comment"]
    return any(value.get("quotation") == row.pk for value in blocks)


def pages_that_quote(comment: Comment, viewer: Viewer) -> tuple[list[Page], int]:
    """Return the pages that show `comment` as a quotation: those that `viewer` may read, how many others."""
    shown = [quotation.page for quotation in _shown({"comment_id": comment.pk})]
    named = [page for page in shown if can_read_page(viewer, page)]
    return named, len(shown) - len(named)


def shown_quotations(which: dict[str, Any], viewer: Viewer) -> list[FeaturedComment]:
    """Return the quotations that `viewer` may see on pages that they may read, in one query."""
    return [quotation for quotation in _shown(which) if can_read_page(viewer, quotation.page)]


def _shown(which: dict[str, Any]) -> list[FeaturedComment]:
    """Return the quotations that whoever may read their pages is shown."""
    placed = FeaturedComment.objects.filter(**which).before_readers().without_words().order_by("placed_at")
    quotations = list(placed)
    restrictions = load_restrictions() if quotations else []
    return [
        quotation
        for quotation in quotations
        if FeaturedCommentPermissionTester(quotation, quotation.page, restrictions).can_be_shown()
    ]


def tell_what_is_withheld(page: Page, viewer: Viewer) -> SafeString | str:
    """Return what readers do not see of the quotations in `page`, and all that stands in the way of each.

    Empty where they see all of them. Somebody is named to those alone who may read what they said.
    """
    quotations = [value["quotation"] for value in quotations_in(page.body)] if has_quotations(page) else []
    restrictions = load_restrictions() if quotations else []
    lines = []
    for quotation in quotations:
        reasons = [
            obstacle.reason
            for obstacle in FeaturedCommentPermissionTester(quotation, page, restrictions).obstacles()
        ]
        if reasons:
            lines.append(_line_on_withheld(quotation, viewer, ", ".join(reasons)))
    more = len(lines) - TOLD_AT_ONCE
    if more > 0:
        rest = ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more}
        lines = [*lines[:TOLD_AT_ONCE], rest]
    if len(lines) < 2:
        return "".join(lines)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))


def has_quotations(page: Page) -> bool:
    """Whether `page` is of a kind in which comments are quoted."""
    return isinstance(page, ConversationPage) and hasattr(page, "body")


def _line_on_withheld(quotation: FeaturedComment, viewer: Viewer, reasons: str) -> str:
    comment = quotation.comment
    if comment.is_published and can_read_page(viewer, comment.page):
        said = gettext("Readers do not see the comment by %(name)s: %(reasons)s.")
        return said % {"name": quotation.attribution, "reasons": reasons}
    return gettext("Readers do not see a featured comment: %(reasons)s.") % {"reasons": reasons}
