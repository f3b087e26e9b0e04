"""OUT.jsonl as a journal: which summaries are done, where the next line goes, and nothing lost.

Each line has in its signature the hash of its story and the settings; it is written whole and
synced. What a line says is decided elsewhere.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Self
from urllib.parse import parse_qsl, quote

from filelock import FileLock, Timeout

from summarizer.errors import BadOption, BadOutput
from summarizer.outputs.files import unwritable
from summarizer.schema import Summary

_OPENING = b'{"schema_version":'
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def describe(settings: Mapping[str, object]) -> str:
    """Settings as one line, sorted by name: "model=extract seed=7 words=150"."""
    return " ".join(f"{name}={quote(str(settings[name]))}" for name in sorted(settings))


class Journal:
    """OUT.jsonl and OUT.aside: what is done, by the story's hash, and where the next line goes.

    If a new summary belongs before lines that are there, these are first saved in OUT.aside, then
    cut off OUT, and copied back as their turn comes.
    """

    def __init__(self, path: Path, settings: str, *, fresh: bool) -> None:
        self._path = path
        self._aside_path = path.with_name(f"{path.name}.aside")
        self._settings = settings
        self._fresh = fresh
        self._keys: list[tuple[str, int]] = []  # (hash, offset) of the lines of OUT, in order
        self._ahead: set[str] = set()  # hashes of those lines of OUT that are yet to be reached
        self._aside: dict[str, int] = {}  # hash -> offset in OUT.aside
        self._reached = 0  # lines of OUT that are where they belong
        self._lock = FileLock(f"{path}.lock", timeout=0)
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Check that OUT can be written and holds nothing of others, and change nothing yet.

        Raises BadOutput where it cannot or does, BadOption for lines made with other settings.
        """
        if self._path.is_dir():
            raise BadOutput(f"{str(self._path)!r} is a folder; give a file with -o")
        if not self._path.parent.is_dir():
            raise BadOutput(
                f"cannot write {str(self._path)!r} (its folder does not exist); make it"
            )
        try:
            self._lock.acquire()
            existed = self._path.exists()
            self._path.open("ab").close()
            if not existed:
                self._path.unlink()
        except Timeout as error:
            raise BadOutput(
                f"another run is writing {str(self._path)!r}; wait for it or give another -o"
            ) from error
        except OSError as error:
            raise unwritable(self._path, error) from error
        try:
            self._sizes = (0, 0) if self._fresh else (self._index(), self._index_aside())
        except BaseException:
            # Also at Ctrl-C: `with` calls no __exit__ where __enter__ fails, and the lock would
            # stay. The error is raised again.
            self._release()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()
        self._release()

    def begin(self) -> None:
        """Open OUT for writing; cut off an incomplete last line, or everything with `fresh`.

        Raises BadOutput where it cannot be written.
        """
        try:
            self._file = self._path.open("ab", buffering=0)  # nothing is left to write at the end
            self._file.truncate(self._sizes[0])
            self._file.seek(self._sizes[0])
            if self._aside_path.exists():
                os.truncate(self._aside_path, self._sizes[1])
        except OSError as error:
            raise _unwritten(self._path, error) from error

    @property
    def done(self) -> frozenset[str]:
        """The hashes of the stories whose summaries are done."""
        return frozenset(self._ahead) | frozenset(self._aside)

    def holds(self, key: str) -> bool:
        """Is this story's summary done?"""
        return key in self._ahead or key in self._aside

    def keep(self, key: str) -> None:
        """The next line is the one an earlier run made."""
        if self._reached < len(self._keys) and self._keys[self._reached][0] == key:
            self._reached += 1
            self._ahead.discard(key)
            return
        self._cut()
        with self._aside_path.open("rb") as aside:
            aside.seek(self._aside[key])
            self._append(key, aside.readline())

    def add(self, key: str, summary: Summary) -> None:
        """The next line is this summary, signed with its story's hash and the settings.

        Raises BadOutput where it cannot be written.
        """
        signature = {**summary.signature, "story": key, "settings": self._settings}
        signed = summary.model_copy(update={"signature": signature})
        self._cut()
        self._append(key, signed.to_json().encode() + b"\n")

    def finish(self, ids: Collection[str]) -> int:
        """Leave in OUT exactly the lines of the input, whose ids are given.

        Returns how many summaries of other stories wait in OUT.aside; if none do, it is removed.
        Raises BadOutput where OUT cannot be written.
        """
        self._cut()
        orphans: set[str] = set()
        for _, _, line in _whole_lines(self._aside_path):
            orphans.add(str(json.loads(line).get("id")))
        orphans.difference_update(ids)
        if not orphans:
            self._aside_path.unlink(missing_ok=True)
        return len(orphans)

    def _append(self, key: str, line: bytes) -> None:
        file = self._opened
        offset = file.tell()
        try:
            _write(file, line)
            os.fsync(file.fileno())
        except OSError as error:
            with suppress(OSError):  # a rerun cuts off an incomplete line anyway
                file.truncate(offset)
            raise _unwritten(self._path, error) from error
        self._keys.append((key, offset))
        self._reached += 1

    def _cut(self) -> None:
        """Save the lines that are yet to be reached in OUT.aside, then cut them off OUT."""
        if self._reached == len(self._keys):
            return
        start = self._keys[self._reached][1]
        try:
            saved: dict[str, int] = {}
            with (
                self._path.open("rb") as source,
                self._aside_path.open("ab", buffering=0) as aside,
            ):
                source.seek(start)
                for key, _ in self._keys[self._reached :]:
                    saved[key] = aside.tell()
                    _write(aside, source.readline())
                os.fsync(aside.fileno())
            self._aside.update(saved)
            self._opened.truncate(start)
            self._opened.seek(start)
        except OSError as error:
            raise _unwritten(self._path, error) from error
        del self._keys[self._reached :]
        self._ahead.clear()

    def _index(self) -> int:
        """Read what OUT holds; return how many bytes of it are whole lines."""
        size = 0
        for key, settings, offset, line in self._signed(self._path):
            size = offset + len(line)
            if settings != self._settings:
                raise BadOption(
                    f"{str(self._path)!r} holds summaries made with other settings "
                    f"({_difference(settings, self._settings)}); add --fresh to start over, "
                    "or give another -o"
                )
            self._keys.append((key, offset))
            self._ahead.add(key)
        return size

    def _index_aside(self) -> int:
        size = 0
        for key, settings, offset, line in self._signed(self._aside_path):
            size = offset + len(line)
            if settings == self._settings:
                self._aside[key] = offset
        return size

    def _signed(self, path: Path) -> Iterator[tuple[str, str, int, bytes]]:
        """(story's hash, settings, offset, line) of each whole line of OUT or OUT.aside."""
        for number, offset, line in _whole_lines(path):
            try:
                signature = json.loads(line)["signature"]
                story, settings = str(signature["story"]), str(signature["settings"])
            except (ValueError, KeyError, TypeError) as error:
                raise _foreign(self._path, number) from error
            yield story, settings, offset, line

    @property
    def _opened(self) -> IO[bytes]:
        if self._file is None:
            raise RuntimeError("begin() comes before the first line")
        return self._file

    def _release(self) -> None:
        if self._lock.is_locked:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()


