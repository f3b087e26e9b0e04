"""True rewrites inside a clause: voice, the place of the speaker, appositions.

Each takes a sentence, its evidence and a generator of chance, and yields sentences that say the
same or less. Clauses are moved, cut and joined in `true_order`, words changed in `true_words`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.inflect import article, inflect
from summarizer.nlp.lexicons import wordnet
from summarizer.training.surgery import (
    body,
    cased,
    cues,
    single,
    spliced,
    tidy,
    whole,
)

Found = Iterator[str]


def kids(s: Parsed, i: int, *deps: str) -> list[int]:
    """The dependents of token `i` by one of the relations."""
    return [c for c in s.children[i] if s.tokens[c].dep in deps]


def _plural(s: Parsed, i: int) -> bool:
    return s.tokens[i].tag in ("NNS", "NNPS") or bool(kids(s, i, "conj"))


def _pronoun(text: str) -> str:
    return str(cues()["subject_pronoun"].get(text.lower(), text))


def _be_done(s: Parsed, verb: int, aux: Sequence[int], *, plural: bool) -> str | None:
    """The passive of a verb with its auxiliaries, for a subject of that number."""
    done = inflect(s.tokens[verb].lemma, "VBN")
    tag, words = s.tokens[verb].tag, [s.tokens[a].lower for a in aux]
    if not words:
        forms = {"VBD": ("was", "were"), "VBZ": ("is", "are"), "VBP": ("is", "are")}
        return f"{forms[tag][plural]} {done}" if tag in forms else None
    if len(words) == 1 and s.tokens[aux[0]].tag == "MD" and tag == "VB":
        return f"{words[0]} be {done}"
    if words in (["has"], ["have"]) and tag == "VBN":
        return f"{'have' if plural else 'has'} been {done}"
    if words == ["had"] and tag == "VBN":
        return f"had been {done}"
    return None


def to_passive(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "A did B" as "B was done by A"."""
    for v in s.roots if single(s) else ():
        subjects, objects = kids(s, v, "nsubj"), kids(s, v, "dobj")
        if s.tokens[v].pos != "VERB" or s.tokens[v].lemma in cues()["no_passive"]:
            continue
        if len(subjects) != 1 or len(objects) != 1:
            continue
        if kids(s, v, "conj", "xcomp", "ccomp", "dative", "neg", "oprd", "advmod", "cc", "dep"):
            continue
        (subject,), (thing,) = subjects, objects
        left, right = s.subtree(subject), s.subtree(thing)
        aux, particle = kids(s, v, "aux"), kids(s, v, "prt")
        between = range(left[-1] + 1, right[0])
        if not (whole(left) and whole(right) and left[-1] < right[0]):
            continue
        if sorted([v, *aux, *particle]) != list(between) or s.tokens[subject].tag in ("WDT", "WP"):
            continue
        if any(s.tokens[k].tag in ("PRP$", "PRP") and k != thing for k in right):
            continue
        if s.tokens[thing].lower not in cues()["subject_pronoun"] and s.tokens[thing].pos == "PRON":
            continue
        if s.tokens[thing].entity in ("DATE", "TIME", "PERCENT", "MONEY"):
            continue
        many = _plural(s, thing) or s.tokens[thing].lower in ("them", "us")
        verb = _be_done(s, v, aux, plural=many)
        if verb is None or any(s.tokens[k].text == "," for k in (*left, *right)):
            continue
        head = _pronoun(s.cut(right)) if len(right) == 1 else s.cut(right)
        agent = _pronoun(s.cut(left)) if len(left) == 1 else cased(s, left)
        part = "".join(" " + s.tokens[k].text for k in particle)
        yield spliced(s, (left[0], right[-1] + 1, f"{head} {verb}{part} by {agent}"))


