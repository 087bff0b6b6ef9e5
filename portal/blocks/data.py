"""Blocks of facts: tables and key figures."""

import re
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockAdapter
from wagtail.rich_text import RichText, get_text_for_indexing

from portal.blocks.text import PREVIEW_TEMPLATE

GROUP_DATA = _("Facts")
FIGURE_LENGTH = 16  # characters: “870 L of diesel”; what is longer is prose
_BEGINS_A_FIGURE = re.compile(r"[-+−±≈~<>≤≥$€£]?\s?\d")


class TableBlock(TypedTableBlock):
    """Rows and columns. The first cell of each row is its heading; a row that says nothing is not shown."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Number"), required=False)
    rich_text = blocks.RichTextBlock(
        label=_("Text with links"), features=["bold", "italic", "link"], required=False
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a caption; the first column names the rows.")
        help_text = _(
            "A table copied from a spreadsheet can be pasted: into the caption, a heading or a cell."
        )
        group = GROUP_DATA
        template = "blocks/table.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "caption": _("Crossings and delays"),
            "columns": [
                {"type": "text", "heading": _("Month")},
                {"type": "number", "heading": _("Crossings")},
                {"type": "number", "heading": _("Late")},
            ],
            "rows": [
                {"values": [_("January"), 248, 31]},
                {"values": [_("February"), 226, 12]},
            ],
        }

    def get_context(self, value: TypedTable, parent_context: dict | None = None) -> dict[str, Any]:
        rows = [row for row in value.rows if any(map(is_filled, row))]
        columns = list(enumerate(value.columns))[1:]
        cells = {place: [row[place] for row in rows if place < len(row)] for place, _column in columns}
        numeric = {place for place, column in columns if is_of_figures(column["block"].name, cells[place])}
        return {**super().get_context(value, parent_context), "rows": rows, "numeric": numeric}


class TableBlockAdapter(TypedTableBlockAdapter):
    """Lets a table be pasted into the form of the block (`js/admin/paste-table.js`)."""

    js_constructor = "portal.blocks.TableBlock"

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["js/admin/paste-table.js"])


register(TableBlockAdapter(), TableBlock)


def is_filled(cell: blocks.BoundBlock) -> bool:
    """Whether a cell says something: a zero does, an empty paragraph does not."""
    value = cell.value
    if isinstance(value, RichText):
        value = get_text_for_indexing(value.source)
    return value is not None and bool(str(value).strip())


def is_of_figures(kind: str, cells: list[blocks.BoundBlock]) -> bool:
    """Whether a column is read from digit to digit: numbers, or short texts most of which begin with one."""
    if kind == "number":
        return True
    words = [str(cell.value).strip() for cell in cells if kind == "text" and is_filled(cell)]
    figures = [text for text in words if _BEGINS_A_FIGURE.match(text)]
    return all(len(text) <= FIGURE_LENGTH for text in words) and 2 * len(figures) > len(words)


class KeyFigureBlock(blocks.StructBlock):
    """One figure, what it counts, and where it comes from."""

    value = blocks.CharBlock(label=_("Value"), max_length=20, help_text=_("With its unit: 94 %, 3.2 M$"))
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)
    note = blocks.CharBlock(label=_("Note or source"), max_length=160, required=False)

    class Meta:
        icon = "decimal"
        label = _("Figure")
        label_format = "{value} {label}"


class KeyFiguresBlock(blocks.StructBlock):
    """A few figures side by side."""

    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=6)

    class Meta:
        icon = "decimal"
        label = _("Key figures")
        description = _("One to six figures side by side, each with what it counts.")
        group = GROUP_DATA
        template = "blocks/key_figures.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "figures": [
                {"value": "94 %", "label": _("of crossings on time"), "note": _("last twelve months")},
                {"value": "19", "label": _("people on the last boat"), "note": _("average of four weeks")},
                {"value": "11", "label": _("sailors still to be hired"), "note": ""},
            ]
        }
