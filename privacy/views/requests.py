"""Answering people who ask what is kept about them, or to be forgotten: for staff with the right.

Nobody is listed. A person is found by the address that they wrote from, which is sent in a form, so that it
stands in no log and no history.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from people.models import Participant
from people.sessions import SignedInRequest
from privacy.actions import (
    NameRefused,
    correct_name,
    erase_participant,
    export_person,
    find_people,
    is_erased,
    signed_names,
)
from privacy.downloads import download
from privacy.forms import AddressForm, ErasureReasonForm, NameForm
from privacy.mentions import VERSIONS, find_mentions, names_of
from privacy.permissions import PrivacyPermissions
from privacy.personal_data import kept_of

UNPROCESSABLE = 422


class PrivacyScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen for whoever may answer; anybody else is refused, whatever they ask for."""

    request: SignedInRequest
    header_icon = "lock"
    page_title = gettext_lazy("Privacy requests")
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not PrivacyPermissions(request.user).can_answer():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        first = {"url": reverse("privacy_requests:find"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), first]


class FindView(PrivacyScreen):
    """One field: the address."""

    template_name = "privacy/find_person.html"

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        if form.is_valid():
            people = find_people(form.cleaned_data["email"])
            if people:
                return redirect("privacy_requests:answer", people[0].pk)
            form.add_error("email", _("Nobody here has this address."))
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": AddressForm(), **kwargs})


class PersonScreen(PrivacyScreen):
    """About one person; who may not be answered about is not found, as one that never was."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.tester = PrivacyPermissions(request.user)

    def get_person(self) -> Participant:
        return get_object_or_404(Participant.objects.select_related("user"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.get_person()
        is_gone = is_erased(person)
        return super().get_context_data(
            **{
                "person": person,
                "is_erased": is_gone,
                # Whoever is erased has no name any more by which anything could be found.
                "names": [] if is_gone else names_of(person),
                "versions": VERSIONS,
                "mentions": [] if is_gone else find_mentions(person, by=self.request.user),
                "can_export": self.tester.can_export(person),
                "can_erase": self.tester.can_erase(person),
                "can_correct_name": self.tester.can_correct_name(person) and not is_gone,
                **kwargs,
            }
        )


class AnswerView(PersonScreen):
    """What is kept about somebody, in numbers, and what can be done."""

    template_name = "privacy/answer_request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.get_person()
        others = [other for other in find_people(person.address) if other != person] if person.address else []
        return super().get_context_data(kept=kept_of(person), others=others, **kwargs)


class EraseView(PersonScreen):
    """The last question, with the reason; then it is done, and the answer to the person is at hand."""

    template_name = "privacy/erase_person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": ErasureReasonForm(), **kwargs})

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.get_person()
        form = ErasureReasonForm(request.POST)
        if form.is_valid():
            is_new = erase_participant(person, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Erased.") if is_new else _("This was done already."))
            return redirect("privacy_requests:answer", person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class CorrectNameView(PersonScreen):
    """Another name for a guest who asks for it; what was typed stays where it will not do."""

    template_name = "privacy/correct_name.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = NameForm(names=signed_names(self.get_person()))
        return super().get_context_data(**kwargs)

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.get_person()
        form = NameForm(request.POST, names=signed_names(person))
        if form.is_valid():
            try:
                is_new = correct_name(person, **form.cleaned_data, by=request.user)
            except NameRefused as refused:
                form.add_error("name", str(refused))
            else:
                told = _("The name is corrected everywhere.") if is_new else _("Nothing was changed.")
                messages.success(request, told)
                return redirect("privacy_requests:answer", person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class ExportView(View):
    """Hands out everything that is kept about somebody, and notes who took it."""

    http_method_names = ["post"]

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        if not PrivacyPermissions(request.user).can_answer():
            raise PermissionDenied
        person = get_object_or_404(Participant.objects.select_related("user"), pk=pk)
        return download(export_person(person, by=request.user), request.POST.get("format", ""))
