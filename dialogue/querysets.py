"""Which comments: adjectives that follow one another."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from people.models.participants import reachable
from people.sections import sections_of
from portal.models import AppendOnlyQuerySet
from portal.permissions import Audience, Viewer, load_restrictions, restrictions_against
from privacy.models import Consent

MODERATE = "dialogue.moderate_comment"
ASK = "ask"  # the kind of consent, as `dialogue.consents` names it
# Written out, for the models stand on this module: `CommentStatus` is one of theirs.
PUBLISHED = "published"
HELD = "held"
UNVERIFIED = "unverified"
WITHDRAWN = "withdrawn"
MAX_WORDS = 8  # more tell a person's search no better
TOMBSTONE_STATUSES = ("hidden", "withdrawn", "erased")
# What stands in a thread: published comments, and tombstones that published replies hang on.
SHOWN = Q(status=PUBLISHED) | Q(status__in=TOMBSTONE_STATUSES, reply_count__gt=0)


class CommentQuerySet(models.QuerySet):
    """Comments, by what is asked of them."""

    def published(self) -> "CommentQuerySet":
        return self.filter(status=PUBLISHED)

    def held(self) -> "CommentQuerySet":
        return self.filter(status=HELD)

    def unverified(self) -> "CommentQuerySet":
        """What waits until its author has confirmed the address: no moderator is asked before."""
        return self.filter(status=UNVERIFIED)

    def surely_theirs(self) -> "CommentQuerySet":
        """What whoever has the address wrote, and nobody who typed it: confirmed, or published since."""
        never_confirmed = Q(status=UNVERIFIED) | Q(status=WITHDRAWN, published_at=None)
        return self.exclude(never_confirmed)

    def changed(self) -> "CommentQuerySet":
        """Published comments whose author has changed them since: the new words wait for a moderator."""
        return self.filter(status=PUBLISHED, waiting_version__isnull=False)

    def roots(self) -> "CommentQuerySet":
        return self.filter(depth=0)

    def for_organisation(self) -> "CommentQuerySet":
        return self.filter(side="organisation")

    def in_own_name(self) -> "CommentQuerySet":
        return self.exclude(side="organisation")

    def waiting(self) -> "CommentQuerySet":
        """What waits for somebody: for its author or a moderator, a change of it too."""
        return self.filter(
            Q(status__in=(UNVERIFIED, HELD)) | Q(status=PUBLISHED, waiting_version__isnull=False)
        )

    def refused(self) -> "CommentQuerySet":
        """What a moderator did not publish, or took away."""
        return self.filter(status__in=("rejected", "hidden"))

    def withdrawn(self) -> "CommentQuerySet":
        return self.filter(status=WITHDRAWN)

    def quotable(self) -> "CommentQuerySet":
        """What its author agrees to be quoted with, anywhere or on one page, and has not withdrawn."""
        agreed = Q(featured__agreed_at__isnull=False, featured__withdrawn_at=None)
        # Distinct: a comment comes once for each page that quotes it.
        return self.exclude(status=WITHDRAWN).filter(Q(quote_consented_at__isnull=False) | agreed).distinct()

    def with_leave_to_ask(self) -> "CommentQuerySet":
        """Comments that know whether their author may be asked before being quoted: `leave_to_ask`.

        As `who_may_be_asked` says, but for addresses that refuse mail: of these only digests are kept, which
        no query compares. Nothing is sent there, and whoever chooses such a comment is told.
        """
        rows = Consent.objects.filter(participant=OuterRef("participant"), kind=ASK)
        agreed = Subquery(rows.order_by("-pk").values("is_given")[:1])
        return self.annotate(leave_to_ask=Case(When(reachable("participant"), then=agreed)))

    def agreed(self) -> "CommentQuerySet":
        """What its author agreed to be quoted with, as it reads now, wherever that is."""
        return self.filter(quote_consented_at__isnull=False)

    def askable(self) -> "CommentQuerySet":
        """What nobody may quote yet, and whose author agreed to be asked."""
        return self.with_leave_to_ask().filter(quote_consented_at__isnull=True, leave_to_ask=True)

    def usable(self) -> "CommentQuerySet":
        """What may be quoted, or whose author may be asked: all but `not_to_be_quoted`."""
        return self.with_leave_to_ask().filter(Q(quote_consented_at__isnull=False) | Q(leave_to_ask=True))

    def not_to_be_quoted(self) -> "CommentQuerySet":
        """What nobody may quote, and whose author did not agree to be asked, or no longer does."""
        unasked = Q(leave_to_ask=None) | Q(leave_to_ask=False)
        return self.with_leave_to_ask().filter(unasked, quote_consented_at__isnull=True)

    def said_in(self, language: str) -> "CommentQuerySet":
        """What is written in `language`, told or chosen; where nobody has told, under a page in it."""
        return self.filter(Q(words_language=language) | Q(words_language="", language=language))

    def for_audience(self, audience: Audience) -> "CommentQuerySet":
        """What is said under pages that everybody may read, or under those that are for some."""
        restricted = Q()
        for restriction in load_restrictions():
            restricted |= Q(page__path__startswith=restriction.path)
        if audience == Audience.PUBLIC:
            return self.exclude(restricted) if restricted else self
        return self.filter(restricted) if restricted else self.none()

    def shown(self) -> "CommentQuerySet":
        """What stands in a thread. `Comment.is_shown` says the same of one comment."""
        return self.filter(SHOWN)

    def mentioning(self, words: str) -> "CommentQuerySet":
        """Comments in whose text, author's name or page's title every one of `words` stands."""
        comments = self
        for word in words.split()[:MAX_WORDS]:
            comments = comments.filter(
                Q(text__icontains=word) | Q(author_name__icontains=word) | Q(page__title__icontains=word)
            )
        return comments

    def on_pages_visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """Comments, in whatever state, under live pages that `viewer` may read."""
        comments = self
        for restriction in restrictions_against(viewer):
            comments = comments.exclude(page__path__startswith=restriction.path)
        return comments.filter(page__live=True)

    def moderated_by(self, user: Viewer) -> "CommentQuerySet":
        """What `user` may decide on. `CommentPermissionTester.can_moderate` says the same of one comment."""
        sections = sections_of(user, MODERATE)
        return self.on_pages_visible_to(user).filter(sections.below("page__path"))

    def visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """What `viewer` may read. `CommentPermissionTester.can_read` says the same of one comment."""
        return self.published().on_pages_visible_to(viewer)


class RevisionQuerySet(models.QuerySet):
    """Versions of comments, by what is asked of them."""

    def read_by_readers(self) -> "RevisionQuerySet":
        """What readers had before their eyes, of comments that are published."""
        return self.filter(
            accepted_at__isnull=False,
            comment__status=PUBLISHED,
            version__gte=Coalesce("comment__published_version", "comment__version"),
            version__lte=F("comment__version"),
        )

    def set_aside(self) -> "RevisionQuerySet":
        """Changes that came to nothing: refused, or replaced before they were decided on."""
        # With `isnull`: where nothing waits the comparison is neither true nor false, and its negation would
        # leave the row out.
        waits = Q(comment__waiting_version=F("version"))
        return self.filter(accepted_at__isnull=True).exclude(
            waits & Q(comment__waiting_version__isnull=False)
        )


class EventQuerySet(AppendOnlyQuerySet):
    """What happened to comments. Rows are added and read; nothing changes one."""

    def forget_unconfirmed(self) -> int:
        """Delete what happened to comments that nobody confirmed, just before they are deleted themselves."""
        rows = self.filter(comment__status=UNVERIFIED)
        return models.QuerySet.delete(rows)[0]
