"""Settings for a site that real people use; everything secret or local comes from the environment."""

from portal.settings.base import *
from portal.settings.base import TRUSTED_PROXIES
from portal.settings.env import (
    read_base_url,
    read_former_secrets,
    read_hosts,
    read_mail_address,
    read_number,
    read_secret,
    read_switch,
    read_text,
    refusal,
)
from portal.settings.logs import LOGGING  # noqa: F401 - a setting

DEBUG = False
SECRET_KEY = read_secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = read_former_secrets("SECRET_KEY_FALLBACKS")
DIGEST_KEY = read_secret("PARLEY_DIGEST_KEY")
ALLOWED_HOSTS = read_hosts("PARLEY_HOSTS")
WAGTAILADMIN_BASE_URL = read_base_url("PARLEY_BASE_URL", schemes=frozenset({"https"}))
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

# --- Always encrypted ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines beside us
SECURE_HSTS_SECONDS = 31_536_000
# Other sites below the domain may not be encrypted, and browsers keep a promise for a year.
SECURE_HSTS_INCLUDE_SUBDOMAINS = read_switch("PARLEY_HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = read_switch("PARLEY_HSTS_PRELOAD", False)
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise refusal(
        "PARLEY_HSTS_PRELOAD", "Browsers take only whole domains: set PARLEY_HSTS_SUBDOMAINS as well."
    )
# That they are off is a choice, and no fault.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if TRUSTED_PROXIES:
    # Only a proxy of ours may say that a request came encrypted: it overwrites what visitors send.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The prefix makes browsers refuse such a cookie from anybody but this host, encrypted, for all of the site.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
GUEST_COOKIE_NAME = "__Host-guest"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = GUEST_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = "/"

REQUIRE_MFA = read_switch("PARLEY_REQUIRE_MFA", True)

# --- Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = read_mail_address("PARLEY_MAIL_FROM", "")
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": read_text("MAIL_HOST", "localhost"),
            "port": read_number("MAIL_PORT", 25, at_least=1, at_most=65_535),
            "username": read_text("MAIL_USER", ""),
            "password": read_text("MAIL_PASSWORD", ""),
            "use_tls": read_switch("MAIL_TLS", False),
            "timeout": 10,
        },
    }
}
