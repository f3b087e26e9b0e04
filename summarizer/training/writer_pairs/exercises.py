"""Makes training pairs out of articles alone: no reference summary is needed, nothing is invented.

Each kind teaches one habit of a careful editor; cutting references is in files.py. Everything is
derived from a story's own sentences and passes the same filter as any other pair.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.backends.train_writer import Pair
from summarizer.nlp import subjectivity, well_formed
from summarizer.nlp.lexicons import wordnet
from summarizer.schema import Story
from summarizer.training.writer_pairs.pair import evidence_for, is_carried, sentences_of

_RETOLD_COPY = 0.5  # longest run shared with the evidence, as a share of the target
_PER_STORY = 3  # retold and standing sentences of one story: long stories must not dominate
_TITLED = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\. |[A-Z][a-z]+ )?"
_FULL_NAME = re.compile(
    r"\b([A-Z][a-z]+(?: [A-Z]\.)? ([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?))\b(?! [A-Z])"
)
_SAYING = (
    r"(?:said|says|told|added|has|had|was|is|will|also|called|wrote|argued|announced|declined)"
)
_NO_PERSON = frozenset(
    "President Senate House White United New North South East West State Supreme Justice Court "
    "Department County City University Street Times Post News Press Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Republican Democratic Democrats Republicans Party National "
    "American Committee Congress Act Bill Air Force Army Navy Security Health Island Lake".split()
)
_LOADED_ADVERBS = "shamefully recklessly cynically brazenly outrageously foolishly boldly".split()
_LOADED_ADJECTIVES = "disastrous shameful reckless draconian outrageous cowardly brilliant".split()
_PAST_VERB = re.compile(
    r"\b(announced|approved|rejected|signed|ordered|blocked|voted|passed|urged)\b"
)
_PLAIN_NOUN = re.compile(
    r"\b(the|a) (decision|plan|bill|policy|order|measure|proposal|law|deal|ruling|vote)\b"
)


def exercises(story: Story) -> Iterator[Pair]:
    """All pairs that a story's articles give without a reference, in a fixed order."""
    yield from retold(story)
    yield from standing(story)
    yield from recast(story)


def retold(story: Story) -> Iterator[Pair]:
    """Sentences of one article whose every fact other articles carry: a colleague's own fusion.

    Loaded sentences and near copies of the other articles are left out.
    """
    bodies = [sentences_of(a.text) for a in story.articles]
    found: list[tuple[int, Pair]] = []
    for i, body in enumerate(bodies):
        others = bodies[:i] + bodies[i + 1 :]
        for target in body[:10]:
            if (
                not well_formed.stands(target)
                or subjectivity.loaded(target)
                or well_formed.trim(target) != target
            ):
                continue
            pair = Pair(evidence_for(target, others), target, "sentence", story.id, "retold")
            if is_carried(pair, most_copied=_RETOLD_COPY):
                found.append((-len(pair.evidence), pair))
    found.sort(key=lambda item: item[0])
    yield from (pair for _, pair in found[:_PER_STORY])


def standing(story: Story) -> Iterator[Pair]:
    """A sentence that depends on the one before it, and the same sentence made independent of it.

    "Ilse Brandt opened the bridge. She said …" → "Ilse Brandt said …". The evidence is one bullet
    of both sentences, as the writer will be given it; where the article itself has the bare
    surname, a pronoun takes its place only if the article shows which one.
    """
    made: list[Pair] = []
    for article in story.articles:
        body = sentences_of(article.text)
        for before, sentence in pairwise(body):
            pair = _standing(before, sentence, story.id)
            if pair is not None and is_carried(pair, most_copied=1.0):
                made.append(pair)
    yield from made[:_PER_STORY]


def _standing(before: str, sentence: str, story: str) -> Pair | None:
    for full in _FULL_NAME.finditer(before):
        name, surname = full[1], full[2]
        if set(name.split()) & _NO_PERSON or name in sentence:
            continue
        opening = re.match(rf"{_TITLED}{re.escape(surname)}(?= {_SAYING}\b)", sentence)
        if opening is None:
            continue
        target = f"{name}{sentence[opening.end() :]}"
        if not well_formed.stands(target):
            return None
        pronoun = _pronoun(f"{before} {sentence}")
        leaning = f"{pronoun}{sentence[opening.end() :]}" if pronoun else sentence
        return Pair((f"{before} {leaning}",), target, "sentence", story, "standing")
    return None


