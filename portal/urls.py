"""The addresses of the portal."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.csp import csp_override
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal import views

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.not_found"
handler429 = "portal.views.too_many_requests"  # allauth's name for it
handler500 = "portal.views.server_error"

urlpatterns = [
    path("admin/", include("people.admin_urls")),  # first: it closes Wagtail's own sign-in
    path(
        "admin/tag-autocomplete/", require_admin_access(views.suggest_tags), name="suggest_tags"
    ),  # in its place
    re_path(r"^admin/tag-autocomplete/.", views.not_found),
    path(
        "admin/",
        include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, csp_override(settings.ADMIN_CSP))),
    ),
    # Shared passwords are switched off; their form would tell which restrictions there are.
    re_path(r"^documents/authenticate_with_password/", views.not_found),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", views.serve_media, name="serve_media"),
    path("brand/<slug:digest>.css", views.brand_stylesheet, name="brand_stylesheet"),
    path("cards/<int:page_id>-<slug:digest>.png", views.share_card, name="share_card"),
    path("page/<int:page_id>/", views.open_page, name="open_page"),
    path("mail/", include("mail.urls")),
    path("account/provider/", include("people.provider.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("home.root_urls")),
]

if apps.is_installed("demo"):  # never on a real site
    urlpatterns += [path("mailbox/", include("demo.urls"))]

urlpatterns += i18n_patterns(
    path("account/", include("mail.account_urls")),
    path("account/", include("privacy.account_urls")),
    path("account/", include("people.urls")),
    path("data/", include("privacy.urls")),
    path("share/mastodon/", views.share_on_mastodon, name="share_on_mastodon"),
    path("", include("moderation.urls")),
    path("", include("dialogue.urls")),
    path("", include("home.urls")),
    path("", include("blog.urls")),
    re_path(r"^_util/", views.not_found),  # the same, and a second sign-in beside ours
    re_path(wagtail_urls.serve_pattern, views.serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
