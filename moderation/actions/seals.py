"""Sealing the log of decisions, and looking whether it is whole (trust: T46).

Decisions are sealed after their transactions, by whatever does the periodic work: sealed within, each would
wait for the one before it, and all threads of the site for one another.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db import models, transaction
from django.utils import timezone

from moderation.models import Decision, DecisionSeal
from portal.digests import keyed_digest

BATCH = 1_000  # decisions in one transaction
# A transaction that took its number early may commit late: so far back is looked for what has no seal yet.
LATEST = 10_000  # decisions
SOON = timedelta(hours=1)  # by then a decision is sealed where the periodic work runs
# What no later act may change: each column of a decision but its words.
SEALED = (
    *("pk", "comment_id", "comment_version", "verb", "event_id", "by_id"),
    *("rule", "reason_code", "signals", "risk"),
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fault:
    """What is wrong with the log, at which decision."""

    decision: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.decision is None else f"Decision {self.decision}: {self.sentence}"


def seal_decisions() -> int:
    """Seal the decisions that have no seal yet, oldest first; return how many. Any number may be at it."""
    sealed = 0
    while number := _seal_batch():
        sealed += number
    return sealed


def find_faults(kept: str = "") -> Iterator[Fault]:
    """Yield what is wrong with the log: changed, missing, out of place, or not sealed when it should be.

    `kept` is a digest that was read off the log before and kept elsewhere. Without one, nobody can tell that
    the end of the log was cut off.
    """
    before, number, is_there = "", 0, not kept
    for seal in DecisionSeal.objects.select_related("decision").iterator(chunk_size=BATCH):
        number += 1
        decision = seal.decision
        if seal.number != number:
            yield Fault(None, f"Seals {number} to {seal.number - 1} are missing.")
            number = seal.number
        if seal.digest != _digest_of(decision, seal.words, before):
            yield Fault(decision.pk, "it was changed, or its place in the log was.")
        # Where nothing is left of the words, they were forgotten, or there were none.
        if (decision.reason_text or decision.note) and seal.words != _digest_of_words(decision):
            yield Fault(decision.pk, "what was written beside it was changed.")
        before = seal.digest
        is_there = is_there or before == kept
    if not is_there:
        yield Fault(None, "The digest that was kept is not in the log any more.")
    for key in _unsealed().filter(decided_at__lt=timezone.now() - SOON).values_list("pk", flat=True):
        yield Fault(key, "it has no seal.")


def last_digest() -> str:
    """Return the digest to keep elsewhere: it vouches for all that is in the log so far."""
    return DecisionSeal.objects.order_by("-number").values_list("digest", flat=True).first() or ""


def _seal_batch() -> int:
    with transaction.atomic():
        # Whoever comes second waits here, and goes on from what the first has written.
        last = DecisionSeal.objects.select_for_update().order_by("-number").first()
        newest = DecisionSeal.objects.order_by("-decision_id").values_list("decision_id", flat=True).first()
        due = _unsealed().filter(pk__gt=(newest or 0) - LATEST)
        decisions = list(due.order_by("pk")[:BATCH])
        number, digest = (last.number, last.digest) if last else (0, "")
        seals = []
        for decision in decisions:
            number += 1
            words = _digest_of_words(decision)
            digest = _digest_of(decision, words, digest)
            seals.append(DecisionSeal(number=number, decision=decision, words=words, digest=digest))
        DecisionSeal.objects.bulk_create(seals)
    if seals:
        # The log of the portal is kept elsewhere: it holds the end of the chain as well.
        logger.info("The log of decisions is sealed up to %s: %s", number, digest)
    return len(seals)


def _unsealed() -> models.QuerySet[Decision]:
    return Decision.objects.filter(seal=None)


def _digest_of_words(decision: Decision) -> str:
    return keyed_digest("moderation.words", json.dumps([decision.reason_text, decision.note]))


def _digest_of(decision: Decision, words: str, before: str) -> str:
    """Return the digest of a decision in its place: after the seal whose digest is `before`."""
    facts = [getattr(decision, name) for name in SEALED]
    moment = decision.decided_at.astimezone(UTC).isoformat()
    return keyed_digest("moderation.log", json.dumps([before, words, moment, *facts]))
