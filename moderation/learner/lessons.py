"""From which comments screening learns: those that a moderator decided on, by the last word on each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dialogue.models import Comment
from moderation.matching.folding import Word
from moderation.models import Decision, LearnedWord, Reason, Training, Verb

ENOUGH, ENOUGH_OF_EACH = 200, 20  # before, chance would speak
MOST = 10_000  # the latest: what was decided years ago may be decided otherwise today
# Policy: what only one, or two, have written may tell who they are. No word is kept that fewer have used.
FEWEST_PEOPLE = 3
LENGTHS = range(3, 31)  # letters: shorter words are in every text, longer ones are not words

GOOD = (Verb.PUBLISH, Verb.RESTORE, Verb.KEEP)
BAD = (Verb.REJECT, Verb.HIDE)
# Where it stands, whom it names, that it was said before: that is no matter of which words it has.
NOT_OF_WORDS = (Reason.DUPLICATE, Reason.OFF_TOPIC, Reason.PERSONAL_INFORMATION)


@dataclass(frozen=True)
class Lesson:
    """What the words of a comment were decided to be; `person` is the key of who said them."""

    words: tuple[str, ...]
    is_refused: bool
    person: int | None


def learned_words(words: Iterable[Word]) -> list[str]:
    """Return the words that count, in their folded form; a word is there as often as it was said."""
    return [word.letters for word in words if len(word.letters) in LENGTHS and not word.letters.isdigit()]


def decided_comments() -> QuerySet[Comment]:
    """Return the comments that moderators decided on, with the last `verb` on each, the latest first."""
    # What screening decided does not count, nor what was decided on words that have changed since.
    last = Decision.objects.filter(
        comment=OuterRef("pk"),
        comment_version=OuterRef("version"),
        by__isnull=False,
        verb__in=(*GOOD, *BAD),
    ).order_by("-decided_at", "-pk")
    return (
        Comment.objects.annotate(
            verb=Subquery(last.values("verb")[:1]),
            reason=Subquery(last.values("reason_code")[:1]),
            at=Subquery(last.values("decided_at")[:1]),
        )
        .filter(Q(verb__in=GOOD) | (Q(verb__in=BAD) & ~Q(reason__in=NOT_OF_WORDS)))
        .exclude(text="")
        .order_by(F("at").desc(), "-pk")[:MOST]
    )


def are_enough(decided: QuerySet[Comment]) -> bool:
    """Whether there is enough to learn from, of what was published and of what was refused."""
    number = Counter(verb in BAD for verb in decided.values_list("verb", flat=True))
    return number.total() >= ENOUGH and min(number[True], number[False]) >= ENOUGH_OF_EACH


def words_of_several(lessons: Iterable[Lesson]) -> list[str]:
    """Return, in order, the words that at least `FEWEST_PEOPLE` have used."""
    users = {(word, lesson.person) for lesson in lessons for word in lesson.words}
    number = Counter(word for word, _person in users)
    return sorted(word for word, people in number.items() if people >= FEWEST_PEOPLE)


def forget_training() -> None:
    """Forget what was learned: the rule is silent until there is a training again."""
    LearnedWord.objects.all().delete()
    Training.objects.all().delete()
