"""In which sections a group moderates: a panel of the form of a group."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from dialogue.models import ConversationSection
from people.models import GroupSection


def conversation_sections() -> "Page.objects":
    """Return the sections that hold conversations, in the order of the tree."""
    models = [model for model in get_page_models() if issubclass(model, ConversationSection)]
    return Page.objects.type(*models).select_related("locale").order_by("path")


class SectionsField(forms.ModelMultipleChoiceField):
    """Sections by their titles and languages."""

    def label_from_instance(self, page: Page) -> str:
        return f"{page.title} ({page.locale})"


class GroupSectionsForm(forms.Form):
    """The sections in which a group has its rights over what people say; none is everywhere."""

    sections = SectionsField(
        label=_("Only in these sections"),
        help_text=_(
            "What the group may do with comments, flags and decisions, it may do in the sections that are "
            "ticked and below them. With none ticked it may do so everywhere."
        ),
        queryset=Page.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, instance: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, prefix="moderation", **kwargs)
        self.group = instance
        self.fields["sections"].queryset = conversation_sections()
        if instance is not None and instance.pk:
            self.initial["sections"] = list(instance.sections.values_list("page", flat=True))

    def save(self) -> None:
        """Keep what is ticked; what is not is a right no more."""
        chosen = self.cleaned_data["sections"]
        GroupSection.objects.filter(group=self.group).exclude(page__in=chosen).delete()
        for page in chosen:
            GroupSection.objects.get_or_create(group=self.group, page=page)

    def as_admin_panel(self) -> SafeString:
        return render_to_string("moderation/group_sections.html", {"form": self})
