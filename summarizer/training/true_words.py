"""True rewrites of words: synonyms, broader terms, names, verbs of saying, fixed phrases.

Which words may change places is data, in `nlp/lexicons`; clauses are turned in `true_clauses`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from summarizer.nlp import Parsed
from summarizer.nlp.clauses import children
from summarizer.nlp.inflect import article, inflect
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import table
from summarizer.training.surgery import cased, cues, is_downward, single, spliced

Found = Iterator[str]
_Words = Mapping[tuple[str, str], tuple[str, ...]]
_OPEN = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV"}


@cache
def _tables() -> tuple[_Words, _Words]:
    """Synonyms and broader words by lemma and part of speech."""
    raw = table("rewrite_words")
    out: list[dict[tuple[str, str], list[str]]] = [defaultdict(list), defaultdict(list)]
    for both, words, made in ((True, raw["synonyms"], out[0]), (False, raw["broader"], out[1])):
        for pos, pairs in words.items():
            for a, _, b in (pair.partition(" ") for pair in pairs):
                made[a, pos].append(b.replace("_", " "))
                if both:
                    made[b, pos].append(a)
    first, second = ({k: tuple(v) for k, v in made.items()} for made in out)
    return first, second


def _put(s: Parsed, i: int, lemma: str) -> str:
    """The sentence with token i as another lemma in the same form; "a" before it put right."""
    new = inflect(lemma, s.tokens[i].tag)
    if i and s.tokens[i - 1].lower in ("a", "an"):
        return spliced(s, (i - 1, i + 1, f"{article(new)} {new}"))
    return spliced(s, (i, i + 1, new))


def _free(s: Parsed, i: int) -> bool:
    """Whether a token is a word of its own: in no name, no compound, no phrasal verb."""
    t = s.tokens[i]
    if t.entity or t.text.isupper() or (i and t.text[0].isupper()) or t.dep == "compound":
        return False
    if children(s, i, "compound", "prt"):
        return False
    beside = s.text[max(t.start - 1, 0) : t.start] + s.text[t.end : t.end + 1]
    return "-" not in beside and t.tag not in ("JJR", "JJS", "RBR", "RBS")


def synonym(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """One word for another of the same meaning."""
    for i, t in enumerate(s.tokens):
        if _OPEN.get(t.tag[0]) == t.pos and _free(s, i):
            yield from (_put(s, i, other) for other in _tables()[0].get((t.lemma, t.pos), ()))


def synonyms_many(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """Every word that has one, for another of the same meaning."""
    cuts = []
    for i, t in enumerate(s.tokens):
        others = _tables()[0].get((t.lemma, t.pos), ())
        after_article = i > 0 and s.tokens[i - 1].lower in ("a", "an")
        if others and not after_article and _OPEN.get(t.tag[0]) == t.pos and _free(s, i):
            cuts.append((i, i + 1, inflect(rng.choice(others), t.tag)))
    if len(cuts) > 1:
        yield spliced(s, *cuts)


def broader(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """One word for a more general one, where nothing before it turns that around."""
    if is_downward(s, range(len(s.tokens))):
        return
    for i, t in enumerate(s.tokens):
        if _OPEN.get(t.tag[0]) == t.pos and _free(s, i):
            if t.pos == "VERB" and t.tag not in ("VBD", "VBZ", "VBP"):
                continue
            yield from (_put(s, i, other) for other in _tables()[1].get((t.lemma, t.pos), ()))


def _finite(s: Parsed, i: int) -> bool:
    """Whether a clause has a subject and a tense."""
    below = {s.tokens[c].dep for c in s.children[i]}
    tensed = s.tokens[i].tag in ("VBD", "VBZ", "VBP") or bool(below & {"aux", "auxpass"})
    return tensed and bool(below & {"nsubj", "nsubjpass", "expl", "csubj"})


def neutral_saying(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "claimed that", "told reporters that" as "said that"; never a stronger verb."""
    for i, t in enumerate(s.tokens):
        clauses = children(s, i, "ccomp")
        if not clauses or not t.tag.startswith("VB") or t.tag in ("VBN", "VBG"):
            continue
        if children(s, i, "neg", "prt", "auxpass", "aux"):
            continue
        if t.pos != "VERB" or not any(_finite(s, c) for c in clauses):
            continue
        said = inflect("say", t.tag)
        if t.lemma in cues()["neutralised"]:
            yield spliced(s, (i, i + 1, said))
        told = children(s, i, "dobj", "dative")
        if t.lemma == "tell" and len(told) == 1 and told[0] > i:
            heard = s.subtree(told[0])
            if heard[0] == i + 1 and heard[-1] - heard[0] + 1 == len(heard):
                yield spliced(s, (i, heard[-1] + 1, said))


