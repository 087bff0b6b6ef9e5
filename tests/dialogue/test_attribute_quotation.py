"""Rule 6: somebody is quoted under the form of the name that was agreed, and no more of it is told."""

import pytest
from django.utils.translation import override

from dialogue.attributions import NameForm, initials_of, write_attribution
from people.models import Side


@pytest.mark.parametrize(
    ("name", "form", "written"),
    [
        ("Maude Therrien", "signed", "Maude Therrien"),
        ("Maude Therrien", "first", "Maude"),
        ("Therrien, Maude", "first", "Therrien"),
        ("Maude Therrien", "initials", "M. T."),
        ("Maude Therrien", "role", "A reader"),
        ("🌊", "initials", "A reader"),
        ("", "signed", ""),
        ("", "role", ""),
    ],
)
def test_rule06_forms_of_a_name(name, form, written):
    with override("en"):
        assert write_attribution(name, form, side=Side.EXTERNAL) == written


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Marie-Ève Tremblay", "M.-È. T."),
        ("jean de la fontaine", "J. D. L. F."),
        ("O’Brien", "O."),
        ("e\u0301lise", "É."),
        ("שרה לוי", "ש. ל."),
        ("محمد علي", "م. ع."),
        ("« Léa »", "L."),
        ("R2", "R."),
        ("007", ""),
        ("🌊 Léa", "L."),
    ],
)
def test_rule06_initials(name, initials):
    assert initials_of(name) == initials


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_rule06_a_role_stands_in_the_language_of_the_page(side, language):
    written = write_attribution("Maude", NameForm.ROLE, side=side, language=language)
    with override("fr" if language == "en" else "en"):
        assert write_attribution("Maude", NameForm.ROLE, side=side, language=language) == written
    assert "Maude" not in written


def test_rule06_the_editor_may_say_more_of_the_role():
    written = write_attribution("Ovide", "role", side=Side.INTERNAL, detail="logistics", language="en")
    assert written == "An employee, logistics"
    # Beside a name it says nothing.
    assert write_attribution("Ovide Roy", "first", side=Side.INTERNAL, detail="logistics") == "Ovide"


def test_every_side_has_a_word():
    written = {write_attribution("Maude", "role", side=side, language="en") for side in Side}
    assert len(written) == len(Side)
