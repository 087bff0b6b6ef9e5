"""What the home app adds to Wagtail's admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import NavigationMenu
from people.models import GroupKey


class NavigationMenuViewSet(SnippetViewSet):
    """The navigation of each language, among the settings."""

    model = NavigationMenu
    icon = "list-ul"
    list_display = ["__str__"]
    add_to_settings_menu = True


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
