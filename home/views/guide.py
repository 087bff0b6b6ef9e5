"""The portal's own guide, for those who work in its admin: short pages, in their language."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Chapter:
    """A page of the guide; its words are a template a language, `home/guide/<language>/<slug>.html`."""

    slug: str
    title: Any
    is_current: bool = False

    @property
    def url(self) -> str:
        return reverse("read_guide", args=[self.slug])


CHAPTERS = (
    Chapter("overview", _("The portal at a glance")),
    Chapter("write", _("Write and publish")),
    Chapter("dialogue", _("Hold a dialogue")),
    Chapter("moderate", _("Moderate comments")),
    Chapter("answer", _("Reply for the organisation")),
    Chapter("quote", _("Quote a comment")),
    Chapter("people", _("People, groups and sign-in")),
    Chapter("privacy", _("Personal information")),
)


def read_guide(request: HttpRequest, slug: str = CHAPTERS[0].slug) -> HttpResponse:
    """Show a chapter, and the way to the others; a name that no chapter has is not found."""
    chapters = [Chapter(chapter.slug, chapter.title, chapter.slug == slug) for chapter in CHAPTERS]
    current = next((chapter for chapter in chapters if chapter.is_current), None)
    if current is None:
        raise Http404
    language = get_language()
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    context = {
        "chapters": chapters,
        "chapter": current,
        "words": f"home/guide/{known}/{slug}.html",
        "header_title": current.title,
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("read_guide"), "label": _("Guide")},
            {"url": "", "label": current.title},
        ],
    }
    return render(request, "home/guide.html", context)
