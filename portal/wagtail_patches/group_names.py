"""Every list of groups shows what a group is called in the reader's language.

Django shows a group by its name as it is stored, and lets its model not be exchanged for one of our own. What
a group is called, the app that keeps groups says, and gives it here.
"""

from collections.abc import Callable

from django.contrib.auth.models import Group

from portal.wagtail_patches import Patch

PATCH = Patch(
    "django",
    "6.1.3",
    "`Group.__str__` in django/contrib/auth/models.py, and at whether the model of groups can be "
    "exchanged by now",
)


def show_group_names(shown_name: Callable[[Group], str]) -> None:
    """Let `shown_name` say what a group is called, wherever one is shown."""
    Group.add_to_class("__str__", shown_name)
