"""A Redis that goes away on demand: it speaks as much of the protocol as Django's cache asks for."""

import socketserver
import threading
from typing import Any


class Handler(socketserver.StreamRequestHandler):
    """One connection. `server.mood` says how it behaves: well, frozen or gone."""

    server: "RedisServer"

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = [self._read_word() for _ in range(int(line[1:]))]
            if self.server.mood == "gone":
                return
            if self.server.mood == "frozen":
                self.rfile.read()  # until whoever asks hangs up
                return
            self.server.asked.append(words[0].upper())
            self.wfile.write(self.server.answer(words))

    def _read_word(self) -> str:
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2].decode("latin-1")


class RedisServer(socketserver.ThreadingTCPServer):
    """Keys and values without an end of life: the tests are shorter."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood = "well"
        self.values: dict[str, str] = {}
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.server_address[1]}/0"

    def answer(self, words: list[str]) -> bytes:
        name, *rest = words
        act = getattr(self, f"do_{name.lower()}", None)
        return b"-ERR unknown command\r\n" if act is None else say(act(*rest))

    def do_set(self, key: str, value: str, *options: str) -> str | None:
        if "NX" in options and key in self.values:
            return None
        self.values[key] = value
        return "OK"

    def do_get(self, key: str) -> bytes | None:
        return self.values[key].encode("latin-1") if key in self.values else None

    def do_mget(self, *keys: str) -> list[Any]:
        return [self.do_get(key) for key in keys]

    def do_exists(self, *keys: str) -> int:
        return sum(key in self.values for key in keys)

    def do_del(self, *keys: str) -> int:
        return sum(self.values.pop(key, None) is not None for key in keys)

    def do_incrby(self, key: str, delta: str) -> int:
        self.values[key] = str(int(self.values.get(key, 0)) + int(delta))
        return int(self.values[key])

    def do_expire(self, key: str, seconds: str) -> int:
        return int(key in self.values)

    def do_flushdb(self) -> str:
        self.values.clear()
        return "OK"


def say(value: Any) -> bytes:
    if value is None:
        return b"$-1\r\n"
    if isinstance(value, str):
        return f"+{value}\r\n".encode()
    if isinstance(value, bytes):
        return b"$%d\r\n%s\r\n" % (len(value), value)
    if isinstance(value, int):
        return b":%d\r\n" % value
    return b"*%d\r\n" % len(value) + b"".join(say(each) for each in value)
