"""An author appeals against how their comment was decided on: from their page, or by the address in the mail.

Behind its own address the form works without signing in, as the page of the comment does: whoever has the
message has shown that the address is theirs.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.actions import CommentRefused, token_digest
from dialogue.models import Comment
from dialogue.views import form_links
from dialogue.views.answers import UNPROCESSABLE, SeeOther, refuse_cross_site, unlisted
from dialogue.views.own_comments import address_of
from dialogue.views.owners import Owner, with_listed_comment
from moderation.actions import appeal_decision, decision_in_force
from moderation.forms import AppealForm
from moderation.permissions import AppellantPermissionTester
from people.models import Participant


@require_http_methods(["GET", "HEAD", "POST"])
@with_listed_comment
def appeal_own_comment(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Appeal from the page of one's own comments."""
    return _appeal(request, comment, by=owner.person, back_url=address_of(owner, comment), has_token=True)


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_by_status(request: HttpRequest, token: str) -> HttpResponse:
    """Appeal behind the address that only the author of a comment knows."""
    if request.method == "POST":
        refuse_cross_site(request)
    comments = Comment.objects.select_related("page", "participant__user")
    comment = get_object_or_404(comments, status_token_digest=token_digest(token))
    back_url = reverse("comment_status", args=[token])
    return _appeal(request, comment, by=comment.participant, back_url=back_url)


def _appeal(
    request: HttpRequest, comment: Comment, *, by: Participant, back_url: str, has_token: bool = False
) -> HttpResponse:
    """Show the form, or send it; where there is nothing to appeal against any more, lead back."""
    decision = decision_in_force(comment)
    if decision is None:
        raise Http404
    has_appealed = hasattr(decision, "appeal")
    is_too_late = decision.open_to_appeal_until is None and not has_appealed
    if has_appealed or (is_too_late and request.method != "POST"):
        return SeeOther(back_url)
    if not is_too_late and not AppellantPermissionTester(decision, by).can_appeal():
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            appeal_decision(comment, form.cleaned_data["text"], by=by)
            return SeeOther(back_url)
        except CommentRefused as error:
            form.add_error(None, str(error))
    context = {
        "comment": comment,
        "decision": decision,
        "form": form,
        "back_url": back_url,
        "has_token": has_token,
        **form_links(request),
    }
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "moderation/appeal.html", context, status=status))
