"""Who speaks: users, participants, sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        from people import groups, preferences, signals  # noqa: F401, PLC0415 - each registers or mends what it holds

        groups.show_names()
        preferences.offer_only_what_has_an_effect()


class PeopleUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for people and groups, with what we add to them."""

    default = False
    group_viewset = "people.viewsets.GroupViewSet"
    user_viewset = "people.viewsets.UserViewSet"
