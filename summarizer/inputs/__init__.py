"""Files, folders, standard input and lines of JSON to Stories. All input checks are here.

Which text is boilerplate is decided in text.boilerplate, which articles belong, in evidence.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import BadInput, BadStory, UnreadableFile
from summarizer.inputs.decoding import decode
from summarizer.inputs.documents import from_html, from_pdf, from_text
from summarizer.inputs.json_lines import is_article, load_json, parse_story
from summarizer.inputs.lines import read_lines
from summarizer.schema import Article, Story

__all__ = [
    "Reading",
    "StoryLine",
    "iter_stories",
    "parse_line",
    "parse_story",
    "read_bytes",
    "read_paths",
]

TEXT, MARKDOWN = {".txt", ".text", ""}, {".md", ".markdown"}
HTML, PDF, JSON = {".html", ".htm", ".xhtml"}, {".pdf"}, {".json", ".jsonl"}
READABLE = (TEXT - {""}) | MARKDOWN | HTML | PDF | JSON
"""Suffixes of the files that a folder's story is made of; others in it are named in a warning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A story, and what the user should know of how it was read."""

    story: Story
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line of a file of stories: its story, or the error that says why there is none."""

    line: int
    story: Story | None
    error: BadStory | None = None
    warnings: tuple[str, ...] = ()


def read_paths(paths: Sequence[Path | str]) -> Reading:
    """One story from files, a folder, or standard input ("-").

    Text (.txt, .md), .html and .pdf hold one article each; .json a Story, a list of articles or
    one article; .jsonl one story, or one article a line. A folder is a story of the readable
    files in it, by name. A file's article has the file's stem for id (-2, -3 … where it is taken),
    the story the folder's name, the only file's stem or id, else "story".

    Text is decoded (decoding.decode) and otherwise left as it is: Article.text has every NUL,
    line end and mark of the file, save header lines that fill fields (documents.from_text).

    Raises UnreadableFile for what is missing, binary or not allowed; BadStory for a bad field,
    naming file, line and field; BadInput where there is no article, or none with text.
    """
    if not paths:
        raise BadInput(
            "no file was given; give one or more files, a folder, or - for standard input"
        )
    warnings: list[str] = []
    stories: list[Story] = []
    for path in paths:
        stories.extend(_stories(path, warnings))
    if len(stories) == 1:
        story = stories[0]
    else:
        articles = _named_apart([a for s in stories for a in s.articles])
        story = Story(id=_common_id(paths), articles=articles)
    if not any(a.text.strip() for a in story.articles):
        names = ", ".join(_name(p) for p in paths[:3]) + (" …" if len(paths) > 3 else "")
        raise BadInput(f"there is no text in {names}; give at least one article with text")
    return Reading(story, tuple(warnings))


def read_bytes(data: bytes, name: str) -> Reading:
    """The story of one file's bytes, told by the ending of its name as `read_paths` does.

    name: a file's name without folders; it is in messages, and its stem is the article's id.
    Raises UnreadableFile for what is binary or of another kind, BadStory for a bad field.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in READABLE:
        raise UnreadableFile(
            f"{name!r} is of a kind that is not read; give one of {', '.join(sorted(READABLE))}"
        )
    warnings: list[str] = []
    story = _from_bytes(data, repr(name), Path(name).stem, suffix, warnings)
    return Reading(story, tuple(warnings))


def iter_stories(path: Path | str) -> Iterator[StoryLine]:
    """The stories of a .jsonl file ("-": standard input), one a line, in order, one at a time.

    A bad line gives its error and stops no other; blank lines are skipped. Raises UnreadableFile
    if the file cannot be opened.
    """
    for number, raw in read_lines(None if str(path) == "-" else path):
        try:
            story, warnings = parse_line(raw, number)
        except BadStory as error:
            yield StoryLine(number, None, error)
        else:
            yield StoryLine(number, story, None, warnings)


def parse_line(
    raw: bytes, number: int, *, also: Collection[str] = ()
) -> tuple[Story, tuple[str, ...]]:
    """The story of one line of a file of stories, and warnings; its id is line-N if it has none.

    Raises BadStory: `story 'quake-17' (line 42): article 'bbc-3' has no "text"; add it`.
    """
    where = f"line {number}"
    try:
        text, _ = decode(raw, where)
    except UnreadableFile:
        raise BadStory(f"{where} is not text; give one JSON object a line") from None
    return parse_story(load_json(text, where), where, also=also, default_id=f"line-{number}")


