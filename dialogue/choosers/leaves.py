"""What the author of a comment agreed to, as far as a quotation of it goes, and what happens next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.forms import Leave
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester, may_be_asked
from dialogue.quotation_states import SENTENCES, QuotationState, state_of


@dataclass(frozen=True)
class LeaveLine:
    """Where it stands, what an editor does about it, and what becomes of an agreement that there was."""

    leave: Leave
    sentence: str
    next_step: str
    lost: str = ""


def has_leave(quotation: FeaturedComment) -> bool:
    """Whether its author agreed to a quotation that is not stored, by the box beside the words."""
    return FeaturedCommentPermissionTester(quotation, quotation.comment.page).has_consent()


def describe_leave(
    quotation: FeaturedComment, kept: FeaturedComment | None, former: FeaturedComment | None
) -> LeaveLine:
    """Return what is said of `quotation`, or of the row that says the same, if `kept`.

    `former` is the row that the page holds now.
    """
    if kept is not None:
        standing = state_of(kept, kept.page)
        leave = Leave.NONE if standing.state.stops_publication else Leave.GIVEN
        return LeaveLine(leave, standing.sentence, _("Nothing of that changes: the page quotes just this."))
    lost = ""
    if has_leave(quotation):
        return LeaveLine(
            Leave.GIVEN,
            str(SENTENCES[QuotationState.COVERED]),
            _("Nobody needs to be asked. Readers see the quotation once the page is published."),
        )
    if former is not None and former.agreed_at and not former.withdrawn_at:
        lost = _("The author agreed to what the page quotes now. That does not cover what you have marked.")
    if may_be_asked(quotation.comment.participant):
        return LeaveLine(
            Leave.TO_ASK,
            str(SENTENCES[QuotationState.TO_ASK]),
            _("Save the draft, and ask under “Quotations” in its menu. It is published once they agree."),
            lost,
        )
    return LeaveLine(
        Leave.NONE,
        _("The author has not agreed to be quoted, and may not be asked, or cannot be reached."),
        _("A page that quotes these words cannot be published. Choose another comment."),
        lost,
    )
