"""What articles are about."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from portal.slugs import SluggedByName, slug_of
from portal.sorting import SortedByName


class Topic(SluggedByName, SortedByName, TranslatableMixin, index.Indexed, models.Model):
    """A subject that the organisation keeps coming back to; each language has its own row."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, blank=True, allow_unicode=True)

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("A sentence or two, shown above the articles about it."),
    )

    panels = [FieldPanel("name"), FieldPanel("introduction"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(SortedByName.Meta, TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="portal_topic_slug")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that is there already, however it is spelt: two would divide its articles."""
        super().clean()
        same = slug_of(self.name)
        others = Topic.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        # Compared here: no database makes slugs as we do, and topics are few.
        for name in others.values_list("name", flat=True):
            if same and slug_of(name) == same:
                said = _("There is a topic “%(name)s” in this language. Use it, or choose another name.")
                raise ValidationError({"name": ValidationError(said, code="unique", params={"name": name})})
