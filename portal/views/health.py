"""What machines ask: whether we live, whether we are ready, and what they may look at."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.models import FailingJob
from portal.sites import whole_address

READINESS_KEY = "portal:readiness"
READINESS_SECONDS = 10


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database and cache can be reached, and which jobs of `run_periodic` fail of late."""
    missing = [name for name, is_reachable in CHECKS.items() if not _passes(is_reachable)]
    if missing:
        return HttpResponse(f"not reachable: {', '.join(missing)}\n", status=503, content_type="text/plain")
    failing = "".join(f"failing: {job}\n" for job in FailingJob.objects.order_by("name"))
    return HttpResponse(f"ready\n{failing}", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody look: what is not public is restricted, not listed as secret."""
    sitemap = whole_address(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask at the old place to the sign of the site."""
    return redirect(static("images/favicon.svg"))


def _reach_database() -> bool:
    FailingJob.objects.exists()  # a table of ours: without its migrations it is no database of ours
    return True


def _reach_cache() -> bool:
    cache.set(READINESS_KEY, "ready", READINESS_SECONDS)
    return cache.get(READINESS_KEY) == "ready"


CHECKS = {"database": _reach_database, "cache": _reach_cache}


def _passes(is_reachable: Callable[[], bool]) -> bool:
    try:
        return is_reachable()
    except Exception:  # whatever the reason, it cannot be reached
        return False
