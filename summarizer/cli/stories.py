"""The command that turns one story into a summary; many stories are in many.py.

Options are checked first, then the places to write, then the input; only then is a model loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import console
from summarizer.cli import options as o
from summarizer.cli.groups import Machine, Writing, grouped
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.schema import Story, Summary

WithText = Annotated[
    bool,
    typer.Option("--with-text/--without-text", help="Include the articles' text in the result."),
]


@grouped
def summarize(
    *,
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|DIR|-...",
            help="Articles on one event: txt, md, html, json, jsonl, pdf, a folder; '-' is stdin.",
        ),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option("--example", metavar="NAME", help="Summarise a bundled story: ferry, rents."),
    ] = None,
    form: Annotated[o.Form, typer.Option("--format", help="Format of the result.")] = o.Form.text,
    details: o.Details = False,
    out: o.Out = None,
    writing: Writing,
    machine: Machine,
    with_text: WithText = True,
    quiet: o.Quiet = False,
) -> int:
    """Fuse articles on one event into a cited summary."""
    if bool(sources) == (example is not None):
        raise BadOption("give files or a folder to summarise, or --example NAME, and not both")

    from summarizer.outputs.files import Output
    from summarizer.outputs.render import FILES

    with Output(o.file_or_stdout(out)) as output:
        if form.value in FILES:
            output.must_take_bytes(f"--format {form.value} is not text")
        story, warnings = _story(sources or [], example)
        with console.progress(quiet) as show:
            summarizer = writing.load(machine, quiet)
            summary = summarizer.summarize(story, with_text=with_text, progress=show)
        summary = summary.model_copy(update={"warnings": (*warnings, *summary.warnings)})
        # Where texts go was said before they went.
        console.warn([w for w in summary.warnings if w not in summarizer.notices], quiet)
        output.write(_written(summary, form, details))
    return 0


def _written(summary: Summary, form: o.Form, details: bool) -> str | bytes:
    from summarizer.outputs import render

    if form is o.Form.text:
        return render.text(summary, details=details, more="--details tells all")
    if form.value in render.FILES:
        return render.FILES[form.value](summary)
    return render.FORMATS[form.value](summary)


def _story(sources: Sequence[Path], example: str | None) -> tuple[Story, tuple[str, ...]]:
    """The story, and what should be known of how it was read."""
    if example is not None:
        from summarizer import examples

        return examples.load(example), ()
    from summarizer.inputs import read_paths

    reading = read_paths(sources)
    return reading.story, reading.warnings
