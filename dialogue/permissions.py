"""Who may do what with a comment, in a conversation, and whether a quotation may be shown.

One tester for each noun, a line for each condition. `CommentQuerySet.visible_to` says in SQL what
`CommentPermissionTester.can_read` says of one comment; a test holds the two together.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.models.follows import FollowSubject
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import HistoryReaders
from dialogue.models.statuses import CommentStatus
from people.models import Participant
from portal.permissions import Restriction, Viewer, can_read_page, load_restrictions, readers_are_within

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
        # Policy: a moderator decides on what stands on pages that they may read themselves.
        return self.user.has_perm("dialogue.moderate_comment") and self._can_read_page

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


class Withheld(StrEnum):
    """Why readers do not see a featured comment."""

    NOT_ON_THIS_PAGE = "not_on_this_page"
    NOT_PUBLISHED = "not_published"
    PAGE_NOT_LIVE = "page_not_live"
    NO_CONSENT = "no_consent"
    WIDER_AUDIENCE = "wider_audience"

    @property
    def sentence(self) -> str:
        """What the editor is told, in the place of the quotation."""
        return str(WITHHELD_SENTENCES[self])

    @property
    def reason(self) -> str:
        """The reason alone, to stand in a sentence or a cell."""
        return str(WITHHELD_REASONS[self])


WITHHELD_SENTENCES = {
    Withheld.NOT_ON_THIS_PAGE: _(
        "Readers will see this quotation once the page has been saved and published."
    ),
    Withheld.NOT_PUBLISHED: _("Readers do not see this quotation: the comment is no longer published."),
    Withheld.PAGE_NOT_LIVE: _(
        "Readers do not see this quotation: the page under which the comment stands is not online."
    ),
    Withheld.NO_CONSENT: _("Readers do not see this quotation: its author has not agreed to be quoted."),
    Withheld.WIDER_AUDIENCE: _(
        "Readers do not see this quotation: the page is open to people who may not read the comment."
    ),
}
WITHHELD_REASONS = {
    Withheld.NOT_ON_THIS_PAGE: _("it stands in a draft only"),
    Withheld.NOT_PUBLISHED: _("the comment is not published"),
    Withheld.PAGE_NOT_LIVE: _("the page under which it stands is not online"),
    Withheld.NO_CONSENT: _("its author has not agreed to be quoted"),
    Withheld.WIDER_AUDIENCE: _("it is internal, and the page is open to people who may not read it"),
}


class FeaturedCommentPermissionTester:
    """Whether the readers of `page` are shown `featured`; decided each time it is rendered.

    Pass `restrictions` where several quotations are decided on, so that they cost no query each.
    """

    def __init__(
        self, featured: FeaturedComment, page: Page, restrictions: Iterable[Restriction] | None = None
    ) -> None:
        self.featured = featured
        self.page = page
        self.restrictions = restrictions

    def has_consent(self) -> bool:
        """Whether the person agreed to this quotation, or ticked the box that covers it."""
        featured, comment = self.featured, self.featured.comment
        # Policy: a no to this page outweighs the box that was ticked for all.
        if featured.declined_at or featured.withdrawn_at:
            return False
        return bool(featured.agreed_at) or (
            comment.quote_consented_at is not None and featured.revision.version in comment.versions_agreed_to
        )

    def why_withheld(self) -> Withheld | None:
        """Return the first reason for which readers do not see the quotation, or None."""
        if self.featured.page_id is None or self.featured.page_id != self.page.pk:
            return Withheld.NOT_ON_THIS_PAGE
        return self.why_not_quotable()

    def why_not_quotable(self) -> Withheld | None:
        """Return what stands first against the quotation itself, wherever it may be placed."""
        return next(self.obstacles(), None)

    def obstacles(self) -> Iterator[Withheld]:
        """Yield all that stands against the quotation itself: each must be gone before readers see it."""
        source = self.featured.comment
        if source.status != CommentStatus.PUBLISHED:
            yield Withheld.NOT_PUBLISHED
        if not source.page.live:
            yield Withheld.PAGE_NOT_LIVE
        if not self.has_consent():
            yield Withheld.NO_CONSENT
        restrictions = load_restrictions() if self.restrictions is None else self.restrictions
        if not (self.featured.crossed_at or readers_are_within(self.page, source.page, restrictions)):
            yield Withheld.WIDER_AUDIENCE

    def can_be_shown(self) -> bool:
        return self.why_withheld() is None
