"""Dates as readers see them: in French the first of a month is an ordinal, and no other day is."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from portal.formats import write_date, write_moment

FIRST = date(2026, 12, 1)


def write(value, how, language):
    with override(language):
        return Template("{{ value|date:how }}").render(Context({"value": value, "how": how}))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (FIRST, "1er décembre 2026"),
        (date(2026, 8, 1), "1er août 2026"),
        (date(2026, 12, 2), "2 décembre 2026"),
        (date(2026, 12, 11), "11 décembre 2026"),
        (date(2026, 12, 21), "21 décembre 2026"),
        (date(2026, 12, 31), "31 décembre 2026"),
    ],
)
def test_only_the_first_is_an_ordinal_in_french(day, written):
    assert write(day, "DATE_FORMAT", "fr") == written
    with override("fr"):
        assert write_date(day) == written


def test_so_it_is_with_the_time_of_day():
    assert (
        write(datetime(2026, 12, 1, 14, 30), "DATETIME_FORMAT", "fr") == "1er décembre 2026 à 14\xa0h\xa030"
    )


def test_it_is_the_first_where_the_reader_is():
    assert write(datetime(2026, 12, 2, 2, 0, tzinfo=UTC), "DATE_FORMAT", "fr") == "1er décembre 2026"


def test_english_has_no_ordinal():
    assert write(FIRST, "DATE_FORMAT", "en") == "Dec. 1, 2026"


def test_dates_for_machines_stay_as_they_are():
    assert write(FIRST, "c", "fr") == "2026-12-01"


@pytest.mark.parametrize("nothing", [None, "", "hier"])
def test_what_is_no_date_is_nothing(nothing):
    assert write(nothing, "DATE_FORMAT", "fr") == ""


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (datetime(2026, 12, 3, 14, tzinfo=UTC), "fr", "3 décembre 2026 à 9\xa0h\xa000 (HNE)"),
        (datetime(2026, 7, 1, 13, tzinfo=UTC), "fr", "1er juillet 2026 à 9\xa0h\xa000 (HAE)"),
        (datetime(2026, 12, 3, 14, tzinfo=UTC), "en", "Dec. 3, 2026, 9 a.m. (EST)"),
        (datetime(2026, 7, 1, 13, tzinfo=UTC), "en", "July 1, 2026, 9 a.m. (EDT)"),
        (datetime(2026, 12, 4, 4, 59, tzinfo=UTC), "fr", "3 décembre 2026 à 23\xa0h\xa059 (HNE)"),
    ],
)
def test_r23_a_moment_has_its_hour_and_its_zone(value, language, written):
    with override(language):
        assert write_moment(value) == written
