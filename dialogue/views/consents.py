"""What somebody agreed to, on one page: for guests on theirs, for people with an account in theirs."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.actions import take_back_quotation
from dialogue.models.comments import Comment, CommentStatus
from dialogue.views.answers import UNPROCESSABLE, SeeOther, unlisted
from dialogue.views.personal import with_open_page
from people.forms import ConsentForm
from people.models import Consent, ConsentPlace, Device, Participant
from portal.permissions import Viewer, can_read_page

HISTORY = 100  # the latest; the export holds them all


@require_http_methods(["GET", "HEAD", "POST"])
@with_open_page
def own_consents(request: HttpRequest, device: Device) -> HttpResponse:
    """Let a guest see and change what they agreed to."""
    form = form_for(request, device.participant)
    if form.is_valid():
        form.save(device.participant, ConsentPlace.PAGE)
        return SeeOther(reverse("own_consents") + "?saved=yes")
    return render_consents(request, form, device.participant, account=False)


@require_POST
@with_open_page
def take_back_own_quotation(request: HttpRequest, device: Device, public_id: str) -> HttpResponse:
    """Let a guest no longer be quoted; the second time, or where they never were, nothing changes."""
    comment = get_object_or_404(Comment, participant=device.participant_id, public_id=public_id)
    take_back_quotation(comment, by=device.participant, place=ConsentPlace.PAGE)
    return SeeOther(reverse("own_consents") + "#quotations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_consents(request: HttpRequest) -> HttpResponse:
    """Let somebody with an account see and change what they agreed to. Looking makes nobody a participant."""
    person = Participant.objects.filter(user=request.user).first() or Participant(user=request.user)
    form = form_for(request, person)
    if form.is_valid():
        form.save(Participant.of(request.user), ConsentPlace.ACCOUNT)
        return SeeOther(reverse("account_consents") + "?saved=yes")
    return render_consents(request, form, person, account=True)


@require_POST
@login_required
def take_back_account_quotation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same, for somebody with an account."""
    comment = get_object_or_404(Comment, participant__user=request.user, public_id=public_id)
    take_back_quotation(comment, by=comment.participant, place=ConsentPlace.ACCOUNT)
    return SeeOther(reverse("account_consents") + "#quotations")


def form_for(request: HttpRequest, participant: Participant) -> ConsentForm:
    return ConsentForm(request.POST if request.method == "POST" else None, participant=participant)


def render_consents(
    request: HttpRequest, form: ConsentForm, participant: Participant, *, account: bool
) -> HttpResponse:
    comments = Comment.objects.filter(participant_id=participant.pk).exclude(status=CommentStatus.ERASED)
    quotable = comments.filter(quote_consented_at__isnull=False) | comments.filter(
        featured__agreed_at__isnull=False, featured__withdrawn_at=None
    )
    quotable = list(quotable.distinct().select_related("page").order_by("-submitted_at", "-pk"))
    for comment in quotable:
        comment.shown_page = comment.page if can_read_page(reader(request, account), comment.page) else None
    context = {
        "form": form,
        "is_account": account,
        "quotable": quotable,
        "history": Consent.objects.filter(participant_id=participant.pk)[:HISTORY],
        "has_saved": request.GET.get("saved") == "yes",
    }
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/consents.html", context, status=status))


def reader(request: HttpRequest, account: bool) -> Viewer:
    """Return as whom the page is read: a guest's page shows what guests may read, whoever is signed in."""
    return request.user if account else AnonymousUser()
