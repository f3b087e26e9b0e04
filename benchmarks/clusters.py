"""How well and how fast articles become stories: ours, HDBSCAN and TF-IDF thresholds in one run.

    python -m benchmarks.clusters STORIES.jsonl
    python -m benchmarks.clusters STORIES.jsonl --alone 0.75
    python -m benchmarks.clusters STORIES.jsonl --hashed --sizes 1000 5000 20000 100000
    python -m benchmarks.clusters STORIES.jsonl --hashed --sizes 1000 5000 20000 100000 --each 3
    python -m benchmarks.clusters STORIES.jsonl --show 30

The articles of many stories are mixed; the story that an article came from is its label. Stories
of even numbers are for tuning (ours was fitted on them; the peers' thresholds are chosen here),
those of odd numbers are what is reported. Nothing is learned here.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.figures import exponent
from benchmarks.memory import peak_mib
from summarizer.backends import Encoder, Vectors
from summarizer.backends.registry import load_encoder
from summarizer.backends.standin import HashEncoder
from summarizer.config import Config
from summarizer.schema import Article, Story
from summarizer.stories.linkage import Placed, cluster, represent

Labels = Sequence[int]

_KNOWN = 50_000
"""Vectors of sentences that growth keeps for the next time."""

_LIVE = 300
"""Synthetic stories that are reported at one time."""


def b_cubed(found: Labels, gold: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering, the mean over articles (Bagga & Baldwin, 1998)."""
    both = Counter(zip(found, gold, strict=True))
    ours, theirs = Counter(found), Counter(gold)
    precision = sum(n * n / ours[f] for (f, _), n in both.items()) / len(gold)
    recall = sum(n * n / theirs[g] for (_, g), n in both.items()) / len(gold)
    return precision, recall, _f1(precision, recall)


def pairwise(found: Labels, gold: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 over the pairs of articles that are put together."""
    both = _pairs(Counter(zip(found, gold, strict=True)))
    ours, theirs = _pairs(Counter(found)), _pairs(Counter(gold))
    precision, recall = both / ours if ours else 1.0, both / theirs if theirs else 1.0
    return precision, recall, _f1(precision, recall)


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, eq=False, slots=True)
class Mixed:
    """Articles of many stories in one order, with what the systems see of them."""

    articles: tuple[Article, ...]
    gold: tuple[int, ...]
    placed: tuple[Placed, ...]

    @property
    def centres(self) -> NDArray[np.float32]:
        """(n, dim) float32: each article's centre."""
        return np.stack([p.head.centre for p in self.placed])

    def tf_idf(self) -> Any:
        """A sparse matrix of unit rows: the words of titles and texts."""
        texts = [f"{a.title or ''} {a.text}" for a in self.articles]
        return TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)


def mix(stories: Sequence[Story], n: int, seed: int, encoder: Encoder) -> Mixed:
    """At least `n` articles of stories drawn by `seed`, shuffled."""
    drawn = list(stories)
    random.Random(seed).shuffle(drawn)
    given: list[tuple[int, Article]] = []
    for number, story in enumerate(drawn):
        if len(given) >= n:
            break
        for a in story.articles:
            given.append((number, a.model_copy(update={"id": f"{story.id}/{a.id}"})))
    random.Random(seed + 1).shuffle(given)
    articles = [a for _, a in given]
    made = list(represent(articles, encoder, Config()))
    kept = [i for i, m in enumerate(made) if m is not None]
    placed = [Placed(*m) for m in made if m is not None]
    return Mixed(tuple(articles[i] for i in kept), tuple(given[i][0] for i in kept), tuple(placed))


def thinned(stories: Sequence[Story], share: float, seed: int) -> list[Story]:
    """Stories of which this share, drawn by `seed`, keep one article that then stands alone."""
    chance = random.Random(seed)
    return [
        s.model_copy(update={"articles": (chance.choice(s.articles),)})
        if chance.random() < share
        else s
        for s in stories
    ]


# --- the systems ---------------------------------------------------------------------------------

System = Callable[[Mixed, float], Labels]


def ours(mixed: Mixed, join: float) -> Labels:
    """summarizer.stories.linkage, with `join` for `Config.linkage.join`."""
    return cluster(mixed.placed, Config().with_(linkage={"join": join}))


def hdbscan(method: str) -> System:
    """HDBSCAN over the centres, with `min_samples`; what it takes for noise stands alone."""

    def system(mixed: Mixed, samples: float) -> Labels:
        # Its `cluster_selection_epsilon` fails in scikit-learn 1.9 under numpy 2.4 (a TypeError).
        model = HDBSCAN(
            min_cluster_size=2,
            min_samples=int(samples),
            cluster_selection_method=method,
            copy=True,
        )
        return _apart(model.fit_predict(mixed.centres))

    return system


