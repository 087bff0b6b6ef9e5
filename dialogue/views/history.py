"""What a comment said before its author changed it."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dialogue.differences import differences
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import CommentPermissionTester
from dialogue.querysets import RevisionQuerySet
from dialogue.views.answers import unlisted
from dialogue.views.conversation import get_visible_comment
from portal.permissions import audience_of


@never_cache
@require_safe
def comment_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the versions that readers have had, newest first, and what changed from one to the next.

    Of a comment that is not published there is none; where the setting leaves it to others it is not found.
    """
    comment = get_visible_comment(request, public_id)
    readers = ConversationSettings.for_request(request).history_readers
    if not CommentPermissionTester(comment, request.user).can_read_history(readers):
        raise Http404
    page = comment.page.specific
    context = {
        "page": page,
        "comment": comment,
        "versions": versions_of(comment.revisions.read_by_readers()),
        "audience": audience_of(page),
    }
    return unlisted(render(request, "dialogue/history.html", context))


def versions_of(revisions: RevisionQuerySet) -> list[dict[str, object]]:
    """Return each version, newest first, with the pieces by which it differs from the one before."""
    versions = list(revisions.order_by("version"))
    changes: list[dict[str, object]] = [
        {"revision": later, "pieces": differences(earlier.text, later.text)}
        for earlier, later in pairwise(versions)
    ]
    first = [{"revision": revision, "pieces": None} for revision in versions[:1]]
    return [*reversed(changes), *first]
