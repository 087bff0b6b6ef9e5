"""The chooser of the page editor: a comment is found, and what of it is quoted is marked."""

from dialogue.choosers.viewset import comment_chooser_viewset

__all__ = ["comment_chooser_viewset"]
