"""What an evaluation says: the report as a value, and as a table on the terminal.

Nothing is scored here. What was not scored is None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from summarizer.schema import Value

if TYPE_CHECKING:
    from rich.console import Group

REPORT_VERSION = "1.0"

SignatureValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """How a score is shown: its heading, and the factor of its unit; what it counts (`about`)."""

    heading: str
    factor: float
    about: str


SCORES: Mapping[str, Column] = {
    "rouge_1": Column("R1", 100, "ROUGE-1 F1, stemmed, mean over stories"),
    "rouge_2": Column("R2", 100, "ROUGE-2 F1, stemmed, mean over stories"),
    "rouge_l": Column("RL", 100, "ROUGE-L F1 of the whole text, stemmed, mean over stories"),
    "unigram_recall": Column("recall", 100, "share of the reference's words, stemmed, found"),
    "words": Column("words", 1, "length in words, mean over stories"),
    "unsupported_details": Column(
        "unsupp. %", 100, "share of names and numbers not in the sentence's own citations"
    ),
    "fused": Column("fused %", 100, "share of sentences written over their evidence"),
    "trimmed": Column("trimmed %", 100, "share of sentences cut from one source sentence"),
    "quoted": Column("quoted %", 100, "share of sentences taken whole"),
    "copied": Column(
        "copied %", 100, "share of sentences that are others' words, trimmed or joined or not"
    ),
    "longest_copied_run": Column(
        "run", 1, "longest run of copied words outside quotation marks, mean over stories"
    ),
    "repeated": Column("repeated %", 100, "share of sentences mostly said again by another"),
    "citations": Column("cites", 1, "citations a sentence"),
    "independent_sources": Column("indep.", 1, "independent sources a sentence"),
    "citation_precision": Column("P", 100, "cited grid sentences that people marked (micro)"),
    "citation_recall": Column("R", 100, "marked grid sentences that are cited (micro)"),
    "citation_f1": Column("F1", 100, "citations against gold on the grid (micro)"),
    "citation_f1_macro": Column("F1 macro", 100, "the same, mean over stories"),
    "article_precision": Column("art. P", 100, "cited articles that people marked (micro)"),
    "article_recall": Column("art. R", 100, "marked articles that are cited (micro)"),
    "article_f1": Column("art. F1", 100, "the set of articles cited for a sentence (micro)"),
    "average_precision": Column("MAP", 100, "mean over gold sentences of the ranking's AP"),
}
"""Every score by name, in the order of the table."""

_BLOCKS = {
    "Summaries": (
        "rouge_1 rouge_2 rouge_l unigram_recall words unsupported_details copied "
        "longest_copied_run repeated"
    ).split(),
    "Sentences": "fused trimmed quoted citations independent_sources".split(),
    "Attribution of the reference's sentences": (
        "citation_precision citation_recall citation_f1 citation_f1_macro article_precision "
        "article_recall article_f1 average_precision"
    ).split(),
}


class Score(Value):
    """A score over n stories (of those that have it) with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    n: int


class ReliabilityBin(Value):
    """Citations whose score lies in [low, high), 1 in the last: how many, and the share right."""

    low: float
    high: float
    n: int
    mean_score: float
    right: float


class Seconds(Value):
    """Wall time of single calls, after one that is not counted."""

    median: float
    low: float
    high: float
    n: int


class Failure(Value):
    """A story that a system did not summarise, and why; it is in none of its scores."""

    story: str
    reason: str


class StoryScores(Value):
    """One story's own scores and its summary."""

    story: str
    text: str
    scores: dict[str, float | None]


class SystemReport(Value):
    """One system's scores by name (None: not scored), and what lies under them."""

    name: str
    signature: dict[str, SignatureValue] = Field(default_factory=dict)
    scores: dict[str, Score | None]
    reliability: tuple[ReliabilityBin, ...] | None = None
    calibration_error: float | None = None
    longest_copied_run: int | None = None
    seconds: Seconds | None = None
    failures: tuple[Failure, ...] = ()
    stories: tuple[StoryScores, ...] = ()


