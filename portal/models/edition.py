"""The number under which what pages show is remembered."""

from django.db import models


class Edition(models.Model):
    """One row, whose number is another one whenever anything has changed that a page may show.

    `portal.editions` moves and reads it. The numbers are drawn at random and never come back: what was
    remembered while a transaction ran that was then undone is found by nobody.
    """

    number = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="portal_edition_is_one", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return str(self.number)
