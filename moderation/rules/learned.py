"""What the moderators' own decisions say of the words: like what was refused, or like what was published."""

from collections import Counter
from collections.abc import Iterator
from math import exp, log, sqrt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moderation.learner.lessons import learned_words
from moderation.models import LearnedWord
from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

# Policy: it adds to what others notice, and never holds anything alone; nor does it speak where it is unsure.
MOST, SURE = 40, 0.7
RIGHT_ENOUGH = 0.7  # balanced accuracy: a learner that is right less often says nothing
TOLD = 3  # words
MINUS_INFINITY = -700  # where exp() would overflow


def notice_likeness(evidence: Evidence) -> Iterator[Signal]:
    """Notice words of what was refused before, of a guest of whom nothing was published: others are known."""
    if not settings.LEARNS_FROM_DECISIONS or _is_known(evidence):
        return
    said = Counter(learned_words(evidence.words))
    shares, intercept = _weigh(said)
    if not shares:
        return
    likeness = 1 / (1 + exp(-max(MINUS_INFINITY, intercept + sum(shares.values()))))
    against = [word for word, share in shares.items() if share > 0]
    worst = sorted(against, key=lambda word: (-shares[word], word))[:TOLD]
    if likeness >= SURE and worst:
        places = [word for word in evidence.words if word.letters in worst]
        spans = tuple((word.start, word.end) for word in places)
        typed = {word.letters: evidence.text[word.start : word.end] for word in reversed(places)}
        score = round(MOST * (likeness - 0.5) * 2)
        yield Signal("learned", score, spans, ", ".join(typed[word] for word in worst))


def _is_known(evidence: Evidence) -> bool:
    comment = evidence.comment
    return comment is not None and (not comment.participant.is_guest or evidence.standing.has_been_published)


def _weigh(said: Counter[str]) -> tuple[dict[str, float], float]:
    """Return what each known word adds, and the intercept: one query. Nothing while nothing was learned."""
    found = LearnedWord.objects.filter(word__in=said, training__accuracy__gte=RIGHT_ENOUGH)
    rows = list(found.values_list("word", "rarity", "weight", "training__intercept"))
    # As `TfidfVectorizer` does with `sublinear_tf`: so the model was trained.
    sizes = {word: (1 + log(said[word])) * rarity for word, rarity, _weight, _intercept in rows}
    norm = sqrt(sum(size * size for size in sizes.values()))
    shares = {word: sizes[word] / norm * weight for word, _rarity, weight, _intercept in rows}
    return shares, rows[0][3] if rows else 0.0


RULES = (ScreeningRule(notice_likeness, {"learned": _("reads like what was refused here: %(about)s")}),)
