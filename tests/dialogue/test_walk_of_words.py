"""From the form to the page, the words of a comment go through few hands, each below the one before."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.search.models import IndexEntry

from tests import speech
from tests.project import APPS

pytestmark = pytest.mark.django_db

MARK = "gouvernail"
WORDS = f"Un *{MARK}*, voici pourquoi.\n\n- il tient\n- il tourne"
# What is handed on: taken, checked, made, stored, put into its place. The package `markup` is one of these
# hands, with the signs that it is written in.
WALK = [
    "dialogue/forms/parts.py",
    "dialogue/actions/rules.py",
    "dialogue/markup/",
    "dialogue/models/words.py",
    "dialogue/fragments.py",
]
OF_MARKUP = ("dialogue/markup/", "portal/characters.py")
# They look, for a purpose of their own, and hand nothing on: whether it was said before, in which language it
# is, what a moderator should know of it, by which words it is found.
LOOK = {
    *("dialogue/actions/repetitions.py", "portal/languages.py", "portal/search.py"),
    "moderation/matching/folding.py",
}
# Beside the fragment, a page has how the words begin, for machines; and it is held as a whole.
READERS = {"dialogue/fragments.py", "blog/templatetags/blog_tags.py", "portal/frames.py"}


def test_five_hands_take_them_and_four_look(article, employee, signed_in):
    speech.say(article, user=employee)  # one who has been published is published at once
    browser = signed_in(employee)
    ticket = browser.get(reverse("issue_ticket", args=[article.pk])).json()
    sent = {"text": WORDS, "ticket_key": ticket["key"], "ticket_time": ticket["time"]}
    with hands_of(MARK) as hands:
        browser.post(reverse("create_comment", args=[article.pk]), sent)
        assert IndexEntry.objects.exists()  # somebody looks, so it is written
    assert [hand for hand in hands if hand not in LOOK] == WALK
    assert set(hands) - set(WALK) == LOOK


def test_a_page_reads_what_is_stored_and_makes_nothing_anew(article, say):
    say(article, WORDS)
    with hands_of(MARK) as hands:
        page = Client().get(article.get_url())
    assert f"<em>{MARK}</em>" in page.content.decode()
    assert set(hands) == READERS


@contextmanager
def hands_of(mark: str) -> Iterator[list[str]]:
    """Note which of our modules have a text with `mark` in hand, in the order in which they first do."""
    hands: dict[str, None] = {}

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event in {"call", "return"} and (name := module_of(frame.f_code.co_filename)):
            values = [*frame.f_locals.values(), argument]
            if any(isinstance(value, str) and mark in value for value in values):
                hands.setdefault(name)

    found: list[str] = []
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
        found += hands


@cache
def module_of(path: str) -> str:
    """Return which module of ours a file is; the markup counts as one, and what is not ours as none."""
    name = path.removeprefix(f"{settings.BASE_DIR}/")
    if name.startswith(OF_MARKUP):
        return OF_MARKUP[0]
    return name if name.partition("/")[0] in APPS else ""
