"""What an import brings: comments as they were said elsewhere or at another time, and what became of them."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from dialogue import consents
from dialogue.actions.consents import carry_imported
from dialogue.actions.events import AUTHOR, SYSTEM, Doer, event_of
from dialogue.actions.languages import tell_language
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.rules import check_name, check_text
from dialogue.actions.steps import STEPS, refuse_step, take_step
from dialogue.actions.versions import tick, version_of
from dialogue.markup import Words
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent, EventKind, EventRole
from dialogue.models.pages import ConversationPage
from dialogue.models.statuses import CommentStatus
from mail.models import ChoicePlace
from people.models import Participant, Side
from people.names import clean_name
from people.permissions import taken_names
from portal.languages import is_language
from privacy.actions import consent_of
from privacy.consents import ConsentKind
from privacy.models import Consent

SOURCE_LENGTH = Comment._meta.get_field("imported_as").max_length or 0


@dataclass(frozen=True, slots=True)
class ImportedAct:
    """What was done with a comment after it was said: it was changed (`EDITED`, with the new `text`),
    published, rejected, hidden, restored or withdrawn. Where nobody knows by whom, by the portal itself.
    """

    kind: EventKind
    at: datetime
    doer: Doer = SYSTEM
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImportedConsent:
    """What the author agreed to when, as far as the source knows: that it is published, or quoted.

    `wording` is the name of the words in which they were asked; empty: in ours of now.
    """

    kind: ConsentKind
    at: datetime
    wording: str = ""


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """One comment to import. It waits where it was neither published nor rejected by one of its `acts`.

    `source` is what it is called where it comes from, unlike any other that is imported ever; it outlives an
    erasure, and so tells of nobody. `parent` is the source of what it replies to, in the same import or an
    earlier one. Name and role are those of then; without a name it is that of the author. An address stands
    for a guest only where the source has seen that it is theirs.
    """

    source: str
    page: ConversationPage
    author: Participant
    text: str
    said_at: datetime
    parent: str = ""
    name: str = ""
    for_organisation: bool = False
    role_label_fr: str = ""
    role_label_en: str = ""
    words_language: str = ""
    acts: tuple[ImportedAct, ...] = ()
    consents: tuple[ImportedConsent, ...] = ()

    @property
    def side(self) -> Side:
        """On whose side it was said."""
        if self.author.is_guest:
            return Side.EXTERNAL
        return Side.ORGANISATION if self.for_organisation else Side.INTERNAL


@dataclass(slots=True)
class Imported:
    """A comment that an import brings, with all that is written with it.

    `events` has what was written of each of its acts, and under None that it was imported.
    """

    row: ImportedComment
    comment: Comment
    versions: list[CommentRevision] = field(default_factory=list)
    events: dict[ImportedAct | ImportedConsent | None, CommentEvent] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)


class ImportRefused(CommentRefused):
    """Some rows cannot be imported, and so none was: `faults` says which, by their source, and why."""

    def __init__(self, faults: dict[str, CommentRefused]) -> None:
        super().__init__(
            "\n".join(f"{source}: {fault}" for source, fault in faults.items()),
            next(iter(faults.values())).code,
        )
        self.faults = faults


def prepare_imports(rows: list[ImportedComment], now: datetime) -> list[Imported]:
    """Return what these rows make, none of it stored nor in its place. Raises `ImportRefused`."""
    # Asked for all rows together; a post asks for its one name.
    names = taken_names(_name_of(row) for row in rows if row.author.is_guest)
    # A source that stands in two rows of one import is known before the database is asked.
    times = Counter(row.source for row in rows)
    prepared, faults = [], {}
    for row in rows:
        try:
            _refuse_row(row, times[row.source], now)
            prepared.append(_prepare(row, names))
        except CommentRefused as fault:
            faults[row.source] = fault
    if faults:
        raise ImportRefused(faults)
    return prepared


def _refuse_row(row: ImportedComment, times: int, now: datetime) -> None:
    """Raise `CommentRefused` for what cannot have been; of words and names, others say it."""
    if not row.source or times > 1 or len(row.source) > SOURCE_LENGTH:
        raise CommentRefused(
            _("It needs a source of its own, of at most %(length)s characters.") % {"length": SOURCE_LENGTH},
            Refusal.BAD_SOURCE,
        )
    if row.for_organisation and row.author.is_guest:
        raise CommentRefused(
            _("Only somebody with an account has spoken for the organisation."), Refusal.BAD_AUTHOR
        )
    if row.words_language and not is_language(row.words_language):
        raise CommentRefused(_("Choose a language from the list."), Refusal.UNKNOWN_LANGUAGE)
    if not _has_dates(row, now):
        raise CommentRefused(
            _("Its dates do not follow one another, or lie in the future."), Refusal.BAD_DATE
        )
    for act in row.acts:
        _refuse_act(act)
    if any(consent.kind not in (consents.PUBLISH, consents.QUOTE) for consent in row.consents):
        raise CommentRefused(_("That is not agreed to with a comment."), Refusal.BAD_CONSENT)


def _has_dates(row: ImportedComment, now: datetime) -> bool:
    moments = [row.said_at, *(act.at for act in row.acts), now]
    return moments == sorted(moments) and all(row.said_at <= one.at <= now for one in row.consents)


def _refuse_act(act: ImportedAct) -> None:
    is_known = act.kind in STEPS or act.kind == EventKind.EDITED
    # What the constraint `dialogue_event_doer` would refuse in the middle of a batch.
    if not is_known or (act.doer.role == EventRole.MODERATOR) != (act.doer.by is not None):
        raise CommentRefused(_("That cannot have happened to it."), Refusal.BAD_ACT)


def _name_of(row: ImportedComment) -> str:
    return row.name or row.author.name


# --- What a row makes -----------------------------------------------------------------------------


def _prepare(row: ImportedComment, taken: Container[str]) -> Imported:
    """Return what a row makes: a comment as it stands now, with its versions and all that happened to it."""
    imported = Imported(row, _draft(row, taken))
    imported.events[None] = event_of(imported.comment, EventKind.IMPORTED, SYSTEM, at=row.said_at)
    _keep_version(imported, row.said_at)
    # What was agreed to in the moment of new words goes with these.
    story: list[ImportedAct | ImportedConsent] = [*row.acts, *row.consents]
    for one in sorted(story, key=lambda one: one.at):
        if isinstance(one, ImportedConsent):
            _agree(imported, one)
        else:
            imported.events[one] = _let_happen(imported, one)
    _take_back(imported)
    return imported


def _draft(row: ImportedComment, taken: Container[str]) -> Comment:
    """Return the comment as it was said. An account's name is its own; that of a guest is looked at."""
    name, is_guest = _name_of(row), row.author.is_guest
    comment = Comment(
        imported_as=row.source,
        page=row.page,
        participant=row.author,
        author_name=check_name(name, taken=taken) if is_guest else clean_name(name),
        side=row.side,
        role_label_fr=row.role_label_fr,
        role_label_en=row.role_label_en,
        language=row.page.locale.language_code,
        status=CommentStatus.HELD,
        submitted_at=row.said_at,
    )
    _write_words(comment, row.text, row.words_language)
    return comment


