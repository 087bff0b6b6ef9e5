"""No page goes out with a quotation to which nobody agreed, or that may not cross: whoever tries is told why.

The draft is saved all the same, and what readers have stays as it is.
"""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from dialogue.models.pages import ConversationPage
from dialogue.permissions import PageQuotationsPermissionTester
from dialogue.placements import tell_of_stops
from portal.permissions import Viewer

REFUSED = "refused"  # in an address: the reader of the message has been told what stands against the draft


class QuotationsMenuItem(PageMenuItem):
    """Leads to the quotations of a page, whoever looks after them."""

    label = gettext_lazy("Quotations")
    icon_name = "openquote"
    url_name = "dialogue_page_quotations"
    priority = 55

    def is_shown(self, user: Viewer) -> bool:
        kind = self.page.specific_class
        holds = kind is not None and issubclass(kind, ConversationPage) and hasattr(kind, "body")
        return holds and PageQuotationsPermissionTester(self.page, user).can_open()


def refuse_publication(page: Page, viewer: Viewer) -> SafeString | str:
    """Return why `page`, as it stands in memory, is not published; empty where it may be."""
    lines = tell_of_stops(page, viewer)
    if not lines:
        return ""
    told = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("{}<ul>{}</ul>", _("The page is not published; its draft is saved."), told)


def refuse_to_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead back to the editor, which says why, where something stands against it."""
    told = refuse_publication(page, request.user)
    if not told:
        return None
    messages.error(request, told, buttons=buttons_to_quotations(page, request.user))
    return redirect(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?{REFUSED}")


def refuse_to_publish_in_bulk(
    request: HttpRequest, pages: Iterable[Page], *, next_url: str, include_descendants: bool
) -> HttpResponse | None:
    """Publish none of them where something stands against one, and say of each that is stopped why."""
    is_refused = False
    for page in _to_be_published(pages, request.user, include_descendants=include_descendants):
        if told := tell_of_stops(page.get_latest_revision_as_object(), request.user):
            is_refused = True
            lines = format_html_join("", "<li>{}</li>", ((line,) for line in told))
            title = page.get_admin_display_title()
            sentence = _("No page is published, because of “%(title)s”.") % {"title": title}
            message = format_html("{}<ul>{}</ul>", sentence, lines)
            messages.error(request, message, buttons=buttons_to_quotations(page, request.user))
    return redirect(next_url) if is_refused else None


def _to_be_published(pages: Iterable[Page], user: Viewer, *, include_descendants: bool) -> Iterable[Page]:
    """Yield what Wagtail would publish: the pages, and drafts below them that `user` may publish."""
    for page in pages:
        yield page.specific
        drafts = page.get_descendants().not_live().specific() if include_descendants else ()
        yield from (draft for draft in drafts if draft.permissions_for_user(user).can_publish())


def buttons_to_quotations(page: Page, user: Viewer) -> list[object]:
    """Return what leads on from a message to the quotations of a page, for whoever looks after them."""
    if not PageQuotationsPermissionTester(page, user).can_open():
        return []
    return [messages.button(reverse("dialogue_page_quotations", args=[page.pk]), _("See its quotations"))]
