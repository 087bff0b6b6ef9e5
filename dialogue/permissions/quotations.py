"""Whether a quotation is shown to readers, and who may do what about it.

Whoever may be asked to be quoted is told here too: nobody else is written to.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from dialogue import consents
from dialogue.attributions import NameForm
from dialogue.models.featured import FeaturedComment
from dialogue.models.statuses import CommentStatus
from dialogue.permissions.comments import CommentPermissionTester
from mail.models import SuppressedAddress
from people.models import Participant
from portal.permissions import (
    PortalPagePermissionTester,
    Restriction,
    Viewer,
    load_restrictions,
    readers_are_within,
)
from privacy.models import Consent


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
            # Policy: the box allows the name as it was signed, or less of it; never another.
            featured.attributed_form != NameForm.OWN
            and comment.quote_consented_at is not None
            and featured.revision.version in comment.versions_agreed_to
        )

    def needs_crossing(self) -> bool:
        """Whether the page has readers who may not read the comment where it stands."""
        restrictions = load_restrictions() if self.restrictions is None else self.restrictions
        return not readers_are_within(self.page, self.featured.comment.page, restrictions)

    def has_crossed(self) -> bool:
        """Whether it may be shown to them: the person said so for the public, and a second of our own."""
        return self.featured.agreed_for_public and self.featured.crossed_at is not None

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
        if not self.has_crossed() and self.needs_crossing():
            yield Withheld.WIDER_AUDIENCE

    def can_be_shown(self) -> bool:
        return self.why_withheld() is None

    def can_be_rejoined(self) -> bool:
        """Whether a reply of the person quoted may stand with it: readers see it, and may read its thread."""
        return self.featured.placed_at is not None and self.can_be_shown() and not self.needs_crossing()

    def can_show_rejoinder(self) -> bool:
        """Whether readers see the reply of the person quoted with it: none goes before more people."""
        reply = self.featured.rejoinder
        return reply is not None and reply.is_published and not self.needs_crossing()


class QuotationPermissionTester:
    """What `user` may do about `quotation`, on the page where it stands.

    Pass `on_page` where several are decided on, so that they cost no query each.
    """

    def __init__(
        self, quotation: FeaturedComment, user: Viewer, on_page: PortalPagePermissionTester | None = None
    ) -> None:
        self.quotation = quotation
        self.user = user
        self._on_page = on_page or PortalPagePermissionTester(user, quotation.page)

    def can_ask(self) -> bool:
        """Whether they may ask its author, and remind them."""
        return self._can_feature() and self._on_page.can_edit()

    def can_renew(self) -> bool:
        """Whether they may quote what its author has made of the words since, in the draft of the page."""
        return self.can_ask() and not self._on_page.page_locked()

    def can_cross(self) -> bool:
        # Policy: four eyes. Whoever chose the words, or asked for them, does not let all read them.
        first = {self.quotation.featured_by_id, self.quotation.asked_by_id}
        return self._can_feature() and self._on_page.can_publish() and self.user.pk not in first

    def _can_feature(self) -> bool:
        return CommentPermissionTester(self.quotation.comment, self.user).can_feature()


class PageQuotationsPermissionTester:
    """What `user` may do about the quotations of `page`, whichever they are."""

    def __init__(self, page: Page, user: Viewer) -> None:
        self.page = page
        self.user = user

    def can_open(self) -> bool:
        """Whether they are shown where each of them stands."""
        return self._on_page.can_edit() and self.user.has_perm("dialogue.feature_comment")

    def can_remove(self) -> bool:
        """Whether they may take one out of the draft: also one of which they may not read the words."""
        return self.can_open() and not self._on_page.page_locked()

    def can_invite(self) -> bool:
        """Whether they may invite whoever is quoted from elsewhere to reply."""
        return self.can_open()

    @cached_property
    def _on_page(self) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(self.user, self.page)


def may_be_asked(participant: Participant) -> bool:
    """Whether `participant` may be asked to be quoted."""
    return participant.pk in who_may_be_asked([participant])


def who_may_be_asked(participants: Iterable[Participant]) -> set[int]:
    """Return the keys of those who may be asked: two queries for all, with their users at hand.

    Whoever agreed to be asked and still does, at an address that is theirs and takes mail.
    """
    known = {participant.pk: participant for participant in participants}
    rows = Consent.objects.filter(kind=consents.ASK.name, participant__in=known).order_by("pk")
    agreed = dict(rows.values_list("participant_id", "is_given"))  # the last row is what holds
    digests = {
        pk: SuppressedAddress.digest_of(participant.address)
        for pk, participant in known.items()
        if agreed.get(pk) and participant.is_reachable
    }
    suppressed = SuppressedAddress.objects.filter(digest__in=digests.values())
    refusing = set(suppressed.values_list("digest", flat=True))
    return {pk for pk, digest in digests.items() if digest not in refusing}
