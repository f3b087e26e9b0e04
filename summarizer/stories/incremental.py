"""A stream of articles joined to stories: files in, files out, the same command every night.

Which articles belong together is decided in linkage; a story's fields are checked in inputs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from summarizer.backends import Encoder
from summarizer.batch.lines import Failures, errors_path
from summarizer.config import Config
from summarizer.errors import BadInput, BadOption
from summarizer.inputs import iter_stories, parse_line
from summarizer.inputs.lines import Failure, id_of
from summarizer.outputs.files import Output, apart
from summarizer.schema import Article, Story
from summarizer.stories.linkage import Placed, cluster, represent
from summarizer.types import Progress, silent

_UNITS = {"h": 3_600.0, "d": 86_400.0, "w": 604_800.0}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a run did, in articles but for `stories`: those of two or more articles there are now.

    joined: new ones in stories. single: new ones that stand alone. repeated: given before, left
    out. undated: compared whatever the window, since nobody says when they appeared.
    """

    new: int
    joined: int
    single: int
    repeated: int
    failed: int
    stories: int
    undated: int


def single_path(out: Path) -> Path:
    """Where articles go that belong to no story: beside OUT, as OUT's stem + .single.jsonl."""
    return out.with_name(f"{out.stem}.single.jsonl")


def seconds_of(window: str) -> float:
    """A span as "36h", "3d" or "2w" in seconds. Raises BadOption for anything else."""
    number, unit = window[:-1], window[-1:]
    try:
        seconds = float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        seconds = 0.0
    if not 0.0 < seconds < float("inf"):
        raise BadOption(f"--window is {window!r}; give a span as 36h, 3d or 2w")
    return seconds


def time_of(article: Article) -> float | None:
    """When an article appeared, in seconds since 1970; None if `published` is no ISO 8601 time.

    A time without a zone is taken for UTC.
    """
    if not article.published:
        return None
    try:
        when = datetime.fromisoformat(article.published.strip())
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def articles_of(raw: bytes, number: int) -> tuple[Article, ...]:
    """The articles of a line, which is an Article, or a Story whose grouping is not looked at.

    An article without an id is named by its content; one of a Story, "story/article".
    Raises BadStory, naming the line and the field.
    """
    story, _ = parse_line(raw, number)
    fields = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    if isinstance(fields, dict) and "articles" in fields:
        return tuple(
            a.model_copy(update={"id": f"{story.id}/{a.id}"})
            for a in story.articles
            if a.text.strip()
        )
    given = fields if isinstance(fields, list) else [fields]
    return tuple(
        a if f.get("id") else a.model_copy(update={"id": f"a-{_digest(a, 6)}"})
        for a, f in zip(story.articles, given, strict=True)
        if a.text.strip()
    )


def _digest(article: Article, size: int = 16) -> str:
    """What makes an article the same one again: who printed it, under which title and text."""
    content = json.dumps([article.outlet, article.title, article.text])
    return blake2b(content.encode(), digest_size=size).hexdigest()


@dataclass(slots=True)
class _Shelf:
    """Every story and single article there is, and what is known of them."""

    stories: list[Story] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)  # article id -> digest
    contents: set[str] = field(default_factory=set)

    def put(self, story: Story) -> None:
        """Add a story; its articles that are there already stay where they are."""
        own = tuple(a for a in story.articles if a.id not in self.digests)
        if own:
            self.stories.append(story.model_copy(update={"articles": own}))
        for article in own:
            self.know(article)

    def know(self, article: Article) -> None:
        digest = _digest(article)
        self.digests[article.id] = digest
        self.contents.add(digest)


