"""Options that several commands share, and the checks that need no model.

No command is here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summarizer.config import MAX_WORDS, MIN_WORDS, Config
from summarizer.errors import BadOption

MIDDLE = Config().strictness
"""The default of `--strictness`."""


class Form(StrEnum):
    """What `--format` takes: the names of the formats of `outputs.render`, told without loading it.

    A test holds them equal: `--help` imports no pydantic.
    """

    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"
    docx = "docx"


Words = Annotated[
    int | None,
    typer.Option(
        "--words",
        metavar="N",
        help=f"Length in words, {MIN_WORDS} to {MAX_WORDS:,} (default: {Config().words}).",
    ),
]
Sentences = Annotated[
    int | None,
    typer.Option("--sentences", metavar="N", help="Length in sentences, instead of --words."),
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME",
        help="'extract' (no language model), 'default', a name from 'summarizer models', a folder, "
        "ORG/NAME[@REVISION] on the hub, or a server: http://HOST:PORT/v1#MODEL.",
    ),
]
Device = Annotated[str, typer.Option("--device", metavar="D", help="cpu, cuda, cuda:N or auto.")]
Threads = Annotated[
    int | None, typer.Option("--threads", metavar="N", help="CPU threads (default: one per core).")
]
Seed = Annotated[int | None, typer.Option("--seed", metavar="N", help="Random seed of the writer.")]
Strictness = Annotated[
    float,
    typer.Option(
        "--strictness",
        metavar="X",
        help="How closely a sentence must keep to its sources: 0 (fluent, longer) to 1 (literal, "
        "shorter).",
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Download nothing.")]
AllowFetch = Annotated[
    bool,
    typer.Option(
        "--allow-fetch", help="Fetch a feed that is given as a link, from the public web alone."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress and no warnings.")]
Details = Annotated[
    bool,
    typer.Option(
        "--details",
        help="For text: also show the sources of each sentence word for word, who reported what, "
        "and what was left out (other formats always have it).",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write the result here (default: stdout)."),
]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", metavar="FILE", help="Write failed lines here, as JSON lines."),
]


def configured(
    words: int | None,
    sentences: int | None,
    seed: int | None,
    strictness: float = MIDDLE,
) -> Config:
    """The Config that the options ask for. Raises BadOption where one is out of its range."""
    if words is not None and sentences is not None:
        raise BadOption("--words and --sentences exclude each other; give the length in one")
    config = Config().strict(strictness)
    if words is not None:
        config = config.with_(words=words)
    if sentences is not None:
        config = config.with_(sentences=sentences)
    return config if seed is None else config.with_(seed=seed)


def check_threads(threads: int | None) -> None:
    """Raises BadOption unless `threads` is None or at least 1."""
    if threads is not None and threads < 1:
        raise BadOption(f"--threads is {threads}; give at least 1")


def file_or_stdin(path: Path) -> Path | None:
    """None for "-", which is standard input; else the path."""
    return None if str(path) == "-" else path


def file_or_stdout(path: Path | None) -> Path | None:
    """None for "-" and where none was given, which is standard output; else the path."""
    return None if path is None or str(path) == "-" else path
