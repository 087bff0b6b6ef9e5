"""The words of a comment, and all that is made of them when they are written."""

from dialogue import markup
from dialogue.models.comments import EXCERPT_LENGTH, Comment

RENDERED_FIELDS = ("html", "renderer_version", "excerpt")


def write_words(comment: Comment, text: str) -> None:
    """Give a comment its words, with all that is made of them when they are written."""
    comment.text = text
    comment.html = markup.render(text)
    comment.renderer_version = markup.RENDERER_VERSION
    comment.excerpt = markup.excerpt(text, EXCERPT_LENGTH)
