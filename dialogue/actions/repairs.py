"""Where comments and quotations carry other consents than the register says: found, and mended."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple

from django.db import transaction
from wagtail.models import Page

from dialogue import consents
from dialogue.actions.consents import (
    CONSENT_FIELDS,
    QUOTATION_FIELDS,
    carry_register,
    carry_register_of_quotation,
    derive_quotation_consent,
    derive_quote_consent,
)
from dialogue.actions.counts import Difference
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.featured import FeaturedComment
from privacy.models import Consent

# What is asked of a comment here, and by its lock: no words, for a page may have very many comments.
LOOKED_AT = ("public_id", "page", "root", "version", "published_version", *CONSENT_FIELDS)


def rederive_consents(page: Page) -> list[Difference]:
    """Let what was said on `page` carry what the register says; return where it did not."""
    # Found without a lock, for the whole page is read; each is derived again below, under its own.
    wrong, quotations = _compare(page), _compare_quotations(page)
    with transaction.atomic():
        concerned = {comment.pk: comment for comment, _differences in wrong}
        concerned |= {quotation.comment_id: quotation.comment for quotation, _differences in quotations}
        for comment in lock_comments(concerned.values()):
            current = lock_comment(comment)
            carry_register(current)
            current.save(update_fields=CONSENT_FIELDS)
        for quotation in FeaturedComment.objects.filter(pk__in=[one.pk for one, _differences in quotations]):
            carry_register_of_quotation(quotation)
            quotation.save(update_fields=QUOTATION_FIELDS)
    return _all(wrong) + _all(quotations)


def find_consent_differences(page: Page) -> list[Difference]:
    """Return where what was said on `page` carries what the register does not say. Writes nothing."""
    return _all(_compare(page)) + _all(_compare_quotations(page))


def _all[Row](wrong: list[tuple[Row, list[Difference]]]) -> list[Difference]:
    return [difference for _row, differences in wrong for difference in differences]


def _compare(page: Page) -> list[tuple[Comment, list[Difference]]]:
    """Return the comments that carry something else than the register says, with what it is."""
    comments = Comment.objects.filter(page=page)
    rows: defaultdict[int | None, list[Consent]] = defaultdict(list)
    register = Consent.objects.filter(kind=consents.QUOTE.name, cause_id__in=comments.values("pk"))
    for row in register.order_by("pk"):
        rows[row.cause_id].append(row)
    accepted: defaultdict[int, list[int]] = defaultdict(list)
    versions = CommentRevision.objects.filter(comment__page=page, accepted_at__isnull=False)
    for comment_id, version in versions.values_list("comment_id", "version"):
        accepted[comment_id].append(version)
    wrong = []
    for comment in comments.only(*LOOKED_AT):
        consent = derive_quote_consent(comment, rows[comment.pk], accepted[comment.pk])
        carried = (getattr(comment, name) for name in CONSENT_FIELDS)
        found = _differences(f"comment {comment.public_id}", CONSENT_FIELDS, carried, astuple(consent))
        if found:
            wrong.append((comment, found))
    return wrong


def _compare_quotations(page: Page) -> list[tuple[FeaturedComment, list[Difference]]]:
    """Return the quotations of comments of `page`, wherever they stand, that carry something else."""
    quotations = FeaturedComment.objects.filter(comment__page=page).select_related("comment")
    rows: defaultdict[int | None, list[Consent]] = defaultdict(list)
    register = Consent.objects.filter(kind=consents.QUOTATION.name, item_id__in=quotations.values("pk"))
    for row in register.order_by("pk"):
        rows[row.item_id].append(row)
    wrong = []
    for quotation in quotations.defer("comment__fragment").order_by("pk"):
        consent = derive_quotation_consent(rows[quotation.pk])
        carried = (getattr(quotation, name) for name in QUOTATION_FIELDS)
        found = _differences(f"quotation {quotation.pk}", QUOTATION_FIELDS, carried, astuple(consent))
        if found:
            wrong.append((quotation, found))
    return wrong


def _differences(
    what: str, names: Iterable[str], carried: Iterable[object], said: Iterable[object]
) -> list[Difference]:
    return [
        Difference(what, name, kept, right)
        for name, kept, right in zip(names, carried, said, strict=True)
        if kept != right
    ]
