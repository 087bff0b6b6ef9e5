"""One run of each proof, on a site of its own."""

import logging
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connections
from django.test.utils import setup_test_environment, teardown_test_environment

from tests.database import Snapshot, is_file, make_database
from tests.trust import (
    acts,
    canaries,
    matrix,
    mixed,
    mutation,
    quotations,
    races,
    states,
    timing,
    worlds,
    writers,
)
from tests.trust.actors import Actor, gather_actors
from tests.trust.addresses import addresses
from tests.trust.mutants import MUTANTS
from tests.trust.planting import Planting, plant, plant_crews
from tests.trust.public_site import PublicSite, built_public_site, make_renditions

STEPS = 400
QUOTATION_STEPS = 10_000
POSTS = 5_000
RACES = 1_000
MIXED_SECONDS = 60
SEED = 2026
Outcome = tuple[str, list[str]]  # the closing line, and what is wrong


@contextmanager
def portal_set_up() -> Iterator[None]:
    """Use a database of our own meanwhile, with what every test begins with."""
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    with TemporaryDirectory() as folder:
        make_database(Path(folder), None)
    yield
    connections.close_all()
    teardown_test_environment()


@contextmanager
def on_public_site() -> Iterator[tuple[PublicSite, dict[str, Actor]]]:
    with built_public_site() as public_site:
        make_renditions(public_site)
        yield public_site, gather_actors(public_site)


@contextmanager
def on_planted_site() -> Iterator[tuple[Planting, dict[str, Actor]]]:
    with on_public_site() as (public_site, actors):
        planting = plant(public_site)
        plant_crews(planting)
        yield planting, actors


def two_worlds(options: Namespace) -> Outcome:
    with on_public_site() as (public_site, actors):
        result = worlds.compare(public_site, actors, is_thorough=True)
    return result.line, result.differences


def find_canaries(options: Namespace) -> Outcome:
    with on_public_site() as (public_site, actors):
        result = canaries.look(public_site, actors, is_thorough=True)
    return result.line, result.faults


def check_matrix(options: Namespace) -> Outcome:
    """Ask by every method on SQLite; on PostgreSQL by those for which our views ask the database."""
    methods = matrix.METHODS if is_file() else ("GET", "POST")
    with on_planted_site() as (planting, actors):
        result = matrix.check(actors, addresses(planting), methods)
    return result.line, [*result.undeclared, *result.deviations]


def try_acts(options: Namespace) -> Outcome:
    with on_public_site() as (public_site, actors):
        result = acts.check(public_site, actors)
    return result.line, result.faults


def change_states(options: Namespace) -> Outcome:
    with on_public_site() as (public_site, actors):
        result = states.walk(public_site, actors, steps=STEPS, seed=SEED)
    return result.line, result.faults


def quote_in_any_order(options: Namespace) -> Outcome:
    with on_public_site() as (public_site, actors):
        result = quotations.walk(public_site, actors, steps=QUOTATION_STEPS, seed=SEED)
    return result.line, result.faults


def let_write(options: Namespace) -> Outcome:
    """Writers commit, each for themselves: the database is laid back as it was."""
    snapshot = Snapshot("before")
    try:
        result = writers.write(POSTS)
    finally:
        snapshot.restore()
    return result.line, result.faults


def let_race(options: Namespace) -> Outcome:
    """Moderators commit as well."""
    snapshot = Snapshot("before")
    try:
        result = races.race(RACES)
    finally:
        snapshot.restore()
    return result.line, result.faults


def read_and_write(options: Namespace) -> Outcome:
    """Readers and writers at one hot article, served by processes of their own, for a minute."""
    snapshot = Snapshot("before")
    try:
        result = mixed.run(MIXED_SECONDS)
    finally:
        snapshot.restore()
    return result.line, result.faults


def measure_time(options: Namespace) -> Outcome:
    """Ask one question on SQLite and three on PostgreSQL: that of the passwords takes as long as these."""
    which = timing.QUESTIONS[:1] if is_file() else timing.QUESTIONS[1:]
    with on_public_site() as (public_site, _actors):
        result = timing.measure(public_site, times=timing.TIMES, seed=SEED, which=which)
    return result.line, result.faults


def try_mutants(options: Namespace) -> Outcome:
    """Try one half of them on SQLite and the other on PostgreSQL: they are mistakes in Python."""
    if options.only:
        return mutation.try_all([MUTANTS[options.only]])
    return mutation.try_all(list(MUTANTS.values())[0 if is_file() else 1 :: 2])


def write_table() -> None:
    with on_planted_site() as (planting, actors):
        matrix.write_table(actors, addresses(planting))


PROOFS = {
    "worlds": two_worlds,
    "canaries": find_canaries,
    "matrix": check_matrix,
    "acts": try_acts,
    "states": change_states,
    "quotations": quote_in_any_order,
    "writers": let_write,
    "races": let_race,
    "mixed": read_and_write,
    "timing": measure_time,
    "mutants": try_mutants,
}
