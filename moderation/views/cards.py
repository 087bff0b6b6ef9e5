"""The card of a comment: its words in context, who says them, what was noticed, and what can be decided.

A card costs no query of its own: `cards_for` asks for all cards of a screen at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import cached_property
from django.utils.text import capfirst

from dialogue.differences import differences
from dialogue.models import Comment, CommentRevision, CommentStatus
from dialogue.passages import context_of, quote_passages
from dialogue.querysets import CommentQuerySet
from moderation.forms import write_seen
from moderation.measure_forms import NoteForm
from moderation.models import (
    Appeal,
    Claim,
    Decision,
    Flag,
    FlagState,
    Measure,
    Note,
    PendingDecision,
    claims_on,
)
from moderation.permissions import AppealPermissionTester
from moderation.querysets import REMOVED
from moderation.screening.evidence import Evidence
from moderation.screening.registry import explain
from moderation.screening.signals import ENOUGH, Piece, Signal, pieces_of, risk_of
from moderation.views.choices import Choice, choices_for
from moderation.views.notes import notes_beside
from people.models import User


@dataclass
class Card:
    """One comment as a moderator decides on it."""

    comment: Comment
    signals: Sequence[Signal] = ()
    screened_version: int | None = None
    screened_text: str = ""  # the words that screening looked at
    change: CommentRevision | None = None  # new words of the author that wait
    flags: Sequence[Flag] = ()  # the open ones first
    others: Sequence[tuple[str, int]] = ()  # how many other comments of the author stand where
    passage: str = ""
    pending: PendingDecision | None = None
    appeal: Appeal | None = None  # the one that waits for an answer
    is_own_decision: bool = False  # against which it is
    claim: Claim | None = None  # who has taken it on
    notes: Sequence[Note] = ()  # on it and on its author, newest first
    measures: Sequence[Measure] = ()  # in force on its author

    @property
    def note_form(self) -> NoteForm:
        return NoteForm(auto_id=f"id_note_{self.comment.public_id}_%s")

    @property
    def seen(self) -> str:
        """Say which comment, and in what state it is shown."""
        return write_seen(self.comment)

    @property
    def noticed(self) -> list[tuple[str, int]]:
        """What screening noticed: a sentence and a score each."""
        return [(explain(signal), signal.score) for signal in self.signals]

    @property
    def risk(self) -> int:
        return risk_of(self.signals)

    @property
    def enough(self) -> int:
        return ENOUGH

    @property
    def marked(self) -> list[Piece]:
        """The words that screening looked at, in pieces; nothing where it noticed none of them."""
        pieces = pieces_of(self.screened_text, self.signals)
        return pieces if any(piece.is_marked for piece in pieces) else []

    @property
    def hosts(self) -> list[str]:
        """Where links in the words lead: each host once."""
        text = self.change.text if self.change else self.comment.text
        return list(dict.fromkeys(link.host for link in Evidence(text).links if link.host))

    @property
    def pieces(self) -> list:
        """How the words that wait differ from those that readers read."""
        return differences(self.comment.text, self.change.text) if self.change else []

    @property
    def open_flags(self) -> list[Flag]:
        return [flag for flag in self.flags if flag.state == FlagState.OPEN]

    @property
    def is_said_illegal(self) -> bool:
        return any(flag.is_of_illegal for flag in self.open_flags)

    @cached_property
    def choices(self) -> list[Choice]:
        """Each act that is open, unless somebody has just decided."""
        # Policy: nobody answers an appeal against what they decided themselves.
        if self.pending or self.is_own_decision:
            return []
        return choices_for(self.comment, self.open_flags, self.appeal)


def cards_for(comments: Iterable[Comment], visible: CommentQuerySet, viewer: User) -> list[Card]:
    """Return the cards of `comments` for `viewer`; what else their authors said is counted in `visible`."""
    cards = {comment.pk: Card(comment) for comment in comments}
    if not cards:
        return []
    _add_signals(cards)
    _add_revisions(cards)
    _add_flags(cards)
    _add_appeals(cards, viewer)
    _add_others(cards, visible)
    _add_context(cards)
    _add_colleagues(cards, viewer)
    return list(cards.values())


def _add_signals(cards: dict[int, Card]) -> None:
    """Add what screening noticed when it last looked."""
    looked = Decision.objects.filter(comment__in=cards, by=None).order_by("decided_at", "pk")
    for decision in looked:  # the last one stays
        card = cards[decision.comment_id]
        card.signals = decision.noticed
        card.screened_version = decision.comment_version


def _add_revisions(cards: dict[int, Card]) -> None:
    """Add the words that screening looked at, and those that wait."""
    wanted = Q()
    for card in cards.values():
        comment = card.comment
        if card.screened_version == comment.version:
            card.screened_text = comment.text
        versions = {comment.waiting_version, card.screened_version if card.signals else None}
        versions -= {None, comment.version}
        if versions:
            wanted |= Q(comment=comment, version__in=versions)
    if not wanted:
        return
    for revision in CommentRevision.objects.filter(wanted):
        card = cards[revision.comment_id]
        if revision.version == card.screened_version:
            card.screened_text = revision.text
        if revision.version == card.comment.waiting_version and card.comment.has_waiting_edit:
            card.change = revision


def _add_flags(cards: dict[int, Card]) -> None:
    # The queue has counted them already.
    cards = {key: card for key, card in cards.items() if getattr(card.comment, "flag_count", 1)}
    if not cards:
        return
    flags: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in Flag.objects.filter(comment__in=cards).select_related("participant__user", "settled_by"):
        flags[flag.comment_id].append(flag)
    for key, of_comment in flags.items():
        cards[key].flags = sorted(of_comment, key=lambda flag: flag.state != FlagState.OPEN)


def _add_appeals(cards: dict[int, Card], viewer: User) -> None:
    """Add the appeals that wait, and whether they are against what `viewer` decided."""
    removed = [key for key, card in cards.items() if card.comment.status in REMOVED]
    if not removed:
        return
    for appeal in Appeal.objects.open().filter(comment__in=removed).select_related("decision__by"):
        card = cards[appeal.comment_id]
        card.appeal = appeal
        card.is_own_decision = AppealPermissionTester(appeal, viewer).took_the_decision()


def _add_others(cards: dict[int, Card], visible: CommentQuerySet) -> None:
    """Count what else each author said, by where it stands."""
    authors = {card.comment.participant_id for card in cards.values()} - {None}
    rows = visible.filter(participant__in=authors).order_by().values_list("participant", "status")
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for author, status, count in rows.annotate(Count("pk")):
        counts[author][status] = count
    for card in cards.values():
        comment = card.comment
        of_author = dict(counts[comment.participant_id]) if comment.participant_id else {}
        if comment.status in of_author:
            of_author[comment.status] -= 1  # itself
        card.others = [
            (str(capfirst(CommentStatus(status).label)), count)
            for status, count in sorted(of_author.items())
            if count
        ]


def _add_context(cards: dict[int, Card]) -> None:
    """Add the passage that a reply quotes, who has taken it on, and what somebody has just decided."""
    for key, claim in claims_on([card.comment for card in cards.values()]).items():
        cards[key].claim = claim
    passages = quote_passages(card.comment for card in cards.values())
    for key, card in cards.items():
        card.passage = context_of("", passages.get(key))
    # In the queue there are none.
    cards = {key: card for key, card in cards.items() if not hasattr(card.comment, "turn")}
    if not cards:
        return
    for pending in PendingDecision.objects.open().filter(comment__in=cards).select_related("by"):
        cards[pending.comment_id].pending = pending


def _add_colleagues(cards: dict[int, Card], viewer: User) -> None:
    """Add what other moderators noted, and what is in force on the authors, as far as `viewer` may know."""
    notes = notes_beside([card.comment for card in cards.values()], viewer)
    authors = {card.comment.participant_id for card in cards.values()}
    measures = Measure.objects.in_force().lasting().seen_by(viewer).filter(participant__in=authors)
    on_author: defaultdict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        on_author[measure.participant_id].append(measure)
    for key, card in cards.items():
        card.notes = notes.get(key, ())
        card.measures = on_author.get(card.comment.participant_id, ())
