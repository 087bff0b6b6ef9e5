"""Settings that every environment shares.

Values that differ from one installation to the next are read from the environment by `portal.settings.env`
and documented, one by one, in `docs/reference/settings.md`; a test holds the two together.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from portal.settings.editions import *
from portal.settings.env import (
    make_private_folder,
    read_base_url,
    read_database,
    read_limit,
    read_mail_address,
    read_number,
    read_redis_url,
    read_switch,
    read_text,
    read_time_zone,
)
from portal.settings.provider import *

# Numpy, which openpyxl loads where it is installed, would keep a thread for each processor in each process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(read_text("PARLEY_DATA", str(BASE_DIR / "var"))).resolve()
# A proxy passes through it to `static` and `pages`, and lists nothing. The rest is for our own user alone.
VAR_DIR.mkdir(mode=0o711, parents=True, exist_ok=True)

INSTALLED_APPS = [
    "home",
    "blog",
    "moderation",
    "dialogue",
    "privacy",
    "mail",
    "people",
    "portal",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.PeopleUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",  # not mounted: wagtail-modeladmin's filters ask for its classes
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",  # so that our templates for Wagtail's fields are found
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",  # asked for by Wagtail's search on PostgreSQL; harmless on SQLite
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.page_store.middleware.PageStoreMiddleware",  # outermost: it keeps what the others make
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before the session: static files ask for nobody
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portal.middleware.IsolationMiddleware",  # before anything is looked up for another site
    "portal.middleware.FaultMiddleware",  # inside what writes headers, which pages of errors have too
    "portal.middleware.EditionMiddleware",  # outside all that remembers
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.RootLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # In this order: whether the session still holds, whether the provider confirms it, what is lacking yet.
    "people.middleware.SessionLimitsMiddleware",
    "people.middleware.ProviderMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Inside all that writes headers, so that its "not found" is any other's; outside the redirects, which
    # would tell where an internal page has gone.
    "portal.middleware.ViewRestrictionMiddleware",
    # Inside the restrictions, which answer alike whatever is sent, and inside those that sign somebody out.
    "people.middleware.SignedOutMiddleware",
    "portal.middleware.DiscreetRedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
FORCE_SCRIPT_NAME = ""  # the portal stands at the root of its host, whatever a server or a header says
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["portal.templatetags.date_tags"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {"default": read_database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'parley.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = read_redis_url("REDIS_URL")
# Shared by every process, so that limits hold without Redis; the table comes with a migration. Past so many
# rows, what has expired is deleted and nothing else ever: Django would throw out a third of the others, and
# counters of failed sign-ins, used codes and attempts that may be made once are among them.
TABLE_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "portal_cache",
    "OPTIONS": {"MAX_ENTRIES": 2_000, "CULL_FREQUENCY": sys.maxsize},
}
CACHES = {"default": TABLE_CACHE}
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "portal.caches.SteadyRedisCache", "LOCATION": REDIS_URL},
        "fallback": TABLE_CACHE,  # while Redis is unavailable
    }
# Wagtail notes the renditions that it shows at each view, with all that is known of the picture. Every
# process keeps its own: in a table each reading would write, and what is internal stays out of a shared one.
CACHES["renditions"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "renditions",
    "OPTIONS": {"MAX_ENTRIES": 2_000},
}

# Public pages are kept as files, on each machine, until something changes them.
PAGE_STORE = read_switch("PARLEY_PAGE_STORE", True)
PAGE_STORE_DIR = VAR_DIR / "pages"
# Caches elsewhere, such as a content network, are added here by their Wagtail names and purged with ours.
WAGTAILFRONTENDCACHE = {"page_store": {"BACKEND": "portal.page_store.PageStoreBackend"}}
WAGTAILFRONTENDCACHE_LANGUAGES: list[str] = []  # a page of one language is not another's: purge what is named

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = make_private_folder(VAR_DIR / "media")  # served by the application, which asks who may see it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Beside the media, which all machines share: who was erased is known to each of them after a restore.
    "erasures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT / "erasures",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

# A person pastes a long text, not a library: beyond this a request is answered with our 413 page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = read_time_zone("PARLEY_TIME_ZONE", "America/Toronto")
WAGTAIL_I18N_ENABLED = True

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["portal.wagtail_patches.password_check.OneHashBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "reset_password": "mail.forms.AskForLinkForm",
    "user_token": "people.forms.ActiveUserTokenForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators, never by visitors
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address that nobody here has gets no mail
# How long somebody stays signed in, counted from signing in: a working day. With rights in the admin, also
# how long without doing anything. `people.sessions` holds everybody to it.
SESSION_HOURS = read_number("PARLEY_SESSION_HOURS", 12, at_least=1, at_most=24)
IDLE_MINUTES = read_number("PARLEY_IDLE_MINUTES", 30, at_least=5, at_most=24 * 60)
# Whether those who may enter the admin need a second factor. Passkeys carry their own check of the person.
REQUIRE_MFA = read_switch("PARLEY_REQUIRE_MFA", False)
MFA_ADAPTER = "people.factors.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator has typed it
MFA_TOTP_TOLERANCE = 1  # half minutes by which a clock may be wrong; `people.factors` refuses a code twice
MFA_FORMS = {
    "activate_totp": "people.forms.AppForm",
    "add_webauthn": "people.forms.PasskeyForm",
    "authenticate": "people.forms.CodeForm",
    "authenticate_webauthn": "people.forms.PasskeyStepForm",
    "login_webauthn": "people.forms.PasskeySignInForm",
    "reauthenticate": "people.forms.CodeAgainForm",
    "reauthenticate_webauthn": "people.forms.PasskeyAgainForm",
}
SESSION_ENGINE = "portal.wagtail_patches.session_store"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60

# How much is taken in ten minutes and in a day: from a person who is known, from all guests of a network.
PERSON_COMMENTS = read_limit("PARLEY_PERSON_COMMENTS", "6 60")
NETWORK_COMMENTS = read_limit("PARLEY_NETWORK_COMMENTS", "20 200")
PERSON_FLAGS = read_limit("PARLEY_PERSON_FLAGS", "10 60")
NETWORK_FLAGS = read_limit("PARLEY_NETWORK_FLAGS", "10 60")
NETWORK_REQUESTS = read_limit("PARLEY_NETWORK_REQUESTS", "20 200")

# How many days personal data is kept, by the names of `privacy.retention`. What is not confirmed outlives the
# link that confirms it, and what the limits count is there for as long as they count.
LONGEST = 3_660
KEEP_DAYS = {
    "unconfirmed": read_number("PARLEY_KEEP_UNCONFIRMED_DAYS", 7, at_least=2, at_most=LONGEST),
    "networks": read_number("PARLEY_KEEP_NETWORKS_DAYS", 30, at_least=2, at_most=LONGEST),
    "rejected": read_number("PARLEY_KEEP_REJECTED_DAYS", 365, at_least=1, at_most=LONGEST),
    "hidden": read_number("PARLEY_KEEP_HIDDEN_DAYS", 365, at_least=1, at_most=LONGEST),
    "withdrawn": read_number("PARLEY_KEEP_WITHDRAWN_DAYS", 30, at_least=1, at_most=LONGEST),
    "reasons": read_number("PARLEY_KEEP_REASONS_DAYS", 365, at_least=1, at_most=LONGEST),
    "flags": read_number("PARLEY_KEEP_FLAGS_DAYS", 180, at_least=2, at_most=LONGEST),
    "guests": read_number("PARLEY_KEEP_GUESTS_DAYS", 365, at_least=30, at_most=LONGEST),
    "mail": read_number("PARLEY_KEEP_MAIL_DAYS", 90, at_least=2, at_most=LONGEST),
    "dead_mail": read_number("PARLEY_KEEP_DEAD_MAIL_DAYS", 30, at_least=2, at_most=LONGEST),
    "mail_requests": read_number("PARLEY_KEEP_MAIL_REQUESTS_DAYS", 1, at_least=1, at_most=LONGEST),
    "links": read_number("PARLEY_KEEP_LINKS_DAYS", 7, at_least=1, at_most=LONGEST),
    "devices": read_number("PARLEY_KEEP_DEVICES_DAYS", 30, at_least=1, at_most=LONGEST),
    "sessions": read_number("PARLEY_KEEP_SESSIONS_DAYS", 7, at_least=1, at_most=LONGEST),
    "attempts": read_number("PARLEY_KEEP_ATTEMPTS_DAYS", 1, at_least=1, at_most=LONGEST),
    "unsaved": read_number("PARLEY_KEEP_UNSAVED_DAYS", 7, at_least=1, at_most=LONGEST),
    "tasks": read_number("PARLEY_KEEP_TASKS_DAYS", 7, at_least=1, at_most=LONGEST),
    "acts": read_number("PARLEY_KEEP_ACTS_DAYS", 1_095, at_least=30, at_most=LONGEST),
}

# --- Wagtail ------------------------------------------------------------------------------------

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

# --- What a browser may do ----------------------------------------------------------------------

VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF, *VIDEO_HOSTS],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
# The editor shows the page that is being written in a frame.
PREVIEW_CSP: dict[str, list[str]] = {**SECURE_CSP, "frame-ancestors": [CSP.SELF]}
# Pictures in their making are shown from memory. Wagtail 8.0's text editor makes style sheets as somebody
# types, and its picture editor asks whether there is a touch screen by setting a handler that says "return;":
# look again with the next Wagtail.
ADMIN_CSP = {
    **PREVIEW_CSP,
    "script-src": [CSP.SELF, "'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    "style-src-elem": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"  # for browsers that do not know `frame-ancestors`; the others heed that alone
# What no page of ours asks a browser for; passkeys are not among it.
PERMISSIONS_POLICY = (
    "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), usb=()"
)
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

# --- Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = read_mail_address("PARLEY_MAIL_FROM", "parley@localhost.localdomain")
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL

# --- The conversation ---------------------------------------------------------------------------

# What is sent sooner after its form was first used is held for a moderator, never refused.
TICKET_MIN_AGE = timedelta(seconds=3)

# A guest's browser that has confirmed an address carries this cookie; whoever only reads has none.
GUEST_COOKIE_NAME = "guest"
GUEST_COOKIE_SECURE = False

# How many proxies of ours stand in front of the application: the addresses that they report are believed.
TRUSTED_PROXIES = read_number("PARLEY_TRUSTED_PROXIES", 0, at_least=0, at_most=10)
