"""The commands for many: `batch` summarises stories, `cluster` makes stories of articles.

Options are checked first, then the places to write, then the input; only then is a model loaded.
"""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import console
from summarizer.cli import options as o
from summarizer.cli.console import Counts, Warnings
from summarizer.cli.engines import Work, Workers
from summarizer.cli.groups import Machine, Writing, grouped
from summarizer.cli.sentences import conclude
from summarizer.errors import BadOption

if TYPE_CHECKING:
    from summarizer.backends import Encoder
    from summarizer.inputs.feeds import Get
    from summarizer.inputs.storage import Shared

STOPPED = 130
"""Exit code after Ctrl-C."""


class Edition(StrEnum):
    """What `batch --format` takes: a file of lines, or a folder of pages with an index."""

    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"


@grouped
def batch(
    *,
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Stories: .jsonl or .csv (also .gz), a folder of folders, '-' for stdin, or "
            "scheme://… on shared storage; or a feed (RSS, Atom: .xml, .rss, .atom, a link), "
            "one story per entry.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="OUT", help="A file of summaries, or a folder of pages."
        ),
    ],
    form: Annotated[
        Edition, typer.Option("--format", help="jsonl, or a folder of markdown or html pages.")
    ] = Edition.jsonl,
    errors: o.Errors = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over and replace the results of earlier runs.")
    ] = False,
    writing: Writing,
    machine: Machine,
    with_text: Annotated[
        bool | None,
        typer.Option(
            "--with-text/--without-text",
            help="Include the articles' text in the summaries (default: only for html).",
        ),
    ] = None,
    together: Annotated[
        int, typer.Option("--together", metavar="N", help="Stories processed at once.")
    ] = 16,
    workers: Workers,
    allow_fetch: o.AllowFetch = False,
    quiet: o.Quiet = False,
) -> int:
    """Summarise many stories, and resume where an earlier run ended.

    Reads one Story (JSON) per line and writes one Summary per line, in the same order.

    Lines that fail are written to --errors (default: OUT.errors.jsonl) with their line number, id,
    the reason and how to correct them. Defaults for these options can be set in summarizer.toml,
    under [batch].
    """
    if together < 1:
        raise BadOption(f"--together is {together}; give at least 1")
    text = form is Edition.html if with_text is None else with_text

    from summarizer.batch.lines import errors_path
    from summarizer.batch.runner import run_batch
    from summarizer.inputs import collections
    from summarizer.outputs.files import apart

    place = None if source == "-" else source
    work = Work(writing, machine, text, together, quiet)
    load = work.on(workers, place)
    get, warnings = _fetching(allow_fetch, machine.offline), Warnings()
    with ExitStack() as stack:
        journal, shared = _journal(out, form, stack)
        errors = errors or errors_path(journal)
        here = None if place is None or "://" in place else Path(place)
        apart({"IN": here, "-o": journal, "--errors": errors})
        counts = Counts(collections.count(place))
        show = stack.enter_context(console.progress(quiet))

        def report(done: int, kept: int, failed: int) -> None:
            counts.note(done, kept, failed)
            show(counts.said(), done + kept + failed, counts.total)
            if shared is not None:
                shared.copy(every=60.0)

        try:
            made = run_batch(
                collections.entries(place, warnings.take, get),
                journal,
                load=load,
                settings=work.settings(),
                errors=errors,
                fresh=fresh,
                report=report,
            )
        except KeyboardInterrupt:
            console.say(f"{counts.stopped()}; run the same command again to go on", quiet)
            return STOPPED
        if form is not Edition.jsonl:
            from summarizer.outputs.site import publish

            publish(Path(out), form.value, lambda n: show("pages", n, 0))
    console.warn(warnings.said(), quiet)
    if made.kept:
        console.say(f"{made.kept} stories were done by an earlier run", quiet)
    if made.orphans:
        console.say(
            f"{made.orphans} earlier summaries of stories that {source!r} no longer has "
            f"were moved to '{journal}.aside'",
            quiet,
        )
    if made.done:
        console.say(counts.finished(), quiet)
    where = errors if shared is None else Path(errors.name)
    return conclude(source, made.done + made.kept, made.failed, where, quiet)


@grouped
def cluster(
    *,
    source: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLES.jsonl",
            help="One Article (or Story) per line, also .gz; '-' is stdin; or a feed (RSS, Atom: "
            ".xml, .rss, .atom, a link).",
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="STORIES.jsonl", help="Stories, one per line.")
    ],
    window: Annotated[
        str | None,
        typer.Option(
            "--window",
            metavar="SPAN",
            help="Longest time between articles of one story, by `published`: 36h, 3d, 2w.",
        ),
    ] = None,
    errors: o.Errors = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over and replace the stories of earlier runs.")
    ] = False,
    machine: Machine,
    allow_fetch: o.AllowFetch = False,
    quiet: o.Quiet = False,
) -> int:
    """Group articles into stories, one for each event.

    Articles that belong to a story already in OUT are added to it. Articles that belong to none
    are kept in OUT.single.jsonl and compared again in the next run.
    """
    from summarizer.batch.lines import errors_path
    from summarizer.config import Config
    from summarizer.inputs import collections
    from summarizer.outputs.files import apart
    from summarizer.stories.incremental import gather, seconds_of, single_path

    span = None if window is None else seconds_of(window)
    errors = errors or errors_path(out)
    place = None if source == "-" else source
    here = None if place is None or "://" in place else Path(place)
    apart({"ARTICLES": here, "-o": out, "the single articles": single_path(out)})

    def load() -> Encoder:
        return machine.load("extract").encoder

    get, warnings = _fetching(allow_fetch, machine.offline), Warnings()
    with console.progress(quiet) as show:
        made = gather(
            collections.article_lines(place, warnings.take, get),
            out,
            load=load,
            config=Config(),
            window=span,
            errors=errors,
            fresh=fresh,
            progress=show,
        )
    console.warn(warnings.said(), quiet)
    console.say(
        f"{made.new} new articles: {made.joined} in stories, {made.single} alone in "
        f"{str(single_path(out))!r}; {made.stories} stories in all",
        quiet,
    )
    if made.repeated:
        console.say(f"{made.repeated} articles were there already", quiet)
    if made.undated:
        console.say(
            f'{made.undated} articles have no time in "published"; the window was not applied '
            "to them",
            quiet,
        )
    return conclude(source, made.new + made.repeated, made.failed, errors, quiet)


def _fetching(allowed: bool, offline: bool) -> Get | None:
    """What fetches a feed's link, if that is allowed. Raises BadOption where it is and is not."""
    if not allowed:
        return None
    if offline:
        raise BadOption("--allow-fetch and --offline exclude each other; give one of them")
    from functools import partial

    from summarizer.inputs.urls import FEED, get

    return partial(get, wanted=FEED)


def _journal(out: str, form: Edition, stack: ExitStack) -> tuple[Path, Shared | None]:
    """The file that a batch writes line by line, and the place it is copied to, if there is one."""
    from summarizer.inputs.storage import Shared, is_remote

    if is_remote(out):
        if form is not Edition.jsonl:
            raise BadOption(f"--format {form.value} writes a folder on this machine; give its path")
        shared = stack.enter_context(Shared(out))
        return shared.path, shared
    if form is Edition.jsonl:
        return Path(out), None
    from summarizer.outputs.site import journal_of

    return journal_of(Path(out)), None
