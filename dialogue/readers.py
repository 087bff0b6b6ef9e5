"""The part of a comment that depends on who reads: what may be done with it, who is answered, who quotes it.

What is the same for all readers is read as it is stored (`dialogue.fragments`).
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import get_language, gettext, pgettext

from dialogue.fragments import FRAGMENT_VERSION, fill_fragment, fold_fragment, render_fragment
from dialogue.models.comments import Comment
from dialogue.models.statuses import TOMBSTONES, CommentStatus
from people.models import Side
from portal.permissions import Viewer

ACTS_FORM = "conversation-acts"  # the one form behind all buttons of a conversation
# `ID` is put into an address and replaced afterwards: no address takes a brace.
_ID, _NAME = "ID", "{name}"


@dataclass
class ShownComment:
    """What is read of a comment to show it: these columns, and no others."""

    pk: int
    public_id: str
    root_id: int | None
    parent_id: int | None
    depth: int
    path: str
    status: str
    side: str
    author_name: str
    excerpt: str
    language: str
    participant_id: int
    submitted_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    passage_version: int | None
    passage_start: int | None
    passage_end: int | None
    reply_count: int
    answered_at: datetime | None
    answered_in: str
    shown_until: str
    fragment: str
    fragment_version: int
    is_quoted: bool = False
    parent_name: str | None = None
    parent_status: str | None = None
    parent_public_id: str | None = None
    is_below_parent: bool = False  # the comment that it answers stands right above it
    passage: str = ""  # the markup of what it quotes of its parent, set for this reader as the rest
    change_url: str = ""  # where its author, who reads, may still change it
    shows_history: bool = False  # whether this reader may read what it said before
    html: str = ""  # what this reader sees, once `show_comment` has filled it in

    @property
    def anchor(self) -> str:
        return f"c-{self.public_id}"

    @property
    def is_published(self) -> bool:
        return self.status == CommentStatus.PUBLISHED

    @property
    def is_tombstone(self) -> bool:
        return self.status in TOMBSTONES

    @property
    def is_for_organisation(self) -> bool:
        return self.side == Side.ORGANISATION

    @property
    def size(self) -> int:
        """How much of a page it takes, whoever reads."""
        return len(self.fragment)


# In the order of the fields of `ShownComment`, which `read_comments` fills by their place.
COLUMNS = (
    "pk",
    "public_id",
    "root_id",
    "parent_id",
    "depth",
    "path",
    "status",
    "side",
    "author_name",
    "excerpt",
    "language",
    "participant_id",
    "submitted_at",
    "published_at",
    "edited_at",
    "passage_version",
    "passage_start",
    "passage_end",
    "reply_count",
    "answered_at",
    "answered_in",
    "shown_until",
    "fragment",
    "fragment_version",
)
OF_PARENT = ("parent__author_name", "parent__status", "parent__public_id")


@dataclass(frozen=True)
class Reader:
    """Who reads a conversation, and what they may do in it; what is said of that is made once."""

    viewer: Viewer
    can_reply: bool = False
    may_feature: bool = False

    @cached_property
    def language(self) -> str:
        return get_language() or ""

    @cached_property
    def reply_link(self) -> str:
        return format_html(
            '<a class="comment__reply" href="{}" aria-label="{}">{}</a>',
            _address("reply_to_comment"),
            gettext("Reply to %(name)s") % {"name": _NAME},
            gettext("Reply"),
        )

    @cached_property
    def follow_link(self) -> str:
        return _act("follow_thread", gettext("Follow"))

    @cached_property
    def flag_link(self) -> str:
        return _act("flag_comment", pgettext("act", "Flag"))

    @cached_property
    def feature_button(self) -> str:
        return format_html(
            '<button class="button button--link" form="{}" formaction="{}">{}'
            '<span class="visually-hidden"> {}</span></button>',
            ACTS_FORM,
            _address("dialogue_feature_comment"),
            gettext("Feature in a new article"),
            gettext("– the comment by %(name)s") % {"name": _NAME},
        )

    @cached_property
    def feature_link(self) -> str:
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            _address("dialogue_find_page_for_comment"),
            gettext("Feature in…"),
            gettext("– the comment by %(name)s") % {"name": _NAME},
        )

    @cached_property
    def context_line(self) -> str:
        line = escape(gettext("In reply to %(name)s")) % {"name": f"<bdi>{_NAME}</bdi>"}
        return f'<p class="comment__context"><a href="{{address}}">{line}</a></p>'

    @cached_property
    def answered_line(self) -> str:
        return format_html(
            # Doubled braces outlive `format_html`: `answer_to` fills them.
            '<p class="comment__answered"><a href="{{address}}">{}</a></p>',
            gettext("Answered by the organisation"),
        )

    @cached_property
    def permalink(self) -> str:
        return _address("comment_permalink")

    def way_to(self, public_id: str, on_page: Container[str]) -> str:
        """Return the address of a comment: its place on this page, where it stands there."""
        return f"#c-{public_id}" if public_id in on_page else self.permalink.format(id=public_id)


def _act(name: str, label: str) -> str:
    """Return the pattern of a link that does something with the comment in whose article it stands."""
    return format_html('<a href="{}">{}</a>', _address(name), label)


def _address(name: str) -> str:
    """Return the pattern of an address that names a comment."""
    return reverse(name, args=[_ID]).replace(f"/{_ID}/", "/{id}/")


def foot_of(comment: ShownComment, reader: Reader) -> str:
    """Return what `reader` may do with `comment`, as the markup of its foot; empty where there is nothing."""
    acts = ""
    if reader.can_reply:
        acts += reader.reply_link.format(id=comment.public_id, name=escape(comment.author_name))
        if not comment.depth:
            acts += reader.follow_link.format(id=comment.public_id)
    if comment.is_published:
        acts += reader.flag_link.format(id=comment.public_id)
    if comment.change_url:
        acts += format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            comment.change_url,
            gettext("Change"),
            gettext("your comment"),
        )
    if reader.may_feature:
        name = escape(comment.author_name)
        acts += reader.feature_button.format(id=comment.public_id, name=name)
        acts += reader.feature_link.format(id=comment.public_id, name=name)
    return f'<div class="comment__foot">{acts}</div>' if acts else ""


def context_of(comment: ShownComment, reader: Reader, on_page: Container[str] = ()) -> str:
    """Return the link to what is answered, where the eye does not find it, and what of it is quoted."""
    if comment.parent_status != CommentStatus.PUBLISHED or comment.is_below_parent:
        return comment.passage
    address = reader.way_to(comment.parent_public_id or "", on_page)
    return reader.context_line.format(address=address, name=escape(comment.parent_name)) + comment.passage


def answer_to(comment: ShownComment, reader: Reader, on_page: Container[str]) -> str:
    """Return the line at the root of an answered thread that leads to the organisation's first reply."""
    if not comment.answered_in:
        return ""
    return reader.answered_line.format(address=reader.way_to(comment.answered_in, on_page))


