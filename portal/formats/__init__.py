"""How dates, times and counts are written, where Django's own way is not that of our readers."""

import re
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

FIRST_OF_MONTH = re.compile(r"\b1(?=\s(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))")


def write_date(value: date, how: str = "DATE_FORMAT") -> str:
    """Return a date in the reader's language; a time of day is written in the zone that it comes in."""
    return with_ordinal(date_format(value, how))


def with_ordinal(written: str) -> str:
    """Return a written date as French has it, where the first of a month alone is an ordinal: 1er mai."""
    return FIRST_OF_MONTH.sub("1er", written) if (get_language() or "").startswith("fr") else written


def write_number(number: int) -> str:
    """Return a count in the reader's language, its thousands apart; a year or an identifier is no count."""
    return number_format(number, use_l10n=True, force_grouping=True)
