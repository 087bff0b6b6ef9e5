"""The ground on which each proof stands, with everybody who asks."""

from collections.abc import Iterator

import pytest

from tests.trust.actors import Actor, gather_actors
from tests.trust.ground import Ground, laid_ground


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    with laid_ground() as ground:
        yield ground


@pytest.fixture
def actors(ground: Ground) -> dict[str, Actor]:
    return gather_actors(ground)
