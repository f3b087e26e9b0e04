"""Which tokens of a parse make up names: capitals, parts of speech and entities read together.

Titles, kinds and comparison of the names are for `entities` and `name_values`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.nlp.dates import dates
from summarizer.nlp.lexicons.wordnet import known
from summarizer.nlp.name_values import beside_names, folded, titles, whole_of
from summarizer.nlp.parse import Parsed
from summarizer.nlp.units import temperature

FIGURES = frozenset("CARDINAL ORDINAL DATE TIME MONEY PERCENT QUANTITY".split())
"""Labels of entities that are no names."""

_BEARERS = frozenset("PERSON GPE ORG NORP".split())
_CLOSED = frozenset("DET ADP CCONJ SCONJ PRON AUX PART INTJ NUM PUNCT SYM".split())
_OPEN = ("NOUN", "VERB", "ADJ", "ADV")
_OPENING = frozenset(".?!:;\"'`([|•-–—") | {"...", "--", "''", "``"}
_HEADLINE = 0.9
"""The part of a headline's long words that has capitals; a sentence full of names has less."""


@dataclass(frozen=True)
class Spans:
    """The tokens of a parse as names are looked for in them.

    known_words: folded words that are names elsewhere, so that a capital at the start of a sentence
    or in a headline makes names of them too.
    """

    parsed: Parsed
    known_words: frozenset[str] = field(default=frozenset())

    @cached_property
    def dated(self) -> frozenset[int]:
        """The tokens of dates."""
        return frozenset(i for d in dates(self.parsed) for i in range(d.first, d.last))

    @cached_property
    def headline(self) -> bool:
        """Whether the words that carry content are all capitalised, or all is in capitals."""
        if self.parsed.text.isupper():
            return True
        long = [t for t in self.parsed.tokens if t.pos not in _CLOSED and len(t.text) > 2]
        return len(long) > 3 and sum(t.text[0].isupper() for t in long) > _HEADLINE * len(long)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens' texts, folded; "" for marks that folding leaves nothing of."""
        texts = (t.text for t in self.parsed.tokens)
        return tuple(folded(t) if any(map(str.isalnum, t)) else "" for t in texts)

    def _word(self, i: int) -> str:
        """The folded text of token `i`, "" outside the parse."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def runs(self) -> Iterator[tuple[int, int]]:
        """The half-open token ranges that are names or several names and titles in one."""
        i = 0
        while i < len(self.words):
            if not self._named(i):
                i += 1
                continue
            last = self._run(i)
            yield i, last
            i = last

    def opens(self, i: int) -> bool:
        """Whether token `i` opens a sentence, a quotation or a part of one."""
        before = self.parsed.tokens[i - 1]
        if i == 0:
            return True
        return before.text in _OPENING and before.tag != "POS" and not self._glued(i)

    def _glued(self, i: int) -> bool:
        """Whether a hyphen joins token `i` to the one before."""
        return self.parsed.tokens[i - 1].text == "-" and (
            self.parsed.tokens[i - 1].end == self.parsed.tokens[i].start
        )

    def _named(self, i: int) -> bool:
        """Whether token `i` may be part of a name."""
        if not 0 <= i < len(self.words) or i in self.dated or not self.words[i]:
            return False
        token = self.parsed.tokens[i]
        if not token.text[0].isupper() or token.text in ("I", "I."):
            return False
        if self.words[i] in beside_names("honorifics"):
            return True
        if temperature(self.words[i]):
            return False
        if token.pos in _CLOSED:
            return token.pos not in ("NUM", "PUNCT", "SYM") and self._acronym(i)
        if token.entity in FIGURES and token.pos != "PROPN":
            return False
        if self.words[i] in self.known_words or self._acronym(i) or self._placed(i):
            return True
        if self.headline:
            return token.pos == "PROPN" and (not self._common(i) or self._beside_a_name(i))
        return not self.opens(i) or self._stands_out(i)

    def _placed(self, i: int) -> bool:
        """Whether the token is a place, a people or a group, alone or with a neighbour."""
        pairs = ((i,), (i, i + 1), (i - 1, i))
        return any(whole_of(tuple(self._word(k) for k in pair)) for pair in pairs)

    def _acronym(self, i: int) -> bool:
        """Whether the token is in capitals, and the text is not."""
        letters = self.parsed.tokens[i].text.replace(".", "")
        return len(letters) > 1 and letters.isupper() and not self.parsed.text.isupper()

    def _common(self, i: int) -> bool:
        """Whether the lexicon has the word: then a capital alone makes no name of it."""
        token = self.parsed.tokens[i]
        forms = {token.lower, token.lemma, token.lower.removesuffix("s")}
        return any(known(form, pos) for form in forms for pos in _OPEN)

    def _beside_a_name(self, i: int) -> bool:
        """Whether a person's or place's entity around the token has an uncommon word."""
        return any(
            e.first <= i < e.last
            and e.label in ("PERSON", "GPE")
            and any(not self._common(k) for k in range(e.first, e.last))
            for e in self.parsed.entities
        )

    def _stands_out(self, i: int) -> bool:
        """Whether a word that opens a sentence is a name by more than its capital."""
        token = self.parsed.tokens[i]
        labelled = token.entity != "" and token.entity not in FIGURES
        if token.tag == "NN" and token.entity in _BEARERS:
            return True  # a noun in the singular that opens a sentence without article
        if token.pos != "PROPN":
            return labelled and token.pos in ("ADJ", "NOUN") and not self._common(i)
        if labelled or not self._common(i):
            return True
        if token.tag == "NNP" and token.dep in ("nsubj", "nsubjpass"):
            return True
        after = self.parsed.tokens[i + 1] if i + 1 < len(self.words) else token
        return after is not token and after.pos == "PROPN" and after.text[0].isupper()

    def _run(self, i: int) -> int:
        """The token after the names that begin at token `i`."""
        last = at = i + 1
        while at < len(self.words):
            if self._named(at) and not self.opens(at):
                last = at = at + 1
            elif self._links(at):
                at += 1
            else:
                break
        return last

    def _links(self, i: int) -> bool:
        """Whether token `i`, no part itself, joins what stands before and behind to one name."""
        token, before = self.parsed.tokens[i], self.parsed.tokens[i - 1]
        if token.start == before.end and self._named(i + 1):
            after = self.parsed.tokens[i + 1]
            if token.text == ".":
                return self._shortened(i - 1)
            if token.text == "-":
                return token.end == after.start
            if token.tag == "POS":  # "the Weavers' Union", "the County Sheriff's Office"
                return self.words[i + 1] in beside_names("bodies")
        return self._joins(i)

    def _shortened(self, i: int) -> bool:
        """Whether a point may belong to token `i`: an initial, a title, an honorific."""
        word = self.words[i]
        return len(word) == 1 or (word,) in titles() or word in beside_names("honorifics")

    def _joins(self, i: int) -> bool:
        """Whether a small word goes on with the name: "bin", or "of" in a body's name."""
        word = self.words[i]
        particles, joiners = beside_names("particles"), beside_names("joiners")
        if word not in particles | joiners:
            return False
        ahead = i + 1
        if word in joiners and self._word(ahead) == "the":
            ahead += 1
        if word in particles and self._word(ahead) in particles:
            return True
        if not self._named(ahead):
            return False
        if word in particles or self._within(i):
            return True
        before = self.parsed.tokens[i - 1]
        if word != "of" or before.entity in ("PERSON", "NORP"):
            return False
        head = self.words[i - 1]
        both = before.entity == self.parsed.tokens[ahead].entity == "ORG"
        return both or head in beside_names("bodies") or (head,) in titles()

    def _within(self, i: int) -> bool:
        """Whether an entity that is no figure covers token `i` and both neighbours."""
        return any(
            e.first < i < e.last - 1 and e.label not in FIGURES for e in self.parsed.entities
        )

    def title_before(self, i: int) -> tuple[int, str] | None:
        """The title whose words end right before token `i`: its first token, and its one form."""
        for first in range(max(0, i - 4), i):
            words = self.words[first:i]
            marks = {self.parsed.tokens[k].text for k in range(first, i) if not self.words[k]}
            if not words[0] or not marks <= {"."}:
                continue
            if title := titles().get(tuple(w for w in words if w)):
                while first and self.words[first - 1] in beside_names("portfolios"):
                    first -= 1
                return first, title
            # "Secretary of State Ada Falk"
            office = [self.parsed.tokens[k].pos for k in range(first + 2, i)]
            title = titles().get(words[:1])
            if title and office and words[1] == "of" and {"NOUN", "PROPN"}.issuperset(office):
                return first, f"{title} of {' '.join(words[2:])}"
        return None

    def qualifier_before(self, i: int) -> str:
        """The words before token `i` that change the office: "former", "acting deputy", or ""."""
        found: list[str] = []
        for at in range(i - 1, max(-1, i - 4), -1):
            if self.words[at] in beside_names("qualifiers"):
                found.insert(0, "former" if self.words[at] == "ex" else self.words[at])
            elif self.words[at] and (found or self.parsed.tokens[at].pos not in ("PROPN", "ADJ")):
                break
        return " ".join(found)
