"""Whose page "your comments and your choices" is, and how much of it the browser that asks may see.

People with an account see all of theirs. A guest does where a mailed link has opened the page; a trusted
device may be shared, so that it shows what was sent from it and no more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.settings import ConversationSettings
from dialogue.models.statuses import CommentStatus
from dialogue.own_quotations import find_own_one
from dialogue.permissions import AuthorPermissionTester
from dialogue.querysets import CommentQuerySet
from dialogue.views.answers import SeeOther, View
from mail.models import ChoicePlace
from people.devices import read_device
from people.models import Device, Participant
from people.permissions import viewer_of
from portal.permissions import Viewer, visible_pages
from portal.views.faults import answer_signed_out, every_word


@dataclass(frozen=True)
class Owner:
    """Who looks after their own words: somebody with an account, or the guest of a trusted `device`.

    `person` is not stored where somebody with an account has not spoken yet: looking makes nobody a
    participant.
    """

    person: Participant
    device: Device | None = None

    @property
    def is_guest(self) -> bool:
        return self.device is not None

    @property
    def sees_all(self) -> bool:
        """Whether this browser may show and do everything."""
        return self.device is None or self.device.has_open_page

    @property
    def place(self) -> ChoicePlace:
        """Where the register of consents says that something was chosen."""
        return ChoicePlace.PAGE if self.is_guest else ChoicePlace.ACCOUNT

    @property
    def viewer(self) -> Viewer:
        """As whom they read the portal."""
        return viewer_of(self.person)

    @property
    def comments(self) -> CommentQuerySet:
        """What they said, as far as this browser may show it."""
        theirs = Comment.objects.filter(participant_id=self.person.pk).exclude(status=CommentStatus.ERASED)
        return theirs if self.sees_all else theirs.filter(device=self.device)

    def may_see(self, comment: Comment) -> bool:
        """Whether a comment of theirs is among `comments`."""
        return self.sees_all or (self.device is not None and comment.device_id == self.device.pk)

    def may_act_on(self, comment: Comment, minutes: int) -> bool:
        """Whether this browser may act on a comment of theirs: on any, or on one sent from it of late."""
        is_recent = AuthorPermissionTester(comment, self.person, minutes).is_recent()
        return self.sees_all or (self.may_see(comment) and is_recent)

    def as_participant(self) -> Participant:
        """Return the stored participant: they choose something, and so become one."""
        return Participant.of(self.person.user) if self.person.pk is None else self.person


def find_owner(request: HttpRequest) -> Owner | None:
    """Return whose page it is: of the account signed in, or else of the guest; None for a stranger."""
    if request.user.is_authenticated:
        known = Participant.objects.filter(user=request.user).first()
        return Owner(known or Participant(user=request.user))
    device = read_device(request)
    return Owner(device.participant, device) if device else None


def with_whole_page(view: View) -> View:
    """Call the view with the owner where all of the page is open; lead anybody else to the page itself."""
    return _with_owner(view, lambda owner: owner.sees_all)


def with_open_page(view: View) -> View:
    """The same for guests alone: what people with an account do elsewhere, by its own rules."""
    return _with_owner(view, lambda owner: owner.is_guest and owner.sees_all)


def _with_owner(view: View, may: Callable[[Owner], bool]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        owner = find_owner(request)
        if owner is None or not may(owner):
            return _lead_to_page(request)
        return view(request, owner, *args, **kwargs)

    return never_cache(csrf_protect(answer))


def _lead_to_page(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks who somebody is; what they typed meanwhile is given back before."""
    if every_word(request).get("typed_text"):
        return answer_signed_out(request, page_url=reverse("personal_page"))
    return SeeOther(reverse("personal_page"))


def with_own_comment(view: View) -> View:
    """Call the view with the owner and their comment, where all of the page is open or the comment is recent.

    Whoever has just sent a comment from this browser mends it from here, without a message. What is older, or
    was sent from elsewhere, is theirs on the whole page alone: a browser may be shared. A comment that is
    missing and one of somebody else get the same answer.
    """
    return _with_comment(view, lambda owner, tester: owner.sees_all or tester.is_recent())


def with_listed_comment(view: View) -> View:
    """The same, however old it is, for a view that refuses what comes too late and keeps the words."""
    return _with_comment(view, lambda owner, tester: True)


def _with_comment(view: View, may: Callable[[Owner, AuthorPermissionTester], bool]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        owner = find_owner(request)
        if owner is None:
            return _lead_to_page(request)
        theirs = owner.comments.select_related("page")
        if owner.sees_all:
            return view(request, owner, get_object_or_404(theirs, public_id=public_id), *args, **kwargs)
        comment = theirs.filter(public_id=public_id).first()
        if comment is None or not may(owner, tester_of(request, owner, comment)):
            return _lead_to_page(request)
        return view(request, owner, comment, *args, **kwargs)

    return never_cache(csrf_protect(answer))


def with_own_quotation(view: View) -> View:
    """Call the view with the owner and a quotation of theirs, as `with_own_comment` does with a comment."""

    @wraps(view)
    def answer(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        owner = find_owner(request)
        if owner is None:
            return _lead_to_page(request)
        own = find_own_one(pk, owner.person)
        if own is None and owner.sees_all:
            raise Http404
        if own is None or not owner.may_act_on(own.quotation.comment, edit_minutes(request)):
            return _lead_to_page(request)
        return view(request, owner, own, *args, **kwargs)

    return never_cache(csrf_protect(answer))


def edit_minutes(request: HttpRequest) -> int:
    return ConversationSettings.for_request(request).edit_minutes


def tester_of(request: HttpRequest, owner: Owner, comment: Comment) -> AuthorPermissionTester:
    return AuthorPermissionTester(comment, owner.person, edit_minutes(request))


def readable_among(pages: Iterable[int], viewer: Viewer) -> set[int]:
    """Return which of these pages, by their keys, `viewer` may read."""
    return set(visible_pages(Page.objects.filter(pk__in=list(pages)), viewer).values_list("pk", flat=True))