def gather(
    lines: Iterable[tuple[int, bytes]],
    out: Path,
    *,
    load: Callable[[], Encoder],
    config: Config,
    window: float | None = None,
    errors: Path | None = None,
    fresh: bool = False,
    progress: Progress = silent,
) -> Gathered:
    """Join the articles of `lines` to the stories of `out`, and to each other, in new stories.

    Stories there are kept with their ids and order; articles that stand alone wait in
    `single_path(out)`. An article given again is left out; so the same command may be run twice.
    window: seconds; stories whose last article is older than that, before the new ones, are left
    as they are. Both files appear whole or not at all.
    Raises BadOutput, BadInput for stories that cannot be read, and where there is no article.
    """
    single = single_path(out)
    errors = errors or errors_path(out)
    apart({"-o": out, "the single articles": single, "--errors": errors})
    # What closes first is replaced first: an article in both files is taken for OUT's.
    with Output(single) as alone, Output(out) as together, Failures(errors) as failures:
        shelf = _Shelf()
        if not fresh:
            for path in (out, single):
                for story in _there(path):
                    shelf.put(story)
        progress("reading", 0, 0)
        new, repeated = _new(lines, shelf, failures)
        if not new and not repeated and not failures.count:
            raise BadInput("there is no article; give one JSON object a line")
        times = [time_of(a) for a in new]
        if None not in times:
            new = [a for _, a in sorted(zip(times, new, strict=True), key=lambda x: x[0] or 0.0)]
        stories: Sequence[Story] = shelf.stories
        if new:
            stories = _grouped(stories, new, load, config, window, progress)
        for story in stories:
            place = together if len(story.articles) > 1 else alone
            place.write(story.model_dump_json(exclude_none=True) + "\n")
    in_stories = {a.id for s in stories if len(s.articles) > 1 for a in s.articles}
    joined = sum(a.id in in_stories for a in new)
    return Gathered(
        new=len(new),
        joined=joined,
        single=len(new) - joined,
        repeated=repeated,
        failed=failures.count,
        stories=sum(len(s.articles) > 1 for s in stories),
        undated=times.count(None) if window is not None else 0,
    )


def _there(path: Path) -> Iterator[Story]:
    if not path.exists():
        return
    for line in iter_stories(path):
        if line.error is not None or line.story is None:
            raise BadInput(
                f"{str(path)!r} has a line that is no story ({line.error}), or add --fresh to "
                "start over"
            )
        yield line.story


def _new(
    lines: Iterable[tuple[int, bytes]], shelf: _Shelf, failures: Failures
) -> tuple[list[Article], int]:
    """The articles that are not there yet, and how many are."""
    new: list[Article] = []
    repeated = 0
    for number, raw in lines:
        try:
            articles = articles_of(raw, number)
        except BadInput as error:
            failures.add(Failure.of(error, number, id_of(raw)))
            continue
        for article in articles:
            digest = _digest(article)
            if shelf.digests.get(article.id, digest) != digest:
                reason = f"an article with id {article.id!r} and another text is there already"
                failures.add(Failure(number, article.id, reason, "give a new version its own id"))
            elif digest in shelf.contents:
                repeated += 1
            else:
                shelf.know(article)
                new.append(article)
    return new, repeated


def _grouped(
    stories: Sequence[Story],
    new: Sequence[Article],
    load: Callable[[], Encoder],
    config: Config,
    window: float | None,
    report: Progress,
) -> list[Story]:
    """The stories with the new articles in them, and the new stories after them."""
    newest = max((t for t in map(time_of, new) if t is not None), default=None)
    members: list[tuple[Article, int | None]] = [
        (article, n)
        for n, story in enumerate(stories)
        if not _over(story, newest, window)
        for article in story.articles[-config.linkage.members :]
    ]
    members += [(article, None) for article in new]
    articles = [a for a, _ in members]
    placed: list[Placed] = []
    known: list[tuple[Article, int | None]] = []
    empty: list[Article] = []
    for n, (member, made) in enumerate(
        zip(members, represent(articles, load(), config), strict=True), 1
    ):
        report("reading", n, len(members))
        article, story = member
        if made is not None:
            placed.append(Placed(*made, time=time_of(article), story=story))
            known.append(member)
        elif story is None:
            empty.append(article)
    report("comparing", 0, 0)
    groups: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(cluster(placed, config, window=window)):
        groups[label].append(i)
    return _written(stories, [[known[i] for i in g] for g in groups.values()], empty)


def _written(
    stories: Sequence[Story],
    groups: Sequence[Sequence[tuple[Article, int | None]]],
    empty: Sequence[Article],
) -> list[Story]:
    result: list[Story | None] = list(stories)
    begun: list[Story] = []
    for members in groups:
        old = sorted({n for _, n in members if n is not None})
        added = tuple(a for a, n in members if n is None)
        if not old:
            begun.append(Story(id=f"s-{_digest(added[0], 6)}", articles=added))
            continue
        # Of stories there before at most one has several articles: it gives the name.
        old.sort(key=lambda n: (len(stories[n].articles) < 2, n))
        whole = tuple(a for n in old for a in stories[n].articles) + added
        for n in old:
            result[n] = None
        result[old[0]] = stories[old[0]].model_copy(update={"articles": whole})
    begun += [Story(id=f"s-{_digest(a, 6)}", articles=(a,)) for a in empty]
    return [s for s in result if s is not None] + begun


def _over(story: Story, newest: float | None, window: float | None) -> bool:
    """Is a story's last article further from the new ones than the window?"""
    times = [t for t in map(time_of, story.articles) if t is not None]
    if window is None or newest is None or not times:
        return False
    return newest - max(times) > window
