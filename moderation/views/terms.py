"""Taking over a list of screening terms."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from moderation.actions import RefusedLine, TermImport, import_terms
from moderation.forms import TermImportForm
from moderation.models import known_already
from moderation.permissions import ModerationPermissionTester
from portal.permissions import visible_pages


class TermIndexView(IndexView):
    """The list of terms, without those of sections that the moderator may not read."""

    def get_base_queryset(self) -> QuerySet:
        seen = visible_pages(Page.objects.all(), self.request.user)
        terms = super().get_base_queryset()
        return terms.filter(Q(section=None) | Q(section__in=seen)).select_related("section")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if ModerationPermissionTester(self.request.user).can_add_terms():
            url = reverse("moderation_terms:import")
            buttons.append(Button(_("Import terms"), url, icon_name="upload", priority=50))
        return buttons


class _SavesTerm:
    """A form whose term somebody else may have added since it was checked: that is said at the field."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]  # of Wagtail's view
        except IntegrityError:
            form.add_error("term", known_already(form.instance.term))
            # Which Wagtail 8.0 sets where it checks the form, and this one was found to be right.
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class AddTermView(_SavesTerm, CreateView):
    """A new term."""


class ChangeTermView(_SavesTerm, EditView):
    """A term that is in the list."""


class ImportTermsView(WagtailAdminTemplateMixin, FormView):
    """A list is pasted or sent as a file; where a line is wrong, it comes back with what to change."""

    form_class = TermImportForm
    template_name = "moderation/import_terms.html"
    page_title = gettext_lazy("Import terms")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not ModerationPermissionTester(request.user).can_add_terms():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_terms:index"), "label": _("Screening terms")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            submit_button_label=_("Import"), submit_button_active_label=_("Importing…"), **kwargs
        )

    def form_valid(self, form: TermImportForm) -> HttpResponse:
        data = form.cleaned_data
        result = import_terms(data["text"], kind=data["kind"], language=data["language"])
        if result.refused:
            return self.show_again(form, result.refused)
        messages.success(self.request, sentence_of(result))
        return redirect("moderation_terms:index")

    def show_again(self, form: TermImportForm, refused: list[RefusedLine]) -> HttpResponse:
        """Show the list as it was sent, the lines that are wrong above it."""
        form.put_back()
        context = self.get_context_data(form=form, refused=refused[:50])
        return self.render_to_response(context, status=422)


def sentence_of(result: TermImport) -> str:
    """Return what became of a list."""
    added = ngettext("%(number)s term was added.", "%(number)s terms were added.", result.added) % {
        "number": result.added
    }
    if not result.known:
        return added
    known = ngettext(
        "%(number)s was in the list already.", "%(number)s were in the list already.", result.known
    )
    return f"{added} {known % {'number': result.known}}"
