"""Does a sentence stand on its own, and how may it be shortened without changing what it says?

English surface rules only: what a sentence asserts is read in `frames`.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.nlp import Parsed, parse
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.lexicons.lists import listed

_CONNECTIVE = re.compile(
    r"^(?:(?:But|And|Yet|So|Or|Nor|Still|Also|Plus|Then|Now|Indeed|Instead|However|Moreover|"
    r"Furthermore|Meanwhile|Nevertheless|Nonetheless|Additionally|Besides|Therefore|Thus|Hence|"
    r"Separately|In addition|In fact|For example|For instance|Of course|After all|Even so|"
    r"At the same time|On the other hand|In other words|As a result|That said|To be sure|"
    r"Earlier|Previously|Afterwards?|Later|Elsewhere|Finally|Likewise|Similarly)\b"
    r"(?P<comma>\s*,)?\s+)(?=\S)"
)
_DROPPED_WITHOUT_COMMA = re.compile(
    r"but|and|yet|or|nor|however|moreover|furthermore|meanwhile|nevertheless|nonetheless|"
    r"additionally|besides|therefore|thus|hence"
)

_PRONOUN_START = re.compile(
    r"^[(]*(?:He|She|It|They|Him|Her|His|Hers|Its|Their|Theirs|Them|We|Our|I|My|You|Your|"
    r"(?:This|That|These|Those)"
    r"(?!\s+(?:week|month|year|morning|evening|afternoon|spring|summer|autumn|winter|weekend)\b)|"
    r"Such|Here|There(?!\s+(?:is|are|was|were|has|have|had|will)\b)|"
    r"Both|Neither|Either|Another|Others|(?:Some|One|Many|Most|None) of (?:them|these|those)|"
    r"The (?:two|latter|former(?= (?:is|was|has|had|will|would|said|says)\b)|pair|duo|same))"
    r"\b"
)
_PRONOUN_SPEAKER = re.compile(
    r"[,”\"’?!] (?:(?:he|she|they|it) (?:also )?(?:said|says|added|told|wrote|tweeted|continued|"
    r"explained|noted|argued|stated|warned|insisted|claimed|replied|recalled|asked)|"
    r"(?:said|says|added|wrote) (?:he|she|they))\b"
)
_OPENING_PHRASE = re.compile(
    r"^(?P<opening>[^,“\"]{2,60}), (?:he|she|it|they|his|her|its|their)\b(?!\s+(?:is|was|will be|"
    r"has been|seems|appears)\b.{0,60}?\b(?:that|to)\b)"
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ \-]{2,30}(?:, [A-Z][\w.’' ]{1,24}){0,2}(?:,? \d{1,2}(?:, \d{4})?)?"
    r"(?: \([A-Za-z/ .]{2,30}\))? ?[-–—]{1,2} (?=[A-Z\"“])"
)
_LABEL = re.compile(r"^[A-Z][a-z’']+(?: [a-z’']+){1,3}: (?=[A-Z“\"])")
"""What heads a paragraph of a list-like report: "Why it matters: …"."""
_KIND = re.compile(
    r"^(?i:summary|updated?|breaking(?: news)?|exclusive|developing|analysis|in brief):"
    r" (?=[A-Z“\"])"
)
"""What a site calls the kind of its report. "Police: …" and "Report: …" name a source, and stay."""
_EXPLETIVE_IT = re.compile(
    r"^It (?:is|was|has been|will be|remains|seems|appears|became|took|comes|came)\b.{0,60}?"
    r"\b(?:that|to|whether|how|clear|unclear|unknown|known)\b"
)
_FIRST_PERSON = re.compile(
    # "Mine" is mostly a noun in news.
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|us|me|(?:of|is|was) mine(?=\W*$|[.,;!?]))\b"
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
QUOTED = re.compile(r"[“«][^”»]*[”»]|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]+(?:[’'.,\-][^\W_]+)*")
_TWICE = re.compile(r"\b(the|an?|of|and) \1\b(?= [a-z])")
"""A small word that a newspaper printed twice; "logged in in the morning" is none."""
_ADDRESS = re.compile(r"://|\bwww\.")
_PARENTHESIS = re.compile(r"\s*\((?=[^)]*\))[^()]{1,160}\)")
_BOUNDARY_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|"
    r"should|shall|said|says|say|told|went|came|made|took|gave|got|became|began|left|lost|won|met|"
    r"held|kept|found|thought|saw|knew|led|put|set|cut|hit|let|ran|fell|rose|grew|"
    r"[a-z]{2,}(?:ed|es|s))\b"
)


def tokens(text: str) -> list[str]:
    """The words of `text`: letters and digits, with inner apostrophes, points and hyphens."""
    return _WORD.findall(text)


def words(text: str) -> int:
    """The number of words of `text`, as people count them."""
    return len(_WORD.findall(text))


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket that opens in `text` also closes in it."""
    if text.count('"') % 2:
        return False
    pairs = zip("“«([", "”»)]", strict=True)
    return all(text.count(a) == text.count(b) for a, b in pairs)


