"""The editor of rich text is given a page's discreet address, like the readers of the text.

Wagtail registers its rules for the conversion as one for all links, with a handler for those to pages; there
is no way to register that handler alone.
"""

from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.rich_text import DiscreetPageLinkElementHandler
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the rules of the feature `link` in wagtail/admin/wagtail_hooks.py, and at `PageLinkElementHandler` "
    "in wagtail/admin/rich_text/converters/html_to_contentstate.py",
)


def link_discreetly_in_editor(features: FeatureRegistry) -> None:
    """Let the editor be given discreet addresses; called when Wagtail's own rules are registered."""
    rules = features.converter_rules_by_converter["contentstate"]["link"]["from_database_format"]
    rules['a[linktype="page"]'] = DiscreetPageLinkElementHandler("LINK")
