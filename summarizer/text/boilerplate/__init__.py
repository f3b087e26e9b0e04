"""Marks what in an article is not reporting, by span and reason. The text is never changed.

The kinds of boilerplate are data, in newsroom.py, site.py and notices.py. Wire copies are found in
evidence.duplicates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from summarizer.nlp import parse
from summarizer.schema import Article, Mask
from summarizer.text.boilerplate.newsroom import PRESS
from summarizer.text.boilerplate.notices import NOTICES, OFFERED
from summarizer.text.boilerplate.rules import LONGEST, Rule, plain
from summarizer.text.boilerplate.site import LINK, LINKS_HEADER, PAGE

__all__ = ["RULES", "mask", "repeated_lines"]

RULES: tuple[Rule, ...] = PRESS + PAGE + NOTICES
"""Every kind of boilerplate. Within a line the first rule that masks the whole of it decides."""

_LINE = re.compile("[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_FULL_STOP = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_HEAD_LINES = 5  # lines in which a title can stand again
_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is its nor of on or over the to up via vs with".split()
)
_NOT_HEADING = re.compile(r"""[.!?…;:,"“”„«»|\d]|['’]$""")
_SPOKEN = re.compile(r"\b(?:said|told|asked|urged|warned|argued)\b")
# A speaker at the end of a sentence ("Choose by June, the elders said"), a court, a study: no site.
_REPORTED = re.compile(
    r"\b(?:sa(?:id|ys|ying)|tell|tells|told|ask(?:s|ed)|urge[sd]|warn(?:s|ed)|wr(?:ites|ote)"
    r"|add(?:s|ed)"
    r"|argued|according|announced|ruled|found|shouted|reported)\b"
    r"|, (?:an?|the|one|his|her|its|their|(?-i:[A-Z]\w+))\b[^,]{2,60}\b\w{2,}ed\W*$",
    re.IGNORECASE,
)
_PIECE_END = re.compile(r"""[.!?…]["')\]]*\s+(?=["'(\[<#@]*[A-Z0-9])""")
_ADDRESSED = re.compile(r"\b(?:you|your|we|our|(?-i:us)|here)\b|\]$", re.IGNORECASE)
# Its first word is "you" behind a verb, or a verb that lacks its subject.
_ASKED = re.compile(
    r"(?:(?:do|did|have|has|are|were|can|would|could) you\b|(?:got|have|need|want|know|seen?"
    r"|notice|find|found|\w+ed) (?:an?|any|some\w*|more|to|the|this|your)\b)[^?]{0,120}\?",
    re.IGNORECASE,
)
_MUSING = frozenset("call consider forget imagine let picture remember suppose take think".split())
_UNDER = re.compile(r',? (?:under|with) (?:the|an?) (?:\w+ )?(?:headline|title):? "[^"]*"\W*$')
_ANYWHERE = frozenset({"read more", "subscription line", "promotion", "share line", "comments",
                       "advertisement", "video placeholder"})  # fmt: skip
"""What rules for lines tell of a single sentence in a paragraph too; other lines are no news only
where they stand alone."""
_INJECTION = "instruction to a machine"
_QUESTION = re.compile(r"(?:what|who|how|why|where|when|which)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must"
    r"|shall|should|said|says|\w{3,}ed)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^.{20,300}\w[.!?] [A-Z][a-z]+(?: [A-Z][a-z'-]*\.?){0,2} [A-Z][a-zA-Z'-]+$")
_LABELLED = re.compile(r"[A-Z][\w'-]*(?: [\w'-]+){0,3}: [A-Z]\S*(?: \S+){6,50}(?<![.!?:;,\"])")
_PICTURES = ("photo caption", "photo credit", "video placeholder")
_SENTENCE_END = frozenset(".!?\"'")
_CREDIT_LEAD = '.!?"”’…|–— '
_TITLE_WORDS = 20
_SITE_BAR = re.compile(r" [-–—|] ")
_HEADING_WORDS = 9
_TAIL_WORDS = 8  # a left-over line after the article has ended has no more words


