"""A page store of its own for each test, an article to keep in it, and readers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from blog.models import BlogPage
from dialogue.models import Comment
from portal.page_store.store import PageStore, open_store
from tests import speech


@pytest.fixture
def other_article(articles_fr: Page, committed: Callable[[], AbstractContextManager]) -> BlogPage:
    """An article beside the one that changes, there before anything is kept."""
    with committed():
        return publish(articles_fr, "Les quais en hiver")


def publish(section: Page, title: str, **fields: Any) -> BlogPage:
    page = BlogPage(title=title, introduction=f"<p>{title}, voici pourquoi.</p>", **fields)
    section.add_child(instance=page)
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def retitle(article: BlogPage, title: str) -> None:
    """Give a page another title, as it stands now."""
    page = BlogPage.objects.get(pk=article.pk)
    page.title = title
    page.save()


@pytest.fixture
def say() -> Callable[..., Comment]:
    """Post a comment that is held whatever the policy, and publish it unless told otherwise."""
    return partial(speech.say, signals=frozenset({"honeypot"}))


@pytest.fixture
def store(db: None, settings: LazySettings, tmp_path: Path) -> PageStore:
    """A store, switched on and empty."""
    settings.PAGE_STORE, settings.PAGE_STORE_DIR = True, tmp_path / "pages"
    return open_store()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable) -> Callable[[], AbstractContextManager]:
    """Count a block as a transaction that was committed: `with committed(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def read(store: PageStore) -> Callable[..., HttpResponse]:
    """Ask for an address, in a new browser unless one is given; `queries` is how many the answer took."""

    def ask(path: str, by: Client | None = None, method: str = "get", **headers: str) -> HttpResponse:
        with CaptureQueriesContext(connection) as queries:
            response = getattr(by or Client(), method)(path, headers=headers)
        response.queries = len(queries)
        return response

    return ask


@pytest.fixture
def is_kept(read: Callable[..., HttpResponse]) -> Callable[[str], bool]:
    """Whether the next answer at an address would be read from the store."""
    return lambda path: read(path, method="head").queries == 0
