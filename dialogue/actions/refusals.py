"""What stands against an act, in a sentence for whoever tried."""


class CommentRefused(Exception):
    """The act cannot be done; the message says why, in the reader's language."""
