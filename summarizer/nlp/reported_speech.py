"""Who says what: reported speech in a parsed sentence.

Reads verbs of saying, "according to", nouns such as "claim", and quotation marks. Whether what is
said is true, and whether two people say the same, is read elsewhere; whom "he" means is read in
`antecedents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.nlp.clauses import (
    PASSIVE_SUBJECTS,
    RELATIVES,
    SUBJECTS,
    children,
    clauses,
    continues_report,
    denier,
    infinitive,
    objects,
    owner,
    phrase,
    trimmed,
)
from summarizer.nlp.lexicons.lists import word_list, word_table
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.parse import Parsed, read_once
from summarizer.nlp.quotations import quotations
from summarizer.nlp.speakers import (
    Sentence,
    charges,
    possessor_phrase,
    speaker_of,
    speaker_of_noun,
)

__all__ = ["ReportedSpeech", "reported_speech", "reporting_words"]

_BESIDE = (*SUBJECTS, *PASSIVE_SUBJECTS, "aux", "neg", "advmod", "dobj", "dative", "prep",
           "npadvmod", "agent")  # fmt: skip
_SET_OFF = ("parataxis", "ccomp", "dep", "conj", "advcl", "appos", "relcl", "acl", "intj")
_STARTS_QUOTE = (",", ":", "-", "--", "\u2013", "\u2014")
_PLACES = ("in", "at", "on", "during", "with")
_ENDS_QUOTE = (*_STARTS_QUOTE, "?", "!", "...")


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """What somebody is reported to say.

    speaker: tokens of the speaker's noun phrase, () if none is named. verb: the token that
    reports, a verb ("said"), a noun ("claim"), an adverb ("allegedly") or the "according" of
    "according to"; lemma: its lemma, with its particle ("point_out"). content: tokens of what is
    said, also by denying it.
    """

    speaker: tuple[int, ...]
    verb: int
    lemma: str
    content: tuple[int, ...]

    @property
    def denied(self) -> bool:
        """Whether the speaker says that it is not so."""
        return self.lemma in word_list("denial_verbs") or self.lemma == "denial"


def reported_speech(parsed: Parsed) -> tuple[ReportedSpeech, ...]:
    """What is reported in the text, in the order of the reporting words.

    "Lee did not say that …" and "Lee declined to say whether …" report nothing and are left out;
    so is a quotation without a verb.
    """
    return tuple(
        r
        for r in _reports(parsed)
        if not children(parsed, r.verb, "neg") and denier(parsed, r.verb) is None
    )


def reporting_words(parsed: Parsed) -> dict[int, int]:
    """For each token of a reported clause the nearest word that reports it, said or not said."""
    found: dict[int, int] = {}
    for report in sorted(_reports(parsed), key=lambda r: -len(r.content)):
        found.update(dict.fromkeys(report.content, report.verb))
    return found


@read_once
def _reports(parsed: Parsed) -> tuple[ReportedSpeech, ...]:
    sentence = Sentence(parsed, clauses(parsed), quotations(parsed))
    found = [r for i in range(len(parsed.tokens)) if (r := _report(sentence, i)) is not None]
    return tuple(_without_continuations(sentence, found))


def _report(s: Sentence, i: int) -> ReportedSpeech | None:
    parsed, token = s.parsed, s.parsed.tokens[i]
    if token.lower == "according" and i + 1 < len(parsed.tokens):
        speakers = objects(parsed, i + 1) if parsed.tokens[i + 1].lower == "to" else []
        content = _host(parsed, i)
        if speakers and content:
            return _made(s, i, phrase(parsed, speakers[0]), content)
    elif token.lemma == "word" and token.dep == "pobj":
        possessor = owner(parsed, i)
        if possessor is not None and parsed.tokens[token.head].lower == "in":
            return _made(s, i, possessor_phrase(parsed, possessor), _host(parsed, token.head))
    elif token.pos == "ADV" and token.lower in word_list("reporting_adverbs"):
        content = parsed.subtree(token.head)
        marks = children(parsed, token.head, "mark")
        return _made(s, i, (), (k for k in content if k not in marks))
    elif token.pos == "NOUN" and s.listed(i, "reporting_nouns"):
        clause = _that_clause(parsed, i) or _clause_on_verb(s, i)
        if clause is not None and not _holds_statement(s, i):
            return _made(s, i, speaker_of_noun(s, i, clause), parsed.subtree(clause))
    elif i in s.clauses:
        content = _said(s, i)
        if content:
            return _made(s, i, speaker_of(s, i, set(content)), content)
    return None


def _made(
    s: Sentence, verb: int, speaker: tuple[int, ...], content: Iterable[int]
) -> ReportedSpeech:
    tokens = s.parsed.tokens
    said = set(content) - {verb, *speaker}
    for a, b in s.quoted:
        # The parser attaches quotation marks to either side; they go with the words between them.
        words = [i for i in range(a, b) if tokens[i].pos != "PUNCT"]
        if words and all(i in said for i in words):
            said.update(range(a, b))
    return ReportedSpeech(
        speaker=speaker,
        verb=verb,
        lemma=s.lemma(verb),
        content=trimmed(s.parsed, sorted(said)),
    )


def _that_clause(parsed: Parsed, noun: int) -> int | None:
    """The that-clause of a noun, or of the name in "a warning from Lee that"."""
    holders = [noun]
    for p in children(parsed, noun, "prep"):
        if parsed.tokens[p].lower in ("by", "from"):
            holders.extend(objects(parsed, p))
    for holder in holders:
        for c in children(parsed, holder, "acl", "ccomp", "relcl"):
            if _has_that(parsed, c):
                return c
    return None


def _clause_on_verb(s: Sentence, noun: int) -> int | None:
    """The that-clause of a noun that the parser attaches to the verb: "face claims that"."""
    parsed = s.parsed
    verb = parsed.tokens[noun].head
    if parsed.tokens[noun].dep == "pobj":
        verb = parsed.tokens[verb].head
    if verb not in s.clauses or s.listed(verb, "reporting_verbs"):
        return None
    found = (c for c in children(parsed, verb, "ccomp") if c > noun and _has_that(parsed, c))
    return next(found, None)


def _has_that(parsed: Parsed, clause: int) -> bool:
    """Whether a clause behind a noun tells its content, as in "the claim that rates fell".

    The parser may take that "that" for an object: not in "the claim that she made".
    """
    for c in parsed.children[clause]:
        token = parsed.tokens[c]
        if token.lower == "that" and token.dep in ("mark", "dobj"):
            light = parsed.tokens[clause].lemma in word_list("light_verbs")
            return token.dep == "mark" or not light
    return False


def _host(parsed: Parsed, comment: int) -> list[int]:
    """The tokens of the clause that a phrase such as "according to police" comments on."""
    at = parsed.tokens[comment].head
    while parsed.tokens[at].head != at and parsed.tokens[at].dep not in (
        "ccomp",
        "relcl",
        "parataxis",
    ):
        at = parsed.tokens[at].head
    out = set(parsed.subtree(comment))
    return [i for i in parsed.subtree(at) if i not in out]


def _said(s: Sentence, verb: int) -> list[int]:
    """The tokens of what a verb reports; none if it reports nothing."""
    parsed = s.parsed
    reporting = s.listed(verb, "reporting_verbs")
    said: set[int] = set()
    for clause in children(parsed, verb, "ccomp", "xcomp", "parataxis"):
        whole = s.in_quotation(parsed.subtree(clause)[0]) and not s.in_quotation(verb)
        if (reporting or whole) and _is_content(s, verb, clause):
            said.update(parsed.subtree(clause))
    if reporting or _finite_with_subject(s, verb):
        said.update(_quotations_beside(s, verb))
    if not reporting:
        return sorted(said)
    for p in charges(parsed, verb):
        if parsed.tokens[p].lower in ("of", "with", "for"):
            said.update(k for inner in objects(parsed, p) for k in parsed.subtree(inner))
    if not said:
        places = [p for p in children(parsed, verb, "prep") if parsed.tokens[p].lower in _PLACES]
        for p in places:
            for noun in objects(parsed, p):
                stated = _that_clause(parsed, noun)
                if stated is not None:
                    said.update(parsed.subtree(stated))
    if not said and s.listed(verb, "denial_verbs"):
        said.update(_denied(s, verb))
    if not said and _set_off(s, verb):
        said.update(_host(parsed, verb))
    return sorted(said)


def _finite_with_subject(s: Sentence, verb: int) -> bool:
    finite = s.parsed.tokens[verb].tag in ("VBD", "VBZ", "VBP")
    return finite and bool(children(s.parsed, verb, *SUBJECTS))


def _is_content(s: Sentence, verb: int, clause: int) -> bool:
    """Whether a complement is what is said, not what is aimed at ("threatened to leave")."""
    token = s.parsed.tokens[clause]
    if any(s.parsed.tokens[i].text == ";" for i in range(clause, verb)):
        return False
    if token.pos not in ("VERB", "AUX") and not s.parsed.children[clause]:
        return False
    if s.in_quotation(clause) and not s.in_quotation(verb) and token.dep != "xcomp":
        return True
    if not infinitive(s.parsed, clause):
        return True
    if s.parsed.tokens[verb].lemma in word_table("modal_cues"):
        return False
    passive = bool(children(s.parsed, verb, "auxpass", *PASSIVE_SUBJECTS))
    return passive or s.lemma(verb) in ("claim", "profess")


def _denied(s: Sentence, verb: int) -> list[int]:
    """The object of a verb of denial: any of "deny", of others only what somebody said."""
    for thing in children(s.parsed, verb, "dobj", "nsubjpass"):
        clause = _that_clause(s.parsed, thing)
        if clause is not None:
            return s.parsed.subtree(clause)
        if s.parsed.tokens[thing].tag in RELATIVES:
            return list(phrase(s.parsed, s.parsed.tokens[verb].head, (verb,)))
        if s.listed(thing, "reporting_nouns") or _disputable(s, verb, thing):
            return s.parsed.subtree(thing)
    return []


def _disputable(s: Sentence, verb: int, thing: int) -> bool:
    """Whether to deny a thing is to say that it is not so, not to refuse it."""
    if s.lemma(verb) not in ("deny", "dispute") or children(s.parsed, verb, "dative"):
        return False
    return not word_list("refusable_things") & {
        s.parsed.tokens[thing].lemma,
        *broader(s.parsed.tokens[thing].lemma, "NOUN"),
    }


def _quotations_beside(s: Sentence, verb: int) -> set[int]:
    """Quotations set off by a mark from a verb, with only its speaker and hearer between.

    Only such as hold a clause: «called it "a mess"» tells nobody's words for certain.
    """
    if s.in_quotation(verb):
        return set()
    tokens = s.parsed.tokens
    beside = {verb}
    reporting = s.listed(verb, "reporting_verbs")
    for c in children(s.parsed, verb, *(_BESIDE if reporting else SUBJECTS)):
        beside.update(s.parsed.subtree(c))
    found: set[int] = set()
    for a, b in s.quoted:
        before = b <= verb
        if not any(tokens[i].pos in ("VERB", "AUX") for i in range(a, b)):
            continue
        mark = tokens[max(b - 2, 0)] if before else tokens[max(a - 1, 0)]
        if mark.text not in (_ENDS_QUOTE if before else _STARTS_QUOTE):
            continue
        between = range(b, verb) if before else range(verb + 1, a)
        if not reporting and before and s.clauses[verb].subject not in range(b, len(tokens)):
            continue
        if all(i in beside or tokens[i].pos == "PUNCT" for i in between):
            found.update(range(a, b))
    return found


def _set_off(s: Sentence, verb: int) -> bool:
    """Whether a verb and its speaker stand between marks in the clause they report.

    "The bridge, Lee said, will close": the parser attaches "said" to "close"; in "it fell into the
    Esker, Hill Hospital said, after …" it takes the speaker for a part of what is said.
    """
    tokens = s.parsed.tokens
    token = tokens[verb]
    if token.head == verb or token.dep not in _SET_OFF:
        return False
    speaker: tuple[int, ...] = ()
    if not _finite_with_subject(s, verb):
        speaker = speaker_of(s, verb, set())
        if speaker[-1:] != (verb - 1,):
            return False
    if children(s.parsed, verb, "dobj", "attr", "acomp", "xcomp"):
        return False
    if any(tokens[c].lower != "as" for c in children(s.parsed, verb, "mark")):
        return False
    inserted = sorted({*speaker, *s.parsed.subtree(verb)})
    own = [i for i in inserted if tokens[i].pos != "PUNCT"]
    if tokens[own[0]].tag in RELATIVES:
        return False
    if not s.listed(verb, "reporting_verbs"):
        return False
    opens = own[0] == 0 or tokens[own[0] - 1].pos == "PUNCT"
    closes = own[-1] + 1 >= len(tokens) or tokens[own[-1] + 1].pos == "PUNCT"
    return opens and closes and own[-1] - own[0] < len(own) + 2


def _holds_statement(s: Sentence, noun: int) -> bool:
    """Whether a noun only says where a verb reports: "claimed in a statement that"."""
    tokens = s.parsed.tokens
    preposition = tokens[noun].head
    return (
        tokens[noun].dep == "pobj"
        and tokens[preposition].lower in _PLACES
        and tokens[preposition].head in s.clauses
        and s.listed(tokens[preposition].head, "reporting_verbs")
    )


def _without_continuations(
    s: Sentence, reports: Sequence[ReportedSpeech]
) -> Iterator[ReportedSpeech]:
    """Takes from what a speaker says the "adding that …" with which the reporter goes on."""
    later = [
        v for v, c in s.clauses.items() if c.above is not None and continues_report(s.parsed, v)
    ]
    for report in reports:
        out = {
            i
            for verb in later
            if verb in report.content and s.clauses[verb].above == report.verb
            for i in s.parsed.subtree(verb)
        }
        kept = (i for i in report.content if i not in out)
        yield replace(report, content=trimmed(s.parsed, kept)) if out else report
