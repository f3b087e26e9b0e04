"""Times citing and judging a 9-sentence summary against more and more articles; compares nothing.

    python -m benchmarks.evidence_speed [--articles 5,10,20,40] [--threads N] [--repeat 3]

Full-length synthetic articles; the summary is nine of their sentences. What is timed is the public
`attribute`, embedding of the articles included, and `judge_many` of the nine against all articles,
after the models are loaded and one story has been through them.
"""

from __future__ import annotations

import argparse
import math
import time

from benchmarks.stories import story
from summarizer import Summarizer
from summarizer.marking import as_marked
from summarizer.story import Story


def asked(of: Story) -> list[str]:
    """Nine sentences spread over the story."""
    found = [s.text for s in as_marked(of) if len(s.text.split()) >= 8]
    return [found[(2 * i + 1) * len(found) // 18] for i in range(9)]


def main() -> None:
    """Print a line a size, then how time grows: 1 is linear."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", default="5,10,20,40")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    summarizer = Summarizer.load("extract", threads=args.threads)
    print(
        f"citer {summarizer.citer and summarizer.citer.name}, judge {summarizer.judge_model.name}"
    )
    summarizer.attribute(asked(story(99, 3)), story(99, 3))
    rows = []
    for n in map(int, args.articles.split(",")):
        of = story(1, n)
        sentences = asked(of)
        texts = [a.text for a in of.articles]
        cited, judged = [], []
        for _ in range(args.repeat):
            begun = time.perf_counter()
            summarizer.attribute(sentences, of)
            cited.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            summarizer.judge_many([(s, texts) for s in sentences])
            judged.append(time.perf_counter() - begun)
        rows.append((len(as_marked(of)), min(cited), min(judged)))
        print(
            f"{n:3d} articles  {rows[-1][0]:5d} sentences  "
            f"cite and judge {rows[-1][1]:.2f} s   judge alone {rows[-1][2]:.2f} s"
        )
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        grown = math.log(last[0] / first[0])
        for name, i in (("cite and judge", 1), ("judge alone", 2)):
            print(f"{name}: exponent {math.log(last[i] / first[i]) / grown:.2f} of the sentences")


if __name__ == "__main__":
    main()