class ScoreDifference(Value):
    """Score of system `a` less that of `b` over the n stories both have; p is two-sided."""

    a: str
    b: str
    score: str
    value: float
    low: float
    high: float
    p: float
    n: int


class Report(Value):
    """An evaluation of several systems on one set of stories."""

    schema_version: str = REPORT_VERSION
    systems: tuple[SystemReport, ...]
    differences: tuple[ScoreDifference, ...] = ()
    signature: dict[str, SignatureValue] = Field(default_factory=dict)

    def system(self, name: str) -> SystemReport:
        """The report of one system. Raises KeyError if it did not run."""
        for system in self.systems:
            if system.name == name:
                return system
        raise KeyError(name)

    def to_json(self, *, indent: int | None = 2) -> str:
        """The whole report, per-story scores included; indent: spaces a level, None: one line."""
        return self.model_dump_json(indent=indent)


def _shown(score: Score | None, name: str) -> str:
    if score is None:
        return "–"
    f = SCORES[name].factor
    return f"{score.value * f:.1f} [{score.low * f:.1f}, {score.high * f:.1f}]"


def table(report: Report) -> Group:
    """The report for the terminal, to be printed by `rich.console.Console`.

    Scores are in their column's unit with their 95 % intervals; a dash was not scored.
    """
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

    parts: list[RenderableType] = []
    for title, headings, rows in _tables(report):
        drawn = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
        for n, heading in enumerate(headings):
            drawn.add_column(heading, justify="right" if n else "left")
        for row in rows:
            drawn.add_row(*map(Text, row))
        parts += [drawn, Text()]
    parts.append(Text(" | ".join(f"{k}:{v}" for k, v in report.signature.items()), style="dim"))
    return Group(*parts)


def _tables(report: Report) -> Iterator[tuple[str, Sequence[str], list[Sequence[str]]]]:
    """Title, headings and rows of each table; none of scores that nothing has."""
    for title, names in _BLOCKS.items():
        scored = [n for n in names if any(s.scores.get(n) for s in report.systems)]
        if scored:
            cells = [
                (s.name, *(_shown(s.scores.get(n), n).replace(" [", "\n[") for n in scored))
                for s in report.systems
            ]
            yield title, ["system", *(SCORES[n].heading for n in scored)], [*cells]
    yield (
        "Time and failures",
        ["system", "s a story (median)", "of", "failed", "longest run"],
        [
            (
                s.name,
                f"{s.seconds.median:.3f}" if s.seconds else "–",
                str(s.seconds.n) if s.seconds else "–",
                str(len(s.failures)),
                "–" if s.longest_copied_run is None else str(s.longest_copied_run),
            )
            for s in report.systems
        ],
    )
    for s in report.systems:
        if s.reliability:
            title = f"Reliability of {s.name}'s citation scores"
            if s.calibration_error is not None:
                title += f" (mean distance {s.calibration_error:.3f})"
            bins = [
                (f"{b.low:.1f}–{b.high:.1f}", str(b.n), f"{b.mean_score:.2f}", f"{b.right:.2f}")
                for b in s.reliability
            ]
            yield title, ["score", "citations", "mean score", "right"], [*bins]
    if report.differences:
        headings = ["a − b", "score", "difference", "p", "stories"]
        yield "Paired differences", headings, [_difference(d) for d in report.differences]


def _difference(d: ScoreDifference) -> Sequence[str]:
    column = SCORES[d.score]
    value, low, high = (f"{x * column.factor:+.1f}" for x in (d.value, d.low, d.high))
    shown = f"{value} [{low}, {high}]"
    return f"{d.a} − {d.b}", column.heading, shown, f"{d.p:.3f}", str(d.n)
