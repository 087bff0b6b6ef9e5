"""Who may read a page: the one place that answers, for pages, lists, feeds, search, menus and choosers.

`restrictions` knows which view restrictions stand where, `readers` who may read a page because of them, and
`admin` what is left of Wagtail's permissions behind them.
"""

from portal.permissions.admin import (
    PAGE_RIGHTS,
    PortalPagePermissionPolicy,
    PortalPagePermissionTester,
    closed_collections_in_admin,
    edits_pages,
    is_closed_file_in_admin,
    is_closed_in_admin,
    reachable_files,
    reaches_every_page,
)
from portal.permissions.readers import (
    Audience,
    audience_of,
    can_read_page,
    copy_stays_among_readers,
    reachable_pages,
    readers_are_within,
    readers_stay_within,
    title_for,
    visible_pages,
    within_readers_of,
)
from portal.permissions.restrictions import (
    Restriction,
    Viewer,
    covering,
    current_viewer,
    goes_with_its_page,
    groups_of,
    is_restricted_by,
    let_belong,
    load_restrictions,
    once_for,
    restrictions_against,
    viewer_known,
)

__all__ = [
    "PAGE_RIGHTS",
    "Audience",
    "PortalPagePermissionPolicy",
    "PortalPagePermissionTester",
    "Restriction",
    "Viewer",
    "audience_of",
    "can_read_page",
    "closed_collections_in_admin",
    "copy_stays_among_readers",
    "covering",
    "current_viewer",
    "edits_pages",
    "goes_with_its_page",
    "groups_of",
    "is_closed_file_in_admin",
    "is_closed_in_admin",
    "is_restricted_by",
    "let_belong",
    "load_restrictions",
    "once_for",
    "reachable_files",
    "reachable_pages",
    "reaches_every_page",
    "readers_are_within",
    "readers_stay_within",
    "restrictions_against",
    "title_for",
    "viewer_known",
    "visible_pages",
    "within_readers_of",
]
