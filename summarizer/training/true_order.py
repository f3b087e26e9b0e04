"""True rewrites that move, cut and join clauses: relative clauses, order, details, conjuncts.

Each takes a sentence, its evidence and a generator of chance, and yields sentences that say the
same or less. What stays inside a clause is in `true_clauses`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.inflect import article
from summarizer.training.surgery import body, cased, cues, is_downward, single, spliced, tidy, whole
from summarizer.training.true_clauses import kids

Found = Iterator[str]


def split_relative(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """A relative clause between commas: left out, alone, or as a sentence behind."""
    for i, token in enumerate(s.tokens):
        clause = s.subtree(i)
        if token.dep != "relcl" or not whole(clause) or not single(s):
            continue
        who = clause[0]
        if s.tokens[who].lower not in ("who", "which") or s.tokens[who - 1].text != ",":
            continue
        if s.tokens[who].dep not in ("nsubj", "nsubjpass") or s.tokens[who].head != i:
            continue
        named = [k for k in s.subtree(token.head) if k < who - 1]
        after = clause[-1] + 1
        if not named or not whole(named) or named[-1] != who - 2 or after >= len(s.tokens):
            continue
        if s.tokens[after].text not in (",", ".") or s.tokens[token.head].pos not in (
            "PROPN",
            "NOUN",
        ):
            continue
        if s.tokens[named[0]].lower in ("a", "an", "some") or is_downward(s, named):
            continue
        if clause[-1] - clause[0] < 3:
            continue
        main = spliced(s, (who - 1, after + (s.tokens[after].text == ","), ""))
        alone = tidy(f"{s.cut(named)} {s.cut(clause[1:])}.")
        yield main
        yield alone
        yield f"{main} {alone}"


def reorder(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """An adjunct or subordinate clause moved from the start to the end or back."""
    end = body(s)
    if not single(s):
        return
    root = s.roots[0]
    if kids(s, root, "ccomp", "conj") or any(t.lower in ("said", "says") for t in s.tokens):
        return
    for i in kids(s, root, "prep", "advcl", "npadvmod"):
        phrase = s.subtree(i)
        if not whole(phrase) or len(phrase) < 2 or end - len(phrase) < 5:
            continue
        if any(s.tokens[k].tag in ("WDT", "WP") for k in phrase[:3]):
            continue
        if any(s.tokens[k].lower in cues()["referring"] for k in phrase):
            continue
        token, mark = s.tokens[i], s.tokens[phrase[0]].lower
        if phrase[0] == 0 and phrase[-1] + 1 < end and s.tokens[phrase[-1] + 1].text == ",":
            if mark in ("according", "like", "unlike", "as", "with") or token.tag == "VBG":
                continue
            comma = "" if token.dep != "advcl" or mark in ("if", "after", "before") else ","
            if token.dep != "advcl" and any(t.pos == "VERB" for t in s.tokens[root + 1 : end]):
                continue
            rest = s.cut(range(phrase[-1] + 2, end))
            yield tidy(f"{rest}{comma} {cased(s, phrase)}.")
        elif phrase[-1] == end - 1 and phrase[0] > root:
            dated = any(s.tokens[k].entity in ("DATE", "TIME") for k in phrase[-2:])
            moved = token.dep == "advcl" and mark in cues()["movable_marks"]
            placed = token.dep == "prep" and mark in ("in", "on", "after", "during") and dated
            if (moved or (placed and len(phrase) < 7)) and s.tokens[0].dep != "cc":
                rest = cased(s, range(phrase[0])).rstrip(" ,")
                yield tidy(f"{s.cut(phrase)}, {rest}.")


def drop_detail(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """A date, a place, an adjective, an adverbial clause or a second predicate left out."""
    if not single(s) or is_downward(s, range(len(s.tokens))):
        return
    end, skip = body(s), cues()["not_dropped"]
    for i, token in enumerate(s.tokens):
        phrase, head = s.subtree(i), s.tokens[token.head]
        if not whole(phrase) or phrase[0] == 0:
            continue
        span = (phrase[0], phrase[-1] + 1)
        if token.dep == "amod" and len(phrase) == 1 and token.tag == "JJ":
            nouns = s.subtree(token.head)
            sure = s.tokens[nouns[0]].lower in cues()["articles"]
            sure = sure and token.lemma not in skip and not token.entity and head.pos == "NOUN"
            after, before = s.tokens[i + 1], s.tokens[i - 1]
            if not sure or after.pos not in ("NOUN", "ADJ") or before.pos == "ADV":
                continue
            if before.lower in ("a", "an"):
                yield spliced(s, (i - 1, i + 1, article(after.text)))
            else:
                yield spliced(s, (*span, ""))
        elif token.dep == "prep" and head.pos == "VERB" and len(phrase) <= 5:
            ents = {s.tokens[k].entity for k in phrase[1:]} - {""}
            scene = token.lower in cues()["scene_prepositions"] and ents
            if scene and ents <= {"DATE", "TIME", "GPE", "LOC", "FAC"} and i > token.head:
                comma = s.tokens[i - 1].text == "," and span[1] < len(s.tokens)
                if not comma and head.lemma not in cues()["needing_place"]:
                    yield spliced(s, (*span, ""))
        elif token.dep == "npadvmod" and token.entity == "DATE" and head.pos == "VERB":
            if s.tokens[i - 1].tag.startswith("V") or i + 1 == end:
                yield spliced(s, (*span, ""))
        elif token.dep == "advcl" and span[1] == end and s.tokens[phrase[0] - 1].text == ",":
            mark = s.tokens[phrase[0]].lower
            if token.tag == "VBG" or mark in cues()["droppable_marks"]:
                yield spliced(s, (phrase[0] - 1, end, ""))


def drop_conjunct(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "A did B and did C" as "A did B" and as "A did C"."""
    if not single(s) or is_downward(s, range(len(s.tokens))):
        return
    end = body(s)
    for i, token in enumerate(s.tokens):
        phrase, first = s.subtree(i), token.head
        if token.dep != "conj" or token.pos != "VERB" or s.tokens[first].pos != "VERB":
            continue
        if first not in s.roots or not whole(phrase) or phrase[-1] != end - 1 or phrase[0] < 2:
            continue
        cc = phrase[0] - 1
        if s.tokens[cc].lower != "and" or s.tokens[first].tag != token.tag:
            continue
        comma = s.tokens[cc - 1].text == ","
        yield spliced(s, (cc - comma, end, ""))
        subjects = kids(s, first, "nsubj", "nsubjpass")
        if kids(s, i, "nsubj", "nsubjpass"):
            yield tidy(s.cut(range(phrase[0], end)) + ".")
        elif len(subjects) == 1 and not kids(s, first, "aux", "auxpass", "neg"):
            who = s.subtree(subjects[0])
            if whole(who) and phrase[0] == i:
                yield tidy(f"{s.cut(who)} {s.cut(range(phrase[0], end))}.")