# --- files ---------------------------------------------------------------------------------------


def _stories(path: Path | str, warnings: list[str]) -> Iterator[Story]:
    """The story of each file that a path stands for."""
    if str(path) == "-":
        yield _from_bytes(sys.stdin.buffer.read(), "standard input", "stdin", "-", warnings)
        return
    path = Path(path)
    if not path.is_dir():
        yield _from_file(path, warnings)
        return
    files = _files(path, warnings)
    stories = [_from_file(f, warnings) for f in files]
    if len(stories) == 1 and files[0].suffix.lower() in JSON:
        yield stories[0]
    else:
        articles = _named_apart([a for s in stories for a in s.articles])
        yield Story(id=path.resolve().name or "story", articles=articles)


def _files(folder: Path, warnings: list[str]) -> list[Path]:
    try:
        inside = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError as error:
        raise _unreadable(folder, error) from error
    files = [p for p in inside if p.is_file() and p.suffix.lower() in READABLE]
    others = [p.name for p in inside if p not in files]
    if not files:
        raise UnreadableFile(
            f"folder {str(folder)!r} has no file to read; "
            f"give one with {', '.join(sorted(READABLE))} files"
        )
    if others:
        named = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
        warnings.append(f"folder {str(folder)!r}: not read: {named}")
    return files


def _from_file(path: Path, warnings: list[str]) -> Story:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    return _from_bytes(data, repr(str(path)), path.stem, path.suffix.lower(), warnings)


def _from_bytes(data: bytes, name: str, stem: str, suffix: str, warnings: list[str]) -> Story:
    if suffix in PDF or (suffix == "-" and data.startswith(b"%PDF-")):
        return Story(id=stem, articles=(from_pdf(data, stem, name),))
    text, warning = decode(data, name)
    if warning:
        warnings.append(warning)
    if suffix == "-":
        suffix = _sniffed(text)
    if suffix == ".jsonl":
        return _from_lines(text, name, stem, warnings)
    if suffix == ".json":
        story, unknown = parse_story(load_json(text, name), name, default_id=stem)
        warnings.extend(unknown)
        return story
    if suffix in HTML:
        return Story(id=stem, articles=(from_html(text, stem, name),))
    article, unknown = from_text(text, stem, markdown=suffix in MARKDOWN)
    warnings.extend(unknown)
    return Story(id=stem, articles=(article,))


def _from_lines(text: str, name: str, stem: str, warnings: list[str]) -> Story:
    """The one story of a .jsonl, or the story of a .jsonl of articles."""
    values: list[tuple[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{name}, line {number}"
            values.append((where, load_json(line, where)))
    if not values:
        raise BadInput(f"{name} is empty; give one story in it")
    if all(is_article(value) for _, value in values):
        where, value = name, [value for _, value in values]
    elif len(values) > 1:
        raise BadInput(
            f"{name} holds {len(values)} stories; for more than one use: summarizer batch"
        )
    else:
        where, value = values[0]
    story, unknown = parse_story(value, where, default_id=stem)
    warnings.extend(unknown)
    return story


def _sniffed(text: str) -> str:
    """The suffix that standard input would have."""
    start = text[:200].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return ".html"
    if not start.startswith(("{", "[{", "[\n", "[ ")):
        return ".txt"
    lines = [line for line in text.splitlines() if line.strip()]
    return ".jsonl" if len(lines) > 1 and all(li.startswith("{") for li in lines) else ".json"


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(f"there is no file {str(path)!r}; check the path")
    why = (error.strerror or str(error)).lower()
    return UnreadableFile(f"cannot read {str(path)!r} ({why}); check the path and its permissions")


# --- names ---------------------------------------------------------------------------------------


def _named_apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with -2, -3 … on ids that an earlier one has."""
    taken = {a.id for a in articles}
    counts: Counter[str] = Counter()
    named = []
    for article in articles:
        id = article.id
        counts[id] += 1
        if (n := counts[id]) > 1:
            while (id := f"{article.id}-{n}") in taken:
                n += 1
            taken.add(id)
        named.append(article if id == article.id else article.model_copy(update={"id": id}))
    return tuple(named)


def _common_id(paths: Sequence[Path | str]) -> str:
    """The name of the folder that all files are in, if there is one; else "story"."""
    folders = {Path(p).resolve().parent for p in paths if str(p) != "-"}
    return (folders.pop().name or "story") if len(folders) == 1 else "story"


def _name(path: Path | str) -> str:
    return "standard input" if str(path) == "-" else repr(str(path))
