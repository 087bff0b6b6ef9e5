"""Comments and their versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from dialogue.models.identifiers import PUBLIC_ID_LENGTH, HasIdentifier
from dialogue.models.statuses import CommentStatus, HasStatus
from dialogue.models.threads import LAST_PLACE, MAX_DEPTH, SEGMENT, WAYS_OF_READING, threads_index
from dialogue.models.words import HasWords
from dialogue.querysets import CommentQuerySet, RevisionQuerySet
from people.models import Device, HasRole, Participant, Side
from portal.languages import CODE_LENGTH, language_name


class Comment(HasWords, HasIdentifier, HasStatus, index.Indexed, HasRole):
    """A remark under a page, or a reply to one. Never deleted: a tombstone keeps its place.

    `path` orders a thread: one fixed-width base-36 segment for each level below the root, allocated under
    a lock on the root (`last_seq`). `reply_count` counts the published comments below this one.

    `fragment` is what every reader sees of a published comment, made once (`dialogue.fragments`). The five
    fields from `thread_at` on are kept on the root of a thread, for lists that need not look below it;
    `dialogue.actions` alone writes them, and `recount_comments` finds where they are wrong.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.PROTECT,
        related_name="dialogue_comments",
        # `dialogue_threads` and `dialogue_page_recent` begin with it.
        db_index=False,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    root = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="thread", db_index=False
    )
    depth = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=SEGMENT * MAX_DEPTH, blank=True, default="")
    last_seq = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(_("published replies"), default=0)

    # The place of a thread that readers see in its conversation; None while there is nothing to see.
    thread_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the organisation first spoke in it, at its root or below.
    organisation_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The organisation's first reply to a thread that somebody else began: when, and its `public_id`.
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_in = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True, default="", editable=False)
    # The path of the last reply that a page of the conversation may show; the others are folded.
    shown_until = models.CharField(max_length=SEGMENT * MAX_DEPTH, default=LAST_PLACE, editable=False)

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="comments"
    )
    # The trusted device it was sent from, or in which it was confirmed: there its author can look it up.
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    author_name = models.CharField(_("name"), max_length=80)
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)  # of the page
    # Told from the words or chosen; empty where nobody has told.
    words_language = models.CharField(_("language of the words"), max_length=CODE_LENGTH, blank=True)

    fragment = models.TextField(blank=True, default="", editable=False)
    fragment_version = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    # The version that waits for a moderator, while readers go on reading this one.
    waiting_version = models.PositiveIntegerField(_("version that waits"), null=True, blank=True)
    # The first that readers had: what was written before is nobody's business but the author's.
    published_version = models.PositiveIntegerField(_("first version published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("changed since it was published"), null=True, blank=True)

    # The passage of its parent that a reply quotes: a version and a range of its plain text, never the words.
    # Without a range, how that version begins.
    passage_version = models.PositiveIntegerField(_("version quoted"), null=True, blank=True)
    passage_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    passage_end = models.PositiveIntegerField(null=True, blank=True, editable=False)

    submitted_at = models.DateTimeField(_("submitted at"))
    # The policy that covers a quotation: given with this very text, for this very wording of the question.
    quote_consented_at = models.DateTimeField(_("agreed to be quoted at"), null=True, blank=True)
    quote_consent_wording = models.CharField(_("wording agreed to"), max_length=20, blank=True)
    quote_consent_version = models.PositiveIntegerField(_("version agreed to"), null=True, blank=True)
    # The first of the versions that it covers without a break; empty: that version alone.
    quote_consent_since = models.PositiveIntegerField(null=True, blank=True, editable=False)

    idempotency_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    # What an imported comment is called where it came from. It outlives an erasure: nothing comes twice.
    imported_as = models.CharField(max_length=100, unique=True, null=True, editable=False)  # noqa: DJ001
    # By the digest, the status page of a guest is found: the token itself is not stored.
    status_token_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    network_digest = models.CharField(max_length=64, blank=True, editable=False)
    # What the form noticed; screening may come only after the address has been confirmed.
    signals = models.JSONField(default=list, blank=True, editable=False)

    # What was ticked beside the comment, for whatever its author says; it counts once the address is theirs.
    wants_replies = models.BooleanField(_("asked to be told of replies"), default=False)
    wants_outcomes = models.BooleanField(_("agreed to be told of outcomes"), default=False)
    may_be_asked = models.BooleanField(_("agreed to be asked before being quoted"), default=False)

    objects = CommentQuerySet.as_manager()

    # Written in the transaction that still goes on: nobody else can see it, let alone change it.
    is_new = False
    # Where it stood when `lock_comment` returned it, or after the event written since: where the next begins.
    status_when_locked = ""
    # The pages that quote it, as they were found when it was locked to be changed; None where it was not.
    quoted_in: frozenset[int] | None = None

    search_fields = [
        index.SearchField("text"),
        index.SearchField("author_name", boost=2),
        index.AutocompleteField("text"),
        index.AutocompleteField("author_name"),
        index.FilterField("status"),
        index.FilterField("language"),
        index.FilterField("side"),
        index.FilterField("page_id"),
        index.FilterField("submitted_at"),
        index.FilterField("id"),
    ]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ("view", "change")
        permissions = [
            ("moderate_comment", _("Can publish, reject, hide and restore comments")),
            ("feature_comment", _("Can feature a comment in a page")),
            ("speak_for_organisation", _("Can reply for the organisation")),
        ]
        indexes = [
            # Threads in their order, one index for each way of reading them: all of a page is read by key.
            *(threads_index(name, condition) for name, condition in WAYS_OF_READING.items()),
            # The newest of a page, for its feed and for machines.
            models.Index(
                "page", "status", F("submitted_at").desc(), F("id").desc(), name="dialogue_page_recent"
            ),
            # The desk: what waits, by its time; and below, changes of published comments, which are few.
            models.Index("status", "submitted_at", name="dialogue_comment_queue"),
            # What one person, device or network sent of late: their page, and the limits at each post.
            models.Index("participant", F("submitted_at").desc(), name="dialogue_comment_author"),
            models.Index("device", condition=Q(device__isnull=False), name="dialogue_comment_device"),
            models.Index("network_digest", F("submitted_at").desc(), name="dialogue_comment_network"),
            models.Index(
                "submitted_at", condition=Q(waiting_version__isnull=False), name="dialogue_comment_changed"
            ),
        ]
        constraints = [
            # It is the index of `root` as well, in the order of a thread. Roots, whose own is null, pass it.
            models.UniqueConstraint(fields=["root", "path"], name="dialogue_comment_place"),
            models.CheckConstraint(
                name="dialogue_comment_shape",
                condition=Q(depth=0, parent__isnull=True, root__isnull=True, path="")
                | (Q(depth__gt=0, parent__isnull=False, root__isnull=False) & ~Q(path="")),
            ),
            models.CheckConstraint(
                name="dialogue_comment_status_date",
                condition=Q(status__in=["unverified", "held"])
                | Q(status="published", published_at__isnull=False)
                | Q(status="rejected", rejected_at__isnull=False)
                | Q(status="hidden", hidden_at__isnull=False)
                | Q(status="withdrawn", withdrawn_at__isnull=False)
                | Q(status="erased", erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dialogue_comment_quote_consent",
                condition=Q(
                    quote_consented_at__isnull=True,
                    quote_consent_wording="",
                    quote_consent_version__isnull=True,
                )
                | (
                    Q(quote_consented_at__isnull=False, quote_consent_version__isnull=False)
                    & ~Q(quote_consent_wording="")
                ),
            ),
            # What waits is newer than what is read; accepting makes the two equal and empties this.
            models.CheckConstraint(
                name="dialogue_comment_waiting_version",
                condition=Q(waiting_version__isnull=True) | Q(waiting_version__gt=F("version")),
            ),
            models.CheckConstraint(
                name="dialogue_comment_passage",
                condition=Q(passage_start__isnull=True, passage_end__isnull=True)
                | Q(passage_version__isnull=False, passage_end__gt=F("passage_start")),
            ),
        ]

    def __str__(self) -> str:
        if self.status == CommentStatus.ERASED:
            return gettext("a comment that was erased")
        return gettext("%(name)s: %(excerpt)s") % {"name": self.author_name, "excerpt": self.excerpt}

    @property
    def is_shown(self) -> bool:
        """Whether it stands in its thread: `CommentQuerySet.shown` says the same in SQL."""
        return self.is_published or (self.is_tombstone and self.reply_count > 0)

    @property
    def has_waiting_edit(self) -> bool:
        """Whether new words of its author wait for a moderator, while readers read the old ones."""
        return self.is_published and self.waiting_version is not None

    @property
    def waiting_revision(self) -> "CommentRevision | None":
        """The change that waits for a moderator, or None."""
        if self.waiting_version is None:
            return None
        return CommentRevision.objects.filter(comment=self, version=self.waiting_version).first()

    @property
    def versions_agreed_to(self) -> range:
        """The versions that the consent to be quoted covers, where it stands."""
        last = self.quote_consent_version or 0
        return range(self.quote_consent_since or last, last + 1)

    def get_words_language_display(self) -> str:
        """Return what the language of the words is called in the reader's."""
        return language_name(self.words_language or self.language)

    @property
    def is_for_organisation(self) -> bool:
        return self.side == Side.ORGANISATION

    @property
    def side_label(self) -> str:
        """The word that stands beside the name."""
        return self.get_side_display()

    @cached_property
    def ancestor_paths(self) -> list[str]:
        """The paths of the replies above this one in its thread, outermost first."""
        return [self.path[:end] for end in range(SEGMENT, len(self.path), SEGMENT)]


class CommentRevision(HasWords):
    """One version of a comment's words. The first is written with the comment.

    Readers may see a version that was accepted, and only from the comment's `published_version` on.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    words_language = models.CharField(_("language of the words"), max_length=CODE_LENGTH, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    # Empty for a change that waits, was refused, or was replaced by its author before it was decided on.
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    may_quote = models.BooleanField(_("agreed to be quoted with it"), default=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a comment")
        verbose_name_plural = _("versions of comments")
        default_permissions = ()
        constraints = [
            # The number by which moderators decide, quotations and replies refer to words.
            models.UniqueConstraint(fields=["comment", "version"], name="dialogue_revision_version")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} v{self.version}"
