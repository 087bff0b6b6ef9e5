"""The sitemap: what anybody may read, for search engines."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from portal.permissions import visible_pages

ENTRIES_PER_FILE = 5_000


class PageSitemap(Sitemap):
    """Every page that a stranger may read, each with its twins in the other languages."""

    limit = ENTRIES_PER_FILE

    def items(self) -> Any:
        pages = Page.objects.filter(depth__gt=1).select_related("locale").order_by("path")
        return visible_pages(pages, AnonymousUser())

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: Any = None) -> list[dict[str, Any]]:
        """Return the entries of one file, each as readers know the page: its address and last publication.

        Drafts and waiting comments leave no trace: only what was published moves `lastmod`.
        """
        pages = list(self.paginator.page(page).object_list)
        twins = defaultdict(list)
        for entry in pages:
            twin = {"lang_code": entry.locale.language_code, "location": entry.full_url}
            twins[entry.translation_key].append(twin)
        return [
            {
                "location": entry.full_url,
                "lastmod": entry.last_published_at,
                "alternates": twins[entry.translation_key] if len(twins[entry.translation_key]) > 1 else [],
            }
            for entry in pages
        ]
