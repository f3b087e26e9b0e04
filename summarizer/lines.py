"""Files of one JSON object a line: each line is done or reported, and one bad line stops no other.

What a line means, and resuming (`batch`), do not live here.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Generic, Self, TypeVar

from summarizer.errors import BadInput, SummarizerError, UnreadableFile
from summarizer.output import unwritable
from summarizer.places import open_bytes

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a line gave no result. line: 1-based; id: None where the line has none to read."""

    line: int
    id: str | None
    reason: str
    mend: str

    @classmethod
    def of(cls, error: SummarizerError, line: int, id: str | None) -> Self:
        """Take apart an error's sentence: what is wrong; how to mend it."""
        reason, _, mend = str(error).rpartition("; ")
        if not reason:
            reason, mend = mend, "mend the line and run again"
        return cls(line, id, reason, mend)

    def to_json(self) -> str:
        """The line of the file of errors, without its end."""
        fields = {"line": self.line, "id": self.id, "reason": self.reason, "mend": self.mend}
        return json.dumps(fields, ensure_ascii=False)


class Failures(AbstractContextManager["Failures"]):
    """Counts failures and writes each at once: to a file, or as a sentence to standard error.

    The file is opened, and so checked, at once; it is removed if nothing failed.
    """

    def __init__(self, path: Path | None) -> None:
        self.count = 0
        self._path = path
        self._file: IO[str] | None = None
        if path is not None:
            try:
                self._file = path.open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise unwritable(path, error) from error

    def add(self, failure: Failure) -> None:
        """Report one failure."""
        self.count += 1
        if self._file is None:
            named = "" if failure.id is None else f" ({failure.id})"
            sentence = f"line {failure.line}{named}: {failure.reason}; {failure.mend}"
            sys.stderr.write(f"summarizer: {' '.join(sentence.split())}\n")
            return
        try:
            self._file.write(failure.to_json() + "\n")
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path or Path(), error) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            if self.count == 0:
                self._path.unlink(missing_ok=True)


def errors_path(out: Path) -> Path:
    """Where failed lines go by default: beside OUT, as OUT's stem + .errors.jsonl."""
    return out.with_name(f"{out.stem}.errors.jsonl")


def read_lines(place: Path | str | None) -> Iterator[tuple[int, bytes]]:
    """The lines of a file (standard input for None) with their 1-based numbers; blank ones skipped.

    place: a path, or what fsspec reaches; unpacked if it ends in .gz. Raises UnreadableFile if it
    cannot be opened, or is not whole.
    """
    try:
        with nullcontext(sys.stdin.buffer) if place is None else open_bytes(str(place)) as file:
            for number, line in enumerate(file, 1):
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if text.strip():
                    yield number, text
    except (OSError, EOFError, zlib.error) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise UnreadableFile(
            f"cannot read {str(place)!r} ({why}); give a file of one JSON object a line"
        ) from error


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A line that was understood."""

    number: int
    id: str
    item: T


def parsed(
    lines: Iterable[tuple[int, bytes]], parse: Callable[[bytes, int], tuple[str, T]]
) -> Iterator[Line[T] | Failure]:
    """Each line understood, or why not; an id that was given before is a failure.

    parse: the line and its number to (id, item); raises BadInput.
    """
    return unique(_parsed(lines, parse))


def _parsed(
    lines: Iterable[tuple[int, bytes]], parse: Callable[[bytes, int], tuple[str, T]]
) -> Iterator[Line[T] | Failure]:
    for number, raw in lines:
        try:
            id, item = parse(raw, number)
        except BadInput as error:
            yield Failure.of(error, number, id_of(raw))
        else:
            yield Line(number, id, item)


def unique(entries: Iterable[Line[T] | Failure]) -> Iterator[Line[T] | Failure]:
    """The entries; a line whose id an earlier line has is a failure."""
    first: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Failure) or first.setdefault(entry.id, entry.number) == entry.number:
            yield entry
        else:
            reason = f"id {entry.id!r} was given on line {first[entry.id]} already"
            yield Failure(entry.number, entry.id, reason, "give each line its own id")


def id_of(raw: bytes) -> str | None:
    """The line's id where the line is an object with one, else None."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    id = value.get("id") if isinstance(value, dict) else None
    return id if isinstance(id, str) else None


def chunks(items: Iterable[T], size: int, counts: Callable[[T], bool]) -> Iterator[list[T]]:
    """Cut `items`, in order, so that at most `size` of a chunk count and it is never large."""
    chunk: list[T] = []
    counted = 0
    for item in items:
        chunk.append(item)
        counted += counts(item)
        if counted == size or len(chunk) == 64 * size:
            yield chunk
            chunk, counted = [], 0
    if chunk:
        yield chunk


def run_lines(
    lines: Iterable[tuple[int, bytes]],
    parse: Callable[[bytes, int], tuple[str, T]],
    work: Callable[[Sequence[T]], Sequence[R]],
    write: Callable[[R], None],
    failures: Failures,
    *,
    size: int = 32,
    report: Callable[[int, int], None] | None = None,
) -> int:
    """Do every line, `size` together, in order; return how many were done.

    work: items to as many results. Where it raises a SummarizerError the chunk is done again one
    by one, so that only the line at fault fails. report: called with (done, failed).
    """
    done = 0
    for chunk in chunks(parsed(lines, parse), size, lambda x: isinstance(x, Line)):
        todo = [x for x in chunk if isinstance(x, Line)]
        results = iter(_together(todo, work))
        for entry in chunk:
            outcome = next(results) if isinstance(entry, Line) else entry
            if isinstance(outcome, Failure):
                failures.add(outcome)
            else:
                write(outcome)
                done += 1
        if report is not None:
            report(done, failures.count)
    return done


def _together(
    todo: Sequence[Line[T]], work: Callable[[Sequence[T]], Sequence[R]]
) -> list[R | Failure]:
    if not todo:
        return []
    try:
        return list(work([line.item for line in todo]))
    except SummarizerError as error:
        if len(todo) == 1:
            return [Failure.of(error, todo[0].number, todo[0].id)]
    return [outcome for line in todo for outcome in _together([line], work)]
