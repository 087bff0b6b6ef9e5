"""The page store: public pages as files, served without asking anybody, and purged before they can be wrong.

A page that a reader without a session is shown is the same for every such reader. It is written to a file,
plain and compressed, and from then on it is read from there: by the middleware, without a query, or by a
proxy, without Python. Whatever changes a page takes its file away *before* the change is committed, and until
the change is through nothing is kept (decision 18).

Nobody purges: who changes what others may see calls `portal.visibility.visibility_changed`, and the store
listens (`purge_changed`). `purge_pages` and `purge_everything` are how it does.
"""

from portal.page_store.backends import PageStoreBackend
from portal.page_store.changes import purge_changed, purge_everything, purge_pages
from portal.page_store.offers import offer_to_store
from portal.page_store.store import tidy

__all__ = ["PageStoreBackend", "offer_to_store", "purge_changed", "purge_everything", "purge_pages", "tidy"]
