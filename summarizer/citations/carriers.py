"""Which source sentences to cite for a text: the fewest that carry it, in every article that does.

Whether sentences carry a text is decided by the verifier that is handed in; which are worth asking
about was scored before.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, zip_longest

import numpy as np
from numpy.typing import NDArray

from summarizer.citations.batching import Remembered, Rows, Steps, in_steps
from summarizer.citations.word_coverage import Telling
from summarizer.nlp import parse
from summarizer.schema import SourceSentence, State
from summarizer.types import Asked, Carried, Verdict, Verify

MOST_PAIRS = 12
"""Verdicts that are asked for one text: a reader takes 30 to 60 ms for one on a core."""

PER_ARTICLE = 6
"""Candidates of one article that are looked at, the best."""

LEAST = 0.05
"""Score from which a row is a candidate."""

MOST_ROWS = 4
"""Sentences of several articles that may carry a text together."""

TOGETHER = 0.65
"""Share of a text's words that two sentences must tell before they are tried together."""

JOINED = 0.6
"""The same for sentences of several articles."""

CONFIRMS, SURE = 0.6, 0.65
"""The same for sentences of one article that count as a further source of the text, and the support
that they need: where half of the text is missing, the verdict can still lean to "carried"."""

ALONE = 0.34
"""The same for a sentence alone, unless the screen finds that it carries the text."""

HELPS = 0.5
"""Share of a text's words from which sentences that do not carry it help to."""

PART, HINT = 0.4, 0.25
"""Share of a text's words from which a sentence that does not carry it tells a part of it.

Names do not count: two sentences on the same people need not say the same. The
second is enough where the verdict supports the text by `HINTED`. Where the verdict finds a
counterpart for no clause of the text, the two share a topic or a speaker alone.
"""

HINTED = 0.35
"""Support that counts as a hint; alignment alone gives unrelated sentences up to 0.5."""


def carriers(
    asked: Sequence[Asked],
    verify: Verify,
    screen: Verify | None = None,
    *,
    most: int = MOST_PAIRS,
) -> list[Carried]:
    """Find for each text the smallest set of rows that carries it, and full carriers elsewhere.

    verify: asked once a step for all texts together, at most `most` pairs a text (what is copied
    word for word is free). screen: a quicker verifier that is asked first of every candidate; what
    it says to contradict the text is not cited, and what it finds nearest is verified first.

    A sentence alone is preferred to two of one article, these to several of different articles. Of
    each article that carries the text by itself the fewest sentences that do are cited, at most
    two, its headline only where none of its sentences does. A row that contradicts the text is
    never cited. Where nothing carries the text, no row is.
    """
    judge = verify if isinstance(verify, Remembered) else Remembered(verify)
    parse([t for a in asked for t in (a.text, *(a.sentences[r].text for r in a.rows))])
    shown = [_candidates(a) for a in asked]
    rough = _screened(asked, shown, screen)
    texts = [
        _Text.of(a, rows, found, most) for a, rows, found in zip(asked, shown, rough, strict=True)
    ]
    return in_steps([(text.pair, text.search()) for text in texts], judge)


def candidates(
    scores: NDArray[np.float64], sentences: Sequence[SourceSentence], least: float = LEAST
) -> tuple[int, ...]:
    """The rows that may carry a text, best first: of each article at most the best six.

    scores: (n_sentences,) in [0, 1], as `citations.cite` gives for one text. least: below it a row
    is none; it is far below what is worth citing unseen, as each candidate is verified.
    """
    taken: dict[str, int] = {}
    found = []
    for r in np.argsort(-scores, kind="stable").tolist():
        article = sentences[r].article
        if scores[r] < least or taken.get(article, 0) == PER_ARTICLE:
            continue
        taken[article] = taken.get(article, 0) + 1
        found.append(r)
    return tuple(found)


def _candidates(asked: Asked) -> list[int]:
    """The rows to look at: its own first, then the best of each article, no text twice there."""
    taken: dict[str, dict[str, int]] = {}
    own = () if asked.own is None else (asked.own,)
    rows = (*own, *asked.cited, *asked.rows)
    for r in dict.fromkeys(rows):
        s = asked.sentences[r]
        here = taken.setdefault(s.article, {})
        if len(here) < PER_ARTICLE:
            here.setdefault(s.text, r)
    kept = {*own, *asked.cited, *(r for here in taken.values() for r in here.values())}
    return [r for r in dict.fromkeys(rows) if r in kept]


def _screened(
    asked: Sequence[Asked], shown: Sequence[Sequence[int]], screen: Verify | None
) -> list[dict[int, Verdict]]:
    if screen is None:
        return [{} for _ in asked]
    pairs = [
        (a.text, (a.sentences[r].text,)) for a, rows in zip(asked, shown, strict=True) for r in rows
    ]
    found = iter(screen(pairs))
    return [{r: next(found) for r in rows} for rows in shown]


# --- one text ------------------------------------------------------------------------------------


