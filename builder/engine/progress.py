"""What is being done and how far it is, for whoever waits: a bar on a terminal, plain lines elsewhere.

Takes names of steps and counts; prints nothing of a step that takes less than a second. Keeps how long each took.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")
PATIENCE = 1.0  # seconds before anything is shown
TERMINAL, LOG = 0.1, 15.0  # seconds between two signs of life
BAR = 24


class Progress:
    """Tells of the steps of one build."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        """Print on ``stream`` (the error stream), or nothing if ``quiet``."""
        self._stream = stream if stream is not None else sys.stderr
        self._quiet = quiet
        self._is_terminal = self._stream.isatty()
        self.times: dict[str, float] = {}

    def each(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Yield the items of a step, of which there are ``total``."""
        began = last = time.perf_counter()
        done = 0
        for item in items:
            yield item
            done += 1
            now = time.perf_counter()
            if now - last > (TERMINAL if self._is_terminal else LOG) and now - began > PATIENCE:
                last = now
                self._show(name, done, total, now - began)
        self._end(name, done, time.perf_counter() - began)

    def step(self, name: str) -> "Step":
        """Return a step that is timed as a whole: ``with progress.step("核对链接"):``."""
        return Step(self, name)

    def _show(self, name: str, done: int, total: int, seconds: float) -> None:
        if self._quiet:
            return
        if self._is_terminal:
            full = BAR * done // max(total, 1)
            print(f"\r{name} {'█' * full}{'░' * (BAR - full)} {done}/{total}", end="", file=self._stream, flush=True)
        else:
            print(f"{name}：{done}/{total}，{seconds:.0f} 秒", file=self._stream, flush=True)

    def _end(self, name: str, done: int, seconds: float) -> None:
        self.times[name] = self.times.get(name, 0.0) + seconds
        if self._quiet or seconds < PATIENCE:
            return
        count = f"{done} 项，" if done else ""
        start = "\r\x1b[K" if self._is_terminal else ""
        print(f"{start}{name}：{count}用时 {seconds:.1f} 秒", file=self._stream, flush=True)

    def table(self) -> str:
        """Return how long each step took, the longest first."""
        whole = sum(self.times.values())
        rows = sorted(self.times.items(), key=lambda row: -row[1])
        return "\n".join(f"{seconds:8.2f} 秒 {100 * seconds / (whole or 1):4.0f}%  {name}" for name, seconds in rows)


class Step:
    """One step from its beginning to its end."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress, self._name = progress, name
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *what: object) -> None:
        self._progress._end(self._name, 0, time.perf_counter() - self._began)
