"""Slugs: the words by which an address names something. Latin letters without accents, and never nothing."""

from collections.abc import Container
from itertools import chain, count

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 80


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
    slugs = (base[: max_length - len(ending)].rstrip("-_") + ending for ending in endings)
    return next(slug for slug in slugs if slug not in taken)


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
