"""Turns the blocks of the content into the blocks of a page, keys into rows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from demo.content.shapes import Block
from demo.factories.demonstration import Demonstration
from dialogue.blocks import quotation_of
from dialogue.selections import Selection
from portal.blocks import PortalStreamBlock

PAGE_LINK = re.compile(r'<a href="page:([\w-]+)">')


def place_of(text: str, words: str) -> list[int]:
    """Return where `words` stand in `text`; raises `ValueError` where they do not."""
    start = text.index(words)
    return [start, start + len(words)]


def leave_out(text: str, cuts: tuple[str, ...]) -> list[list[int]]:
    """Return the ranges of `text` that remain without these words, given in their order; none: all of it."""
    edges = [0, *(edge for words in cuts for edge in place_of(text, words)), len(text)]
    ranges = [edges[at : at + 2] for at in range(0, len(edges), 2)]
    return [one for one in ranges if text[slice(*one)].strip()] if cuts else []


class BodyWriter:
    """Writes the bodies of one language; every page and comment that they name must be there."""

    def __init__(self, demo: Demonstration, language: str) -> None:
        self.demo = demo
        self.language = language

    def write(self, body: tuple[Block, ...], stream: PortalStreamBlock) -> list[tuple[str, Any]]:
        """Return what a `StreamField` of `stream` takes."""
        blocks = []
        for kind, value in body:
            convert: Callable[[Any], Any] = getattr(self, f"convert_{kind}", lambda same: same)
            is_whole = kind == "featured_comment"  # a quotation has no row yet: the page makes it
            converted = convert(value)
            blocks.append((kind, converted if is_whole else stream.child_blocks[kind].to_python(converted)))
        return blocks

    def link(self, html: str) -> str:
        """Return `html` with its links to keys made links to pages, as the editor stores them."""
        return PAGE_LINK.sub(
            lambda found: f'<a linktype="page" id="{self.page(found[1]).pk}">',
            html,
        )

    def page(self, key: str) -> Any:
        return self.demo.pages[key, self.language]

    def convert_paragraph(self, html: str) -> str:
        return self.link(html)

    def convert_callout(self, value: dict[str, str]) -> dict[str, str]:
        return {**value, "text": self.link(value["text"])}

    def convert_questions(self, pairs: list[dict[str, str]]) -> dict[str, Any]:
        return {"questions": [{**pair, "answer": self.link(pair["answer"])} for pair in pairs]}

    def convert_picture(self, value: dict[str, str]) -> dict[str, Any]:
        return {
            "image": {
                "image": self.demo.pictures[value["picture"]].pk,
                "alt_text": value["alt"],
                "decorative": False,
            },
            "caption": value["caption"],
            "credit": value["credit"],
        }

    def convert_gallery(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": value["title"],
            "pictures": [self.convert_picture(each) for each in value["pictures"]],
        }

    def convert_video(self, value: dict[str, str]) -> dict[str, Any]:
        return {**value, "poster": self.demo.pictures[value["poster"]].pk}

    def convert_document(self, value: dict[str, str]) -> dict[str, Any]:
        return {"document": self.demo.documents[value["document"]].pk, "title": value["title"]}

    def convert_table(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "caption": value["caption"],
            "columns": [{"type": "text", "heading": heading} for heading in value["columns"]],
            "rows": [{"values": row} for row in value["rows"]],
        }

    def convert_key_figures(self, figures: list[dict[str, str]]) -> dict[str, Any]:
        return {"figures": figures}

    def convert_call_to_action(self, value: dict[str, str]) -> dict[str, Any]:
        return {**value, "page": self.page(value["page"]).pk}

    def convert_related_pages(self, keys: list[str]) -> dict[str, Any]:
        return {"title": "", "pages": [self.page(key).pk for key in keys]}

    def convert_featured_comment(self, value: dict[str, str]) -> dict[str, Any]:
        comment = self.demo.comments[value["comment"]]
        plain = comment.words.plain
        selection = Selection(
            comment.public_id,
            ranges=leave_out(plain, value["cut"]),
            removals=[[*place_of(plain, words), reason] for words, reason in value["removed"]],
            name_form=value["name_form"],
            name_detail=value["name_detail"],
        )
        quotation = quotation_of(comment, selection)
        return {"quotation": quotation, "why": value["why"], "reply": value["reply"]}

    def convert_comment_from_elsewhere(self, value: dict[str, Any]) -> dict[str, Any]:
        said_on = self.demo.now - timedelta(days=value["days_ago"])
        return {
            "text": value["text"],
            "name": value["name"],
            "source": value["source"],
            "address": value["address"],
            "date": said_on.date().isoformat(),
            "permission": True,
            "permission_given": value["permission"],
        }
