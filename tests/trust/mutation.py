"""Trying mutants: the portal with one mistake in it. A proof that lets one through proves less than it says.

Each mistake is a patch, made in a child process while it runs; no file is touched. It names the proof that
has to find it, where that proof looks, and what it then says: whatever else is complained of is no find.
"""

import multiprocessing
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any
from unittest.mock import patch

from django.db import connections

from tests.database import Snapshot
from tests.trust import acts, canaries, matrix, quotations, races, states, worlds
from tests.trust.actors import gather_actors
from tests.trust.addresses import addresses
from tests.trust.planting import plant, plant_crews
from tests.trust.public_site import built_public_site
from tests.trust.walking import Result

LONGEST = 600  # seconds for one mutant
STEPS, QUOTATION_STEPS, SEED = 30, 500, 2026
RACES = 16
SHOWN = 150


@dataclass(frozen=True)
class Mutant:
    """One mistake, and how it is found.

    `proof` asks at the addresses (or tries the acts) in whose names the pattern `at` is found, and has to say
    something in which `sign` is found: of which class the words are, or what is answered.
    """

    name: str
    make: Callable[[], None]
    proof: str
    at: str
    sign: str

    def is_told_by(self, fault: str) -> bool:
        return re.search(self.sign, fault) is not None


def try_all(chosen: Sequence[Mutant]) -> tuple[str, list[str]]:
    """Try each of the mutants in a child of its own; return the closing line, and what is wrong.

    Before that, each proof is asked the same without any mistake, and has nothing to say.
    """
    faults = []
    for proof in dict.fromkeys(each.proof for each in chosen):
        at = "|".join(sorted({each.at for each in chosen if each.proof == proof}))
        faults += [f"without any mistake: {fault}" for fault in in_child(partial(PROOFS[proof], at))]
    survivors = 0
    for each in chosen:
        found = in_child(partial(find, each))
        told = next((fault for fault in found if each.is_told_by(fault)), "")
        survivors += not told
        words = f"caught by {each.proof}: {told}" if told else f"SURVIVED {found[:1]}"
        sys.stdout.write(f"  {each.name}: {' '.join(words.split())[:SHOWN]}\n")
        sys.stdout.flush()
        if not told:
            faults.append(f"mutant “{each.name}” survived: {each.proof} said nothing of it {found[:1]}")
    return f"mutants: {len(chosen) - survivors} of {len(chosen)} caught", faults


def find(each: Mutant) -> list[str]:
    """Make the mistake, and return what its proof says."""
    each.make()
    return PROOFS[each.proof](each.at)


def in_child(work: Callable[[], list[str]]) -> list[str]:
    """Call `work` in a child process, which inherits no connection to the database, and return its answer."""
    connections.close_all()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=work_and_tell, args=(work, theirs))
    child.start()
    theirs.close()
    is_answered = ours.poll(LONGEST)
    try:
        answer = ours.recv() if is_answered else [f"(no answer in {LONGEST} seconds)"]
    except EOFError:
        answer = ["(its process died)"]
    if not is_answered:
        child.terminate()
    child.join()
    return answer


def work_and_tell(work: Callable[[], list[str]], out: Connection) -> None:
    out.send(work())
    out.close()
    connections.close_all()


# --- The proofs, asked at a few places -----------------------------------------------------------


def ask_worlds(at: str) -> list[str]:
    with built_public_site() as public_site:
        return worlds.compare(public_site, gather_actors(public_site), is_thorough=False, at=at).differences


def ask_canaries(at: str) -> list[str]:
    with built_public_site() as public_site:
        # What a short look never came upon is no fault of the portal: it looks where words leak.
        return canaries.look(public_site, gather_actors(public_site), is_thorough=False, at=at).outside


def ask_matrix(at: str) -> list[str]:
    with built_public_site() as public_site:
        actors = gather_actors(public_site)
        planting = plant(public_site)
        plant_crews(planting)
        return matrix.check(actors, addresses(planting), ["GET"], at=at).deviations


def ask_walks(walk: Callable[..., Result], steps: int) -> list[str]:
    with built_public_site() as public_site:
        actors = gather_actors(public_site)
        return walk(public_site, actors, steps=steps, seed=SEED, is_ended_by_fault=True).faults


def ask_acts(at: str) -> list[str]:
    with built_public_site() as public_site:
        actors = gather_actors(public_site)
        return acts.check(public_site, actors, spellings=acts.IN_BRIEF, is_thorough=False, at=at).reached


def ask_races(at: str) -> list[str]:
    """Who races commits, and a child of a server of processes would not make the mistake."""
    snapshot = Snapshot("before")
    try:
        return races.race(RACES, is_thorough=False).faults
    finally:
        snapshot.restore()


PROOFS: dict[str, Callable[[str], list[str]]] = {
    "acts": ask_acts,
    "worlds": ask_worlds,
    "canaries": ask_canaries,
    "matrix": ask_matrix,
    "races": ask_races,
    "states": lambda _at: ask_walks(states.walk, STEPS),
    "quotations": lambda _at: ask_walks(quotations.walk, QUOTATION_STEPS),
}


# --- How a mistake is made -----------------------------------------------------------------------


def put(owner: Any, name: str, value: Any) -> None:
    """Set an attribute for the life of the child."""
    patch.object(owner, name, value).start()


def everywhere(original: Callable[..., Any], value: Callable[..., Any]) -> None:
    """Set a function in every module that has taken it by name."""
    for module in list(sys.modules.values()):
        for name, found in list(getattr(module, "__dict__", {}).items()):
            if found is original:
                put(module, name, value)
