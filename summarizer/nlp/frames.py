"""Predicates and what is asserted with them: who did what to whom, whether so, in whose words.

One frame a clause, read off the parse. Voice and participants are read in `clauses`, speakers in
`reported_speech`; whether two frames say the same is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from summarizer.nlp.clauses import (
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Argument,
    Clause,
    children,
    clauses,
    denier,
    infinitive,
    objects,
)
from summarizer.nlp.lexicons.lists import word_list, word_table
from summarizer.nlp.parse import Parsed, read_once
from summarizer.nlp.reported_speech import reporting_words

__all__ = ["Argument", "Frame", "frames"]

_CONDITIONS = ("if", "unless", "until", "till", "whether")
_NOBODY = ("nobody", "none", "nothing", "nowhere", "neither")
_NO = ("no", "neither")
_NOT_A_DENIAL = ("only", "just", "merely", "least")
_CARRIES_NO = ("to", "of", "for", "from", "by", "in", "at", "on", "under")
_RANKS = ("JJS", "RBS")


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate of a text, with everything that decides what is said with it.

    predicate: index of the verb, or of the noun or adjective under a copula. lemma: its lemma,
    with its particle ("turn_down"). arguments: voice-neutral, so that a passive subject is the
    patient and its "by" phrase the agent; shared subjects are filled in; the subject of a copula
    is its agent, what there is ("there is") a patient. negated: whether the clause says that it
    is not so ("not", "nobody", "failed to", "denied"). modal: "", "possible", "future",
    "obligation", "conditional" or "attempt". tense: "past", "present", "future" or "" (an
    infinitive, a bare modal). condition: tokens of the if-, unless- or until-clause it rests on.
    degree: adverbs such as "almost" on it. reported_by: index of the nearest word that reports
    it, None where the text says it itself. denied_by: index of the word above by which it is not
    so ("failed", "denied"), None where there is none: see `clauses.denier`.
    """

    predicate: int
    lemma: str
    arguments: tuple[Argument, ...]
    negated: bool
    modal: str
    tense: str
    passive: bool
    condition: tuple[int, ...]
    degree: tuple[int, ...]
    reported_by: int | None
    denied_by: int | None


@read_once
def frames(parsed: Parsed) -> tuple[Frame, ...]:
    """The frames of a text, in the order of their predicates.

    The labels read are ClearNLP dependencies as spaCy gives them. A frame is as right as the
    parse it is read from.
    """
    reporters = reporting_words(parsed)
    found: dict[int, Frame] = {}
    for verb, clause in clauses(parsed).items():
        above = found[clause.above] if clause.above is not None else None
        found[verb] = _frame(parsed, clause, above, reporters)
    return tuple(sorted(found.values(), key=lambda f: f.predicate))


def _frame(parsed: Parsed, clause: Clause, above: Frame | None, reporters: dict[int, int]) -> Frame:
    verb, token = clause.verb, parsed.tokens[clause.verb]
    arguments, predicate = clause.arguments, verb
    if token.lemma == "be":
        attributes = [a.head for a in arguments if a.role == "attribute"]
        if children(parsed, verb, "expl"):
            arguments = tuple(
                replace(a, role="patient") if a.role == "attribute" else a for a in arguments
            )
        elif attributes:
            predicate = attributes[0]
    particles = [parsed.tokens[c].lower for c in children(parsed, verb, "prt")]
    condition = _condition(parsed, clause, above, reporters)
    denied_by = denier(parsed, verb)
    return Frame(
        predicate=predicate,
        lemma="_".join([parsed.tokens[predicate].lemma, *particles]),
        arguments=arguments,
        negated=_negated(parsed, clause, above, denied_by),
        modal=_modal(parsed, clause, above, bool(condition), reporters),
        tense=_tense(parsed, verb, above),
        passive=clause.passive,
        condition=condition,
        degree=tuple(
            c
            for c in sorted({c for i in (verb, predicate) for c in parsed.children[i]})
            if parsed.tokens[c].dep == "advmod"
            and parsed.tokens[c].lower in word_list("degree_adverbs")
        ),
        reported_by=reporters.get(verb),
        denied_by=denied_by,
    )


def _condition(
    parsed: Parsed, clause: Clause, above: Frame | None, reporters: dict[int, int]
) -> tuple[int, ...]:
    found = {
        k
        for c in children(parsed, clause.verb, "advcl")
        if _opens_condition(parsed, c)
        for k in parsed.subtree(c)
    }
    if above is not None and clause.verb not in above.condition:
        # The parser attaches the condition of what is said to "said", if a quotation is split.
        shared = parsed.tokens[clause.verb].dep == "xcomp" or (
            parsed.tokens[clause.verb].dep == "ccomp"
            and any(reporters.get(k) == clause.above for k in above.condition)
        )
        if shared:
            found.update(above.condition)
    return tuple(sorted(found))


def _opens_condition(parsed: Parsed, clause: int) -> bool:
    return any(
        parsed.tokens[c].lower in _CONDITIONS for c in children(parsed, clause, "mark", "advmod")
    )


