"""What the proof of quotations keeps account of: who said what where, what quotes it, and what may be shown.

It is told once more here, in plain terms, and asked of nobody.
"""

from dataclasses import dataclass, field

from dialogue.attributions import NameForm
from dialogue.models import CommentStatus


@dataclass
class Spot:
    """A page: whether readers have it, and whether it is for employees alone."""

    pk: int
    is_live: bool = True
    is_closed: bool = False
    is_below_closed: bool = False

    @property
    def is_internal(self) -> bool:
        return self.is_closed or self.is_below_closed


@dataclass
class Reply:
    """What somebody quoted replied to a page, in its thread and beside the quotation; its words by now."""

    pk: int
    spot: Spot
    words: list[str]
    status: str

    @property
    def is_published(self) -> bool:
        return self.status == CommentStatus.PUBLISHED


@dataclass
class Voice:
    """A comment: its words by version, its name, and the versions that the box beside it covers."""

    pk: int
    spot: Spot
    name: tuple[str, str]
    versions: dict[int, list[str]]
    status: str = CommentStatus.PUBLISHED
    boxed: set[int] = field(default_factory=set)
    replies: list[Reply] = field(default_factory=list)

    @property
    def version(self) -> int:
        return max(self.versions)

    @property
    def all_words(self) -> set[str]:
        said = [*self.versions.values(), *(reply.words for reply in self.replies)]
        return {*self.name, *(word for words in said for word in words)}

    @property
    def read_in_thread(self) -> set[str]:
        """What whoever reads its page finds there: a reply of theirs stays where their comment is hidden."""
        said = [self.versions[self.version]] if self.status == CommentStatus.PUBLISHED else []
        said += [reply.words for reply in self.replies if reply.is_published]
        return {*self.name, *(word for words in said for word in words)} if said else set()


@dataclass
class Quoted:
    """A row: what it shows of which version, and what was said to it."""

    pk: int
    voice: Voice
    version: int
    words: set[str]
    form: str
    own_name: str = ""
    is_asked: bool = False
    is_asked_for_public: bool = False
    is_agreed: bool = False
    is_agreed_for_public: bool = False
    is_refused: bool = False  # declined, or taken back since
    is_crossed: bool = False
    reply: Reply | None = None

    @property
    def shown(self) -> set[str]:
        names = {NameForm.SIGNED: self.voice.name, NameForm.FIRST: self.voice.name[:1]}
        return self.words | ({self.own_name} if self.form == NameForm.OWN else set(names.get(self.form, ())))

    def is_shown_on(self, spot: Spot) -> bool:
        """Rules 2, 4 and 9, told once more."""
        voice = self.voice
        if voice.status != CommentStatus.PUBLISHED or not voice.spot.is_live or self.is_refused:
            return False
        if self.goes_beyond(spot):
            return self.is_agreed and self.is_agreed_for_public and self.is_crossed
        return self.is_agreed or (self.version in voice.boxed and self.form != NameForm.OWN)

    def goes_beyond(self, spot: Spot) -> bool:
        """Whether readers of `spot` may not read it where it was said."""
        return self.voice.spot.is_internal and not spot.is_internal

    def shown_on(self, spot: Spot) -> set[str]:
        """What readers of `spot` see of it; a reply goes no further than its thread (rule 13)."""
        if not self.is_shown_on(spot):
            return set()
        has_reply = self.reply is not None and self.reply.is_published and not self.goes_beyond(spot)
        return self.shown | set(self.reply.words if has_reply and self.reply else ())


@dataclass
class Quoting:
    """A page that quotes: the rows in the body that readers have, and in its draft."""

    spot: Spot
    placed: list[Quoted]
    drafted: list[Quoted]

    @property
    def shown(self) -> set[str]:
        shown = (row.shown_on(self.spot) for row in self.placed)
        return set().union(*shown) if self.spot.is_live else set()
