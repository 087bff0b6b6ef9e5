"""Slugs: the words by which an address names something. Latin letters without accents, and never nothing."""

import re
import unicodedata
from collections.abc import Container
from functools import cache
from itertools import chain, count

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

MAX_LENGTH = 80
PAGE_MAX_LENGTH = Page._meta.get_field("slug").max_length
# Letters of Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Georgian, signs between them, ligatures: a
# browser is told how to write these. Of other scripts it proposes nothing; their slug is made on saving.
ALPHABETS = (
    *((0x80, 0x250), (0x2B0, 0x590), (0x5D0, 0x6E0), (0x10A0, 0x1100)),
    *((0x1E00, 0x2150), (0xFB00, 0xFB07)),
)
OUTSIDE_SLUG = re.compile(r"[^\w\s-]", re.ASCII)
ENDS = r"^[^A-Za-z0-9]+|[^A-Za-z0-9]+$"


def slug_of(words: str, *, max_length: int = MAX_LENGTH) -> str:
    """Return the slug that the words make, empty where they have neither letter nor digit.

    Letters of other alphabets are written in Latin ones: `L’Œuvre` is `loeuvre`, `日本` is `riben`. Where the
    site lets slugs have accents (`WAGTAIL_ALLOW_UNICODE_SLUGS`), they stay. Doing it twice changes nothing.
    """
    may_have_accents = settings.WAGTAIL_ALLOW_UNICODE_SLUGS
    slug = slugify(words if may_have_accents else anyascii(words), allow_unicode=may_have_accents)
    return slug[:max_length].strip("-_")


def free_slug(words: str, taken: Container[str], *, instead: str, max_length: int = MAX_LENGTH) -> str:
    """Return the slug of the words, or with the first number from 2 on that nobody has taken.

    Words that make none are called `instead`.
    """
    base = slug_of(words, max_length=max_length) or instead
    endings = chain([""], (f"-{number}" for number in count(2)))
    # The words are cut, never the number: a cut number would be one that is taken.
    slugs = (base[: max_length - len(ending)].rstrip("-_") + ending for ending in endings)
    return next(slug for slug in slugs if slug not in taken)


def free_page_slug(words: str, parent: Page | None, page: Page) -> str:
    """Return the slug of the words for `page` below `parent`, numbered where another page there has it."""
    siblings = parent.get_children().exclude(pk=page.pk) if parent else Page.objects.none()
    taken = set(siblings.values_list("slug", flat=True))
    return free_slug(words, taken, instead="page", max_length=PAGE_MAX_LENGTH)


@cache
def formatters() -> list[tuple[str, str]]:
    """Return patterns, and what stands in their place, by which a browser makes of words what `slug_of` does.

    Wagtail's script goes through them before it does the rest by itself; its own table of letters is another.
    """
    signs: dict[str, str] = {}
    for sign in (chr(point) for alphabet in ALPHABETS for point in range(*alphabet)):
        if unicodedata.category(sign) != "Cn":
            written = OUTSIDE_SLUG.sub("", anyascii(sign).lower())
            signs[written] = signs.get(written, "") + sign
    return [*((f"[{those}]", written) for written, those in signs.items()), (ENDS, "")]


class SluggedByName(models.Model):
    """Something with a name and, in its language, a slug of its own: a given one, or one from the name.

    `Meta.constraints` of the model holds the pair of language and slug to be unique; what breaks it is told
    beside the field that can mend it, before the database is asked.
    """

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self._settle_slug()

    def save(self, *args: object, **kwargs: object) -> None:
        # Forms settle it in `clean`, and say what is taken; this is for what code makes without one.
        if not self.slug:
            self._settle_slug()
        super().save(*args, **kwargs)

    def _settle_slug(self) -> None:
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        others = type(self)._default_manager.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        taken = set(others.values_list("slug", flat=True))
        wanted = slug_of(self.slug)
        free = free_slug(wanted or self.name, taken, instead=self._meta.model_name)
        if wanted in taken:
            said = _("“%(slug)s” is taken in this language. Free is, for example, “%(free)s”.")
            raise ValidationError(
                {"slug": ValidationError(said, code="unique", params={"slug": wanted, "free": free})}
            )
        self.slug = free
