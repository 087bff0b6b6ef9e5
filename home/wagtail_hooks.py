"""What the home app adds to Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.mail import mail_kinds
from home.models import NavigationMenu
from home.views import FirstStepsPanel, read_guide
from people.models import GroupKey
from portal.models import PortalSettings


class NavigationMenuViewSet(SnippetViewSet):
    """The navigation of each language, among the settings."""

    model = NavigationMenu
    icon = "list-ul"
    list_display = ["__str__"]
    add_to_settings_menu = True


hooks.register("mail_kinds", mail_kinds)


@hooks.register("register_admin_urls")
def register_guide() -> list[URLPattern]:
    return [
        path("guide/", read_guide, name="read_guide"),
        path("guide/<slug:slug>/", read_guide, name="read_guide"),
    ]


@hooks.register("register_help_menu_item")
def offer_guide() -> MenuItem:
    return MenuItem(_("Guide"), reverse_lazy("read_guide"), name="guide", icon_name="help", order=100)


@hooks.register("construct_homepage_panels")
def add_first_steps(request: HttpRequest, panels: list[Component]) -> None:
    panel = FirstStepsPanel(request.user, PortalSettings.for_request(request))
    if panel.is_needed():
        panels.append(panel)


@hooks.register("insert_global_admin_css")
def link_brand_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/brand.css"))


@hooks.register("construct_help_menu")
def leave_out_guides_elsewhere(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own guides are on the internet, know nothing of conversations, and are named once for all."""
    menu_items[:] = [
        item for item in menu_items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))
    ]


register_snippet(NavigationMenu, viewset=NavigationMenuViewSet)
hooks.register(
    "group_permissions",
    lambda: {
        GroupKey.EDITORS: (
            "home.add_navigationmenu",
            "home.change_navigationmenu",
            "home.delete_navigationmenu",
        )
    },
)
