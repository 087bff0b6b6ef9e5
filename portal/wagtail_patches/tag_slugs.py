"""Tags have slugs like everything else: Latin letters without accents, and never nothing.

`taggit` makes them by a method of its model, and its settings know neither of the two.
"""

from taggit.models import TagBase

from portal.slugs import MAX_LENGTH, free_slug
from portal.wagtail_patches import Patch

PATCH = Patch(
    "django-taggit",
    "6.1.0",
    "`TagBase.slugify` and `TagBase.save` in taggit/models.py: when the number is given, and how it is "
    "asked for",
)


def slug_of_tag(self: TagBase, name: str, number: int | None = None) -> str:
    """Return the slug of a tag; the number tells it from others whose names make the same one."""
    words = free_slug(name, (), instead="tag", max_length=MAX_LENGTH)
    return words if number is None else f"{words}_{number}"


def apply() -> None:
    """Let tags be called so."""
    TagBase.slugify = slug_of_tag
