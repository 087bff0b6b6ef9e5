"""A quotation as the person quoted is shown it: what stands where, under which name, and what they may do.

Who is asked sees the words as readers will, the headline of the page and who reads it there; of a page that
is closed to them, only that there is one.
"""

from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogue.attributions import PROPOSABLE, NameForm
from dialogue.models.featured import FeaturedComment, FeaturedCommentQuerySet
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import AuthorPermissionTester, FeaturedCommentPermissionTester
from people.models import Participant
from portal.audiences import name_readers
from portal.permissions import (
    Audience,
    Restriction,
    Viewer,
    audience_of,
    is_restricted_by,
    load_restrictions,
    restrictions_against,
)


class OwnState(StrEnum):
    """Where a quotation stands for the person: the first of these that is so."""

    OVERTAKEN = "overtaken"  # the comment, or the page, is not there to quote or be quoted in
    TAKEN_BACK = "taken_back"
    DECLINED = "declined"
    WAITING = "waiting"  # for their answer
    AGREED = "agreed"
    COVERED = "covered"  # by the box under the comment
    UNANSWERED = "unanswered"  # in time
    UNTOLD = "untold"  # nobody asked, and no reader sees it: a draft that is nobody's business


@dataclass(frozen=True)
class NameChoice:
    """A form of the name, as it will look beside the words."""

    form: NameForm
    name: str
    role: str


