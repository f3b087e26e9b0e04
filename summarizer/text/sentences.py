"""An article to its sentences, each a span of the text (or title) as `inputs` gave it.

What may be cited is decided here and nowhere else. What is not reporting is decided in
text.boilerplate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from summarizer.schema import Article, Mask, SourceSentence
from summarizer.text.abbreviations import OPENERS, TITLES, tokenizer

MAX_CHARS = 1_000
"""Code points of the longest sentence. About 250 word pieces: what an encoder reads whole."""

MAX_QUOTE_WORDS = 60
"""Words of the longest sentence made by joining a quotation to its speaker."""

Span = tuple[int, int]

_NEWLINE = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:(?<=\s)|^)[•▪‣◦●■][ \t\xa0]+")
_LIST_MARK = re.compile(r"\s*(?:[•▪‣◦●■*-][ \t\xa0]+)+(?=\S)")
_QUOTE = re.compile('["“”„«»]')
_TITLE_END = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\.$", re.IGNORECASE)
# Boundaries that nupunkt does not see: a capital behind a full stop without a space ("shut.Then"),
# and a word that opens a sentence behind a short form ("to the U.S. The …"). No title of a person:
# "Mr. A".
_SHORT_WORD = re.compile(r"\b(?:[A-Z]\w+[!?]|\w{1,3}\.|[A-Z][a-z]{1,4}\.)$")
_BEFORE_FIGURE = re.compile(r"\b(?:[Nn]os?|ca?|[Aa]rt|[Ss]ec|[Ff]ig|pp?|vol|Rs)\.$")
_NO_SPACE = re.compile(
    r"""(?:(?<=[a-z]{2}[.!?])|(?<=[a-z]{2}[.!?][”)])|(?<=\d{3}[.!?]))
    (?=["“]?(?!(?:Com|Net|Org|Gov|Co|Io)\b)[A-Z][a-z]*['’]?[a-z]*[\ ,])""",
    re.VERBOSE,
)
_IN_ADDRESS = re.compile(r"(?:https?:|www\.|[@/])\S*$|\.\w+\.$")
_SHORT_END = re.compile(
    rf"""\b(?!(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|No|Nos|vs)\b)
    (?:(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]|[A-Z]?[a-z]{{1,4}})\.["”)]*(\s+)(?=["“]?{OPENERS})""",
    re.VERBOSE,
)
_MARKS = '"“”„«» \t\xa0'
_ATTRIBUTION = re.compile(
    r"""[—–-]+\s*\w[^"“”]*$                        # "It is over." — Jim Doe
      | (?: (?:he|she|they|[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,4})\s+
            (?:said|says|added|adds|told|tells|asked|asks|wrote|writes|replied|insisted)
            (?: \s+(?:on|in|at|to|during|after|of|via|by|through|from|late|early|yesterday|today
                  |mon|tues|wednes|thurs|fri|satur|sun)[^"“”]* )?
          | (?:said|says|asked|wrote)\s+[^"“”]*
        )[.,!?]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
# A question or a cry cannot end in the comma that ties a speaker to it: "A joke?" T. asked when …
_ASKED = re.compile(
    r"""(?:(?-i:[A-Z])[\w.'’-]*|(?:the|an?|one|his|her|their|its|he|she|they|some|several)\b)
        (?:\s[\w.,'’-]+){0,7}?\s
        (?:said|says|asked|asks|added|shouted|yelled|cried|screamed|called|wondered|demanded|joked
          |quipped|wrote|replied|told|recalled|exclaimed|repeated|tweeted|posted
          |want(?:s|ed)\sto\sknow)\b[^"“”]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:,.!?—–)\]][\"”’']?\s")
_JOINER = re.compile("[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


def split(
    article: Article, masks: Sequence[Mask], *, quotations: Literal["told", "marked"] = "told"
) -> tuple[SourceSentence, ...]:
    """Split an article into the sentences that can be cited, in reading order.

    The title comes first (field "title", position -1) unless it is blank. Then
    the text, line by line: a sentence never crosses a newline of any kind, save where a
    paragraph is visibly wrapped at a fixed width. `masks` may be in any order, overlap, or
    reach past the text; what they cover is in no sentence.

    Every other code point that is neither white space nor the mark of a list's item (•, - or *
    before a line's first word) is in exactly one sentence. Sentences are
    in order, do not overlap, have no white space at either end, and are at most MAX_CHARS
    long (a longer run without a full stop is cut after a clause, else between words).

    A quotation of several sentences stays with its speaker: `"A. B," she said.` is one
    sentence, up to MAX_QUOTE_WORDS words; of a longer quotation the sentences nearest to
    the speaker stay. That is for sentences that are to be told. With `quotations="marked"`, for
    finding what carries a text as a person marks it, each sentence of a quotation is one of its
    own, and quotation marks at either end of a sentence are in none.
    Time and memory grow linearly with the text.

    Boundaries: nupunkt 0.8 with the abbreviations of text.abbreviations, a Punkt model (Kiss &
    Strunk, Computational Linguistics 32(4), 2006), which does not break at newlines. We differ in
    lines, masks, quotations, lengths, missing spaces, short forms.
    """
    sentences: list[SourceSentence] = []
    if article.title and article.title.strip():
        start, end = _trim(article.title, 0, len(article.title))
        text = article.title[start:end]
        sentences.append(SourceSentence(article.id, "title", start, end, text, -1))
    position = 0
    blocks = _blocks(article.text, list(_lines(article.text)), _merged(masks))
    for block in (item for whole in blocks for item in _items(article.text, *whole)):
        for start, end in _sentences(article.text, *block, quotations == "told"):
            text = article.text[start:end]
            sentences.append(SourceSentence(article.id, "text", start, end, text, position))
            position += 1
    return tuple(sentences)


# --- blocks: what is split on its own ------------------------------------------------------------


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for newline in _NEWLINE.finditer(text):
        yield start, newline.start()
        start = newline.end()
    yield start, len(text)


def _merged(masks: Sequence[Mask]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((m.start, m.end) for m in masks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _blocks(text: str, lines: Sequence[Span], masks: Sequence[Span]) -> Iterator[Span]:
    """The parts of lines (or of wrapped paragraphs) that no mask covers."""
    i = 0
    for start, end in _unwrapped(text, lines):
        while i < len(masks) and masks[i][1] <= start:
            i += 1
        j, at = i, start
        while j < len(masks) and masks[j][0] < end:
            if at < masks[j][0]:
                yield at, masks[j][0]
            at = masks[j][1]
            j += 1
        if at < end:
            yield at, end


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """The items of a list in one line, without their marks; the whole of what is no list."""
    for mark in _BULLET.finditer(text, start, end):
        if text[start : mark.start()].strip():
            yield start, mark.start()
        start = mark.end()
    if first := _LIST_MARK.match(text, start, end):
        start = first.end()
    yield start, end


def _unwrapped(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Lines, with the lines of a paragraph wrapped at a fixed width taken together."""
    group: list[Span] = []
    for line in lines:
        if text[line[0] : line[1]].strip():
            group.append(line)
            continue
        yield from _unwrapped_group(text, group)
        group = []
    yield from _unwrapped_group(text, group)


def _unwrapped_group(text: str, group: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring lines: one span if they look wrapped, else one span each.

    Wrapped are two or more lines of which all but the last are 40 to 100 code points
    long and most go on in the next without a full stop, in lower case in at least a third.
    """
    joints = [(text[a:b].rstrip()[-1], text[c:d].lstrip()[0]) for (a, b), (c, d) in pairwise(group)]
    if joints and all(40 <= b - a <= 100 for a, b in group[:-1]):
        running_on = sum(last not in '.!?:;"”' for last, _ in joints)
        lower = sum(first.islower() for _, first in joints)
        if running_on > len(joints) / 2 and lower >= len(joints) / 3:
            yield group[0][0], group[-1][1]
            return
    yield from group


# --- sentences of one block ----------------------------------------------------------------------


def _sentences(text: str, start: int, end: int, told: bool) -> Iterator[Span]:
    """Spans of the sentences of text[start:end], trimmed, none of them blank."""
    block = text[start:end]
    trimmed = [_trim(block, a, b) for _, (a, b) in tokenizer().tokenize_with_spans(block)]
    spans = _with_titles(block, [(a, b) for a, b in trimmed if a < b])
    spans = [piece for span in spans for piece in _parted(block, *span)]
    for a, b in _with_speakers(block, spans) if told else _without_marks(block, spans):
        for c, d in _bounded(block, a, b):
            yield start + c, start + d


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """A span parted where a sentence ends that nupunkt runs on."""
    cuts = [m.start() for m in _NO_SPACE.finditer(text, start, end)]
    cuts = [cut for cut in cuts if not _IN_ADDRESS.search(text[start:cut])]
    cuts += [m.start(1) for m in _SHORT_END.finditer(text, start, end)]
    for cut in sorted(cuts):
        if start < cut < end:
            yield _trim(text, start, cut)
            start = cut
    yield _trim(text, start, end)


def _with_titles(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join the spans that a boundary behind the short form of a title parted, behind one that
    stands before a figure ("No. 10"), or in a name with a mark of its own ("Yahoo! shares").
    """
    joined: list[Span] = []
    for start, end in spans:
        if joined and (
            (_TITLE_END.search(text, *joined[-1]) and text[start].isupper())
            or (text[start].islower() and _SHORT_WORD.search(text, *joined[-1]))
            or (text[start].isdigit() and _BEFORE_FIGURE.search(text, *joined[-1]))
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _without_marks(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans less the quotation marks and white space at their ends, unless that is all."""
    for start, end in spans:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(_MARKS))
        right = len(piece.rstrip(_MARKS))
        yield (start + left, start + right) if left < right else (start, end)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, max(start + left, start + len(piece.rstrip()))


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a span so that no part exceeds MAX_CHARS: after a clause, a word, or anywhere."""
    while end - start > MAX_CHARS:
        window = text[start : start + MAX_CHARS + 1]
        cut = 0
        for clause in _CLAUSE_END.finditer(window, MAX_CHARS // 2):
            cut = clause.end()
        if not cut:
            tail = max((i for i in range(MAX_CHARS, 0, -1) if window[i].isspace()), default=0)
            cut = tail or MAX_CHARS
        while cut > MAX_CHARS // 2 and _JOINER.match(window[cut : cut + 1]):
            cut -= 1  # a mark stays on its letter
        head = _trim(text, start, start + min(cut, MAX_CHARS))
        if head[0] < head[1]:
            yield head
        start = _trim(text, start + min(cut, MAX_CHARS), end)[0]
    if start < end:
        yield start, end


# --- quotations and their speakers ---------------------------------------------------------------


def _with_speakers(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join the spans that a boundary in or after a quotation parted from its speaker."""
    quotes = _quotations(text)
    whole: list[Span] = []
    for span in spans:
        if whole and _names_speaker(text, whole[-1], span, quotes):
            whole[-1] = (whole[-1][0], span[1])
        else:
            whole.append(span)
    joined: list[Span] = []
    i = 0
    while i < len(whole):
        j = _last_of_quotation(whole, quotes, i)
        if joined and _goes_on(text, joined[-1], (whole[i][0], whole[j][1]), quotes):
            joined[-1] = (joined[-1][0], whole[j][1])
        else:
            joined.extend(_nearest_to_speaker(text, whole[i : j + 1], quotes))
        i = j + 1
    return joined


def _quotations(text: str) -> list[Span]:
    """(opening mark, end of closing mark) of each quotation; what is never closed is not one.

    A straight mark opens after white space, an opening bracket or a dash, else it closes.
    Curly and straight marks may be mixed, as in many papers.
    """
    found: list[Span] = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text):
        i, char = mark.start(), mark.group()
        if char == '"':
            before, after = text[i - 1 : i], text[i + 1 : i + 2]
            opens = (not before or before.isspace() or before in "([{—–-") and (
                opened is None or bool(after.strip())
            )
        else:
            opens = char in "“„«"
        if opens:
            opened = i
        elif opened is not None:
            found.append((opened, i + 1))
            opened = None
    return found


def _inside(quotes: Sequence[Span], at: int) -> Span | None:
    """The quotation that position `at` is inside of."""
    k = bisect_right(quotes, (at, -1)) - 1
    return quotes[k] if k >= 0 and quotes[k][0] < at < quotes[k][1] else None


def _last_of_quotation(spans: Sequence[Span], quotes: Sequence[Span], i: int) -> int:
    """The index of the span that closes the quotations that span `i` leaves open."""
    j = i
    while j + 1 < len(spans) and _inside(quotes, spans[j + 1][0]):
        j += 1
    return j


def _nearest_to_speaker(text: str, spans: Sequence[Span], quotes: Sequence[Span]) -> list[Span]:
    """The spans of one quotation, those nearest to its speaker joined, within the word limit."""
    if len(spans) == 1:
        return list(spans)
    first, last = spans[0], spans[-1]
    opening = _inside(quotes, spans[1][0])
    closing = _inside(quotes, last[0])
    speaker_before = opening is not None and bool(text[first[0] : opening[0]].strip())
    speaker_after = closing is not None and any(c.isalpha() for c in text[closing[1] : last[1]])
    if speaker_before and not speaker_after:
        end = 0
        while end + 1 < len(spans) and _fits(text, first[0], spans[end + 1][1]):
            end += 1
        return [(first[0], spans[end][1]), *spans[end + 1 :]]
    if not speaker_after:
        return list(spans)
    start = len(spans) - 1
    while start > 0 and _fits(text, spans[start - 1][0], last[1]):
        start -= 1
    return [*spans[:start], (spans[start][0], last[1])]


def _names_speaker(text: str, before: Span, span: Span, quotes: Sequence[Span]) -> bool:
    """Is `span` no more than the speaker of the quotation that ends just before it?"""
    if not (_is_closed_at(quotes, before[1]) and _fits(text, before[0], span[1])):
        return False
    piece = text[span[0] : span[1]]
    asks = text[before[1] - 2] in "?!"
    return (
        piece[0].islower()
        or _ATTRIBUTION.match(piece) is not None
        or (asks and _ASKED.match(piece) is not None)
    )


def _goes_on(text: str, before: Span, span: Span, quotes: Sequence[Span]) -> bool:
    """Is `span` nothing but a quotation, just after a sentence that quotes and names a speaker?"""
    k = bisect_right(quotes, (span[0], -1))
    return (
        k < len(quotes)
        and quotes[k] == span
        and _has_quotation(quotes, before)
        and not _is_closed_at(quotes, before[1])
        and _fits(text, before[0], span[1])
    )


def _is_closed_at(quotes: Sequence[Span], end: int) -> bool:
    k = bisect_right(quotes, (end, -1)) - 1
    return k >= 0 and quotes[k][1] == end


def _has_quotation(quotes: Sequence[Span], span: Span) -> bool:
    k = bisect_right(quotes, (span[0], -1))
    return k < len(quotes) and quotes[k][1] <= span[1]


def _fits(text: str, start: int, end: int) -> bool:
    return end - start <= MAX_CHARS and len(text[start:end].split()) <= MAX_QUOTE_WORDS
