"""Links of rich text to pages and documents of the portal.

A text is written once for whoever may read it, so a link in it must not tell where a page is that not every
reader may see. Such a link leads by the page's number; who follows it is told what the page would tell them.
"""

import re

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.permissions import can_read_page, load_restrictions

_DOCUMENT_LINK = re.compile(
    r'(?P<start><a\b[^>]*?) data-facts="(?P<facts>[^"]+)"(?P<rest>[^>]*>.*?</a>)', re.DOTALL
)


def discreet_address(page: Page, restrictions: list | None = None) -> str:
    """Return the address of a page that everybody may read; of any other, one that tells its number alone."""
    if can_read_page(AnonymousUser(), page, restrictions):
        return page.get_url() or ""
    return reverse("open_page", args=[page.pk])


class DiscreetPageLinkHandler(PageLinkHandler):
    """Writes the address of a page that everybody may read, and the number of any other."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = [page and page.localized for page in cls.get_many(attrs_list)]
        restrictions = load_restrictions() if any(pages) else []
        return [
            format_html('<a href="{}">', discreet_address(page, restrictions)) if page else "<a>"
            for page in pages
        ]


class DiscreetPageLinkElementHandler(PageLinkElementHandler):
    """The same in the editor, which is not told either who is writing."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, int | str | None]:
        data = super().get_attribute_data(attrs)
        page = Page.objects.filter(pk=data["id"]).first()
        return {**data, "url": discreet_address(page)} if page else data


class TellingDocumentLinkHandler(DocumentLinkHandler):
    """Notes on the link to a document what is to be told of it: see `tell_documents`."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [
            format_html('<a href="{}" data-facts="{}">', document.url, document.facts) if document else "<a>"
            for document in cls.get_many(attrs_list)
        ]


def tell_documents(html: str) -> str:
    """Write behind each link of a rich text to a document its kind and its size."""
    return _DOCUMENT_LINK.sub(r"\g<start>\g<rest> (\g<facts>)", html)
