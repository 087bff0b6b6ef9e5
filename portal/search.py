"""The search engine: the same words find the same things on SQLite and on PostgreSQL.

Each database takes texts apart in its own way: accents, case, endings and signs count on one and not on the
other. Here a text is taken apart before it comes to them. A word stands in the index without accents and in
Latin letters, and beside it, marked, its stems by Snowball's rules for French and English
(https://snowballstem.org), so that `navettes` finds `navette`. What is asked for goes the same way: what a
search engine obeys (quotes, operators, stars) is no word, and asks for nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import snowballstemmer
from anyascii import anyascii
from django.utils.encoding import force_str
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

STEM_MARK = "0"  # behind a stem, so that it is found by a stem alone: only words of letters have stems
MOST_WORDS = 12  # of a question
REMEMBERED = 50_000  # words with their terms
NOTHING = Not(MatchAll())
_RUN = re.compile(r"[^\W_]+")
_PLAIN_RUN = re.compile("[a-z0-9]+")
_FRENCH, _ENGLISH = (snowballstemmer.stemmer(language).stemWord for language in ("french", "english"))


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits in a text, in small letters and with their accents."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def fold(run: str) -> str:
    """Return a run in Latin letters without accents: `œuvre` is `oeuvre`."""
    return "".join(_PLAIN_RUN.findall(anyascii(run).lower()))


@lru_cache(maxsize=REMEMBERED)
def terms_of(run: str) -> tuple[str, ...]:
    """Return under what a run is found: itself without accents, and its stems, marked.

    French endings are told by their accents, which not everybody types: it has a stem with and one without.
    """
    word = fold(run)
    if not word.isalpha():
        return (word,) if word else ()
    stems = (fold(_FRENCH(run)), _FRENCH(word), _ENGLISH(word))
    return (word, *dict.fromkeys(stem + STEM_MARK for stem in stems))


def terms_in(text: str) -> Iterator[str]:
    """Yield what stands in the index for a text."""
    for run in runs_of(text):
        yield from terms_of(run)


def rewrite(query: SearchQuery) -> SearchQuery:
    """Return the query in terms of the index; one that asks for no word finds nothing."""
    if isinstance(query, PlainText | Fuzzy):
        asked = [terms for run in runs_of(query.query_string)[:MOST_WORDS] if (terms := terms_of(run))]
        kind = Or if isinstance(query, PlainText) and query.operator == "or" else And
        return _join([_join([PlainText(term) for term in terms], Or) for terms in asked], kind)
    if isinstance(query, Phrase):
        words = [word for run in runs_of(query.query_string)[:MOST_WORDS] if (word := fold(run))]
        return _join([PlainText(word) for word in words], And)
    if isinstance(query, And | Or):
        return _join([rewrite(each) for each in query.subqueries], type(query))
    if isinstance(query, Boost):
        return rewrite(query.subquery)
    if isinstance(query, Not) and not isinstance(query.subquery, MatchAll):
        unwanted = rewrite(query.subquery)
        return NOTHING if unwanted is NOTHING else Not(unwanted)
    return query


def _join(queries: list[SearchQuery], kind: type[And | Or]) -> SearchQuery:
    """Return all, or any, of the queries as one; those that ask for nothing are passed over."""
    asked = [query for query in queries if query is not NOTHING]
    if any(isinstance(query, MatchAll) for query in asked):
        if kind is Or:
            return MatchAll()
        asked = [query for query in asked if not isinstance(query, MatchAll)] or asked[:1]
    if not asked:
        return NOTHING
    return asked[0] if len(asked) == 1 else kind(asked)


class InTerms:
    """A compiler of queries that asks in the terms of the index, and always in all of its fields."""

    def __init__(self, queryset: Any, query: Any, fields: Any = None, **more: Any) -> None:
        super().__init__(queryset, query, fields=None, **more)
        self.query = rewrite(self.query)


class OfTerms:
    """What reads an object for the index: texts become terms."""

    def prepare_value(self, value: object) -> str:
        if isinstance(value, list | dict):
            return super().prepare_value(value)  # asks here for each of its parts
        return " ".join(terms_in(force_str(value)))
