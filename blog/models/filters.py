"""The addresses of the articles that have a topic, a tag or an author in common."""

from collections.abc import Iterable
from urllib.parse import urlencode


def as_links(section: str, parameter: str, subjects: Iterable) -> list[dict[str, str]]:
    """Return topics or tags as links to the articles that have them."""
    return [
        {"label": subject.name, "url": filter_url(section, parameter, subject.slug)} for subject in subjects
    ]


def filter_url(section: str, parameter: str, value: str) -> str:
    """Return the address of the articles that have this topic, tag or author."""
    return f"{section}?{urlencode({parameter: value})}"
