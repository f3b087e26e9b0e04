"""What the sources say of one, said of another: every word is theirs, but not its bearer.

"Lyle, 72, and Strake, 68" where the sources have "Strake, who was 72, and Lyle, 68", or "Lyle, 72"
alone. What belongs to whom is read from how near two words stand in the parse tree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, permutations, product
from typing import NamedTuple

from summarizer.nlp import Parsed
from summarizer.nlp.antecedents import is_person
from summarizer.nlp.clauses import SUBJECTS, children
from summarizer.types import Finding

_WORD = 0.2
"""Weight of a word between two beside a step in the tree, up to `_MOST_WORDS` words."""
_MOST_WORDS = 20
_MOST_NAMES = 60
"""Names of a sentence from which it is a list or a text: each two are compared."""
_APART = 12.0
"""The distance of two words that no sentence has together."""
_LEAN = 0.5
"""How much nearer a word must be to its name than to the other."""
_TOGETHER = 2.0
"""The same of both words that are exchanged, together."""
_FAR = 10.0
"""Distance from which a word belongs to no name."""
_FAR_NUMBERS = 6.0
"""Distance from which a number that stands alone belongs to no name."""
_FAR_THINGS = 3.5
"""The same of adjectives and of nouns that are no persons: only what describes a name is its."""

_YEAR = re.compile(r"1\d{3}|20\d\d")
_PLAIN = frozenset({
    "day", "dr", "first", "last", "month", "mr", "mrs", "ms", "new", "one", "other", "people",
    "time", "week", "year",
})  # fmt: skip
"""Words that stand beside anything."""
_SORTS = {"PERSON": "person", **dict.fromkeys(("ORG", "GPE", "LOC", "FAC"), "no person")}
_TIMES = frozenset({"DATE", "TIME"})


class _Word(NamedTuple):
    """A name, number, noun or adjective. at: the token that stands for it in the tree.

    kind: "name", "number" or "word". sort: what of its kind it is, "" where that is not known.
    """

    token: int
    at: int
    kind: str
    sort: str


_Words = Mapping[str, Sequence[_Word]]

_Near = Mapping[tuple[str, str], float]
"""How far two words are apart, by their forms."""


def exchanged(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """The first word that the sources say of another name ("exchanged.words").

    Two words have changed places between two names; or a name was given the number or post of
    another, where the sources have one of its own for it.
    """
    own, theirs = _words(sentence), [_words(source) for source in sources]
    lone = (_borrowed(sentence, own, p, w) for p, w in zip(sources, theirs, strict=True))
    tried = chain([_swapped(sentence, own, sources, theirs)], lone, [_retitled(sentence, sources)])
    found = next((f for f in tried if f is not None), None)
    if found is not None:
        word, name = found
        token = sentence.tokens[own[word][0].token]
        told = f"The sources say “{token.text}” of “{name}”."
        yield Finding("exchanged.words", "role", token.start, token.end, told)


def _swapped(
    sentence: Parsed, own: _Words, sources: Sequence[Parsed], theirs: Sequence[_Words]
) -> tuple[str, str] | None:
    """A word that changes places with another between two names, and whose it is in the sources.

    In the sentence the one is nearer to the first name and the other to the second, in the sources
    the other way round. Names are of one sort, and so are the words, as far as the parse tells.
    """
    known = [w for w in own if any(w in words for words in theirs)]
    kinds = {w: _kind(w, (own, *theirs)) for w in known}
    names = [w for w in known if kinds[w] == "name"]
    if not 2 <= len(names) <= _MOST_NAMES or len(known) < 4:
        return None
    sorts = {w: {x.sort for words in (own, *theirs) for x in words.get(w, ())} for w in known}
    here = _distances([sentence], names, known)
    there = _distances(sources, names, known)
    for a, b in permutations(names, 2):
        if not (here[a, b] and there[a, b] and _alike(sorts[a], sorts[b])):
            continue
        rest = [w for w in known if w not in (a, b)]
        turned = (w for w in rest if _turned(here, there, a, b, w) and sorts[w] == {"thing"})
        if (turn := next(turned, None)) is not None:
            return turn, _first(sentence, own, b)
        moved = [w for w in rest if _leans(here, a, b, w) and _leans(there, b, a, w)]
        back = [w for w in rest if _leans(here, b, a, w) and _leans(there, a, b, w)]
        for x, y in product(moved, back):
            numbers = "number" in (kinds[x], kinds[y])
            if (numbers and kinds[x] != kinds[y]) or not _alike(sorts[x], sorts[y]):
                continue
            things = "word" in (kinds[x], kinds[y]) and "person" not in sorts[x] & sorts[y]
            far = _FAR_THINGS if things else _FAR
            if max(here[a, x], here[b, y], there[b, x], there[a, y]) > far:
                continue
            if min(_gain(here, (a, b), (x, y)), _gain(there, (b, a), (x, y))) >= _TOGETHER:
                return x, _first(sentence, own, b)
    return None


def _borrowed(
    sentence: Parsed, own: _Words, source: Parsed, theirs: _Words
) -> tuple[str, str] | None:
    """A number that one source sentence gives to another name, and that name.

    It gives the name of the sentence another number of the same sort, which the sentence has not.
    """
    numbers = [w for w, found in theirs.items() if found[0].kind == "number" and len(found) == 1]
    names = [w for w, found in theirs.items() if found[0].kind == "name" and len(found) == 1]
    moved = [x for x in numbers if len(own.get(x, ())) == 1]
    bearers = [a for a in names if a in own]
    if not moved or not bearers or not 2 <= len(names) <= _MOST_NAMES:
        return None
    here = _distances([sentence], names, moved)
    there = _distances([source], names, numbers)
    for a, b, x, y in product(bearers, names, moved, numbers):
        if y in own or theirs[a][0].at == theirs[b][0].at or here[a, x] > _FAR_NUMBERS:
            continue
        if (theirs[x][0].sort, theirs[a][0].sort) != (theirs[y][0].sort, theirs[b][0].sort):
            continue
        nearer = b in own and here[b, x] - here[a, x] < _LEAN
        if not nearer and _gain(there, (b, a), (x, y)) >= _TOGETHER:
            return x, _first(source, theirs, b)
    return None


def _retitled(sentence: Parsed, sources: Sequence[Parsed]) -> tuple[str, str] | None:
    """What a name is called that the sources call only another, and that name as they have it."""
    theirs = {pair: name for source in sources for pair, name in _titles(source).items()}
    for bearer, noun in _titles(sentence):
        others = [name for (b, n), name in theirs.items() if n == noun and b != bearer]
        called = any(b == bearer for b, _ in theirs)
        if called and others and (bearer, noun) not in theirs:
            return noun, others[0]
    return None


def _titles(parsed: Parsed) -> Mapping[tuple[str, str], str]:
    """The nouns by which names are directly called somebody: "Falk, a nurse", "nurse Ada Falk".

    By the form of the name and the noun's lemma: the name as written.
    """
    tokens, found = parsed.tokens, {}
    for t in tokens:
        at = t.head
        if t.dep == "attr" and not children(parsed, at, "neg"):
            at = next(iter(children(parsed, at, *SUBJECTS)), at)
        while t.dep == "appos" and tokens[at].dep == "appos":
            at = tokens[at].head
        linked = t.dep in ("appos", "compound", "attr")
        if linked and t.pos == "NOUN" and tokens[at].pos == "PROPN" and is_person(t.lemma):
            found[tokens[at].lower, t.lemma] = tokens[at].text
    return found


def _first(parsed: Parsed, words: _Words, form: str) -> str:
    """A word as it is first written."""
    return parsed.tokens[words[form][0].token].text


def _gain(near: _Near, names: tuple[str, str], words: tuple[str, str]) -> float:
    """How much nearer two words are to two names, each to its own, than the other way round."""
    (a, b), (x, y) = names, words
    return near[b, x] + near[a, y] - near[a, x] - near[b, y]


def _turned(here: _Near, there: _Near, a: str, b: str, word: str) -> bool:
    """Whether a word between two names is turned round: "Lund, a branch of Orr" for the reverse."""
    between = max(near[name, word] for near in (here, there) for name in (a, b))
    return between <= _FAR_THINGS and _leans(here, a, b, word) and _leans(there, b, a, word)


def _leans(near: _Near, to: str, other: str, word: str) -> bool:
    return near[other, word] - near[to, word] >= _LEAN


def _alike(one: set[str], other: set[str]) -> bool:
    """Whether two may be of one sort; nobody knows of every name what it is."""
    return one == {""} or other == {""} or bool((one & other) - {""})


def _kind(word: str, read: Sequence[_Words]) -> str:
    """A number where it is one anywhere, a name only where it is one everywhere."""
    kinds = {x.kind for words in read for x in words.get(word, ())}
    if "number" in kinds:
        return "number"
    return "name" if kinds == {"name"} else "word"


@lru_cache(4096)
def _words(parsed: Parsed) -> _Words:
    """Each word that can be exchanged or bear one, by its form; times are none but for numbers."""
    tokens = parsed.tokens
    found: dict[str, list[_Word]] = defaultdict(list)
    for i, t in enumerate(tokens):
        named = (
            t.pos == "PROPN"
            or (t.pos == "NOUN" and t.entity in _SORTS and t.text[0].isupper())
            or (
                t.pos == "NUM"  # "Channel Six"
                and any(
                    tokens[c].pos == "PROPN" and tokens[c].dep == "compound"
                    for c in parsed.children[i]
                )
            )
        )
        form = t.lower if named else t.lemma
        if form in _PLAIN or not any(c.isalnum() for c in form):
            continue
        if t.entity in _TIMES and t.pos != "NUM":
            continue
        if named:
            found[form].append(_Word(i, _head(parsed, i), "name", _SORTS.get(t.entity, "")))
        elif t.pos == "NUM":
            found[form].append(_Word(i, i, "number", "year" if _YEAR.fullmatch(form) else t.entity))
        elif t.pos in ("NOUN", "ADJ"):
            thing = "thing" if t.pos == "NOUN" else "quality"
            found[form].append(_Word(i, i, "word", "person" if is_person(form) else thing))
    return found


def _head(parsed: Parsed, i: int) -> int:
    """The last token of a name."""
    tokens = parsed.tokens
    while tokens[i].dep == "compound" and tokens[tokens[i].head].pos == "PROPN":
        i = tokens[i].head
    return i


def _distances(parses: Sequence[Parsed], names: Sequence[str], words: Sequence[str]) -> _Near:
    """How far each word is from each name where they are nearest, 0 where they are one name."""
    near: dict[tuple[str, str], float] = defaultdict(lambda: _APART)
    for parsed in parses:
        found = _words(parsed)
        at = {w.at for form in (*names, *words) for w in found.get(form, ())}
        above = {i: (i, *parsed.above(i)) for i in at}
        for name in names:
            for form in words:
                for one in found.get(name, ()):
                    for other in found.get(form, ()):
                        far = _distance(above, one.at, other.at)
                        near[name, form] = min(near[name, form], far)
    return near


def _distance(above: Mapping[int, Sequence[int]], i: int, j: int) -> float:
    if i == j:
        return 0.0
    steps = {head: n for n, head in enumerate(above[j])}
    meet = next((n + steps[head] for n, head in enumerate(above[i]) if head in steps), None)
    return _APART if meet is None else meet + _WORD * min(abs(i - j), _MOST_WORDS)
