"""Reads a conversation in a number of queries that does not grow with it.

A page of a conversation shows `THREADS_PER_PAGE` threads, oldest first, each with its first
`REPLIES_SHOWN` replies; the rest of a long thread has an address of its own. Pages follow one another by
key (the first root shown), never by counting rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from dialogue.models.comments import Comment
from dialogue.models.conversations import Conversation
from dialogue.models.featured import FeaturedComment
from dialogue.models.pages import CommentingState, ConversationPage
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.querysets import TOMBSTONE_STATUSES, CommentQuerySet
from portal.permissions import Viewer, can_read_page, load_doors

THREADS_PER_PAGE = 50
REPLIES_SHOWN = 20
THREAD_PAGE_REPLIES = 100


@dataclass
class Thread:
    """A root comment and those of its replies that are shown."""

    root: Comment
    replies: list[Comment] = field(default_factory=list)

    @property
    def more_count(self) -> int:
        """How many published replies the page does not show."""
        return max(0, self.root.reply_count - sum(reply.is_published for reply in self.replies))

    @property
    def more_url(self) -> str:
        return reverse("show_thread", args=[self.root.public_id])


@dataclass
class ConversationView:
    """One page of a conversation as `viewer` sees it."""

    page: ConversationPage
    viewer: Viewer
    count: int
    threads: list[Thread]
    state: CommentingState
    earlier_url: str | None = None
    later_url: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def closed_sentence(self) -> str:
        return str(self.state.sentence)


def load_conversation(page: ConversationPage, viewer: Viewer, start: str = "") -> ConversationView:
    """Return the page of the conversation that begins with the thread `start`, or its first page.

    The caller has made sure that `viewer` may read `page`. An unknown `start` is the first page. A page that
    is not live shows no conversation, not in a preview either.
    """
    published = _roots(page).published()
    first = published.filter(public_id=start).first() if start else None
    found = list(_from_key(published, first)[: THREADS_PER_PAGE + 1])
    window = found[:THREADS_PER_PAGE]
    next_root = found[-1] if len(found) > THREADS_PER_PAGE else None
    window += _tombstone_roots(page, first, next_root)
    window.sort(key=lambda root: (root.submitted_at, root.pk))
    previous = _previous_start(published, first)
    url = page.get_url() or ""
    view = ConversationView(
        page=page,
        viewer=viewer,
        count=_count(page),
        threads=_threads(window, REPLIES_SHOWN),
        state=page.commenting_state,
        earlier_url=(f"{url}?from={previous.public_id}#conversation" if previous else None),
        later_url=(f"{url}?from={next_root.public_id}#conversation" if next_root else None),
    )
    _offer_to_feature(view.threads, viewer)
    _tell_where_quoted(view.threads, viewer)
    return view


def load_thread(root: Comment, viewer: Viewer, start: str = "") -> tuple[Thread, str | None]:
    """Return one thread from the reply `start` on, and the public id with which it continues, or None."""
    replies = Comment.objects.filter(root=root).shown().order_by("path")
    first = replies.filter(public_id=start).first() if start else None
    if first is not None:
        replies = replies.filter(path__gte=first.path)
    found = list(replies[: THREAD_PAGE_REPLIES + 1])
    thread = Thread(root, found[:THREAD_PAGE_REPLIES])
    _name_parents(root, thread.replies)
    _offer_to_feature([thread], viewer)
    _tell_where_quoted([thread], viewer)
    return thread, found[-1].public_id if len(found) > THREAD_PAGE_REPLIES else None


def address_in_thread(comment: Comment) -> str:
    """Return the address at which `comment` is read: its page, or the page of its thread, at its place."""
    root = comment.root or comment
    url = comment.page.get_url() or "/"
    if comment.root is not None and _replies_before(comment) >= REPLIES_SHOWN:
        start = "" if _replies_before(comment) < THREAD_PAGE_REPLIES else f"?from={comment.public_id}"
        return f"{reverse('show_thread', args=[root.public_id])}{start}#{comment.anchor}"
    before = Comment.objects.filter(page_id=comment.page_id, depth=0).published()
    before = before.filter(submitted_at__lte=root.submitted_at).exclude(
        submitted_at=root.submitted_at, pk__gte=root.pk
    )
    if before.order_by("-submitted_at", "-pk")[THREADS_PER_PAGE - 1 : THREADS_PER_PAGE].exists():
        return f"{url}?from={root.public_id}#{comment.anchor}"
    return f"{url}#{comment.anchor}"


def _replies_before(comment: Comment) -> int:
    earlier = Comment.objects.filter(root_id=comment.root_id, path__lt=comment.path).shown()
    return earlier[:THREAD_PAGE_REPLIES].count()


def _roots(page: ConversationPage) -> CommentQuerySet:
    """Return the first comments of all threads; under a page that is not live, nothing is said to anybody."""
    return Comment.objects.filter(page_id=page.pk, depth=0) if page.live else Comment.objects.none()


def _from_key(roots: CommentQuerySet, first: Comment | None) -> CommentQuerySet:
    """Return `roots` from `first` on, oldest first."""
    if first is not None:
        roots = roots.filter(submitted_at__gte=first.submitted_at).exclude(
            submitted_at=first.submitted_at, pk__lt=first.pk
        )
    return roots.order_by("submitted_at", "pk")


def _previous_start(published: CommentQuerySet, first: Comment | None) -> Comment | None:
    """Return the root with which the page before `first` begins."""
    if first is None:
        return None
    earlier = published.filter(submitted_at__lte=first.submitted_at).exclude(
        submitted_at=first.submitted_at, pk__gte=first.pk
    )
    found = list(earlier.order_by("-submitted_at", "-pk")[:THREADS_PER_PAGE])
    return found[-1] if found else None


def _tombstone_roots(page: ConversationPage, first: Comment | None, after: Comment | None) -> list[Comment]:
    """Return the removed roots between two keys that still hold the place of published replies."""
    roots = _from_key(_roots(page).filter(status__in=TOMBSTONE_STATUSES, reply_count__gt=0), first)
    if after is not None:
        roots = roots.filter(submitted_at__lte=after.submitted_at)
    return list(roots[:THREADS_PER_PAGE])


def _threads(roots: Sequence[Comment], shown: int) -> list[Thread]:
    threads = {root.pk: Thread(root) for root in roots}
    for reply in _replies(roots, shown):
        if reply.root_id is not None:
            threads[reply.root_id].replies.append(reply)
    for thread in threads.values():
        thread.replies = thread.replies[:shown]
        _name_parents(thread.root, thread.replies)
    return list(threads.values())


def _replies(roots: Sequence[Comment], shown: int) -> Iterable[Comment]:
    """Return the first `shown` replies of each root: one query, and one for where long threads are cut."""
    short = [root.pk for root in roots if 0 < root.reply_count <= shown]
    long = [root.pk for root in roots if root.reply_count > shown]
    if not short and not long:
        return []
    wanted = Q(root_id__in=short)
    if long:
        in_thread = Comment.objects.filter(root=OuterRef("pk")).shown().order_by("path")
        cut = Subquery(in_thread.values("path")[shown - 1 : shown])
        for pk, path in Comment.objects.filter(pk__in=long).annotate(cut=cut).values_list("pk", "cut"):
            wanted |= Q(root_id=pk, path__lte=path)
    return Comment.objects.filter(wanted).shown().order_by("root_id", "path")


def _name_parents(root: Comment, replies: Iterable[Comment]) -> None:
    """Set on each reply the name of whom it answers, where that name may be shown."""
    known = {root.pk: root}
    for reply in replies:
        parent = known.get(reply.parent_id or 0)
        reply.parent_author = parent.author_name if parent and parent.is_published else ""
        known[reply.pk] = reply


def _offer_to_feature(threads: Iterable[Thread], viewer: Viewer) -> None:
    """Set on each comment whether `viewer`, who may read the page, may start an article from it."""
    may_feature = viewer.has_perm("dialogue.feature_comment")
    for thread in threads:
        for comment in (thread.root, *thread.replies):
            comment.can_feature = may_feature and comment.is_published


def _tell_where_quoted(threads: Iterable[Thread], viewer: Viewer) -> None:
    """Set on each comment the pages that quote it and that `viewer` may read."""
    comments = {c.pk: c for thread in threads for c in (thread.root, *thread.replies)}
    for comment in comments.values():
        comment.quoted_in = []
    featured = (
        FeaturedComment.objects.filter(comment_id__in=comments, placed_at__isnull=False)
        .select_related("page__locale", "comment__page", "revision")
        .order_by("placed_at")
    )
    doors = None
    for quotation in featured:
        doors = load_doors() if doors is None else doors
        shown = FeaturedCommentPermissionTester(quotation, quotation.page, doors).can_be_shown()
        if shown and can_read_page(viewer, quotation.page, doors):
            comments[quotation.comment_id].quoted_in.append(quotation.page)


def _count(page: ConversationPage) -> int:
    if not page.live:
        return 0
    return Conversation.objects.filter(page_id=page.pk).values_list("comment_count", flat=True).first() or 0
