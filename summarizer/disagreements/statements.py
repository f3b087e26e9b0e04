"""A source sentence as `disagreements` reads it: its parse, its clauses, who says what.

Reads one sentence and compares words; two sentences are compared in `counts`, `dates`, `names`
and `polarity`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from typing import Any, Generic, TypeVar

from summarizer.nlp import Parsed, parse
from summarizer.nlp.antecedents import named_antecedent
from summarizer.nlp.dates import Date, dates
from summarizer.nlp.entities import Name, names, relation
from summarizer.nlp.frames import Frame, frames
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import listed, table
from summarizer.nlp.quantities import Quantity, quantities
from summarizer.nlp.quotations import quotations
from summarizer.nlp.reported_speech import ReportedSpeech, reported_speech
from summarizer.nlp.speakers import within_sentence
from summarizer.schema import SourceSentence

Word = tuple[str, str]
"""A lemma and its part of speech, names as nouns."""

_CONTENT = {"NOUN": "NOUN", "PROPN": "NOUN", "VERB": "VERB", "ADJ": "ADJ", "ADV": "ADV"}
_OBJECTS = frozenset({"dobj", "acomp", "attr", "oprd"})
_MEETS = frozenset({"same", "synonym", "broader", "narrower", "derived"})


D = TypeVar("D", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Point(Generic[D]):
    """A value that a sentence gives for something.

    first, last: half-open range of the tokens that word it. at: the token that stands for it.
    value: what is compared for equality. keys: what it may be found under. detail: of its kind.
    """

    reading: Reading
    first: int
    last: int
    at: int
    value: Hashable
    keys: tuple[str, ...]
    detail: D

    @property
    def wording(self) -> str:
        """The value as the sentence words it."""
        return self.reading.parsed.cut(range(self.first, self.last))


AnyPoint = Point[Any]
"""A point of any kind."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A source sentence with its parse; row: its place in the story; before: the two before it."""

    row: int
    sentence: SourceSentence
    parsed: Parsed
    before: tuple[str, ...] = ()
    published: datetime | None = None

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Its clauses."""
        return frames(self.parsed)

    @cached_property
    def reports(self) -> tuple[ReportedSpeech, ...]:
        """What it reports somebody to say."""
        return reported_speech(self.parsed)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its figures."""
        return quantities(self.parsed)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names."""
        return names(self.parsed)

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """Its dates and times."""
        return dates(self.parsed)

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return self.published.date() if self.published else None

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens in quotation marks."""
        return frozenset(i for a, b in quotations(self.parsed) for i in range(a, b))

    @cached_property
    def _saying(self) -> frozenset[int]:
        """The tokens that tell who says it, not what is said."""
        return frozenset(i for r in self.reports for i in (r.verb, *r.speaker))

    @cached_property
    def _frame_of(self) -> Mapping[int, int]:
        """Token → index of the frame whose clause it stands in."""
        heads: dict[int, int] = {}
        for n, frame in enumerate(self.frames):
            verb = self.parsed.tokens[frame.predicate].head
            heads.setdefault(frame.predicate, n)
            if self.parsed.tokens[verb].lemma == "be":
                heads.setdefault(verb, n)
        found: dict[int, int] = {}
        for i in range(len(self.parsed.tokens)):
            at, last = i, -1
            while at not in heads and at != last:
                at, last = self.parsed.tokens[at].head, at
            if at in heads:
                found[i] = heads[at]
        return found

    def frame(self, i: int) -> Frame | None:
        """The clause that the token at index `i` stands in, None for one outside of all."""
        n = self._frame_of.get(i)
        return None if n is None else self.frames[n]

    def words(self, indices: Iterable[int]) -> frozenset[Word]:
        """The content words among tokens, without figures, dates and who says it."""
        tokens, out = self.parsed.tokens, self._aside
        return frozenset(
            (tokens[i].lemma, pos)
            for i in indices
            if i not in out and (pos := _CONTENT.get(tokens[i].pos)) and tokens[i].lemma != "be"
        )

    @cached_property
    def _aside(self) -> frozenset[int]:
        spans = [(q.first, q.last) for q in self.quantities if not q.ordinal]
        spans += [(d.first, d.last) for d in self.dates]
        return self._saying | {i for first, last in spans for i in range(first, last)}

    @cached_property
    def content(self) -> frozenset[Word]:
        """The content words of the whole sentence."""
        return self.words(range(len(self.parsed.tokens)))

    def clause(self, i: int) -> frozenset[Word]:
        """The content words of the clause that token `i` stands in, shared arguments included."""
        frame = self.frame(i)
        if frame is None:
            return self.content
        n = self._frame_of[i]
        own = {k for k, m in self._frame_of.items() if m == n}
        own |= {k for a in frame.arguments if a.role != "complement" for k in a.tokens}
        return self.words(own)

    def core(self, frame: Frame, *, inside: bool = False, holding: int | None = None) -> str:
        """A clause as the sentence words it: its subject, its verb and what it is done to.

        inside: as it stands behind "whether" or "when". A verb without object has its first phrase
        that names no day. Nothing that is set off by commas is kept; "" for a clause that has no
        subject of its own before its verb. holding: a token of a clause below that is kept too;
        then the subject may be a pronoun.
        """
        parsed, at = self.parsed, frame.predicate
        tokens = parsed.tokens
        verb = tokens[at].head if tokens[tokens[at].head].lemma == "be" else at
        kept = {at, verb}
        subject = holding is not None
        if holding is not None:
            while self.parsed.tokens[holding].head not in (at, verb):
                holding = tokens[holding].head
            kept |= set(self._plain(holding))
        for c in {*parsed.children[verb], *parsed.children[at]} - {at, verb}:
            dep = tokens[c].dep
            if dep in ("nsubj", "nsubjpass") and c < verb:
                subject = subject or tokens[c].pos != "PRON"
                kept |= set(self._plain(c))
            elif dep in ("aux", "auxpass", "neg", "prt"):
                kept.add(c)
            elif dep in _OBJECTS or c == at:
                kept |= set(self._plain(c))
        if at != verb:
            kept |= set(self._plain(at)) - set(self._plain(verb))
        elif not any(tokens[c].dep in _OBJECTS for c in parsed.children[at]):
            dated = {i for d in self.dates for i in range(d.first, d.last)}
            phrases = (self._plain(c) for c in parsed.children[at] if tokens[c].dep == "prep")
            kept |= set(next((p for p in phrases if p[0] > at and dated.isdisjoint(p)), ()))
        words = parsed.cut(sorted(kept)) if subject else ""
        name = tokens[min(kept)].pos == "PROPN"
        return words if name or not inside else f"{words[:1].lower()}{words[1:]}"

    def nouns(self, words: frozenset[Word], most: int = 3) -> str:
        """Those of the words that are nouns, as the sentence has them: "harbour bridge, town"."""
        runs: list[list[str]] = []
        last = -2
        for i, token in enumerate(self.parsed.tokens):
            if token.pos in ("NOUN", "PROPN") and (token.lemma, "NOUN") in words:
                if i != last + 1:
                    runs.append([])
                runs[-1].append(token.text)
                last = i
        return ", ".join(list(dict.fromkeys(map(" ".join, runs)))[:most])

    def _plain(self, head: int) -> list[int]:
        """The tokens of a phrase up to its first comma behind the head, without its clauses."""
        tokens, below = self.parsed.tokens, self.parsed.subtree(head)
        out: list[int] = []
        for i in below:
            if i > head and (tokens[i].pos == "PUNCT" or tokens[i].dep in ("relcl", "appos")):
                break
            out.append(i)
        return out

    def speaker(self, i: int) -> str | None:
        """Who is said to say what stands at token index `i`, as the text names them.

        A pronoun is named from `before`; None where nobody is named for certain.
        """
        inner = min(
            (r for r in self.reports if i in r.content and r.speaker),
            key=lambda r: len(r.content),
            default=None,
        )
        if inner is None:
            return None
        if self.parsed.tokens[inner.speaker[-1]].pos != "PRON":
            return within_sentence(self.parsed, inner.speaker)
        found = named_antecedent(self.parsed, inner.speaker, parse(self.before))
        return found and found[0].cut(range(found[1].first, found[1].last))

    def others(self, i: int) -> tuple[Name, ...]:
        """The names in the clause of the token at index `i` that do not tell who says it."""
        n = self._frame_of.get(i)
        return tuple(
            x
            for x in self.names
            if self._frame_of.get(x.first) == n and x.last - 1 not in self._saying
        )


