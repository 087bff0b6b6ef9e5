"""What authors see of their own words and do with them: guests on their page, others in their account."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page

from dialogue.actions import CommentRefused, edit_comment, withdraw_comment
from dialogue.forms import EditForm
from dialogue.models.comments import Comment, CommentRevision, CommentStatus
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import AuthorPermissionTester
from dialogue.views.answers import UNPROCESSABLE, SeeOther, unlisted
from dialogue.views.conversation import address_after_posting
from people.models import ConsentPlace, Participant
from portal.permissions import Viewer, visible_pages

COMMENTS_PER_PAGE = 20


@dataclass(frozen=True)
class Desk:
    """Where somebody looks after their own words: the names of its addresses, and as whom they read."""

    list_name: str
    edit_name: str
    withdraw_name: str
    place: ConsentPlace

    def viewer(self, request: HttpRequest) -> Viewer:
        """A guest's page shows what guests may read, whoever is signed in."""
        return request.user if self.place == ConsentPlace.ACCOUNT else AnonymousUser()

    def address_of(self, comment: Comment) -> str:
        return f"{reverse(self.list_name)}#own-{comment.public_id}"


GUEST = Desk("personal_page", "edit_own_comment", "withdraw_own_comment", ConsentPlace.PAGE)
ACCOUNT = Desk("account_comments", "edit_account_comment", "withdraw_account_comment", ConsentPlace.ACCOUNT)


def edit_minutes(request: HttpRequest) -> int:
    return ConversationSettings.for_request(request).edit_minutes


def tester_of(request: HttpRequest, comment: Comment, participant: Participant) -> AuthorPermissionTester:
    return AuthorPermissionTester(comment, participant, edit_minutes(request))


def list_own_comments(request: HttpRequest, desk: Desk, participant: Participant) -> ListPage:
    """Return a page of what somebody said, newest first, each with where it stands and what they may do."""
    comments = Comment.objects.filter(participant_id=participant.pk).exclude(status=CommentStatus.ERASED)
    comments = comments.select_related("page").prefetch_related("decisions").order_by("-submitted_at", "-pk")
    page_obj = Paginator(comments, COMMENTS_PER_PAGE).get_page(request.GET.get("page"))
    waiting = CommentRevision.objects.filter(comment__in=list(page_obj), accepted_at=None)
    versions = {(revision.comment_id, revision.version): revision for revision in waiting}
    pages = Page.objects.live().filter(pk__in=[comment.page_id for comment in page_obj])
    readable = set(visible_pages(pages, desk.viewer(request)).values_list("pk", flat=True))
    minutes = edit_minutes(request)
    for comment in page_obj:
        # The title of a page that was closed since is no longer for its author; their own words are.
        may_read = comment.page_id in readable
        tester = AuthorPermissionTester(comment, participant, minutes, may_read)
        comment.shown_page = comment.page if may_read else None
        comment.edit_until = tester.edit_until if tester.can_edit() else None
        comment.edit_url = reverse(desk.edit_name, args=[comment.public_id])
        comment.withdraw_url = reverse(desk.withdraw_name, args=[comment.public_id])
        comment.can_be_withdrawn = tester.can_withdraw()
        comment.where = address_after_posting(comment) if comment.idempotency_key and may_read else ""
        comment.change = versions.get((comment.pk, comment.waiting_version or 0))
        comment.last_decision = next(iter(comment.decisions.all()), None)
    return page_obj


def answer_edit(
    request: HttpRequest, desk: Desk, comment: Comment, participant: Participant, *, back: str
) -> HttpResponse:
    """Show the form for new words, keep them, and lead `back`; where it is too late, the text stays."""
    tester = tester_of(request, comment, participant)
    if request.method != "POST" and not tester.can_edit():
        return SeeOther(back)
    form = EditForm(request.POST if request.method == "POST" else None, initial=words_of(comment))
    if form.is_valid():
        try:
            edit_comment(comment, by=participant, **form.cleaned_data)
            return SeeOther(back)
        except CommentRefused as error:
            form.add_error(None, str(error))
    context = {
        "comment": comment,
        "form": form,
        "edit_until": tester.edit_until,
        "edit_url": request.path,
        "withdraw_url": reverse(desk.withdraw_name, args=[comment.public_id]),
        "can_be_withdrawn": tester.can_withdraw(),
        "back_url": back,
        "history_readers": ConversationSettings.for_request(request).history_readers,
    }
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/edit_comment.html", context, status=status))


def words_of(comment: Comment) -> dict[str, object]:
    """Return what the form begins with: the change that waits, or else the comment as it is read."""
    waiting = comment.waiting_revision
    if waiting is not None:
        return {"text": waiting.text, "may_quote": waiting.may_quote}
    return {"text": comment.text, "may_quote": comment.quote_consented_at is not None}


def withdraw(desk: Desk, comment: Comment, participant: Participant) -> None:
    """Take one's own words back. The second time, or where it is too late, nothing changes."""
    try:
        withdraw_comment(comment, by=participant, place=desk.place)
    except CommentRefused:
        return  # the page shows where it stands by now
