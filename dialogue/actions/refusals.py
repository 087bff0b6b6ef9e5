"""What stands against an act, in a sentence for whoever tried, and in a word for programs."""

from enum import StrEnum

from dialogue.models.comments import Comment


class Refusal(StrEnum):
    """Why something was refused: what an importer or a program tells apart."""

    CLOSED = "closed"  # the conversation takes nothing
    PARENT_GONE = "parent_gone"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    TOO_MANY = "too_many"  # of late, by this person or from this network
    SILENCED = "silenced"  # by a measure of moderators
    SAID_ALREADY = "said_already"
    ARRIVED = "arrived"  # in an earlier version, which stays
    TOO_LATE = "too_late"  # to be changed
    TOO_OFTEN = "too_often"  # changed
    NOT_WAITING = "not_waiting"  # for a decision, any more
    NOT_CONFIRMED = "not_confirmed"  # by the owner of the address
    WRONG_STATUS = "wrong_status"  # for this act
    UNKNOWN_LANGUAGE = "unknown_language"
    NO_REASON = "no_reason"  # was given for an act that needs one
    MOVED_ON = "moved_on"  # since somebody looked
    NOT_YOURS = "not_yours"  # to decide: it is about what you decided
    NOT_QUOTABLE = "not_quotable"
    NOT_SHOWN = "not_shown"  # to readers, yet
    NOT_NEEDED = "not_needed"  # all that it would bring is there already
    NOT_TO_BE_ASKED = "not_to_be_asked"  # did not agree to be, or cannot be reached
    ASKED_ALREADY = "asked_already"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"  # once is for ever, for the same words on the same page
    NOT_AGREED = "not_agreed"  # by the person quoted
    CROSSING_OFF = "crossing_off"  # nothing internal is shown to the public here
    # Of what is to be imported.
    BAD_SOURCE = "bad_source"  # none is given, or one twice, or too long
    BAD_AUTHOR = "bad_author"  # unknown, erased, or nobody who spoke for the organisation
    BAD_DATE = "bad_date"  # in the future, or before what it follows
    BAD_PARENT = "bad_parent"  # unknown, or under another page
    BAD_ACT = "bad_act"  # nothing that an import can have happened
    BAD_CONSENT = "bad_consent"  # of a kind that does not go with a comment
    NO_SECTION = "no_section"  # in which somebody may write


class CommentRefused(Exception):
    """The act cannot be done; the message says why, in the reader's language, and `code` for programs."""

    def __init__(self, message: str, code: Refusal) -> None:
        super().__init__(message)
        self.code = code


class KnownComment(CommentRefused):
    """A `comment` of the same author stands in the way: whoever is told is led to it."""

    def __init__(self, message: str, code: Refusal, comment: Comment) -> None:
        super().__init__(message, code)
        self.comment = comment
