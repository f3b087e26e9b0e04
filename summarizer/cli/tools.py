"""The commands beside summarising: `evaluate`, `schema`, `page`.

What they show is made elsewhere; here it is only called and printed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import console
from summarizer.cli import options as o
from summarizer.cli.groups import Machine, grouped
from summarizer.cli.sentences import Source
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.schema import SourceSentence, Story


@grouped
def evaluate(
    *,
    source: Source,
    models: Annotated[
        str, typer.Option("--models", metavar="NAME,…", help="Models to score.")
    ] = "extract,default",
    baselines: Annotated[
        str, typer.Option("--baselines", metavar="NAME,…", help="lead, lexrank, or none.")
    ] = "lead,lexrank",
    words: o.Words = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", help="Only the first N stories.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Also write the report here, as JSON."),
    ] = None,
    seed: o.Seed = None,
    strictness: o.Strictness = o.MIDDLE,
    machine: Machine,
    quiet: o.Quiet = False,
) -> int:
    """Score models and baselines side by side.

    Each story needs a reference; to score citations, also gold and grid.
    """
    config = o.configured(words, None, seed, strictness)
    if limit is not None and limit < 1:
        raise BadOption(f"--limit is {limit}; give at least 1")

    from rich.console import Console

    from summarizer import evaluation
    from summarizer.outputs.files import Output

    to = o.file_or_stdout(out)
    with Output(to) as output, console.progress(quiet) as show:
        stories = _stories(source, limit, quiet)
        systems = [
            evaluation.system(
                name, machine.load(name, config=config), words=config.words, seed=config.seed
            )
            for name in _names(models)
        ]
        systems += [
            evaluation.baseline(name, _sentences_of, words=config.words)
            for name in _names(baselines)
        ]
        report = evaluation.run(
            stories,
            systems,
            sentences_of=_sentences_of,
            words=config.words,
            seed=config.seed,
            progress=show,
        )
        if to is not None:
            output.write(report.to_json())
    Console().print(evaluation.table(report))
    return 0


def schema() -> int:
    """Print the JSON Schemas of Story and Summary."""
    from summarizer.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0


def page(
    host: Annotated[
        str,
        typer.Option(
            "--host", envvar=["SUMMARIZER_HOST", "GRADIO_SERVER_NAME"], help="Address to listen on."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            envvar=["SUMMARIZER_PORT", "GRADIO_SERVER_PORT"],
            help="Port (default: the first free one).",
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            envvar="SUMMARIZER_MODEL",
            help="What writes unless a reader chooses otherwise: as for summarize, a server too.",
        ),
    ] = "default",
    auth_file: Annotated[
        Path | None,
        typer.Option(
            "--auth-file",
            metavar="FILE",
            envvar="SUMMARIZER_AUTH_FILE",
            help="Users who may open the page, one 'name:password' per line.",
        ),
    ] = None,
    allow_fetch: Annotated[
        bool,
        typer.Option(
            "--allow-fetch",
            envvar="SUMMARIZER_ALLOW_FETCH",
            help="Let users load articles by link, from the public web only.",
        ),
    ] = False,
    keep: Annotated[
        bool | None,
        typer.Option(
            "--keep/--no-keep",
            envvar="SUMMARIZER_KEEP",
            help="Whether a reader's own browser keeps articles and summaries, the server nothing. "
            "Default: yes, but not with --auth-file.",
        ),
    ] = None,
    mcp: Annotated[
        bool,
        typer.Option(
            "--mcp",
            envvar="SUMMARIZER_MCP",
            help="Also serve an assistant three tools (Model Context Protocol): docs/mcp.md.",
        ),
    ] = False,
    root_path: Annotated[
        str | None,
        typer.Option(
            "--root-path",
            metavar="PATH",
            envvar=["SUMMARIZER_ROOT_PATH", "GRADIO_ROOT_PATH"],
            help="Path at which a proxy serves the page, such as /news.",
        ),
    ] = None,
    device: o.Device = "cpu",
    threads: o.Threads = None,
) -> int:
    """Serve the web page: paste articles, read a summary with its sources."""
    o.check_threads(threads)

    from summarizer.page import serve

    serve(
        host,
        port,
        model=model,
        device=device,
        threads=threads,
        auth_file=auth_file,
        root_path=root_path,
        allow_fetch=allow_fetch,
        keep=keep,
        mcp=mcp,
    )
    return 0


def _stories(source: Path, limit: int | None, quiet: bool) -> list[Story]:
    """The stories to score on. A bad line is an error here: a score must not hide it."""
    from summarizer.inputs import iter_stories

    stories: list[Story] = []
    for line in islice(iter_stories(source), limit):
        if line.error is not None:
            raise line.error
        if line.story is not None:
            stories.append(line.story)
        console.warn(line.warnings, quiet)
    return stories


def _sentences_of(story: Story) -> Sequence[SourceSentence]:
    """The story's sentences as the pipeline sees them: split, without what is masked."""
    from summarizer.text import boilerplate, sentences

    repeated = boilerplate.repeated_lines(story.articles)
    return [s for a in story.articles for s in sentences.split(a, boilerplate.mask(a, repeated))]


def _names(listed: str) -> list[str]:
    names = [name.strip() for name in listed.split(",")]
    return [name for name in names if name not in ("", "none")]
