"""Spreadsheets: what staff and people take away of lists, as CSV or XLSX.

Whatever exports, here and in Wagtail, writes its cells by `csv_cell` and `xlsx_cell`: in the language of
whoever exports, dates and numbers as such, and no formula that somebody else has typed.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

from django.db import models
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import get_format
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that the letters are UTF-8
DATE_AND_TIME = "yyyy-mm-dd hh:mm"
Cell = str | int | float | Decimal | date | time | None


def csv_cell(value: object) -> str:
    """Return what stands in a CSV file: text begins no formula, dates are ISO 8601, numbers as one counts."""
    value = _as_written(value)
    match value:
        case None:
            return ""
        # Before `date`: each moment is a date too.
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case int():
            return str(value)
        case float() | Decimal():
            return str(value).replace(".", get_format("DECIMAL_SEPARATOR"))
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def xlsx_cell(value: object, sheet: Any) -> WriteOnlyCell:
    """Return a cell that is a number, a date or words, whatever the words look like."""
    value = _as_written(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Openpyxl takes text that begins with `=` for a formula (R36), and names of its errors for errors.
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.number_format = DATE_AND_TIME
    return cell


def _as_written(value: object) -> Cell:
    """Return a value as both kinds of files hold it; times in the present time zone, without saying so."""
    match value:
        # Before `int`: `True` is one. So are choices with numbers, of which the label is written.
        case bool():
            return yesno(value)
        case models.Model() | models.Choices():
            return force_str(value)
        case datetime():
            # Spreadsheets know no zones: openpyxl refuses a moment with one.
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        case None | int() | float() | Decimal() | date() | time():
            return value
    return force_str(value)


def csv_separator() -> str:
    """Return what stands between cells where Excel speaks the language: a comma, unless numbers hold one."""
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


def read_csv(line: str, separator: str) -> list[str]:
    """Return the cells of one line of a CSV file, without the blanks around them."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def write_csv(rows: Iterable[dict[str, object]], fields: list[str]) -> str:
    """Return a CSV file with a column for each field, headed by its name."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=csv_separator())
    writer.writerow(fields)
    writer.writerows([csv_cell(row[field]) for field in fields] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()
