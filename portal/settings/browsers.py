"""What a browser may do with our pages: the content policies, and the headers beside them."""

from django.utils.csp import CSP

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