def edited_line(comment: ShownComment) -> str:
    """Return the line that says when a comment was changed, and where its earlier versions are read."""
    return render_to_string("dialogue/_edited.html", {"comment": comment}).strip()


def show_comment(
    comment: ShownComment,
    reader: Reader,
    after: str = "",
    *,
    on_page: Container[str] = (),
    is_below_tombstone: bool = False,
) -> None:
    """Set on `comment` what `reader` sees of it; `after` stands below the words.

    `on_page` holds the public ids of the comments that are on the same page.
    """
    if comment.is_tombstone:
        gone = Comment(public_id=comment.public_id, status=comment.status, author_name=comment.author_name)
        comment.html = render_to_string("dialogue/_tombstone.html", {"comment": gone})
        return
    part = part_of(comment, reader, after, on_page)
    comment.html = fill_fragment(comment.fragment, part, is_below_tombstone=is_below_tombstone)


def part_of(
    comment: ShownComment, reader: Reader, after: str = "", on_page: Container[str] = ()
) -> dict[str, str]:
    """Return what goes into each of the places that the fragment of `comment` leaves open, for `reader`."""
    return {
        "at": str(int(comment.published_at.timestamp())) if comment.published_at else "",
        "mark": "",
        "context": context_of(comment, reader, on_page),
        "after": (edited_line(comment) if comment.edited_at else "") + after,
        "foot": foot_of(comment, reader),
    }


def fold_words(comment: ShownComment, address: str) -> None:
    """Put the excerpt of a very long comment in the place of its words, and where the whole is read."""
    folded = format_html(
        '<p dir="auto">{}</p><p><a href="{}">{}</a></p>',
        comment.excerpt,
        address,
        gettext("Read the whole comment"),
    )
    comment.fragment = fold_fragment(comment.fragment, folded)


def renew_stale(comments: list[ShownComment], reader: Reader) -> None:
    """Make the fragments that are missing, of another version, or in a language that is not the reader's.

    Slower than to read them, and as right.
    """
    stale = [
        comment
        for comment in comments
        if not comment.is_tombstone
        and (comment.fragment_version != FRAGMENT_VERSION or comment.language != reader.language)
    ]
    if not stale:
        return
    found = Comment.objects.in_bulk([comment.pk for comment in stale])
    for comment in stale:
        comment.fragment = render_fragment(found[comment.pk], reader.language)
