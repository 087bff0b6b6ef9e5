"""Who may do what with a comment, and in a conversation.

`CommentQuerySet.visible_to` says in SQL what `CommentPermissionTester.can_read` says of one comment; a test
holds the two together.
"""

from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.follows import FollowSubject
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import HistoryReaders
from dialogue.models.statuses import CommentStatus
from dialogue.querysets import MODERATE
from people.models import Participant
from people.sections import Sections, sections_of
from portal.permissions import Viewer, can_read_page

SPEAK_FOR_ORGANISATION = "dialogue.speak_for_organisation"


class CommentPermissionTester:
    """What `user` may do with `comment`."""

    def __init__(self, comment: Comment, user: Viewer) -> None:
        self.comment = comment
        self.user = user

    @cached_property
    def _can_read_page(self) -> bool:
        return can_read_page(self.user, self.comment.page)

    def can_read(self) -> bool:
        return self.comment.is_published and self._can_read_page

    def can_moderate(self) -> bool:
        # Policy: a moderator decides in their sections, on pages that they may read themselves.
        return sections_of(self.user, MODERATE).hold(self.comment.page) and self._can_read_page

    def can_see(self) -> bool:
        """Whether the admin shows them the words and the name: if they decide on it, also what is hidden."""
        # Policy: what is not confirmed is seen by nobody; of what was erased there is nothing to see.
        never = {CommentStatus.UNVERIFIED, CommentStatus.ERASED}
        return self.can_read() or (self.can_moderate() and self.comment.status not in never)

    def can_feature(self) -> bool:
        return self.can_read() and self.user.has_perm("dialogue.feature_comment")

    def can_read_history(self, readers: str) -> bool:
        """Whether the earlier versions may be read, where the setting says that `readers` may."""
        if not self.can_read():
            return False
        if readers == HistoryReaders.EVERYBODY or self.can_moderate():
            return True
        return readers == HistoryReaders.SIGNED_IN and self.user.is_authenticated


class AuthorPermissionTester:
    """What a participant may do with their own `comment`.

    Pass `may_read_page` where it is known already, so that several comments cost no query each.
    """

    # Policy: not `hidden`. What a moderator removed stays so, and does not come to look withdrawn.
    WITHDRAWABLE = frozenset(
        {
            CommentStatus.UNVERIFIED,
            CommentStatus.HELD,
            CommentStatus.PUBLISHED,
            CommentStatus.REJECTED,
        }
    )
    QUOTABLE = frozenset({CommentStatus.HELD, CommentStatus.PUBLISHED})
    # Policy: readers see that what they may have answered was changed, and may look up what it said.
    EDITABLE = frozenset({CommentStatus.UNVERIFIED, CommentStatus.HELD, CommentStatus.PUBLISHED})

    def __init__(
        self,
        comment: Comment,
        participant: Participant,
        edit_minutes: int,
        may_read_page: bool | None = None,
    ) -> None:
        self.comment = comment
        self.participant = participant
        self._may_read_page = may_read_page
        self.edit_until = comment.submitted_at + timedelta(minutes=edit_minutes)

    def is_author(self) -> bool:
        return self.comment.participant_id == self.participant.pk

    def can_withdraw(self) -> bool:
        return self.is_author() and self.comment.status in self.WITHDRAWABLE

    def can_agree_to_quotation(self) -> bool:
        # Policy: nobody is quoted with what was refused or taken away, nor before the address is theirs.
        return (
            self.is_author()
            and self.comment.status in self.QUOTABLE
            and self.comment.quote_consented_at is None
        )

    def can_edit(self) -> bool:
        return (
            self.is_author()
            and self.comment.status in self.EDITABLE
            and self.is_recent()
            # Policy: nobody publishes where they may not read, nor in a name that they no longer speak in.
            and self._can_read_page()
            and (not self.comment.is_for_organisation or self._viewer.has_perm(SPEAK_FOR_ORGANISATION))
        )

    def _can_read_page(self) -> bool:
        if self._may_read_page is None:
            return can_read_page(self._viewer, self.comment.page)
        return self._may_read_page

    def is_recent(self) -> bool:
        """Whether the time in which its author may change it is still running."""
        return timezone.now() < self.edit_until

    @property
    def _viewer(self) -> Viewer:
        return self.participant.user or AnonymousUser()


class FollowPermissionTester:
    """Whether `user` may follow or mute `subject`, whatever it sends them then."""

    def __init__(self, subject: FollowSubject, user: Viewer) -> None:
        self.subject = subject
        self.user = user

    def can_follow(self) -> bool:
        page, root = self.subject.page, self.subject.root
        # `specific_class` is None for a page whose kind is no longer installed.
        if not (issubclass(page.specific_class or Page, ConversationPage) and can_read_page(self.user, page)):
            return False
        # Policy: a thread stands as long as readers see its beginning, or the place of it.
        return root is None or root.is_published or (root.is_tombstone and root.reply_count > 0)


class ConversationPermissionTester:
    """What `user` may do in the conversation of `page`."""

    def __init__(self, page: ConversationPage, user: Viewer) -> None:
        self.page = page
        self.user = user

    def can_read(self) -> bool:
        return can_read_page(self.user, self.page)

    def can_comment(self) -> bool:
        return self.page.commenting_state.is_open and self.can_read()

    def can_import(self) -> bool:
        # Policy: whoever writes in the names of others, at any date, is an administrator.
        return self.user.is_superuser and self.can_read()

    def can_speak_for_organisation(self) -> bool:
        return self.user.has_perm(SPEAK_FOR_ORGANISATION)


def may_know_what_waits(viewer: Viewer) -> bool:
    """Policy: how many comments wait is known to those who may read them."""
    return viewer.has_perm("dialogue.view_comment") or viewer.has_perm(MODERATE)


def sections_of_what_waits(viewer: Viewer) -> Sections:
    """Return in which sections `viewer` may know how many comments wait."""
    return sections_of(viewer, "dialogue.view_comment") | sections_of(viewer, MODERATE)
