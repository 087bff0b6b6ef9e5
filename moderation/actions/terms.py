"""Taking a list of screening terms over from elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moderation.models import ScreeningTerm, TermKind
from portal.spreadsheets import read_csv

COLUMNS = ("term", "kind", "language", "section", "note")
MOST_LINES = 5_000


@dataclass(frozen=True)
class RefusedLine:
    """A line that cannot be taken over, and why; counted from one."""

    number: int
    text: str
    why: str


@dataclass
class TermImport:
    """What became of a list: how many terms are new, how many were there, and which lines were refused.

    Where a line is refused, nothing is taken over.
    """

    added: int = 0
    known: int = 0
    refused: list[RefusedLine] = field(default_factory=list)


def import_terms(text: str, *, kind: str, language: str = "") -> TermImport:
    """Take over a list: a term on each line, or columns as the export has them (term, kind, language, note).

    What a line does not say, `kind` and `language` do. A term that is there stays as it is. All or nothing.
    A line that names a section is refused: its term would be looked for everywhere.
    """
    try:
        return _import_terms(text, kind, language)
    except IntegrityError:
        # Somebody has added one of them meanwhile: it is known by now.
        return _import_terms(text, kind, language)


def _import_terms(text: str, kind: str, language: str) -> TermImport:
    result = TermImport()
    terms: dict[tuple[str, str], ScreeningTerm] = {}
    there = set(ScreeningTerm.objects.filter(section=None).values_list("folded", "language"))
    for number, line, values in _lines(text):
        if number > MOST_LINES:
            why = _("A list has %(number)s lines at most: import it in parts.") % {"number": MOST_LINES}
            result.refused.append(RefusedLine(number, line, why))
            break
        if values.pop("section", ""):
            why = _("This term holds in one section. Add it by hand: a list is looked for everywhere.")
            result.refused.append(RefusedLine(number, line, why))
            continue
        term = ScreeningTerm(**{"kind": kind, "language": language, **values})
        try:
            term.clean_fields(exclude=["folded"])
            term.fold()
        except ValidationError as error:
            result.refused.append(RefusedLine(number, line, " ".join(error.messages)))
            continue
        key = (term.folded, term.language)
        if key in there or key in terms:
            result.known += 1
        else:
            terms[key] = term
    if terms and not result.refused:
        with transaction.atomic():
            for term in terms.values():
                term.save()
        result.added = len(terms)
    return result


def _lines(text: str) -> Iterable[tuple[int, str, dict[str, str]]]:
    """Yield each line that says something: its number, itself, and what it says by column."""
    rows = text.lstrip("\ufeff").splitlines()
    first = rows[0].lower() if rows else ""
    separator = max(";,\t", key=first.count)
    columns: tuple[str, ...] = ("term",)
    headings, choices = _headings(), _choices()
    for number, line in enumerate(rows, 1):
        if not line.strip():
            continue
        cells = read_csv(line, separator)
        if number == 1 and any(cell.lower() in headings for cell in cells):
            columns = tuple(headings.get(cell.lower(), "") for cell in cells)
            continue
        if len(columns) == 1:
            cells = [line.strip()]
        said = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
        for column, known in choices.items():
            if column in said:
                said[column] = known.get(said[column].lower(), said[column])
        yield number, line, said


def _choices() -> dict[str, dict[str, str]]:
    """Return the values of the columns that have choices, by the words that may stand for them."""
    pairs = {"kind": TermKind.choices, "language": settings.LANGUAGES}
    return {
        column: {str(word).lower(): value for value, label in known for word in (value, label)}
        for column, known in pairs.items()
    }


def _headings() -> dict[str, str]:
    """Return the columns by their headings: their names, and their labels in the reader's language."""
    labels = {str(label_for_field(name, ScreeningTerm)).lower(): name for name in COLUMNS}
    return {**{name: name for name in COLUMNS}, **labels}
