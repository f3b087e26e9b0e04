"""What a sentence changes in words that it otherwise has from a source: read off an alignment.

Needs no verb and no name to be understood, only the same words on both sides of the place; what is
told in other words is for events, slots and scopes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from summarizer.facts.names import HONORIFICS, TITLES, known_names, names, relevant, root
from summarizer.facts.numbers import Number, numbers, supports_value
from summarizer.facts.polarity import NEGATIONS, OPPOSITES, is_negation
from summarizer.facts.roles import may_be_one, stands_for_others
from summarizer.facts.text import CACHE, Token, common_words, tokens
from summarizer.facts.verbs import BE
from summarizer.nlp.verbatim import quotes
from summarizer.story import Problem

_REACH = 4
"""Words on each side of a place that are looked at."""
_AIDS = frozenset(
    """do does did have has had is are was were be been being will would can could may might should
    shall must yet ever n't not to""".split()
)
_MARKS = frozenset(".?!\"”'’")
_SOMETHING = frozenset(
    """something anything everything somebody someone everybody everyone some any all one many
    people""".split()
)
_NOTHING = frozenset("nothing nobody none no neither".split())
_MODAL = frozenset("may might could can would will should possibly perhaps".split())
_PERHAPS = frozenset("may might could".split())
_OPEN = frozenset(
    """plan expect hope want intend seek threaten likely schedule aim propose consider try attempt
    prepare promise pledge vow agree decide offer ask urge need set due ready wish""".split()
)
_ALLEGED = frozenset(
    "allegedly reportedly alleged suspected purported purportedly supposedly apparently".split()
)
_HEDGED = _MODAL | _ALLEGED | frozenset(
    "if whether believe think suspect suspicion accuse claim allege charge wo 'll 'd".split()
)  # fmt: skip
_OFFICES = frozenset(TITLES.values())
_DENIALS = NEGATIONS | frozenset(
    """fail refuse decline deny unable lack avoid without reject oppose few little rarely hardly
    barely instead rather unlikely stop prevent against but only unless until despite""".split()
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A place where a sentence and a source part ways between words that both have.

    mine, theirs: token spans, half-open, in the sentence and in the source; one may be empty.
    left, right: how many words in a row agree before and behind the place.
    """

    mine: tuple[int, int]
    theirs: tuple[int, int]
    left: int
    right: int


def edits(mine: Sequence[Token], theirs: Sequence[Token]) -> tuple[Edit, ...]:
    """Where a sentence parts from one source sentence, if most of its words stand there in order.

    The ends of both sentences agree with each other. Source: Ratcliff and Metzener, "Pattern
    matching: the gestalt approach", 1988 (difflib's).
    """
    matcher = SequenceMatcher(
        None, [t.lemma for t in mine], [t.lemma for t in theirs], autojunk=False
    )
    codes = matcher.get_opcodes()
    out: list[Edit] = []
    for n, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal":
            continue
        left = _length(codes[n - 1]) if n else 0
        right = _length(codes[n + 1]) if n + 1 < len(codes) else 0
        opens = i - left == 0 == k - left
        ends = j + right == len(mine) and m + right == len(theirs)
        out.append(
            Edit(
                (i, j),
                (k, m),
                max(left, _REACH) if opens else left,
                max(right, _REACH) if ends else right,
            )
        )
    return tuple(out)


def _length(code: tuple[str, int, int, int, int]) -> int:
    return code[2] - code[1]


def edited(sentence: str, evidence: Sequence[str]) -> Iterator[tuple[Problem, str]]:
    """What the sentence denies, affirms, makes certain or exchanges between a source's own words.

    evidence: single sentences. An edit counts where words of content agree on both sides of it, and
    where no other source has the sentence's own wording there.
    """
    words = tokens(sentence)
    lemmas = {t.lemma for t in words if t.is_content}
    if len(lemmas) < 2:
        return
    seen: set[Problem] = set()
    for text in evidence:
        theirs = tokens(text)
        if len(lemmas & {t.lemma for t in theirs}) < max(2, 0.5 * len(lemmas)):
            continue
        for edit in edits(words, theirs):
            if not _anchored(words, edit):
                continue
            for problem, what in _changes(sentence, text, words, theirs, edit, evidence):
                if problem not in seen and not _elsewhere(words, edit, text, evidence):
                    seen.add(problem)
                    yield problem, what


def _anchored(words: Sequence[Token], edit: Edit) -> bool:
    """Whether enough agrees: a word next to it on each side, two words of content in all."""
    i, j = edit.mine
    before = words[max(0, i - min(edit.left, _REACH + 2)) : i]
    behind = words[j : j + min(edit.right, _REACH + 2)]
    if not edit.left or not edit.right:
        return False
    told = sum(t.is_content for t in (*before, *behind))
    return told >= 2 and (
        any(t.is_content for t in behind) or all(t.text in _MARKS for t in behind)
    )


def _elsewhere(words: Sequence[Token], edit: Edit, text: str, evidence: Sequence[str]) -> bool:
    """Whether another source has the sentence's wording, the changed words with what is by."""
    i, j = edit.mine
    start = next((n for n in range(i - 1, -1, -1) if words[n].is_content), 0)
    run = tuple(t.lemma for t in words[start : j + 1])
    return any(other != text and run in _runs(other, len(run)) for other in evidence)


@lru_cache(maxsize=CACHE)
def _runs(text: str, size: int) -> frozenset[tuple[str, ...]]:
    lemmas = [t.lemma for t in tokens(text)]
    return frozenset(tuple(lemmas[i : i + size]) for i in range(len(lemmas) - size + 1))


def _changes(
    sentence: str,
    text: str,
    words: Sequence[Token],
    theirs: Sequence[Token],
    edit: Edit,
    evidence: Sequence[str],
) -> Iterator[tuple[Problem, str]]:
    mine_, theirs_ = words[slice(*edit.mine)], theirs[slice(*edit.theirs)]
    if (
        _denies(words, edit.mine) != _denies(theirs, edit.theirs)
        and _is_plain(mine_, theirs_)
        and _denials(words, edit.mine) != _denials(theirs, edit.theirs)
        and "for the first time" not in sentence
    ):
        yield "negation", " ".join(t.text for t in (mine_ or theirs_))
        return
    if _made_certain(words, theirs, edit):
        yield "modality", " ".join(t.text for t in theirs_)
        return
    if _opposite(words, theirs, edit):
        yield "negation", f"{mine_[0].text} for {theirs_[0].text}"
    elif mine_ and theirs_:
        yield from _exchanged(sentence, text, words, theirs, edit, evidence)


# --- denials and hedges --------------------------------------------------------------------------


def _denies(words: Sequence[Token], span: tuple[int, int]) -> bool:
    whole = tuple(words)
    return any(is_negation(whole, i) for i in range(*span))


def _denials(words: Sequence[Token], span: tuple[int, int]) -> int:
    """How often a span with two words on each side denies: "not shown any" is "shown no"."""
    whole = tuple(words)
    return sum(
        is_negation(whole, i) for i in range(max(0, span[0] - 2), min(len(words), span[1] + 2))
    )


def _is_plain(mine: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether the two parts differ by a denial alone: no word of content, no denial by others."""
    both = (*mine, *theirs)
    if any(t.lemma in _DENIALS and t.lower not in NEGATIONS for t in both):
        return False
    if any(t.lower in _NOTHING for t in both):
        return all(t.lower in NEGATIONS | _SOMETHING for t in both)
    return all(t.lower in NEGATIONS | _AIDS for t in both)


def _opposite(words: Sequence[Token], theirs: Sequence[Token], edit: Edit) -> bool:
    """Whether one word stands for its opposite, and no denial near it turns that round."""
    (i, j), (k, m) = edit.mine, edit.theirs
    if j - i != 1 or m - k != 1:
        return False
    one, other = words[i], theirs[k]
    longer, shorter = sorted((one.lower, other.lower), key=len, reverse=True)
    if shorter in common_words() and longer in (f"un{shorter}", f"in{shorter}", f"il{shorter}"):
        return True
    forms = {other.lower, other.lemma}
    key = one.lower if one.lower in OPPOSITES else one.lemma
    if key not in OPPOSITES or not forms & OPPOSITES[key][1]:
        return False
    near = (*words[max(0, i - _REACH) : i], *theirs[max(0, k - _REACH) : k])
    return not any(t.lemma in _DENIALS for t in near)


def _made_certain(words: Sequence[Token], theirs: Sequence[Token], edit: Edit) -> bool:
    """Whether the source's cue of doubt or plan is gone and the verb behind it stands as a fact."""
    k, m = edit.theirs
    gone = theirs[k:m]
    if [t.lower in _PERHAPS for t in gone if t.is_word] == [True]:
        here = words[edit.mine[0] : edit.mine[1]]
        if len(here) == 1 and here[0].lower in ("will", "must", "shall"):
            return True
    cues = [t for t in gone if t.lemma in _MODAL | _OPEN or t.lower in _ALLEGED]
    aids = _AIDS | _MODAL | _OPEN | _ALLEGED | {"up", "a", "the", "'s"}
    if not cues or any(t.lower not in aids and t.lemma not in aids for t in gone):
        return False
    i, j = edit.mine
    around = words[max(0, i - 4) : j + 1]
    if any(
        t.lower in _HEDGED
        or t.lemma in _HEDGED
        or (t.lemma in _OPEN and any(w.lower == "to" for w in around[n + 1 :]))
        for n, t in enumerate(around)
    ):
        return False
    if any(t.is_content or t.lower == "to" for t in words[i:j]):
        return False
    if all(t.lower in _ALLEGED for t in cues):
        return not any(t.lower in _ALLEGED for t in words)
    verb, source = words[j] if j < len(words) else None, theirs[m] if m < len(theirs) else None
    if verb is None or source is None or not verb.is_word:
        return False
    if gone[-1].lower != "to" and gone[-1].lower not in _MODAL | BE | {"have", "not"}:
        return False
    helped = any(t.lower in BE | {"has", "had"} for t in words[i:j])
    return helped or (verb.lower != source.lower and not verb.lower.endswith("ing"))


# --- names and numbers ---------------------------------------------------------------------------


def _exchanged(
    sentence: str,
    text: str,
    words: Sequence[Token],
    theirs: Sequence[Token],
    edit: Edit,
    evidence: Sequence[str],
) -> Iterator[tuple[Problem, str]]:
    i, j = edit.mine
    k, m = edit.theirs
    if min(edit.left, _REACH) + min(edit.right, _REACH) < _REACH:
        return
    known = known_names((sentence, *evidence))
    one = _end_of_name(sentence, words, i, j, known)
    other = _end_of_name(text, theirs, k, m, known)
    if one and other:
        alike = stands_for_others(one) == stands_for_others(other) or len(one) == len(other) > 1
        if (
            alike
            and not _may_be_one(one, other, evidence, known)
            and not _both_have(sentence, text, one, other)
        ):
            yield "name", f"{' '.join(one)} for {' '.join(other)}"
        return
    mine, other_ = _only_number(sentence, words, i, j), _only_number(text, theirs, k, m)
    if mine is not None and other_ is not None and _other_value(mine, other_):
        yield "number", sentence[mine.start : mine.end]


def _end_of_name(
    text: str, words: Sequence[Token], start: int, end: int, known: frozenset[str]
) -> tuple[str, ...]:
    """The parts of the one name that fills a span, or ends with it; none if there is more or less.

    Of "House Speaker Nancy Pelosi" where "Nancy Pelosi" fills the span, those two.
    """
    found = names(text, relevant(text, known))
    inside = [n for n in found if n.start < words[end - 1].end and n.end > words[start].start]
    if len(inside) != 1 or inside[0].end != words[end - 1].end:
        return ()
    name = inside[0]
    parts: list[str] = []
    for t in words[start:end]:
        bare = t.lower.rstrip(".")
        if not (name.start <= t.start < name.end or bare in HONORIFICS or t.lower in TITLES):
            return ()
        if t.is_word and bare not in HONORIFICS and root(t.text) not in _OFFICES:
            parts.append(root(t.text))
    return tuple(parts)


def _may_be_one(
    one: tuple[str, ...],
    other: tuple[str, ...],
    evidence: Sequence[str],
    known: frozenset[str],
) -> bool:
    """Whether two names may be one, or an evidence name holds both."""
    return may_be_one(one, other) or any(
        may_be_one(one, n.parts) and may_be_one(other, n.parts)
        for text in evidence
        for n in names(text, known)
        if not _OFFICES.issuperset(n.parts)
    )


def _both_have(sentence: str, text: str, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of the two has both names, so that only their order differs."""
    mine, theirs = ({t.lower.removesuffix("'s") for t in tokens(s)} for s in (sentence, text))
    return one[-1] in theirs or other[-1] in mine


def _only_number(text: str, words: Sequence[Token], start: int, end: int) -> Number | None:
    inside = [
        n for n in numbers(text) if n.start < words[end - 1].end and n.end > words[start].start
    ]
    if len(inside) != 1 or inside[0].ordinal or inside[0].vague:
        return None
    number = inside[0]
    whole = all(number.start <= t.start < number.end for t in words[start:end])
    return number if whole else None


def _other_value(mine: Number, theirs: Number) -> bool:
    """Whether one number stands for another: not carried, or the same bound with another value."""
    if mine.unit != theirs.unit or (mine.low, mine.high) == (theirs.low, theirs.high):
        return False
    if mine.bound == theirs.bound and mine.bound not in ("exact", "about"):
        return True
    return not supports_value(mine, theirs)


def cut_denials(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The quotations of a sentence that begin behind a denial which the source quotes with them.

    "Not the time" must not be quoted as "the time".
    """
    for quote in quotes(sentence):
        wanted = [t.lower for t in tokens(quote.text) if t.text[0].isalnum()]
        before = [t.lower for t in tokens(sentence[: quote.start]) if t.text[0].isalnum()]
        if not wanted or any(w in _DENIALS for w in before[-4:]):
            continue
        found = [cut for text in evidence for cut in _cuts(text, tuple(wanted))]
        if found and all(found):
            yield quote.text


def _cuts(text: str, wanted: tuple[str, ...]) -> Iterator[bool]:
    """For each place where a source has the words, whether a denial stands right before them."""
    words = [t for t in tokens(text) if t.text[0].isalnum() or t.lower == "n't"]
    lower = [t.lower for t in words]
    for i in range(len(lower) - len(wanted) + 1):
        if tuple(lower[i : i + len(wanted)]) == wanted:
            yield i > 0 and lower[i - 1] in ("not", "n't", "never", "no")
