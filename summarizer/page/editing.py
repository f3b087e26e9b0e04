"""A summary on a reader's desk: changed, locked, moved, shortened, and planned anew around that.

Pure values; whether a changed sentence is carried is the summariser's to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from summarizer.errors import BadInput
from summarizer.page.intake import Length
from summarizer.schema import CitedSentence, Field_, Summary

Place = tuple[str, Field_, int]
"""Where a source sentence begins: article, field, code point."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The summary as the reader has it. Sentences are counted from 1; 0 is the headline.

    locked: texts of sentences that stay when the length changes. worded: texts that the reader
    wrote or took, which stay too. gone: where the sources of deleted sentences begin; what is told
    by one of them first does not come back. chosen: the sentence last touched. others: further
    wordings of the chosen one, where they were asked for.
    """

    summary: Summary
    locked: frozenset[str] = frozenset()
    worded: frozenset[str] = frozenset()
    gone: frozenset[Place] = frozenset()
    chosen: int | None = None
    others: tuple[CitedSentence, ...] | None = field(default=None)

    def sentence(self, n: int) -> CitedSentence:
        """Sentence n. Raises BadInput if there is none."""
        told = (self.summary.title, *self.summary.sentences)
        found = told[n] if 0 <= n < len(told) else None
        if found is None:
            raise BadInput(f"there is no sentence {n}; choose one of the summary")
        return found

    def is_locked(self, n: int) -> bool:
        """Whether sentence n stays when the length changes. The headline cannot be locked."""
        return n > 0 and self.sentence(n).text in self.locked

    def lock(self, n: int) -> Self:
        """Lock a sentence, or free a locked one."""
        text = self._body(n).text
        return replace(self, locked=self.locked ^ {text}, chosen=n, others=None)

    def move(self, n: int, by: int) -> Self:
        """Move a sentence up (-1) or down (1); at either end it stays."""
        sentence = self._body(n)
        rest = [s for i, s in enumerate(self.summary.sentences, 1) if i != n]
        to = min(max(0, n - 1 + by), len(rest))
        rest.insert(to, sentence)
        return self._with(rest, chosen=to + 1)

    def delete(self, n: int) -> Self:
        """Take a sentence out. Raises BadInput for a locked one."""
        self._free(n)
        if n == 0:
            bare = self.summary.model_copy(update={"title": None})
            return replace(self, summary=bare, chosen=None, others=None)
        rest = [s for i, s in enumerate(self.summary.sentences, 1) if i != n]
        gone = self.gone.union(_places(self.sentence(n)))
        return replace(self._with(rest, chosen=None), gone=gone)

    def put(self, n: int, sentence: CitedSentence) -> Self:
        """Put a sentence in place of n. Raises BadInput for a locked one."""
        self._free(n)
        if n == 0:
            titled = self.summary.model_copy(update={"title": sentence})
            worded = self.worded | {sentence.text}
            return replace(self, summary=titled, worded=worded, chosen=0, others=None)
        told = [sentence if i == n else s for i, s in enumerate(self.summary.sentences, 1)]
        return replace(self, worded=self.worded | {sentence.text})._with(told, chosen=n)

    def offer(self, n: int, others: Sequence[CitedSentence]) -> Self:
        """Show further wordings of sentence n that are not in the summary already.

        A wording that cites no source sentence of n tells something else, and is not shown.
        """
        told = {s.text for s in (self.summary.title, *self.summary.sentences) if s}
        places = set(_places(self.sentence(n)))
        fresh = tuple(s for s in others if s.text not in told and places.intersection(_places(s)))
        return replace(self, chosen=n, others=fresh)

    def take(self, n: int, k: int) -> Self:
        """Put the k-th (from 0) of the further wordings in place of n.

        Raises BadInput where n was not offered that many, or is locked.
        """
        others = self.others if self.chosen == n else None
        if others is None or not 0 <= k < len(others):
            raise BadInput(f"sentence {n} has no such wording; ask for its other wordings again")
        return self.put(n, others[k])

    def planned_anew(self, fresh: Summary, length: Length) -> Self:
        """What the reader locked or worded where it stood, and around it a new summary's sentences.

        fresh: planned at the whole `length`. Of its sentences none is taken that a kept one tells
        already or that the reader deleted, nor more than bring the text nearest to the length.
        """
        kept = {i: s for i, s in enumerate(self.summary.sentences) if self._stays(s)}
        barred = self.gone.union(_places(s)[0] for s in kept.values())
        told = [s for s in fresh.sentences if not self._stays(s) and _places(s)[0] not in barred]
        # What is dropped leaves room for what is kept; where it left too little, the end goes.
        total = sum(length.size(s.text) for s in (*kept.values(), *told))
        while told and total - length.size(told[-1].text) / 2 > length.n:
            total -= length.size(told.pop().text)
        for place, sentence in kept.items():
            told.insert(min(place, len(told)), sentence)
        asked = {"words": length.words, "sentences": length.sentences}
        signature = {**fresh.signature, **asked}
        title = self.summary.title  # none where the reader deleted it
        if title is not None and title.text not in self.worded:
            title = fresh.title
        whole = fresh.model_copy(
            update={"sentences": tuple(told), "title": title, "signature": signature}
        )
        return replace(self, summary=whole, chosen=None, others=None)

    def over(
        self,
        fresh: Summary,
        length: Length,
        again: Callable[[CitedSentence, CitedSentence], CitedSentence],
    ) -> Self:
        """What the reader locked or worded, kept in a new summary of perhaps other articles.

        Articles are the same where their text and headline are. A sentence whose sources are all
        there keeps them; any other is cited and judged by `again(sentence, instead_of)`, where
        `instead_of` is a sentence with sources in `fresh`. Where `fresh` has no sentence to cite
        from, a sentence that has lost all its sources goes.
        """
        ids: dict[str, str] = {}
        for old in self.summary.articles:
            alike = (n.id for n in fresh.articles if (n.text, n.title) == (old.text, old.title))
            if (new := next(alike, None)) is not None:
                ids[old.id] = new

        def moved(sentence: CitedSentence) -> CitedSentence | None:
            if not self._stays(sentence):
                return sentence
            cited = tuple(
                c.model_copy(update={"article": ids[c.article]})
                for c in sentence.citations
                if c.article in ids
            )
            if len(cited) == len(sentence.citations):
                return sentence.model_copy(update={"citations": cited})
            other = next(iter(fresh.sentences), None)
            return None if other is None else again(sentence, other)

        told = tuple(s for s in map(moved, self.summary.sentences) if s is not None)
        title = self.summary.title
        if title is not None and title.text in self.worded:
            title = moved(title)
        gone = frozenset((ids[a], f, start) for a, f, start in self.gone if a in ids)
        summary = self.summary.model_copy(update={"sentences": told, "title": title})
        return replace(self, summary=summary, gone=gone).planned_anew(fresh, length)

    def marks(self) -> dict[str, Any]:
        """What a browser keeps of the reader's work beside the summary; `marked` reads it back."""
        return {
            "locked": sorted(self.locked),
            "worded": sorted(self.worded),
            "gone": sorted(map(list, self.gone)),
        }

    @classmethod
    def marked(cls, summary: Summary, marks: object) -> Self:
        """A summary with a reader's marks as `marks` wrote them; of no known shape, without any."""
        given = marks if isinstance(marks, Mapping) else {}
        texts = {s.text for s in (summary.title, *summary.sentences) if s is not None}
        places: set[Place] = set()
        for place in _listed(given.get("gone")):
            match place:
                case [str() as article, ("text" | "title") as text, int() as start]:
                    places.add((article, text, start))
        return cls(
            summary,
            locked=frozenset(t for t in texts if t in _listed(given.get("locked"))),
            worded=frozenset(t for t in texts if t in _listed(given.get("worded"))),
            gone=frozenset(places),
        )

    def differing(self, other: Self) -> int | None:
        """The first sentence that `other` has not in its place; None where there is none."""
        before = (other.summary.title, *other.summary.sentences)
        now = (self.summary.title, *self.summary.sentences)
        for n, sentence in enumerate(now):
            if sentence is not None and (n >= len(before) or sentence != before[n]):
                return n
        return None

    @property
    def touched(self) -> bool:
        """Whether a new plan keeps something as the reader left it."""
        return bool(self.gone) or any(map(self._stays, self.summary.sentences))

    def _stays(self, sentence: CitedSentence) -> bool:
        return sentence.text in self.locked or sentence.text in self.worded

    def _body(self, n: int) -> CitedSentence:
        if n < 1:
            raise BadInput("the headline can neither be moved nor locked; change or delete it")
        return self.sentence(n)

    def _free(self, n: int) -> None:
        if self.is_locked(n):
            raise BadInput(f"sentence {n} is locked; unlock it first")
        self.sentence(n)

    def _with(self, told: Sequence[CitedSentence], *, chosen: int | None) -> Self:
        texts = {s.text for s in (self.summary.title, *told) if s is not None}
        changed: dict[str, Any] = {"sentences": tuple(told)}
        return replace(
            self,
            summary=self.summary.model_copy(update=changed),
            locked=self.locked & texts,
            worded=self.worded & texts,
            chosen=chosen,
            others=None,
        )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _places(sentence: CitedSentence) -> list[Place]:
    """Where its source sentences begin, the first one's first."""
    return [c.place for c in sentence.citations]
