"""Following and muting a conversation or a thread; the list of both; and the link that confirms an address.

Whoever is known, by their account or by a trusted device, presses a button. Anybody else gives an address,
and gets the same answer whether or not it is known here.
"""

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dialogue import consents, links, topics
from dialogue.actions import (
    confirm_follows,
    follow_conversation,
    mute_conversation,
    unfollow_conversation,
    unmute_conversation,
)
from dialogue.forms import FollowActForm, FollowConfirmationForm
from dialogue.mail import CONFIRM_FOLLOW
from dialogue.models.comments import Comment
from dialogue.models.follows import Follow, FollowSubject
from dialogue.permissions import FollowPermissionTester
from dialogue.views.answers import (
    TOO_MANY,
    UNPROCESSABLE,
    SeeOther,
    refuse_cross_site,
    unlisted,
    with_token_of_known,
)
from dialogue.views.confirmations import render_closed_link
from dialogue.views.conversation import form_links, get_conversation_page
from dialogue.views.owners import readable_among
from mail.actions import TooManyRequests, ask_for_mail, find_link, frequency_of
from mail.models import ChoicePlace, MailFrequency
from people.actions import trust_device
from people.devices import find_person, keep_token, name_device, read_device
from people.models import Participant
from people.networks import network_digest
from people.permissions import viewer_of
from portal.permissions import audience_of
from privacy.forms import AddressForm

FOLLOWS_PER_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_token_of_known
def follow_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let somebody follow or mute the conversation of a page."""
    page = get_conversation_page(request, page_id)
    return answer_wish(request, FollowSubject(page), reverse("follow_conversation", args=[page.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_token_of_known
def follow_thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody follow or mute one thread."""
    roots = Comment.objects.shown().on_pages_visible_to(request.user).select_related("page__locale")
    root = get_object_or_404(roots, public_id=public_id, depth=0)
    subject = FollowSubject(root.page.specific, root)
    return answer_wish(request, subject, reverse("follow_thread", args=[root.public_id]))


