"""make bench: ours against two peers on the same stories, in one run, printed as ratios.

Every figure comes from a process of its own, so that its peak memory is its own; systems
take turns, so that a busy minute of the machine falls on all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import figures
from benchmarks.measure import WHOLE_ARTICLES
from benchmarks.stories import stories as synthetic
from benchmarks.stories import story as synthetic_story
from summarizer import __version__
from summarizer.schema import Story
from summarizer.text.boilerplate import mask, repeated_lines
from summarizer.text.sentences import split

HERE = Path(__file__).parent
OURS = ("extract", "default")
LEXRANK = "sumy-lexrank"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it is done, 2 when it could not start."""
    asked = _arguments(argv)
    console = Console(stderr=True)
    if not asked.sumy_python.exists():
        console.print(
            f"no sumy at {asked.sumy_python}; make its environment: python -m venv .venv-bench && "
            ".venv-bench/bin/pip install -r benchmarks/requirements.txt",
            markup=False,
            soft_wrap=True,
        )
        return 2
    chosen = _stories(asked)
    bench = _Bench(asked, console)
    report = {
        "machine": {
            "cpu_cores": len(os.sched_getaffinity(0))
            if sys.platform == "linux"
            else os.cpu_count(),
            "platform": platform.platform(),
            "python": platform.python_version(),
        },
        "summarizer": __version__,
        "words": asked.words,
        "threads": asked.threads,
        "stories": [
            {"id": s.id, "articles": len(s.articles), "words": sum(map(_words, s.articles))}
            for s in chosen
        ],
        "systems": bench.systems(chosen, asked.rounds),
        "growth": bench.growth(asked.sizes, asked.rounds),
    }
    _print(report)
    if asked.output:
        asked.output.write_text(json.dumps(report, indent=2), encoding="utf-8")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--stories", type=Path, help="a Story a line; else synthetic ones are made")
    parser.add_argument("-n", type=int, default=10, help="stories (10)")
    parser.add_argument("--words", type=int, default=150, help="words of a summary (150)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of every system (3)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2, 5, 10, 20, 40])
    parser.add_argument("--threads", type=int, help="threads of every system (all cores)")
    parser.add_argument("--sumy-python", type=Path, default=Path(".venv-bench/bin/python"))
    parser.add_argument(
        "--quick", action="store_true", help="3 stories, 1 round, up to 10 articles"
    )
    parser.add_argument("-o", "--output", type=Path, help="where the figures go, as JSON")
    asked = parser.parse_args(argv)
    if asked.quick:
        asked.n, asked.rounds, asked.sizes = 3, 1, [2, 5, 10]
    if asked.n < 1 or asked.rounds < 1 or len(set(asked.sizes)) < 2 or min(asked.sizes) < 1:
        parser.error("stories and rounds are at least 1, sizes at least two different ones")
    return asked


def _stories(asked: argparse.Namespace) -> list[Story]:
    if asked.stories is None:
        return synthetic(asked.n)
    lines = asked.stories.read_text(encoding="utf-8").splitlines()
    read = [Story.model_validate_json(line) for line in lines if line.strip()][: asked.n]
    # Ids are keys of the figures: a file may use one twice.
    return [s.model_copy(update={"id": f"{i}-{s.id}"}) for i, s in enumerate(read, 1)]


def _words(article: Any) -> int:
    return len(article.text.split())


def sentences_of(story: Story) -> list[str]:
    """The story's split sentences without titles and masked lines: what (b) is given."""
    repeated = repeated_lines(story.articles)
    return [
        s.text
        for article in story.articles
        for s in split(article, mask(article, repeated))
        if s.position >= 0
    ]


class _Bench:
    """Processes to be measured, started one at a time."""

    def __init__(self, asked: argparse.Namespace, console: Console) -> None:
        self.asked = asked
        self.console = console

    def systems(self, stories: Sequence[Story], rounds: int) -> dict[str, dict[str, Any]]:
        """Every system on every story, in turns; the weights' first conversion comes before."""
        for model in OURS:
            self._measure(model, stories[:1])
        runs: dict[str, list[dict[str, Any]]] = {}
        targets: dict[str, int] = {}
        for i in range(rounds):
            for name in (*OURS, WHOLE_ARTICLES, LEXRANK):
                self.console.print(f"round {i + 1} of {rounds}: {name}, {len(stories)} stories")
                result = self._measure(name, stories, targets)
                runs.setdefault(name, []).append(result)
                if name == "default":
                    targets = result["words"]
        return {
            name: {
                "seconds": figures.seconds(results),
                "words": results[0]["words"],
                "peak_mib": figures.middle(results, "peak_mib"),
                "load_seconds": figures.middle(results, "load_seconds"),
                "first_sentence_seconds": figures.middle(results, "first_sentence_seconds"),
            }
            for name, results in runs.items()
        }

    def growth(self, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
        """`extract` and (b) over stories of more and more articles, a process for each."""
        grown: dict[str, dict[int, list[dict[str, Any]]]] = {"extract": {}, LEXRANK: {}}
        for i in range(rounds):
            for n in sorted(set(sizes)):
                for name, by_size in grown.items():
                    self.console.print(f"growth, round {i + 1} of {rounds}: {name}, {n} articles")
                    by_size.setdefault(n, []).append(self._measure(name, [synthetic_story(0, n)]))
        result: dict[str, Any] = {}
        for name, by_size in grown.items():
            seconds = {n: next(iter(figures.seconds(r).values())) for n, r in by_size.items()}
            result[name] = {
                "seconds": seconds,
                "peak_mib": {n: figures.middle(r, "peak_mib") for n, r in by_size.items()},
                "exponent": figures.exponent(list(seconds), list(seconds.values())),
            }
        return result

    def _measure(
        self, name: str, stories: Sequence[Story], targets: dict[str, int] | None = None
    ) -> dict[str, Any]:
        given: dict[str, Any] = {"words": self.asked.words}
        if name == LEXRANK:
            given["stories"] = [{"id": s.id, "sentences": sentences_of(s)} for s in stories]
            command = [str(self.asked.sumy_python.absolute()), "-m", "benchmarks.peer_lexrank"]
        else:
            given |= {
                "stories": [s.model_dump(exclude={"reference", "gold", "grid"}) for s in stories],
                "threads": self.asked.threads,
                "targets": targets or {},
            }
            command = [sys.executable, "-m", "benchmarks.measure", name]
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "in.json"), Path(folder, "out.json")
            source.write_text(json.dumps(given), encoding="utf-8")
            subprocess.run([*command, source, target], check=True, cwd=HERE.parent)
            measured: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return measured


def _print(report: dict[str, Any]) -> None:
    console = Console()
    systems = report["systems"]
    table = Table(
        title=f"Median of a story, {len(report['stories'])} stories", title_justify="left"
    )
    for heading in ("system", "s a story", "words", "peak MiB", "load s", "first sentence s"):
        table.add_column(heading, justify="left" if heading == "system" else "right")
    for name, s in systems.items():
        table.add_row(
            name,
            f"{median(s['seconds'].values()):.2f}",
            f"{median(s['words'].values()):.0f}",
            f"{s['peak_mib']:.0f}",
            _or_dash(s["load_seconds"]),
            _or_dash(s["first_sentence_seconds"]),
        )
    console.print(table)
    table = Table(title="How many times as long they take (memory: as much)", title_justify="left")
    for heading in ("", *OURS):
        table.add_column(heading, justify="right" if heading else "left")
    for peer in (WHOLE_ARTICLES, LEXRANK):
        times = (figures.ratio(systems[peer]["seconds"], systems[o]["seconds"]) for o in OURS)
        memory = (systems[peer]["peak_mib"] / systems[o]["peak_mib"] for o in OURS)
        table.add_row(f"{peer}, time against", *(f"{x:.2f}×" for x in times))
        table.add_row(f"{peer}, memory against", *(f"{x:.2f}×" for x in memory))
    console.print(table)
    growth = report["growth"]
    sizes = list(next(iter(growth.values()))["seconds"])
    table = Table(title="Seconds over the number of articles", title_justify="left")
    for heading in ("system", *map(str, sizes), "exponent"):
        table.add_column(heading, justify="left" if heading == "system" else "right")
    for name, g in growth.items():
        table.add_row(name, *(f"{g['seconds'][n]:.2f}" for n in sizes), f"{g['exponent']:.2f}")
    console.print(table)


def _or_dash(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f}"


if __name__ == "__main__":
    sys.exit(main())
