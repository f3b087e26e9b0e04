"""Draws the files that the shipped reader was trained on, in this order, one after the other.

    python -m benchmarks.reader_data general ENTAILMENT.jsonl -o general.jsonl
    python -m summarizer.training.reader_pairs NEUS.jsonl FUSIONS.jsonl hard.jsonl
    python -m benchmarks.reader_data hard hard.jsonl general.jsonl -o mixed.jsonl
    python -m benchmarks.reader_data written tests/data/written_cases.jsonl -o written.jsonl
    python -m benchmarks.reader_data elsewhere NEUS.jsonl tests/data/written_cases.jsonl -o E.jsonl
    python -m benchmarks.reader_data last E.jsonl written.jsonl hard.jsonl general.jsonl -o D.jsonl

Then `summarizer train reader general.jsonl -o A`, `… mixed.jsonl -o B --from A --rate 2.5e-4`,
`… written.jsonl -o C --from B --rate 2e-4`, `… D.jsonl -o D --from C --rate 1.5e-4`, and the mean
of C and D by benchmarks.reader_mean. Seeded; nothing is trained here.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.nlp.words import content
from summarizer.schema import Article
from summarizer.text.sentences import split

Row = dict[str, Any]

GENERAL = {
    "mnli": 17_000, "snli": 2_500, "breaking": 2_500, "conjnli": 5_500, "negation": 3_500,
    "factuality": 1_800, "veridicality": 1_200, "mpe": 1_500, "commitment_bank": 300,
    "rte": 2_600, "scitail": 1_500,
}  # fmt: skip
"""Pairs of each source; news is nearest to mnli, and the smaller ones teach one thing each."""

MOST_WORDS = 140  # of evidence and sentence of a general pair; of a hard one 100
KEPT = ("mnli", "rte", "negation", "scitail", "conjnli", "commitment_bank", "factuality", "snli",
        "breaking")  # fmt: skip
GENERAL_KEPT = ("mnli", "rte", "negation", "scitail", "conjnli", "commitment_bank", "factuality")
CAPS = {
    "copy": 350, "fixed_phrase": 600, "synonyms_many": 900, "synonym": 800, "drop_detail": 900,
    "shorter_name": 500, "date_form": 500, "number_form": 800, "move_speaker": 700, "broader": 700,
}  # fmt: skip
"""Most pairs of a true kind; 700 of others, 330 of a false one."""


def rows_of(path: Path) -> list[Row]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _words(row: Row) -> int:
    evidence = row["evidence"]
    text = evidence if isinstance(evidence, str) else " ".join(evidence)
    return len(text.split()) + len(str(row["sentence"]).split())


def general(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """Entailment pairs of each source; "neutral" of veridicality and factuality is not entailed."""
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if _words(row) > MOST_WORDS + 40:
            continue
        if row["source"] in ("veridicality", "factuality") and row["label"] == "neutral":
            row = row | {"label": "not_entailed"}
        by_source[row["source"]].append(row)
    chosen = []
    for source, n in GENERAL.items():
        rng.shuffle(by_source[source])
        chosen += by_source[source][:n]
    rng.shuffle(chosen)
    return chosen


def mixed(hard: Sequence[Row], general_: Sequence[Row], rng: random.Random) -> list[Row]:
    """17,000 or so short hard pairs, no kind too many, and 7,000 general ones."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in hard:
        if _words(row) <= 100:
            by_kind[row["kind"]].append(row)
    chosen = []
    for kind, rows in by_kind.items():
        rng.shuffle(rows)
        most = 700 if rows[0]["label"] == "entailment" else 330
        chosen += rows[: CAPS.get(kind, most)]
    kept = [row | {"kind": row["source"]} for row in general_ if row["source"] in KEPT]
    rng.shuffle(kept)
    chosen += kept[:7_000]
    rng.shuffle(chosen)
    return chosen[:24_000]


MOST_EVIDENCE = 8
"""Source sentences of a pair: more than a citation has, as many as a page or a text can."""

ELSEWHERE = 2_500  # pairs
_TOGETHER, _ONE = 0.6, 0.4
"""Shares of a sentence's content words, from which all its evidence, or one sentence of it, may
carry it."""

CLEAR = frozenset({"event", "role", "number", "negation", "comparison", "date", "quantifier",
                   "bound", "order", "number_binding", "unit"})  # fmt: skip
"""Kinds of false cases that the sources contradict; of others it is only sure that they do not
carry them."""


