"""What templates may ask of the frame."""

from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.base import FilterExpression, Parser, Token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from portal.audiences import name_readers
from portal.cards import HEIGHT, WIDTH
from portal.destinations import LEADS_AWAY, tell_destinations, told_destination
from portal.editions import remember
from portal.formats import write_moment
from portal.frames import open_place
from portal.languages import foreign
from portal.models import BasePage, PortalSettings
from portal.permissions import visible_pages
from portal.rich_text import tell_documents
from portal.sharing import ShareLink

register = template.Library()
OPEN_GRAPH_LOCALES = {"fr": "fr_CA", "en": "en_CA"}


@register.filter
def moment(value: datetime) -> str:
    """Return a date with its hour and its zone, for what begins or ends then."""
    return write_moment(value)


@register.filter
def readers(page: Page | None) -> str:
    """Return who alone may read a page, in words; nothing for what everybody may read."""
    return name_readers(page) if page and page.path else ""


@register.simple_tag
def lang_of(language: str) -> str:
    """Return the attribute that tells the language of words; nothing where all around them is in it."""
    return format_html(' lang="{}"', language) if foreign(language) else ""


@register.filter
def isolated(words: str, language: str = "") -> SafeString:
    """Return somebody's name or words in their own direction of writing, whatever stands around them.

    Where the `language` of the words is given, it is told as `lang_of` does.
    """
    return format_html("<bdi{}>{}</bdi>", lang_of(language), words)


@register.filter
def leads_to(words: str, address: str) -> str:
    """Return, for behind a link, the host that it leads to where its words name another; else nothing."""
    told = told_destination(str(words), address) if LEADS_AWAY.match(address) else ""
    return f" ({told})" if told else ""


@register.filter
def with_destinations(html: str) -> SafeString:
    """Return a rich text of an editor's whose links tell where they lead, if their words say otherwise.

    Links to documents tell their kind and size.
    """
    return mark_safe(tell_destinations(tell_documents(html)))  # noqa: S308 - Wagtail made it; what is added is escaped


@register.tag
def fresh(parser: Parser, token: Token) -> "FreshNode":
    """Make what stands up to `endfresh` anew at each view; it knows the page and the request alone."""
    content = parser.parse(("endfresh",))
    parser.delete_first_token()
    return FreshNode(content)


class FreshNode(template.Node):
    """A part of a page that is not remembered with the rest."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        return open_place(self.nodelist) or self.nodelist.render(context)


@register.tag
def remembered(parser: Parser, token: Token) -> "RememberedNode":
    """Remember what stands up to `endremembered` for everybody alike, under the values given."""
    key = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    content = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(key, content)


class RememberedNode(template.Node):
    """A part of a page that is the same for whoever is shown it."""

    def __init__(self, key: list[FilterExpression], nodelist: template.NodeList) -> None:
        self.key = key
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        values = tuple(part.resolve(context) for part in self.key)
        return remember(("part", *values), lambda: self.nodelist.render(context))


@register.simple_tag(takes_context=True)
def portal_settings(context: dict[str, Any]) -> PortalSettings:
    """Return the settings of the site that is asked."""
    request = context.get("request")
    if request is not None:
        return PortalSettings.for_request(request)
    return PortalSettings.for_site(Site.objects.get(is_default_site=True))


@register.simple_tag(takes_context=True)
def brand_stylesheet_url(context: dict[str, Any]) -> str:
    """Return the address of the site's own colours; it changes with them."""
    return reverse("brand_stylesheet", args=[portal_settings(context).brand_digest])


@register.simple_tag(takes_context=True)
def share_links(context: dict[str, Any], page: BasePage) -> list[ShareLink]:
    """Return the links under which a public page may be shared; none for any other page."""
    return page.get_share_links(portal_settings(context))


@register.inclusion_tag("components/page_meta.html", takes_context=True)
def page_meta(context: dict[str, Any]) -> dict[str, Any]:
    """Tell machines about the page: its address, its twins, and how it looks where it is shared.

    Of a page that is not public, or not yet there, only that it is not to be kept.
    """
    page = context.get("page")
    if not isinstance(page, BasePage):
        return {}
    if not page.is_public:
        return {"is_hidden": True}
    portal = portal_settings(context)
    front = context.get("front")  # the page narrowed or turned to another list, see `blog.models.fronts`
    url = f"{page.full_url}{front.query if front else ''}"
    twins = visible_pages(page.get_translations(), AnonymousUser()).select_related("locale")
    alternates = [(twin.locale.language_code, twin.full_url) for twin in twins]
    language = page.locale.language_code
    return {
        "url": url,
        "alternates": [(language, url), *alternates] if alternates and not front else [],
        "title": front.title if front else page.get_shared_title(portal),
        "description": front.description if front else page.description or portal.tagline,
        "kind": page.open_graph_type,
        "site_name": portal.name,
        "locale": OPEN_GRAPH_LOCALES.get(language, language),
        "image_url": page.get_card_url(portal),
        "image_width": WIDTH,
        "image_height": HEIGHT,
    }