cues = partial(listed, "differences", "words")
"""The list of that name of words about values that differ."""


def one_form() -> Mapping[str, str]:
    """A role to the one form of it that is compared."""
    forms: Mapping[str, str] = table("differences")["one_form"]
    return forms


@lru_cache(1 << 15)
def meets(a: Word, b: Word) -> bool:
    """Whether two words may stand for one thing: equal, of one meaning, or one more general."""
    short, long = sorted((a[0], b[0]), key=len)
    if short == long or (a[1] != b[1] and len(short) > 3 and long.startswith(short)):
        return True  # "march" and "marcher"
    return wordnet.relation(*spelled(a), *spelled(b)) in _MEETS


def spelled(word: Word) -> Word:
    """The word as the lexicon writes it: "turn down"."""
    return word[0].replace("_", " "), word[1]


def shared(one: frozenset[Word], other: frozenset[Word]) -> frozenset[Word]:
    """The words of the first set that the second has, as such or by a word of one meaning."""
    return frozenset(a for a in one if a in other or any(meets(a, b) for b in other))


def overlap(one: frozenset[Word], other: frozenset[Word]) -> float:
    """The share of the smaller set's words that the other has too, in [0, 1]; 0 if one is empty."""
    small, large = sorted((one, other), key=len)
    return len(shared(small, large)) / len(small) if small else 0.0


