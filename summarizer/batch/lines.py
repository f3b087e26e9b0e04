"""Lines done in chunks: each is done or reported, and one bad line stops no other.

Lines are read in inputs.lines; resuming is in batch.runner.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TypeVar

from summarizer.errors import SummarizerError
from summarizer.inputs.lines import Failure, Line, parsed
from summarizer.outputs.files import unwritable

T = TypeVar("T")
R = TypeVar("R")

TOGETHER = 32
"""Lines that a model does at once."""


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

    def __exit__(self, *error: object) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            if self.count == 0:
                self._path.unlink(missing_ok=True)


def errors_path(out: Path) -> Path:
    """Where failed lines go by default: beside OUT, as OUT's stem + .errors.jsonl."""
    return out.with_name(f"{out.stem}.errors.jsonl")


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
    report: Callable[[int, int], None],
) -> int:
    """Do every line, TOGETHER at once, in order; return how many were done.

    work: items to as many results. Where it raises a SummarizerError the chunk is done again one
    by one, so that only the line at fault fails. report: called with (done, failed).
    """
    done = 0
    for chunk in chunks(parsed(lines, parse), TOGETHER, lambda x: isinstance(x, Line)):
        todo = [x for x in chunk if isinstance(x, Line)]
        results = iter(_together(todo, work))
        for entry in chunk:
            outcome = next(results) if isinstance(entry, Line) else entry
            if isinstance(outcome, Failure):
                failures.add(outcome)
            else:
                write(outcome)
                done += 1
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
