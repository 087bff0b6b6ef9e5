"""Forms of the frame."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from portal.permissions import copy_stays_among_readers
from portal.sharing import ShareTarget
from portal.slugs import PAGE_MAX_LENGTH, free_page_slug, slug_of
from portal.widgets import DeadlineInput, MomentInput, OrderedCheckboxes, PortalSlugInput


class ColourInput(forms.TextInput):
    """The browser's own colour picker."""

    input_type = "color"


class BasePageForm(WagtailAdminPageForm):
    """Settles the slug before Wagtail asks whether it is taken; an empty one is made from the title.

    In Wagtail's dialog for schedules, a page that expires on a day is there until the end of it.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name, kind in (("go_live_at", MomentInput), ("expire_at", DeadlineInput)):
            if name in self.fields:
                field = self.fields[name]
                place = field.widget.js_overlay_parent_selector
                field.widget = kind(field.widget.attrs, js_overlay_parent_selector=place)

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        if "slug" in data:
            data["slug"] = slug_of(data["slug"], max_length=PAGE_MAX_LENGTH)
            if data.get("title") and not data["slug"]:
                data["slug"] = free_page_slug(data["title"], self.parent_page, self.instance)
        return super().clean()


class PortalCopyForm(CopyForm):
    """Proposes slugs like the form of the page, and refuses places where the copy would have more readers."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].widget = PortalSlugInput(locale=self.page.locale)

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if "new_parent_page" in data and not copy_stays_among_readers(
            self.page, data["new_parent_page"], is_recursive=bool(data.get("copy_subpages"))
        ):
            said = _(
                "This page, or one below it, is closed to some who read the place you chose, and a copy "
                "would show it to them. Nothing was copied."
            )
            self.add_error("new_parent_page", said)
        return data


class PortalSettingsForm(WagtailAdminModelForm):
    """The site's settings; where pages may be shared is a list to tick and to order."""

    share_targets = forms.MultipleChoiceField(
        label=_("Share targets"),
        help_text=_(
            "Plain links under public articles and dialogues, in this order; nothing is loaded from these "
            "places."
        ),
        choices=ShareTarget.choices,
        widget=OrderedCheckboxes,
        required=False,
    )