@dataclass(frozen=True)
class OwnQuotation:
    """One quotation, for its person, whom the restrictions `against` keep out."""

    quotation: FeaturedComment
    restrictions: list[Restriction]
    against: list[Restriction]

    @property
    def comment_id(self) -> int:
        return self.quotation.comment_id

    @cached_property
    def state(self) -> OwnState:
        quotation = self.quotation
        if quotation.withdrawn_at:
            return OwnState.TAKEN_BACK
        if quotation.declined_at:
            return OwnState.DECLINED
        if quotation.comment.status not in AuthorPermissionTester.QUOTABLE:
            return OwnState.OVERTAKEN if quotation.asked_at or quotation.agreed_at else OwnState.UNTOLD
        if self._is_waiting:
            return OwnState.WAITING
        if quotation.agreed_at:
            return OwnState.AGREED
        if self._tester.has_consent() and quotation.placed_at:
            return OwnState.COVERED
        return OwnState.UNANSWERED if quotation.asked_at else OwnState.UNTOLD

    @property
    def _is_waiting(self) -> bool:
        quotation = self.quotation
        return self.is_open and (
            quotation.agreed_at is None or quotation.asked_for_public > quotation.agreed_for_public
        )

    @property
    def is_open(self) -> bool:
        """Whether the time for an answer still runs."""
        return self.quotation.answer_by is not None and self.quotation.answer_by > timezone.now()

    @property
    def can_be_taken_back(self) -> bool:
        """Whether they agree to be quoted so, whether or not anybody sees it now."""
        lasting = self.quotation.comment.status not in {CommentStatus.WITHDRAWN, CommentStatus.ERASED}
        return lasting and self._tester.has_consent()

    @property
    def may_agree(self) -> bool:
        """Whether a yes, or another name, is possible now."""
        quotable = self.quotation.comment.status in AuthorPermissionTester.QUOTABLE
        is_asked = self.quotation.asked_at is not None
        return is_asked and quotable and (self.is_open or self.state == OwnState.AGREED)

    @property
    def can_be_rejoined(self) -> bool:
        """Whether a reply of theirs may stand with it, and none does yet."""
        return self.quotation.standing_rejoinder is None and self._tester.can_be_rejoined()

    @property
    def is_internal(self) -> bool:
        """Whether they spoke among fewer people than the public: then no word of it leaves the house."""
        return audience_of(self.quotation.comment.page, self.restrictions) == Audience.INTERNAL

    @property
    def is_for_public(self) -> bool:
        """Whether it is asked, or agreed, that more people see it than could where it was said."""
        return self.quotation.asked_for_public

    # --- Where it stands ------------------------------------------------------------------------

    @cached_property
    def is_shown(self) -> bool:
        """Whether readers of the page see it now."""
        page = self.quotation.page
        return bool(self.quotation.placed_at and page.live and self._tester.can_be_shown())

    @cached_property
    def is_open_page(self) -> bool:
        """Whether the page, draft or not, is one that the person may know of."""
        return not is_restricted_by(self.quotation.page, self.against)

    @property
    def headline(self) -> str:
        """What stands over the page: of a draft, as it reads there; empty where it is closed to them."""
        page = self.quotation.page
        if not self.is_open_page:
            return ""
        return page.title if self.is_shown else page.draft_title or page.title

    @property
    def url(self) -> str:
        """Where they can see it; empty while nobody can, or they cannot."""
        return self.quotation.page.get_url() or "" if self.is_shown and self.is_open_page else ""

    @property
    def readers(self) -> str:
        """Who can read it there, in words."""
        page = self.quotation.page
        if audience_of(page, self.restrictions) == Audience.PUBLIC:
            return _("everybody")
        return name_readers(page) if self.is_open_page else _("only people of the organisation")

    # --- What stands there ----------------------------------------------------------------------

    @property
    def body(self) -> SafeString:
        """The words as readers see them, in the language of the page."""
        with override(self._language):
            return self.quotation.body

    @property
    def plain(self) -> str:
        with override(self._language):
            return self.quotation.plain

    @property
    def language(self) -> str:
        """The language of the words."""
        return self.quotation.revision.words_language

    @property
    def name(self) -> str:
        return self.quotation.attribution

    @property
    def role(self) -> str:
        with override(self._language):
            return str(self.quotation.role)

    @property
    def signature(self) -> str:
        """The name and what stands beside it, in a line."""
        return f"{self.name}, {self.role}" if self.role else self.name

    @property
    def names(self) -> list[NameChoice]:
        """The forms that they may choose, each as it will look; of those that look the same, one.

        From the most of a name to the least; of two that look the same, that which holds is kept.
        """
        choices: dict[tuple[str, str], NameChoice] = {}
        for form in sorted(PROPOSABLE, key=lambda form: form != self.quotation.attributed_form):
            named = self._as_named(form)
            choices.setdefault((named.name, named.role), NameChoice(form, named.name, named.role))
        return sorted(choices.values(), key=lambda choice: PROPOSABLE.index(choice.form))

    def _as_named(self, form: NameForm) -> "OwnQuotation":
        named = copy(self.quotation)
        named.agreed_form, named.agreed_name = form, ""
        return OwnQuotation(named, self.restrictions, self.against)

    @property
    def _language(self) -> str:
        return self.quotation.page.locale.language_code

    @cached_property
    def _tester(self) -> FeaturedCommentPermissionTester:
        return FeaturedCommentPermissionTester(self.quotation, self.quotation.page, self.restrictions)


def find_own(rows: FeaturedCommentQuerySet) -> list[OwnQuotation]:
    """Return those of the quotations that are their person's business, the latest last.

    Those of one person cost as much as one of them.
    """
    related = rows.select_related(
        "comment__page__locale", "comment__participant__user", "page__locale", "revision", "rejoinder"
    ).defer("comment__fragment")
    restrictions = load_restrictions()
    against: dict[int, list[Restriction]] = {}
    found = []
    for row in related.order_by("pk"):
        person = row.comment.participant
        if person.pk not in against:
            against[person.pk] = restrictions_against(_reader(person), restrictions)
        found.append(OwnQuotation(row, restrictions, against[person.pk]))
    return [own for own in found if own.state != OwnState.UNTOLD]


def find_own_one(pk: int, person: Participant) -> OwnQuotation | None:
    """Return one quotation of what `person` said; None where there is none, or it is not their business."""
    rows = FeaturedComment.objects.filter(pk=pk, comment__participant_id=person.pk)
    return next(iter(find_own(rows)), None)


def _reader(person: Participant) -> Viewer:
    """Return as whom somebody reads pages now: a link outlives an account."""
    return person.user if person.user and person.user.is_active else AnonymousUser()
