"""Who gets in, and which comments are there for them."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import View

from dialogue.models import Comment, CommentStatus
from dialogue.querysets import CommentQuerySet
from moderation.permissions import ModerationPermissionTester
from moderation.views.goes import decided_by
from people.models import User

RELATED = ("page", "participant__user", "parent", "root", "decided_by")

# What is not confirmed is read by nobody; of what was erased there is nothing to read.
NEVER_READ = (CommentStatus.UNVERIFIED, CommentStatus.ERASED)


def wants_json(request: HttpRequest) -> bool:
    """Whether the script of the desk asks, which goes on without a new page."""
    return request.headers.get("Accept") == "application/json"


class ModeratorRequired(View):
    """A view for moderators. What they may not decide on is not there for them."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not ModerationPermissionTester(request.user).can_moderate():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def moderator(self) -> User:
        """Whoever looks: somebody with an account, for nobody else gets in."""
        return cast(User, self.request.user)

    def get_pending(self) -> dict[str, object]:
        """What the moderator has just decided, for the templates: see `moderation/_pending.html`."""
        goes, refusals = decided_by(self.moderator)
        return {"goes": goes, "refusals": refusals}

    def get_comments(self) -> CommentQuerySet:
        return Comment.objects.moderated_by(self.request.user).exclude(status__in=NEVER_READ)

    def get_comment(self, public_id: str) -> Comment:
        return get_object_or_404(self.get_comments().select_related(*RELATED), public_id=public_id)