def without_quotations(text: str) -> str:
    """`text` with everything inside double quotation marks taken out."""
    return QUOTED.sub(" ", text)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of what stands in double quotation marks, the marks included."""
    return [m.span() for m in QUOTED.finditer(text)]


def only_quotation(text: str) -> bool:
    """Whether `text` is nothing but a quotation: nobody is named as its speaker."""
    rest = _WORD.findall(without_quotations(text))
    return not rest or (len(rest) < 3 and QUOTED.search(text) is not None)


def dangles(text: str) -> bool:
    """Whether `text` opens with a word that points at something said before it."""
    stripped = text.lstrip()
    if _EXPLETIVE_IT.match(stripped):
        return False
    if _PRONOUN_START.match(stripped):
        return True
    if _PRONOUN_SPEAKER.search(stripped) and not any(
        w[0].isupper() and w.lower() not in day_names()
        for w in tokens(without_quotations(stripped).lstrip(" ,"))[1:]
    ):
        return True
    opening = _OPENING_PHRASE.match(stripped)
    if opening and not any(w[0].isupper() for w in tokens(opening["opening"])[1:]):
        return True
    connective = _CONNECTIVE.match(stripped)
    return connective is not None


@cache
def day_names() -> frozenset[str]:
    """The names of days and months: capitals that are nobody's."""
    return listed("calendar", "weekdays") | listed("calendar", "months")


def personal(text: str) -> bool:
    """Whether `text` speaks as its author (I, we, you) outside quotation marks."""
    outside = without_quotations(text)
    return bool(_FIRST_PERSON.search(outside) or _SECOND_PERSON.search(outside))


def asks(text: str) -> bool:
    """Whether `text` is a question outside quotation marks."""
    return without_quotations(text).rstrip().endswith("?")


def imperative(text: str) -> bool:
    """Whether `text` tells its reader to do something: "Imagine if …", "Read the statement"."""
    first = tokens(text)[:1]
    if not first or not wordnet.known(first[0].lower(), "VERB"):
        return False
    [parsed] = parse([text])
    root = parsed.roots[0] if parsed.roots else 0
    below = {parsed.tokens[c].dep for c in parsed.children[root]} if parsed.tokens else set[str]()
    return (
        parsed.tokens[root].tag == "VB"
        and parsed.tokens[root].start == 0
        and below.isdisjoint((*_SUBJECTS, "csubj", "expl", "aux"))
    )


def complete(text: str) -> bool:
    """Whether `text` looks like a whole sentence: a verb, an end mark, no list or headline stub."""
    stripped = text.strip().rstrip("\"”»’')")
    return (
        words(text) >= 4
        and stripped.endswith((".", "!", "?"))
        and not stripped.endswith(("...", ".."))
        and "…" not in stripped[-2:]
        and not text.lstrip()[:1].islower()
        and _BOUNDARY_VERB.search(text) is not None
    )


def stands(text: str) -> bool:
    """Whether `text` can open a paragraph: whole, balanced, impersonal, pointing at nothing before.

    A quotation without its speaker does not stand, nor does what tells its reader what to do.
    """
    return (
        complete(text)
        and balanced(text)
        and not only_quotation(text)
        and not dangles(text)
        and not personal(text)
        and not asks(text)
        and not imperative(text)
    )


def fragment(parsed: Parsed) -> bool:
    """Whether no main clause of a sentence has a subject and a finite verb."""
    finite = {"VBD", "VBZ", "VBP", "MD"}
    mains = set(parsed.roots)
    mains |= {i for i, t in enumerate(parsed.tokens) if t.dep == "conj" and t.head in mains}
    for main in mains:
        below = [parsed.tokens[c] for c in parsed.children[main]]
        verb = parsed.tokens[main].tag in finite or any(t.tag in finite for t in below)
        if verb and any(t.dep in (*_SUBJECTS, "csubj", "expl") for t in below):
            return False
    return True


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def trim(text: str) -> str:
    """`text` without dateline, labels, opening connective, asides in round brackets, "the the".

    What is left says nothing that `text` does not say. Text inside quotation marks is kept whole.
    """
    trimmed = _LABEL.sub("", _KIND.sub("", _DATELINE.sub("", text.strip())))
    match = _CONNECTIVE.match(trimmed)
    if match:
        opening = match.group(0).strip().rstrip(",").strip().lower()
        if match.group("comma") or _DROPPED_WITHOUT_COMMA.fullmatch(opening):
            rest = trimmed[match.end() :]
            trimmed = rest[:1].upper() + rest[1:]
    if not quoted_spans(trimmed):
        trimmed = _TWICE.sub(r"\1", trimmed)
    spans = quoted_spans(trimmed)

    def outside(m: re.Match[str]) -> str:
        aside, inside = m.group(0), any(a <= m.start() < b for a, b in spans)
        figures = re.search(r"\d", aside) and not _ADDRESS.search(aside)
        return aside if inside or figures else " "

    trimmed = _PARENTHESIS.sub(outside, trimmed)
    return re.sub(r"\s+([,.;:!?])(?!\w)", r"\1", re.sub(r"\s{2,}", " ", trimmed)).strip()


def information(text: str) -> int:
    """How many names and figures `text` brings: capitalised words after the first, and numbers."""
    found = tokens(text)
    return sum(1 for i, w in enumerate(found) if w[0].isdigit() or (i > 0 and w[0].isupper()))


def quoted_share(text: str) -> float:
    """The share of the words of `text` that stand in quotation marks, in [0, 1]."""
    return 1.0 - words(without_quotations(text)) / max(1, words(text))
