"""Which decisions, flags, notes and measures: adjectives that follow one another."""

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Least, TruncQuarter
from django.utils import timezone
from wagtail.models import Page

from dialogue.querysets import MODERATE, CommentQuerySet
from people.models import Participant
from people.sections import sections_of
from portal.digests import keyed_digest
from portal.models import AppendOnlyQuerySet
from portal.permissions import Audience, Viewer, audience_of, restrictions_against

# Written out, for the models stand on this module.
REMOVED = ("rejected", "hidden")


def start_of(day: date) -> datetime:
    """Return the moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


class DecisionQuerySet(AppendOnlyQuerySet):
    """Decisions. They are added and read; nothing changes or removes one."""

    def about_status(self) -> "DecisionQuerySet":
        """Decisions on where a comment stands, not on a change of its words, their language or an appeal."""
        return self.exclude(verb__in=("hold_edit", "accept", "refuse", "language", "uphold"))

    def about_edits(self) -> "DecisionQuerySet":
        return self.filter(verb__in=("hold_edit", "accept", "refuse"))

    def on_pages_visible_to(self, viewer: Viewer) -> "DecisionQuerySet":
        """Decisions on comments under live pages that `viewer` may read."""
        decisions = self
        for restriction in restrictions_against(viewer):
            decisions = decisions.exclude(comment__page__path__startswith=restriction.path)
        return decisions.filter(comment__page__live=True)

    def counted_by_reason(self, since: date) -> dict[str, dict[date, int]]:
        """Return how often people rejected or hid for each reason, in each quarter from `since` on."""
        rows = self.filter(verb__in=("reject", "hide"), by__isnull=False, decided_at__gte=start_of(since))
        quarter = TruncQuarter("decided_at", output_field=models.DateField())
        counted: dict[str, dict[date, int]] = {}
        grouped = (
            rows.order_by()
            .annotate(quarter=quarter)
            .values_list("reason_code", "quarter")
            .annotate(Count("pk"))
        )
        for reason, start, number in grouped:
            counted.setdefault(reason, {})[start] = number
        return counted

    def forget_reasons(self) -> int:
        """Blank what moderators wrote, of somebody who is erased or after its time: the one lawful change."""
        return models.QuerySet.update(self, reason_text="", note="")


class PendingQuerySet(models.QuerySet):
    """Decisions that may still be taken back, by what is asked of them."""

    def open(self) -> "PendingQuerySet":
        """What is still to be done."""
        return self.filter(refusal="")

    def refused(self) -> "PendingQuerySet":
        """What could not be done any more."""
        return self.exclude(refusal="")

    def due(self, moment: datetime) -> "PendingQuerySet":
        return self.open().filter(due_at__lte=moment)


class AppealQuerySet(models.QuerySet):
    """Appeals, by what is asked of them."""

    def open(self) -> "AppealQuerySet":
        """What nobody has answered, of comments that an answer may still bring before readers."""
        return self.filter(outcome=None, comment__status__in=REMOVED)

    def answered(self) -> "AppealQuerySet":
        return self.exclude(outcome=None)

    def not_decided_by(self, user: Viewer) -> "AppealQuerySet":
        """Appeals against decisions of others: what `user` may decide on, in their sections."""
        return self.exclude(decision__by=user.pk)

    def appealed_among(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return those of `comments` that were taken away and that one of these appeals is about."""
        return comments.filter(Exists(self.filter(comment=OuterRef("pk"))))

    def counted(self) -> tuple[int, int]:
        """Return how many were answered, and how many of these decisions were overturned."""
        row = self.answered().aggregate(
            answered=Count("pk"), overturned=Count("pk", filter=~Q(outcome__verb="uphold"))
        )
        return row["answered"], row["overturned"]

    def counted_by_quarter(self, since: date) -> dict[date, tuple[int, int]]:
        """Return the same for each quarter from `since` on, by when they were answered."""
        rows = self.answered().filter(outcome__decided_at__gte=start_of(since)).order_by()
        quarter = TruncQuarter("outcome__decided_at", output_field=models.DateField())
        overturned = Count("pk", filter=~Q(outcome__verb="uphold"))
        grouped = (
            rows.annotate(quarter=quarter).values_list("quarter").annotate(Count("pk"), overturned=overturned)
        )
        return {start: (answered, number) for start, answered, number in grouped}

    def forget_words(self) -> int:
        """Blank what authors wrote; that they appealed, and what came of it, stays."""
        return self.update(text="")


