"""Keeping the shapes of names as the names are."""

from django.contrib.auth.models import Group

from people.models import User
from people.models.shapes import write_shapes_of_groups, write_shapes_of_users


def renew_name_shapes() -> int:
    """Find the shapes of every account and group anew, and write those that were wrong; return how many.

    For names that changed past the models. The second time changes nothing.
    """
    users = write_shapes_of_users(User.objects.values_list("pk", flat=True))
    return users + write_shapes_of_groups(Group.objects.values_list("pk", flat=True))
