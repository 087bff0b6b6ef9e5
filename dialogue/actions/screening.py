"""Handing a comment to whoever screens it, and asking them who may not speak."""

from wagtail import hooks
from wagtail.models import Page

from dialogue.models.comments import Comment
from people.models import Participant
from portal.permissions import Viewer


def screen(comment: Comment) -> None:
    """Let a held comment be screened, in the transaction in which it came to be held."""
    for screen_comment in hooks.get_hooks("screen_comment"):
        screen_comment(comment)


def why_silenced(viewer: Viewer, guest: Participant | None, page: Page) -> str:
    """Return why `viewer`, or a `guest` who is known here, may not speak under `page` now; empty if they may.

    For screens, which then show no form: what is sent all the same is refused when it is screened.
    """
    for answer in hooks.get_hooks("why_silenced"):
        if sentence := answer(viewer, guest, page):
            return sentence
    return ""
