"""Why somebody decides, and which reasons hold."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.actions import CommentRefused, Refusal
from moderation.models import REASON_TEXT_MAX_LENGTH, Reason, Verb


class ReasonRequired(CommentRefused):
    """The act needs a reason, and none that holds was given."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Refusal.NO_REASON)


@dataclass(frozen=True)
class Justification:
    """Why somebody decides: what the author is told, and a note that colleagues alone read."""

    reason_code: str = ""
    reason_text: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("reason_text", "note"):
            object.__setattr__(self, name, getattr(self, name).strip())


UNEXPLAINED = Justification()


def refuse_reason(verb: Verb, why: Justification) -> None:
    """Raise `ReasonRequired` for a reason that is missing, unknown, or says nothing."""
    if verb.needs_reason and not why.reason_code:
        raise ReasonRequired(_("Choose a reason."))
    if why.reason_code and why.reason_code not in Reason.values:
        raise ReasonRequired(_("Choose a reason from the list."))
    if why.reason_code == Reason.OTHER and not why.reason_text:
        raise ReasonRequired(_("Say in a few words what the other reason is."))
    if verb == Verb.UPHOLD and not why.reason_text:
        raise ReasonRequired(_("Say to the author why the decision stands."))
    if max(len(why.reason_text), len(why.note)) > REASON_TEXT_MAX_LENGTH:
        raise ReasonRequired(
            _("Keep the explanation within %(limit)s characters.") % {"limit": REASON_TEXT_MAX_LENGTH}
        )