def _alike(a: Parsed, b: Parsed) -> bool:
    """Whether most content words of one stand in the other: nothing would be added."""
    one, two = (
        {t.lemma for t in p.tokens if t.pos in ("NOUN", "PROPN", "VERB", "NUM")} for p in (a, b)
    )
    return 2 * len(one & two) > min(len(one), len(two))


def join(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """The sentence and one of its evidence in one: "A, and B", "A, while B"."""
    if not single(s) or body(s) > 26:
        return
    for other in evidence:
        if other.text == s.text or not single(other) or not 5 <= body(other) <= 26:
            continue
        if _alike(s, other) or s.tokens[0].lower in cues()["loose_openers"]:
            continue
        root = other.roots[0]
        if other.tokens[0].pos not in ("DET", "PROPN", "NOUN", "NUM"):
            continue
        opener = other.tokens[0].lower in cues()["loose_openers"]
        if (
            opener
            or other.tokens[root].tag not in ("VBD", "VBZ", "VBP")
            or not kids(other, root, "nsubj")
        ):
            continue
        if s.tokens[s.roots[0]].pos not in ("VERB", "AUX") or any(
            t.pos == "PRON" for t in other.tokens
        ):
            continue
        one, two = s.cut(range(body(s))), cased(other, range(body(other)))
        word = rng.choice(("and", "while", "and"))
        yield tidy(f"{one}, {word} {two}.")