def fixed_phrase(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """A fixed phrase for another: "because of" for "due to"."""
    known = cues()
    for kind in ("same_phrases", "contractions") if rng.random() < 0.3 else ("same_phrases",):
        for a, b in known[kind]:
            ways = [(a, b)] if a in known["one_way"] else [(a, b), (b, a)]
            for old, new in ways:
                word = " " not in old and kind == "same_phrases"
                if word and old not in known["single_words_exchanged"]:
                    continue
                pattern = rf"(?<![\w'’-]){re.escape(old)}(?![\w'’-])"
                found = list(re.finditer(pattern, s.text))
                at = found[0] if len(found) == 1 else None
                nouns = {t.start for t in s.tokens if t.pos == "NOUN"}
                if at is not None and not (old.endswith(" to") and at.start() in nouns):
                    yield s.text[: at.start()] + new + s.text[at.end() :]


def not_done(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "failed to reach", "refused to reach" as "did not reach"; "no longer" stays."""
    helps = {"VBD": "did", "VBZ": "does", "VBP": "do"}
    for i, t in enumerate(s.tokens[:-2]):
        to = s.tokens[i + 1]
        if t.lemma not in cues()["not_failing"] or t.tag not in helps or to.lower != "to":
            continue
        if t.dep == "conj" and s.tokens[i - 1].lower == "and":
            continue
        if s.tokens[i + 2].tag == "VB" and not children(s, i, "neg"):
            yield spliced(s, (i, i + 2, f"{helps[t.tag]} not"))


def shorter_name(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """A person's full name as the last name, where one person of the evidence has it."""
    full = _people([s, *evidence])
    for e in s.entities:
        words = [t.text for t in s.tokens[e.first : e.last]]
        if e.label != "PERSON" or len(words) != 2 or full.get(words[1]) != {words[0]}:
            continue
        if s.tokens[e.last - 1].dep == "compound" or s.text.count(words[1]) > 1:
            continue
        if e.first and s.tokens[e.first - 1].head == e.last - 1:
            continue
        yield spliced(s, (e.first, e.last, words[1]))


def fuller_name(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """A last name as the full name, where the evidence has one such person."""
    full = _people(evidence)
    for i, t in enumerate(s.tokens):
        firsts = full.get(t.text, set())
        if (
            len(firsts) != 1
            or t.pos != "PROPN"
            or t.dep == "compound"
            or t.entity not in ("", "PERSON")
        ):
            continue
        before = s.tokens[i - 1] if i else None
        if before is not None and (before.pos == "PROPN" or before.lower in cues()["titles"]):
            if before.lower in cues()["titles"] and s.tokens[i - 2].lower != "and":
                yield spliced(s, (i - 1, i + 1, f"{next(iter(firsts))} {t.text}"))
            continue
        if before is not None and before.head == i:
            continue
        if s.text.count(t.text) == 1:
            yield spliced(s, (i, i + 1, f"{next(iter(firsts))} {t.text}"))


def _people(texts: Sequence[Parsed]) -> dict[str, set[str]]:
    """Last names to the first names they are seen with."""
    found: dict[str, set[str]] = defaultdict(set)
    for p in texts:
        for e in p.entities:
            words = [t for t in p.tokens[e.first : e.last] if t.text not in ("'s", "’s")]
            if e.label == "PERSON" and len(words) == 2 and all(t.pos == "PROPN" for t in words):
                titled = words[0].lower in cues()["titles"]
                if not titled and words[1].text[0].isupper():
                    found[words[1].text].add(words[0].text)
    return found


def spelled_acronym(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """An acronym as the name it stands for, and back, where the evidence has both."""
    text = " ".join(e.text for e in evidence)
    words = {t.text for e in evidence for t in e.tokens}
    for short in sorted(w for w in words if re.fullmatch(r"[A-Z]{3,5}", w)):
        pattern = r"\s+(?:(?:of|for|the|and|on)\s+)*".join(rf"{c}[a-z]+" for c in short)
        spelled = re.search(rf"\b{pattern}\b", text)
        if spelled is None:
            continue
        for a, b in ((short, spelled.group()), (spelled.group(), short)):
            once = len(re.findall(rf"\b{re.escape(a)}\b(?! and [A-Z])", s.text)) == 1
            if once and s.text.count(a) == 1 and b not in s.text:
                yield re.sub(rf"\b{re.escape(a)}\b", b, s.text)


def nominal(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "A criticised B" as "there was criticism of B by A", by the lexicon's derived nouns."""
    for v in s.roots if single(s) else ():
        t = s.tokens[v]
        below = {s.tokens[c].dep: c for c in s.children[v]}
        if t.tag != "VBD" or not {"nsubj", "dobj"} <= below.keys() or below.keys() & {
            "neg", "xcomp", "ccomp", "dative", "conj", "advmod", "prt", "aux", "oprd", "advcl"
        }:  # fmt: skip
            continue
        nouns = [n for n, pos in wordnet.derived(t.lemma, "VERB") if pos == "NOUN"]
        deeds = [n for n in nouns if re.search(r"(tion|sion|ment|ism|al|sal|ure)$", n)]
        left, right = s.subtree(below["nsubj"]), s.subtree(below["dobj"])
        plain = all(s.tokens[k].pos != "PRON" and s.tokens[k].text != "," for k in (*left, *right))
        if len(deeds) != 1 or not plain or left[-1] + 1 != v or right[0] != v + 1:
            continue
        if len(left) > 8 or len(right) > 12 or s.tokens[right[0]].tag == "PRP$":
            continue
        who = cased(s, left)
        by = f"there was {article(deeds[0])} {deeds[0]} of {s.cut(right)} by {who}"
        yield spliced(s, (left[0], right[-1] + 1, by))
