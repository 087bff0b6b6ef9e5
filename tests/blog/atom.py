"""What RFC 4287 asks of an Atom feed, as far as ours may break it."""

import re
from datetime import datetime
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {
    "subtitle",
    "generator",
    "icon",
    "logo",
    "published",
    "rights",
    "source",
    "summary",
    "content",
}
OFTEN = {"author", "category", "contributor", "link"}


def read_feed(content: bytes) -> Element:
    """Return the feed in `content`, which is found valid."""
    feed = ElementTree.fromstring(content)  # noqa: S314 - our own output
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANGUAGE) in {"fr", "en"}
    entries = feed.findall(f"{ATOM}entry")
    check_parts(feed, may_have=ONCE | AT_MOST_ONCE - {"published", "summary", "content"} | OFTEN | {"entry"})
    assert "self" in rels_of(feed)
    for entry in entries:
        check_parts(entry, may_have=ONCE | AT_MOST_ONCE | OFTEN)
        assert authors_of(entry) or authors_of(feed), "somebody has written it"
        assert "alternate" in rels_of(entry) or entry.find(f"{ATOM}content") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len({feed.findtext(f"{ATOM}id"), *ids}) == len(ids) + 1, "no two things have one name"
    return feed


def check_parts(element: Element, may_have: set[str]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert may_have >= set(names)
    assert all(names.count(name) == 1 for name in ONCE)
    assert all(names.count(name) <= 1 for name in AT_MOST_ONCE)
    assert ABSOLUTE.fullmatch(element.findtext(f"{ATOM}id"))
    for child in element:
        match child.tag.removeprefix(ATOM):
            case "updated" | "published":
                assert DATE.fullmatch(child.text)
                assert datetime.fromisoformat(child.text).tzinfo
            case "author":
                assert [part.tag for part in child] == [f"{ATOM}name"]
            case "category":
                assert child.get("term")
            case "link":
                assert ABSOLUTE.fullmatch(child.get("href"))
            case "summary":
                assert child.get("type") == "html"
    assert all(name and name.strip() for name in authors_of(element))


def rels_of(element: Element) -> list[str]:
    rels = [link.get("rel", "alternate") for link in element.findall(f"{ATOM}link")]
    assert rels.count("alternate") <= 1
    return rels


def authors_of(element: Element) -> list[str | None]:
    return [author.text for author in element.findall(f"{ATOM}author/{ATOM}name")]


class Attributes(HTMLParser):
    """Gathers the attributes in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += attrs
