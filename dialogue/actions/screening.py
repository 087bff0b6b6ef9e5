"""Handing a comment to whoever screens it."""

from wagtail import hooks

from dialogue.models.comments import Comment


def screen(comment: Comment) -> None:
    """Let a held comment be screened, in the transaction in which it came to be held."""
    for screen_comment in hooks.get_hooks("screen_comment"):
        screen_comment(comment)
