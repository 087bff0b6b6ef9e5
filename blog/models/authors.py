"""Who writes articles."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from portal.slugs import SluggedByName
from portal.sorting import SortedByName


# The plugin does not find the managers that Wagtail gives to the models which point here.
class Author(SluggedByName, SortedByName, TranslatableMixin, index.Indexed, models.Model):  # type: ignore[django-manager-missing]
    """Somebody who signs articles; each language has its own row, with the role in its words.

    An author need not have an account: former colleagues and guests sign articles too.
    """

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("slug"),
        max_length=80,
        blank=True,
        allow_unicode=True,
        help_text=_("Part of the address of this author's articles. Empty: made from the name."),
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("For example “Director of Communications”.")
    )
    biography = models.TextField(_("biography"), max_length=600, blank=True)
    portrait = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("If this person has an account here."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("biography"),
        FieldPanel("portrait"),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("user")], pgettext_lazy("panel", "More")),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("role"),
        index.FilterField("locale_id"),
    ]

    class Meta(SortedByName.Meta, TranslatableMixin.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="blog_author_slug")]

    def __str__(self) -> str:
        return self.name
