"""Articles to read, people who write them, readers who answer."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction

from blog.models import Author, BlogPage, BlogPageAuthor
from dialogue.blocks import quotation_of
from portal.models import PortalImage, Topic


def publish(title: str, parent: Page, *, is_live: bool = True, **fields: Any) -> BlogPage:
    """Write an article as an editor does; authors, topics and tags are among its fields."""
    authors, topics, tags = (fields.pop(name, []) for name in ("authors", "topics", "tags"))
    first_published_at = fields.pop("first_published_at", None)
    fields.setdefault("introduction", f"<p>Voici {title}.</p>")
    page = BlogPage(title=title, live=False, **fields)
    page.author_links = [BlogPageAuthor(author=author, sort_order=n) for n, author in enumerate(authors)]
    parent.add_child(instance=page)
    page.topics, page.first_published_at = topics, first_published_at
    page.tags.add(*tags)
    revision = page.save_revision()
    if is_live:
        revision.publish()
    return BlogPage.objects.get(pk=page.pk)


@pytest.fixture
def write(articles_fr: Page) -> Callable[..., BlogPage]:
    """Publish an article: `write("Le quai", topics=[…], authors=[…], tags=["quai"])`."""
    return partial(publish, parent=articles_fr)


@pytest.fixture
def topic(site: object, articles_fr: Page) -> Topic:
    return Topic.objects.create(name="Énergie", locale=articles_fr.locale)


@pytest.fixture
def author(articles_fr: Page) -> Author:
    return Author.objects.create(name="Ngoc-Lan Tremblay", role="Planification", locale=articles_fr.locale)


@pytest.fixture
def picture(site: object) -> PortalImage:
    """A small picture, made here."""
    file = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(file, "PNG")
    return PortalImage.objects.create(title="Le quai", file=ImageFile(file, name="quai.png"))


@pytest.fixture
def close() -> Callable[[Page], None]:
    """Close a page to everybody but those who sign in."""

    def close_it(page: Page) -> None:
        PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.LOGIN)

    return close_it


@pytest.fixture
def quote(write):
    """Publish an article that quotes comments: `quote("Titre", comment, …)`."""

    def publish(title, *comments, **more):
        # Where one may reply is the article's own affair.
        value = {"why": "", "reply": "nowhere"}
        body = [("featured_comment", {"quotation": quotation_of(one), **value}) for one in comments]
        return write(title, body=body, **more)

    return publish
