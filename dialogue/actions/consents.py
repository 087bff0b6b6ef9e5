"""What authors agree to with a comment: kept beside it, and written into the register in the same moment."""

from datetime import datetime

from dialogue import consents, topics
from dialogue.models.comments import Comment
from mail.actions import choose_mail
from mail.models import ChoicePlace, MailFrequency
from privacy.actions import record_consent

CONSENT_FIELDS = [
    "quote_consented_at",
    "quote_consent_wording",
    "quote_consent_version",
    "quote_consent_since",
]


def consent_to_quotation(comment: Comment, given_at: datetime | None) -> None:
    """Keep the consent to be quoted for the words as they are now, or that there is none."""
    comment.quote_consented_at = given_at
    comment.quote_consent_wording = consents.QUOTE.wording if given_at else ""
    comment.quote_consent_version = comment.version if given_at else None
    comment.quote_consent_since = None


def extend_consent(comment: Comment, given_at: datetime) -> None:
    """Let the consent cover the words as they are now as well: what quotes the former ones goes on."""
    since = comment.quote_consent_since or comment.quote_consent_version
    consent_to_quotation(comment, given_at)
    comment.quote_consent_since = since


def record_with_comment(comment: Comment) -> None:
    """Write down what was agreed to by sending a comment: that it is published and, if so, quoted.

    For a guest it counts once they have confirmed that the comment is theirs, as everything about it does.
    """
    record_consent(
        comment.participant,
        consents.PUBLISH,
        is_given=True,
        place=ChoicePlace.FORM,
        cause_id=comment.pk,
        language=comment.language,
        at=comment.submitted_at,
        is_first=True,
    )
    if comment.quote_consented_at is not None:
        record_quotation(comment, ChoicePlace.FORM, at=comment.submitted_at, language=comment.language)


def record_quotation(
    comment: Comment, place: ChoicePlace, *, at: datetime | None = None, language: str = ""
) -> None:
    """Write down whether `comment` may be quoted, where that has changed."""
    record_consent(
        comment.participant,
        consents.QUOTE,
        is_given=comment.quote_consented_at is not None,
        place=place,
        cause_id=comment.pk,
        version=comment.quote_consent_version,
        language=language,
        at=at,
    )


def record_withdrawal(comment: Comment, place: ChoicePlace) -> None:
    """Write down that the author no longer agrees that `comment` is published."""
    record_consent(comment.participant, consents.PUBLISH, is_given=False, place=place, cause_id=comment.pk)


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
