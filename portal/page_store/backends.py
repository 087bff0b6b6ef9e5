"""The page store as one of Wagtail's front-end caches: whoever purges an address there purges it here."""

from collections.abc import Iterable

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from portal.page_store.addresses import folder_of_url
from portal.page_store.store import AT_PLACE, is_in_use, open_store


class PageStoreBackend(BaseBackend):
    """Purges what is kept at the given addresses, in all its variants."""

    def purge(self, url: str) -> None:
        self.purge_batch([url])

    def purge_batch(self, urls: Iterable[str]) -> None:
        folders = filter(None, map(folder_of_url, urls))
        scopes = {AT_PLACE + folder for folder in folders}
        if scopes and is_in_use():
            open_store().put_up_mark(scopes).take_down()
