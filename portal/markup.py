"""HTML of ours as other programs get it: without what holds on the page alone, and with whole addresses."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

# What an element keeps beside its language; identifiers, classes and the editor's own marks go.
KEPT = {
    "a": {"href", "title"},
    "blockquote": {"cite"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"reversed", "start"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
KEPT_BY_ALL = {"dir", "lang"}
ADDRESSES = {"cite", "href", "src"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OUT = {"iframe", "object", "script", "style", "svg", "template"}  # with what stands in them


def portable(html: str, address: str) -> str:
    """Return the HTML of the page at `address` so that it can be read anywhere.

    It raises on no text, and doing it twice changes nothing.
    """
    writer = _Writer(address)
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    """Writes what it reads."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.parts: list[str] = []
        self.left_out: list[str] = []  # the elements that are being left out, the outermost first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT:
            self.left_out.append(tag)
        elif not self.left_out:
            self.parts.append(f"<{tag}{''.join(self._write(tag, attrs))}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in LEFT_OUT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            del self.left_out[self.left_out.index(tag) :]
        elif not self.left_out and tag not in VOID | LEFT_OUT:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.parts.append(escape(data, quote=False))

    def _write(self, tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
        kept: dict[str, str | None] = {}
        for name, value in attrs:
            if name in KEPT.get(tag, set()) | KEPT_BY_ALL:
                text = value or ""
                kept.setdefault(name, self._complete(text) if name in ADDRESSES else text)
        return (f' {name}="{escape(text)}"' for name, text in kept.items() if text is not None)

    def _complete(self, address: str) -> str | None:
        try:
            return urljoin(self.address, address)
        except ValueError:  # it is none
            return None