@never_cache
@require_POST
@with_token_of_known
def stop_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """End one entry of one's own list, whether or not its page may still be read."""
    person = find_person(request)
    if person is None or person.pk is None:
        raise Http404
    follow = get_object_or_404(
        Follow.objects.kept().select_related("page", "root"), participant=person, pk=pk
    )
    if follow.is_muted:
        unmute_conversation(follow.subject, by=person)
    else:
        unfollow_conversation(follow.subject, by=person)
    return SeeOther(reverse("personal_page") + "#follows")


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_owner(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an address was typed for, and follow what its owner ticks, by one button.

    Looking changes nothing, for mail scanners follow every link. The browser is trusted for the address from
    then on, as after the confirmation of a comment.
    """
    if request.method == "POST":
        refuse_cross_site(request)
    link = find_link(token, links.FOLLOW)
    waiting = waiting_for(link.participant) if link else []
    if link is None or not waiting:
        return render_closed_link(request)
    form = FollowConfirmationForm(request.POST if request.method == "POST" else None, follows=waiting)
    if request.method == "POST" and form.is_valid():
        confirmed = confirm_follows(link, form.chosen)
        if not confirmed:
            return render_closed_link(request)
        response = SeeOther(address_of(confirmed[-1].subject) + "?done=follow")
        _device, cookie = trust_device(link.participant, former=read_device(request), **name_device(request))
        keep_token(response, cookie)
        return response
    context = {"form": form, "follows": waiting, "question": consents.FOLLOWS.question, **form_links(request)}
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/confirm_follows.html", context, status=status))


def answer_wish(request: HttpRequest, subject: FollowSubject, here: str) -> HttpResponse:
    """Show what somebody wishes of `subject`, or do what they ask; the second time changes nothing."""
    person = find_person(request)
    if person is None:
        return ask_for_address(request, subject, here)
    if request.method == "POST":
        form = FollowActForm(request.POST)
        if form.is_valid():
            act = form.cleaned_data["act"]
            # Whoever wishes something becomes a participant; whoever only looks does not.
            wish(subject, act, Participant.of(request.user) if person.pk is None else person)
            return SeeOther(f"{here}?done={act}")
        return render_wish(request, subject, here, person, status=UNPROCESSABLE)
    return render_wish(request, subject, here, person)


def wish(subject: FollowSubject, act: str, person: Participant) -> None:
    place = ChoicePlace.FOLLOW
    if act == "follow":
        follow_conversation(subject, by=person, place=place)
    elif act == "mute":
        mute_conversation(subject, by=person)
    elif act == "unfollow":
        unfollow_conversation(subject, by=person)
    else:
        unmute_conversation(subject, by=person)


def ask_for_address(request: HttpRequest, subject: FollowSubject, here: str) -> HttpResponse:
    """Note that an address is to be asked whether its owner wants to follow."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    status, retry_after = 200, 0
    if form.is_valid():
        try:
            ask_for_mail(
                CONFIRM_FOLLOW,
                form.cleaned_data["email"],
                network=network_digest(request),
                about=subject.key,
            )
            return SeeOther(f"{here}?done=asked")
        except TooManyRequests as error:
            status, retry_after = TOO_MANY, error.retry_after
    elif form.errors:
        status = UNPROCESSABLE
    is_too_often = retry_after > 0
    response = render_wish(request, subject, here, None, status=status, form=form, is_too_often=is_too_often)
    if is_too_often:
        response["Retry-After"] = str(retry_after)
    return response


def render_wish(
    request: HttpRequest,
    subject: FollowSubject,
    here: str,
    person: Participant | None,
    *,
    status: int = 200,
    form: AddressForm | None = None,
    is_too_often: bool = False,
) -> HttpResponse:
    follows = Follow.objects.filter(participant=person) if person and person.pk else Follow.objects.none()
    mine = follows.kept()
    context = {
        "page": subject.page,
        "root": subject.root,
        "here": here,
        "person": person,
        "follow": mine.on(subject).first(),
        "has_muted_page": bool(subject.root) and mine.muted().on(FollowSubject(subject.page)).exists(),
        "has_stopped_mail": person is not None
        and mine.followed().on(subject).exists()
        and frequency_of(person, topics.FOLLOWS) == MailFrequency.NEVER,
        "form": form,
        "is_too_often": is_too_often,
        "done": request.GET.get("done", ""),
        "question": consents.FOLLOWS.question,
        "audience": audience_of(subject.page),
        **form_links(request),
    }
    return unlisted(render(request, "dialogue/follow.html", context, status=status))


def list_follows(person: Participant, number: str | None) -> ListPage:
    """Return a page of what somebody follows and mutes, each with `shown_page` where they may read it."""
    follows = Follow.objects.filter(participant_id=person.pk).kept().select_related("page", "root")
    page_obj = Paginator(follows.order_by("-pk"), FOLLOWS_PER_PAGE).get_page(number)
    readable = readable_among((follow.page_id for follow in page_obj), viewer_of(person))
    for follow in page_obj:
        follow.shown_page = follow.page if follow.page_id in readable else None
        follow.where = address_of(follow.subject)
    return page_obj


def waiting_for(person: Participant) -> list[Follow]:
    """Return what an address was typed for, and its owner may read."""
    waiting = Follow.objects.filter(participant=person).unconfirmed().select_related("page__locale", "root")
    viewer = viewer_of(person)
    return [
        follow
        for follow in waiting.order_by("pk")
        if FollowPermissionTester(follow.subject, viewer).can_follow()
    ]


def address_of(subject: FollowSubject) -> str:
    """Return where a subject is followed and muted."""
    if subject.root:
        return reverse("follow_thread", args=[subject.root.public_id])
    return reverse("follow_conversation", args=[subject.page.pk])
