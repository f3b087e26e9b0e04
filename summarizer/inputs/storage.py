"""Places that are no plain file: compressed, or on shared storage (whatever fsspec reaches).

What is read from them or written to them is not known here.
"""

from __future__ import annotations

import gzip
import re
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self, cast

from summarizer.errors import BadOutput, UnreadableFile

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_remote(place: str) -> bool:
    """Is it a `scheme://…` rather than a path of this machine?"""
    return _REMOTE.match(place) is not None


@contextmanager
def open_bytes(place: str | None, mend: str) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked if its name ends in .gz; None is standard input.

    Raises UnreadableFile, which ends with `mend`, where it cannot be opened, read or unpacked.
    """
    try:
        if place is None:
            yield sys.stdin.buffer
            return
        with _opened(place) as raw:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if place.endswith(".gz") else raw
    except (OSError, EOFError, zlib.error) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        name = "standard input" if place is None else repr(place)
        raise UnreadableFile(f"cannot read {name} ({why}); {mend}") from error


def _opened(place: str) -> IO[bytes]:
    if not is_remote(place):
        return Path(place).open("rb")
    system, path = _system(place, UnreadableFile)
    opened: IO[bytes] = system.open(path, "rb")
    return opened


def _system(place: str, error: type[UnreadableFile | BadOutput]) -> tuple[Any, str]:
    """fsspec's file system of a place, and the path in it."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(place)
    except (ValueError, ImportError) as missing:
        why = " ".join(str(missing).split())
        raise error(f"cannot reach {place!r} ({why}); install what fsspec needs for it") from None
    return system, path


class Shared:
    """Files on shared storage that grow: written here, copied there whole, again and again.

    `path` is the file of this machine; what lies beside it (OUT.aside, the errors) goes with it.
    A copy first has another name, so that a reader never sees half of it. Entering the block
    brings here what an earlier run copied; leaving it copies once more, also after an error.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._system, self._target = _system(place, BadOutput)
        self._folder = tempfile.TemporaryDirectory(prefix="summarizer-")
        self.path = Path(self._folder.name) / Path(self._target).name
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        """Raises BadOutput if what is there cannot be read."""
        try:
            for path in (self.path, self.path.with_name(f"{self.path.name}.aside")):
                there = self._beside(path.name)
                if self._system.exists(there):
                    self._system.get_file(there, str(path))
        except OSError as error:
            raise BadOutput(f"cannot read {self.place!r} ({error}); check the place") from error
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.copy()
        finally:
            self._folder.cleanup()

    def copy(self, *, every: float = 0.0) -> None:
        """Put what there is in its place, if `every` seconds have passed since that was done.

        Raises BadOutput where the place cannot be written.
        """
        if time.monotonic() - self._last < every:
            return
        here = [p for p in Path(self._folder.name).iterdir() if p.suffix != ".lock"]
        aside = self._beside(f"{self.path.name}.aside")
        try:
            self._system.makedirs(self._system._parent(self._target), exist_ok=True)
            for path in here:
                there = self._beside(path.name)
                self._system.put_file(str(path), f"{there}.part")
                self._system.mv(f"{there}.part", there)
            if self._system.exists(aside) and not any(p.suffix == ".aside" for p in here):
                self._system.rm_file(aside)
        except OSError as error:
            raise BadOutput(f"cannot write {self.place!r} ({error}); check the place") from error
        self._last = time.monotonic()

    def _beside(self, name: str) -> str:
        return f"{self._system._parent(self._target)}/{name}"
