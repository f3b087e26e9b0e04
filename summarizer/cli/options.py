"""Options that several verbs share, and the checks that need no model.

No verb lives here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from summarizer.config import MAX_WORDS, MIN_WORDS, Config
from summarizer.errors import BadOption

MIDDLE = Config().strictness
"""Where the dial of `--strictness` stands."""


class Form(StrEnum):
    """What `--format` takes; `summarizer.outputs.render` has a function for each."""

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
        help="'extract' (no generator), 'default', a name of 'summarizer models', a folder, "
        "ORG/NAME[@REVISION] of the hub, or a server: http://HOST:PORT/v1#MODEL.",
    ),
]
Compose = Annotated[
    bool,
    typer.Option("--compose", help="Let the model write the whole text first, then check it."),
]
Device = Annotated[str, typer.Option("--device", metavar="D", help="cpu, cuda, cuda:1, auto")]
Threads = Annotated[
    int | None, typer.Option("--threads", metavar="N", help="Cores to use (default: all).")
]
Seed = Annotated[int | None, typer.Option("--seed", metavar="N", help="Seeds the writer.")]
Strictness = Annotated[
    float,
    typer.Option(
        "--strictness",
        metavar="X",
        help="0 (fluent and full) to 1 (bare and certain): how far a draft may reword.",
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Fetch nothing from the network.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no warnings.")]
Details = Annotated[
    bool,
    typer.Option(
        "--details",
        help="In text form, also what each sentence rests on, who reported what, and what was left "
        "out (the other forms always tell it).",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where results go (default: stdout)."),
]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", metavar="FILE", help="Where lines that failed go, one JSON each."),
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


def file_or_stdin(path: Path) -> Path | None:
    """None for "-", which is standard input; else the path."""
    return None if str(path) == "-" else path


def file_or_stdout(path: Path | None) -> Path | None:
    """None for "-" and where none was given, which is standard output; else the path."""
    return None if path is None or str(path) == "-" else path
