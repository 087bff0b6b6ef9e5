"""Who has taken a comment on: the POSTs that take it on and release it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from dialogue.models import Comment
from moderation import actions
from moderation.actions import AlreadyClaimed
from moderation.models import Claim, claims_on
from moderation.views.access import ModeratorRequired, wants_json
from moderation.views.review import review_url


def claim_shown(request: HttpRequest, comment: Comment, claim: Claim | None) -> str:
    """Return who has taken the comment on, with the form that follows, as a card shows it."""
    context = {"comment": comment, "claim": claim, "viewer": request.user}
    return render_to_string("moderation/_claim.html", context, request=request)


class ClaimView(ModeratorRequired):
    """Take a comment on, or prolong that; whoever comes second is told who was first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        comment = self.get_comment(public_id)
        try:
            claim = actions.claim_comment(comment, by=self.moderator)
        except AlreadyClaimed as refusal:
            return self.answer(comment, refusal.claim, str(refusal), 409)
        return self.answer(comment, claim, _("You have taken this comment on."))

    def answer(self, comment: Comment, claim: Claim | None, sentence: str, status: int = 200) -> HttpResponse:
        """Say what is so now: to the script, or on the screen from which it was asked."""
        if wants_json(self.request):
            told: dict[str, Any] = {"sentence": sentence, "claim": claim_shown(self.request, comment, claim)}
            return JsonResponse(told, status=status)
        tell = messages.success if status == 200 else messages.warning
        tell(self.request, sentence)
        return HttpResponseRedirect(get_valid_next_url_from_request(self.request) or review_url(comment))


class ReleaseView(ClaimView):
    """Let others take the comment on. Done already, it says so as well."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        comment = self.get_comment(public_id)
        actions.release_comment(comment, by=self.moderator)
        claim = claims_on([comment]).get(comment.pk)
        return self.answer(comment, claim, _("You have not taken this comment on any more."))