def mask(article: Article, repeated: Collection[str] = ()) -> tuple[Mask, ...]:
    """Mark what is not reporting in an article's text.

    repeated: lines of `repeated_lines` for the story, masked wherever they stand alone.
    Returns masks in order, disjoint, each within one line, its white space at the ends left
    out. Offsets count the code points of `article.text`, which is never changed.

    Precision goes first: what no rule knows is taken for reporting. Besides RULES, line by line or
    sentence by sentence, six things are seen only in their place: the title standing in the text
    again (it is cited as the title), links under a "Related:" line, labels over the report,
    headings between its paragraphs, short lines left over at its end, and `repeated`.
    Linear in the text.
    """
    lines = [(m.start(), m.group()) for m in _LINE.finditer(article.text) if m.group().strip()]
    notices = [_notices(line.strip()) for _, line in lines]
    whole = [
        _whole_line(line, i, len(lines)) or _all_of(line.strip(), notices[i])
        for i, (_, line) in enumerate(lines)
    ]
    texts = [line for _, line in lines]
    _mark_title(texts, whole, article.title)
    _mark_links(texts, whole)
    _mark_repeated(texts, whole, repeated)
    _mark_head(texts, whole, titled=bool(article.title))
    _mark_headings(texts, whole, titled=bool(article.title))
    _mark_captions(texts, whole)
    _mark_tail(texts, whole)
    masks: list[Mask] = []
    for i, (at, line) in enumerate(lines):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        reason = whole[i]
        if reason is not None:
            masks.append(Mask(start=start, end=end, reason=reason))
        else:
            masks.extend(_edges(article.text[start:end], start, i, len(lines), notices[i]))
    return tuple(masks)


def repeated_lines(articles: Sequence[Article]) -> frozenset[str]:
    """Lines that recur as boilerplate does: a menu's, a site's slogan, a caption printed twice.

    That is a short line without a figure or a full stop that stands in two articles which
    share no paragraph (copies of one report share them all, headings too: those are no
    boilerplate), or three times in one article; and any longer line printed twice in one
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
    """Do two successive ones of these articles share no paragraph?"""
    return any(not paragraphs[a] & paragraphs[b] for a, b in pairwise(articles))


def _whole_line(line: str, index: int, lines: int) -> str | None:
    """Why the whole of a line is boilerplate, if a rule says so."""
    if len(line) > LONGEST:
        return None
    words = line.split()
    line = plain(" ".join(words))
    spoken = _SPOKEN.search(line) is not None  # no site tells its readers who said what
    several = _PIECE_END.search(line) is not None
    for rule in RULES:
        if len(words) > rule.max_words or not rule.sees(index, lines):
            continue
        if several and rule.reason in _ANYWHERE:
            continue  # each sentence is asked about: a report may begin behind it
        if (
            (rule.where == "line" and rule.pattern.fullmatch(line))
            or (
                rule.where == "opens" and rule.pattern.match(line) and not (spoken and rule in PAGE)
            )
            or (
                rule.where == "holds"
                and (m := rule.pattern.search(line))
                and not (spoken and _is_behind_sentences(rule, m, line))
            )
        ):
            return rule.reason
    return None


def _notices(line: str) -> list[tuple[int, int, str]]:
    """(start, end, reason) of the sentences of a (stripped) line that the site says to its reader.

    Never one that is quoted, reported or in a quotation, save an instruction to a machine, after
    which nothing in its line is trusted. A sentence behind one that goes on addressing the reader
    is of the same kind, and so is a question to the reader before one ("Seen a mistake? Write …").
    """
    found: list[tuple[int, int, str]] = []
    line = plain(line)
    at = quotes = 0
    asked: tuple[int, int] | None = None  # a question to the reader that the sentence before puts
    for end in [*(m.end() for m in _PIECE_END.finditer(line)), len(line)]:
        piece = " ".join(line[at:end].split())
        last = at + len(line[at:end].rstrip())
        if len(piece) <= LONGEST and not quotes % 2:
            reason = _notice(piece)
            if reason == _INJECTION:
                return [*found, (at, len(line), reason)]
            if reason is None and found and found[-1][1] + 3 > at and _goes_on(piece):
                reason = found[-1][2]
            if reason is not None:
                if asked is not None and reason != "read more":
                    found.append((*asked, reason))
                found.append((at, last, reason))
            asked = (at, last) if reason is None and _ASKED.fullmatch(piece) else None
        quotes += line.count('"', at, end)
        at = end
    return found


def _notice(piece: str) -> str | None:
    piece = _UNDER.sub("", piece)
    words = len(piece.split())
    # The first word may be the site's own: "Tell us …".
    plainly = '"' not in piece and not _REPORTED.search(piece, len(piece.partition(" ")[0]))
    for rule in NOTICES:
        if (
            words <= rule.max_words
            and (plainly or (rule.reason == _INJECTION and piece[:1] != '"'))
            and rule.pattern.match(piece)
        ):
            return rule.reason
    if LINK.match(piece):
        return "read more"
    if not plainly:
        return None
    offered = OFFERED.match(piece)
    if offered is not None and _asks_for(piece, offered.start(1)):
        return "site message"
    reason = _whole_line(piece, LONGEST, 2 * LONGEST)
    return reason if reason in _ANYWHERE else None


def _asks_for(sentence: str, at: int) -> bool:
    """Does a sentence ask its reader to do something with what is named at code point `at`?

    That is a bare verb without a subject, and the thing in no clause of somebody else's.
    """
    [parsed] = parse([sentence])
    tokens, root = parsed.tokens, parsed.roots[0]
    i = next(i for i, t in enumerate(tokens) if t.end > at)
    if i == root:
        return False  # "Email him"
    while i != tokens[i].head:
        if tokens[i].dep in ("relcl", "acl", "nsubj", "nsubjpass"):
            return False
        i = tokens[i].head
    below = [tokens[c] for c in parsed.children[root]]
    return (
        i == root
        and tokens[root].tag in ("VB", "VBP")
        and tokens[root].lemma not in _MUSING
        and not any(
            t.dep in ("nsubj", "nsubjpass", "expl") or (t.dep == "aux" and t.lemma != "do")
            for t in below
        )
    )


def _goes_on(piece: str) -> bool:
    return _ADDRESSED.search(piece) is not None and '"' not in piece and not _REPORTED.search(piece)


def _all_of(line: str, notices: Sequence[tuple[int, int, str]]) -> str | None:
    """The reason of the first notice where notices are all that a (stripped) line holds."""
    left = len(line) - sum(end - start for start, end, _ in notices)
    return notices[0][2] if notices and left <= len(notices) - 1 else None


def _is_behind_sentences(rule: Rule, found: re.Match[str], line: str) -> bool:
    """Is what tells a picture's caption found behind other sentences of a paragraph?"""
    return rule.reason in _PICTURES and _PIECE_END.search(line, 0, found.start() + 3) is not None


