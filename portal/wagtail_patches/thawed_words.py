"""Words that Wagtail translates once, when it is imported, are translated for each reader.

Until it says so itself, whoever reads in another language than that of the settings meets tabs, headings and
labels of that language. What has no words of its own there, and shows a field's name in English, has some.
"""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin import auth
from wagtail.admin.forms import choosers
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.views import IndexView as RedirectIndexView
from wagtail.forms import TaskStateCommentForm
from wagtail.images.forms import GroupImagePermissionFormSet, ImageInsertionForm, URLGeneratorForm
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.forms import ParentChooserForm

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the calls of `gettext` at the level of a class or a module, in wagtail/admin/viewsets/chooser.py, "
    "wagtail/admin/forms/collections.py, wagtail/contrib/redirects/, wagtail/images/forms.py and "
    "wagtail/forms.py, at `SnippetViewSet.breadcrumbs_items`, and at `permission_denied` in "
    "wagtail/admin/auth.py, called outside of the reader's language: those that are lazy need no patch",
)
# Their French is Wagtail's: by another name than ours, they are not collected for our own catalogue.
wagtails = _
LABELS: dict[type[Form], dict[str, Any]] = {
    TaskStateCommentForm: {"comment": wagtails("Comment")},
    ParentChooserForm: {"parent_page": wagtails("Parent page")},
    ImageInsertionForm: {
        "format": wagtails("Format"),
        "image_is_decorative": wagtails("Image is decorative"),
        "alt_text": wagtails("Alt text"),
    },
    URLGeneratorForm: {
        "filter_method": wagtails("Filter"),
        "width": wagtails("Width"),
        "height": wagtails("Height"),
        "closeness": wagtails("Closeness"),
    },
    choosers.ExternalLinkChooserForm: {"link_text": _("Words of the link")},
    choosers.AnchorLinkChooserForm: {"link_text": _("Words of the link")},
    choosers.EmailLinkChooserForm: {
        "email_address": wagtails("Email address"),
        "link_text": _("Words of the link"),
        "subject": _("Subject"),
        "body": _("Text of the message"),
    },
    choosers.PhoneLinkChooserForm: {
        "phone_number": _("Telephone number"),
        "link_text": _("Words of the link"),
    },
}
SIZES = {
    "original": wagtails("Original size"),
    "width": wagtails("Resize to width"),
    "height": wagtails("Resize to height"),
    "min": wagtails("Resize to min"),
    "max": wagtails("Resize to max"),
    "fill": wagtails("Resize to fill"),
}
RIGHTS = {
    GroupImagePermissionFormSet: [
        ("add_image", wagtails("Add"), wagtails("Add/edit images you own")),
        ("change_image", wagtails("Edit"), wagtails("Edit any image")),
        ("choose_image", wagtails("Choose"), wagtails("Select images in choosers")),
    ],
    GroupCollectionManagementPermissionFormSet: [
        ("add_collection", wagtails("Add"), wagtails("Add collections")),
        ("change_collection", wagtails("Edit"), wagtails("Edit collections")),
        ("delete_collection", wagtails("Delete"), wagtails("Delete collections")),
    ],
}


def breadcrumbs(self: SnippetViewSet) -> list[dict[str, Any]]:
    """Return the beginning of the way to a screen of snippets, which Wagtail puts together once, at start."""
    home, *others = STOCK_BREADCRUMBS.fget(self)
    return [home | {"label": wagtails("Home")}, *(item | {"label": wagtails("Snippets")} for item in others)]


STOCK_BREADCRUMBS = SnippetViewSet.breadcrumbs_items


def refuse_in_own_language(request: HttpRequest) -> HttpResponse:
    """Say to whoever may not what they may not, in the language of their profile as everything else."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    with override(profile.get_preferred_language() if profile else get_language()):
        return STOCK_REFUSAL(request)


STOCK_REFUSAL = auth.permission_denied


def name_locale_filter(self: choosers.LocaleFilterMixin, *args: Any, **kwargs: Any) -> None:
    """Make the filter of a chooser by language, which says its name in nobody's language but English."""
    STOCK_LOCALE_FILTER(self, *args, **kwargs)
    if "locale" in self.fields:
        self.fields["locale"].label = _("Language")


STOCK_LOCALE_FILTER = choosers.LocaleFilterMixin.__init__


def apply() -> None:
    """Say in the reader's language what was said in that of the settings."""
    _thaw_choosers()
    _thaw_redirects()
    for form, labels in LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    URLGeneratorForm.base_fields["filter_method"].choices = list(SIZES.items())
    for formset, rights in RIGHTS.items():
        formset.permission_types[:] = rights  # in place: the fields of its forms look at the same list
    choosers.LocaleFilterMixin.__init__ = name_locale_filter
    auth.permission_denied = refuse_in_own_language
    SnippetViewSet.breadcrumbs_items = property(breadcrumbs)
    SearchView.verbose_name = Page._meta.verbose_name
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    Locale._meta.verbose_name, Locale._meta.verbose_name_plural = _("language"), _("languages")
    for column in SiteIndexView.columns:
        column.label = {"port": _("Port"), "site_name": _("Name"), "root_page": _("Root page")}.get(
            column.name, column.label
        )


def _thaw_choosers() -> None:
    ChooserViewSet.choose_one_text = wagtails("Choose")
    ChooserViewSet.choose_another_text = wagtails("Choose another")
    ChooserViewSet.edit_item_text = wagtails("Edit")
    ChooserViewSet.create_action_label = wagtails("Create")
    ChooserViewSet.search_tab_label = wagtails("Search")


def _thaw_redirects() -> None:
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = wagtails("Type")
    kind.extra["choices"] = [(True, wagtails("Permanent")), (False, wagtails("Temporary"))]
    kind.extra["empty_label"] = wagtails("All")
    RedirectIndexView.export_headings = {
        "old_path": wagtails("From"),
        "site": wagtails("Site"),
        "link": wagtails("To"),
        "get_is_permanent_display": wagtails("Type"),
    }
