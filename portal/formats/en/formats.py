"""English: what Django has no format for."""

COMPACT_DATE_FORMAT = "N j, Y"
