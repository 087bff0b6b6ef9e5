"""The list of a register: wagtail-modeladmin's rows, filters and files in the frame of Wagtail's lists."""

from django import forms
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.active_filters import ActiveFilter
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, Table, TitleColumn
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

SEARCH_MAX_LENGTH = 200  # a longer search is a machine's, and a thousand words are more than SQLite parses
FILTER_FRAGMENT = "_w_filter_fragment"  # asks a list of Wagtail's to draw its drawer of filters anew


class RegisterFilters:
    """The filters of a register as the form that Wagtail's drawer shows, and as what is narrowed by now."""

    def __init__(self, specs: list[SimpleListFilter], parameters: QueryDict, results_url: str) -> None:
        self.specs = specs
        self.parameters = parameters
        self.results_url = results_url
        self.form = forms.Form(parameters)
        for spec in specs:
            choices = [("", _("All")), *spec.lookup_choices]
            self.form.fields[spec.parameter_name] = forms.ChoiceField(
                label=capfirst(spec.title), choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def active(self) -> list[ActiveFilter]:
        """What the list is narrowed by, each with the address that lifts it."""
        chosen = [(spec, dict(spec.lookup_choices).get(spec.value())) for spec in self.specs]
        return [
            ActiveFilter(
                self.form[spec.parameter_name].auto_id,
                capfirst(spec.title),
                label,
                self._url_without(spec.parameter_name),
            )
            for spec, label in chosen
            if label is not None
        ]

    def _url_without(self, name: str) -> str:
        left = self.parameters.copy()
        left.pop(name, None)
        left[FILTER_FRAGMENT] = "1"
        return f"{self.results_url}?{left.urlencode()}"


class RegisterIndexView(IndexView):
    """A list that takes from its address only what it offers itself. Look again with wagtail-modeladmin 3."""

    # As in Wagtail's own lists, whose headers are used; its value is the number of a column.
    ORDER_VAR = "ordering"
    IGNORED_PARAMS = (ORDER_VAR, IndexView.SEARCH_VAR, IndexView.EXPORT_VAR)
    results_template_name = "moderation/register_results.html"

    results_only = False  # if true, the list is shown without what stands around it
    has_filter_fragment = False

    def __init__(self, model_admin: ModelAdmin, *, results_only: bool = False) -> None:
        super().__init__(model_admin)
        self.results_only = results_only

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.has_filter_fragment = FILTER_FRAGMENT in request.GET
        # Before the stock view sees it, which applies whatever lookup stands in an address (T08).
        request.GET = self._offered(request)
        return super().dispatch(request, *args, **kwargs)

    def _offered(self, request: HttpRequest) -> QueryDict:
        """Return the parameters of the address that this list knows; the others say nothing."""
        filters = {list_filter.parameter_name for list_filter in self.model_admin.get_list_filter(request)}
        known = filters | {*self.IGNORED_PARAMS, self.PAGE_VAR}
        offered = QueryDict(mutable=True)
        for name, values in request.GET.lists():
            # A NUL is refused by PostgreSQL, and no word of ours holds one.
            if name in known and not any("\x00" in value for value in values):
                offered[name] = values[-1][:SEARCH_MAX_LENGTH]
        return offered

    def get_page_title(self) -> str:
        return self.model_admin.get_menu_label()

    @cached_property
    def results_url(self) -> str:
        return reverse(self.model_admin.url_helper.get_action_url_name("results"))

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns, the first of which leads to the row."""
        first, *others = enumerate(self.list_display)
        return [self._column(*first, is_first=True), *(self._column(*other) for other in others)]

    def _column(self, number: int, name: str, *, is_first: bool = False) -> BaseColumn:
        shown: dict[str, object] = {
            "label": self.get_heading(self.queryset, name),
            "accessor": lambda row: self._value_of(name, row),
            "sort_key": str(number) if self.get_ordering_field(name) else None,
            "classname": f"register-{name}",
        }
        if is_first:
            return TitleColumn(name, get_url=self._url_of, **shown)
        if name in self.model_admin.status_columns:
            return StatusTagColumn(name, **shown)
        is_date = name.endswith("_at")
        return DateColumn(name, **shown) if is_date else Column(name, **shown)

    def _url_of(self, row: models.Model) -> str:
        return self.url_helper.get_action_url("inspect", row.pk)

    @cached_property
    def ordering(self) -> str:
        """By which column the list stands, as its header says it."""
        for number, direction in self.get_ordering_field_columns().items():
            return f"-{number}" if direction == "desc" else str(number)
        return ""

    @cached_property
    def filters(self) -> RegisterFilters:
        return RegisterFilters(self.filter_specs, self.request.GET, self.results_url)

    @property
    def active_filters(self) -> list[ActiveFilter]:
        return self.filters.active

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": self.get_page_title()}]

    def get_header_buttons(self) -> list[Button]:
        """The files, in one menu beside the title as in Wagtail's own lists."""
        formats = {self.FORMAT_XLSX: _("Download XLSX"), self.FORMAT_CSV: _("Download CSV")}
        files = [
            Button(label, url=self.get_export_url(name), icon_name="download", priority=priority)
            for priority, (name, label) in enumerate(formats.items())
        ]
        return [
            ButtonWithDropdown(
                buttons=files,
                icon_name="download",
                attrs={"data-controller": "w-dropdown", "aria-label": _("Export")},
                classname="w-h-slim-header",
            )
        ]

    def get_export_url(self, format: str) -> str:
        """Return the address of a file of the same rows, also where the list alone was asked for."""
        wanted = self.request.GET.copy()
        wanted.pop(self.PAGE_VAR, None)
        wanted[self.EXPORT_VAR] = format
        return f"{self.index_url}?{wanted.urlencode()}"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        search_form = SearchForm(self.request.GET) if context["show_search"] else None
        is_narrowed = bool(self.query or self.active_filters)
        return {
            **context,
            "header_title": self.get_page_title(),
            "header_icon": self.header_icon,
            "header_buttons": self.get_header_buttons(),
            "breadcrumbs_items": self.get_breadcrumbs_items(),
            "index_url": self.index_url,
            "index_results_url": self.results_url,
            "search_form": search_form,
            "filters": self.filters,
            "is_searching": is_narrowed,
            "items_count": context["paginator"].count,
            "is_paginated": True,
            "elided_page_range": context["paginator"].get_elided_page_range(page.number),
            "render_filters_fragment": self.results_only and self.has_filter_fragment,
            "render_buttons_fragment": self.results_only,
            "purpose": self.model_admin.purpose,
            "links": self.model_admin.links_for(self.request.user),
        }

    def render_to_response(self, context: dict[str, object], **kwargs: object) -> HttpResponse:
        # Here, when the rows are what a register made of them.
        context["table"] = Table(
            self.columns, context["object_list"], base_url=self.index_url, ordering=self.ordering
        )
        return super().render_to_response(context, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.results_template_name] if self.results_only else super().get_template_names()

    def get_filename(self) -> str:
        return f"{self.model_admin.export_filename}-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset: models.QuerySet, field: str) -> str:
        """Return the label of the column as it is written: French puts no capital on each word."""
        return capfirst(force_str(label_for_field(field, self.model, model_admin=self.model_admin)))

    def to_row_dict(self, item: models.Model) -> dict[str, object]:
        """Return the values of a row; a choice by its name, and nothing where there is nothing."""
        return {name: self._value_of(name, item) for name in self.list_export}

    def _value_of(self, name: str, item: models.Model) -> object:
        field, _attribute, value = lookup_field(name, item, self.model_admin)
        choices = dict(getattr(field, "flatchoices", ()))
        return capfirst(force_str(choices[value])) if value in choices else value
