"""The site on which each proof works, with everybody who asks."""

from collections.abc import Iterator

import pytest

from tests.trust.actors import Actor, gather_actors
from tests.trust.public_site import PublicSite, built_public_site


@pytest.fixture
def public_site(db: None) -> Iterator[PublicSite]:
    with built_public_site() as public_site:
        yield public_site


@pytest.fixture
def actors(public_site: PublicSite) -> dict[str, Actor]:
    return gather_actors(public_site)
