"""The place of a reply in its thread."""

from dialogue.models.comments import MAX_DEPTH, SEGMENT, Comment

BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def give_place(comment: Comment, parent: Comment, root: Comment) -> None:
    """Give `comment` the next place in the thread of `root`, which is locked or new; nothing is stored."""
    root.last_seq += 1
    comment.parent, comment.root = parent, root
    # At the deepest level a reply stands beside its parent and not below: a path fits its column.
    comment.depth = min(parent.depth + 1, MAX_DEPTH)
    comment.path = parent.path[: SEGMENT * (MAX_DEPTH - 1)] + base_36(root.last_seq)


def base_36(number: int) -> str:
    """Return `number` as a segment of a path: base 36, of fixed width, so that text sorts as numbers do."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = BASE_36[digit] + digits
    return digits.rjust(SEGMENT, "0")
