"""Addresses at which things go wrong, for the tests of faults."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST
from wagtail.models import Locale

from portal import urls as portal_urls
from portal.models import Topic

handler400, handler403 = portal_urls.handler400, portal_urls.handler403
handler404, handler429 = portal_urls.handler404, portal_urls.handler429
handler500 = portal_urls.handler500

FAULTS = {
    "suspicious": SuspiciousOperation,
    "forbidden": PermissionDenied,
    "broken": ZeroDivisionError,
    "gone": InterfaceError,
    "locked": OperationalError,
}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]("canary-of-the-fault")


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    Topic.objects.create(name=request.POST["text"], locale=Locale.get_default())
    return HttpResponse("written")


urlpatterns = [
    *i18n_patterns(path("fail/<slug:fault>/", fail), path("write/", write)),
    *portal_urls.urlpatterns,
]
