"""Long walks: changes made in an order told by a seed, each walk on a site as it was at first."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

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


class Walk(ABC):
    """One sequence of changes, which writes down what it finds."""

    proof: ClassVar[str]
    longest: ClassVar[int]  # steps on one site

    def __init__(
        self, public_site: PublicSite, actors: dict[str, Actor], chance: Random, result: Result
    ) -> None:
        self.public_site, self.actors, self.chance, self.result = public_site, actors, chance, result
        self.path: list[str] = []
        self.begin()

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def step(self) -> None: ...


def walk(
    kind: type[Walk],
    public_site: PublicSite,
    actors: dict[str, Actor],
    *,
    steps: int,
    seed: int,
    is_ended_by_fault: bool = False,
) -> Result:
    """Take that many steps, in walks that each begin on a new site; the same seed takes the same ones."""
    chance, result = Random(seed), Result(kind.proof)  # noqa: S311 - an order of steps, no secret
    while result.steps < steps:
        with for_a_while():
            one = kind(public_site, actors, chance, result)
            for _step in range(min(kind.longest, steps - result.steps)):
                one.step()
                if is_ended_by_fault and result.faults:
                    return result
        clear_caches()
    return result
