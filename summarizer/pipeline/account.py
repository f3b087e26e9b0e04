"""What of a story is told so far: sentences, wordings that were refused, claims that were tried.

Every step gives a new value. What is written and whether it holds is decided before it comes here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from summarizer import selection
from summarizer.config import Config
from summarizer.disagreements import disagreements, near_readings, updates
from summarizer.nlp import well_formed
from summarizer.nlp.words import content
from summarizer.pipeline.prepared import Prepared
from summarizer.pipeline.settlement import Settled
from summarizer.schema import CitedSentence, Disagreement, Dropped
from summarizer.types import Planned, Update

_BEHIND = 1e-6
"""Place of an answer behind what it answers."""


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """A sentence of the summary, the plan of its claim, and its vector."""

    planned: Planned
    sentence: CitedSentence
    vector: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Account:
    """One story between reading and its finished summary.

    salience: (n_evidence,) of the story's claims. told: in the order in which they were taken.
    covered, tried: indices of the story's evidence that sentences tell, and that were planned.
    unread: evidence sentences that did not reach the composer.
    """

    prepared: Prepared
    config: Config
    salience: NDArray[np.float64]
    disagreements: tuple[Disagreement, ...]
    updates: tuple[Update, ...] = ()
    told: tuple[Told, ...] = ()
    covered: tuple[int, ...] = ()
    tried: frozenset[int] = frozenset()
    dropped: tuple[Dropped, ...] = ()
    rounds: int = 0
    unread: int = 0

    @classmethod
    def of(cls, prepared: Prepared, config: Config) -> Self:
        """An account not yet begun of a story that was read."""
        published = {a.id: a.published for a in prepared.story.articles}
        near = near_readings(prepared.grouped, config, published=published)
        return cls(
            prepared,
            config,
            selection.salience(prepared.grouped, config),
            disagreements(near),
            updates(near),
        )

    @property
    def words(self) -> int:
        """The words told so far."""
        return sum(well_formed.words(t.sentence.text) for t in self.told)

    @property
    def full(self) -> bool:
        """Whether the length that was asked is reached."""
        if self.config.sentences is not None:
            return len(self.told) >= self.config.sentences
        return self.words >= self.config.selection.length_under * self.config.words

    @property
    def short(self) -> bool:
        """Whether the sources ran out well before the length that was asked."""
        if self.config.sentences is not None:
            return not self.full
        return self.words < self.config.selection.length_short * self.config.words

    @property
    def open(self) -> bool:
        """Whether another round may bring more."""
        return not self.full and self.rounds <= self.config.selection.refills

    def planned(self) -> tuple[Self, list[tuple[int, Planned]]]:
        """The account one round further, and the next claims for what is left of the length.

        Each claim is planned once.
        """
        wanted = self.config.sentences
        claims = selection.plan(
            self.prepared.grouped,
            self.salience,
            self.config,
            words=max(0, self.config.words - self.words),
            sentences=None if wanted is None else wanted - len(self.told),
            tried=self.tried,
            told=self.covered,
        )
        tried = self.tried | {index for index, _ in claims}
        return replace(self, rounds=self.rounds + 1, tried=tried), claims

    def take(self, index: int | None, planned: Planned, outcome: Settled) -> Self:
        """Add a verified sentence, unless it repeats one or does not fit.

        index: of the claim that it tells, or None for one that was not planned.
        """
        after = replace(self, dropped=(*self.dropped, *outcome.dropped))
        sentence, vector = outcome.sentence, outcome.vector
        if sentence is None or vector is None:
            return after
        answered = [t for t in self.told if self._tells(t, planned.answers)]
        if self._repeats(sentence, vector, apart=answered):
            repeat = Dropped(text=sentence.text, problems=(), rules=("text.repeats",))
            return replace(after, dropped=(*after.dropped, repeat))
        if self.config.sentences is not None:
            if self.full:
                return after
        elif self.told:
            length = self.words + well_formed.words(sentence.text)
            limits = self.config.selection
            over = limits.answer_over if answered else limits.length_over
            if length > over * self.config.words:
                return after
        if answered:
            planned = replace(planned, order=answered[0].planned.order + _BEHIND)
        told = (*self.told, Told(planned, sentence, vector))
        covered = self.covered if index is None else (*self.covered, index)
        return replace(after, told=told, covered=covered)

    def with_lead(self, index: int, planned: Planned, outcome: Settled) -> Self:
        """The account with the planned lead, which comes after a composed text without it.

        A text that opens with a sentence of its own has told what happened, so a lead that repeats
        it is dropped; else what repeats the lead is.
        """
        first = min(self.told, key=lambda t: t.planned.order)
        if outcome.sentence is None or first.sentence.method == "fused":
            return self.take(index, planned, outcome)
        account = replace(self, told=()).take(index, planned, outcome)
        for told in self.told:
            account = account.take(None, told.planned, Settled(told.sentence, told.vector, ()))
        return account

    def reworded(self, place: int, sentence: CitedSentence) -> Self:
        """The account with another wording of the sentence at a place in `told`."""
        told = list(self.told)
        told[place] = replace(told[place], sentence=sentence)
        return replace(self, told=tuple(told))

    def with_told(self, told: Told) -> Self:
        """The account with one more sentence, whatever its length."""
        return replace(self, told=(*self.told, told))

    def moved(self, told: Told, order: float) -> Self:
        """The account with a told sentence at another place in the reading order."""
        placed = replace(told, planned=replace(told.planned, order=order))
        return replace(self, told=tuple(placed if t is told else t for t in self.told))

    def without(self, told: Told) -> Self:
        """The account without a told sentence; its claim is planned no more, but others like it."""
        evidence = self.prepared.grouped.evidence
        covered = tuple(i for i in self.covered if evidence[i] is not told.planned.evidence)
        rest = tuple(t for t in self.told if t is not told)
        return replace(self, told=rest, covered=covered)

    def _tells(self, told: Told, rows: Collection[int]) -> bool:
        return not set(rows).isdisjoint(self.prepared.rows(told.sentence.citations))

    def _repeats(
        self, sentence: CitedSentence, vector: NDArray[np.float32], apart: Collection[Told] = ()
    ) -> bool:
        """Whether it repeats what is told. apart: told sentences that it answers; left out."""
        text = sentence.text
        others = [other for other in self.told if other not in apart]
        if any(other.sentence.text == text for other in self.told):
            return True
        if not others:
            return False
        known = frozenset[str]().union(*(content(other.sentence.text) for other in others))
        nearest = np.array([max(float(other.vector @ vector) for other in others)])
        share = selection.known_share(content(text), known)
        embedded, cited = self.prepared.grouped.embedded, self.prepared.rows(sentence.citations)
        own = sentence.method != "fused"  # what was joined of several openings tells more than one
        opening = own and any(selection.is_opening(embedded, r, self.config) for r in cited[:1])
        return bool(selection.repeats(nearest, [share], [opening], self.config)[0])

    @property
    def disputed(self) -> tuple[str, ...]:
        """The values that the sources give differently or gave anew, as worded, but the newest."""
        newest = {(u.about, u.late) for u in self.updates}
        differing = (
            v.value
            for d in self.disagreements
            for v in d.values
            if newest.isdisjoint((d.about, r) for r in self.prepared.rows(v.citations))
        )
        return (*differing, *(u.early_wording for u in self.updates))

    def in_order(self) -> list[int]:
        """The index in `told` of each sentence, in reading order."""
        return sorted(range(len(self.told)), key=lambda i: self.told[i].planned.order)
