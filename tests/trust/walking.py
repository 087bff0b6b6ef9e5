"""Long walks: changes made in an order told by a seed, each walk on a site as it was at first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.caches import clear_caches
from tests.database import for_a_while
from tests.trust.actors import Actor
from tests.trust.public_site import PublicSite


@dataclass
class Result:
    """What came out of the walks of one proof: what was seen that may not be, and not seen that must be."""

    proof: str
    steps: int = 0
    looks: int = 0
    forbidden: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return (
            f"{self.proof}: {self.steps} steps, {len(self.forbidden)} forbidden, "
            f"{len(self.missing)} missing ({self.looks} looks)"
        )

    @property
    def faults(self) -> list[str]:
        return [*self.forbidden, *self.missing]


class Walk(Protocol):
    """One sequence of changes, which writes down what it finds."""

    def step(self) -> None: ...


def walk(
    begin: Callable[[PublicSite, dict[str, Actor], Random, Result], Walk],
    public_site: PublicSite,
    actors: dict[str, Actor],
    result: Result,
    *,
    steps: int,
    in_a_walk: int,
    seed: int,
    is_ended_by_fault: bool,
) -> Result:
    """Take that many steps, `in_a_walk` of them on one site; the same seed takes the same ones."""
    chance = Random(seed)  # noqa: S311 - an order of steps, no secret
    while result.steps < steps:
        with for_a_while():
            one = begin(public_site, actors, chance, result)
            for _step in range(min(in_a_walk, steps - result.steps)):
                one.step()
                if is_ended_by_fault and result.faults:
                    return result
        clear_caches()
    return result
