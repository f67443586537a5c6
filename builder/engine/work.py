"""Work spread over the cores: the same functions, called in this process or in others, with the same results.

Takes batches and a function; yields results, in any order, as they come. A process is begun anew (never forked), as on
Windows and macOS; it ends when its parent does, however that ended, so nothing goes on writing after a kill.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from multiprocessing import connection
from typing import Any, TypeVar

from builder.engine.room import WORTH, Room, open_room

Item = TypeVar("Item")
Result = TypeVar("Result")
BATCH = 24
AHEAD = 3  # batches that wait for each process: enough to keep it busy, few enough to keep memory flat
GARBAGE = 100_000  # objects made since the last look for circles of them: some megabytes

_room: Room | None = None


def cores() -> int:
    """Return how many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(arguments: tuple[Any, ...]) -> None:
    """Open the room of a process that is to work."""
    global _room  # noqa: PLW0603  # the one thing that a process of the pool holds
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _room = open_room(*arguments)


def _end_with(sentinel: int) -> None:
    """End this process when its parent has ended."""
    connection.wait([sentinel])
    os._exit(1)


def _call(function: Callable[[Room, Any], Any], batch: Sequence[Any]) -> list[Any]:
    """Return what the function gives for each item; what is left over is looked for between batches only."""
    assert _room is not None
    gc.disable()
    with _room.store.reading():
        results = [function(_room, item) for item in batch]
    if gc.get_count()[0] > GARBAGE:
        gc.collect()
    return results


class Workers:
    """The processes of one build; none are begun before there is enough to do."""

    def __init__(self, room: Room, count: int) -> None:
        """Work in ``room``, with ``count`` processes where there is much to do."""
        self._room, self._count = room, count
        self._pool: ProcessPoolExecutor | None = None
        self._apart: list[ProcessPoolExecutor] = []

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *what: object) -> None:
        self.rest()

    def rest(self) -> None:
        """End the processes, and free their memory; where there is more to do, others are begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        while self._apart:
            self._apart.pop().shutdown(wait=True, cancel_futures=True)

    def begin(self, function: Callable[[Room, Item], Result], item: Item, *, is_apart: bool) -> Callable[[], Result]:
        """Begin what the function gives for one item, and return what waits for it; to be called once.

        It is done in a process of its own if it ``is_apart`` and others can run, else here, once it is waited for.
        """
        if not is_apart or self._count < 2:
            return partial(function, self._room, item)
        pool = self._new_pool(1)
        self._apart.append(pool)
        future = pool.submit(_call, function, [item])

        def wait_for() -> Result:
            results: list[Result] = future.result()
            pool.shutdown(wait=True)
            return results[0]

        return wait_for

    def _new_pool(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (self._room.arguments,))

    def each(
        self,
        function: Callable[[Room, Item], Result],
        items: Iterable[Item],
        *,
        worth: int = WORTH,
        is_large: Callable[[Item], bool] = lambda item: False,
    ) -> Iterator[Result]:
        """Yield what the function gives for each item; with other processes from ``worth`` items on.

        Then what ``is_large`` goes first and by itself: no process is to be busy with it when all others are done.
        """
        todo = list(items)
        if self._count < 2 or len(todo) < worth:
            for item in todo:
                yield function(self._room, item)
            return
        if self._pool is None:
            self._pool = self._new_pool(self._count)
        small = [item for item in todo if not is_large(item)]
        batches = [[item] for item in todo if is_large(item)]
        batches += [small[at : at + BATCH] for at in range(0, len(small), BATCH)]
        waiting: set[Future[list[Result]]] = set()
        for batch in batches:
            waiting.add(self._pool.submit(_call, function, batch))
            if len(waiting) >= self._count * AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
        for future in waiting:
            yield from future.result()
