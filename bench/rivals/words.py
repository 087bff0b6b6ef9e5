"""The words of many guests, the same on every site that is measured."""

from random import Random

SENTENCES = (
    "The first boat is full by seven, and the second one leaves half empty.",
    "I take it every morning with my bicycle, and there is never a place for it.",
    "Somebody should ask those who travel at night before anything is decided.",
    "The new ramp is perfect; the handle is on the wrong side.",
    "Thank you for the answer. It explains a good part of it, though not the price.",
    "Last winter the benches were taken away, and nobody has seen them since.",
    "I would rather walk ten minutes more than wait for twenty.",
    "Try it for a month, and come back to tell us.",
)
NAMES = ("Alma", "Basile", "Colette", "Dorian", "Eudes", "Flavie", "Gaspar", "Honorine", "Ilyas", "Jacinthe")
ANSWERED = 0.7  # of the comments are replies


def remarks(count):
    """Yield `count` remarks: a name, a text, and the number of an earlier one that it answers, or None."""
    chance = Random(count)
    for number in range(count):
        parent = chance.randrange(number) if number and chance.random() < ANSWERED else None
        paragraphs = (
            " ".join(chance.sample(SENTENCES, chance.randint(1, 3))) for _ in range(chance.choice([1, 1, 2]))
        )
        yield chance.choice(NAMES), "\n\n".join(paragraphs), parent
