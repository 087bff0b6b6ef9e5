"""What rules look at: a comment, or a line of a file that somebody wants scored."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from dialogue.models import Comment
from moderation.matching.folding import Span, Word, words_of
from moderation.matching.sketches import Sketch, sketch_of
from moderation.screening.standings import Standing, standing_of

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]()\"“”«»]+", re.IGNORECASE)
# It begins where nothing of a host stands before: from each place within a long one, it would be tried anew.
_BARE = re.compile(
    r"(?<![a-z0-9.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}/[^\s<>\[\]()]+", re.IGNORECASE
)


@dataclass(frozen=True)
class Link:
    """An address in a text: its host, and where it stands."""

    host: str
    span: Span


@dataclass(frozen=True)
class Evidence:
    """What is known of a comment when it is screened: its words, and who says them.

    A line of a file has no `comment`; rules that ask the database then find nothing.
    """

    text: str
    name: str = ""
    email: str = ""
    language: str = ""
    form_signals: frozenset[str] = field(default_factory=frozenset)
    comment: Comment | None = None

    @classmethod
    def of(cls, comment: Comment, text: str | None = None) -> "Evidence":
        """Return what is known of `comment`, or of a change that makes `text` of it."""
        return cls(
            text=comment.text if text is None else text,
            name=comment.author_name,
            email="" if comment.participant is None else comment.participant.address,
            language=comment.words_language or comment.language,
            form_signals=frozenset(comment.signals),
            comment=comment,
        )

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.text)

    @cached_property
    def words_of_name(self) -> list[Word]:
        return words_of(self.name)

    @cached_property
    def sketch(self) -> Sketch | None:
        return sketch_of(self.words)

    @cached_property
    def standing(self) -> Standing:
        """How whoever says it stands; nobody knows of a line of a file."""
        return standing_of(self.comment) if self.comment else Standing()

    @cached_property
    def links(self) -> list[Link]:
        found = [*_ADDRESS.finditer(self.text), *_BARE.finditer(self.text)]
        links: list[Link] = []
        for one in sorted(found, key=lambda match: match.start()):
            if links and one.start() < links[-1].span[1]:
                continue  # within the one before
            links.append(Link(_host_of(one[0]), one.span()))
        return links


def _host_of(address: str) -> str:
    with_scheme = address if "//" in address[:8] else f"//{address}"
    try:
        return (urlsplit(with_scheme).hostname or "").removeprefix("www.")
    except ValueError:  # half an IPv6 address
        return ""
