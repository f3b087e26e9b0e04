"""The cache: where it lies, and how several processes write to it without harm.

What is kept there, and when, is decided in weights and hub.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.errors import BadOutput

PART = ".part-"
"""What names of unfinished files and folders begin with."""


def cache_dir() -> Path:
    """SUMMARIZER_CACHE, else `summarizer` under XDG_CACHE_HOME or ~/.cache; it need not exist."""
    own = os.environ.get("SUMMARIZER_CACHE")
    if own:
        return Path(own).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "summarizer"


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """Hold a model's place in the cache against other processes; yields its folder, made.

    Raises BadOutput where the cache cannot be written.
    """
    from filelock import FileLock

    home = cache_dir() / name
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache_dir() / f"{name}.lock")
        lock.acquire()
    except OSError as error:
        raise BadOutput(
            f"the cache folder {str(cache_dir())!r} cannot be written ({error.strerror}); "
            f"set SUMMARIZER_CACHE to a folder that can"
        ) from error
    try:
        yield home
    finally:
        lock.release()


def write_atomically(path: Path, content: bytes) -> None:
    """Put bytes at `path` whole or not at all: no reader ever sees half of them."""
    handle, part = tempfile.mkstemp(prefix=PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).replace(path)
    except BaseException:
        # Also at Ctrl-C: half a file may not stay beside the whole ones. Nothing is swallowed.
        Path(part).unlink(missing_ok=True)
        raise