def _pronoun(text: str) -> str | None:
    she = re.search(r"\b(?:she|her)\b", text, re.IGNORECASE) is not None
    he = re.search(r"\b(?:he|his|him)\b", text, re.IGNORECASE) is not None
    return None if she == he else "She" if she else "He"


def recast(story: Story) -> Iterator[Pair]:
    """What somebody says, with the speaker moved from the end to the front, or the other way.

    "The port is shut, the mayor said on Friday." ↔ "The mayor said on Friday that the port is
    shut." Nothing is said otherwise; the words of another outlet are not run through.
    """
    made: list[Pair] = []
    for article in story.articles:
        for sentence in sentences_of(article.text)[:8]:
            target = speaker_first(sentence)
            if target is None:
                continue
            pair = Pair((sentence,), target, "sentence", story.id, "recast")
            if is_carried(pair, most_copied=1.0):
                made.append(pair)
    yield from made[:_PER_STORY]


_BEHIND = re.compile(
    r"^(?P<said>[A-Z][^“”\"]{20,180}?), (?P<who>(?:the |an? )?[^,“”\"]{3,60}?) "
    r"(?P<verb>said|says|announced|ruled|reported|warned|told [^,]{3,40})"
    r"(?P<when> (?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?)?\.$"
)
_ACCORDING = re.compile(
    r"^(?P<said>[A-Z][^“”\"]{20,180}?), according to (?P<who>[^,“”\"]{3,60})\.$"
)
_SMALL = frozenset("the a an some more about nearly at in on there two three initial".split())
_NO_SUBJECT = re.compile(r"\b(?:who|which|where|and|but|as|after|he|she|they|it)\b", re.IGNORECASE)


def speaker_first(sentence: str) -> str | None:
    """The sentence with its speaker moved to the front, or None where that is not safe."""
    match = _BEHIND.match(sentence) or _ACCORDING.match(sentence)
    if match is None or _NO_SUBJECT.search(match["who"]):
        return None
    said, who = match["said"], match["who"]
    first, second = said.split()[:2]
    if first.lower() in _SMALL:
        said = f"{first.lower()}{said[len(first) :]}"
    elif (second[:1].islower() and _is_word(first.lower())) or re.search(r"[:–—]", said):
        return None  # whether its capital is a name's is not certain; datelines and labels
    if match.re is _ACCORDING:
        return f"According to {who}, {said}."
    return f"{who[:1].upper()}{who[1:]} {match['verb']}{match['when'] or ''} that {said}."


def _is_word(word: str) -> bool:
    """Whether the lexicon has a word: then a capital at a sentence's start makes it no name."""
    return any(wordnet.known(word, pos) for pos in ("NOUN", "VERB", "ADJ", "ADV"))


def plainer(pairs: Sequence[Pair], share: float, seed: int) -> Iterator[Pair]:
    """Copies of some pairs with one outlet's loaded word put into the evidence, not the target.

    share: of the pairs that have a place for one, in [0, 1]. Teaches to leave such words behind.
    """
    for pair in pairs:
        rng = random.Random(f"{seed}-{pair.story}-{pair.target}")  # noqa: S311 - not a secret
        if pair.task != "sentence" or rng.random() >= share:
            continue
        row = rng.randrange(len(pair.evidence))
        loaded = _loaded(pair.evidence[row], rng)
        if loaded is not None:
            evidence = (*pair.evidence[:row], loaded, *pair.evidence[row + 1 :])
            yield Pair(evidence, pair.target, pair.task, pair.story, "plain")


def _loaded(sentence: str, rng: random.Random) -> str | None:
    verb, noun = _PAST_VERB.search(sentence), _PLAIN_NOUN.search(sentence)
    outside = well_formed.without_quotations(sentence)
    if noun and noun[0] in outside:
        word = rng.choice(_LOADED_ADJECTIVES)
        article = "an" if noun[1] == "a" and word[0] in "aeiou" else noun[1]
        return f"{sentence[: noun.start()]}{article} {word} {noun[2]}{sentence[noun.end() :]}"
    if verb and verb[0] in outside:
        word = rng.choice(_LOADED_ADVERBS)
        return f"{sentence[: verb.start()]}{word} {verb[0]}{sentence[verb.end() :]}"
    return None
