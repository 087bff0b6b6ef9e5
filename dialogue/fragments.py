"""The part of a published comment that is the same for all readers: made once, when it is written.

`Comment.fragment` holds the comment's `<article>` in the language of its page, with the marks of `SLOTS`
where something depends on who reads, or on other rows: what may be done with it, who is answered, where it is
quoted. `dialogue.readers` makes that part for each reader, and `fill_fragment` puts the two together. No
visitor's words can hold such a mark, for in a fragment every `<` of theirs is escaped.
"""

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from dialogue.models.comments import Comment

# Stored beside each fragment. Move it with every change of what is made, and run `render_comments`: a house
# test holds the digest of the templates, and of some comments made from them, against this one.
FRAGMENT_VERSION = 5
FRAGMENT_DIGEST = "6da7b57e5cc16e23"
FRAGMENT_TEMPLATES = ("dialogue/_comment.html", "dialogue/_comment_fragment.html")

SLOTS = {name: mark_safe(f"<!--{name}-->") for name in ("at", "mark", "context", "after", "foot")}  # noqa: S308
WORDS = mark_safe("<!--words-->")
WORDS_END = "<!--/words-->"
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_WORDS = re.compile(re.escape(WORDS) + ".*" + re.escape(WORDS_END), re.DOTALL)


def render_fragment(comment: Comment, language: str = "") -> str:
    """Return the fragment of `comment` in `language`, or in the comment's own."""
    with override(language or comment.language):
        context = {
            "comment": comment,
            "is_reply": comment.depth > 0,
            "slots": {**SLOTS, "words": WORDS},
        }
        made = render_to_string("dialogue/_comment_fragment.html", context)
    tight = _LINE_BREAKS.sub("", made)  # what visitors wrote is not in it yet
    return tight.replace(WORDS, f"{WORDS}{comment.body}{WORDS_END}", 1)


def write_fragment(comment: Comment) -> None:
    """Give `comment` its fragment while it is published, and none otherwise; the caller saves it."""
    comment.fragment = render_fragment(comment) if comment.is_published else ""
    comment.fragment_version = FRAGMENT_VERSION if comment.is_published else 0


FRAGMENT_FIELDS = ("fragment", "fragment_version")


def fill_fragment(fragment: str, part: Mapping[str, str], *, is_below_tombstone: bool = False) -> SafeString:
    """Return a comment as somebody sees it: its fragment, with that reader's `part` of each of the `SLOTS`.

    Below a tombstone, which has no heading, the heading of a reply is that of a first comment.
    """
    shown = fragment.replace(WORDS, "", 1).replace(WORDS_END, "", 1)
    if is_below_tombstone:
        shown = shown.replace("<h4 ", "<h3 ", 1).replace("</h4>", "</h3>", 1)
    for name, mark in SLOTS.items():
        shown = shown.replace(mark, part[name], 1)
    return mark_safe(shown)  # noqa: S308 - a template of ours made it, and all that fills it is escaped


def fold_fragment(fragment: str, folded: str) -> str:
    """Return a fragment with `folded` in the place of its words."""
    # A function: in a plain replacement, a visitor's backslashes would be read as references.
    return _WORDS.sub(lambda _words: folded, fragment, count=1)
