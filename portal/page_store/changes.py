"""Whatever changes a page purges it, before the change is committed.

Who changes what others may see tells it (`portal.visibility`), and `purge_changed` listens. Beneath it, every
statement that writes is looked at on its way to the database. One to a table that no page shows, or whose
writers tell, passes; any other purges everything, and so does one that changes a comment before readers while
nothing was told. So nobody can forget to purge: neither a bulk update, nor Wagtail, nor a table that comes
tomorrow.
"""

import logging
import re
import threading
import weakref
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Page

from portal.page_store.marks import Mark
from portal.page_store.offers import CONVERSATIONS, EVERYTHING, scope_of_page
from portal.page_store.store import is_in_use, open_store
from portal.visibility import Change

# --- Tables that may be written without a purge -----------------------------------------------------------

# `dialogue.actions` tells which comments change: no more is purged. Who follows or flags one is on no page.
OF_CONVERSATIONS = {
    *("dialogue_comment", "dialogue_commentrevision", "dialogue_conversation", "moderation_decision"),
    *("dialogue_follow", "dialogue_follownotice", "moderation_flag", "moderation_waitingnotice"),
    *("dialogue_commentevent", "dialogue_replyinvitation"),
    *("moderation_screeningtrace", "moderation_screeningterm", "moderation_decisionseal"),
    "moderation_pendingdecision",
}
# Who somebody is, how they sign in and what they are mailed: a comment keeps the name that is shown with it.
OF_PEOPLE = {
    *("people_user", "people_user_groups", "people_user_user_permissions", "people_participant"),
    *("people_nameshape", "people_groupsection"),
    *("privacy_consent", "people_device", "privacy_erasure", "mail_maillink", "mail_mailpreference"),
    *("mail_mailrequest", "mail_outgoingmail", "mail_suppressedaddress", "people_usersession"),
    *("people_provideridentity", "people_providersession", "account_emailaddress", "mfa_authenticator"),
    *("django_session", "wagtailusers_userprofile", "wagtailcore_apitoken"),
}
# What the site notes for itself: counters, tasks, the search index, sizes of pictures, logs; and the edition,
# which moves with what purges by itself.
OF_THE_HOUSE = {
    *("portal_cache", "portal_edition", "portal_portalrendition", "django_tasks_database_dbtaskresult"),
    *("wagtailsearch_indexentry", "wagtailsearch_indexentry_fts", "wagtailcore_referenceindex"),
    *("wagtailcore_pagelogentry", "wagtailcore_modellogentry", "wagtailcore_uploadedfile"),
    *("portal_failingjob",),
}
# Drafts and who is writing them; publishing writes the page itself.
OF_DRAFTS = {
    *("wagtailcore_revision", "wagtailadmin_editingsession", "wagtailadmin_formstate"),
    *("wagtailcore_workflowstate", "wagtailcore_taskstate", "wagtailcore_pagesubscription"),
}
QUIET_TABLES = OF_CONVERSATIONS | OF_PEOPLE | OF_THE_HOUSE | OF_DRAFTS
# Of a page's own row, what a draft moves: the editor saves one twice a second.
QUIET_COLUMNS = {
    *("draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at"),
    *("locked", "locked_at", "locked_by_id"),
}
PAGES = "wagtailcore_page"
# What readers see of a comment: whoever writes it has said before that it changes.
COMMENTS = "dialogue_comment"
SHOWN_OF_COMMENTS = {"status", "published_version", "html", "fragment", "author_name", "quote_consented_at"}

# The table that a statement writes. `WITH` may come before it, and `OR IGNORE` into it (SQLite).
WRITES = re.compile(
    r"\s*(?:WITH\b.*?\b)?"
    r'(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE)\s+"?(\w+)',
    re.IGNORECASE | re.DOTALL,
)
COLUMN = re.compile(r'"(\w+)" = ')

logger = logging.getLogger(__name__)
# The marks that this thread has put up and not yet taken down; what Django does after the commit holds them.
_up = threading.local()


def purge_changed(change: Change) -> None:
    """Purge what shows what others may see from now on, or no longer."""
    if change.is_of_comments:
        purge_pages(change.conversations | change.quoted_in)
    else:
        purge_everything()


