"""Reading server-sent events over a plain socket, one thread a stream."""

from __future__ import annotations

import http.client
import queue
import socket
import threading
import time
from contextlib import suppress


class Stream:
    """One open stream; `next()` waits for a hint and gives the time it was heard at."""

    def __init__(self, address: str, cookie: str, topic: str) -> None:
        line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
        line.connect()
        self._socket = line.sock
        line.request("GET", f"/live/?topic={topic}", headers={"Cookie": f"sessionid={cookie}"})
        self.answer = line.getresponse()
        assert self.answer.status == 200, self.answer.status
        self.beats = 0
        self.ended = False
        self.first: float | None = None
        self.lines: list[bytes] = []
        self._hints: queue.Queue[float] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self.answer:
                self.lines.append(line)
                self.beats += line == b"event: beat\n"
                if line == b"event: hint\n":
                    self._hints.put(time.monotonic())
        except (OSError, ValueError, AttributeError):
            pass
        self.ended = True

    def next(self, seconds: float = 5) -> float:
        """When the next hint was heard (monotonic); queue.Empty when none comes in time."""
        return self._hints.get(timeout=seconds)

    def drain(self) -> None:
        """Forget the hints heard so far."""
        with suppress(queue.Empty):
            while True:
                self._hints.get_nowait()

    def close(self) -> None:
        """Leave."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
