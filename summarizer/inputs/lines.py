"""Lines of one JSON object each: read one by one, understood, or a Failure that names the line.

What a line means is the caller's; what is done with it is in batch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import starmap
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from summarizer.errors import BadInput, SummarizerError
from summarizer.inputs.storage import open_bytes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a line gave no result. line: 1-based; id: None where the line has none to read."""

    line: int
    id: str | None
    reason: str
    mend: str

    @classmethod
    def of(cls, error: SummarizerError, line: int, id: str | None) -> Self:
        """Split an error's sentence at its semicolon: what is wrong; how to correct it."""
        reason, _, mend = str(error).rpartition("; ")
        if not reason:
            reason, mend = mend, "correct the line and run again"
        return cls(line, id, reason, mend)

    def to_json(self) -> str:
        """The line of the file of errors, without its end."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_lines(place: Path | str | None) -> Iterator[tuple[int, bytes]]:
    """The lines of a file (standard input for None) with their 1-based numbers; blank ones skipped.

    place: a path, or what fsspec reaches; unpacked if it ends in .gz. Raises UnreadableFile if it
    cannot be opened, or is not whole.
    """
    path = None if place is None else str(place)
    with open_bytes(path, "give a file of one JSON object a line") as file:
        for number, line in enumerate(file, 1):
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if text.strip():
                yield number, text


def read_rows(paths: Iterable[Path], read: Callable[[dict[str, Any]], T], mend: str) -> list[T]:
    """What `read` makes of each line of files, one JSON object a line.

    read: raises ValueError, KeyError or TypeError for an object that is none of its kind. mend: how
    to correct such a line. Raises UnreadableFile, or BadInput naming file and line.
    """
    rows: list[T] = []
    for path in paths:
        for number, line in read_lines(path):
            try:
                rows.append(read(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                said = f"no field {error}" if isinstance(error, KeyError) else error
                raise BadInput(f"{path.name}, line {number}: {said}; {mend}") from None
    return rows


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

    def one(number: int, raw: bytes) -> Line[T] | Failure:
        try:
            return Line(number, *parse(raw, number))
        except BadInput as error:
            return Failure.of(error, number, id_of(raw))

    return unique(starmap(one, lines))


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
