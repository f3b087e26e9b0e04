"""Times citing and judging a 9-sentence summary against more and more articles; compares nothing.

    python -m benchmarks.evidence_speed [--articles 5,10,20,40] [--repeat 3] [--model NAME]

Full-length synthetic articles; the summary is nine of their sentences. What is timed is the public
`attribute`, embedding of the articles included, and `judge_many` of the nine against all articles,
after the models are loaded and have processed one story.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from functools import partial

from benchmarks.stories import story
from summarizer import Summarizer
from summarizer.attribution import as_marked
from summarizer.schema import Story


def asked(of: Story) -> list[str]:
    """Nine sentences spread over the story."""
    found = [s.text for s in as_marked(of) if len(s.text.split()) >= 8]
    return [found[(2 * i + 1) * len(found) // 18] for i in range(9)]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(wall, processor) seconds of one call; on a busy machine only the latter says much."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print a line a size, then how time grows: 1 is linear."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", default="5,10,20,40")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--model", default="extract", help="with default, its writer reads too")
    args = parser.parse_args()
    summarizer = Summarizer.load(args.model, threads=args.threads)
    print(
        f"citer {summarizer.citer and summarizer.citer.name}, judge {summarizer.judge_model.name}"
    )
    summarizer.attribute(asked(story(99, 3)), story(99, 3))
    sizes: list[int] = []
    spent: dict[str, list[float]] = {"cite and judge": [], "judge alone": []}
    for n in map(int, args.articles.split(",")):
        of = story(1, n)
        sentences = asked(of)
        texts = [a.text for a in of.articles]
        works: tuple[Callable[[], object], ...] = (
            partial(summarizer.attribute, sentences, of),
            partial(summarizer.judge_many, [(sentence, texts) for sentence in sentences]),
        )
        sizes.append(len(as_marked(of)))
        print(f"{n:3d} articles  {sizes[-1]:5d} sentences", end="")
        for name, work in zip(spent, works, strict=True):
            wall, cpu = min(timed(work) for _ in range(args.repeat))
            spent[name].append(cpu)
            print(f"   {name} {wall:.2f} s ({cpu:.2f} s of processor time)", end="")
        print(flush=True)
    if len(sizes) > 1:
        for name, cpus in spent.items():
            power = math.log(cpus[-1] / cpus[0]) / math.log(sizes[-1] / sizes[0])
            print(f"{name}: processor time grows with the sentences to the power {power:.2f}")


if __name__ == "__main__":
    main()
