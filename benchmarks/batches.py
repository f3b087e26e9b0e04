"""What a batch costs beside single runs, peers and the machine's own limits, printed as ratios.

    python -m benchmarks.batches                      # every part, one after the other
    python -m benchmarks.batches --only together      # or growth, load, memory, limits

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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks import base_model, figures
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


def limits(asked: dict[str, Any]) -> dict[str, Any]:
    """The writer's tokens a second, what each costs, and what this machine could do at most."""
    from summarizer.backends import Brief
    from summarizer.backends.gguf import hugging_face_folder
    from summarizer.backends.registry import load_writer
    from summarizer.backends.writer import CausalWriter
    from summarizer.model_store.weights import TRAINED_WRITER, find

    writer = load_writer(TRAINED_WRITER, threads=asked["threads"])
    if not isinstance(writer, CausalWriter):
        raise TypeError(f"the default writer is a {type(writer).__name__}, not a CausalWriter")
    counted = {"prompt": 0, "new": 0}

    def generate(prompts: list[list[int]], n: int, room: int) -> list[list[list[int]]]:
        found = writer.generate(prompts, n, room)
        # What all prompts open with is computed once (backends/writer.py).
        opening = writer.form.opening(prompts[0])
        shared = len(opening) if all(p[: len(opening)] == opening for p in prompts) else 0
        counted["prompt"] += sum(map(len, prompts)) - shared * (len(prompts) - 1)
        counted["new"] += sum(len(ids) for of_one in found for ids in of_one)
        return found

    watched = replace(writer, generate=generate)
    stories = [Story.model_validate(s) for s in asked["stories"]]
    evidence = [sentences_of(s)[:4] for s in stories]
    briefs = [Brief(tuple(e), max_words=34, seed=n) for n, e in enumerate(evidence)]
    watched.write(briefs[:2], 1)
    counted.update(prompt=0, new=0)
    begun = time.perf_counter()
    watched.write(briefs, 1)
    seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "new_tokens": counted["new"],
        "prompt_tokens": counted["prompt"],
        "parameters": _parameters(hugging_face_folder(find(TRAINED_WRITER))),
        "bandwidth": bandwidth(),
        "multiply_adds": multiply_adds(),
        "int8_multiply_adds": int8_multiply_adds(),
    }


def _parameters(folder: Path) -> int:
    from safetensors import safe_open

    total = 0
    for path in folder.glob("*.safetensors"):
        with safe_open(path, framework="numpy") as file:
            total += sum(int(np.prod(file.get_slice(k).get_shape())) for k in file.keys())  # noqa: SIM118
    return total


def bandwidth() -> float:
    """Bytes a second that all cores together read from memory: the best of five sums of 1 GiB."""
    parts = [np.ones(2**27 // CORES, dtype=np.int64) for _ in range(CORES)]
    return _best(lambda: _on_all(lambda n: parts[n].sum()), sum(p.nbytes for p in parts))


def multiply_adds() -> float:
    """Multiply-adds a second of all cores in 32-bit floats: the best of five products."""
    n = 2048
    a = np.ones((n, n), dtype=np.float32)
    return _best(lambda: a @ a, n**3)


def int8_multiply_adds() -> float | None:
    """Multiply-adds a second of all cores in 8-bit integers; None where torch cannot do it."""
    import torch

    n = 2048
    a = torch.ones(n, n, dtype=torch.int8)
    torch.set_num_threads(CORES)
    try:
        return _best(lambda: torch._int_mm(a, a), n**3)
    except RuntimeError:  # torch's own where its build or the processor has no such product
        return None


def _on_all(work: Callable[[int], object]) -> None:
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(work, range(CORES)))


def _best(work: Callable[[], object], amount: float) -> float:
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return amount / min(seconds)


CHILDREN = {"batched": batched, "limits": limits}


# --- the parts -----------------------------------------------------------------------------------


def together(asked: argparse.Namespace) -> None:
    """Stories a minute: `--together` stories at once against one at a time, and the base model."""
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
            print(f"default: {rates[asked.together] / base:.2f} x the base model over everything")


def _batch(
    asked: argparse.Namespace, model: str, chosen: Sequence[Story], size: int, times: int = 1
) -> Any:
    given = {"model": model, "threads": asked.threads, "words": asked.words}
    given |= {"size": size, "times": times, "stories": _given(chosen)}
    return run("batches", ["--child", "batched"], given)


def _whole(asked: argparse.Namespace, chosen: Sequence[Story]) -> float:
    given = {"words": asked.words, "threads": asked.threads, "stories": _given(chosen)}
    ours = run("measure", ["default"], {**given, "targets": {}})
    given |= {"targets": ours["words"], "base": str(base_model.folder())}
    theirs = run("measure", [WHOLE_ARTICLES], given)
    rate: float = 60 * len(chosen) / sum(theirs["seconds"].values())
    print(f"the base model over whole articles: {rate:.2f} stories a minute", flush=True)
    return rate


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


def shares(asked: argparse.Namespace) -> None:
    """The writer's share of what memory and arithmetic allow on this machine.

    One prompt at a time reads every weight once a step, a byte each in int8; a token, of a prompt
    or new, costs a multiply-add a weight.
    """
    found = run("batches", ["--child", "limits"], {
        "threads": asked.threads, "stories": _given(_stories(asked))
    })  # fmt: skip
    new = found["new_tokens"] / found["seconds"]
    every = (found["new_tokens"] + found["prompt_tokens"]) / found["seconds"]
    bytes_ = found["parameters"]
    print(f"new tokens a second: {new:.0f}; with those of the prompts {every:.0f}")
    read = new * bytes_
    print(
        f"memory, measured: {found['bandwidth'] / 1e9:.1f} GB/s; weights read: "
        f"{read / 1e9:.1f} GB/s, {100 * read / found['bandwidth']:.0f} %"
    )
    for name, peak in (
        ("32-bit floats", found["multiply_adds"]),
        ("8-bit integers", found["int8_multiply_adds"]),
    ):
        if peak:
            share = 100 * every * found["parameters"] / peak
            print(f"multiply-adds in {name}, measured: {peak / 1e9:.0f} G/s; used: {share:.0f} %")


PARTS = {"together": together, "growth": growth, "load": load, "memory": memory, "limits": shares}


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
    parser.add_argument("--base-stories", type=int, default=2, help="for the base model; 0: none")
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
