"""Pages to arrange, and readers who speak."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogPage
from demo.factories.people import verify_guest
from dialogue.actions import Submission, post_comment, publish_comment
from dialogue.models import Comment, DialoguePage


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


@pytest.fixture
def say() -> Callable[..., Comment]:
    """Post a comment as a guest, or as `user`, and publish it unless told otherwise."""

    def say_it(page: Page, text: str = "Bonne idée.", *, is_published: bool = True, **more: Any) -> Comment:
        user = more.pop("user", AnonymousUser())
        if not user.is_authenticated:
            more.setdefault("name", "Odile Grandmaison")
            more.setdefault("email", f"{secrets.token_hex(6)}@example.org")
            if more.setdefault("is_verified", True):
                verify_guest(more["name"], more["email"])
        more.setdefault("key", secrets.token_hex(16))
        comment = post_comment(page, Submission(text=text, user=user, **more))
        if is_published:
            publish_comment(comment, by=None)
        comment.refresh_from_db()
        return comment

    return say_it
