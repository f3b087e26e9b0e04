"""The verbs that turn stories into summaries: `summarize` for one, `batch` for many.

Options are checked first, then the places to write, then the input; only then is a model loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import console, loading
from summarizer.cli import options as o
from summarizer.cli.sentences import Source, conclude
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.batch import Summarize
    from summarizer.config import Config
    from summarizer.pipeline import StoryFailure
    from summarizer.story import Story, Summary

WARNED = 5
"""Lines of a batch whose unknown fields are named; more would hide everything else."""

WithText = Annotated[
    bool,
    typer.Option("--with-text/--without-text", help="Put the articles' text in the summary."),
]


def summarize(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|DIR|-...",
            help="Articles of one story: txt, md, html, json, jsonl, pdf, a folder; '-' is stdin.",
        ),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option("--example", metavar="NAME", help="Summarise a bundled story instead."),
    ] = None,
    form: Annotated[o.Form, typer.Option("--format", help="The form of the result.")] = o.Form.text,
    out: o.Out = None,
    words: o.Words = None,
    sentences: o.Sentences = None,
    model: o.Model = "default",
    device: o.Device = "cpu",
    threads: o.Threads = None,
    seed: o.Seed = None,
    with_text: WithText = True,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Fuse articles on one event into a cited summary."""
    config = o.configured(words, sentences, seed)
    loading.check_threads(threads)
    if bool(sources) == (example is not None):
        raise BadOption("give files or a folder to summarise, or --example NAME, and not both")

    from summarizer.output import Output
    from summarizer.render import FORMATS

    with Output(o.file_or_stdout(out)) as output:
        story, warnings = _story(sources or [], example)
        with console.progress(quiet) as show:
            summarizer = loading.load(
                model, device=device, threads=threads, offline=offline, config=config
            )
            summary = summarizer.summarize(story, with_text=with_text, progress=show)
        summary = summary.model_copy(update={"warnings": (*warnings, *summary.warnings)})
        console.warn(summary.warnings, quiet)
        output.write(FORMATS[form.value](summary))
    return 0


def batch(
    source: Source,
    out: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.jsonl", help="Summaries.")],
    errors: o.Errors = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over, whatever an earlier run has done.")
    ] = False,
    words: o.Words = None,
    sentences: o.Sentences = None,
    model: o.Model = "default",
    device: o.Device = "cpu",
    threads: o.Threads = None,
    seed: o.Seed = None,
    with_text: WithText = False,
    offline: o.Offline = False,
    quiet: o.Quiet = False,
) -> int:
    """Summarise many stories, and resume where a run ended.

    A Story (JSON) a line in, a Summary a line out, in order.

    A rerun goes on where the last one ended. Lines that fail go to --errors (OUT.errors.jsonl)
    with line, id, reason and mend.
    """
    config = o.configured(words, sentences, seed)
    loading.check_threads(threads)

    from summarizer.batch import run_batch
    from summarizer.lines import errors_path, read_lines
    from summarizer.output import apart
    from summarizer.read import parse_line

    path = o.file_or_stdin(source)
    errors = errors or errors_path(out)
    apart({"IN": path, "-o": out, "--errors": errors})

    def load() -> Summarize:
        summarizer = loading.load(
            model, device=device, threads=threads, offline=offline, config=config
        )

        def work(stories: Sequence[Story]) -> Iterator[Summary | StoryFailure]:
            return summarizer.batch(stories, with_text=with_text)

        return work

    unknown: list[str] = []

    def parse(line: bytes, number: int) -> tuple[str, Story]:
        story, warnings = parse_line(line, number)
        unknown.extend(warnings if len(unknown) < WARNED else ())
        return story.id, story

    with console.progress(quiet) as show:
        report = run_batch(
            read_lines(path),
            out,
            parse=parse,
            load=load,
            settings=_settings(model, config, with_text),
            errors=errors,
            fresh=fresh,
            report=lambda done, kept, failed: show(
                f"{failed} failed" if failed else "stories", done + kept + failed, 0
            ),
        )
    if len(unknown) == WARNED:
        unknown.append("there may be more lines with unknown fields")
    console.warn(unknown, quiet)
    if report.kept:
        console.say(f"{report.kept} stories were done by an earlier run", quiet)
    if report.orphans:
        console.say(
            f"{report.orphans} earlier summaries of stories that {str(source)!r} no longer has "
            f"are kept in '{out}.aside'",
            quiet,
        )
    return conclude(source, report.done + report.kept, report.failed, errors, quiet)


def _story(sources: Sequence[Path], example: str | None) -> tuple[Story, tuple[str, ...]]:
    """The story, and what should be known of how it was read."""
    if example is not None:
        from summarizer import examples

        return examples.load(example), ()
    from summarizer.read import read_paths

    reading = read_paths(sources)
    return reading.story, reading.warnings


def _settings(model: str, config: Config, with_text: bool) -> dict[str, object]:
    """Whatever changes a summary: the numbers a user gives by name, all others by a hash."""
    from dataclasses import asdict
    from hashlib import blake2b

    from summarizer import __version__

    named = {"words": config.words, "sentences": config.sentences, "seed": config.seed}
    others = sorted((k, v) for k, v in asdict(config).items() if k not in named)
    return {
        **named,
        "model": model,
        "with-text": with_text,
        "version": __version__,
        "config": blake2b(repr(others).encode(), digest_size=4).hexdigest(),
    }
