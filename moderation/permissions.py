"""Who may flag, appeal, answer an appeal, and look at what moderation keeps.

Who may decide on a comment, `dialogue` answers.
"""

from typing import Any

from wagtail.models import Page

from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester, may_know_what_waits, sections_of_what_waits
from dialogue.querysets import MODERATE
from moderation.models import Appeal, Decision
from people.models import Participant, User
from people.permissions import viewer_of
from people.sections import NOWHERE, Sections, sections_of
from portal.permissions import Viewer, can_read_page, restrictions_against


class ModerationPermissionTester:
    """What `user` may open; which rows they see there depends on the pages that they may read, and on where.

    A group may have its rights in some sections alone (`people.GroupSection`): `…_sections` says in which.
    """

    def __init__(self, user: Viewer) -> None:
        self.user = user

    def can_moderate(self) -> bool:
        return self.user.has_perm(MODERATE)

    def can_read_measures(self) -> bool:
        # Policy: what was done about people is for those who do it.
        return self.can_moderate()

    def moderated_sections(self) -> Sections:
        return sections_of(self.user, MODERATE)

    def can_read_ledger(self) -> bool:
        return may_know_what_waits(self.user)

    def ledger_sections(self) -> Sections:
        return sections_of_what_waits(self.user)

    def can_read_decisions(self) -> bool:
        return self.user.has_perm("moderation.view_decision") or self.can_moderate()

    def decision_sections(self) -> Sections:
        return self._sections_of("moderation.view_decision", MODERATE)

    def can_read_flags(self) -> bool:
        # Policy: who flagged, and what they wrote, is for those who answer it; not for editors.
        return self.user.has_perm("moderation.view_flag") or self.can_moderate()

    def flag_sections(self) -> Sections:
        return self._sections_of("moderation.view_flag", MODERATE)

    def can_add_terms(self) -> bool:
        return self.user.has_perm("moderation.add_screeningterm")

    def can_read_terms(self) -> bool:
        # Policy: what screening looks for is for those who decide; whoever reads it can write around it.
        return any(
            self.user.has_perm(f"moderation.{act}_screeningterm")
            for act in ("add", "change", "delete", "view")
        )

    def can_read_consents(self) -> bool:
        # Policy: whoever decides on comments or features them sees what their authors agreed to.
        return (
            self.user.has_perm("privacy.view_consent")
            or self.user.has_perm("dialogue.feature_comment")
            or self.can_moderate()
        )

    def consent_sections(self) -> Sections:
        return self._sections_of("privacy.view_consent", "dialogue.feature_comment", MODERATE)

    def can_read_mail(self) -> bool:
        # Policy: who was written to is the administrators' business.
        return self.user.has_perm("mail.view_outgoingmail")

    def can_resend_mail(self) -> bool:
        return self.user.has_perm("mail.resend_outgoingmail")

    def can_read_featured(self) -> bool:
        # Policy: whoever features comments looks up what is featured.
        return (
            self.user.has_perm("dialogue.view_featuredcomment")
            or self.user.has_perm("dialogue.feature_comment")
            or self.can_moderate()
        )

    def _sections_of(self, *permissions: str) -> Sections:
        sections = NOWHERE
        for permission in permissions:
            sections |= sections_of(self.user, permission)
        return sections


class AppealPermissionTester:
    """What `user` may do with an `appeal` of somebody."""

    def __init__(self, appeal: Appeal, user: Viewer) -> None:
        self.appeal = appeal
        self.user = user

    def took_the_decision(self) -> bool:
        return self.appeal.decision.by_id == self.user.pk

    def can_decide(self) -> bool:
        # Policy: nobody is judge of what they decided themselves, an administrator neither.
        tester = CommentPermissionTester(self.appeal.comment, self.user)
        return tester.can_moderate() and not self.took_the_decision()


class AppellantPermissionTester:
    """Whether a `participant` may appeal against a `decision` on a comment of theirs."""

    def __init__(self, decision: Decision, participant: Participant) -> None:
        self.decision = decision
        self.participant = participant

    def can_appeal(self) -> bool:
        comment = self.decision.comment
        return (
            comment.participant_id == self.participant.pk
            # Policy: who took their own words away needs nobody to bring them back.
            and self.decision.by_id != self.participant.user_id
            and self.decision.open_to_appeal_until is not None
            and can_read_page(viewer_of(self.participant), comment.page)
        )


class FlagPermissionTester:
    """Whether `user`, or the guest `participant`, may flag `comment`."""

    def __init__(self, comment: Comment, user: Viewer, participant: Participant | None) -> None:
        self.comment = comment
        self.user = user
        self.participant = participant

    def is_own(self) -> bool:
        # Policy: an address that is merely typed is compared with nothing: the answer would tell whose it is.
        return self.participant is not None and self.comment.participant_id == self.participant.pk

    def can_flag(self) -> bool:
        return CommentPermissionTester(self.comment, self.user).can_read() and not self.is_own()


class MeasurePermissionTester:
    """What `user` may do about the author of `comment`, which they decide on: notes, and measures.

    A `reach` is one of `moderation.models.Reach`, which stands on this module.
    """

    def __init__(self, comment: Comment, user: Viewer) -> None:
        self.comment = comment
        self.user = user

    def can_write_note(self) -> bool:
        tester = CommentPermissionTester(self.comment, self.user)
        return isinstance(self.user, User) and tester.can_moderate() and tester.can_see()

    def can_measure(self) -> bool:
        # Policy: nobody decides about themselves, and about administrators administrators alone.
        author = self.comment.participant.user
        is_kept = author is not None and author.is_superuser and not self.user.is_superuser
        return self.can_write_note() and author != self.user and not is_kept

    def can_reach(self, reach: str, section: Page | None) -> bool:
        """Whether a measure of theirs may be in force there: never further than they decide themselves."""
        moderated = sections_of(self.user, MODERATE)
        if reach == "section":
            return section is None or (moderated.hold(section) and can_read_page(self.user, section))
        if moderated.paths is not None:
            return False
        return reach == "public" or not restrictions_against(self.user)

    def can_offer(self, reach: str, section: Page | None) -> bool:
        """Whether it means anything for this person there, and may be told them: where they may read."""
        person = self.comment.participant
        if not self.can_reach(reach, section):
            return False
        if reach == "section":
            return section is not None and can_read_page(viewer_of(person), section)
        return section is None and not (person.is_guest and reach == "everywhere")

    def can_take(self, reach: str, section: Page | None) -> bool:
        return self.can_measure() and self.can_offer(reach, section)

    def can_lift(self, measure: Any) -> bool:
        # Also where the comment is gone or its page is not live any more.
        is_seen = type(measure).objects.seen_by(self.user).filter(pk=measure.pk).exists()
        return is_seen and self.can_lift_seen(measure)

    def can_lift_seen(self, measure: Any) -> bool:
        """The same of a measure that they are known to see (`seen_by`), without a query."""
        is_own = measure.participant.user_id == self.user.pk
        return not is_own and self.can_reach(measure.reach, measure.section)
