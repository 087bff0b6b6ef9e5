"""Where a comment is read: the page, the thread and the place in it, however long the conversation is."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from dialogue.conversations import load_conversation, threads_of
from dialogue.models.comments import Comment
from dialogue.models.settings import ConversationSettings
from dialogue.readings import Reading
from dialogue.spans import THREAD_PAGE_REPLIES, THREADS_PER_PAGE


def address_in_thread(comment: Comment) -> str:
    """Return the address at which `comment` is read: its place in the conversation or, folded, in its thread.

    The conversation is read in the site's own order. Pages begin where a reader who turns them would find
    them to begin.
    """
    page = comment.page.specific
    order = ConversationSettings.for_site(page.get_site()).order
    root = comment.root or comment
    reading = Reading(order=order, default_order=order)
    reading = Reading(order=order, default_order=order, start=_start_of_page(reading, page, root))
    if comment.root_id and not _stands_on(page, reading, comment):
        return _address_in_thread_alone(root, comment)
    return reading.address(page.get_url() or "/", anchor=comment.anchor, start=reading.start)


def _start_of_page(reading: Reading, page: object, root: Comment) -> str:
    """Return the thread with which the page of `root` begins; empty for the first page."""
    threads = reading.selected(threads_of(page))
    before = reading.before(threads, root.thread_at, root.pk)
    count = before.count()
    if count < THREADS_PER_PAGE:
        return ""
    back = count % THREADS_PER_PAGE
    if back == 0:
        return root.public_id
    return reading.backwards(before).values_list("public_id", flat=True)[back - 1]


def _stands_on(page: object, reading: Reading, comment: Comment) -> bool:
    """Whether a page of the conversation shows the reply; which it shows is the same for every reader."""
    # Folded whatever the page holds: it need not be read for that.
    if comment.root is not None and comment.path > comment.root.shown_until:
        return False
    view = load_conversation(page, AnonymousUser(), reading)
    return any(shown.pk == comment.pk for thread in view.threads for shown in thread.replies)


def _address_in_thread_alone(root: Comment, comment: Comment) -> str:
    earlier = Comment.objects.filter(root=root, path__lt=comment.path).shown()
    count = earlier.count()
    url, back = reverse("show_thread", args=[root.public_id]), count % THREAD_PAGE_REPLIES
    if count < THREAD_PAGE_REPLIES:
        return f"{url}#{comment.anchor}"
    ids = earlier.order_by("-path").values_list("public_id", flat=True)
    start = comment.public_id if back == 0 else ids[back - 1]
    return f"{url}?from={start}#{comment.anchor}"