@lru_cache(1 << 15)
def opposite(a: Word, b: Word) -> bool:
    """Whether two words are opposites: "begin" and "end", "first" and "second", "upper"."""
    x, y = spelled(a), spelled(b)
    if x[0] == y[0]:
        return False
    opposed = table("differences")["opposed"]
    if x[0] in opposed.get(y[0], "").split("|") or y[0] in opposed.get(x[0], "").split("|"):
        return True
    short, long = sorted((x[0], y[0]), key=len)
    if any(long == prefix + short for prefix in cues("prefixes")):
        return True  # "armed" and "unarmed"
    return x[1] == y[1] and (
        x[0] in wordnet.opposites(y[0], y[1]) or y[0] in wordnet.opposites(x[0], x[1])
    )


def alike(one: frozenset[Word], other: frozenset[Word], near: float) -> bool:
    """Whether two contexts are of one thing. near: cosine of their sentences.

    The more of the larger one the smaller has, the lower the cosine may be: a name or a
    figure that differs weighs most in the vector of a short sentence.
    """
    both = shared(one, other)
    if not both:
        return False
    small, large = sorted((len(one), len(other)))
    if len(both) >= 0.6 * large:
        return near >= 0.4
    return len(both) >= 0.5 * small and near >= (0.55 if len(both) > 1 else 0.7)


def opposed(one: frozenset[Word], other: frozenset[Word]) -> bool:
    """Whether two contexts hold opposite words or other ranks: then they tell of two things."""
    mine, yours = one - other, other - one
    ranks = cues("ranks")
    told = {w[0] for w in one} ^ {w[0] for w in other}
    if any(w[0] in ranks & told and w[1] == "ADJ" for w in mine | yours):
        return True
    return any(opposite(a, b) for a in mine for b in yours)


def heads(point: AnyPoint) -> dict[str, Word]:
    """Agent and patient of a point's clause by their head words, pronouns and figures left out."""
    reading = point.reading
    frame = reading.frame(point.at)
    found: dict[str, Word] = {}
    for a in frame.arguments if frame else ():
        word = reading.words([a.head])
        if a.role in ("agent", "patient") and word and not point.first <= a.head < point.last:
            found[a.role] = min(word)
    return found


def clash(one: AnyPoint, other: AnyPoint) -> bool:
    """Whether what does it, or what it is done to, is something that the other does not tell of."""
    mine, yours = heads(one), heads(other)
    a, b = one.reading.content, other.reading.content
    return any(
        not shared(frozenset({mine[role]}), b) and not shared(frozenset({yours[role]}), a)
        for role in mine.keys() & yours.keys()
    )


def named_apart(a: Sequence[Name], b: Sequence[Name], x: Reading, y: Reading) -> bool:
    """Whether two clauses name things and neither has one that the other's sentence names."""
    return bool(a and b) and not (
        any(relation(n, m) for n in a for m in y.names)
        or any(relation(n, m) for n in b for m in x.names)
    )
