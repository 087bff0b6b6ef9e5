"""How Wagtail is set up for this portal."""

from django.utils.translation import gettext_lazy as _

from portal.settings.env import read_base_url

WAGTAIL_SITE_NAME = "Parley"
WAGTAILADMIN_BASE_URL = read_base_url("PARLEY_BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Otherwise an editor who types an address is told the title of the page behind it, be it internal.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
# “…/trop-tôt/” would be “…/trop-t%C3%B4t/” wherever it is printed, copied or sent.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = ["America/Toronto", "America/Halifax", "America/Vancouver", "Europe/Paris", "UTC"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_MODEL = "portal.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.picture_forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "portal.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# No SVG and no HTML: they carry scripts. `portal.metadata` knows these kinds of pictures.
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "ics", "epub", "zip", "mp4", "webm"),
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # videos are known by their address; nobody is asked
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.wagtail_patches.search_terms"}}
# Remarks of editors to each other on a draft: a comment is what a reader says, here and in the whole admin.
WAGTAILADMIN_COMMENTS_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True
