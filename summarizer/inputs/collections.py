"""Where many stories come from: lines of JSON, a table of articles, a folder of folders, a feed.

Every form gives the same: a story with its place, or why there is none. One file's story, and all
checks of fields, are in inputs; articles of a feed in inputs.feeds.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from summarizer.errors import BadInput, BadStory, UnreadableFile
from summarizer.inputs import parse_line, parse_story, read_paths
from summarizer.inputs.feeds import Feed, Get, is_feed, read_feed
from summarizer.inputs.lines import Failure, Line, parsed, read_lines, unique
from summarizer.inputs.storage import is_remote, open_bytes
from summarizer.schema import Article, Story

Entry = Line[Story] | Failure

Warn = Callable[[Sequence[str]], None]
"""Called with the warnings of reading a story."""

_FIELD = 10_000_000  # code points of the longest cell of a table
_COLUMNS = ("story", *Article.model_fields)


def entries(place: str | None, warn: Warn, get: Get | None = None) -> Iterator[Entry]:
    """The stories of a place, in its order, one at a time; an id given before is a failure.

    place: a .jsonl (also .gz: a Story a line), a .csv (also .gz: an article a row, its story's
    name in the column `story`), a folder with a folder for each story, a feed (feeds.is_feed: a
    story an entry); None is standard input, and `scheme://` whatever fsspec reaches. Line numbers
    are a table's rows (its header is row 1), a folder's place in its folder, and an entry's among
    those with text. get: what fetches a feed's link, None where that is not allowed.
    Raises UnreadableFile or UnreadableLink if the place cannot be opened.
    """
    if place is not None and is_feed(place):
        feed = read_feed(place, get)  # at once: a bad one is said before a model is loaded
        warn(feed.warnings)
        return unique(_of_feed(feed))
    if place is not None and _is_table(place):
        return unique(_rows(place, warn))
    if place is not None and not is_remote(place) and Path(place).is_dir():
        return unique(_folders(Path(place), warn))

    def parse(raw: bytes, number: int) -> tuple[str, Story]:
        story, warnings = parse_line(raw, number)
        warn(warnings)
        return story.id, story

    return parsed(read_lines(place), parse)


def article_lines(
    place: str | None, warn: Warn, get: Get | None = None
) -> Iterator[tuple[int, bytes]]:
    """The articles of a place as numbered lines of JSON, as `lines.read_lines` gives a file's.

    place, get: as for `entries`. A feed's entry has no id there: who takes it names it by what it
    says, so that an entry whose text has changed since is another article.
    """
    if place is None or not is_feed(place):
        return read_lines(place)
    feed = read_feed(place, get)
    warn(feed.warnings)
    return enumerate((json.dumps(_fields(article)).encode() for article in feed.articles), 1)


def count(place: str | None) -> int:
    """How many stories there are, where that is quickly known; else 0."""
    if place is None or is_remote(place) or place.endswith((".gz", ".csv")) or is_feed(place):
        return 0
    path = Path(place)
    if path.is_dir():
        return len(_inside(path))
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if not line.isspace())
    except OSError:
        return 0  # `entries` says why


def _is_table(place: str) -> bool:
    return place.removesuffix(".gz").endswith(".csv")


def _folders(folder: Path, warn: Warn) -> Iterator[Entry]:
    inside = _inside(folder)
    if not inside:
        raise UnreadableFile(
            f"folder {str(folder)!r} has no folder in it; give one with a folder for each story, "
            "or summarise one story: summarizer summarize FOLDER"
        )
    loose = [p.name for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] != "."]
    if loose:
        named = ", ".join(loose[:5]) + (" …" if len(loose) > 5 else "")
        warn([f"folder {str(folder)!r}: not read, as in no story's folder: {named}"])
    for number, path in enumerate(inside, 1):
        try:
            reading = read_paths([path])
        except BadInput as error:
            yield Failure.of(error, number, path.name)
        else:
            warn(reading.warnings)
            yield Line(number, path.name, reading.story.model_copy(update={"id": path.name}))


def _of_feed(feed: Feed) -> Iterator[Entry]:
    """A story of one article for each entry, under the entry's identifier, or its content's."""
    for number, article in enumerate(feed.articles, 1):
        fields = _fields(article)
        id = article.id or blake2b(json.dumps(fields).encode(), digest_size=6).hexdigest()
        try:
            story, _ = parse_story({"id": id, "articles": [fields]}, f"entry {number}")
        except BadStory as error:
            yield Failure.of(error, number, id)
        else:
            yield Line(number, story.id, story)


def _fields(article: Article) -> dict[str, str]:
    return article.model_dump(exclude={"id"}, exclude_none=True)


def _inside(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


# --- a table: one article a row ------------------------------------------------------------------


def _rows(place: str, warn: Warn) -> Iterator[Entry]:
    """A table's stories in the order of their first rows, wherever their other rows stand.

    The rows wait in a database on disk, so that memory holds one story.
    """
    with closing(sqlite3.connect("")) as base:
        base.execute("CREATE TABLE articles (story TEXT, row INTEGER, fields TEXT)")
        bad = list(_gather(place, base, warn))
        base.execute("CREATE INDEX by_story ON articles (story, row)")
        yield from bad
        firsts = base.execute(
            "SELECT story, min(row) FROM articles GROUP BY story ORDER BY min(row)"
        )
        for name, first in firsts:
            rows = base.execute("SELECT fields FROM articles WHERE story = ? ORDER BY row", (name,))
            value = {"id": name, "articles": [json.loads(fields) for (fields,) in rows]}
            try:
                story, warnings = parse_story(value, f"row {first}")
            except BadStory as error:
                yield Failure.of(error, first, name)
            else:
                warn(warnings)
                yield Line(first, story.id, story)


def _gather(place: str, base: sqlite3.Connection, warn: Warn) -> Iterator[Failure]:
    """Put a table's articles in the database; give the rows that are of no story."""
    before = csv.field_size_limit(_FIELD)
    try:
        with open_bytes(place, "correct the table") as raw:
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            reader = csv.DictReader(text, skipinitialspace=True)
            names = {n: n.strip().lower() for n in reader.fieldnames or () if n is not None}
            if not {"story", "text"} <= set(names.values()):
                raise UnreadableFile(
                    f"{place!r} has no columns 'story' and 'text' in its first row; name them "
                    f"there (and, where known, {', '.join(_COLUMNS[2:])})"
                )
            if unknown := [n for n, name in names.items() if name not in _COLUMNS]:
                warn([f"{place!r}: unknown columns {', '.join(unknown)} ignored"])
            for row, cells in enumerate(reader, 2):
                fields = {name: cells[n] or "" for n, name in names.items() if name in _COLUMNS}
                story = fields.pop("story").strip()
                if None in cells:
                    why = f"row {row} has more cells than the first row has names"
                    yield Failure(row, story or None, why, "put texts with commas in quotes")
                elif not story:
                    yield Failure(row, None, f"row {row} has no story", 'fill "story"')
                else:
                    kept = {k: v for k, v in fields.items() if v or k == "text"}
                    base.execute(
                        "INSERT INTO articles VALUES (?, ?, ?)", (story, row, json.dumps(kept))
                    )
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{place!r} is not UTF-8 ({error.reason}); save it as UTF-8") from None
    except csv.Error as error:
        raise UnreadableFile(f"cannot read {place!r} ({error}); correct the table") from error
    finally:
        csv.field_size_limit(before)
