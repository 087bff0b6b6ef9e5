"""Every export of the admin writes its cells like `portal.spreadsheets`, in the language of whoever asked.

Wagtail writes formulas and the times of Greenwich, and forgets the language before it writes CSV. All of its
exports are made by one mixin, which has no hook.
"""

import csv
from collections.abc import Iterator
from datetime import tzinfo
from io import BytesIO
from typing import Any

from django.db import models
from django.utils import timezone, translation
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from portal.spreadsheets import BYTE_ORDER_MARK, csv_cell, csv_separator, xlsx_cell
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`SpreadsheetExportMixin` in wagtail/admin/views/mixins.py: that each of the methods in `REPLACED` is"
    " still there and asked, and whether another one writes a cell by now",
)


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


def apply() -> None:
    """Let every export of the admin be written so."""
    for method in REPLACED:
        setattr(SpreadsheetExportMixin, method.__name__, method)
    prepared = SpreadsheetExportMixin.custom_value_preprocess
    SpreadsheetExportMixin.custom_value_preprocess = {list: prepared[list]}  # dates are prepared here
