"""Many stories: one Summary a line, in order, and a rerun goes on where the last one ended.

What a line of input means and how a story is summarised are handed in. Memory holds one chunk of
stories, and some 200 bytes for each line: its id, and the hash of what is done.

OUT itself is the journal. Each of its lines carries in its signature the hash of its story and
the settings; it is written whole and synced. A rerun repairs a torn last line and walks the input
beside OUT: what stands in its place stays. If a new summary belongs before lines that are there,
these are first saved in OUT.aside, then cut off OUT, and copied back as their turn comes. Killed
at any moment, every finished summary is in OUT or in OUT.aside.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote, unquote

from filelock import FileLock, Timeout

from summarizer.errors import BadOption, BadOutput
from summarizer.lines import Failure, Failures, Line, chunks, errors_path, parsed
from summarizer.output import apart, unwritable
from summarizer.pipeline import StoryFailure
from summarizer.story import Story, Summary

Report = Callable[[int, int, int], None]
"""Called with (done, kept, failed), in lines."""

Summarize = Callable[[Sequence[Story]], Iterator[Summary | StoryFailure]]

_OPENING = b'{"schema_version":'


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a run did, in lines. kept: done by an earlier run.

    orphans: earlier summaries whose story is no longer in the input; they wait in OUT.aside.
    """

    done: int
    kept: int
    failed: int
    orphans: int = 0


def story_hash(story: Story) -> str:
    """32 hex digits for what a summary is made of: the story's id and its articles."""
    content = story.model_dump_json(include={"id", "articles"})
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def run_batch(
    lines: Iterable[tuple[int, bytes]],
    out: Path,
    *,
    parse: Callable[[bytes, int], tuple[str, Story]],
    load: Callable[[], Summarize],
    settings: Mapping[str, object],
    errors: Path | None = None,
    fresh: bool = False,
    size: int = 16,
    report: Report | None = None,
) -> BatchReport:
    """Summarise the stories of `lines` into `out`, leaving what an earlier run has done.

    parse: a line and its number to (id, story); raises BadInput. load: called once, after all
    places to write have been checked, for what turns stories into as many results, in order.
    settings: whatever changes a summary; a file written with others is refused unless `fresh`.
    errors: where failed lines go, `errors_path(out)` if None. size: stories done together.
    Raises BadOption for other settings, BadOutput if a place cannot be written or fills up.
    """
    errors = errors or errors_path(out)
    apart({"-o": out, "--errors": errors})
    done = kept = 0
    ids: set[str] = set()
    with _Results(out, describe(settings), fresh=fresh) as results, Failures(errors) as failures:
        summarize = load()
        results.begin()
        entries = ((e, _key(e)) for e in parsed(lines, parse))
        for chunk in chunks(entries, size, lambda pair: _is_new(*pair, results)):
            todo = [e.item for e, key in chunk if isinstance(e, Line) and _is_new(e, key, results)]
            made = iter(summarize(todo)) if todo else iter(())
            for entry, key in chunk:
                if isinstance(entry, Failure):
                    failures.add(entry)
                elif results.holds(key):
                    results.keep(key)
                    kept += 1
                elif isinstance(outcome := next(made), StoryFailure):
                    failures.add(Failure(entry.number, entry.id, outcome.reason, outcome.mend))
                else:
                    results.add(key, outcome)
                    done += 1
                if isinstance(entry, Line):
                    ids.add(entry.id)
                if report is not None:
                    report(done, kept, failures.count)
        return BatchReport(done, kept, failures.count, orphans=results.finish(ids))


def describe(settings: Mapping[str, object]) -> str:
    """Settings as one line, sorted by name: "model=extract seed=7 words=150"."""
    return " ".join(f"{name}={quote(str(settings[name]))}" for name in sorted(settings))


def _key(entry: Line[Story] | Failure) -> str:
    return story_hash(entry.item) if isinstance(entry, Line) else ""


def _is_new(entry: Line[Story] | Failure, key: str, results: _Results) -> bool:
    return isinstance(entry, Line) and not results.holds(key)


