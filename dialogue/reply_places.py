"""Where the readers of a page reply to a comment that it quotes: the editor of the block decides."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.blocks import ChoiceBlock
from wagtail.models import Page


class ReplyPlace(TextChoices):
    """Where the link below a quotation leads."""

    THERE = "there", _("In the thread where it was said")
    HERE = "here", _("Under the page that quotes it")
    NOWHERE = "nowhere", _("No link to reply")


def choose_reply_place() -> ChoiceBlock:
    """Return the field of a block in which its editor says where readers reply."""
    return ChoiceBlock(
        label=_("Where readers reply"),
        choices=ReplyPlace.choices,
        default=ReplyPlace.THERE,
        help_text=_("There is no link while comments are closed there."),
    )


def open_conversations(page_ids: Iterable[int]) -> set[int]:
    """Return the keys of those of these pages that take comments now: as many queries as kinds of pages."""
    keys = set(page_ids)
    pages = Page.objects.filter(pk__in=keys, live=True).specific() if keys else ()
    return {page.pk for page in pages if page.commenting_state.is_open}


def conversations_quoted(values: Iterable[Any]) -> set[int]:
    """Return the keys of the open conversations to which these blocks lead those who reply."""
    return open_conversations(
        value["quotation"].comment.page_id
        for value in values
        if value["quotation"] is not None and value.get("reply") == ReplyPlace.THERE
    )


def address_there(comment: Any) -> str:
    """Return where `comment` is replied to, in the language of its own conversation."""
    with override(comment.page.locale.language_code):
        return comment.reply_url


def address_here(page: Any) -> str:
    """Return the place of the form under `page`; empty where nobody may comment there now."""
    state = getattr(page, "commenting_state", None)
    # A draft that was never saved has no conversation yet.
    return "#comment-form" if page.pk and state is not None and state.is_open else ""
