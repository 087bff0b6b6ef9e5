"""How somebody's words are set: large where brief, on colour where few, and in which language they are."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from dialogue.blocks import quotation_of
from dialogue.models import FeaturedComment
from portal.templatetags.voice_tags import COLOUR_LENGTH, OPENING_LENGTH, in_words

BRIEF, LONG = "é" * OPENING_LENGTH, "a" * (OPENING_LENGTH + 1)


def voice(words: str, **more: str) -> str:
    return render_to_string("components/voice.html", {"name": "Odile", "words": words, **more})


@pytest.mark.parametrize(
    ("words", "is_large"),
    [
        (f"<p>{BRIEF}</p>", True),
        (f'<p dir="auto"><em>{BRIEF[1:]}</em>&amp;</p><p>{LONG}</p>', True),
        (f"<p>{LONG}</p>", False),
        (f"<ul><li>{BRIEF[:9]}</li></ul><p>{BRIEF[:9]}</p>", False),
        (f"<p>{LONG}</p><p>{BRIEF[:9]}</p>", False),
        ("", False),
    ],
)
def test_only_a_brief_opening_is_set_large(words: str, is_large: bool) -> None:
    assert ("voice--brief" in voice(words)) is is_large


@pytest.mark.parametrize(("count", "is_long"), [(COLOUR_LENGTH, False), (COLOUR_LENGTH + 1, True)])
def test_many_words_do_not_fill_a_screen_with_colour(count: int, is_long: bool) -> None:
    assert ("voice--long" in voice(f"<p>{'a' * count}</p>")) is is_long


def test_another_language_is_told_in_words() -> None:
    with override("en"):
        assert in_words("fr") == "in French"
        assert in_words("en") == in_words("") == in_words(None) == ""
        assert "in French" in voice("<p>Bonjour</p>", language="fr")
        assert "voice__language" not in voice("<p>Hello</p>", language="en")


@pytest.mark.django_db
def test_rule06_whoever_spoke_for_the_organisation_is_quoted_with_its_name(article, say, answerer) -> None:
    comment = say(article, "Nous ajoutons un banc.", user=answerer, for_organisation=True, may_quote=True)
    quotation: FeaturedComment = quotation_of(comment)
    comment.role_label_fr = comment.role_label_en = "Chef"
    assert quotation.caption_role("Nordet") == "Chef, Nordet"
    comment.role_label_fr = comment.role_label_en = ""
    assert quotation.caption_role("Nordet") == "Nordet"
    quotation.name_form = "role"
    assert quotation.caption_role("Nordet") == ""
    reader = quotation_of(say(article, "Merci.", may_quote=True))
    assert reader.caption_role("Nordet") == reader.role
