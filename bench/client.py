"""A small HTTP client that spends little itself: connections kept alive, as many at once as asked for."""

import gzip
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

TIMEOUT = 60.0  # seconds


@dataclass(frozen=True)
class Request:
    """What is asked: `mark` is a word in what is posted by which it can be found again."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    mark: str = ""

    def encoded(self, host: str) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.method != "GET":
            lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + self.body


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        """The body as it was before it was compressed."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


class Connection:
    """One connection to a server, opened anew whenever the server has closed it."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.port, self.host = port, host
        self.line: socket.socket | None = None
        self.buffer = b""

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def ask(self, request: Request) -> Answer:
        """Return the answer. An idle connection that the server has closed meanwhile is opened once more."""
        is_used = self.line is not None
        try:
            return self._ask(request)
        except (ConnectionError, EOFError):
            self.close()
            if not is_used or self.buffer:
                raise
            return self._ask(request)

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line, self.buffer = None, b""

    def _ask(self, request: Request) -> Answer:
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line.sendall(request.encoded(self.host))
        head = self._read_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        cookies: dict[str, str] = {}
        for line in head[1:]:
            name, _colon, value = line.partition(":")
            if name.lower() == "set-cookie":
                key, _is, rest = value.strip().partition("=")
                cookies[key] = rest.partition(";")[0]
            else:
                headers[name.lower()] = value.strip()
        answer = Answer(int(head[0].split()[1]), headers, cookies, self._read_body(headers))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def _read_body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        if "content-length" in headers:
            return self._read(int(headers["content-length"]))
        body = [self.buffer]  # to the end of the line
        while part := self.line.recv(65_536):
            body.append(part)
        self.close()
        return b"".join(body)

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._read_until(b"\r\n").partition(b";")[0], 16):
            yield self._read(size)
            self._read(2)
        self._read_until(b"\r\n")

    def _read_until(self, end: bytes) -> bytes:
        while end not in self.buffer:
            self._receive()
        found, _end, self.buffer = self.buffer.partition(end)
        return found

    def _read(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._receive()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def _receive(self) -> None:
        part = self.line.recv(262_144)
        if not part:
            raise EOFError("the server hung up")
        self.buffer += part


@dataclass
class Tally:
    """What came of many requests: how long each took, and which posts were acknowledged."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.waits)

    @property
    def rate(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0

    def percentile(self, share: int) -> float:
        """Return what `share` of a hundred waited at most, in milliseconds."""
        if len(self.waits) < 2:
            return 1000 * sum(self.waits)
        return 1000 * statistics.quantiles(self.waits, n=100, method="inclusive")[share - 1]


def spend(
    port: int,
    host: str,
    requests: Iterable[Request],
    *,
    at_once: int,
    seconds: float | None = None,
    check: Callable[[Connection, Request, Answer], str] = lambda connection, request, answer: "",
) -> Tally:
    """Send every request, over `at_once` connections; without an end of them, for so many `seconds`.

    `check` returns what is wrong with an answer, or nothing.
    """
    source = iter(requests)
    lock, tally = threading.Lock(), Tally()
    end = time.monotonic() + seconds if seconds else None

    def work() -> None:
        connection = Connection(port, host)
        waits, acknowledged, errors = [], [], []
        while end is None or time.monotonic() < end:
            with lock:
                request = next(source, None)
            if request is None:
                break
            began = time.perf_counter()
            try:
                answer = connection.ask(request)
                fault = check(connection, request, answer)
            except (OSError, EOFError, ValueError) as error:
                connection.close()
                answer, fault = None, f"{type(error).__name__}: {error}"
            waits.append(time.perf_counter() - began)
            if fault or answer is None or answer.status >= 400:
                errors.append(fault or f"{answer.status if answer else ''} {request.method} {request.path}")
            elif request.mark:
                acknowledged.append(request.mark)
        connection.close()
        with lock:
            tally.waits += waits
            tally.acknowledged += acknowledged
            tally.errors += errors

    began = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds = time.monotonic() - began
    return tally


def again_and_again(request: Request) -> Iterator[Request]:
    return cycle([request])
