"""The navigation of each language, as editors arrange it."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, TranslatableMixin


class Place(models.TextChoices):
    """Where a link stands."""

    HEADER = "header", _("header")
    FOOTER = "footer", _("footer")


class NavigationMenu(TranslatableMixin, ClusterableModel):
    """The links in the head and foot of every page; one menu for each language.

    Each reader is shown the links that lead to pages they may read, and no others.
    """

    panels = [InlinePanel("items", heading=_("Links"), label=_("link"))]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("navigation menu")
        verbose_name_plural = _("navigation menus")
        constraints = [models.UniqueConstraint(fields=["locale"], name="home_menu_once_per_language")]

    def __str__(self) -> str:
        return str(self.locale.get_display_name()) if self.locale_id else ""

    def clean(self) -> None:
        """Refuse a second menu in a language, which the form does not ask for."""
        super().clean()
        if NavigationMenu.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(
                _("There is a navigation menu in this language already. Change that one: it is in the list."),
                code="unique",
            )


class NavigationItem(Orderable):
    """A link of a menu: to a page, whose title is its label unless one is given, or to an address."""

    menu = ParentalKey(NavigationMenu, on_delete=models.CASCADE, related_name="items")
    place = models.CharField(_("place"), max_length=6, choices=Place.choices, default=Place.HEADER)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Instead of a page: an address such as https://example.org/ or /en/search/."),
    )
    label = models.CharField(
        _("label"), max_length=40, blank=True, help_text=_("Empty, with a page: the page's title.")
    )

    panels = [PageChooserPanel("page"), FieldPanel("address"), FieldPanel("label"), FieldPanel("place")]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                name="home_link_leads_somewhere",
                condition=Q(page__isnull=False, address="") | (Q(page__isnull=True) & ~Q(address="")),
                violation_error_message=_("Choose a page or write an address: one of the two."),
            )
        ]

    def __str__(self) -> str:
        return self.label or (self.page.title if self.page else self.address)

    def clean(self) -> None:
        super().clean()
        if not self.address:
            return
        if not self.label:
            raise ValidationError({"label": _("Say what a link to an address is called.")})
        if not self.address.startswith("/") or self.address.startswith("//"):
            try:
                URLValidator(schemes=["https", "http"])(self.address)
            except ValidationError:
                raise ValidationError(
                    {"address": _("Write an address that begins with https:// or, on this site, with /.")}
                ) from None
