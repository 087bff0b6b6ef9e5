"""What the home app adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import NavigationMenu


class NavigationMenuViewSet(SnippetViewSet):
    """The navigation of each language, among the settings."""

    model = NavigationMenu
    icon = "list-ul"
    list_display = ["__str__"]
    add_to_settings_menu = True


register_snippet(NavigationMenu, viewset=NavigationMenuViewSet)
