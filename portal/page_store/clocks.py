"""How long a page stays right if nobody changes anything: until something opens, closes, appears or expires.

An app whose pages change with the time registers on the hook `next_change_of_pages`, which is given a moment
and returns the next one at which a page looks different, or None.
"""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Revision

from portal.page_store.marks import Beginning
from portal.page_store.offers import EVERYTHING
from portal.page_store.store import PageStore

# By the root of a store: how the list of purges stood when it was last read when anything changes, and when.
_read: dict[str, tuple[Beginning, datetime | None]] = {}


def next_change(store: PageStore, beginning: Beginning) -> datetime | None:
    """Return the next moment at which some page changes by itself. Asks the database after a purge only."""
    former, moment = _read.get(store.root, (None, None))
    now = timezone.now()
    has_passed = moment is not None and moment <= now
    if former is None or has_passed or EVERYTHING in store.marks.touched_since(former):
        moment = read_next_change(now)
    _read[store.root] = (beginning, moment)
    return moment


def read_next_change(now: datetime) -> datetime | None:
    """Return the first moment after `now` that any app knows of."""
    moments = [
        Page.objects.filter(live=True, expire_at__gt=now).aggregate(next=Min("expire_at"))["next"],
        Revision.objects.filter(approved_go_live_at__gt=now).aggregate(next=Min("approved_go_live_at"))[
            "next"
        ],
        *(find(now) for find in hooks.get_hooks("next_change_of_pages")),
    ]
    return min(filter(None, moments), default=None)
