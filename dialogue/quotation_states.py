"""Where a quotation stands, in a sentence for editors, and what they can do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Page, Site

from dialogue.models.featured import FeaturedComment
from dialogue.models.settings import ConversationSettings
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import FeaturedCommentPermissionTester, who_may_be_asked
from portal.permissions import Restriction, load_restrictions
from portal.sites import site_root_paths


class QuotationState(StrEnum):
    """Where a quotation stands on its page: the first of these that is so, from the last to be mended on."""

    SOURCE_GONE = "source_gone"  # not published, or its page is not online
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    CROSSING_OFF = "crossing_off"  # internal, and the site does not show such to the public
    AWAITS_SECOND = "awaits_second"  # agreed for the public, and not yet approved here
    NEW_WORDING = "new_wording"  # shown, but the author has changed the words since
    AGREED = "agreed"
    COVERED = "covered"  # by the box under the comment
    ASKED = "asked"
    UNANSWERED = "unanswered"
    TO_ASK = "to_ask"
    NOT_TO_BE_ASKED = "not_to_be_asked"

    @property
    def label(self) -> str:
        """The state in a word or two, to stand in a column."""
        return str(STATE_LABELS[self])

    @property
    def stops_publication(self) -> bool:
        """Whether a page with such a quotation is not published: nobody agreed, or it may not cross."""
        # What a moderator or the author took away is withheld and told, and the page goes out without it.
        return self not in {
            QuotationState.SOURCE_GONE,
            QuotationState.NEW_WORDING,
            QuotationState.AGREED,
            QuotationState.COVERED,
        }


class NextStep(StrEnum):
    """What an editor can do about it."""

    ASK = "ask"
    REMIND = "remind"
    APPROVE = "approve"
    RENEW = "renew"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """The words on the button."""
        return str(STEP_LABELS[self])


STEP_LABELS: dict[NextStep, str | Promise] = {
    NextStep.ASK: gettext_lazy("Ask the author"),
    NextStep.REMIND: gettext_lazy("Remind the author"),
    NextStep.APPROVE: gettext_lazy("Approve for the public"),
    NextStep.RENEW: gettext_lazy("Quote the new wording"),
    NextStep.KEEP: gettext_lazy("Keep this wording"),
}

STATE_LABELS: dict[QuotationState, str | Promise] = {
    QuotationState.SOURCE_GONE: pgettext_lazy("state of a quotation", "the comment is not there"),
    QuotationState.DECLINED: pgettext_lazy("state of a quotation", "declined"),
    QuotationState.TAKEN_BACK: pgettext_lazy("state of a quotation", "taken back"),
    QuotationState.CROSSING_OFF: pgettext_lazy("state of a quotation", "internal, not for the public"),
    QuotationState.AWAITS_SECOND: pgettext_lazy("state of a quotation", "awaits a second person"),
    QuotationState.NEW_WORDING: pgettext_lazy("state of a quotation", "changed by its author since"),
    QuotationState.AGREED: pgettext_lazy("state of a quotation", "agreed"),
    QuotationState.COVERED: pgettext_lazy("state of a quotation", "allowed by the box"),
    QuotationState.ASKED: pgettext_lazy("state of a quotation", "asked"),
    QuotationState.UNANSWERED: pgettext_lazy("state of a quotation", "not answered in time"),
    QuotationState.TO_ASK: pgettext_lazy("state of a quotation", "to be asked"),
    QuotationState.NOT_TO_BE_ASKED: pgettext_lazy("state of a quotation", "may not be asked"),
}

SENTENCES: dict[QuotationState, str | Promise] = {
    QuotationState.DECLINED: gettext_lazy("The author said no, and is not asked again."),
    QuotationState.TAKEN_BACK: gettext_lazy("The author has taken back the consent to this quotation."),
    QuotationState.CROSSING_OFF: gettext_lazy(
        "The comment is internal, and the page is open to people who may not read it. Internal comments are "
        "not shown to the public here."
    ),
    QuotationState.AWAITS_SECOND: gettext_lazy(
        "The author agrees that everybody sees it. A second person here must approve it: neither whoever "
        "chose it nor whoever asked."
    ),
    QuotationState.COVERED: gettext_lazy(
        "The author allows quotations of these words, by the box beside them."
    ),
    QuotationState.UNANSWERED: gettext_lazy("The author did not answer in time, and is not quoted."),
    QuotationState.TO_ASK: gettext_lazy("The author has not agreed yet, and may be asked."),
    QuotationState.NOT_TO_BE_ASKED: gettext_lazy(
        "The author has not agreed to be quoted, and may not be asked."
    ),
}

SOURCE_SENTENCES = {
    CommentStatus.HIDDEN: gettext_lazy(
        "A moderator has hidden the comment: readers do not see it here either."
    ),
    CommentStatus.WITHDRAWN: gettext_lazy("The author has withdrawn the comment."),
    CommentStatus.ERASED: gettext_lazy("The comment was erased."),
    CommentStatus.PUBLISHED: pgettext_lazy("of a comment", "The page under which it stands is not online."),
}
NOT_PUBLISHED = gettext_lazy("The comment is not published.")


@dataclass(frozen=True)
class Standing:
    """Where one quotation stands, what that means, and what can be done next, if anything."""

    quotation: FeaturedComment
    state: QuotationState
    sentence: str
    step: NextStep | None = None

    @property
    def steps(self) -> list[NextStep]:
        """What can be done next, the first of which is proposed."""
        if self.step == NextStep.RENEW:
            return [NextStep.RENEW, NextStep.KEEP]
        return [self.step] if self.step else []


def state_of(quotation: FeaturedComment, page: Page) -> Standing:
    """Return where `quotation` stands on `page`."""
    return states_of([quotation], page)[0]


def states_of(quotations: Iterable[FeaturedComment], page: Page) -> list[Standing]:
    """Return where each of them stands on `page`, with as many queries as for one.

    Fetch them with their comment, its page, its participant and their user, and the revision.
    """
    return _stand_all([(quotation, page) for quotation in quotations])


def states_everywhere(quotations: Iterable[FeaturedComment]) -> list[Standing]:
    """Return where each of them stands on the page of its own, likewise; fetch them with that page, too."""
    return _stand_all([(quotation, quotation.page) for quotation in quotations])


def _stand_all(placed: list[tuple[FeaturedComment, Page]]) -> list[Standing]:
    restrictions = load_restrictions()
    asked = who_may_be_asked(quotation.comment.participant for quotation, _page in placed)
    return [_stand(quotation, _Where(page, restrictions, asked)) for quotation, page in placed]


@dataclass(frozen=True)
class _Where:
    """The page of a quotation, and what is the same for all of them."""

    page: Page
    restrictions: list[Restriction]
    may_be_asked: set[int]

    @property
    def is_crossing_allowed(self) -> bool:
        """Whether the site of the page allows it. Sites and their settings are remembered, unlike pages."""
        sites = (root.site_id for root in site_root_paths() if self.page.url_path.startswith(root.root_path))
        site = next(sites, None)
        return site is not None and ConversationSettings.for_site(Site(pk=site)).allow_crossing


def _stand(quotation: FeaturedComment, where: _Where) -> Standing:
    state = _find_state(quotation, where)
    return Standing(quotation, state, _say(state, quotation), _next_step(state, quotation))


def _find_state(quotation: FeaturedComment, where: _Where) -> QuotationState:
    comment = quotation.comment
    if not (comment.is_published and comment.page.live):
        return QuotationState.SOURCE_GONE
    if quotation.withdrawn_at:
        return QuotationState.TAKEN_BACK
    if quotation.declined_at:
        return QuotationState.DECLINED
    tester = FeaturedCommentPermissionTester(quotation, where.page, where.restrictions)
    if tester.needs_crossing() and not tester.has_crossed():
        if not where.is_crossing_allowed:
            return QuotationState.CROSSING_OFF
        return QuotationState.AWAITS_SECOND if quotation.agreed_for_public else _ask(quotation, where)
    if not tester.has_consent():
        return _ask(quotation, where)
    if quotation.original_wording_of and not quotation.is_pinned:
        return QuotationState.NEW_WORDING
    return QuotationState.AGREED if quotation.agreed_at else QuotationState.COVERED


def _ask(quotation: FeaturedComment, where: _Where) -> QuotationState:
    """Return how far it is with asking."""
    tester = FeaturedCommentPermissionTester(quotation, where.page, where.restrictions)
    was_asked = quotation.asked_at and quotation.asked_for_public >= tester.needs_crossing()
    if was_asked and quotation.answer_by:
        is_waiting = quotation.answer_by > timezone.now()
        return QuotationState.ASKED if is_waiting else QuotationState.UNANSWERED
    if quotation.comment.participant_id in where.may_be_asked:
        return QuotationState.TO_ASK
    return QuotationState.NOT_TO_BE_ASKED


def _next_step(state: QuotationState, quotation: FeaturedComment) -> NextStep | None:
    if state == QuotationState.ASKED:
        return None if quotation.reminded_at else NextStep.REMIND
    return {
        QuotationState.TO_ASK: NextStep.ASK,
        QuotationState.AWAITS_SECOND: NextStep.APPROVE,
        QuotationState.NEW_WORDING: NextStep.RENEW,
    }.get(state)


def _say(state: QuotationState, quotation: FeaturedComment) -> str:
    if state == QuotationState.SOURCE_GONE:
        return str(SOURCE_SENTENCES.get(CommentStatus(quotation.comment.status), NOT_PUBLISHED))
    if state == QuotationState.ASKED and quotation.asked_at and quotation.answer_by:
        return _("Asked on %(asked)s. The author may answer until %(until)s; silence is a no.") % {
            "asked": _day(quotation.asked_at),
            "until": date_format(localtime(quotation.answer_by), "DATETIME_FORMAT"),
        }
    if state == QuotationState.AGREED and quotation.agreed_at:
        return _("The author agreed on %(date)s.") % {"date": _day(quotation.agreed_at)}
    if state == QuotationState.NEW_WORDING and quotation.original_wording_of:
        return _(
            "The author has changed the words since. Readers see the original wording of %(date)s, marked so."
        ) % {"date": _day(quotation.original_wording_of)}
    return str(SENTENCES[state])


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
