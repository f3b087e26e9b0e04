"""The command line: all commands, every error one sentence and an exit code.

The commands are in the modules beside this one; nothing here loads a model, so `--help` is fast.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from summarizer import __version__
from summarizer.cli import many, models, nightly, sentences, stories, tools, train
from summarizer.errors import SummarizerError

DONE, SOME_FAILED, NOTHING_DONE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
"""Exit codes: done; some lines of a batch failed; nothing could be done; Ctrl-C; reader left."""

# typer may carry its own click or use the one installed; either way these are its errors' bases.
_UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])

app = typer.Typer(
    name="summarizer",
    help="Fuse several articles on one event into one neutral summary, every sentence cited.",
    epilog="Exit codes: 0 done, 1 some lines of a batch failed, 2 nothing could be done.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("summarize")(stories.summarize)
app.command("batch")(many.batch)
app.command("cluster")(many.cluster)
app.command("attribute")(sentences.attribute)
app.command("judge")(sentences.judge)
app.command("evaluate")(tools.evaluate)
app.add_typer(models.app, name="models")
app.add_typer(train.app, name="train")
app.command("schema")(tools.schema)
app.command("page")(tools.page)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Default options, as TOML (default: summarizer.toml in this folder).",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    context.default_map = nightly.defaults(config, context.command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (the process's own if None) and return its exit code."""
    try:
        args = None if argv is None else list(argv)
        outcome = app(args=args, prog_name="summarizer", standalone_mode=False)
    except SummarizerError as error:
        return _fail(str(error), NOTHING_DONE)
    except _UsageError as error:
        return _fail(_usage(error), NOTHING_DONE)
    except (KeyboardInterrupt, typer.Abort):
        outcome = INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`| head`): what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    if outcome == INTERRUPTED:
        return _fail("stopped", INTERRUPTED)
    return outcome if isinstance(outcome, int) else DONE


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"summarizer: {' '.join(sentence.split())}\n")
    return code


def _usage(error: BaseException) -> str:
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "summarizer")
    what = str(getattr(error, "format_message", error.__str__)())
    return f"{what[:1].lower()}{what[1:].rstrip('.')}; see '{command} --help'"
