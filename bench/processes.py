"""Processes as the bench starts, watches and ends them: what they spend is read where the kernel keeps it."""

import contextlib
import fcntl
import os
import random
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0  # seconds until something must have started
GRACE = 10.0  # seconds to end by itself
PORTS = range(20_000, 30_000)
_taken: list[int] = []  # the locks of the ports of this process


def take_port() -> int:
    """Return a port on which nobody listens; until this process ends, no other that asks here is given it.

    It is none of those that the system hands out by itself, so that no connection happens to take it between
    here and the moment when a server begins to listen.
    """
    folder = Path(tempfile.gettempdir(), "parley-ports")
    folder.mkdir(exist_ok=True)
    for port in random.sample(PORTS, len(PORTS)):
        lock = os.open(folder / str(port), os.O_CREAT | os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as place:
                place.bind(("127.0.0.1", port))
        except OSError:
            os.close(lock)
            continue
        _taken.append(lock)
        return port
    raise RuntimeError(f"All ports from {PORTS.start} to {PORTS.stop} are taken.")


class Process:
    """A program that runs until it is stopped; what it says goes to `log`."""

    def __init__(
        self, command: list[str], log: Path, env: dict[str, str] | None = None, cwd: str = "/"
    ) -> None:
        self.log = log
        with log.open("ab") as said:
            self.popen = subprocess.Popen(
                command, stdout=said, stderr=said, env=env, cwd=cwd, start_new_session=True
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    def stop(self) -> None:
        """End it and what it started: politely, then not. The second time does nothing."""
        if self.popen.poll() is None:
            self.popen.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(GRACE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()


def wait_until(is_ready: Callable[[], bool], of: Process | None = None, patience: float = PATIENCE) -> None:
    """Wait for something to become true; give up with the last words of the process that failed to."""
    end = time.monotonic() + patience
    while not is_ready():
        has_died = of is not None and of.popen.poll() is not None
        if has_died or time.monotonic() > end:
            said = of.log.read_text(errors="replace")[-4000:] if of else ""
            raise RuntimeError(f"It did not start:\n{said}")
        time.sleep(0.02)


def answers(url: str, headers: dict[str, str] | None = None) -> bool:
    """Whether a good answer comes from there."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=30) as answer:
            return answer.status == 200 and bool(answer.read())
    except (urllib.error.URLError, OSError):
        return False


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return what the processes and their descendants have spent, those that have ended among them."""
    ticks = 0
    for root in roots:
        for pid in family(root):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(int(field) for field in fields[11:15])  # own and waited-for, user and system
    return ticks / TICKS


def proportional_bytes(roots: Iterable[int]) -> int:
    """Return the memory of the processes and their descendants; what they share is counted once (PSS)."""
    total = 0
    for root in roots:
        for pid in family(root):
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
    return total
