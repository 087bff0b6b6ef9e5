"""The tags that Wagtail offers as filters are those of files that whoever asks may reach.

It counts the tags of all files, closed ones too, by one function, which two modules have taken by name.
"""

from wagtail.admin import filters
from wagtail.images.views import chooser

from portal.tags import popular_tags
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`popular_tags_for_model` in wagtail/admin/models.py, and at which modules take it by name",
)


def apply() -> None:
    """Let both ask us."""
    filters.popular_tags_for_model = chooser.popular_tags_for_model = popular_tags
