"""The languages in which people write here: told from their words, and named for whoever reads.

The site speaks the languages of `settings.LANGUAGES`; whoever comments writes as they like. py3langid tells
which language that is, offline, and how sure it is. It takes a second to load, and some 90 MB, so a process
loads it when it first needs it: one that only shows pages never does.
"""

import re
from functools import cache
from importlib import import_module
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.sorting import sort_key_of

CODE_LENGTH = 5
# What may be chosen beside the languages of the site; what the library knows of them may also be told. The
# first three are spoken in Québec, and by choice alone: Cree, Inuktitut and Innu.
OTHERS = (
    *("cr", "iu", "moe"),
    *("af", "ar", "be", "bg", "bn", "br", "ca", "cs", "cy", "da", "de", "el", "eo", "es", "et", "eu", "fa"),
    *("fi", "ga", "gl", "gu", "he", "hi", "hr", "ht", "hu", "hy", "id", "is", "it", "ja", "ka", "km", "ko"),
    *("la", "lb", "ln", "lo", "lt", "lv", "mg", "mk", "ml", "mt", "my", "ne", "nl", "no", "oc", "pa", "pl"),
    *("ps", "pt", "ro", "ru", "rw", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr"),
    *("uk", "ur", "vi", "wo", "yo", "zh"),
)
# How sure the library has to be: of a language of the site, beside the other; of any other, beside all.
SURE_OF_OURS, SURE_OF_ANOTHER = 0.9, 0.9
FEWEST_LETTERS, FEWEST_OF_ANOTHER = 6, 20
MOST_READ = 2_000  # characters: more of them do not make it surer
_NO_WORDS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")


def detect_language(text: str, usual: str) -> str:
    """Return the language of `text`, plain words without markup; in doubt, `usual`.

    Addresses are in no language. A few words that may be of either language, a name, an exclamation are in
    doubt; so is what is in another language than the site's, unless the library is sure of it.
    """
    words = _NO_WORDS.sub(" ", text[:MOST_READ]).replace("’", "'")  # the library learnt from the plain one
    letters = sum(map(str.isalpha, words))
    if letters < FEWEST_LETTERS:
        return usual
    ranked = load_identifier().rank(words)
    first, certainty = ranked[0]
    ours = {code: share for code, share in ranked if code in dict(settings.LANGUAGES)}
    if first in ours:
        return first if certainty >= SURE_OF_OURS * sum(ours.values()) else usual
    is_sure = certainty >= SURE_OF_ANOTHER and letters >= FEWEST_OF_ANOTHER
    return first if is_sure and first in OTHERS else usual


def is_language(code: str) -> bool:
    """Whether words may be in the language of that code."""
    return code in OTHERS or code in dict(settings.LANGUAGES)


@cache
def load_identifier() -> Any:
    """Return what tells languages, kept in this process once it is loaded."""
    library = import_module("py3langid.langid")
    identifier = library.LanguageIdentifier.from_model_file(library.MODEL_FILE, norm_probs=True)
    # Arabic is told more surely where that of Egypt is no choice; that something is in no language is one.
    known = {*dict(settings.LANGUAGES), *OTHERS, "zxx"}
    identifier.set_languages([code for code in identifier.labels if code in known])
    return identifier


def foreign(language: str) -> str:
    """Return the language of some words where another is read around them; nothing where it is the same."""
    return "" if language == get_language() else language


def language_name(code: str) -> str:
    """Return what a language is called in the reader's; its code where it has no name."""
    return capfirst(language_in_sentence(code))


def language_in_sentence(code: str) -> str:
    """Return the same as it is written within a sentence."""
    return Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-").languages.get(code, code)


def language_choices() -> list[tuple[str, Any]]:
    """Return the languages for a form: those of the site first, then the others by their names."""
    ours = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
    others = [(code, language_name(code)) for code in OTHERS if code not in dict(ours)]
    return [*ours, (_("Other languages"), sorted(others, key=lambda choice: sort_key_of(choice[1])))]
