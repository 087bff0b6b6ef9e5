"""Tags that put a conversation, or a quotation, into a page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context, NodeList
from django.template.loader import render_to_string
from wagtail.models import Page

from dialogue.card_voices import CardVoice, voice_in_list
from dialogue.conversations import load_conversation
from dialogue.forms import CommentForm
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.readings import Reading
from dialogue.reply_places import ReplyPlace, address_here, address_there
from dialogue.signs import count_in_list, count_speakers
from dialogue.views import form_links
from portal.frames import open_place
from portal.languages import foreign
from portal.models import PortalSettings
from portal.permissions import audience_of, visible_pages

register = template.Library()


@register.inclusion_tag("dialogue/_conversation.html", takes_context=True)
def conversation(context: dict[str, Any], page: ConversationPage) -> dict[str, Any]:
    """Show the conversation of `page`, and the form to join in while it is open.

    A page that is only being previewed before it was ever saved has no conversation yet.
    """
    request = context["request"]
    reading = Reading.from_query(request.GET, ConversationSettings.for_request(request).order)
    view = load_conversation(page, request.user, reading, request)
    return {
        "page": page,
        "request": request,
        "csrf_token": context.get("csrf_token", ""),
        "conversation": view,
        "form": CommentForm(page=page, viewer=request.user) if view.is_open and page.pk else None,
        "audience": context.get("audience") or audience_of(page),
        **form_links(request),
    }


@register.simple_tag(takes_context=True)
def signs_of_life(context: Context, page: Page, pages: Iterable[Page] = ()) -> str:
    """Say how much was said under `page`, one of the `pages` of a list: one query for all of them, anew at
    each view.
    """
    keys = tuple(each.pk for each in pages) or (page.pk,)
    place = NodeList([SignsNode(page.pk, keys)])
    return open_place(place) or place.render(context)


@register.simple_tag(takes_context=True)
def card_voice(context: Context, page: Page, pages: Iterable[Page] = ()) -> CardVoice | None:
    """Return the voice on the card of `page`, one of the `pages` of a list: one query for all of them.

    It is remembered with the list: whatever becomes of a comment that is quoted moves the edition.
    """
    return voice_in_list(context.request, page.pk, tuple(each.pk for each in pages) or (page.pk,))


class SignsNode(template.Node):
    """The figures of one page, in an open place of a frame."""

    def __init__(self, page_id: int, page_ids: tuple[int, ...]) -> None:
        self.page_id, self.page_ids = page_id, page_ids

    def render(self, context: Context) -> str:
        figures = count_in_list(context.request, self.page_id, self.page_ids)
        return render_to_string("components/signs_of_life.html", {"figures": figures}).strip()


@register.simple_tag(takes_context=True)
def speakers(context: Context, page: Page) -> str:
    """Say how many people spoke under `page`, counted at each view."""
    place = NodeList([SpeakersNode(page.pk)])
    return open_place(place) or place.render(context)


class SpeakersNode(template.Node):
    """How many people spoke, in an open place of a frame; nothing where nobody did."""

    def __init__(self, page_id: int) -> None:
        self.page_id = page_id

    def render(self, context: Context) -> str:
        count = count_speakers(self.page_id)
        return render_to_string("components/speakers.html", {"number": count}).strip()


@register.inclusion_tag("dialogue/_quotation.html", takes_context=True)
def quotation(context: dict[str, Any], value: Any) -> dict[str, Any]:
    """Show a featured comment, or nothing; an editor is told why readers do not see it."""
    featured, request, page = value["quotation"], context.get("request"), context.get("page")
    if featured is None:
        return {}
    withheld, has_rejoinder, reply_url = None, False, ""
    if page is not None:
        tester = FeaturedCommentPermissionTester(featured, page, context.get("restrictions"))
        is_draft = getattr(request, "is_preview", False) and featured.page_id in {None, page.pk}
        withheld = tester.why_not_quotable() if is_draft else tester.why_withheld()
        has_rejoinder = tester.can_show_rejoinder()
        reply_url = _reply_address(context, value.get("reply"), tester)
    is_told_why = getattr(request, "is_preview", False) or (
        request is not None and request.user.has_perm("dialogue.feature_comment")
    )
    return {
        "featured": featured if withheld is None else None,
        "role": featured.caption_role(PortalSettings.for_request(request).name) if request else featured.role,
        "rejoinder": featured.rejoinder if has_rejoinder else None,
        "why": value.get("why"),
        "reply": value.get("reply"),
        "reply_url": reply_url,
        "twin_url": _twin_address(context, featured.revision.words_language) if withheld is None else "",
        "withheld": withheld.sentence if withheld and is_told_why else "",
        "note": ConversationSettings.for_request(request).not_endorsed if request else "",
    }


def _twin_address(context: dict[str, Any], language: str) -> str:
    """Return where the quoting page stands in the language of the words, if that is another; else nothing."""
    page, request = context.get("page"), context.get("request")
    if request is None or not getattr(page, "pk", None) or not foreign(language):
        return ""
    twins = page.__dict__.setdefault("twins_by_language", {})  # of all that the page quotes: one query each
    if language not in twins:
        there = page.get_translations().filter(locale__language_code=language)
        twins[language] = visible_pages(there, request.user, context.get("restrictions")).first()
    return twins[language].get_url(request) or "" if twins[language] else ""


def _reply_address(
    context: dict[str, Any], place: str | None, tester: FeaturedCommentPermissionTester
) -> str:
    """Return where readers reply to a quotation; empty where the editor wants no link, or it would fail."""
    comment = tester.featured.comment
    if place == ReplyPlace.HERE:
        return address_here(tester.page)
    if place != ReplyPlace.THERE or comment.page_id not in context.get("open_pages", ()):
        return ""
    # One that crossed has readers who may not open its thread.
    return address_there(comment) if comment.is_published and not tester.needs_crossing() else ""
