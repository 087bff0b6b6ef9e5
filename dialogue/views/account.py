"""The comments of somebody with an account, on a page of their account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.models.comments import Comment
from dialogue.views.answers import SeeOther, unlisted
from dialogue.views.authors import ACCOUNT, answer_edit, edit_minutes, list_own_comments, withdraw
from people.models import Participant


@never_cache
@require_safe
@login_required
def account_comments(request: HttpRequest) -> HttpResponse:
    """Show somebody what they said, and what they may do about it. Looking makes nobody a participant."""
    person = Participant.objects.filter(user=request.user).first() or Participant(user=request.user)
    context = {
        "page_obj": list_own_comments(request, ACCOUNT, person),
        "edit_minutes": edit_minutes(request),
    }
    return unlisted(render(request, "dialogue/account_comments.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_account_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's own words while there is time."""
    comment = get_account_comment(request, public_id)
    back = ACCOUNT.address_of(comment)
    return answer_edit(request, ACCOUNT, comment, comment.participant, back=back)


@never_cache
@require_POST
@login_required
def withdraw_account_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one's own words back."""
    comment = get_account_comment(request, public_id)
    withdraw(ACCOUNT, comment, comment.participant)
    return SeeOther(ACCOUNT.address_of(comment))


def get_account_comment(request: HttpRequest, public_id: str) -> Comment:
    """Return the comment, or raise `Http404`: for a missing one and for one of somebody else alike."""
    own = Comment.objects.filter(participant__user=request.user).select_related("participant__user", "page")
    return get_object_or_404(own, public_id=public_id)
