"""What authors agree to with a comment: the register decides, and what a comment carries is derived from it.

Nothing else writes the columns `quote_…` of a comment, takes away what waiting words were ticked with, or
says of a quotation that it was agreed to, or is no longer.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from itertools import takewhile

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from dialogue import consents, topics
from dialogue.actions.counts import Difference
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.featured import FeaturedComment
from mail.actions import choose_mail
from mail.models import ChoicePlace, MailFrequency
from privacy.actions import consent_of, record_consent, record_consents
from privacy.consents import ConsentKind
from privacy.models import Consent

CONSENT_FIELDS = (
    "quote_consented_at",
    "quote_consent_wording",
    "quote_consent_version",
    "quote_consent_since",
)
# What `_derive` and the locks ask of a comment: no words, for a page may have very many comments.
LOOKED_AT = ("public_id", "page", "root", "version", "published_version", *CONSENT_FIELDS)


@dataclass(frozen=True)
class QuoteConsent:
    """What a comment carries of the consent to be quoted, in the order of `CONSENT_FIELDS`; empty: none.

    `since` is the first of the versions that it covers without a break, where it covers more than one.
    """

    given_at: datetime | None = None
    wording: str = ""
    version: int | None = None
    since: int | None = None


# --- With a comment -------------------------------------------------------------------------------


def store_with_consents(comment: Comment, *, may_quote: bool) -> None:
    """Store a new comment, and what is agreed to by sending it: that it is published and, if so, quoted.

    For a guest it counts once they have confirmed that the comment is theirs, as everything about it does.
    """
    given: dict[ConsentKind, int | None] = {consents.PUBLISH: None}
    if may_quote:
        given[consents.QUOTE] = comment.version
        _carry(comment, QuoteConsent(comment.submitted_at, consents.QUOTE.wording, comment.version))
    # Past the signals: the index is told once, when it is known where the comment stands.
    Comment.objects.bulk_create([comment])
    comment.is_new = True
    record_consents(
        consent_of(
            comment.participant,
            kind,
            is_given=True,
            place=ChoicePlace.FORM,
            cause_id=comment.pk,
            version=version,
            language=comment.language,
            at=comment.submitted_at,
        )
        for kind, version in given.items()
    )


def carry_imported(comment: Comment, given: Iterable[Consent], accepted: Iterable[int]) -> None:
    """Let a comment that is not stored yet carry what was `given` with it elsewhere, in order of time.

    `accepted` are its versions that need nobody to decide on them. `record_imported` writes the rows.
    """
    rows = [row for row in given if row.kind == consents.QUOTE.name]
    _carry(comment, _derive(comment, _standing(rows), accepted))


def record_imported(given: Iterable[tuple[Comment, Consent]]) -> None:
    """Write into the register what was given with comments that have just been stored."""
    rows = []
    for comment, row in given:
        row.cause_id = comment.pk
        rows.append(row)
    record_consents(rows)


def record_withdrawal(comment: Comment, place: ChoicePlace) -> None:
    """Write down that the author no longer agrees that `comment` is published."""
    record_consent(comment.participant, consents.PUBLISH, is_given=False, place=place, cause_id=comment.pk)


def forget_consents(comment: Comment) -> None:
    """Delete what was agreed for this comment alone. It is locked, and its caller saves it."""
    Consent.objects.filter(cause_id=comment.pk, is_for_one_comment=True).delete()
    _carry(comment, QuoteConsent())


def keep_wishes(comment: Comment) -> None:
    """Keep what the author ticked for whatever they say: to be told, and to be asked.

    For a guest only once they have shown that the address is theirs: anybody can type it.
    """
    wishes = {topics.REPLIES: comment.wants_replies, topics.OUTCOMES: comment.wants_outcomes}
    for topic, is_wished in wishes.items():
        if is_wished:
            choose_mail(
                comment.participant,
                topic,
                MailFrequency.IMMEDIATE,
                place=ChoicePlace.FORM,
                cause_id=comment.pk,
                language=comment.language,
            )
    if comment.may_be_asked:
        record_consent(
            comment.participant,
            consents.ASK,
            is_given=True,
            place=ChoicePlace.FORM,
            cause_id=comment.pk,
            language=comment.language,
        )


# --- To be quoted ---------------------------------------------------------------------------------


def has_quote_consent(comment: Comment) -> bool:
    """Whether there is anything to take back: for the words as they are, for words that wait, for a page."""
    return (
        comment.quote_consented_at is not None
        or _ticked_and_waiting(comment).exists()
        or _agreed_pages(comment).exists()
    )


def record_quote_consent(comment: Comment, *, is_given: bool, place: ChoicePlace) -> None:
    """Write down that the author agrees to be quoted with the words as they are now, or no longer at all.

    The comment is locked, and it is saved here, with whatever else is new about it. Given again for words
    that take the place of others that readers had, it covers both. Taken back, it is for every page, and for
    words that wait.
    """
    now = timezone.now()
    record_consent(
        comment.participant,
        consents.QUOTE,
        is_given=is_given,
        place=place,
        cause_id=comment.pk,
        version=comment.version if is_given else None,
        at=now,
    )
    if not is_given:
        _ticked_and_waiting(comment).update(may_quote=False)
        _agreed_pages(comment).update(withdrawn_at=now)
    _carry(comment, _in_register(comment))
    comment.save()


def _ticked_and_waiting(comment: Comment) -> QuerySet[CommentRevision]:
    version = comment.waiting_version or 0  # there is no such version
    return CommentRevision.objects.filter(comment=comment, version=version, may_quote=True)


def _agreed_pages(comment: Comment) -> QuerySet[FeaturedComment]:
    return FeaturedComment.objects.filter(comment=comment, agreed_at__isnull=False, withdrawn_at=None)


def _carry(comment: Comment, consent: QuoteConsent) -> None:
    for name, value in zip(CONSENT_FIELDS, astuple(consent), strict=True):
        setattr(comment, name, value)


def _in_register(comment: Comment) -> QuoteConsent:
    """Return what the register says now of one comment."""
    rows = Consent.objects.filter(kind=consents.QUOTE.name, cause_id=comment.pk)
    accepted = CommentRevision.objects.filter(comment=comment, accepted_at__isnull=False)
    # By key, which is the order of writing: a clock may go backwards.
    return _derive(comment, _standing(rows.order_by("pk")), accepted.values_list("version", flat=True))


def _standing(rows: Iterable[Consent]) -> list[Consent]:
    """Return the rows by which somebody agrees now: those after the last that took it back."""
    standing: list[Consent] = []
    for row in rows:
        standing = [*standing, row] if row.is_given else []
    return standing


def _derive(comment: Comment, standing: list[Consent], accepted: Iterable[int]) -> QuoteConsent:
    """Return what a comment is to carry, of its `standing` rows and the versions that were `accepted`.

    It covers the versions before the last one as far back as each that readers had was agreed to.
    """
    if not standing:
        return QuoteConsent()
    last, since = standing[-1], None
    if len(standing) > 1:
        agreed = {row.version for row in standing}
        # Versions in between that were refused, replaced or wait were never read, and break nothing.
        read = range(comment.published_version or comment.version, (last.version or 0) + 1)
        covered = list(takewhile(agreed.__contains__, sorted(set(accepted) & set(read), reverse=True)))
        since = covered[-1] if len(covered) > 1 else None
    return QuoteConsent(last.recorded_at, last.wording, last.version, since)


# --- Anew -----------------------------------------------------------------------------------------


def rederive_consents(page: Page) -> list[Difference]:
    """Let the comments of `page` carry what the register says; return where they did not."""
    # Found without a lock, for the whole page is read; each is derived again below, under its own.
    wrong = _compare(page)
    with transaction.atomic():
        for comment in lock_comments([comment for comment, _differences in wrong]):
            current = lock_comment(comment)
            _carry(current, _in_register(current))
            current.save(update_fields=CONSENT_FIELDS)
    return [difference for _comment, differences in wrong for difference in differences]


def find_consent_differences(page: Page) -> list[Difference]:
    """Return where comments of `page` carry what the register does not say. Writes nothing."""
    return [difference for _comment, differences in _compare(page) for difference in differences]


def _compare(page: Page) -> list[tuple[Comment, list[Difference]]]:
    """Return the comments that carry something else than the register says, with what it is."""
    comments = Comment.objects.filter(page=page)
    rows: dict[int | None, list[Consent]] = {}
    register = Consent.objects.filter(kind=consents.QUOTE.name, cause_id__in=comments.values("pk"))
    for row in register.order_by("pk"):
        rows.setdefault(row.cause_id, []).append(row)
    accepted: dict[int, list[int]] = {}
    versions = CommentRevision.objects.filter(comment__page=page, accepted_at__isnull=False)
    for comment_id, version in versions.values_list("comment_id", "version"):
        accepted.setdefault(comment_id, []).append(version)
    wrong = []
    for comment in comments.only(*LOOKED_AT):
        consent = _derive(comment, _standing(rows.get(comment.pk, [])), accepted.get(comment.pk, []))
        if differences := _differences(comment, consent):
            wrong.append((comment, differences))
    return wrong


def _differences(comment: Comment, consent: QuoteConsent) -> list[Difference]:
    carried = (getattr(comment, name) for name in CONSENT_FIELDS)
    return [
        Difference(f"comment {comment.public_id}", name, kept, said)
        for name, kept, said in zip(CONSENT_FIELDS, carried, astuple(consent), strict=True)
        if kept != said
    ]