@dataclass(eq=False, slots=True)
class _Text:
    """One text's search.

    rows: candidates, best first. tells: which of the text's words each tells. left: how many
    verdicts may still be asked. liked: rows that were found to carry it, if only by the screen;
    unfit: rows not to be cited; against: those that contradict it; apart: those that have a
    counterpart for none of its clauses.
    """

    asked: Asked
    rows: tuple[int, ...]
    tells: Telling
    left: int
    verdicts: dict[Rows, Verdict] = field(default_factory=dict)
    supports: dict[int, float] = field(default_factory=dict)
    liked: set[int] = field(default_factory=set)
    unfit: set[int] = field(default_factory=set)
    against: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls, asked: Asked, rows: Sequence[int], rough: Mapping[int, Verdict], most: int
    ) -> _Text:
        """Order candidates: its own first, then what the screen supports, then what tells most."""
        parsed, *held = parse([asked.text, *(asked.sentences[r].text for r in rows)])
        tells = Telling.of(parsed, dict(zip(rows, held, strict=True)))
        place = {r: n for n, r in enumerate(rows)}

        def rank(r: int) -> tuple[bool, bool, float, int]:
            supported = r in rough and rough[r].supported
            return (r != asked.own, not supported, -round(tells.share((r,)), 1), place[r])

        text = cls(asked, tuple(sorted(rows, key=rank)), tells, most)
        for r, verdict in rough.items():
            text.note(r, verdict)
        return text

    def note(self, r: int, verdict: Verdict) -> None:
        """Remember how far a row, judged alone, supports the text, and what it says otherwise."""
        self.supports[r] = verdict.support
        if verdict.supported:
            self.liked.add(r)
        if not verdict.related:
            self.apart.add(r)
        if self.tells.unfit(verdict, r):
            self.unfit.add(r)
        if self.tells.contradicted(verdict, r):
            self.against.add(r)

    def pair(self, rows: Rows) -> tuple[str, tuple[str, ...]]:
        """The text and the evidence at `rows`."""
        return self.asked.text, tuple(self.asked.sentences[r].text for r in rows)

    def search(self) -> Steps[Carried]:
        """Sentences alone, then two of one article or its headline, then several articles."""
        full: dict[str, Rows] = {}
        by_article = self._by_article()
        yield from self._ask(cited := self._cited())
        full |= {self._article(s): s for s in cited if self._carried(s)}
        by_article = {a: rows for a, rows in by_article.items() if a not in full}
        singles = [[(r,) for r in rows if self._may(r)] for rows in by_article.values()]
        for turn in zip_longest(*(s[:2] for s in singles)):
            waiting = [s for s in turn if s is not None and self._article(s) not in full]
            yield from self._ask(waiting)
            full |= {self._article(s): s for s in waiting if self._carried(s)}
        more = [
            s
            for article, rows in by_article.items()
            if article not in full
            for s in self._more(rows)
        ]
        yield from self._ask(more)
        for s in more:
            if self._carried(s):
                full.setdefault(self._article(s), s)
        if full:
            best = min(full.values(), key=self._size)
            return self._result({a: s for a, s in full.items() if self._confirms(s, best)}, best)
        joined = tuple(self._joined())
        grown = [joined[:n] for n in range(2, len(joined) + 1)]
        yield from self._ask(grown)
        together = next((s for s in grown if self._carried(s)), None)
        if together is None:
            nearest = self._nearest(joined)
            yield from self._ask([nearest], beyond=True)
            return self._result({}, (), nearest, self._parts(joined))
        while len(together) > 2:
            fewer = [tuple(x for x in together if x != r) for r in together]
            yield from self._ask(fewer)
            smaller = next((s for s in fewer if self._carried(s)), None)
            if smaller is None:
                break
            together = smaller
        return self._result({}, together)

    def _ask(
        self, sets: Iterable[Rows], *, beyond: bool = False
    ) -> Generator[list[Rows], Mapping[Rows, Verdict], None]:
        """Have sets judged, as many as are still allowed; a copy of the text costs nothing."""
        wanted = []
        for rows in dict.fromkeys(sets):
            if rows in self.verdicts:
                continue
            if not (beyond or self._copied(rows)):
                if not self.left:
                    continue
                self.left -= 1
            wanted.append(rows)
        if wanted:
            found = yield wanted
            self.verdicts |= found
            for rows, verdict in found.items():
                if len(rows) == 1:
                    self.note(rows[0], verdict)

    def _cited(self) -> list[Rows]:
        """The rows that it is cited to already, those of each article together."""
        cited: dict[str, Rows] = {}
        for r in dict.fromkeys(self.asked.cited):
            article = self.asked.sentences[r].article
            cited[article] = (*cited.get(article, ()), r)
        return list(cited.values())

    def _copied(self, rows: Rows) -> bool:
        return any(self.asked.sentences[r].text.strip() == self.asked.text.strip() for r in rows)

    def _by_article(self) -> dict[str, list[int]]:
        """Each article's sentences, the most promising first; its headline is not among them."""
        rows: dict[str, list[int]] = {}
        for r in self.rows:
            own = rows.setdefault(self.asked.sentences[r].article, [])
            if self.asked.sentences[r].field == "text" or r == self.asked.own:
                own.append(r)
        return rows

    def _may(self, r: int) -> bool:
        """Whether a row is worth a verdict by itself."""
        return r not in self.unfit and (
            r == self.asked.own
            or r in self.liked
            or self._copied((r,))
            or self.tells.share((r,)) >= ALONE
        )

    def _more(self, rows: Sequence[int]) -> list[Rows]:
        """Of an article no sentence of which carries the text: two together, and its headline."""
        usable = [r for r in rows if r not in self.unfit]
        best = max((self.tells.share((r,)) for r in usable), default=0.0)
        pairs = [p for p in combinations(usable, 2) if self.tells.share(p) >= max(TOGETHER, best)]
        pairs = [p for p in pairs if self.tells.share(p) > max(self.tells.share((r,)) for r in p)]
        pairs.sort(key=lambda p: -self.tells.share(p))
        article = {self.asked.sentences[r].article for r in rows}
        titles = [
            (r,)
            for r in self.rows
            if self.asked.sentences[r].field == "title"
            and self.asked.sentences[r].article in article
            and self._may(r)
        ]
        return [*pairs[:1], *titles]

    def _joined(self) -> list[int]:
        """Rows of any article that tell most of the text's words together, the fewest."""
        usable = [r for r in self.rows if r not in self.unfit]
        sentences = self.asked.sentences
        usable.sort(key=lambda r: sentences[r].field == "title")
        joined: list[int] = []
        told = 0.0
        while len(joined) < MOST_ROWS and len(usable) > len(joined):
            best = max(usable, key=lambda r: self.tells.share((*joined, r)))
            share = self.tells.share((*joined, best))
            if share <= told:
                break
            joined, told = [*joined, best], share
        return joined if told >= JOINED else joined[:1]

    def _nearest(self, joined: Rows) -> Rows:
        """What to judge a text by that nothing carries: what says otherwise, if that tells more.

        Or if it alone has a figure of the text.
        """
        lacking = self.tells.figures.difference(*(self.tells.told[r] for r in joined))
        against = [r for r in self.rows if r in self.against and lacking & self.tells.told[r]]
        best = max(against or self.rows, key=lambda r: self.tells.share((r,)), default=None)
        if best is None or (not against and self.tells.share(joined) >= self.tells.share((best,))):
            return joined
        return (best,)

    def _carried(self, rows: Rows) -> bool:
        verdict = self.verdicts.get(rows)
        held = verdict is not None and verdict.supported and not self.unfit & set(rows)
        return held and not self._denied(rows)

    def _denied(self, rows: Rows) -> bool:
        """Whether one of their articles says otherwise, in a sentence that tells as much of it.

        Pieces of sentences can be put together to say what none of them says.
        """
        articles = {self.asked.sentences[r].article for r in rows}
        return not self._copied(rows) and any(
            self.asked.sentences[r].article in articles
            and self.tells.share((r,)) >= self.tells.share(rows)
            for r in self.against
        )

    def _confirms(self, rows: Rows, best: Rows) -> bool:
        """Whether what an article carries the text by counts as a source of it."""
        told = self.tells.share(rows) >= CONFIRMS and self.verdicts[rows].support >= SURE
        return rows == best or self._copied(rows) or told

    def _article(self, rows: Rows) -> str:
        return self.asked.sentences[rows[0]].article

    def _size(self, rows: Rows) -> tuple[int, bool, float, int]:
        titles = any(self.asked.sentences[r].field == "title" for r in rows)
        support = round(self.verdicts[rows].support, 1)
        return len(rows), titles, -support, self.rows.index(rows[0])

    def _result(
        self, full: dict[str, Rows], first: Rows, near: Rows = (), partly: Rows = ()
    ) -> Carried:
        states: dict[str, State] = {}
        shown: dict[str, Rows] = {}
        for r in self.rows:
            article = self.asked.sentences[r].article
            states.setdefault(article, "none")
            if article in full:
                states[article] = "carries"
            elif r in first:
                states[article], shown[article] = "part", (r,)
        for r in sorted(self.rows, key=lambda r: -self.tells.share((r,))):
            article = self.asked.sentences[r].article
            if states[article] == "none" and r in self.against:
                states[article], shown[article] = "contradicts", (r,)
            elif states[article] == "none" and self._part(r):
                states[article], shown[article] = "part", (r,)
        rest = [s for s in sorted(full.values(), key=self._size) if s != first]
        return Carried(
            rows=tuple(dict.fromkeys(r for s in (first, *rest) for r in s)),
            verdict=self.verdicts[first or near],
            full=full,
            states=states,
            partly=partly,
            near=shown,
        )

    def _parts(self, near: Rows) -> Rows:
        usable = tuple(r for r in near if r not in self.unfit)
        return usable if self.tells.share(usable) >= HELPS else ()

    def _part(self, r: int) -> bool:
        hinted = self.supports.get(r, 0.0) >= HINTED
        told = self.tells.beside(r, 0, 0) >= (HINT if hinted else PART)
        return told and r not in self.apart