def purge_pages(page_ids: Iterable[int]) -> None:
    """Purge what shows the conversations of these pages or quotations in them, and what lists conversations.

    Called within the transaction of the change; until it is over, nothing of it is kept.
    """
    page_ids = list(page_ids)
    if page_ids:
        _change({CONVERSATIONS, *map(scope_of_page, page_ids)}, page_ids)


def purge_everything() -> None:
    """Purge every page, and keep none until the transaction is over."""
    _change({EVERYTHING})


def is_quiet(table: str, sql: str) -> bool:
    """Whether this statement changes nothing that a page shows, or somebody else purges for it."""
    if table == COMMENTS:
        return _mark_that_covers({CONVERSATIONS}) is not None or SHOWN_OF_COMMENTS.isdisjoint(columns_of(sql))
    if table in QUIET_TABLES:
        return True
    columns = columns_of(sql) if table == PAGES else set()
    return bool(columns) and QUIET_COLUMNS.issuperset(columns)


def columns_of(sql: str) -> set[str]:
    """Return the columns that an `UPDATE` sets."""
    return set(COLUMN.findall(sql.partition(" WHERE ")[0])) if sql.startswith("UPDATE") else set()


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Purge before a statement that changes what pages show; outside of a transaction, until it is done."""
    text = sql if isinstance(sql, str) else str(sql)
    written = None if text.startswith("SELECT") else WRITES.match(text)
    if written is None or is_quiet(written[1], text) or not is_in_use():
        return execute(sql, params, many, context)
    if context["connection"].in_atomic_block:
        purge_everything()
        return execute(sql, params, many, context)
    mark = _put_up({EVERYTHING}, [])
    try:
        return execute(sql, params, many, context)
    finally:
        mark.take_down()


@receiver(connection_created)
def watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Look at what this connection writes, from its first statement on."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once the change is committed, at once where there is no transaction.

    The transaction holds `act` until then; if it is rolled back, be it to a savepoint, it lets go of it.
    """
    transaction.on_commit(act, robust=True)


def _change(scopes: set[str], page_ids: Iterable[int] = ()) -> None:
    if not is_in_use():
        return
    mark = _mark_that_covers(scopes) or _put_up(scopes, page_ids)
    after_commit(mark.take_down)


def _put_up(scopes: set[str], page_ids: Iterable[int]) -> Mark:
    mark = open_store().put_up_mark(scopes)
    _marks().append(weakref.ref(mark))
    others = {name: one for name, one in get_backends().items() if name != "page_store"}
    if others:
        urls = [*_urls_of(mark.purged), *_urls_of_pages(page_ids)]
        mark.at_the_end(lambda: _tell(others, urls))
    return mark


def _mark_that_covers(scopes: set[str]) -> Mark | None:
    """Return a mark of the transaction under way that keeps these scopes from being kept."""
    for mark in filter(None, (reference() for reference in _marks())):
        if mark.is_up and (EVERYTHING in mark.scopes or scopes <= mark.scopes):
            return mark
    return None


def _marks() -> list[weakref.ref[Mark]]:
    _up.marks = [one for one in getattr(_up, "marks", []) if (mark := one()) is not None and mark.is_up]
    return _up.marks


# --- Proxies elsewhere -------------------------------------------------------------------------------------


def _urls_of(folders: Iterable[str]) -> list[str]:
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return [f"{scheme}://{folder}/" for folder in folders]


def _urls_of_pages(page_ids: Iterable[int]) -> list[str]:
    """Return the addresses of pages whose answers may be elsewhere though none is kept here."""
    pages = Page.objects.filter(pk__in=page_ids) if page_ids else []
    return [url for page in pages if (url := page.full_url)]


def _tell(backends: dict[str, Any], urls: list[str]) -> None:
    """Let caches elsewhere forget these addresses. What they cannot do must not undo what is done."""
    for name, backend in backends.items():
        try:
            backend.purge_batch(sorted(set(urls)))
        except Exception:
            logger.exception("HTTP cache %s: purging %s addresses failed", name, len(set(urls)))
