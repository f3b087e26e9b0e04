"""Citations against what people marked, both laid on one grid of sentences.

Pure counts of sets live here; finding the citations does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.evaluation.report import ReliabilityBin
from summarizer.schema import Attribution, Citation, GoldSpan, Story

Cell = tuple[str, int]
"""A sentence of the grid: the article's id and the sentence's index in it."""

Grid = Mapping[str, Sequence[tuple[int, int]]]

BINS = 10  # of a reliability table


@dataclass(frozen=True, slots=True)
class Match:
    """Sizes of two sets and of what they share."""

    right: int
    found: int
    marked: int

    def __add__(self, other: Match) -> Match:
        return Match(self.right + other.right, self.found + other.found, self.marked + other.marked)


@dataclass(frozen=True, slots=True)
class StoryAttribution:
    """One story's citations against its gold.

    sentences, articles: matches summed over the gold sentences, of grid sentences and of the
    set of articles. average_precisions: one for each gold sentence with evidence, where
    rankings were given. judged: (score, right) for each citation.
    """

    sentences: Match
    articles: Match
    average_precisions: tuple[float, ...]
    judged: tuple[tuple[float, bool], ...]


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def lay(article: str, start: int, end: int, grid: Grid) -> frozenset[Cell]:
    """The grid sentences that a span covers: those of which it overlaps half or more."""
    return frozenset(
        (article, i)
        for i, cell in enumerate(grid.get(article, ()))
        if cell[1] > cell[0] and 2 * _overlap((start, end), cell) >= cell[1] - cell[0]
    )


def _lay_all(spans: Iterable[GoldSpan | Citation], grid: Grid) -> frozenset[Cell]:
    """What spans cover together. A title is on no grid."""
    return frozenset[Cell]().union(
        *(
            lay(s.article, s.start, s.end, grid)
            for s in spans
            if not (isinstance(s, Citation) and s.field == "title")
        )
    )


def _match(
    found: frozenset[Cell] | frozenset[str], marked: frozenset[Cell] | frozenset[str]
) -> Match:
    return Match(len(found & marked), len(found), len(marked))


def _is_right(citation: Citation, marked: frozenset[Cell], grid: Grid) -> bool | None:
    """Whether the grid sentence that a citation overlaps most is marked; None off the grid.

    Unlike `lay` this judges a fragment of a grid sentence too: its score claims something.
    """
    if citation.field == "title":
        return None
    span = (citation.start, citation.end)
    overlaps = [_overlap(span, cell) for cell in grid.get(citation.article, ())]
    if not overlaps or max(overlaps) == 0:
        return None
    most = max(overlaps)
    return any((citation.article, i) in marked for i, o in enumerate(overlaps) if o == most)


def average_precision(ranking: Sequence[Citation], marked: frozenset[Cell], grid: Grid) -> float:
    """Mean, over the marked grid sentences, of the precision where the ranking reaches each.

    The ranking is laid on the grid: each entry stands for the grid sentences it covers and
    nobody before it did, an entry that covers none is skipped, and a marked sentence that is
    never reached adds 0. `marked` must not be empty. Returns a value in [0, 1].
    """
    seen: set[Cell] = set()
    right, total = 0, 0.0
    for citation in ranking:
        for cell in sorted(_lay_all([citation], grid) - seen):
            seen.add(cell)
            if cell in marked:
                right += 1
                total += right / len(seen)
    return total / len(marked)


def against_gold(story: Story, attributions: Sequence[Attribution]) -> StoryAttribution:
    """Lay one story's citations and its gold on its grid.

    attributions: one for each sentence of `story.gold`, in order. The story needs gold and grid.
    A sentence's citations are the set of grid sentences that any of its spans covers by half;
    at the level of articles they are the set of articles that any of its citations names, so
    a citation of a title counts there. Raises ValueError where the story has no gold or grid,
    or the numbers of sentences differ.
    """
    if story.gold is None or story.grid is None:
        raise ValueError(f"story {story.id!r} has no gold or no grid to measure citations on")
    if len(attributions) != len(story.gold):
        raise ValueError(
            f"story {story.id!r} has {len(story.gold)} gold sentences "
            f"but {len(attributions)} were attributed"
        )
    sentences, articles = Match(0, 0, 0), Match(0, 0, 0)
    precisions: list[float] = []
    judged: list[tuple[float, bool]] = []
    for gold, ours in zip(story.gold, attributions, strict=True):
        marked = _lay_all(gold.evidence, story.grid)
        sentences += _match(_lay_all(ours.citations, story.grid), marked)
        articles += _match(
            frozenset(c.article for c in ours.citations),
            frozenset(span.article for span in gold.evidence),
        )
        if ours.ranking is not None and marked:
            precisions.append(average_precision(ours.ranking, marked, story.grid))
        for citation in ours.citations:
            right = _is_right(citation, marked, story.grid)
            if right is not None:
                judged.append((citation.score, right))
    return StoryAttribution(sentences, articles, tuple(precisions), tuple(judged))


def reliability(judged: Iterable[tuple[float, bool]]) -> tuple[ReliabilityBin, ...]:
    """Scores in BINS bins of equal width and how often their citations are right; no empty bins.

    judged: (score in [0, 1], whether right) of each citation. Calibrated scores have `right`
    close to `mean_score` in every bin.
    """
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in judged:
        members[min(BINS - 1, int(score * BINS))].append((score, right))
    return tuple(
        ReliabilityBin(
            low=i / BINS,
            high=(i + 1) / BINS,
            n=len(group),
            mean_score=sum(score for score, _ in group) / len(group),
            right=sum(right for _, right in group) / len(group),
        )
        for i, group in enumerate(members)
        if group
    )


def calibration_error(table: Sequence[ReliabilityBin]) -> float | None:
    """Expected calibration error over the citations, in [0, 1]; None where there are none."""
    n = sum(b.n for b in table)
    return sum(b.n * abs(b.mean_score - b.right) for b in table) / n if n else None
