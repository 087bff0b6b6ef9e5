"""Leads to a page by its number."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.permissions import can_read_page


@require_safe
def open_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead whoever may read the page to it; all numbers are answered alike to whoever may not.

    A stranger is sent to sign in, whether such a page is there or not; who is signed in is told "not found".
    """
    page = Page.objects.filter(pk=page_id).first()
    if page is not None and can_read_page(request.user, page):
        response = redirect(page.get_url(request) or "/")
    elif request.user.is_authenticated:
        raise Http404
    else:
        response = redirect_to_login(request.get_full_path())
    patch_cache_control(response, private=True, no_store=True)
    return response
