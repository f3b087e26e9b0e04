"""What a batch costs beside single runs and peers, printed as ratios.

    python -m benchmarks.batches                      # every part, one after the other
    python -m benchmarks.batches --only together      # or stream, growth, load, memory

Every figure comes from a process of its own, so that its peak memory is its own. Stories are those
of `stories.py`, or --stories. Quality is not measured here; `summarizer evaluate` does that.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import figures
from benchmarks.__main__ import LEXRANK, sentences_of
from benchmarks.measure import WHOLE_ARTICLES
from benchmarks.memory import peak_mib
from benchmarks.stories import stories as synthetic
from benchmarks.stories import story as synthetic_story
from summarizer.schema import Story

HERE = Path(__file__).parent
CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def run(
    module: str, args: Sequence[str], asked: dict[str, Any], python: str = sys.executable
) -> Any:
    """Run a module of benchmarks in a process of its own, and return what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.json"), Path(folder, "out.json")
        source.write_text(json.dumps(asked), encoding="utf-8")
        command = [python, "-m", f"benchmarks.{module}", *args, str(source), str(target)]
        subprocess.run(command, check=True, cwd=HERE.parent)
        return json.loads(target.read_text(encoding="utf-8"))


def _given(stories: Sequence[Story]) -> list[dict[str, Any]]:
    return [s.model_dump(exclude={"reference", "gold", "grid"}) for s in stories]


# --- what a process of its own does --------------------------------------------------------------


