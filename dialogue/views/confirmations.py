"""A guest shows that an address is theirs, by the link in a message.

Looking changes nothing, for mail scanners follow every link. The forms carry no token of ours, so that
whoever looks gets no cookie: the secret in the address is one, and what another site sends is refused.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dialogue import links
from dialogue.actions import CommentRefused, ask_to_confirm, confirm_by_link, note_device, token_digest
from dialogue.forms import ConfirmationForm
from dialogue.models.comments import Comment
from dialogue.models.statuses import CommentStatus
from dialogue.views.answers import UNPROCESSABLE, SeeOther, refuse_cross_site, unlisted
from dialogue.views.conversation import address_after_posting, form_links
from mail.actions import find_link
from mail.models import MailLink
from people.actions import trust_device
from people.devices import keep_token, name_device, read_device


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_comments(request: HttpRequest, token: str) -> HttpResponse:
    """Show what waits for the confirmation of an address, and confirm what its owner ticks, by one button."""
    if request.method == "POST":
        refuse_cross_site(request)
    link = find_link(token, links.CONFIRM)
    waiting = comments_behind(link) if link else []
    if link is None or not waiting:
        return render_closed_link(request)
    form = ConfirmationForm(request.POST if request.method == "POST" else None, comments=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            return confirm_chosen(request, link, form.chosen)
        except CommentRefused as refusal:  # whoever has this address may not speak there
            form.add_error(None, str(refusal))
    context = {"form": form, "comments": waiting, **form_links(request)}
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/confirm.html", context, status=status))


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_POST
def send_confirmation_again(request: HttpRequest, token: str) -> HttpResponse:
    """Send the message once more to whoever asks on the page of their comment; always the same answer."""
    refuse_cross_site(request)
    comment = get_object_or_404(Comment, status_token_digest=token_digest(token))
    if comment.status == CommentStatus.UNVERIFIED:
        ask_to_confirm(comment.participant, again=True)
    return SeeOther(reverse("comment_status", args=[token]) + "?asked=again")


def comments_behind(link: MailLink) -> list[Comment]:
    """Return everything that waits for this link, oldest first: somebody else may have typed the address."""
    waiting = Comment.objects.unverified().filter(participant=link.participant_id)
    return list(waiting.select_related("page").order_by("submitted_at", "pk"))


def confirm_chosen(request: HttpRequest, link: MailLink, chosen: list[Comment]) -> HttpResponse:
    """Confirm, trust this browser for the address from now on, and lead to where the last comment is."""
    confirmed = confirm_by_link(link, chosen)
    if not confirmed:
        return render_closed_link(request)
    response = SeeOther(address_after_posting(confirmed[-1]))
    device, token = trust_device(link.participant, former=read_device(request), **name_device(request))
    note_device(confirmed, device)
    keep_token(response, token)
    return response


def render_closed_link(request: HttpRequest) -> HttpResponse:
    """Say calmly that a link opens nothing: the same for one that is used, too old, or was never ours.

    It is no error, for whose address Django would write into its log.
    """
    return unlisted(render(request, "dialogue/closed_link.html"))
