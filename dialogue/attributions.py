"""Under which name somebody is quoted: a form of it, written when it is read, and never kept."""

import unicodedata

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from people.models import Side
from people.names import clean_name
from portal.characters import is_mark, is_visible

DETAIL_LENGTH = 80


class NameForm(models.TextChoices):
    """How much of a name is shown. Only the person quoted may choose one of their own."""

    SIGNED = "signed", pgettext_lazy("form of a name", "the name as it was signed")
    FIRST = "first", pgettext_lazy("form of a name", "the first name alone")
    INITIALS = "initials", pgettext_lazy("form of a name", "the initials")
    ROLE = "role", pgettext_lazy("form of a name", "no name: a reader, an employee")
    OWN = "own", pgettext_lazy("form of a name", "another name, chosen by the person")


# What an editor may propose; none of them shows more than the comment does, and the box covers each.
PROPOSABLE = (NameForm.SIGNED, NameForm.FIRST, NameForm.INITIALS, NameForm.ROLE)

ROLES = {
    Side.EXTERNAL: gettext_lazy("A reader"),
    Side.INTERNAL: gettext_lazy("An employee"),
    Side.ORGANISATION: gettext_lazy("A spokesperson"),
}


def write_attribution(name: str, form: str, *, side: str, detail: str = "", language: str = "") -> str:
    """Return the name in a form; where that leaves nothing of it, as what somebody spoke.

    `detail` goes with the role alone: “An employee, logistics”, in the language of the page.
    """
    written = name
    if form == NameForm.FIRST:
        written = next(iter(name.split()), "").rstrip(",;")
    elif form == NameForm.INITIALS:
        written = initials_of(name)
    elif form == NameForm.ROLE:
        written = ""
    return written or (name and _write_role(side, detail, language))


def detail_of(form: str, detail: str) -> str:
    """Return what an editor wrote beside the role, as it is kept: nothing where no role is shown."""
    return clean_name(detail)[:DETAIL_LENGTH] if form == NameForm.ROLE else ""


def initials_of(name: str) -> str:
    """Return the initials: “Marie-Ève Tremblay” becomes “M.-È. T.”; empty where the name has no letters."""
    words = (filter(None, map(_initial_of, word.split("-"))) for word in name.split())
    return " ".join(filter(None, map("-".join, words)))


def _initial_of(word: str) -> str:
    letters = unicodedata.normalize("NFC", word)
    start = next((place for place, sign in enumerate(letters) if sign.isalpha()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(letters) and (is_mark(letters[end]) or not is_visible(letters[end])):
        end += 1
    return f"{letters[start:end].upper()}."


def _write_role(side: str, detail: str, language: str) -> str:
    if not language:
        return _join(str(ROLES[Side(side)]), detail)
    with override(language):
        return _join(str(ROLES[Side(side)]), detail)


def _join(role: str, detail: str) -> str:
    return _("%(role)s, %(detail)s") % {"role": role, "detail": detail} if detail else role
