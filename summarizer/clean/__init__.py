"""Clean: marks what in an article is not reporting, by span and reason. The text is never changed.

The kinds of furniture are in rules.py. Wire copies shared by outlets are `group`'s, not ours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from summarizer.clean.rules import LINKS_HEADER, LONGEST, RULES
from summarizer.story import Article, Mask

__all__ = ["mask", "repeated_lines"]

_LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_FULL_STOP = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_HEAD_LINES = 5  # lines in which a title can stand again
_TAIL_WORDS = 8  # a left-over line after the article has ended has no more words


def mask(article: Article, repeated: Collection[str] = ()) -> tuple[Mask, ...]:
    """Mark what is not reporting in an article's text.

    repeated: lines of `repeated_lines` for the story, masked wherever they stand alone.
    Returns masks in order, disjoint, each within one line, its white space at the ends left
    out. Offsets count the code points of `article.text`, which is never changed.

    Precision goes first: what no rule knows is taken for reporting. Besides RULES, line by
    line, four things are seen only in their place: the title standing in the text again (it is
    cited as the title), links under a "Related:" line, short lines left over after the article
    has ended in furniture, and `repeated`. Linear in the text.
    """
    lines = [(m.start(), m.group()) for m in _LINE.finditer(article.text) if m.group().strip()]
    whole = [_whole_line(line.strip(), i) for i, (_, line) in enumerate(lines)]
    _mark_title([line for _, line in lines], whole, article.title)
    _mark_links([line for _, line in lines], whole)
    _mark_repeated([line for _, line in lines], whole, repeated)
    _mark_tail([line for _, line in lines], whole)
    masks: list[Mask] = []
    for i, (at, line) in enumerate(lines):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        reason = whole[i]
        if reason is not None:
            masks.append(Mask(start=start, end=end, reason=reason))
        else:
            masks.extend(_edges(article.text[start:end], start, i))
    return tuple(masks)


def repeated_lines(articles: Sequence[Article]) -> frozenset[str]:
    """Lines that recur as furniture does: a menu's, a site's slogan, a caption printed twice.

    That is a short line without a figure or a full stop that stands in two articles which
    share no paragraph (copies of one report share them all, headings too: those are not
    furniture), or three times in one article; and any longer line printed twice in one
    article. A headline that outlets share does not count. Lines are compared without case and
    outer white space; the set holds them so.
    """
    places: dict[str, list[int]] = defaultdict(list)
    paragraphs: list[set[str]] = []
    headlines = {_key(a.title) for a in articles if a.title}
    for n, article in enumerate(articles):
        keys = [_key(m.group()) for m in _LINE.finditer(article.text)]
        keys = [k for k in keys if k]
        headlines.update(k for k in keys[:3] if len(k.split()) >= 5)
        paragraphs.append({k for k in keys if len(k.split()) >= 15})
        for key in keys:
            places[key].append(n)
    found: set[str] = set()
    for key, at in places.items():
        counts = Counter(at)
        most = max(counts.values())
        in_one = most > 2 or (most == 2 and not _is_short(key))
        in_many = (
            len(counts) > 1
            and _is_short(key)
            and key not in headlines
            and _in_strangers(sorted(counts), paragraphs)
        )
        if in_one or in_many:
            found.add(key)
    return frozenset(found)


def _key(line: str) -> str:
    return " ".join(line.split()).casefold()


def _is_short(key: str) -> bool:
    return (
        len(key.split()) <= 12 and not _FULL_STOP.search(key) and not any(c.isdigit() for c in key)
    )


def _in_strangers(articles: Sequence[int], paragraphs: Sequence[set[str]]) -> bool:
    """Do two neighbours among these articles share no paragraph?"""
    return any(not paragraphs[a] & paragraphs[b] for a, b in pairwise(articles))


def _whole_line(line: str, index: int) -> str | None:
    """Why the whole of a (stripped) line is furniture, if a rule says so."""
    if len(line) > LONGEST:
        return None
    words = len(line.split())
    for rule in RULES:
        if words > rule.max_words or (rule.within is not None and index >= rule.within):
            continue
        if rule.where == "line" and rule.pattern.fullmatch(line):
            return rule.reason
        if rule.where == "holds" and rule.pattern.search(line):
            return rule.reason
    return None


def _edges(line: str, offset: int, index: int) -> Iterator[Mask]:
    """Masks of what stands before or after the reporting in a (stripped) line."""
    start, end = 0, len(line)
    head, tail = line[:LONGEST], line[-LONGEST:]
    reasons: list[tuple[int, int, str]] = []
    for rule in RULES:
        if rule.within is not None and index >= rule.within:
            continue
        if rule.where == "start" and (m := rule.pattern.match(head, start)):
            reasons.append((start, m.end(), rule.reason))
            start = m.end()
        elif rule.where == "end" and (m := rule.pattern.search(tail)):
            cut = end - len(tail) + m.start()
            if start < cut:
                reasons.append((cut, end, rule.reason))
                end = cut
                tail = line[max(0, end - LONGEST) : end]
    for a, b, reason in sorted(reasons):
        piece = line[a:b]
        left = a + len(piece) - len(piece.lstrip())
        yield Mask(start=offset + left, end=offset + a + len(piece.rstrip()), reason=reason)


def _mark_title(lines: Sequence[str], whole: list[str | None], title: str | None) -> None:
    """The title, where it stands again among the first lines."""
    key = _key(title or "")
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if key and _key(line) == key:
            whole[i] = "title, given apart"


def _mark_links(lines: Sequence[str], whole: list[str | None]) -> None:
    """The headline-like lines under a line that announces links."""
    under = False
    for i, line in enumerate(lines):
        text = line.strip()
        if len(text) <= LONGEST and LINKS_HEADER.fullmatch(text):
            under = True
            whole[i] = whole[i] or "related links"
        elif under and (_FULL_STOP.search(text) or len(text.split()) > 20):
            under = False
        elif under:
            whole[i] = whole[i] or "related links"


def _mark_repeated(
    lines: Sequence[str], whole: list[str | None], repeated: Collection[str]
) -> None:
    """Repeated lines: all of one that is short or printed three times; else all but the first."""
    if not repeated:
        return
    keys = [_key(line) for line in lines]
    counts = Counter(keys)
    seen: set[str] = set()
    for i, key in enumerate(keys):
        if key in repeated and (_is_short(key) or counts[key] > 2 or key in seen):
            whole[i] = whole[i] or "repeated line"
        seen.add(key)


def _mark_tail(lines: Sequence[str], whole: list[str | None]) -> None:
    """Short lines at the very end, once the article has ended in furniture."""
    first = len(lines)
    while first > 0 and (
        whole[first - 1] is not None
        or (
            len(lines[first - 1].split()) <= _TAIL_WORDS
            and not _FULL_STOP.search(lines[first - 1].strip())
            and not any(c.isdigit() for c in lines[first - 1])
        )
    ):
        first -= 1
    if first == 0:
        return  # no reporting before it: a list of short lines is not a tail
    ended = False
    for i in range(first, len(lines)):
        ended = ended or whole[i] is not None
        if ended:
            whole[i] = whole[i] or "left-over line"
