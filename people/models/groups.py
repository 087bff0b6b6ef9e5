"""What is known of a group beside its name, which may change and be in any language."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKey(models.TextChoices):
    """The groups that the portal itself counts on, and what each is called until somebody renames it."""

    EDITORS = "editors", pgettext_lazy("group", "Editors")
    WRITERS = "writers", pgettext_lazy("group", "Writers")
    MODERATORS = "moderators", pgettext_lazy("group", "Comment moderators")
    ANSWERERS = "answerers", pgettext_lazy("group", "Answerers")
    EMPLOYEES = "employees", pgettext_lazy("group", "Employees")

    @property
    def purpose(self) -> str | Promise:
        """A sentence on what the group is for, for those who put people into it."""
        return PURPOSES[self]


PURPOSES = {
    GroupKey.EDITORS: _("Write and publish pages, answer for the organisation, feature comments."),
    GroupKey.WRITERS: _("Write pages and submit them; editors publish them."),
    GroupKey.MODERATORS: _("Decide on comments and answer flags."),
    GroupKey.ANSWERERS: _("Answer comments for the organisation, on the site; the admin stays closed."),
    GroupKey.EMPLOYEES: _("Read the internal dialogues and speak in them."),
}


class GroupProfile(models.Model):
    """Says which of the portal's own groups a group is, and what it is called in other languages.

    Deleting the group deletes it.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    key = models.CharField(_("key"), max_length=12, choices=GroupKey.choices, blank=True)
    names = models.JSONField(_("names"), default=dict, blank=True)  # by language, beside that of the group

    class Meta:
        verbose_name = _("profile of a group")
        verbose_name_plural = _("profiles of groups")
        default_permissions = ()
        constraints = [
            # By its key the portal finds one of its own groups; the others have none.
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="one_group_for_each_key"
            )
        ]

    def __str__(self) -> str:
        return self.key or self.group.name
