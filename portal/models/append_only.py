"""Rows that are added and read, and never changed: what has happened stands as it was written.

The database refuses the same by triggers (`portal.guards`).
"""

from typing import Any, ClassVar

from django.db import models


class AppendOnly(Exception):
    """A row of a log was to be changed or deleted."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model._meta.label} is only added to: write another row.")


class AppendOnlyQuerySet(models.QuerySet):
    """Rows of a log. A method that must change some all the same calls `models.QuerySet`, and says why."""

    def update(self, **kwargs: object) -> int:
        raise AppendOnly(self.model)

    def bulk_update(self, *args: object, **kwargs: object) -> int:
        raise AppendOnly(self.model)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(self.model)

    def bulk_create(self, objs, *args, **kwargs):
        if kwargs.get("update_conflicts"):
            raise AppendOnly(self.model)
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnlyModel(models.Model):
    """One row of a log: saved once. Its manager is made of an `AppendOnlyQuerySet`.

    Texts that somebody may want erased are `forgettable`: they are emptied, and never changed otherwise.
    """

    forgettable: ClassVar[frozenset[str]] = frozenset()
    # A row that says nothing once what it is about is gone goes with it; most logs keep theirs.
    deleted_with_its_subject: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly(type(self))