def linked(mixed: Mixed, threshold: float) -> Labels:
    """TF-IDF: two articles of at least this cosine are of one story, and so is what they link."""
    from scipy.sparse.csgraph import connected_components

    matrix = mixed.tf_idf()
    near = (matrix @ matrix.T) >= threshold
    labels: list[int] = connected_components(near, directed=False)[1].tolist()
    return labels


def averaged(mixed: Mixed, threshold: float) -> Labels:
    """TF-IDF: average linkage down to this cosine, over all pairs of articles."""
    matrix = mixed.tf_idf()
    distance = 1.0 - (matrix @ matrix.T).toarray()
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - threshold
    )
    labels: list[int] = model.fit_predict(np.maximum(distance, 0.0)).tolist()
    return labels


def _apart(labels: NDArray[np.int64]) -> Labels:
    alone = -1
    found = []
    for label in labels.tolist():
        alone -= label < 0
        found.append(alone if label < 0 else label)
    return found


SYSTEMS: dict[str, tuple[System, Sequence[float]]] = {
    "summarizer cluster": (ours, (Config().linkage.join,)),
    "HDBSCAN of vectors, eom": (hdbscan("eom"), (1, 2, 3)),
    "HDBSCAN of vectors, leaf": (hdbscan("leaf"), (1, 2, 3)),
    "TF-IDF, linked": (linked, (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)),
    "TF-IDF, average linkage": (averaged, (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)),
}
"""Each system and the thresholds that are tried for it on the stories for tuning."""


def compare(tune: Mixed, held: Sequence[Mixed]) -> Iterator[str]:
    """A row of the table for each system: the mean over the mixtures that are held out."""
    for name, (system, thresholds) in SYSTEMS.items():
        chosen = max(thresholds, key=lambda t: b_cubed(system(tune, t), tune.gold)[2])
        begun = time.process_time()
        found = [system(mixed, chosen) for mixed in held]
        seconds = (time.process_time() - begun) / len(held)
        scores = np.mean(
            [
                [*b_cubed(f, m.gold), *pairwise(f, m.gold), len(set(f)), len(set(m.gold))]
                for f, m in zip(found, held, strict=True)
            ],
            axis=0,
        )
        cells = " | ".join(f"{100 * x:.1f}" for x in scores[:6])
        stories = f"{scores[6]:.0f} of {scores[7]:.0f}"
        yield f"| {name} ({chosen:g}) | {cells} | {stories} | {seconds:.2f} |"


# --- growth --------------------------------------------------------------------------------------


