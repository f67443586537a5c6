"""Plain codes as bytes, and the digest by which bytes are known again.

Apart from ``codec``, which must know every class of the archive: what only looks whether anything has changed imports
this alone.
"""

import hashlib
import marshal
from typing import Any


def pack(code: Any) -> bytes:
    """Return a code as bytes. Version 2 of the format shares nothing: the same code gives the same bytes."""
    return marshal.dumps(code, 2)


def unpack(data: bytes) -> Any:
    """Return the code that bytes hold; only for bytes whose digest has been compared."""
    return marshal.loads(data)


def digest(data: bytes) -> bytes:
    """Return the digest by which the cache knows bytes again."""
    return hashlib.blake2b(data, digest_size=16).digest()
