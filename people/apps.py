"""Who speaks: users, participants, sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        from wagtail.models import Task, Workflow  # noqa: PLC0415

        from people import groups, signals  # noqa: F401, PLC0415 - registers what it holds
        from portal.wagtail_patches.group_names import show_group_names  # noqa: PLC0415
        from portal.wagtail_patches.stored_names import show_own_name  # noqa: PLC0415

        show_group_names(groups.shown_name)
        for model in (Workflow, Task):
            show_own_name(model, groups.EDITORS_APPROVAL)


class PeopleUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for people and groups, with what we add to them."""

    default = False
    group_viewset = "people.viewsets.GroupViewSet"
    user_viewset = "people.viewsets.UserViewSet"
