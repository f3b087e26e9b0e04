"""Training pairs for the entailment reader: evidence, a sentence, whether it is carried.

True sentences come from `true_rewrites`, false ones from `false_edits`; both start from sentences
that their evidence carries. Nothing here trains.

    python -m summarizer.training.reader_pairs STORIES FUSIONS OUT [--lines N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.nlp import Parsed, parse
from summarizer.outputs.files import Output
from summarizer.training.false_edits import KINDS as FALSE_KINDS
from summarizer.training.false_edits import Edit, Vocabulary, false_edits
from summarizer.training.true_bases import WORD, Base, Read, bases
from summarizer.training.true_rewrites import true_rewrites
from summarizer.types import Progress, silent

HELD_OUT_KINDS = frozenset(
    {"order_exchanged", "quantifier_changed", "unit_changed", "nominal", "to_active"}
)
"""Kinds that no training line has, true and false: what a reader does on them is measured."""

LARGEST = 0.06
"""The largest share of a file that one kind may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One training line; the fields are those of the file.

    spans: half-open code points of `sentence` at fault; None if not known. story: where it is from,
    for dividing; it is not written.
    """

    evidence: tuple[str, ...]
    sentence: str
    label: str
    kind: str
    spans: tuple[tuple[int, int], ...] | None
    story: str

    def row(self) -> dict[str, Any]:
        """The line as it stands in a file."""
        return {
            "evidence": list(self.evidence),
            "sentence": self.sentence,
            "label": self.label,
            "kind": self.kind,
            "source": "hard",
            "spans": None if self.spans is None else [list(span) for span in self.spans],
        }


@dataclass
class Division:
    """Lines by what they are for."""

    train: list[Line] = field(default_factory=list)
    dev: list[Line] = field(default_factory=list)
    held_out_kinds: list[Line] = field(default_factory=list)


def lines(
    found: Sequence[Base],
    rng: random.Random,
    read: Read = parse,
    told: Progress = silent,
    enough: int = 900,
) -> list[Line]:
    """All lines that bases give: true as they stand, rewritten once and twice; false of each.

    told: called with what is done, how far, of how many. enough: false lines of a kind after which
    no more are made, of sentences as they stand and again of rewritten ones.
    """
    vocabulary = Vocabulary.of([p for base in found for p in (base.sentence, *base.evidence)])
    donors = [rng.choice(found).sentence for _ in range(2000)]
    out: list[Line] = []
    counts: Counter[tuple[bool, str]] = Counter()

    def false_of(base: Base, sentence: Parsed, *, rewritten: bool) -> None:
        kinds = [k for k in FALSE_KINDS if counts[rewritten, k] < enough]
        kinds = [k for k in kinds if not (rewritten and k in HELD_OUT_KINDS)]
        for edit in false_edits(
            sentence, base.evidence, rng, donors, vocabulary=vocabulary, kinds=kinds, each=1
        ):
            counts[rewritten, edit.kind] += 1
            out.append(_false(base, edit))

    second: list[tuple[Base, str]] = []
    for n, base in enumerate(found):
        out.append(_true(base, base.sentence.text, base.kind))
        made = true_rewrites(base.sentence, base.evidence, rng, each=1)
        out += [_true(base, r.text, r.kind) for r in made]
        fit = [r.text for r in made if r.kind not in HELD_OUT_KINDS and len(r.text.split()) < 45]
        second += [(base, text) for text in rng.sample(fit, min(1, len(fit)))]
        false_of(base, base.sentence, rewritten=False)
        if n % 200 == 0:
            told("bases", n, len(found))
    again = read([text for _, text in second])
    for n, ((base, _), parsed) in enumerate(zip(second, again, strict=True)):
        for r in true_rewrites(parsed, base.evidence, rng, each=1):
            if r.kind not in HELD_OUT_KINDS:
                out.append(_true(base, r.text, r.kind))
        false_of(base, parsed, rewritten=True)
        if n % 200 == 0:
            told("rewritten", n, len(second))
    return _without_clashes(out)


def _true(base: Base, text: str, kind: str) -> Line:
    return Line(tuple(e.text for e in base.evidence), text, "entailment", kind, (), base.story)


def _false(base: Base, edit: Edit) -> Line:
    evidence = edit.evidence or tuple(e.text for e in base.evidence)
    return Line(evidence, edit.text, edit.label, edit.kind, edit.spans or None, base.story)


def _without_clashes(made: Sequence[Line]) -> list[Line]:
    """Each pair once; no false line whose sentence is called true elsewhere or is its evidence."""

    def plain(text: str) -> str:
        return " ".join(WORD.findall(text.lower()))

    true = {(plain(m.sentence), frozenset(m.evidence)) for m in made if m.label == "entailment"}
    seen: set[tuple[str, frozenset[str]]] = set()
    out = []
    for line in made:
        key = (plain(line.sentence), frozenset(line.evidence))
        false = line.label != "entailment"
        if key in seen or (false and (key in true or key[0] in map(plain, line.evidence))):
            continue
        seen.add(key)
        out.append(line)
    return out


def levelled(made: Sequence[Line], size: int, largest: int, rng: random.Random) -> list[Line]:
    """At most `size` lines, as many of each kind as may be and none more than `largest`."""
    by_kind: dict[str, list[Line]] = defaultdict(list)
    for line in made:
        by_kind[line.kind].append(line)
    for group in by_kind.values():
        rng.shuffle(group)
    level = largest
    while level > 1 and sum(min(level, len(g)) for g in by_kind.values()) > size:
        level -= 1
    return [line for kind in sorted(by_kind) for line in by_kind[kind][:level]]


def divided(made: Sequence[Line], size: int, rng: random.Random, dev: int = 1500) -> Division:
    """Lines for training, half of them true; for development, of other stories; of rare kinds."""
    stories = sorted({line.story for line in made})
    rng.shuffle(stories)
    apart = set(stories[: max(1, len(stories) // 12)])
    out = Division()

    def half(rows: Sequence[Line], n: int) -> list[Line]:
        true = [r for r in rows if r.label == "entailment"]
        false = [r for r in rows if r.label != "entailment"]
        each = [levelled(part, n // 2, int(LARGEST * n), rng) for part in (true, false)]
        both = [*each[0], *each[1]]
        rng.shuffle(both)
        return both

    usual = [m for m in made if m.kind not in HELD_OUT_KINDS]
    out.train = half([m for m in usual if m.story not in apart], size)
    out.dev = half([m for m in usual if m.story in apart], dev)
    rare = [m for m in made if m.kind in HELD_OUT_KINDS and m.story in apart]
    more = [m for m in made if m.kind in HELD_OUT_KINDS and m.story not in apart]
    out.held_out_kinds = levelled([*rare, *more], 5 * 500, 500, rng)
    return out


def write(path: Path, made: Iterable[Line]) -> None:
    """Write lines, one a row of JSON, and put the file in place at once. Raises BadOutput."""
    with Output(path) as out:
        for line in made:
            out.write(json.dumps(line.row(), ensure_ascii=False) + "\n")


def main(argv: Sequence[str] | None = None, read: Read = parse) -> int:
    """Make OUT, and beside it OUT_dev and OUT_heldout_kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories_file", type=Path)
    parser.add_argument("fusions_file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--stories", type=int, default=1500)
    parser.add_argument("--per-story", type=int, default=6)
    parser.add_argument("--lines", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(argv)
    rng = random.Random(args.seed)  # noqa: S311 - not a secret

    def rows(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def told(what: str, done: int, of: int) -> None:
        sys.stderr.write(f"{what}: {done} of {of}\n")

    stories = rows(args.stories_file)[: args.stories]
    found = bases(stories, rows(args.fusions_file), rng, read, args.per_story)
    made = divided(lines(found, rng, read, told), args.lines, rng)
    out: Path = args.out
    write(out, made.train)
    write(out.with_name(f"{out.stem}_dev.jsonl"), made.dev)
    write(out.with_name(f"{out.stem}_heldout_kinds.jsonl"), made.held_out_kinds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
