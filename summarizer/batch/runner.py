"""Many stories: one Summary a line, in order, and a rerun goes on where the last one ended.

Where stories come from (inputs.collections) and how one is summarised are handed in; what OUT holds
is in batch.journal. Memory holds what the engine reads ahead, and some 200 bytes for each line: its
id, and the hash of what is done.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.api import StoryFailure
from summarizer.batch.journal import Journal, describe
from summarizer.batch.lines import Failures, errors_path
from summarizer.errors import BadVectors, ModelFailed
from summarizer.inputs.lines import Failure, Line
from summarizer.outputs.files import apart
from summarizer.schema import Story, Summary

Report = Callable[[int, int, int], None]
"""Called with (done, kept, failed), in lines."""

Outcome = Summary | StoryFailure

Engine = Callable[[Iterator[Story]], Iterator[Outcome]]
"""Stories to as many outcomes, in order; it takes stories as it needs them, ahead of its results.

`carefully` makes one of what may crash.
"""

Load = Callable[[Collection[str]], Engine]
"""Called once, with the hashes of the stories that are done: loads models, or reaches machines."""

CRASHES = (MemoryError, RuntimeError, BadVectors, ModelFailed)
"""What a model raises where it has no memory, or no answer to one story: never a bug's TypeError.

torch and CTranslate2 report both that and errors of a device as RuntimeError."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a run did, in lines. kept: done by an earlier run.

    orphans: earlier summaries whose story is no longer in the input; they wait in OUT.aside.
    """

    done: int
    kept: int
    failed: int
    orphans: int = 0


def story_hash(story: Story) -> str:
    """32 hex digits for what a summary is made of: the story's id and its articles."""
    content = story.model_dump_json(include={"id", "articles"})
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def run_batch(
    entries: Iterable[Line[Story] | Failure],
    out: Path,
    *,
    load: Load,
    settings: Mapping[str, object],
    errors: Path | None = None,
    fresh: bool = False,
    report: Report | None = None,
) -> BatchReport:
    """Summarise the stories of `entries` into `out`, leaving what an earlier run has done.

    entries: from `inputs.collections.entries`, every id once. load: called after all places to
    write have been checked. settings: whatever changes a summary; a file written with others is
    refused unless `fresh`. errors: where failed lines go, `errors_path(out)` if None.
    Raises BadOption for other settings, BadOutput if a place cannot be written or fills up.
    """
    errors = errors or errors_path(out)
    apart({"-o": out, "--errors": errors})
    done = kept = 0
    ids: set[str] = set()
    with Journal(out, describe(settings), fresh=fresh) as journal, Failures(errors) as failures:
        engine = load(journal.done)
        journal.begin()
        ahead = _Ahead(entries, journal)
        outcomes = engine(ahead.new())
        while (entry := ahead.next()) is not None:
            if isinstance(entry, Failure):
                failures.add(entry)
            else:
                ids.add(entry.id)
                if not entry.item.new:
                    journal.keep(entry.item.key)
                    kept += 1
                elif isinstance(outcome := next(outcomes), StoryFailure):
                    failures.add(Failure(entry.number, entry.id, outcome.reason, outcome.mend))
                else:
                    journal.add(entry.item.key, outcome)
                    done += 1
            if report is not None:
                report(done, kept, failures.count)
        return BatchReport(done, kept, failures.count, orphans=journal.finish(ids))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is kept of a story once the engine has it. key: its hash. new: not done before."""

    key: str
    new: bool


class _Ahead:
    """The input, read as far as the engine asks; what it has read waits for its turn to be written.

    Of a story that waits only its id and hash are held.
    """

    def __init__(self, entries: Iterable[Line[Story] | Failure], journal: Journal) -> None:
        self._entries = iter(entries)
        self._journal = journal
        self._waiting: deque[Line[_Asked] | Failure] = deque()
        self._given: deque[Story] = deque()

    def new(self) -> Iterator[Story]:
        """The stories that are to be done, for the engine."""
        while self._given or self._read():
            if self._given:
                yield self._given.popleft()

    def next(self) -> Line[_Asked] | Failure | None:
        """The next entry in the order of the input; None at its end."""
        if not self._waiting and not self._read():
            return None
        return self._waiting.popleft()

    def _read(self) -> bool:
        entry = next(self._entries, None)
        if entry is None:
            return False
        if isinstance(entry, Failure):
            self._waiting.append(entry)
            return True
        key = story_hash(entry.item)
        new = not self._journal.holds(key)
        if new:
            self._given.append(entry.item)
        self._waiting.append(Line(entry.number, entry.id, _Asked(key, new)))
        return True


def carefully(summarize: Engine) -> Engine:
    """`summarize`, where a crash of a model (CRASHES) costs no more than the story at fault.

    The stories it had taken are tried again in halves, and so at last one by one; one that fails
    alone becomes a StoryFailure. Then it goes on.
    """

    def run(stories: Iterator[Story]) -> Iterator[Outcome]:
        taken: deque[Story] = deque()

        def noted() -> Iterator[Story]:
            for story in stories:
                taken.append(story)
                yield story

        while True:
            try:
                for outcome in summarize(noted()):
                    taken.popleft()
                    yield outcome
            except CRASHES as error:
                crash = error
            else:
                return
            again = list(taken)
            taken.clear()
            if not again:
                raise crash
            yield from _in_halves(summarize, again, crash)

    return run


def _in_halves(summarize: Engine, stories: Sequence[Story], crash: Exception) -> Iterator[Outcome]:
    if len(stories) == 1:
        yield _crashed(stories[0], crash)
        return
    middle = (len(stories) + 1) // 2
    for part in (stories[:middle], stories[middle:]):
        try:
            outcomes = list(summarize(iter(part)))
        except CRASHES as error:
            yield from _in_halves(summarize, part, error)
        else:
            yield from outcomes


def _crashed(story: Story, crash: Exception) -> StoryFailure:
    said = " ".join(str(crash).split()) or "no reason given"
    return StoryFailure(
        story.id,
        f"the model failed on it, also alone ({type(crash).__name__}: {said[:200]})",
        "free memory or shorten its articles, and run again",
    )
