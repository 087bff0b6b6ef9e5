"""What authors see of their own words and do with them, on their page."""

from contextlib import suppress

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.actions import (
    CommentRefused,
    agree_to_quotation,
    confirm_comments,
    edit_comment,
    note_device,
    take_back_quotation,
    why_silenced,
    withdraw_comment,
)
from dialogue.forms import EditForm, OwnCommentsForm
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.featured import FeaturedComment
from dialogue.models.settings import ConversationSettings
from dialogue.models.statuses import CommentStatus
from dialogue.own_quotations import OwnQuotation, OwnState, find_own
from dialogue.permissions import AuthorPermissionTester
from dialogue.views.answers import UNPROCESSABLE, SeeOther, unlisted
from dialogue.views.conversation import address_after_posting
from dialogue.views.history import versions_of
from dialogue.views.owners import (
    Owner,
    readable_among,
    tester_of,
    with_listed_comment,
    with_open_page,
    with_own_comment,
)

COMMENTS_PER_PAGE = 20
NEWEST_FIRST = ("-submitted_at", "-pk")


def list_own_comments(owner: Owner, filters: OwnCommentsForm, minutes: int, number: str | None) -> ListPage:
    """Return a page of what somebody said, newest first, each with where it stands and what they may do."""
    comments = filters.narrow(owner.comments).order_by(*NEWEST_FIRST)
    # `decisions` is a relation of `moderation`, an app above: known here by its name alone.
    comments = comments.select_related("page").prefetch_related(
        "decisions__appeal__outcome", "decisions__appeal_answered"
    )
    page_obj = Paginator(comments, COMMENTS_PER_PAGE).get_page(number)
    viewer = owner.viewer
    readable = readable_among((comment.page_id for comment in page_obj), viewer)
    waiting = CommentRevision.objects.filter(comment__in=list(page_obj), accepted_at=None)
    versions = {(revision.comment_id, revision.version): revision for revision in waiting}
    changed = {comment_id for comment_id, _version in versions}
    quotations = find_own(FeaturedComment.objects.filter(comment__in=list(page_obj)))
    for comment in page_obj:
        # The title of a page that was closed since is no longer for its author; their own words are.
        may_read = comment.page_id in readable
        comment.shown_page = comment.page if may_read else None
        comment.where = address_after_posting(comment) if comment.idempotency_key and may_read else ""
        comment.change = versions.get((comment.pk, comment.waiting_version or 0))
        comment.has_versions = comment.version > 1 or comment.pk in changed
        comment.own_quotations = [one for one in quotations if one.comment_id == comment.pk]
        # What a moderator said of the language changes neither where it stands nor what it says,
        # nor does the answer to an appeal that upholds what was decided, which stands with that decision.
        decisions = [one for one in comment.decisions.all() if one.is_about_status or one.is_about_edit]
        comment.last_decision = next(iter(decisions), None)
        comment.last_about_status = next((one for one in decisions if one.is_about_status), None)
        _offer_acts(comment, owner, AuthorPermissionTester(comment, owner.person, minutes, may_read))
    return page_obj


def list_requests(owner: Owner) -> list[OwnQuotation]:
    """Return what somebody was asked and may still answer, as far as this browser may show it."""
    waiting = FeaturedComment.objects.waiting(timezone.now()).filter(comment__in=owner.comments)
    return [own for own in find_own(waiting) if own.state == OwnState.WAITING]


def _offer_acts(comment: Comment, owner: Owner, tester: AuthorPermissionTester) -> None:
    """Set on a comment what its author may do with it in this browser."""
    may_act = owner.sees_all or tester.is_recent()
    comment.is_for_link = tester.can_withdraw() and not may_act
    comment.edit_until = tester.edit_until if tester.can_edit() else None
    comment.can_be_confirmed = owner.is_guest and owner.sees_all and comment.status == "unverified"
    comment.can_be_withdrawn = may_act and tester.can_withdraw()
    comment.can_be_quoted = may_act and tester.can_agree_to_quotation()
    has_agreed = comment.quote_consented_at is not None or any(
        own.state == OwnState.AGREED for own in comment.own_quotations
    )
    comment.may_act = may_act
    comment.may_be_quoted = has_agreed and comment.status != CommentStatus.WITHDRAWN
    comment.can_be_quoted_no_more = may_act and comment.may_be_quoted
    comment.has_versions = comment.has_versions and may_act


