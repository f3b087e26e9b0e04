"""Where results go: a file with a plain name that appears whole or not at all, or standard output.

Nothing about what is written lives here.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from summarizer.errors import BadOption, BadOutput

LONGEST_NAME = 60
"""Characters of a file's name that is made of a text."""


def slug(text: str) -> str:
    """A text as a file's name: its letters and digits in ASCII, lower case, words joined by "-".

    A long one is cut behind a word. "" where the text has none of these.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME + 1].rpartition("-")[0] or name[:LONGEST_NAME]
    return name


def unwritable(path: Path, error: OSError) -> BadOutput:
    """The error that says why `path` cannot be written, and what to do."""
    why = (error.strerror or str(error)).lower()
    return BadOutput(f"cannot write {str(path)!r} ({why}); give another place with -o")


def apart(places: Mapping[str, Path | None]) -> None:
    """Raises BadOption if two of the places are one regular file. Keys name them to the user."""
    seen: dict[Path, str] = {}
    for name, path in places.items():
        if path is None or (path.exists() and not path.is_file()):
            continue
        before = seen.setdefault(path.resolve(), name)
        if before != name:
            raise BadOption(f"{before} and {name} are both {str(path)!r}; give one another name")


class Output:
    """A place for a result, checked when it is opened and filled in one step when it is closed.

    path: the file, or None for standard output. A file is written under another name beside it
    and takes its name only when the `with` block ends without an error; a device or a pipe is
    written directly. Raises BadOutput if it cannot be written, on entering the block.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = None if path is None else Path(os.path.realpath(path))
        self._asked = path
        self._part: Path | None = None
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        path = self._path
        if path is None:
            return self
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            if path.exists() and not path.is_file():
                self._file = path.open("wb")
                return self
            if path.exists() and not os.access(path, os.W_OK):
                raise PermissionError(13, "permission denied")
            part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
            self._file = part.open("xb")
            self._part = part
            if path.exists():
                shutil.copymode(path, part)
        except OSError as error:
            raise unwritable(self._asked or path, error) from error
        return self

    def must_take_bytes(self, why: str) -> None:
        """Raises BadOutput, which begins with `why`, if this is a screen or a stream of text."""
        if self._file is None and (sys.stdout.isatty() or not hasattr(sys.stdout, "buffer")):
            raise BadOutput(f"{why}; give a file with -o")

    def write(self, text: str | bytes) -> None:
        """Add `text`, as UTF-8 where it is not bytes. Raises BadOutput if the disk is full."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        if self._file is None:
            stream = sys.stdout
            stream.flush()
            binary = getattr(stream, "buffer", None)
            if binary is None:
                stream.write(data.decode("utf-8"))
            else:
                binary.write(data)
                binary.flush()
            return
        try:
            self._file.write(data)
        except OSError as error:
            raise unwritable(self._asked or Path(), error) from error

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._file is None:
            return
        try:
            self._file.flush()
            if self._part is not None:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._part is not None and kind is None and self._path is not None:
                self._part.replace(self._path)
        except OSError as failure:
            raise unwritable(self._asked or Path(), failure) from failure
        finally:
            self._file.close()
            if self._part is not None:
                self._part.unlink(missing_ok=True)
