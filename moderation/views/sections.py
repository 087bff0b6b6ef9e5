"""The screening terms of a section, which go with it when it is deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from moderation.models import ScreeningTerm


def count_terms_below(page: Page) -> int:
    """Return how many screening terms hold on `page` or below it, and nowhere else."""
    return ScreeningTerm.objects.filter(section__path__startswith=page.path).count()


def warn_of_lost_terms(request: HttpRequest, page: Page) -> None:
    """Say above the question whether to delete a page how many screening terms would go with it.

    Not which: what screening looks for is for those who decide on comments.
    """
    if request.method == "GET" and (number := count_terms_below(page)):
        sentence = ngettext(
            "%(number)s screening term holds only on this page or below it. It is deleted with it.",
            "%(number)s screening terms hold only on this page or below it. They are deleted with it.",
            number,
        )
        messages.warning(request, sentence % {"number": number})


def keep_pages_with_terms_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: Any
) -> HttpResponse | None:
    """Where many pages are deleted at once, nothing could be said of each: those with terms stay."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "delete":
        return None
    for page in pages:
        if count_terms_below(page):
            said = _("“%(title)s” has screening terms of its own. Delete it by itself, or remove them first.")
            messages.error(request, said % {"title": page.get_admin_display_title()})
            return redirect(action_class_instance.next_url)
    return None
