"""True rewrites of clauses: voice, speakers, appositions; clauses moved, cut and joined.

Each takes a sentence, its evidence and a generator of chance, and yields sentences that say the
same or less. Words are changed in `true_words`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.clauses import children
from summarizer.nlp.inflect import article, inflect
from summarizer.nlp.lexicons import wordnet
from summarizer.training.surgery import body, cased, cues, is_downward, single, spliced, tidy, whole

Found = Iterator[str]


def _plural(s: Parsed, i: int) -> bool:
    return s.tokens[i].tag in ("NNS", "NNPS") or bool(children(s, i, "conj"))


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
        subjects, objects = children(s, v, "nsubj"), children(s, v, "dobj")
        if s.tokens[v].pos != "VERB" or s.tokens[v].lemma in cues()["no_passive"]:
            continue
        if len(subjects) != 1 or len(objects) != 1:
            continue
        if children(s, v, "conj", "xcomp", "ccomp", "dative", "neg", "oprd", "advmod", "cc", "dep"):
            continue
        (subject,), (thing,) = subjects, objects
        left, right = s.subtree(subject), s.subtree(thing)
        aux, particle = children(s, v, "aux"), children(s, v, "prt")
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
        subjects, by = children(s, v, "nsubjpass"), children(s, v, "agent")
        aux, be = children(s, v, "aux"), children(s, v, "auxpass")
        if not (len(subjects) == len(by) == len(be) == 1) or children(
            s, v, "neg", "conj", "prt", "cc"
        ):
            continue
        agents = children(s, by[0], "pobj")
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
        speakers, clauses = children(s, v, "nsubj"), children(s, v, "ccomp")
        said = s.tokens[v].lemma in cues()["speaking"] and s.tokens[v].tag in ("VBD", "VBZ", "VBP")
        if not said or len(speakers) != 1 or len(clauses) != 1:
            continue
        who, what = s.subtree(speakers[0]), s.subtree(clauses[0])
        if not whole(who) or not whole(what) or children(s, v, "neg", "aux", "conj", "advcl"):
            continue
        if not children(s, clauses[0], "nsubj", "nsubjpass", "expl"):
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
    if children(s, root, "ccomp", "conj") or any(t.lower in ("said", "says") for t in s.tokens):
        return
    for i in children(s, root, "prep", "advcl", "npadvmod"):
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
        subjects = children(s, first, "nsubj", "nsubjpass")
        if children(s, i, "nsubj", "nsubjpass"):
            yield tidy(s.cut(range(phrase[0], end)) + ".")
        elif len(subjects) == 1 and not children(s, first, "aux", "auxpass", "neg"):
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
            or not children(other, root, "nsubj")
        ):
            continue
        if s.tokens[s.roots[0]].pos not in ("VERB", "AUX") or any(
            t.pos == "PRON" for t in other.tokens
        ):
            continue
        one, two = s.cut(range(body(s))), cased(other, range(body(other)))
        word = rng.choice(("and", "while", "and"))
        yield tidy(f"{one}, {word} {two}.")
