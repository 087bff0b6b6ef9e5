"""Spreadsheets: what staff and people take away of lists, as CSV or XLSX.

Whatever exports, here and in Wagtail, writes its cells by `csv_cell` and `xlsx_cell`: in the language of
whoever exports, dates and numbers as such, and no formula that somebody else has typed.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.db import models
from django.template.defaultfilters import yesno
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.formats import get_format
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

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
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.number_format = DATE_AND_TIME
    return cell


def _as_written(value: object) -> Cell:
    """Return a value as both kinds of files hold it; times in the present time zone, without saying so."""
    match value:
        case bool():
            return yesno(value)
        case models.Model() | models.Choices():
            return force_str(value)
        case datetime():
            return timezone.make_naive(value) if timezone.is_aware(value) else value
        case None | int() | float() | Decimal() | date() | time():
            return value
    return force_str(value)


def csv_separator() -> str:
    """Return what stands between cells where Excel speaks the language: a comma, unless numbers hold one."""
    return ";" if get_format("DECIMAL_SEPARATOR") == "," else ","


def write_csv(rows: Iterable[dict[str, object]], fields: list[str]) -> str:
    """Return a CSV file with a column for each field, headed by its name."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=csv_separator())
    writer.writerow(fields)
    writer.writerows([csv_cell(row[field]) for field in fields] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


# --- Wagtail's exports --------------------------------------------------------------------------
# All of them are made by one mixin, which has no hook, so what it does is replaced. Look again with the next
# Wagtail: 8.0 writes formulas and the times of Greenwich, and forgets the language before it writes CSV.


def stream_csv(self: SpreadsheetExportMixin, queryset: models.QuerySet) -> Iterator[bytes]:
    """Return the file line by line, each written in the language and time zone of this moment.

    The server takes the lines when the view has long returned, and with it the language of whoever asked.
    """
    return _each_in(translation.get_language(), timezone.get_current_timezone(), _csv_lines(self, queryset))


def _each_in(language: str, zone: tzinfo, lines: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with translation.override(language), timezone.override(zone):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _csv_lines(view: SpreadsheetExportMixin, queryset: models.QuerySet) -> Iterator[bytes]:
    writer = csv.DictWriter(Echo(), fieldnames=view.list_export, delimiter=csv_separator())
    headings = {field: csv_cell(view.get_heading(queryset, field)) for field in view.list_export}
    yield BYTE_ORDER_MARK.encode() + writer.writerow(headings)
    for row in queryset:
        yield view.write_csv_row(writer, view.to_row_dict(row))


def write_csv_row(self: SpreadsheetExportMixin, writer: csv.DictWriter, row: dict[str, object]) -> bytes:
    """Return a line of the file."""
    cells = {name: self.preprocess_field_value(name, value, self.FORMAT_CSV) for name, value in row.items()}
    return writer.writerow({name: csv_cell(value) for name, value in cells.items()})


def write_xlsx(self: SpreadsheetExportMixin, queryset: models.QuerySet, output: BytesIO) -> None:
    """Write the file, its headings as words too."""
    workbook = Workbook(write_only=True, iso_dates=True)
    sheet = workbook.create_sheet()
    sheet.append([xlsx_cell(self.get_heading(queryset, field), sheet) for field in self.list_export])
    for row in queryset:
        sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(row)))
    workbook.save(output)


def generate_xlsx_row(
    self: SpreadsheetExportMixin, worksheet: Any, row: dict[str, object], date_format: str | None = None
) -> Iterator[WriteOnlyCell]:
    """Yield the cells of a row; all dates are written alike."""
    for name, value in row.items():
        yield xlsx_cell(self.preprocess_field_value(name, value, self.FORMAT_XLSX), worksheet)


REPLACED = (stream_csv, write_csv_row, write_xlsx, generate_xlsx_row)


def mend_exports() -> None:
    """Let every export of the admin be written so."""
    for method in REPLACED:
        setattr(SpreadsheetExportMixin, method.__name__, method)
    prepared = SpreadsheetExportMixin.custom_value_preprocess
    SpreadsheetExportMixin.custom_value_preprocess = {list: prepared[list]}  # dates are prepared here
