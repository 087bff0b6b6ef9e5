"""What an editor's form says of a quotation: a comment, and what of it is quoted, as JSON.

A bare public id says the same of a whole comment under the name as it was signed.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from dialogue.attributions import PROPOSABLE, NameForm, detail_of

MAX_READ = 10_000  # characters: twenty parts and twenty removals take a third of it
_PUBLIC_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_LARGEST_KEY = 2**63 - 1
_LARGEST_VERSION = 2**31 - 1


class SelectionRefused(Exception):
    """What was sent is no selection; the message says what to do, in the reader's language."""


@dataclass(frozen=True)
class Selection:
    """A comment and what of it is quoted; `row` is the quotation that says so already, if there is one.

    Without a `version`, as the comment reads when the page is saved.
    """

    comment: str
    row: int | None = None
    version: int | None = None
    ranges: Any = ()
    removals: Any = ()
    name_form: str = NameForm.SIGNED
    name_detail: str = ""
    is_pinned: bool = False

    @classmethod
    def read(cls, sent: str) -> Self:
        """Return what was sent. The excerpt in it is not yet compared with the words of the comment."""
        if _PUBLIC_ID.fullmatch(sent):
            return cls(comment=sent)
        data = _load(sent)
        form, detail = data.get("name_form", NameForm.SIGNED), data.get("name_detail", "")
        is_pinned = data.get("is_pinned", False)
        if form not in PROPOSABLE or not isinstance(detail, str) or not isinstance(is_pinned, bool):
            raise SelectionRefused(_("This form of the name cannot be chosen here. Choose another."))
        return cls(
            comment=data["comment"],
            row=_whole_number(data.get("row"), _LARGEST_KEY),
            version=_whole_number(data.get("version"), _LARGEST_VERSION),
            ranges=data.get("ranges", []),
            removals=data.get("removals", []),
            name_form=form,
            name_detail=detail_of(form, detail),
            is_pinned=is_pinned,
        )

    def write(self) -> str:
        """Return the selection as the form holds it."""
        return json.dumps(
            {
                "comment": self.comment,
                "row": self.row,
                "version": self.version,
                "ranges": self.ranges,
                "removals": self.removals,
                "name_form": self.name_form,
                "name_detail": self.name_detail,
                "is_pinned": self.is_pinned,
            }
        )


def _load(sent: str) -> dict[str, Any]:
    """Return the object that was sent, which names a comment at least."""
    try:
        data = json.loads(sent) if len(sent) <= MAX_READ else None
    except (ValueError, RecursionError):
        data = None
    comment = data.get("comment") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(comment, str) or not _PUBLIC_ID.fullmatch(comment):
        raise SelectionRefused(_("This choice cannot be read. Choose the comment again."))
    return data


def _whole_number(given: Any, largest: int) -> int | None:
    if given is None:
        return None
    if type(given) is not int or not 0 < given <= largest:
        raise SelectionRefused(_("This choice cannot be read. Choose the comment again."))
    return given
