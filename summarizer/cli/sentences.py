"""The commands for sentences from elsewhere: `attribute` and `judge`.

Both take a line and give a line, in order, and go on where one is bad.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from summarizer.cli import console
from summarizer.cli import options as o
from summarizer.cli.groups import Machine, grouped

if TYPE_CHECKING:
    from summarizer.batch.tasks import AttributeTask, JudgeTask

T = TypeVar("T")

JudgeName = Annotated[
    str,
    typer.Option(
        "--judge",
        metavar="NAME",
        help="What rates support: 'default', 'overlap' (shared words), a model name or a folder.",
    ),
]
Source = Annotated[Path, typer.Argument(metavar="IN.jsonl", help="JSON lines; '-' is stdin.")]


@grouped
def attribute(
    *,
    source: Source,
    out: o.Out = None,
    rank: Annotated[
        bool, typer.Option("--rank", help="Also list every source sentence with its score.")
    ] = False,
    errors: o.Errors = None,
    model: o.Model = "extract",
    by: JudgeName = "default",
    machine: Machine,
    quiet: o.Quiet = False,
) -> int:
    """Find the source sentences that support given sentences.

    Lines {"id", "articles", "summary": [sentence, ...]} become {"id", "sentences": [...]}.
    """
    from summarizer.batch.tasks import Attributed, parse_attribute

    def start() -> Callable[[Sequence[AttributeTask]], list[str]]:
        s = machine.load(model, judge=by)
        return lambda tasks: [
            Attributed(
                id=task.story.id, sentences=tuple(s.attribute(task.summary, task.story, rank=rank))
            ).to_json()
            for task in tasks
        ]

    return _run(source, out, errors, parse_attribute, start, quiet)


@grouped
def judge(
    *,
    source: Source,
    out: o.Out = None,
    errors: o.Errors = None,
    model: o.Model = "extract",
    by: JudgeName = "default",
    machine: Machine,
    quiet: o.Quiet = False,
) -> int:
    """Rate how well sources support a sentence.

    Lines {"id", "sentence", "sources": [text, ...]} become {"id", "support", "supported",
    "problems", "faults"}; a source may be a whole article. A fault names words of the sentence that
    are not supported, and what the sources say instead.
    """
    from summarizer.batch.tasks import Judged, parse_judge

    def start() -> Callable[[Sequence[JudgeTask]], list[str]]:
        s = machine.load(model, judge=by)

        def work(tasks: Sequence[JudgeTask]) -> list[str]:
            verdicts = s.judge_many([(task.sentence, task.sources) for task in tasks])
            return [
                Judged(id=task.id, **dict(verdict)).to_json()
                for task, verdict in zip(tasks, verdicts, strict=True)
            ]

        return work

    return _run(source, out, errors, parse_judge, start, quiet)


def _run(
    source: Path,
    out: Path | None,
    errors: Path | None,
    parse: Callable[[bytes, int], tuple[str, T]],
    start: Callable[[], Callable[[Sequence[T]], list[str]]],
    quiet: bool,
) -> int:
    """Lines in, lines out. Places to write are checked before `start` loads anything."""
    from summarizer.batch.lines import Failures, errors_path, run_lines
    from summarizer.inputs.lines import read_lines
    from summarizer.outputs.files import Output, apart

    to = o.file_or_stdout(out)
    if errors is None and to is not None:
        errors = errors_path(to)
    lines = read_lines(o.file_or_stdin(source))
    apart({"IN": o.file_or_stdin(source), "-o": to, "--errors": errors})
    with Output(to) as output, Failures(errors) as failures, console.progress(quiet) as show:
        done = run_lines(
            lines,
            parse,
            start(),
            lambda line: output.write(line + "\n"),
            failures,
            report=lambda done, failed: show(_stage(failed), done + failed, 0),
        )
        return conclude(source, done, failures.count, errors, quiet)


def conclude(source: Path | str, done: int, failed: int, errors: Path | None, quiet: bool) -> int:
    """The exit code, said in a sentence where something failed. Raises BadInput for no line."""
    from summarizer.errors import BadInput

    if done + failed == 0:
        raise BadInput(f"{str(source)!r} has no line; give one JSON object per line")
    if failed:
        where = "" if errors is None else f", each with its reason in {str(errors)!r}"
        console.say(f"{failed} of {done + failed} lines failed{where}", quiet)
    return 0 if failed == 0 else 1 if done else 2


def _stage(failed: int) -> str:
    return f"{failed} failed" if failed else "lines"
