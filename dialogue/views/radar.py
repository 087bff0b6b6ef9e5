"""Beside a page in the editor: who waits for an answer, whom one may quote, and who was featured of late."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page

from dialogue.forms import leave_of
from dialogue.models.comments import Comment
from dialogue.models.pages import ConversationPage
from dialogue.querysets import CommentQuerySet
from dialogue.radar import count_featured, featurable_under, unanswered_under

SHOWN = 5  # of each list; of the rest, how many


class RadarSidePanel(BaseSidePanel):
    """The voices around a page, for whoever features comments; nothing that they may not read."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Opens it, and says how many wait for an answer."""

        aria_label = _("Toggle voices")
        icon_name = "openquote"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": self.panel.unanswered_count}

    name = "voices"
    title = _("Voices")
    template_name = "dialogue/radar_panel.html"
    order = 500

    @cached_property
    def unanswered(self) -> CommentQuerySet:
        return unanswered_under(self.object, self.request.user)

    @cached_property
    def unanswered_count(self) -> int:
        return self.unanswered.count()

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        featurable = featurable_under(self.object, self.request.user)
        count = featurable.count()
        return {
            **super().get_context_data(parent_context),
            "unanswered": list(self.unanswered.defer("fragment")[:SHOWN]),
            "more_unanswered": max(0, self.unanswered_count - SHOWN),
            "featurable": [_with_leave(comment) for comment in featurable.defer("fragment")[:SHOWN]],
            "more_featurable": max(0, count - SHOWN),
            "featured": count_featured(self.request.user),
            "token": get_token(self.request),
        }


def _with_leave(comment: Comment) -> dict[str, Any]:
    return {"comment": comment, "leave": leave_of(comment)}


def add_radar(request: HttpRequest, page: Page, panels: list[BaseSidePanel]) -> None:
    """Put the voices beside a page that can have a conversation, for whoever features comments.

    Beside a draft too: whose voices were featured is to be known before the next one is printed.
    """
    if isinstance(page, ConversationPage) and request.user.has_perm("dialogue.feature_comment"):
        panels.append(RadarSidePanel(page, request))
