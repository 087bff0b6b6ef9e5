"""Models of the frame, one module for each noun."""

from portal.models.append_only import AppendOnly, AppendOnlyModel, AppendOnlyQuerySet
from portal.models.caches import CacheEntry
from portal.models.documents import PortalDocument
from portal.models.edition import Edition
from portal.models.images import PortalImage, PortalRendition
from portal.models.jobs import FailingJob
from portal.models.pages import BasePage
from portal.models.site import PortalSettings
from portal.models.topics import Topic

__all__ = [
    "AppendOnly",
    "AppendOnlyModel",
    "AppendOnlyQuerySet",
    "BasePage",
    "CacheEntry",
    "Edition",
    "FailingJob",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PortalSettings",
    "Topic",
]
