"""Which decisions: adjectives that follow one another, over rows that are only ever added."""

from django.db import models

from portal.permissions import Viewer, closed_doors


class AppendOnly(Exception):
    """A decision stands as it was written."""


class DecisionQuerySet(models.QuerySet):
    """Decisions. They are added and read; nothing changes or removes one."""

    def by_people(self) -> "DecisionQuerySet":
        return self.filter(by__isnull=False)

    def on_pages_visible_to(self, viewer: Viewer) -> "DecisionQuerySet":
        """Decisions on comments under live pages that `viewer` may read."""
        decisions = self
        for door in closed_doors(viewer):
            decisions = decisions.exclude(comment__page__path__startswith=door.path)
        return decisions.filter(comment__page__live=True)

    def update(self, **kwargs: object) -> int:
        raise AppendOnly("A decision is never changed: write another one.")

    def forget_reasons(self) -> int:
        """Blank what moderators wrote, of somebody who is erased or after its time: the one lawful change."""
        return super().update(reason_text="")

    def bulk_update(self, *args: object, **kwargs: object) -> int:
        raise AppendOnly("A decision is never changed: write another one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("A decision is never deleted.")

    def bulk_create(self, objs, *args, **kwargs):
        if kwargs.get("update_conflicts"):
            raise AppendOnly("A decision is never changed: write another one.")
        return super().bulk_create(objs, *args, **kwargs)