class _Known:
    """The vectors of sentences that are known: synthetic articles repeat them."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(self._vectors) > _KNOWN:
            self._vectors.clear()  # else the memory that is measured would be mostly this
        new = [t for t in texts if t not in self._vectors]
        for text, vector in zip(new, self._encoder.encode(new), strict=True):
            self._vectors[text] = vector
        return np.stack([self._vectors[t] for t in texts])


def synthetic(
    stories: Sequence[Story], n: int, seed: int, each: int | None = None
) -> Iterator[Article]:
    """`n` articles made of the sentences of others: each of one story's, and one of another's.

    They are no news: they only have the words, lengths and likenesses that take time.
    each: articles that tell of one story, on average, however many there are, and near each other
    as news are: where the stories given are too few for that, they come again in other words.
    None: the stories given are all, told of anywhere, so that they grow with `n`.
    """
    chance = random.Random(seed)
    pool = [[line for a in s.articles for line in _lines(a.text)] for s in stories]
    titles = [[a.title or "" for a in s.articles] for s in stories]
    words = _OtherWords(line for lines in (*pool, *titles) for line in lines)
    events = len(stories) if each is None else max(1, n // each)
    for number in range(n):
        event = chance.randrange(min(events, _LIVE) if each else events)
        if each:
            event = (event + number // each) % events
        again, k = divmod(event, len(stories))
        own = chance.sample(pool[k], min(len(pool[k]), chance.randint(2, 4)))
        text = " ".join(words.said(line, again) for line in own)
        stray = chance.randrange(min(events, len(stories)))
        text += " " + words.said(chance.choice(pool[stray]), again)
        title = words.said(chance.choice(titles[k]), again)
        yield Article(id=f"x{number}", title=title, text=text)


class _OtherWords:
    """A story told again as another: every longer word stands for one about as frequent.

    So the number of words, and how often each one stands, are those of the stories given.
    """

    _WORD = re.compile(r"[A-Za-z]{4,}")
    _ALIKE = 64  # words of neighbouring rank, any of which may stand for any other

    def __init__(self, lines: Iterable[str]) -> None:
        counts = Counter(w for line in lines for w in self._WORD.findall(line))
        self._ranked = sorted(counts, key=lambda w: (w[0].islower(), -counts[w], w))
        self._tables: dict[int, dict[str, str]] = {}

    def said(self, line: str, again: int) -> str:
        """The line as it is told the `again`-th time; at time 0 as it is."""
        if not again:
            return line
        if again not in self._tables:
            self._tables[again] = self._table(random.Random(again))
        table = self._tables[again]
        return self._WORD.sub(lambda found: table[found[0]], line)

    def _table(self, chance: random.Random) -> dict[str, str]:
        table: dict[str, str] = {}
        for start in range(0, len(self._ranked), self._ALIKE):
            block = self._ranked[start : start + self._ALIKE]
            table.update(zip(block, chance.sample(block, len(block)), strict=True))
        return table


def _lines(text: str) -> list[str]:
    import nupunkt

    return [text[start:end] for start, end in nupunkt.sent_spans(text)]


def growth(
    stories: Sequence[Story], sizes: Sequence[int], encoder: Encoder, each: int | None
) -> Iterator[str]:
    """Processor seconds and peak memory for more and more synthetic articles."""
    known = _Known(encoder)
    seconds = []
    for n in sorted(sizes):
        articles = list(synthetic(stories, n, seed=n, each=each))
        begun = time.process_time()
        placed = [Placed(*m) for m in represent(articles, known, Config()) if m is not None]
        read = time.process_time() - begun
        begun = time.process_time()
        found = Counter(cluster(placed, Config()))
        seconds.append(time.process_time() - begun)
        yield (
            f"| {n:,} | {read:.1f} | {seconds[-1]:.1f} | {1e3 * seconds[-1] / n:.2f} | "
            f"{len(found):,} | {max(found.values())} | {peak_mib():.0f} |"
        )
    if len(seconds) > 1:
        yield f"exponent of clustering: {exponent(sorted(sizes), seconds):.2f}"


# --- disagreements -------------------------------------------------------------------------------


def disagreements(mixed: Mixed, n: int, seed: int) -> Iterator[str]:
    """Pairs that we put together and the labels do not, or the other way round, drawn by chance."""
    found = ours(mixed, Config().linkage.join)
    by: dict[str, dict[int, list[int]]] = {"ours": defaultdict(list), "theirs": defaultdict(list)}
    for i, (f, g) in enumerate(zip(found, mixed.gold, strict=True)):
        by["ours"][f].append(i)
        by["theirs"][g].append(i)
    pairs = {
        (i, j)
        for groups in by.values()
        for group in groups.values()
        for i in group
        for j in group
        if i < j and (found[i] == found[j]) != (mixed.gold[i] == mixed.gold[j])
    }
    for i, j in random.Random(seed).sample(sorted(pairs), min(n, len(pairs))):
        yield "joined by us" if found[i] == found[j] else "joined by the labels"
        for k in (i, j):
            a = mixed.articles[k]
            yield f"    {a.id}: {a.title} | {a.text[:300]}"


def main() -> None:
    """Print the table, the growth or the disagreements."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clusters", description=__doc__)
    parser.add_argument("stories", type=Path)
    parser.add_argument("-n", type=int, default=1000, help="articles that are mixed (1000)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[5, 6])
    parser.add_argument("--alone", type=float, default=0.0, help="share of stories cut to one (0)")
    parser.add_argument("--sizes", type=int, nargs="+", help="growth instead, over so many")
    parser.add_argument("--each", type=int, help="articles a story, in growth: so many always")
    parser.add_argument("--show", type=int, help="so many disagreements instead")
    parser.add_argument("--hashed", action="store_true", help="vectors by hashing: for time alone")
    parser.add_argument("--threads", type=int)
    asked = parser.parse_args()
    if asked.each is not None and asked.each < 1:
        parser.error(f"--each is {asked.each}; give at least 1")
    with asked.stories.open(encoding="utf-8") as file:
        stories = [Story.model_validate_json(line) for line in file]
    encoder = HashEncoder(384) if asked.hashed else load_encoder(threads=asked.threads)
    if asked.sizes:
        print("| articles | s to read | s to cluster | ms each | stories | largest | peak MiB |")
        print("|---|---|---|---|---|---|---|")
        for row in growth(stories, asked.sizes, encoder, asked.each):
            print(row, flush=True)
        return

    def mixed(own: Sequence[Story], seed: int) -> Mixed:
        return mix(thinned(own, asked.alone, seed), asked.n, seed, encoder)

    held = [mixed(stories[1::2], seed) for seed in asked.seeds]
    if asked.show:
        for line in disagreements(held[0], asked.show, seed=1):
            print(line)
        return
    print("| system (threshold) | B³ P | R | F1 | pairs P | R | F1 | stories | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in compare(mixed(stories[0::2], 9), held):
        print(row, flush=True)


if __name__ == "__main__":
    main()
