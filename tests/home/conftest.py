"""Pages to arrange, and readers who speak."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from dialogue.models import DialoguePage


@pytest.fixture
def write(articles_fr: Page) -> Callable[..., BlogPage]:
    """Publish an article, in French unless another section is given."""

    def publish(title: str, parent: Page = articles_fr, **fields: Any) -> BlogPage:
        fields.setdefault("introduction", f"<p>Voici {title}.</p>")
        page = BlogPage(title=title, live=False, **fields)
        parent.add_child(instance=page)
        page.save_revision().publish()
        return BlogPage.objects.get(pk=page.pk)

    return publish


@pytest.fixture
def ask(dialogues_fr: Page) -> Callable[..., DialoguePage]:
    """Open a dialogue, public and in French unless another section is given."""

    def open_it(question: str, parent: Page = dialogues_fr, **fields: Any) -> DialoguePage:
        fields.setdefault("opens_at", timezone.now() - timedelta(days=1))
        page = DialoguePage(title=question, question=question, live=False, **fields)
        parent.add_child(instance=page)
        page.save_revision().publish()
        return DialoguePage.objects.get(pk=page.pk)

    return open_it