def _edges(
    line: str, offset: int, index: int, lines: int, notices: Sequence[tuple[int, int, str]]
) -> Iterator[Mask]:
    """Masks of what stands before or after the reporting in a (stripped) line, and of notices."""
    start, end = 0, len(line)
    head, tail = plain(line[:LONGEST]), plain(line[-LONGEST:])
    reasons: list[tuple[int, int, str]] = []
    for rule in RULES:
        if not rule.sees(index, lines):
            continue
        if rule.where == "start" and (m := rule.pattern.match(head, start)):
            reasons.append((start, m.end(), rule.reason))
            start = m.end()
        elif (at := _tail_at(rule, tail)) is not None and start < (cut := end - len(tail) + at):
            reasons.append((cut, end, rule.reason))
            end = cut
            tail = plain(line[max(0, end - LONGEST) : end])
    reasons = [r for r in reasons if not any(r[0] < d and c < r[1] for c, d, _ in notices)]
    for a, b, reason in sorted([*reasons, *notices]):
        piece = line[a:b]
        left = a + len(piece) - len(piece.lstrip())
        yield Mask(start=offset + left, end=offset + a + len(piece.rstrip()), reason=reason)


def _tail_at(rule: Rule, tail: str) -> int | None:
    """Where in a line's tail begins what a rule masks at the line's end; None where it does not."""
    if rule.where == "end" and (found := rule.pattern.search(tail)):
        return found.start()
    credited = rule.where == "holds" and rule.reason in _PICTURES and tail[-1:] not in _SENTENCE_END
    if credited and (found := rule.pattern.search(tail)) and found.end() == len(tail):
        credit = found[0].lstrip(_CREDIT_LEAD)
        return len(tail) - len(credit) if _is_behind_sentences(rule, found, tail) else None
    return None


def _mark_title(lines: Sequence[str], whole: list[str | None], title: str | None) -> None:
    """The title standing again among the first lines, longer or shorter by a few words; and
    where no title is given, the headline's second printing, or its printing with the site's name.
    """
    wanted = set(_WORD.findall(_key(title or "")))
    head = [_key(line) for line in lines[:_HEAD_LINES]]
    for i, key in enumerate(head):
        words = set(_WORD.findall(key))
        same = len(wanted & words)
        if key == _key(title or "") or (
            same > 2
            and 5 * same >= 4 * len(wanted)
            and len(words) <= 2 * len(wanted)
            and len(key.split()) <= _TITLE_WORDS
            and not _FULL_STOP.search(key)
            and i + 1 < len(lines)
        ):
            whole[i] = "title, given apart"
        elif not _FULL_STOP.search(key) and (
            (key in head[:i] and len(key.split()) > 3)
            or any(_with_site(key, other) for other in head)
        ):
            whole[i] = whole[i] or "headline, printed twice"


def _with_site(key: str, headline: str) -> bool:
    """Is a line the headline and the name of the site after it ("… | Coast Daily")?"""
    return (
        len(headline.split()) > 3
        and key.startswith(headline)
        and _SITE_BAR.match(key, len(headline)) is not None
    )


