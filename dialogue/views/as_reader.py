"""The draft of a page as its readers will see it: what is withheld from them is not there."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import Page

from dialogue.views.page_quotations import get_page_of_editor
from portal.imagined import imagine_employee
from portal.impressions import Band, show_draft
from portal.permissions import Audience, audience_of


class DraftAsReaderView(View):
    """The draft as somebody signed out will read it; of an internal page, an employee without rights."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = get_page_of_editor(request, page_id)
        is_internal = audience_of(page) == Audience.INTERNAL
        reader = imagine_employee(page) if is_internal else AnonymousUser()
        draft = page.get_latest_revision_as_object()
        return show_draft(draft, request, to=reader, band=band_over(page, is_internal=is_internal))


def band_over(page: Page, *, is_internal: bool) -> Band:
    """Return the line that says as whom the draft is seen."""
    if is_internal:
        words = _("The draft, as an employee without rights here will read it")
    else:
        words = _("The draft, as somebody who is not signed in will read it")
    address = reverse("dialogue_page_quotations", args=[page.pk])
    return Band(words, _("Back to its quotations"), address, get_language() or "")
