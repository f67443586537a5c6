"""One command as a fresh process: how long it took, how much of the processors and of the memory it used.

Takes a command; gives a ``Cost``. Wall and processor time are the system's (``wait4``: the process and all its children
that it waited for). Memory is the proportional set size (PSS, shared pages counted once) of the whole tree of
processes, sampled from /proc twenty times a second, and less often as time goes on where a look takes long, so that
looking takes some hundredths of the time; or the largest resident size of any one of them if that is more. Where there
is no /proc, only the latter.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05  # seconds between two samples, at the least
PAUSE = 50  # times as long as the last look took,
SHARE = 20  # but no longer than this part of the time so far: who runs briefly is seen as well
KILOBYTE = 1024


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock, seconds of the processors, the most memory in bytes, and how the command ended."""

    wall: float
    cpu: float
    memory: int
    code: int


class FailedError(Exception):
    """A command that is timed did not end well; ``args[0]`` is the end of what it printed."""


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder to its end and return what it cost; its output goes to ``folder/.output``.

    Python may keep what it has compiled, as it does for whoever builds a site, whatever is said here.
    """
    output = folder / ".output"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, env={**kept, **(environment or {})}
        )
        peak, pid, due = 0, 0, start
        while not pid:
            time.sleep(EVERY)
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            looked = time.perf_counter()
            if looked >= due:
                peak = max(peak, _memory_of_tree(process.pid))
                now = time.perf_counter()
                due = now + min(PAUSE * (now - looked), (now - start) / SHARE)
    process.returncode = os.waitstatus_to_exitcode(status)
    # A process inherits the peak of the one that began it: one that is no larger says nothing of the command.
    is_its_own = usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else KILOBYTE) if is_its_own or not peak else 0
    cost = Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, max(peak, largest), process.returncode)
    if cost.code:
        raise FailedError(output.read_bytes().decode("utf-8", "replace")[-2000:])
    return cost


def _memory_of_tree(root: int) -> int:
    """Return the memory of a process and of all below it, in bytes; 0 where it cannot be known."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="latin-1").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, total = [root], 0
    while found:
        process = found.pop()
        found += parents.get(process, [])
        total += _memory(process)
    return total


def _memory(process: int) -> int:
    """Return the memory of a process; none of one that has just been begun and is still a copy of this one."""
    try:
        if Path(f"/proc/{process}/cmdline").read_bytes() == Path("/proc/self/cmdline").read_bytes():
            return 0
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").split("\n")
    except OSError:
        return 0
    return next((int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("Pss:")), 0)
