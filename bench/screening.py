"""What it costs to look at a comment: by its length, and with words that were made to cost much."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random
from time import process_time

from demo.factories.remarks import SENTENCES
from moderation.screening.evidence import Evidence
from moderation.screening.registry import look

LENGTHS = (500, 1_000, 2_000, 5_000)  # characters
EACH = 2_500  # comments of each length: ten thousand in all
HOSTILE_EACH = 100
LONGEST = LENGTHS[-1]
# Each repeats what some rule looks at, as often as there is room.
HOSTILE = {
    "one word without an end": "a",
    "addresses": "http://a.example/b ",
    "halves of addresses": "https://",
    "hosts without an end": "a-b.",
    "letters set apart": "v.i.a.g.r.a ",
    "brackets and quotes": '[](((>"“',
    "signs that stand for letters": "@!|$ ",
    "accents piled up": "e\u0301\u0302\u0303\u0304",
    "letters of other alphabets": "аеорсху ",
    "numbers": "0123456789 ",
    "empty lines": "\n",
}


@dataclass(frozen=True)
class Cost:
    """What it takes to look at one comment: processor time in milliseconds, on average and at most."""

    what: str
    characters: int
    mean_ms: float
    most_ms: float


def measure() -> list[dict]:
    """Return what each kind of text costs. Rules that ask what others said find no comment to ask about."""
    return [asdict(cost) for cost in _costs()]


def _costs() -> Iterator[Cost]:
    chance = Random(1)
    sentences = [sentence for language in ("fr", "en") for sentence in SENTENCES[language]]
    _look_at("warm up " * 50)
    for length in LENGTHS:
        yield _cost(
            f"comments of {length:,} characters", [_write(sentences, length, chance) for _ in range(EACH)]
        )
    for name, piece in HOSTILE.items():
        yield _cost(name, [(piece * LONGEST)[:LONGEST]] * HOSTILE_EACH)


def _cost(what: str, texts: list[str]) -> Cost:
    spent = [_look_at(text) for text in texts]
    return Cost(what, len(texts[0]), 1000 * sum(spent) / len(spent), 1000 * max(spent))


def _look_at(text: str) -> float:
    began = process_time()
    look(Evidence(text, name="Aline Joncas", email="aline@example.org", language="fr"))
    return process_time() - began


def _write(sentences: list[str], length: int, chance: Random) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(sentences) + " "
    return text[:length]
