"""What the home app adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.mail import mail_kinds
from home.models import NavigationMenu
from people.models import GroupKey


class NavigationMenuViewSet(SnippetViewSet):
    """The navigation of each language, among the settings."""

    model = NavigationMenu
    icon = "list-ul"
    list_display = ["__str__"]
    add_to_settings_menu = True


hooks.register("mail_kinds", mail_kinds)
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
