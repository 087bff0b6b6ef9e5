"""The forms in which demonstration content is written: plain data, no model in sight.

Inside the html of a paragraph, an answer or a page, ``href="page:<key>"`` points at the page with that key in
the same language; whoever builds the pages turns it into Wagtail's own link.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

# One block of a body: its type and its value, as the StreamField takes them (keys instead of objects).
Block = tuple[str, object]


@dataclass(frozen=True)
class Topic:
    """A subject under which articles are filed, in both languages."""

    key: str
    name_fr: str
    name_en: str
    slug_fr: str
    slug_en: str
    introduction_fr: str
    introduction_en: str


@dataclass(frozen=True)
class Article:
    """One article in one language; its twin has the same key and the other language.

    One with an ``update_note`` was updated that many days ``updated_after`` it was published. The comment
    ``asked_for``, by key, is to stand in it: a draft quotes it, and its author has been asked.
    """

    key: str
    language: str
    title: str
    slug: str
    introduction: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    days_ago: int
    picture: str
    picture_alt: str
    picture_credit: str
    body: tuple[Block, ...]
    update_note: str = ""
    updated_after: int = 6
    hour: int = 9
    related: tuple[str, ...] = ()
    asked_for: str = ""


@dataclass(frozen=True)
class Dialogue:
    """A question put to an audience, in one language. Days are counted from now, the past being negative.

    ``group`` names the one group that may read it; empty means everybody that the section admits.
    """

    key: str
    language: str
    is_internal: bool
    title: str
    slug: str
    question: str
    introduction: str
    body: tuple[Block, ...]
    host_name: str
    host_role: str
    opens_in: int
    closes_in: int
    closing_word: str = ""
    group: str = ""


@dataclass(frozen=True)
class PlainPage:
    """A standing page (rules, privacy, about) in one language."""

    key: str
    language: str
    title: str
    slug: str
    introduction: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Comment:
    """What somebody wrote under a page, ``hours_after`` that page was published or opened.

    ``status`` is where it has come to; one of moderation's codes and a sentence say why it was refused or hidden.
    """

    key: str
    author: str
    hours_after: float
    text: str
    parent: str = ""
    status: str = "published"
    reason_code: str = ""
    reason: str = ""
    may_quote: bool = False
    for_organisation: bool = False
    page: str = ""
    language: str = ""


def conversation(page: str, language: str, *comments: Comment) -> tuple[Comment, ...]:
    """Place comments under the page with this key, in this language."""
    return tuple(replace(comment, page=page, language=language) for comment in comments)


def paragraph(*texts: str) -> Block:
    """Running text: each text becomes a paragraph, but a list stands as it is. The value is simple html."""
    return "paragraph", html(*texts)


def html(*texts: str) -> str:
    """Return the texts as html paragraphs; a text that opens a list is left alone."""
    return "".join(text if text.startswith(("<ul>", "<ol>")) else f"<p>{text}</p>" for text in texts)


def heading(text: str, level: str = "h2") -> Block:
    """A heading inside the body: h2 or h3."""
    return "heading", {"text": text, "level": level}


def picture(key: str, alt: str, caption: str = "", credit: str = "") -> Block:
    """One picture from ``demo.pictures``."""
    return "picture", _picture(key, alt, caption, credit)


def gallery(*pictures: tuple[str, str, str], title: str = "") -> Block:
    """Several pictures, each given as key, alternative text and caption."""
    return "gallery", {"title": title, "pictures": [_picture(*each) for each in pictures]}


def block_quotation(text: str, attribution: str, source_url: str = "") -> Block:
    """The words of somebody else."""
    return "block_quotation", {"text": text, "attribution": attribution, "source_url": source_url}


def pull_quotation(text: str, attribution: str = "") -> Block:
    """A sentence of the article itself, set large."""
    return "pull_quotation", {"text": text, "attribution": attribution}


def video(address: str, title: str, poster: str) -> Block:
    """A video by its address; the poster is a picture of ours."""
    return "video", {"address": address, "title": title, "poster": poster}


def document(key: str, title: str) -> Block:
    """A file to take away, from ``demo.pictures.document``."""
    return "document", {"document": key, "title": title}


def table(caption: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    """Rows under column headings; the first cell of a row is its heading."""
    return "table", {"caption": caption, "columns": list(columns), "rows": [list(row) for row in rows]}


def callout(kind: str, title: str, text: str) -> Block:
    """A note or something important, beside the text."""
    return "callout", {"kind": kind, "title": title, "text": text}


def key_figures(*figures: tuple[str, str, str]) -> Block:
    """Figures, each given as value, label and note."""
    return "key_figures", [{"value": value, "label": label, "note": note} for value, label, note in figures]


def questions(*pairs: tuple[str, str]) -> Block:
    """Questions with their answers (html), folded."""
    return "questions", [{"question": question, "answer": answer} for question, answer in pairs]


def call_to_action(text: str, label: str, page: str) -> Block:
    """An invitation that leads to another page, by key."""
    return "call_to_action", {"text": text, "label": label, "page": page}


def related_pages(*pages: str) -> Block:
    """Other pages worth reading, by key."""
    return "related_pages", list(pages)


def featured_comment(
    comment: str,
    why: str,
    *,
    cut: tuple[str, ...] = (),
    removed: tuple[tuple[str, str], ...] = (),
    name_form: str = "signed",
    name_detail: str = "",
    reply: str = "there",
    rejoinder: str = "",
) -> Block:
    """A reader's comment, by key, and why it stands here.

    ``cut`` are words of it that are left out, ``removed`` words with the reason why; ``rejoinder`` is the key
    of what its author replied to the page.
    """
    return "featured_comment", {
        "comment": comment,
        "why": why,
        "cut": cut,
        "removed": removed,
        "name_form": name_form,
        "name_detail": name_detail,
        "reply": reply,
        "rejoinder": rejoinder,
    }


def comment_from_elsewhere(
    name: str, source: str, text: str, permission: str, *, days_ago: int, address: str = ""
) -> Block:
    """Words received by letter or read on another site, with how and when permission was given."""
    return "comment_from_elsewhere", {
        "name": name,
        "source": source,
        "address": address,
        "days_ago": days_ago,
        "text": text,
        "permission": permission,
    }


def blocks_of(body: tuple[Block, ...], block_type: str) -> Iterator[object]:
    """Yield the values of the blocks of one type."""
    return (value for kind, value in body if kind == block_type)


def _picture(key: str, alt: str, caption: str, credit: str = "") -> dict[str, str]:
    return {"picture": key, "alt": alt, "caption": caption, "credit": credit}