def _write_words(comment: Comment, text: str, language: str) -> None:
    comment.words = Words.of(check_text(text))
    comment.words_language = language or tell_language(comment, comment.words)


def _keep_version(imported: Imported, at: datetime) -> None:
    """Keep the words as they are now as a version of that time."""
    comment = imported.comment
    revision = version_of(
        comment,
        comment.words,
        version=comment.version,
        language=comment.words_language,
        may_quote=False,
        at=at,
        is_accepted=True,
    )
    imported.versions.append(revision)


def _let_happen(imported: Imported, act: ImportedAct) -> CommentEvent:
    """Let an act happen to the comment. Raises `CommentRefused` where it could not, as the portal does."""
    comment = imported.comment
    if act.kind != EventKind.EDITED:
        refuse_step(comment, STEPS[act.kind])
        return take_step(comment, STEPS[act.kind], act.doer, at=act.at)
    if comment.status not in (CommentStatus.HELD, CommentStatus.PUBLISHED):
        raise CommentRefused(_("Only a waiting or published comment can be changed."), Refusal.WRONG_STATUS)
    comment.version += 1
    _write_words(comment, act.text, imported.row.words_language)
    _keep_version(imported, act.at)
    if not comment.is_published:
        return event_of(comment, EventKind.EDITED, act.doer, at=act.at)
    comment.edited_at = act.at
    return event_of(comment, EventKind.EDIT_ACCEPTED, act.doer, at=act.at)


def _agree(imported: Imported, given: ImportedConsent) -> None:
    """Keep what the author agreed to, for the words as they were then."""
    comment, is_quote = imported.comment, given.kind == consents.QUOTE
    row = consent_of(
        imported.row.author,
        given.kind,
        is_given=True,
        place=ChoicePlace.FORM,
        version=comment.version if is_quote else None,
        language=comment.language,
        wording=given.wording,
        at=given.at,
    )
    imported.consents.append(row)
    # Agreed in the moment of the words, it is part of their event; later, an event of its own (decision 31).
    if is_quote and given.at == imported.versions[-1].submitted_at:
        tick(imported.versions[-1])
    elif is_quote:
        imported.events[given] = event_of(comment, EventKind.QUOTATION_AGREED, AUTHOR, at=given.at)


def _take_back(imported: Imported) -> None:
    """Whoever withdrew their words no longer agrees that they are published."""
    comment = imported.comment
    if comment.withdrawn_at and any(one.kind == consents.PUBLISH.name for one in imported.consents):
        # Written only where the source knew of the consent: nothing is taken back that nobody gave.
        row = consent_of(
            imported.row.author,
            consents.PUBLISH,
            is_given=False,
            place=ChoicePlace.PAGE,
            language=comment.language,
            at=comment.withdrawn_at,
        )
        imported.consents.append(row)
    carry_imported(comment, imported.consents, [version.version for version in imported.versions])
