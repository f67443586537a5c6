"""One build at a time: a lock that the system itself takes away from a process that has ended, however it ended.

Takes the path of a file in the cache; waits while another build holds it.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 0.05  # seconds between two looks
HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)  # what systems say of a lock that another has


@contextmanager
def locked(path: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Hold the lock; yield the time of the disk it lies on, in nanoseconds, when it was taken.

    Who has to wait is told so once. Raises ``OSError`` where the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        is_told = False
        while not _take(file.fileno()):
            if not is_told:
                say("另一次生成还没有结束，等它结束……")
                is_told = True
            time.sleep(WAIT)
        os.utime(path)  # by the disk's clock, which need not be this machine's
        yield path.stat().st_mtime_ns


def _take(descriptor: int) -> bool:
    """Take the lock if nobody has it; return whether it was taken."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # each system has its own

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in HELD:
            raise OSError(
                f"这个磁盘不能给文件上锁（{error.strerror}）。请用 --cache 另指一个本机磁盘上的文件夹。"
            ) from error
        return False
    return True
