"""Quoting a comment in a page that is there already: its draft gains a block that readers do not see yet."""

import json
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from dialogue.blocks import quotation_of
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.models.pages import ConversationPage
from dialogue.permissions import CommentPermissionTester
from portal.permissions import Viewer, within_readers_of


class FeatureRefused(Exception):
    """The draft cannot take the quotation; the message says why. `is_quoted`: it has one already."""

    def __init__(self, message: str, *, is_quoted: bool = False) -> None:
        super().__init__(message)
        self.is_quoted = is_quoted


def pages_open_to(comment: Comment, *, by: Viewer) -> QuerySet:
    """Return the pages, drafts too, that `by` may edit and whose readers may all read `comment`.

    Those in the language of its page come first, then those that were changed last.
    """
    if not CommentPermissionTester(comment, by).can_feature():
        return Page.objects.none()
    policy: PagePermissionPolicy = policy_registry.get_by_type(Page)
    editable = policy.instances_user_has_permission_for(by, "change")
    pages = within_readers_of(editable.type(*_kinds()).filter(alias_of=None), comment.page)
    is_foreign = Case(When(locale_id=comment.page.locale_id, then=Value(0)), default=Value(1))
    return pages.order_by(is_foreign, "-latest_revision_created_at", "-pk")


def feature_in_page(comment: Comment, page: Page, *, seen: int | None, by: Viewer) -> ConversationPage:
    """Quote `comment` at the end of the draft of `page`, and return that draft, which is not published.

    `seen` is the revision that whoever asks has seen as the latest. Raises `PermissionDenied` where they may
    not, `FeatureRefused` where the page is locked, has changed since, or quotes the comment already.
    """
    with transaction.atomic():
        current = pages_open_to(comment, by=by).select_for_update(of=("self",)).filter(pk=page.pk).first()
        if current is None:
            raise PermissionDenied
        draft = current.get_latest_revision_as_object()
        _refuse(comment, current, draft, seen, by)
        draft.body.append(("featured_comment", {"quotation": quotation_of(comment), "why": ""}))
        draft.note_source(comment.page)
        draft.save_revision(user=by, log_action="wagtail.edit", clean=False)
    return draft


def quoting_drafts(comment: Comment, pages: Iterable[Page]) -> set[int]:
    """Return the keys of those of `pages` whose latest draft quotes `comment`: two queries, or one."""
    latest = {page.latest_revision_id: page.pk for page in pages if page.latest_revision_id}
    rows = FeaturedComment.objects.filter(comment_id=comment.pk, page_id__in=latest.values())
    keys = set(rows.values_list("pk", flat=True))
    if not keys:
        return set()
    drafts = Revision.objects.filter(pk__in=latest).values_list("pk", KT("content__body"))
    return {latest[pk] for pk, body in drafts if keys & _quoted_in(body)}


def _refuse(comment: Comment, page: Page, draft: ConversationPage, seen: int | None, by: Viewer) -> None:
    quotations = [block.value["quotation"] for block in draft.body if block.block_type == "featured_comment"]
    if any(quotation and quotation.comment_id == comment.pk for quotation in quotations):
        raise FeatureRefused(_("This page quotes the comment already."), is_quoted=True)
    lock = page.specific_deferred.get_lock()
    if lock is not None and lock.for_user(by):
        raise FeatureRefused(_("The page is locked, so nothing was added to it."))
    if page.latest_revision_id != seen:
        raise FeatureRefused(
            _("Somebody has changed the page since this list was made. Nothing was added: try again.")
        )


def _quoted_in(body: str) -> set[int]:
    """Return the keys of the quotations in a body as a revision keeps it."""
    blocks = json.loads(body or "[]")
    return {block["value"]["quotation"] for block in blocks if block["type"] == "featured_comment"} - {None}


def _kinds() -> list[type[ConversationPage]]:
    """Return the kinds of pages in which comments are quoted, whichever app defines them."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, ConversationPage) and any(field.name == "body" for field in model._meta.fields)
    ]
