"""A batch's results as a folder to read: a page for each story and an index that leads to them.

The pages are written by outputs.render from the folder's own summaries.jsonl, which stays the
batch's journal; which stories are summarised is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from pathlib import Path

from summarizer.errors import BadOutput
from summarizer.outputs.files import Output, slug, unwritable
from summarizer.outputs.render import FORMATS, TEXTS
from summarizer.outputs.render.html import head
from summarizer.outputs.render.inert import one_line
from summarizer.outputs.render.markdown import inert
from summarizer.schema import Summary

JOURNAL = "summaries.jsonl"
"""The file of an edition's folder that its pages are made of: what `batch` writes line by line."""

SUFFIXES = {f.name: f.suffix for f in TEXTS if f.name in ("markdown", "html")}
"""The forms that an edition can have, and how their files end."""

PER_INDEX = 500
"""Stories on one page of the index."""

_NAME = re.compile(rf"[a-z0-9-]+(?:{'|'.join(map(re.escape, SUFFIXES.values()))})")
_STYLE = """:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 48rem;
  font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.7rem; } li { margin: 0 0 .9rem; overflow-wrap: anywhere; }
small { opacity: .7; } ol { padding-left: 2.2rem; }"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story's line in the index. path: from the index; articles: those that were used."""

    path: str
    title: str
    lead: str
    articles: int


def journal_of(folder: Path) -> Path:
    """Make an edition's folder and name its journal.

    Raises BadOutput where the folder holds files and no edition, or cannot be made.
    """
    journal = folder / JOURNAL
    try:
        if folder.exists() and not folder.is_dir():
            raise BadOutput(f"{str(folder)!r} is a file; give a folder with -o")
        if folder.is_dir() and any(folder.iterdir()) and not journal.exists():
            raise BadOutput(
                f"{str(folder)!r} holds files and no {JOURNAL}; give a new folder with -o"
            )
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return journal


def file_name(id: str, form: str) -> str:
    """A story's file: letters and digits of its id, and a hash where that is not the whole id.

    No two ids share one, and none is a path or a name that a system keeps for itself.
    """
    name = slug(id) or "story"
    if name != id or _reserved(name):
        name += f"-{blake2b(id.encode(), digest_size=5).hexdigest()}"
    return name + SUFFIXES[form]


def _reserved(name: str) -> bool:
    return re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name) is not None


def publish(folder: Path, form: str, progress: Callable[[int], None] | None = None) -> int:
    """Write every story's page that is missing or not up to date, then the index; return stories.

    Pages of stories that are no longer in the journal are removed. A page is replaced whole, so
    that a reader never sees half of one. Raises BadOutput where the disk is full.
    """
    report = progress or (lambda _: None)
    pages = folder / "stories"
    entries: list[_Entry] = []
    try:
        pages.mkdir(exist_ok=True)
        for n, summary in enumerate(_summaries(folder / JOURNAL), 1):
            name = file_name(summary.id, form)
            _replace(pages / name, FORMATS[form](summary))
            entries.append(_entry(f"stories/{name}", summary))
            report(n)
        kept = {Path(e.path).name for e in entries}
        for old in pages.iterdir():
            if old.name not in kept and _NAME.fullmatch(old.name):
                old.unlink()
        _indices(folder, form, entries)
    except OSError as error:
        raise unwritable(folder, error) from error
    return len(entries)


def _summaries(journal: Path) -> Iterator[Summary]:
    if journal.exists():
        with journal.open("rb") as lines:
            for line in lines:
                yield Summary.from_json(line)


def _entry(path: str, summary: Summary) -> _Entry:
    title = summary.title.text if summary.title else summary.id
    lead = summary.sentences[0].text if summary.sentences else ""
    return _Entry(path, title, lead, sum(a.used for a in summary.articles))


def _replace(path: Path, text: str) -> None:
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return
    with Output(path) as page:
        page.write(data)


def _indices(folder: Path, form: str, entries: list[_Entry]) -> None:
    """The index, in as many pages as it takes, each leading to the next and the one before."""
    write = _markdown if form == "markdown" else _html
    parts = [entries[i : i + PER_INDEX] for i in range(0, len(entries), PER_INDEX)] or [[]]
    names = [_index_name(n, form) for n in range(len(parts))]
    for n, part in enumerate(parts):
        before = names[n - 1] if n else None
        after = names[n + 1] if n + 1 < len(parts) else None
        first = n * PER_INDEX + 1
        _replace(folder / names[n], write(part, first, len(entries), before, after))
    for form_ in SUFFIXES:
        n = len(parts) if form_ == form else 0
        while (old := folder / _index_name(n, form_)).exists():
            old.unlink()
            n += 1


def _index_name(n: int, form: str) -> str:
    return f"index{f'-{n + 1}' if n else ''}{SUFFIXES[form]}"


def _sources(n: int) -> str:
    return f"{n} article{'s' * (n != 1)}"


def _markdown(
    part: list[_Entry], first: int, total: int, before: str | None, after: str | None
) -> str:
    lines = ["# Stories", "", f"{total} in all.", ""]
    for n, e in enumerate(part, first):
        lines.append(f"{n}. [{inert(e.title)}]({e.path}) ({_sources(e.articles)})")
        if e.lead:
            lines.append(f"   {inert(e.lead)}")
    near = [f"[{word}]({to})" for word, to in (("Before", before), ("After", after)) if to]
    return "\n".join([*lines, *(["", " · ".join(near)] if near else [])]) + "\n"


def _html(part: list[_Entry], first: int, total: int, before: str | None, after: str | None) -> str:
    lines = [
        *head("Stories", _STYLE),
        "<body>",
        f"<h1>Stories</h1>\n<p>{total} in all.</p>",
        f'<ol start="{first}">',
    ]
    for e in part:
        title, lead = (f"<bdi>{escape(one_line(t))}</bdi>" for t in (e.title, e.lead))
        about = f" <small>{_sources(e.articles)}</small><br>{lead}"
        lines.append(f'<li dir="auto"><a href="{escape(e.path)}">{title}</a>{about}</li>')
    near = [
        f'<a href="{to}" rel="{rel}">{word}</a>'
        for word, rel, to in (("Before", "prev", before), ("After", "next", after))
        if to
    ]
    lines += ["</ol>", *([f"<nav>{' · '.join(near)}</nav>"] if near else []), "</body>", "</html>"]
    return "\n".join(lines) + "\n"