def batched(asked: dict[str, Any]) -> dict[str, Any]:
    """All stories through `Summarizer.batch`, after one that warms up; memory while it goes."""
    from summarizer import Summarizer

    summarizer = Summarizer.load(asked["model"], threads=asked["threads"])
    stories = [Story.model_validate(s) for s in asked["stories"]]
    summarizer.summarize(stories[0], words=asked["words"])
    peaks, words = [], 0
    begun, used = time.perf_counter(), time.process_time()
    source = (stories[n % len(stories)] for n in range(asked["times"] * len(stories)))
    for made in summarizer.batch(source, words=asked["words"], batch_size=asked["size"]):
        words += len(getattr(made, "text", "").split())
        peaks.append(peak_mib())
    return {
        "seconds": time.perf_counter() - begun,
        "processor_seconds": time.process_time() - used,
        "stories": len(peaks),
        "words": words,
        "peak_mib": peaks[-1],
        "peak_mib_half": peaks[len(peaks) // 2],
    }


def streamed(asked: dict[str, Any]) -> dict[str, Any]:
    """Each story by itself through `Summarizer.watch`, after one that warms up: two times each."""
    from summarizer import Summarizer

    summarizer = Summarizer.load(asked["model"], threads=asked["threads"])
    warm, *stories = [Story.model_validate(s) for s in asked["stories"]]
    summarizer.summarize(warm, words=asked["words"])
    firsts, wholes = [], []
    for story in stories:
        begun, first = time.perf_counter(), None
        for shown in summarizer.watch(story, words=asked["words"]):
            if first is None and shown.sentences:
                first = time.perf_counter() - begun
        wholes.append(time.perf_counter() - begun)
        firsts.append(wholes[-1] if first is None else first)
    return {"first": firsts, "whole": wholes, "peak_mib": peak_mib()}


CHILDREN = {"batched": batched, "streamed": streamed}


# --- the parts -----------------------------------------------------------------------------------


def together(asked: argparse.Namespace) -> None:
    """Stories a minute: `--together` stories at once against one at a time, and a chat model's."""
    chosen = _stories(asked)
    base: float | None = None
    for model in asked.models:
        rates = {}
        for size in (1, asked.together):
            rounds = [_batch(asked, model, chosen, size) for _ in range(asked.rounds)]
            rates[size] = median(60 * r["stories"] / r["seconds"] for r in rounds)
            words = rounds[0]["words"] / rounds[0]["stories"]
            print(
                f"{model}, {size} at once: {rates[size]:.1f} stories a minute, "
                f"{words:.0f} words each, peak {rounds[0]['peak_mib']:.0f} MiB",
                flush=True,
            )
        print(f"{model}: {rates[asked.together] / rates[1]:.2f} x one at a time")
        if model == "default" and asked.base_stories:
            base = base or _whole(asked, chosen[: asked.base_stories])
            print(
                f"default: {rates[asked.together] / base:.2f} x the chat model over whole articles"
            )


def _batch(
    asked: argparse.Namespace, model: str, chosen: Sequence[Story], size: int, times: int = 1
) -> Any:
    given = {"model": model, "threads": asked.threads, "words": asked.words}
    given |= {"size": size, "times": times, "stories": _given(chosen)}
    return run("batches", ["--child", "batched"], given)


def _whole(asked: argparse.Namespace, chosen: Sequence[Story]) -> float:
    given = {"words": asked.words, "threads": asked.threads, "stories": _given(chosen)}
    ours = run("measure", ["default"], {**given, "targets": {}})
    given["targets"] = ours["words"]
    theirs = run("measure", [WHOLE_ARTICLES], given)
    rate: float = 60 * len(chosen) / sum(theirs["seconds"].values())
    print(f"a chat model over whole articles: {rate:.2f} stories a minute", flush=True)
    return rate


def stream(asked: argparse.Namespace) -> None:
    """One story of five articles at a time, loaded and warm: first sentence, whole, memory."""
    stories = [synthetic_story(n, 5) for n in range(5)]
    for model in asked.models:
        given = {"model": model, "threads": asked.threads, "words": asked.words}
        made = run("batches", ["--child", "streamed"], {**given, "stories": _given(stories)})
        for name in ("first", "whole"):
            each = ", ".join(f"{s:.1f}" for s in made[name])
            print(f"{model}, {name}: median {median(made[name]):.1f} s ({each})", flush=True)
        share = median(f / w for f, w in zip(made["first"], made["whole"], strict=True))
        print(f"{model}: first after {share:.2f} of the whole, peak {made['peak_mib']:.0f} MiB")


def growth(asked: argparse.Namespace) -> None:
    """`extract` at 20 and 40 articles a story, beside sumy's LexRank on the same sentences."""
    seconds: dict[str, dict[int, float]] = {"extract": {}, LEXRANK: {}}
    for n in asked.sizes:
        story = synthetic_story(0, n)
        given = {"words": asked.words, "threads": asked.threads, "targets": {}}
        # The first of the two stories warms up.
        pair = [synthetic_story(1, 2), story]
        runs = [
            run("measure", ["extract"], {**given, "stories": _given(pair)})
            for _ in range(asked.rounds)
        ]
        seconds["extract"][n] = median(r["seconds"][story.id] for r in runs)
        print(f"extract, {n} articles: {seconds['extract'][n]:.2f} s", flush=True)
        if asked.sumy_python.exists():
            given["stories"] = [{"id": s.id, "sentences": sentences_of(s)} for s in pair]
            theirs = run("peer_lexrank", [], given, str(asked.sumy_python.absolute()))
            seconds[LEXRANK][n] = theirs["seconds"][story.id]
            print(f"{LEXRANK}, {n} articles: {seconds[LEXRANK][n]:.2f} s", flush=True)
    low, high = min(asked.sizes), max(asked.sizes)
    print(
        f"extract, {high} against {low}: {seconds['extract'][high] / seconds['extract'][low]:.2f} x"
    )
    for n, theirs in seconds[LEXRANK].items():
        print(f"{LEXRANK} at {n} articles takes {theirs / seconds['extract'][n]:.2f} x extract")
    if not asked.sumy_python.exists():
        print(f"no sumy at {asked.sumy_python}: `make bench` makes its environment")


def load(asked: argparse.Namespace) -> None:
    """From the start of a process to loaded models and to the first sentence, caches warm."""
    for model in asked.models:
        given = {"words": asked.words, "threads": asked.threads, "targets": {}}
        given["stories"] = _given([synthetic_story(0, 3)])
        runs = [run("measure", [model], given) for _ in range(asked.rounds + 1)][1:]
        loaded = figures.middle(runs, "load_seconds")
        first = figures.middle(runs, "first_sentence_seconds")
        print(
            f"{model}: loaded after {loaded:.2f} s, first sentence after {first:.2f} s", flush=True
        )


def memory(asked: argparse.Namespace) -> None:
    """The most memory of a batch, and of one four times as long: it must not grow."""
    chosen = _stories(asked)
    for model in asked.models:
        peaks = {}
        for times in (1, 4):
            made = _batch(asked, model, chosen, asked.together, times)
            peaks[made["stories"]] = made["peak_mib"]
            print(
                f"{model}, {made['stories']} stories: peak {made['peak_mib']:.0f} MiB, "
                f"{made['peak_mib_half']:.0f} MiB half way",
                flush=True,
            )
        print(f"{model}: {max(peaks.values()) / peaks[min(peaks)]:.3f} x for 4 x the stories")


PARTS = {
    "together": together,
    "stream": stream,
    "growth": growth,
    "load": load,
    "memory": memory,
}


def _stories(asked: argparse.Namespace) -> list[Story]:
    if asked.stories is None:
        return synthetic(asked.n)
    with asked.stories.open(encoding="utf-8") as file:
        return [Story.model_validate_json(line) for line in file][: asked.n]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the parts that are asked for; 0 when they are done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batches", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), nargs="+", default=list(PARTS))
    parser.add_argument("--models", nargs="+", default=["extract", "default"])
    parser.add_argument("--stories", type=Path, help="a Story a line; else synthetic ones are made")
    parser.add_argument("-n", type=int, default=32, help="stories (32)")
    parser.add_argument("--together", type=int, default=32, help="stories at once (32)")
    parser.add_argument("--words", type=int, default=150, help="words of a summary (150)")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each; the median counts")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 40])
    parser.add_argument("--base-stories", type=int, default=2, help="for whole-articles; 0: none")
    parser.add_argument("--threads", type=int, help="threads of every system (all cores)")
    parser.add_argument("--sumy-python", type=Path, default=Path(".venv-bench/bin/python"))
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("files", type=Path, nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    if asked.child:
        source, target = asked.files
        made = CHILDREN[asked.child](json.loads(source.read_text(encoding="utf-8")))
        target.write_text(json.dumps(made), encoding="utf-8")
        return 0
    print(f"{CORES} cores, load {os.getloadavg()[0]:.1f} at the start")
    for part in asked.only:
        print(f"\n== {part}: {' '.join((PARTS[part].__doc__ or '').split())}", flush=True)
        PARTS[part](asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