def _modal(
    parsed: Parsed,
    clause: Clause,
    above: Frame | None,
    conditioned: bool,
    reporters: dict[int, int],
) -> str:
    cues, verb = word_table("modal_cues"), clause.verb
    token = parsed.tokens[verb]
    if _opens_condition(parsed, verb):
        return "conditional"
    adverbs = (parsed.tokens[c].lower for c in children(parsed, verb, "advmod"))
    if any(cues.get(a) == "possible" for a in adverbs):
        return "possible"
    for c in children(parsed, verb, "aux"):
        if parsed.tokens[c].tag == "MD":
            kind = cues.get(parsed.tokens[c].lower) or cues.get(parsed.tokens[c].lemma, "")
            # "Said it would open" is "will open", told later.
            later = (
                kind == "conditional" and not conditioned and _past_report(parsed, verb, reporters)
            )
            return "future" if later else kind
    if above is None:
        return ""
    if token.dep == "conj" and token.tag == "VB":
        return above.modal
    base = not children(parsed, verb, "aux") and token.dep in ("ccomp", "xcomp")
    subjunctive = base and "VB" in [
        parsed.tokens[k].tag for k in (verb, *children(parsed, verb, "auxpass"))
    ]
    if infinitive(parsed, verb) or subjunctive:
        return _infinitive_modal(parsed, clause, above)
    bare = not children(parsed, verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    return above.modal if bare and token.dep in ("xcomp", "pcomp", "pobj") else ""


def _past_report(parsed: Parsed, verb: int, reporters: dict[int, int]) -> bool:
    reporter = reporters.get(verb)
    return reporter is not None and parsed.tokens[reporter].tag not in ("VBZ", "VBP", "VB")


def _infinitive_modal(parsed: Parsed, clause: Clause, above: Frame) -> str:
    """The modality of an infinitive by its head: "plans to", "able to", "due to"."""
    token = parsed.tokens[clause.verb]
    governor = parsed.tokens[token.head]
    if token.dep == "acl":
        in_order = parsed.tokens[governor.head].lower == "in" and governor.lower == "order"
        kind = "" if in_order else word_table("modal_cues").get(governor.lemma, "")
        ranked = any(
            parsed.tokens[c].tag in _RANKS or parsed.tokens[c].entity == "ORDINAL"
            for c in parsed.children[token.head]
        )
        return kind or ("" if ranked else "attempt")
    adjectives = children(parsed, token.head, "acomp") if governor.lemma == "be" else []
    cue = parsed.tokens[adjectives[0]] if adjectives else governor
    kind = word_table("modal_cues").get(cue.lemma, "")
    if kind:
        return kind
    return "attempt" if token.dep == "advcl" else above.modal


def _tense(parsed: Parsed, verb: int, above: Frame | None) -> str:
    token = parsed.tokens[verb]
    auxiliaries = [parsed.tokens[c] for c in children(parsed, verb, "aux", "auxpass")]
    first = auxiliaries[0] if auxiliaries else token
    perfect = any(a.lemma == "have" and a.dep == "aux" for a in auxiliaries)
    if perfect or first.tag == "VBD":
        return "past"
    if first.tag == "MD":
        return "future" if word_table("modal_cues").get(first.lemma) == "future" else ""
    if first.tag in ("VBZ", "VBP"):
        return "present"
    if first.tag == "TO":
        return ""
    if above is not None and token.dep in ("conj", "advcl", "xcomp", "pcomp", "pobj"):
        return above.tense
    return "past" if first.tag == "VBN" else ""


def _negated(parsed: Parsed, clause: Clause, above: Frame | None, denied_by: int | None) -> bool:
    """Whether an odd number of negations bears on the clause."""
    verb, token = clause.verb, parsed.tokens[clause.verb]
    adjectives = children(parsed, verb, "acomp")
    count = sum(_denies(parsed, c) for i in (verb, *adjectives) for c in parsed.children[i])
    count += sum(_names_nothing(parsed, n) for n in _own_nouns(parsed, verb))
    if token.dep in ("pcomp", "pobj") and parsed.tokens[token.head].lower == "without":
        count += 1
    count += denied_by is not None
    shares = token.dep == "conj" and token.tag == "VB" and not children(parsed, verb, "aux")
    if above is not None and above.negated and (token.dep == "xcomp" or shares):
        count += 1
    return count % 2 == 1


def _own_nouns(parsed: Parsed, verb: int) -> list[int]:
    """Heads of the noun phrases on the verb itself, not shared ones."""
    deps = ("nsubj", "nsubjpass", "dobj", "attr", "dative")
    found = children(parsed, verb, *deps)
    for p in children(parsed, verb, "prep", "agent", "dative"):
        # "Left with no money" has left; "spoke to no one" has not spoken.
        if parsed.tokens[p].lower in _CARRIES_NO:
            found.extend(objects(parsed, p))
    return found


def _denies(parsed: Parsed, c: int) -> bool:
    """Whether a word on a verb turns it round: "not", "never", "no longer", "neither", "nor"."""
    token = parsed.tokens[c]
    if token.dep == "neg" or token.lower == "never":
        after = parsed.tokens[c + 1].lower if c + 1 < len(parsed.tokens) else ""
        before = [t.lower for t in parsed.tokens[max(c - 2, 0) : c]]
        return after not in _NOT_A_DENIAL and token.lower != "no" and before != ["whether", "or"]
    if token.lower == "longer":
        return any(parsed.tokens[k].lower == "no" for k in parsed.children[c])
    return token.lower in ("nor", "neither") and token.dep in ("preconj", "cc", "advmod")


def _names_nothing(parsed: Parsed, noun: int) -> bool:
    """Whether a noun phrase names none: "no bridge", "nobody", "none of them", "not all"."""
    if parsed.tokens[noun].lower in _NOBODY:
        return True
    return any(
        parsed.tokens[c].lower in _NO or parsed.tokens[c].dep == "neg"
        for c in children(parsed, noun, "det", "preconj", "neg")
    )
