"""What somebody sends, and as whom."""

from dataclasses import dataclass, field
from datetime import datetime

from dialogue.models.comments import Comment
from dialogue.origins import Origin
from dialogue.passages import Passage
from people.models import Participant, Side
from portal.permissions import Viewer


@dataclass(frozen=True)
class Submission:
    """What somebody sends: their words, who they are, and what they agreed to.

    A signed-in person is their `user`; a guest gives `name` and `email`, which the `origin` may verify, or is
    known as the `participant` by a mailed link. A reply may quote a `passage` of its `parent`; a rejoinder
    may be said where the conversation is closed.
    """

    text: str
    key: str
    user: Viewer
    name: str = ""
    email: str = ""
    origin: Origin = field(default_factory=Origin)
    parent: Comment | None = None
    passage: Passage | None = None
    for_organisation: bool = False
    may_quote: bool = False
    may_ask: bool = False
    tell_replies: bool = False
    tell_outcomes: bool = False
    submitted_at: datetime | None = None
    participant: Participant | None = None
    is_rejoinder: bool = False


@dataclass(frozen=True)
class Author:
    """As whom somebody speaks."""

    name: str
    side: Side
    role_label_fr: str = ""
    role_label_en: str = ""


def author_of(submission: Submission) -> Author:
    """Return the name, side and role, in both languages, that are stored with the comment."""
    user = submission.user
    if not user.is_authenticated:
        return Author(submission.name, Side.EXTERNAL)
    side = Side.ORGANISATION if submission.for_organisation else Side.INTERNAL
    return Author(user.display_name, side, user.role_label_fr, user.role_label_en)
