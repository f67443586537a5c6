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
AHEAD = 2  # batches that each process has: enough to keep it busy, few enough to keep memory flat
MANY = 5_000  # items from which on a process ends when it has made what is large: then that takes much memory
APART = -1  # the number of the process that does one thing by itself
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
        self._processes: dict[int, ProcessPoolExecutor] = {}  # each is a pool of one, so that it can be ended by itself

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *what: object) -> None:
        self.rest()

    def rest(self) -> None:
        """End the processes, and free their memory; where there is more to do, others are begun."""
        for number in tuple(self._processes):
            self._end(number)

    def begin(self, function: Callable[[Room, Item], Result], item: Item, *, is_apart: bool) -> Callable[[], Result]:
        """Begin what the function gives for one item, and return what waits for it; to be called once.

        It is done in a process of its own if it ``is_apart`` and others can run, else here, once it is waited for.
        """
        if not is_apart or self._count < 2:
            return partial(function, self._room, item)
        future = self._process(APART).submit(_call, function, [item])

        def wait_for() -> Result:
            results: list[Result] = future.result()
            self._end(APART)
            return results[0]

        return wait_for

    def _process(self, number: int) -> ProcessPoolExecutor:
        """Return a process by its number; it is begun where there is none."""
        if number not in self._processes:
            spawn = multiprocessing.get_context("spawn")
            self._processes[number] = ProcessPoolExecutor(1, spawn, _begin, (self._room.arguments,))
        return self._processes[number]

    def _end(self, number: int) -> None:
        """End a process, if there is one of this number."""
        if number in self._processes:
            self._processes.pop(number).shutdown(wait=True, cancel_futures=True)

    def each(
        self,
        function: Callable[[Room, Item], Result],
        items: Iterable[Item],
        *,
        worth: int = WORTH,
        is_large: Callable[[Item], bool] = lambda item: False,
    ) -> Iterator[Result]:
        """Yield what the function gives for each item; with other processes from ``worth`` items on.

        Then a third of them makes first what ``is_large``, one after the other, and ends: it needs much memory, and no
        process is to be busy with it when all others are done.
        """
        todo = list(items)
        if self._count < 2 or len(todo) < worth:
            for item in todo:
                yield function(self._room, item)
            return
        small = [item for item in todo if not is_large(item)]
        large = [[item] for item in todo if is_large(item)]
        batches = [small[at : at + BATCH] for at in range(0, len(small), BATCH)]
        yield from self._spread(function, large, batches, is_much=len(todo) >= MANY)

    def _spread(
        self,
        function: Callable[[Room, Item], Result],
        large: Sequence[Sequence[Item]],
        batches: Sequence[Sequence[Item]],
        *,
        is_much: bool,
    ) -> Iterator[Result]:
        """Yield the results of batches that are made by all processes."""
        of_large, of_small = iter(large), iter(batches)
        strained = set(range(max(1, self._count // 3))) if large else set[int]()  # the processes for what is large
        waiting: dict[Future[list[Result]], int] = {}

        def busy(number: int) -> None:
            """Give a process as much as it should have."""
            own = sum(each == number for each in waiting.values())
            while own < (1 if number in strained else AHEAD):
                first, second = (of_large, of_small) if number in strained else (of_small, of_large)
                batch = next(first, None)
                if batch is None and number in strained:
                    strained.remove(number)
                    if is_much:
                        self._end(number)
                batch = batch or next(second, None)
                if batch is None:
                    return
                waiting[self._process(number).submit(_call, function, batch)] = number
                own += 1

        for number in range(self._count):
            busy(number)
        while waiting:
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                busy(waiting.pop(future))
                yield from future.result()
