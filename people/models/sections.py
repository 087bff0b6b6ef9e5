"""Where in the site the rights of a group hold."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class GroupSection(models.Model):
    """A section in which a group has its rights over what people say; without one it has them everywhere.

    Where the section was deleted the row stays without a page: nobody comes to moderate all of the site
    because a part of it is gone.
    """

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="sections"
    )
    page = models.ForeignKey(
        Page, verbose_name=_("section"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("section of a group")
        verbose_name_plural = _("sections of groups")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="people_group_section_once")]

    def __str__(self) -> str:
        return f"{self.group} – {self.page}"
