"""Words from elsewhere: which stand in a page, in its draft and before its readers, and who was invited.

They are blocks of the page and nothing more; a block is known by the id that Wagtail gives it.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from dialogue.models.invitations import ReplyInvitation


@dataclass(frozen=True)
class WordsFromElsewhere:
    """A block that quotes somebody from elsewhere: which of the page's blocks, counted from 1, and where."""

    number: int
    block_id: str
    value: StructValue
    is_in_draft: bool
    is_before_readers: bool
    invitations: tuple[ReplyInvitation, ...] = ()

    @property
    def anchor(self) -> str:
        """Its place on the page of an editor."""
        return f"elsewhere-{self.number}" if self.is_in_draft else f"elsewhere-former-{self.number}"


def find_elsewhere(page: Page, draft: Page) -> list[WordsFromElsewhere]:
    """Return the words from elsewhere in the draft of `page`, in their order, then those readers alone have.

    One query for all of them.
    """
    in_draft, live = words_in(draft.body), words_in(page.body) if page.live else {}
    found = [*in_draft.items(), *((key, words) for key, words in live.items() if key not in in_draft)]
    invitations: dict[str, list[ReplyInvitation]] = {}
    for invitation in _invitations_on(page) if found else ():
        invitations.setdefault(invitation.block_id, []).append(invitation)
    return [
        WordsFromElsewhere(number, key, value, key in in_draft, key in live, tuple(invitations.get(key, ())))
        for key, (number, value) in found
    ]


def _invitations_on(page: Page) -> QuerySet[ReplyInvitation]:
    return ReplyInvitation.objects.filter(page_id=page.pk).select_related("invited_by")


def words_before_readers(page: Page, block_id: str) -> StructValue | None:
    """Return the words in that block of `page` as readers have it now; None where they have none."""
    _number, value = words_in(page.body).get(block_id, (0, None)) if page.live else (0, None)
    return value


def words_in(body: StreamValue) -> dict[str, tuple[int, StructValue]]:
    """Return the words from elsewhere in a body as it is stored, numbered, by the ids of their blocks."""
    return {
        child.id: (number, child.value)
        for number, child in enumerate(body, start=1)
        if child.block_type == "comment_from_elsewhere" and child.id
    }