def written(stories: Sequence[Row], rng: random.Random, *, held_out: bool) -> list[Row]:
    """Cases that people wrote, with evidence of one to eight sentences of their story.

    held_out: the stories kept aside, or all others. A case has the sentences that it needs and
    the most similar ones that it does not need, in any order; of half of the true ones that need
    several, one more pair lacks one of these.
    """
    chosen: list[Row] = []
    for story in stories:
        if story["held_out"] != held_out:
            continue
        texts = [source["text"] for source in story["sources"]]
        for case in story["cases"]:
            needs = list(dict.fromkeys(case["needs"]))
            chosen += _case(case, texts, needs, rng.randint(0, MOST_EVIDENCE - 1), rng)
            if case["label"] == "entailment" and len(needs) > 1 and rng.random() < 0.5:
                gone = rng.choice(needs)
                left = [i for i in needs if i != gone]
                case = case | {"label": "neutral", "kind": "needed_removed", "wrong": ""}
                known = [text for i, text in enumerate(texts) if i != gone]
                kept = [known.index(texts[i]) for i in left]
                chosen += _case(case, known, kept, rng.randint(0, MOST_EVIDENCE - 3), rng)
    rng.shuffle(chosen)
    return chosen


def _case(
    case: Row, texts: Sequence[str], needs: Sequence[int], strangers: int, rng: random.Random
) -> list[Row]:
    words = set(str(case["sentence"]).lower().split())
    rows = list(needs)[:5]
    others = sorted(
        (i for i in range(len(texts)) if i not in rows),
        key=lambda i: -len(words & set(texts[i].lower().split())),
    )
    rows += others[: min(strangers, MOST_EVIDENCE - len(rows))]
    if not rows:
        return []
    rng.shuffle(rows)
    label, wrong = case["label"], case["wrong"]
    if label != "entailment" and not (label == "contradiction" and case["kind"] in CLEAR):
        label = "not_entailed"
    row = {"evidence": [texts[i] for i in rows], "sentence": case["sentence"], "label": label}
    at = case["sentence"].find(wrong) if wrong else -1
    if label == "entailment" or at >= 0:
        row["spans"] = [] if label == "entailment" else [[at, at + len(wrong)]]
    return [row | {"kind": case["kind"], "source": "written"}]


def not_carrying(sentence: str, texts: Sequence[str], n: int) -> list[str]:
    """Of a story's sentences at most `n` that do not carry one of them, the most similar first.

    None where the sentence says too little, or where all of these together might carry it.
    """
    words = content(sentence)
    if not 8 <= len(sentence.split()) <= 45 or len(words) < 4:
        return []
    share = {t: len(words & content(t)) / len(words) for t in texts if t != sentence}
    near = sorted((t for t in share if share[t] < _ONE), key=lambda t: -share[t])[:n]
    known = frozenset[str]().union(*map(content, near))
    return near if len(words & known) < _TOGETHER * len(words) else []


def elsewhere(stories: Sequence[Sequence[str]], n: int, rng: random.Random) -> list[Row]:
    """Pairs of a sentence of a story and other ones of it that do not carry it.

    stories: the sentences of each. What an article tells in another place is true, likely, in its
    words and on its topic, and still not what these sentences say. n: pairs, of random stories.
    """
    chosen: list[Row] = []
    while len(chosen) < n:
        texts = rng.choice(stories)
        sentence = rng.choice(texts)
        evidence = not_carrying(sentence, texts, rng.randint(1, MOST_EVIDENCE))
        if evidence:
            rng.shuffle(evidence)
            row = {"evidence": evidence, "sentence": sentence, "label": "not_entailed"}
            chosen.append(row | {"kind": "elsewhere", "source": "written"})
    return chosen


def last(found: Sequence[Sequence[Row]], rng: random.Random) -> list[Row]:
    """The last run's pairs: from elsewhere, and of each earlier kind enough not to forget it.

    found: rows from elsewhere, written, hard and general, in this order.
    """
    far, cases, hard, general_ = found
    kept = [row | {"kind": row["source"]} for row in general_ if row["source"] in GENERAL_KEPT]
    short = [row for row in hard if _words(row) <= 110]
    parts = [(cases, 3_400), (far, 1_900), (short, 1_300), (kept, 700)]
    chosen = [row for rows, n in parts for row in rng.sample(rows, min(n, len(rows)))]
    rng.shuffle(chosen)
    return chosen


def sentences_of(story: Row) -> list[str]:
    """The sentences of a story: of its articles' texts, or its sources as they stand."""
    if "sources" in story:
        return [source["text"] for source in story["sources"]]
    articles = [Article(text=a["text"]) for a in story["articles"]]
    return [s.text for a in articles for s in split(a, ()) if s.field == "text"]


def main() -> None:
    """Write one of the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", choices=("general", "hard", "written", "written-held-out", "elsewhere", "last")
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(11)
    found = [rows_of(path) for path in args.files]
    if args.what == "general":
        chosen = general(found[0], rng)
    elif args.what == "hard":
        chosen = mixed(found[0], found[1], rng)
    elif args.what == "last":
        chosen = last(found, rng)
    elif args.what == "elsewhere":
        kept = [sentences_of(s) for rows in found for s in rows if not s.get("held_out")]
        chosen = elsewhere([s for s in kept if len(s) > 2], ELSEWHERE, rng)
    else:
        chosen = written(found[0], rng, held_out=args.what == "written-held-out")
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in chosen)
    args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{args.out}: {len(chosen)} pairs")


if __name__ == "__main__":
    main()
