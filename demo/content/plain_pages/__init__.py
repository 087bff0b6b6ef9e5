"""Standing pages: about us, the rules of the conversation, the privacy notice."""

from demo.content.plain_pages import about, privacy, rules
from demo.content.shapes import PlainPage

PLAIN_PAGES: tuple[PlainPage, ...] = tuple(
    page for module in (about, rules, privacy) for page in (module.FRENCH, module.ENGLISH)
)
