"""The admin shows nobody a picture or document of a collection that is closed to them.

Every question that Wagtail's policy of collections answers comes to two methods of its own, and each of the
public ones would have to be replaced instead of them.
"""

from collections.abc import Iterable

from django.db import models
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from portal.permissions import Viewer, closed_collections_in_admin
from portal.permissions.restrictions import is_restricted_by, outside
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`CollectionOwnershipPermissionPolicy` in wagtail/permission_policies/collections.py: that every "
    "answer about a collection still comes from `_check_perm` or `_collections_with_perm`",
)


class PortalCollectionPolicy(CollectionOwnershipPermissionPolicy):
    """Which pictures and documents the admin shows to somebody: none of a collection closed to them."""

    def _check_perm(self, user: Viewer, actions: Iterable[str], collection: Collection | None = None) -> bool:
        if collection is not None and is_restricted_by(collection, closed_collections_in_admin(user)):
            return False
        return super()._check_perm(user, actions, collection)

    def _collections_with_perm(self, user: Viewer, actions: Iterable[str]) -> models.QuerySet:
        return outside(super()._collections_with_perm(user, actions), closed_collections_in_admin(user))