def _write(file: IO[bytes], line: bytes) -> None:
    """All of a line, to a file without a buffer: the system may take it in parts."""
    rest = memoryview(line)
    while rest:
        rest = rest[file.write(rest) :]


def _unwritten(path: Path, error: OSError) -> BadOutput:
    if error.errno not in _FULL:
        return unwritable(path, error)
    why = (error.strerror or str(error)).lower()
    return BadOutput(
        f"cannot write {str(path)!r} ({why}); make room and run the same command again, "
        "which goes on from here"
    )


def _foreign(path: Path, number: int) -> BadOutput:
    return BadOutput(
        f"line {number} of {str(path)!r} was not written by a batch; "
        "give another -o, or add --fresh to write over the file"
    )


def _whole_lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """(number, offset, line) of each line that was written to its end.

    What a kill or a power cut leaves after them (part of a line of ours, or zeros) is passed over.
    Raises BadOutput if what is left was not ours.
    """
    if not path.exists():
        return
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                yield number, offset, line
            elif not (
                _OPENING.startswith(line) or line.startswith(_OPENING) or not line.strip(b"\0")
            ):
                raise _foreign(path, number)
            offset += len(line)


def _difference(theirs: str, ours: str) -> str:
    """The settings that differ, as "words=150, now 60"."""
    now, then = (dict(parse_qsl(s, keep_blank_values=True, separator=" ")) for s in (ours, theirs))
    names = [n for n in sorted(now.keys() | then.keys()) if now.get(n) != then.get(n)]
    return ", ".join(f"{n} {then.get(n, 'unset')}, now {now.get(n, 'unset')}" for n in names)
