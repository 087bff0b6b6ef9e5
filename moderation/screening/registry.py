"""The rules that look at a comment: each app registers its own on the hook `register_screening_rules`.

A rule looks at an `Evidence` and leaves signals. It never decides and never changes a word: what it noticed
adds to the risk, and whoever decides reads it in a sentence.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from wagtail import hooks

from moderation.screening.evidence import Evidence
from moderation.screening.signals import Signal


@dataclass(frozen=True)
class ScreeningRule:
    """What a rule looks at, and the sentence for each signal that it may leave, by the name of the signal.

    In a sentence, `%(about)s` is what the signal says it is about.
    """

    look: Callable[[Evidence], Iterable[Signal]]
    sentences: Mapping[str, str | Promise]


def screening_rules() -> list[ScreeningRule]:
    """Return the rules that are registered, in the order in which they look."""
    return [rule for rules in hooks.get_hooks("register_screening_rules") for rule in rules()]


def look(evidence: Evidence) -> list[Signal]:
    """Return what the rules notice, what weighs most first."""
    found = [signal for rule in screening_rules() for signal in rule.look(evidence)]
    return sorted(found, key=lambda signal: (-signal.score, signal.name))


def explain(signal: Signal) -> str:
    """Return what was noticed, in a sentence."""
    return sentence_of(signal.name, signal.about)


def sentence_of(name: str, about: str = "") -> str:
    """Return the sentence for a signal of this name; where its rule is gone, the name."""
    for rule in screening_rules():
        if name in rule.sentences:
            return str(rule.sentences[name]) % {"about": about}
    return name
