"""How dates, times and counts are written, where Django's own way is not that of our readers."""

import re
from datetime import date, datetime

from babel.dates import get_timezone_name
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

ZONE_LOCALES = {"fr": "fr_CA", "en": "en_CA"}
FIRST_OF_MONTH = re.compile(r"\b1(?=\s(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))")


def write_date(value: date, how: str = "DATE_FORMAT") -> str:
    """Return a date in the reader's language; a time of day is written in the zone that it comes in."""
    return with_ordinal(date_format(value, how))


def write_moment(value: datetime) -> str:
    """Return a date with its hour and the zone in which it is that hour: 3 décembre 2026 à 9 h 00 (HNE)."""
    here = localtime(value)
    zone = get_timezone_name(here, "short", locale=ZONE_LOCALES.get(get_language() or "", "en_CA"))
    return f"{write_date(here, 'DATETIME_FORMAT')} ({zone})"


def with_ordinal(written: str) -> str:
    """Return a written date as French has it, where the first of a month alone is an ordinal: 1er mai."""
    return FIRST_OF_MONTH.sub("1er", written) if (get_language() or "").startswith("fr") else written


def write_number(number: int) -> str:
    """Return a count in the reader's language, its thousands apart; a year or an identifier is no count."""
    return number_format(number, use_l10n=True, force_grouping=True)
