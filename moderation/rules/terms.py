"""Terms that the site looks out for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from moderation.matching.folding import Span
from moderation.matching.terms import TermIndex
from moderation.models import ScreeningTerm, TermKind
from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import ENOUGH, MOST, Signal
from portal.editions import remember

SCORES = {TermKind.BLOCKED: MOST, TermKind.SUSPECT: ENOUGH, TermKind.NOTED: 20}


@dataclass(frozen=True)
class Listed:
    """A term of the list: what it does, and where."""

    term: str
    kind: str
    language: str
    section: str  # the path of a page; empty: everywhere

    def holds_for(self, evidence: Evidence) -> bool:
        """Whether the term is looked for in this comment."""
        if self.language and evidence.language != self.language:
            return False
        if not self.section:
            return True
        return evidence.comment is not None and evidence.comment.page.path.startswith(self.section)


def find_terms(evidence: Evidence) -> Iterator[Signal]:
    """Notice the terms of the list in the words, and in the name under which they are said."""
    found: dict[Listed, set[Span]] = {}
    for listed, span in _index().find(evidence.words):
        if listed.holds_for(evidence):
            found.setdefault(listed, set()).add(span)
    for listed, _span in _index().find(evidence.words_of_name):
        if listed.holds_for(evidence):
            found.setdefault(listed, set())
    for listed, spans in found.items():
        yield Signal(listed.kind, SCORES[TermKind(listed.kind)], tuple(sorted(spans)), listed.term)


def _index() -> TermIndex[Listed]:
    return remember(("screening terms",), _read_terms)


def _read_terms() -> TermIndex[Listed]:
    rows = ScreeningTerm.objects.values_list("term", "kind", "language", "section__path")
    return TermIndex.of(
        (term, Listed(term, kind, language, path or "")) for term, kind, language, path in rows
    )


RULES = (
    ScreeningRule(
        find_terms,
        {
            TermKind.BLOCKED: _("a blocked term: “%(about)s”"),
            TermKind.SUSPECT: _("a suspect term: “%(about)s”"),
            TermKind.NOTED: _("a term on the list: “%(about)s”"),
        },
    ),
)
