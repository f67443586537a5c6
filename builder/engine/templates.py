"""Templates as Jinja compiles them, kept in the store: compiling all of them takes longer than a small build.

Takes the store; Jinja asks for the code of a template and compares the digest of its source, which it keeps beside it.
"""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from builder.cache.store import Store


class CompiledTemplates(BytecodeCache):
    """What templates were made into, by name."""

    def __init__(self, store: Store, *, is_writer: bool) -> None:
        """Read from ``store``, and write where this is the process that may."""
        self._store, self._is_writer = store, is_writer

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template: its name, wherever the folder lies and whatever bytes its name is made of."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept; where it is of another source, Jinja drops it."""
        data = self._store.get("template", bucket.key)
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was made into."""
        if self._is_writer:
            self._store.put("template", bucket.key, bucket.bytecode_to_string())