class _Results:
    """OUT.jsonl and OUT.aside: what is done, by the story's hash, and where the next line goes."""

    def __init__(self, path: Path, settings: str, *, fresh: bool) -> None:
        self._path = path
        self._aside_path = path.with_name(f"{path.name}.aside")
        self._settings = settings
        self._fresh = fresh
        self._keys: list[tuple[str, int]] = []  # (hash, offset) of the lines of OUT, in order
        self._ahead: set[str] = set()  # hashes of those lines of OUT that are yet to be reached
        self._aside: dict[str, int] = {}  # hash -> offset in OUT.aside
        self._reached = 0  # lines of OUT that stand in their place
        self._lock = FileLock(f"{path}.lock", timeout=0)
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Check that OUT can be written and holds nothing of others, and change nothing yet."""
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
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
        self._release()

    def begin(self) -> None:
        """Open OUT for writing; cut off a torn last line, or everything where all is fresh."""
        try:
            self._file = self._path.open("ab")
            self._file.truncate(self._sizes[0])
            self._file.seek(self._sizes[0])
            if self._aside_path.exists():
                os.truncate(self._aside_path, self._sizes[1])
        except OSError as error:
            raise unwritable(self._path, error) from error

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
        """The next line is this summary, signed with its story's hash and the settings."""
        signature = {**summary.signature, "story": key, "settings": self._settings}
        signed = summary.model_copy(update={"signature": signature})
        self._cut()
        self._append(key, signed.to_json().encode() + b"\n")

    def finish(self, ids: Collection[str]) -> int:
        """Leave in OUT exactly the lines of the input, whose ids are given.

        Returns how many summaries of other stories wait in OUT.aside; if none do, it is removed.
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
        try:
            file = self._opened
            offset = file.tell()
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(self._path, error) from error
        self._keys.append((key, offset))
        self._reached += 1

    def _cut(self) -> None:
        """Save the lines that are yet to be reached in OUT.aside, then cut them off OUT."""
        if self._reached == len(self._keys):
            return
        start = self._keys[self._reached][1]
        try:
            with self._path.open("rb") as source, self._aside_path.open("ab") as aside:
                source.seek(start)
                for key, _ in self._keys[self._reached :]:
                    self._aside[key] = aside.tell()
                    aside.write(source.readline())
                aside.flush()
                os.fsync(aside.fileno())
            self._opened.truncate(start)
            self._opened.seek(start)
        except OSError as error:
            raise unwritable(self._path, error) from error
        del self._keys[self._reached :]
        self._ahead.clear()

    def _index(self) -> int:
        """Read what OUT holds; return how many bytes of it are whole lines."""
        size = 0
        for number, offset, line in _whole_lines(self._path):
            size = offset + len(line)
            key, settings = self._signature(line, number)
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
        for number, offset, line in _whole_lines(self._aside_path):
            size = offset + len(line)
            key, settings = self._signature(line, number)
            if settings == self._settings:
                self._aside[key] = offset
        return size

    def _signature(self, line: bytes, number: int) -> tuple[str, str]:
        try:
            signature = json.loads(line)["signature"]
            return str(signature["story"]), str(signature["settings"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadOutput(
                f"line {number} of {str(self._path)!r} was not written by a batch; "
                "give another -o, or add --fresh to write over the file"
            ) from error

    @property
    def _opened(self) -> IO[bytes]:
        if self._file is None:
            raise RuntimeError("begin() comes before the first line")
        return self._file

    def _release(self) -> None:
        if self._lock.is_locked:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()


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
                raise BadOutput(
                    f"line {number} of {str(path)!r} was not written by a batch; "
                    "give another -o, or add --fresh to write over the file"
                )
            offset += len(line)


def _difference(theirs: str, ours: str) -> str:
    """The settings that differ, as "words=150, now 60"."""
    now, then = _undescribe(ours), _undescribe(theirs)
    names = [n for n in sorted(now.keys() | then.keys()) if now.get(n) != then.get(n)]
    return ", ".join(f"{n} {then.get(n, 'unset')}, now {now.get(n, 'unset')}" for n in names)


def _undescribe(settings: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in settings.split(" "))
    return {name: unquote(value) for name, _, value in pairs}