class FlagQuerySet(models.QuerySet):
    """Flags, by what is asked of them."""

    def open(self) -> "FlagQuerySet":
        """What no moderator has answered."""
        return self.filter(state="open")

    def of_illegal(self) -> "FlagQuerySet":
        """Notices that a comment is illegal."""
        return self.filter(reason_code="illegal")

    def settled(self) -> "FlagQuerySet":
        return self.exclude(state="open")

    def on_pages_visible_to(self, viewer: Viewer) -> "FlagQuerySet":
        """Flags of comments under live pages that `viewer` may read."""
        flags = self
        for restriction in restrictions_against(viewer):
            flags = flags.exclude(comment__page__path__startswith=restriction.path)
        return flags.filter(comment__page__live=True)

    def forget_person(self) -> int:
        """Blank who flagged, and what they wrote; that there was a flag, why, and what came of it, stays."""
        # Row by row, for each gets a digest of its own: `moderation_flag_once` refuses two alike.
        rows: list[Any] = list(self.only("pk"))
        for flag in rows:
            flag.participant = None
            flag.name = flag.email = flag.text = flag.law = flag.place = flag.network_digest = ""
            flag.wants_result = False
            flag.person_digest = secrets.token_hex(32)  # of nobody, and of no two alike
        return self.model._default_manager.bulk_update(
            rows,
            [
                "participant",
                "name",
                "email",
                "text",
                "law",
                "place",
                "network_digest",
                "wants_result",
                "person_digest",
            ],
            batch_size=500,
        )

    def flagged_among(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return those of `comments` that readers have before them and that one of these flags is about."""
        return comments.published().filter(Exists(self.filter(comment=OuterRef("pk"))))


class AtCommentQuerySet(models.QuerySet):
    """What moderators wrote at a comment, for those who may decide on it."""

    def seen_by(self, user: Viewer) -> Self:
        """What `user` may know: at comments in their sections, on pages that they may read, live or not."""
        rows = self
        for restriction in restrictions_against(user):
            rows = rows.exclude(comment__page__path__startswith=restriction.path)
        return rows.filter(sections_of(user, MODERATE).below("comment__page__path"))


class NoteQuerySet(AtCommentQuerySet):
    """Notes of moderators, by what is asked of them."""

    def about_person(self, participant: int) -> Self:
        """Notes on somebody, and on what they said."""
        return self.filter(comment__participant=participant)


def digest_of(address: str) -> str:
    """Return what measures keep of an address: the same mailbox is known again by it, and told to nobody."""
    return keyed_digest("moderation.measure", address.strip().lower())


class MeasureQuerySet(AtCommentQuerySet):
    """Measures on people, by what is asked of them."""

    def seen_by(self, user: Viewer) -> Self:
        """The same, and none in a section that `user` may not read: its title is in every row."""
        rows = super().seen_by(user)
        for restriction in restrictions_against(user):
            rows = rows.exclude(section__path__startswith=restriction.path)
        return rows

    def in_force(self) -> Self:
        """What holds now: not lifted, and not over."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), lifted_at=None)

    def silencing(self) -> Self:
        """What keeps somebody from speaking."""
        return self.filter(kind__in=("suspension", "ban"))

    def lasting(self) -> Self:
        """What is in force for a while: all but warnings."""
        return self.exclude(kind="warning")

    def on(self, participant: Participant) -> Self:
        """Measures on somebody: as the participant they are, or as one who had the same address."""
        return self.filter(Q(participant=participant) | Q(address_digest=digest_of(participant.address)))

    def on_account(self, user: Any) -> Self:
        """The same of somebody with an account, who may have said nothing yet."""
        return self.filter(Q(participant__user=user) | Q(address_digest=digest_of(user.email)))

    def holding_under(self, page: Page) -> Self:
        """Measures that reach what is said under `page`."""
        step = page.steplen
        above = [page.path[:end] for end in range(step, len(page.path) + 1, step)]
        reached = Q(reach="everywhere") | Q(reach="section", section__path__in=above)
        if audience_of(page) == Audience.PUBLIC:
            reached |= Q(reach="public")
        return self.filter(reached)

    def blank_erased(self, longest: timedelta) -> None:
        """Blank what is in force and keeps an erased person from speaking; the rest of theirs is deleted.

        What is left has no words: which measure, where, until when, `longest` at most, and the digest.
        """
        kept = self.in_force().silencing()
        self.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
        latest = timezone.now() + longest
        open_ended = kept.filter(ends_at=None)
        kept.exclude(ends_at=None).update(ends_at=Least("ends_at", latest))
        open_ended.update(ends_at=latest)
        self.update(reason_text="", note="")