def to_active(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "B was done by A" as "A did B"."""
    for v in s.roots if single(s) else ():
        subjects, by = kids(s, v, "nsubjpass"), kids(s, v, "agent")
        aux, be = kids(s, v, "aux"), kids(s, v, "auxpass")
        if not (len(subjects) == len(by) == len(be) == 1) or kids(s, v, "neg", "conj", "prt", "cc"):
            continue
        agents = kids(s, by[0], "pobj")
        if len(agents) != 1 or s.tokens[agents[0]].entity in ("DATE", "TIME", "PERCENT", "MONEY"):
            continue
        if s.tokens[agents[0]].pos not in ("NOUN", "PROPN"):
            continue
        thing, phrase = s.subtree(subjects[0]), s.subtree(by[0])
        if not whole(thing) or not whole(phrase) or any(s.tokens[k].text == "," for k in phrase):
            continue
        if thing[-1] + 1 != min([*aux, *be]) or phrase[0] <= v:
            continue
        if len(range(thing[-1] + 1, v)) != len(aux) + len(be):
            continue
        lemma, helper = s.tokens[v].lemma, s.tokens[be[0]].lower
        words, many = [s.tokens[a].lower for a in aux], _plural(s, agents[0])
        if not words and helper in ("was", "were"):
            verb = inflect(lemma, "VBD")
        elif not words and helper in ("is", "are"):
            verb = lemma if many else inflect(lemma, "VBZ")
        elif words in (["has"], ["have"]):
            verb = ("have " if many else "has ") + inflect(lemma, "VBN")
        elif len(words) == 1 and s.tokens[aux[0]].tag == "MD":
            verb = f"{words[0]} {lemma}"
        else:
            continue
        what = _pronoun(s.cut(thing)) if len(thing) == 1 else cased(s, thing)
        start = f"{s.cut(phrase[1:])} {verb} {what}"
        yield spliced(s, (thing[0], v + 1, start), (phrase[0], phrase[-1] + 1, ""))


def move_speaker(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """The speaker of a clause before it, behind it, or in "according to"."""
    end = body(s)
    for v in s.roots if single(s) else ():
        speakers, clauses = kids(s, v, "nsubj"), kids(s, v, "ccomp")
        said = s.tokens[v].lemma in cues()["speaking"] and s.tokens[v].tag in ("VBD", "VBZ", "VBP")
        if not said or len(speakers) != 1 or len(clauses) != 1:
            continue
        who, what = s.subtree(speakers[0]), s.subtree(clauses[0])
        if not whole(who) or not whole(what) or kids(s, v, "neg", "aux", "conj", "advcl"):
            continue
        if not kids(s, clauses[0], "nsubj", "nsubjpass", "expl"):
            continue
        named = cased(s, who)
        if what[0] > v and who[0] == 0 and what[-1] == end - 1 and who[-1] == v - 1:
            start = what[0] + (s.tokens[what[0]].lower == "that")
            between = s.cut(range(v + 1, what[0])).strip(" ,")
            if between.endswith("that"):
                continue
            clause = s.cut(range(start, end))
            yield tidy(f"{clause}, {named} {s.tokens[v].text} {between}.")
            if s.tokens[v].lemma in cues()["neutral_speaking"] and not between:
                yield tidy(f"According to {named}, {cased(s, range(start, end))}.")
        elif what[0] == 0 and what[-1] < who[0] and what[-1] < v:
            tail = s.cut(range(max(v, who[-1]) + 1, end)).strip(" ,")
            clause = cased(s, range(what[-1] + 1)).rstrip(" ,")
            yield tidy(f"{named} {s.tokens[v].text} {tail} that {clause}.")
            if s.tokens[v].lemma in cues()["neutral_speaking"] and not tail:
                yield tidy(f"According to {named}, {clause}.")
    if single(s):
        yield from _according(s, end)


def _according(s: Parsed, end: int) -> Found:
    for i, token in enumerate(s.tokens):
        if token.lower != "according" or i + 1 >= end or s.tokens[i + 1].lower != "to":
            continue
        phrase = s.subtree(i)
        if not whole(phrase) or s.tokens[phrase[0]].lower != "according":
            continue
        inside, rest = phrase[2:], range(0)
        if i == 0 and phrase[-1] + 1 < end and s.tokens[phrase[-1] + 1].text == ",":
            rest = range(phrase[-1] + 2, end)
        elif phrase[-1] == end - 1 and s.tokens[i - 1].text == ",":
            rest = range(i - 1)
        if inside and rest and not any(s.tokens[k].text == "," for k in inside):
            yield tidy(f"{s.cut(inside)} said that {cased(s, rest)}.")
            if i:
                yield tidy(f"According to {s.cut(inside)}, {cased(s, rest)}.")


def turn_apposition(s: Parsed, evidence: Sequence[Parsed], rng: random.Random) -> Found:
    """ "A, the B," as "the B, A," or "B A"; "B A" as "A, a B,"."""
    for i, token in enumerate(s.tokens):
        phrase = s.subtree(i)
        if token.dep == "appos" and whole(phrase) and token.pos == "NOUN" and single(s):
            head = token.head
            first = min(k for k in s.subtree(head) if k <= head)
            named = range(first, head + 1)
            if s.tokens[head].pos != "PROPN" or s.tokens[head].entity != "PERSON":
                continue
            if any(s.tokens[k].pos != "PROPN" for k in named) or phrase[0] != head + 2:
                continue
            after = phrase[-1] + 1
            if (
                s.tokens[phrase[0]].lower not in cues()["articles"]
                or s.tokens[head + 1].text != ","
            ):
                continue
            if after >= len(s.tokens) or s.tokens[after].text not in (",", "."):
                continue
            if any(s.tokens[k].text == "," for k in phrase):
                continue
            yield spliced(s, (first, after, f"{s.cut(phrase)}, {s.cut(named)}"))
            if len(phrase) <= 4 and all(s.tokens[k].pos in ("NOUN", "ADJ", "DET") for k in phrase):
                gap = (after, after + (s.tokens[after].text == ","), "")
                plain = f"{s.cut(phrase[1:])} {s.cut(named)}"
                yield spliced(s, (first, after, plain), gap)
        elif (
            token.entity == "PERSON" and token.pos == "PROPN" and phrase[-1] == i and whole(phrase)
        ):
            words = [k for k in phrase if s.tokens[k].pos == "NOUN"]
            names = [k for k in phrase if s.tokens[k].pos == "PROPN"]
            if not 1 <= len(words) <= 2 or len(names) < 2 or len(words) + len(names) != len(phrase):
                continue
            if words[-1] > names[0] or s.tokens[i].dep not in (
                "nsubj",
                "dobj",
                "pobj",
                "nsubjpass",
            ):
                continue
            role = cased(s, words)
            if "person" not in wordnet.broader(s.tokens[words[-1]].lemma, "NOUN", 8):
                continue
            comma = "" if s.tokens[min(i + 1, len(s.tokens) - 1)].pos == "PUNCT" else ","
            by = f"{s.cut(names)}, {article(role)} {role}{comma}"
            yield spliced(s, (phrase[0], i + 1, by))