def address_of(owner: Owner, comment: Comment, **told: str) -> str:
    """Return where a comment stands on the page of its author, on whichever page of the list.

    The page says what is `told` it (`saved="change"`).
    """
    newer = Q(submitted_at__gt=comment.submitted_at) | Q(submitted_at=comment.submitted_at, pk__gt=comment.pk)
    number = owner.comments.filter(newer).count() // COMMENTS_PER_PAGE + 1
    query = urlencode({**({"page": str(number)} if number > 1 else {}), **told})
    return f"{reverse('personal_page')}{'?' if query else ''}{query}#own-{comment.public_id}"


def place_of(owner: Owner, comment: Comment) -> str:
    """Return where the author came from: the whole page, or else the comment itself."""
    if owner.sees_all or not comment.idempotency_key:
        return address_of(owner, comment)
    return address_after_posting(comment)


def place_of_changed(owner: Owner, comment: Comment) -> str:
    """Return where an author reads that their change is kept; in a conversation the comment says so."""
    if owner.sees_all or not comment.idempotency_key:
        return address_of(owner, comment, saved="change")
    address = address_after_posting(comment)
    return address if comment.is_published else f"{address}?saved=change"


@require_http_methods(["GET", "HEAD", "POST"])
@with_listed_comment
def edit_own_comment(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Change one's own words while there is time; where it is too late, the text stays in the form."""
    tester = tester_of(request, owner, comment)
    back = place_of(owner, comment)
    if request.method != "POST" and not tester.can_edit():
        return SeeOther(back)
    form = EditForm(request.POST if request.method == "POST" else None, initial=words_of(comment))
    if form.is_valid():
        try:
            edit_comment(comment, by=owner.person, **form.cleaned_data)
            return SeeOther(place_of_changed(owner, comment))
        except CommentRefused as error:
            form.add_error(None, str(error))
    context = {
        "comment": comment,
        "form": form,
        "edit_until": tester.edit_until,
        "back_url": back,
        "silence": why_silenced(owner.viewer, owner.person if owner.is_guest else None, comment.page),
        "can_be_withdrawn": tester.can_withdraw() and (owner.sees_all or tester.is_recent()),
        "history_readers": ConversationSettings.for_request(request).history_readers,
    }
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/edit_comment.html", context, status=status))


def words_of(comment: Comment) -> dict[str, object]:
    """Return what the form begins with: the change that waits, or else the comment as it is read."""
    waiting = comment.waiting_revision
    written = waiting or comment
    return {
        "text": written.text,
        "words_language": written.words_language or comment.language,
        "may_quote": waiting.may_quote if waiting else comment.quote_consented_at is not None,
    }


@require_POST
@with_own_comment
def withdraw_own_comment(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Take one's own words back. The second time, or where it is too late, nothing changes."""
    with suppress(CommentRefused):  # the page shows where it stands by now
        withdraw_comment(comment, by=owner.person, place=owner.place)
    return SeeOther(place_of(owner, comment))


@require_POST
@with_open_page
def confirm_own_comment(request: HttpRequest, owner: Owner, public_id: str) -> HttpResponse:
    """Confirm a comment that waits for it: whoever has the page open has shown that the address is theirs."""
    comment = get_object_or_404(owner.comments, public_id=public_id)
    confirmed = []
    with suppress(CommentRefused):  # the page says above why they may not speak
        confirmed = confirm_comments(owner.person, [comment])
    if confirmed and owner.device is not None:
        note_device(confirmed, owner.device)
    return SeeOther(address_of(owner, comment))


@require_POST
@with_own_comment
def agree_to_own_quotation(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Agree to be quoted with a comment as it reads now. Where it is too late, nothing changes."""
    with suppress(CommentRefused):  # the page shows where it stands by now
        agree_to_quotation(comment, by=owner.person, place=owner.place)
    return SeeOther(place_of(owner, comment))


@require_POST
@with_own_comment
def take_back_own_quotation(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Be quoted no more with a comment; the second time, or where they never were, nothing changes."""
    take_back_quotation(comment, by=owner.person, place=owner.place)
    return SeeOther(place_of(owner, comment))


@require_safe
@with_own_comment
def own_history(request: HttpRequest, owner: Owner, comment: Comment) -> HttpResponse:
    """Show an author every version of their words: what readers had, what waits, and what came to nothing."""
    context = {
        "comment": comment,
        "versions": versions_of(comment.revisions.all()),
        "back_url": place_of(owner, comment),
    }
    return unlisted(render(request, "dialogue/own_history.html", context))