def _mark_head(lines: Sequence[str], whole: list[str | None], titled: bool) -> None:
    """Names and labels ("Weather Alert", "Ann Lee") among the lines over the report.

    A label that may be the headline, having nothing beside it but the report, stays.
    """
    zone = next((i for i, line in enumerate(lines) if whole[i] is None and _is_long(line)), 0)
    labels = [i for i in range(zone) if whole[i] is None and _is_label(lines[i], titled)]
    if titled or len(labels) < zone:
        for i in labels:
            whole[i] = "line over the report"


def _is_long(line: str) -> bool:
    return len(line.split()) >= 12 and _FULL_STOP.search(line.strip()) is not None


def _is_label(line: str, titled: bool) -> bool:
    words = line.split()
    return (
        len(words) <= (5 if titled else 3)
        and not _FULL_STOP.search(line.strip())
        and all(w[0].isupper() or w[0].isdigit() or w in _SMALL_WORDS for w in words)
    )


def _mark_headings(lines: Sequence[str], whole: list[str | None], titled: bool) -> None:
    """A heading between two paragraphs of a report: it states nothing that could be cited.

    It stands alone between lines that end in a full stop, has no figure, no quotation and no
    full stop, and is in capitals, in Title Case, or short and without a common verb. Behind the
    last of two paragraphs, and over the first where a title is given, such a line is left over.
    """
    report = [i for i, reason in enumerate(whole) if reason is None]
    for n, i in enumerate(report):
        text = plain(lines[i].strip())
        if len(text.split()) > _HEADING_WORDS:
            continue
        around = [report[n + d] for d in (-1, 1) if 0 <= n + d < len(report)]
        inside = len(around) == 2
        if not inside:
            around = [
                report[n + d] for d in ((-1, -2) if n else (1, 2)) if 0 <= n + d < len(report)
            ]
        beside = [lines[j].strip() for j in around]
        if (
            len(beside) < 2
            or not (inside or n or titled)
            or not all(_FULL_STOP.search(line) for line in beside)
        ):
            continue
        in_capitals = (
            text.isupper()
            and len(text) > 3
            and not any(line.isupper() for line in beside)
            and not _NOT_HEADING.search(text.rstrip("?:"))
        )
        if in_capitals or (_is_heading(text) and all(_is_paragraph(line) for line in beside)):
            whole[i] = "section heading" if inside else "left-over line"


def _is_heading(text: str) -> bool:
    words = text.split()
    if _QUESTION.match(text) and len(words) <= (4 if text.endswith("?") else 6):
        return not _NOT_HEADING.search(text.rstrip("?"))
    return not _NOT_HEADING.search(text) and (
        all(w[0].isupper() or w.lower() in _SMALL_WORDS for w in words)
        or (len(words) <= 5 and not _VERB.search(text))
    )


def _is_paragraph(line: str) -> bool:
    return len(line.split()) >= 6 and _FULL_STOP.search(line.strip()) is not None


def _mark_captions(lines: Sequence[str], whole: list[str | None]) -> None:
    """Captions that no credit gives away, each between two paragraphs of the report.

    Either it closes with a bare name after its sentence ("The pier on Friday. Ann Lee"), or it
    opens with a label and has no full stop ("Shut: The pier at …") in an article with other
    pictures, or with two such lines.
    """
    labelled: list[int] = []
    pictures = any(reason in _PICTURES for reason in whole)
    before = True  # does a paragraph, or boilerplate after one, precede this line?
    for i, line in enumerate(lines):
        text = plain(line.strip())
        after = i + 1 == len(lines) or whole[i + 1] is not None or lines[i + 1].strip()[0].isupper()
        if whole[i] is not None:
            continue
        if _is_paragraph(line):
            before = True
            continue
        if not before or len(text) > LONGEST:
            continue
        if after and _NAMED.search(text) and not _SPOKEN.search(text):
            whole[i] = "photo caption"
        elif _LABELLED.fullmatch(text):
            labelled.append(i)
        else:
            before = False
    if pictures or len(labelled) > 1:
        for i in labelled:
            whole[i] = "photo caption"


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
    """Short lines at the very end, once the article has ended in boilerplate."""
    first = len(lines)
    while first > 0 and (whole[first - 1] is not None or _is_scrap(lines[first - 1].strip())):
        first -= 1
    if first == 0:
        return  # no reporting before it: a list of short lines is not a tail
    ended = False
    for i in range(first, len(lines)):
        ended = ended or whole[i] is not None
        if ended:
            whole[i] = whole[i] or "left-over line"


def _is_scrap(line: str) -> bool:
    """Is it short, without a full stop, and without a figure unless it is a label?"""
    return (
        len(line.split()) <= _TAIL_WORDS
        and not _FULL_STOP.search(line)
        and (not any(c.isdigit() for c in line) or _is_label(line, titled=True))
    )
