"""The order in which names are read, in French and in English: the same whatever the database sorts by.

Letters count without their accents, so that `É` stands with `E` and `œ` with `oe`; other alphabets stand
where their Latin letters put them, and a word before longer ones. Of names with the same letters, accents
decide, the last ones first, as in Québec's alphabetical order: cote, côte, coté, côté.
"""

import unicodedata

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.search import fold, runs_of


def letters_of(name: str) -> str:
    """Return the words of a name by which it is looked up, in small Latin letters without accents."""
    return " ".join(filter(None, map(fold, runs_of(name))))


def sort_key_of(name: str) -> bytes:
    """Return what puts `name` in its place; two names have the same one only if they are the same."""
    accents = unicodedata.normalize("NFC", name).lower()[::-1]
    # NUL sorts before every letter, so that a name comes before longer ones that begin with it. The name
    # itself, last, tells apart those whose capitals or signs alone differ.
    return "\0".join((letters_of(name), accents, name)).encode(errors="replace")


class SortedByName(models.Model):
    """Something that lists show by its name; the database sorts the bytes of its key, which are no words."""

    sort_key = models.BinaryField(editable=False, default=b"")

    class Meta:
        abstract = True
        ordering = ["sort_key", "pk"]

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key_of(self.name)
        # A save of the name alone would leave the key of the old name behind.
        if "name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(*args, **kwargs)

    @admin.display(description=_("name"), ordering="sort_key")
    def listed_name(self) -> str:
        """The name, for a column that sorts by it."""
        return self.name
