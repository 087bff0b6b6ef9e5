"""Whoever takes a list away opens it in a spreadsheet, in their language, and no cell runs (R27, R36)."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.users.models import UserProfile

from dialogue.models import Comment
from people.models import Side, User
from portal.spreadsheets import FORMULA_STARTS, csv_cell, write_csv, xlsx_cell

LEDGER, MAIL, REDIRECTS = "/admin/moderation/ledger/", "/admin/moderation/mail/", "/admin/redirects/"
HISTORY = "/admin/reports/site-history/"
WINTER = datetime(2026, 1, 15, 19, 30, 12, 345, tzinfo=UTC)  # half past two in Montréal
BOM = "\ufeff"

FORMULAS = [
    *("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "-", "+", "@", "--", "+1 514 555-0199"),
    *(
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
        '=DDE("cmd";"/C calc";"A0")',
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
    ),
    *("=1;2", '="a"', "-2026-01-15", "@camille", "-5", "=\u00a01", "+\x00"),
]
WORDS = [
    "",
    "1+1",
    " =1",
    "a=b",
    "Été",
    "’=1",
    "2026-01-15",
    "a;b,c\nd",
    "«\u00a0oui\u00a0»",
    "0",
    "a-b",
    "a\tb",
]
VALUES: list[tuple[object, str, str]] = [
    (None, "", ""),
    (0, "0", "0"),
    (-5, "-5", "-5"),
    (True, "oui", "yes"),
    (False, "non", "no"),
    (-1.5, "-1,5", "-1.5"),
    (Decimal("-12.50"), "-12,50", "-12.50"),
    (WINTER, "2026-01-15 14:30:12", "2026-01-15 14:30:12"),
    (datetime(2026, 1, 15, 14, 30), "2026-01-15 14:30:00", "2026-01-15 14:30:00"),
    (date(2026, 1, 15), "2026-01-15", "2026-01-15"),
    (time(14, 30), "14:30:00", "14:30:00"),
    (gettext_lazy("French"), "français", "French"),
    (Side.INTERNAL, str(Side.INTERNAL), str(Side.INTERNAL)),
]


def in_sheet(value: object) -> Any:
    """What somebody finds who opens the file: the cell, written and read back."""
    book, file = Workbook(write_only=True, iso_dates=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append([xlsx_cell(value, sheet)])
    book.save(file)
    return openpyxl.load_workbook(file).active["A1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_r36_a_formula_is_written_as_words(text: str) -> None:
    assert csv_cell(text) == f"'{text}"
    assert in_sheet(text).data_type == "s"
    assert in_sheet(text).value == text.replace("\x00", "")


@pytest.mark.parametrize("text", WORDS)
def test_r36_other_words_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text
    assert in_sheet(text).value == (text or None)


@pytest.mark.parametrize(("value", "french", "english"), VALUES, ids=[str(value) for value, *_ in VALUES])
def test_r27_dates_and_numbers_are_what_they_are(value: object, french: str, english: str) -> None:
    for language, written in (("fr", french), ("en", english)):
        with translation.override(language):
            assert csv_cell(value).casefold() == written.casefold()


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (WINTER, "d", datetime(2026, 1, 15, 14, 30, 12, 345)),
        (date(2026, 1, 15), "d", date(2026, 1, 15)),
        (-5, "n", -5),
        (1.5, "n", 1.5),
        (True, "s", "oui"),
        ("-5", "s", "-5"),
        ("2026-01-15", "s", "2026-01-15"),
        (None, "n", None),
    ],
)
def test_r27_a_sheet_holds_dates_and_numbers(value: object, kind: str, read: object) -> None:
    cell = in_sheet(value)
    found = cell.value.replace(microsecond=0) if isinstance(cell.value, datetime) else cell.value
    assert (cell.data_type, found) == (
        kind,
        read.replace(microsecond=0) if isinstance(read, datetime) else read,
    )


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)), st.sampled_from(["fr", "en"]))
def test_r36_whatever_is_written_is_read_again_and_begins_no_formula(
    rows: list[list[str]], language: str
) -> None:
    with translation.override(language):
        text = write_csv([{"a": first, "b": second} for first, second in rows], ["a", "b"])
    separator = {"fr": ";", "en": ","}[language]
    assert text.startswith(f"{BOM}a{separator}b")
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=separator))[1:]
    assert not any(cell.startswith(FORMULA_STARTS) for row in read for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


# --- Whole exports ------------------------------------------------------------------------------


def speak(user: User, language: str) -> User:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def read_rows(answer: HttpResponseBase, separator: str) -> list[list[str]]:
    """Read a file as the server sends it: when the view has returned, and another language may be spoken."""
    with translation.override("en" if separator == ";" else "fr"), timezone.override(UTC):
        text = b"".join(answer.streaming_content).decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))


def read_sheet(answer: HttpResponseBase) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


@pytest.fixture
def comment(article: object, say: Any) -> Comment:
    comment = say(article, "=1+1")
    Comment.objects.filter(pk=comment.pk).update(submitted_at=WINTER, reply_count=0)
    return comment


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "separator", "words"),
    [
        ("fr", ";", {"Identifiant", "Page", "Envoyé le", "Publié", "Français", "Réponses publiées"}),
        ("en", ",", {"Identifier", "Page", "Published", "French", "Published replies"}),
    ],
)
def test_r27_a_register_speaks_the_language_of_whoever_exports(
    language: str, separator: str, words: set[str], comment: Comment, moderator: User, signed_in: Any
) -> None:
    answer = signed_in(speak(moderator, language)).get(
        LEDGER, {"export": "csv"}, headers={"accept-language": "de"}
    )
    rows = read_rows(answer, separator)
    assert {"2026-01-15 14:30:12", "'=1+1", "0"} <= set(rows[1])
    assert words <= {*rows[0], *rows[1]}


@pytest.mark.django_db
def test_r27_a_register_holds_dates_and_numbers(comment: Comment, moderator: User, signed_in: Any) -> None:
    sheet = read_sheet(signed_in(moderator).get(LEDGER, {"export": "xlsx"}))
    by_value = {cell.value: cell.data_type for cell in sheet[2]}
    assert by_value["=1+1"] == "s"
    assert by_value[0] == "n"
    assert by_value[datetime(2026, 1, 15, 14, 30, 12)] == "d"


@pytest.mark.django_db
def test_r36_the_exports_of_wagtail_hold_no_formula(
    administrator: User, signed_in: Any, home_fr: Any
) -> None:
    Redirect.objects.create(old_path="/ancien", redirect_link="=1+1")
    Redirect.objects.filter(old_path="/ancien").update(old_path="=cmd|' /C calc'!A0")
    home_fr.title = "@SUM(A1)"
    home_fr.save_revision(user=administrator, log_action=True).publish()
    client = signed_in(speak(administrator, "fr"))
    for address, told in ((REDIRECTS, "'=1+1"), (HISTORY, "'@SUM(A1)")):
        rows = read_rows(client.get(address, {"export": "csv"}), ";")
        assert told in {cell for row in rows for cell in row}
        assert not any(cell.startswith(FORMULA_STARTS) for row in rows for cell in row)
        sheet = read_sheet(client.get(address, {"export": "xlsx"}))
        assert told[1:] in {cell.value for row in sheet for cell in row}
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
