"""One paste to articles: where one ends and the next begins, and who published each, and when.

Files are read in inputs.documents, links in inputs.urls; boilerplate is told in text.boilerplate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import get_month_names

from summarizer.errors import UnreadableFile
from summarizer.inputs.documents import from_html, from_text, is_headline, opening_fields
from summarizer.inputs.markup import decoded
from summarizer.inputs.times import iso
from summarizer.nlp.lexicons.lists import listed
from summarizer.schema import Article
from summarizer.text.boilerplate import RULES
from summarizer.text.boilerplate.rules import plain

By = Literal["lines", "elements", "headlines", "links"]
"""What parted a paste: lines of dashes and the like, <article> elements, headlines, or a link
over each report."""

FIELDS = ("outlet", "title", "published", "url")
"""What is looked for in a paste beside its text."""

BODY = 30
"""Words that a headline must have before it, and behind it, to part a paste."""

MOST = 200
"""Articles that a paste is parted into; one with more lines that part is no list of articles."""

TEASER = 0.1
"""An <article> element with fewer words than this share of the longest one's is a teaser."""

_LINE = re.compile(r"[^\n\r]+")
_SEPARATOR = re.compile(r"\\?(?:-{3,}|–{2,}|—{2,}|={3,}|_{3,}|\*{3,})")
_UNDERLINE = re.compile(r"-{3,}|={3,}")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype html|html|head|body|main|article)\b", re.I)
_ELEMENT = re.compile(r"<article\b[^<>]*>.*</article\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|(?P<tag><(?P<end>/?)article\b[^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(r"<article\b|application/ld\+json|\bproperty=[\"']?og:", re.IGNORECASE)
_SENTENCE = re.compile(r".*[.!?…][\"”’')\]]*$")
_PIECES = re.compile(r"\s*[|·•,]\s*|\s+[–—-]\s+|\s+(?:for|of|at)\s+(?=[A-Z])")
_BY = re.compile(r"(?:(?:posted|written|reported|story|words) )?by\b[:\s]*", re.IGNORECASE)
_NAME = re.compile(r"[A-Z0-9][\w.'’&-]*(?: (?:[A-Z0-9][\w.'’&-]*|of|the|and|&)){0,5}")
_OUTLET = re.compile(
    r"The .+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|news|co\.[a-z]{2})|(?:.* )?(?:News|Times|Post"
    r"|Daily|Press|Herald|Journal|Gazette|Tribune|Ledger|Chronicle|Guardian|Telegraph|Radio"
    r"|Television|TV|Broadcasting|Magazine|Observer|Standard|Mail|Express|Courier|Review|Sentinel"
    r"|Agency|Wire|Online|Today)(?: .*)?"
)
_DATELINE = re.compile(r"[^()]{0,60}\(([A-Z][\w .&'-]{1,30}?)(?:/[^()]{0,40})?\)\s*[-–—:]")
_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_MONTHS = {
    name.lower(): number
    for locale in ("fr", "de", "de_AT", "es")
    for number, name in get_month_names("wide", locale=locale).items()
}
"""The months' names in French, German and Spanish, in lower case, and their numbers."""
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\.?,? {_MONTH},? (?P<y1>\d{{4}})\b"
    rf"|\b{_MONTH} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})\b"
    rf"|\b(?P<d3>\d{{1,2}})(?:er|\.| de)? (?P<month>(?i:{'|'.join(_MONTHS)}))"
    r"(?: de)? (?P<y3>\d{4})\b"
)
_DAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?")
_HOUR = re.compile(
    r"\b(?:at )?(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)"
    r"(?: ?(?:h|UTC|GMT|[A-Z]{1,4}T)\b)?",
    re.IGNORECASE,
)
"""A weekday and an hour, which may stand beside a date."""

_POSTED = re.compile(
    r"(?:publié|mis à jour|veröffentlicht|aktualisiert|publicado|actualizado)\b", re.IGNORECASE
)
_ARTICLES = {"the", "le", "la", "les", "der", "die", "das", "el", "los"}
_WITHIN = {*_ARTICLES, "of", "and", "&", "de", "del", "du", "des", "et", "und", "für", "von", "y"}
_ELIDED = re.compile(r"[dl]['’](?=[A-Z])")
_CREDITS = tuple(r for r in RULES if r.where == "line" and r.reason in ("byline", "time line"))
_AGENCY = re.compile(r"(?:\w+ ){0,3}(?:Reuters|AP|AFP|dpa|UPI|Xinhua|TASS|Bloomberg|BBC\b.*|CNN)")
_LONGEST = 200  # code points of a headline, a byline, a line with a date
_LONE = 3  # words of an outlet's name that nothing but its place tells
_LONE_LED = 5  # words of one that begins with one of _ARTICLES
_MOST_TITLE = 25  # words of a headline
_HEAD = 8  # lines over a report that are looked at
_PARAGRAPH = 12  # words from which a line is one of the report's own
_HEADER = 4_000  # code points in which front matter or header lines must end


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a paste: the half-open span of its code points, no white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste's articles in its order, and what parted them; None where it is one.

    left_out: how many <article> elements were teasers. decoded: whether tags or entities of HTML
    stood in the plain text, and were decoded.
    """

    articles: tuple[Article, ...]
    by: By | None = None
    left_out: int = 0
    decoded: bool = False

    @property
    def found(self) -> tuple[str, ...]:
        """Which of FIELDS some article has, in their order."""
        return tuple(f for f in FIELDS if any(getattr(a, f) for a in self.articles))


def read_paste(text: str, html: str = "", *, whole: bool = False) -> Pasted:
    """The articles of what was pasted.

    text: the paste as plain text, which may be HTML's source. html: the same as HTML, where the
    clipboard held it; it is read where it has <article> elements or says who published it. whole:
    it is one article, and only its fields are looked for.
    A part that is nothing but links is an article with the links for its text. Tags and entities
    in plain text are decoded.
    """
    if not whole and (pasted := _of_html(text, html)) is not None:
        return pasted
    given, text = text, decoded(text)
    parts, by = ((), None) if whole else cut(text)
    by = by if len(parts) <= MOST else None
    texts = [text[p.start : p.end] for p in parts] if by else [text]
    return Pasted(tuple(_article(t) for t in texts), by, decoded=text != given)


def host_of(url: str) -> str | None:
    """The host of a link without "www.", which names an outlet where nothing better does."""
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def is_links(text: str) -> bool:
    """Whether a text is web links, parted by white space, and nothing else."""
    words = text.split(maxsplit=100)
    return bool(words) and all(_LINK.fullmatch(word) for word in words)


# --- where one article ends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and how many line breaks stand before it."""

    start: int
    end: int
    text: str
    breaks: int

    @property
    def after_blank(self) -> bool:
        return self.breaks > 1

    @property
    def words(self) -> int:
        return len(self.text.split())


def cut(text: str) -> tuple[tuple[Part, ...], By | None]:
    """The articles in a paste of plain text, and by what they were parted.

    First by lines of three or more -, =, _ or * (or two – or —), each on a line of its own; else
    by headlines that are sure to be some: after a blank line, a line like a headline, then a
    byline, a date or a dateline (an outlet may stand before or between them, or with the date in
    one line), or two header lines (`Title:`, `Outlet:` …); and with a report before and behind it.
    Where all of these stand after two blank lines or more, and nothing but lines like a headline
    does, each of those is one. A link on a line of its own after a blank line begins an article
    where one stands over the first, or a headline that is sure follows it.
    What is in no part is white space or lines that part: nothing else is left out.
    """
    lines = list(_lines(text))
    groups = [group for group in _between_separators(text, lines) if group]
    by: By | None = "lines" if len(groups) > 1 else None
    if by is None and groups:
        groups = list(_between_headlines(text, groups[0]))
        linked = all(_is_link(group[0].text) and not _is_headed(group, 1) for group in groups[1:])
        by = ("links" if linked else "headlines") if len(groups) > 1 else None
    return tuple(Part(group[0].start, group[-1].end) for group in groups), by


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank, white space around them left out."""
    last = 0
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            breaks = text[last:start].replace("\r\n", "\n").replace("\r", "\n").count("\n")
            yield _Line(start, start + len(stripped), stripped, breaks)
            last = start + len(stripped)


def _between_separators(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    header_ends = 0
    for line in lines:
        if line.start < header_ends or not _SEPARATOR.fullmatch(line.text):
            group.append(line)
            continue
        underlined = len(group) == 1 and not line.after_blank and is_headline(group[0].text)
        if underlined and _UNDERLINE.fullmatch(line.text):
            group.append(line)
            continue
        yield group
        opening = text[line.start : line.start + _HEADER]
        header, rest, _ = opening_fields(opening)
        # Front matter begins with such a line, and has one inside.
        group = [line] if header else []
        header_ends = line.start + len(opening) - len(rest) if header else 0
    yield group


def _between_headlines(text: str, lines: list[_Line]) -> Iterator[list[_Line]]:
    told = list(accumulate((line.words for line in lines), initial=0))
    starts = [n for n in range(1, len(lines)) if _begins(text, lines, n)]
    wide = [n for n in range(1, len(lines)) if lines[n].breaks > 2]
    headed = all(n in starts or _is_title(lines[n].text) for n in wide)
    if starts and headed and {*starts} <= {*wide}:
        starts = wide
    # A headline without a report behind it is a teaser's; the last one before a report counts.
    behind = pairwise([*starts, len(lines)])
    starts = [n for n, end in behind if told[end] - told[n] >= BODY]
    at = 0
    for n in starts:
        if told[n] - told[at] >= BODY:
            yield lines[at:n]
            at = n
    yield lines[at:]


def _begins(text: str, lines: Sequence[_Line], n: int) -> bool:
    """Whether an article begins at line n; an outlet's line before its headline belongs to it."""
    line = lines[n]
    if _is_link(line.text):
        return line.after_blank and _heads(lines, n)
    if not line.after_blank or len(line.text) > _LONGEST:
        return False
    if _is_link(lines[n - 1].text) and _begins(text, lines, n - 1):
        return False  # the link over it begins the article
    if len(opening_fields(text[line.start : line.start + _HEADER])[0]) > 1:
        return True
    if _names(lines, n):
        return True
    before = n > 1 and lines[n - 1].after_blank and _names(lines, n - 1)
    return not before and _is_headed(lines, n)


def _is_link(line: str) -> bool:
    return _LINK.fullmatch(line) is not None


def _heads(lines: Sequence[_Line], n: int) -> bool:
    """Whether the link at line n stands over a report: where the first one does, each does.

    Elsewhere one does that a sure headline follows, but not where links end the reports.
    """
    if _is_link(lines[0].text):
        return n + 1 < len(lines) and not _is_link(lines[n + 1].text)
    followed = _is_headed(lines, n + 1) or _names(lines, n + 1)
    return followed and not _is_link(lines[-1].text)


def _names(lines: Sequence[_Line], n: int) -> bool:
    """Whether line n is an outlet's name over a headline; nearer to it than to what is above.

    With a date beside the name, the headline needs neither behind it.
    """
    if n + 1 < len(lines) and is_dated_name(lines[n].text):
        return _is_title(lines[n + 1].text) and not (n > 0 and _is_title(lines[n - 1].text))
    if not _is_headed(lines, n + 1):
        return False
    near = n == 0 or lines[n].breaks > lines[n + 1].breaks
    return _is_name(lines[n].text) or (near and _is_lone_name(lines[n].text))


def _is_under(lines: Sequence[_Line], n: int) -> bool:
    """Whether line n is an outlet's name under a headline; without an article, it is a writer's."""
    led = lines[n].text.split()[0].lower() in _ARTICLES
    return n > 0 and led and _is_lone_name(lines[n].text) and _is_headed(lines, n - 1)


def _is_headed(lines: Sequence[_Line], n: int) -> bool:
    """Whether a headline stands at line n, with a byline, a date or a dateline behind it."""
    if n >= len(lines) or len(lines[n].text) > _LONGEST:
        return False
    if n + 1 < len(lines) and is_dated_name(lines[n + 1].text):
        return _may_be_title(lines[n].text)
    if not _is_title(lines[n].text):
        return False
    behind = lines[n + 1 : n + 4]
    named = behind and not _is_credit(behind[0].text)
    if named and (_is_name(behind[0].text) or _is_lone_name(behind[0].text)):
        behind = behind[1:]
    if not behind:
        return False
    return _is_credit(behind[0].text) or _DATELINE.match(behind[0].text) is not None


def _is_title(line: str) -> bool:
    return is_headline(line) and not _is_credit(line)


def _may_be_title(line: str) -> bool:
    """Whether a line may be a headline, where an outlet with a date stands under it."""
    return (
        2 <= len(line.split()) <= _MOST_TITLE
        and not line.endswith((".", ":", ",", ";"))
        and not _is_link(line)
        and not _is_credit(line)
    )


def _is_name(line: str) -> bool:
    """Whether a line may be an outlet's name alone."""
    return len(line) <= _LONGEST and len(line.split()) <= 5 and _is_outlet(line)


def _is_lone_name(line: str) -> bool:
    """Whether a line may be an outlet's name because of where it stands: "Merrow Echo".

    Few words, all but the small ones within it capitalised; no sentence, and no byline, section
    or other line of a site.
    """
    words = _ELIDED.sub("", line).split()
    most = _LONE_LED if words[0].lower() in _ARTICLES else _LONE
    return (
        len(words) <= most
        and words[0][0].isupper()
        and all(w[0].isupper() or w[0].isdigit() or w.lower() in _WITHIN for w in words)
        and not re.search(r"[.!?…]$|[,;:|]|\d{4}", line)
        and words[0].lower() not in ("by", "par", "von")
        and not any(r.pattern.fullmatch(plain(line)) for r in RULES if r.where == "line")
    )


def _is_outlet(piece: str) -> bool:
    return bool(_AGENCY.fullmatch(piece)) or bool(
        _OUTLET.fullmatch(piece) and (_NAME.fullmatch(piece) or "." in piece)
    )


def is_dated_name(line: str) -> bool:
    """Whether a line is an outlet's name and a full date, and perhaps an hour, and nothing else."""
    return len(line) <= _LONGEST and _date(line) is not None and _beside_date(line) is not None


def _beside_date(line: str) -> str | None:
    """The outlet that stands beside a date, where nothing else does: "The Tern, 9 March 2026"."""
    rest = _HOUR.sub(" ", _DAY.sub(" ", _DATE.sub(" ", line)))
    rest = " ".join(rest.split()).strip(" ,.;:|·•–—-()")
    known = listed("sources", "words", "papers") | listed("sources", "words", "media")
    called = rest.rpartition(" ")[2].lower() in known and _NAME.fullmatch(rest) is not None
    return rest if called or _is_outlet(rest) else None


def _is_credit(line: str) -> bool:
    """Whether a line says who published or wrote a report, or when, and nothing else."""
    if len(line) > _LONGEST:
        return False
    if is_dated_name(line):
        return True
    line = plain(" ".join(line.split()))
    words = len(line.split())
    if any(words <= rule.max_words and rule.pattern.fullmatch(line) for rule in _CREDITS):
        return True
    told = _POSTED.match(line) or not is_headline(_DATE.sub("", line))
    return words <= _PARAGRAPH and bool(told and _DATE.search(line))


# --- what an article says of itself --------------------------------------------------------------


def _article(text: str) -> Article:
    """The article of one part, with what its first lines say of it."""
    if is_links(text):
        return Article(id="", text=text)
    article, _ = from_text(text, "")
    fields: dict[str, str | None] = {f: getattr(article, f) for f in FIELDS}
    rest = article.text
    first = next(_lines(rest), None)
    linked = fields["url"] is None and first is not None and _is_link(first.text)
    if linked and first is not None:
        fields["url"] = first.text
        rest = rest[first.end :].lstrip()
        fields["title"] = fields["title"] or from_text(rest, "")[0].title
    read = _of_head(rest, linked=linked)
    title = fields["title"]
    if title is not None and (title == read.get("outlet") or is_dated_name(title)):
        fields["title"] = None  # the outlet's line over the headline
    for name, value in read.items():
        fields[name] = fields[name] or value
    rest = _without_dated_name(rest, fields)
    if fields["url"]:
        fields["outlet"] = fields["outlet"] or host_of(fields["url"])
    return Article(id="", text=rest, **fields)


def _without_dated_name(text: str, fields: dict[str, str | None]) -> str:
    """The text without the line over the report that gave both its outlet and its date."""
    for line in list(_lines(text[:_HEADER]))[:_HEAD]:
        if _is_report(line.text):
            break
        if is_dated_name(line.text):
            read = (_beside_date(line.text), _date(line.text))
            if read != (fields["outlet"], fields["published"]):
                break
            over, under = text[: line.start].rstrip(), text[line.end :].lstrip()
            return f"{over}\n\n{under}" if over and under else over + under
    return text


def _of_head(text: str, *, linked: bool = False) -> dict[str, str]:
    """The fields that the lines over a report, and its dateline, name; the first of each.

    A line that only its place beside the headline tells to be the outlet's gives way to any other.
    linked: a link stood over them; then a line like a headline right over the report is one.
    """
    found: dict[str, str] = {}
    head: list[_Line] = []
    dateline = None
    for told in _lines(text):
        dateline = _DATELINE.match(told.text[:_LONGEST])
        if len(head) == _HEAD or dateline or _is_report(told.text):
            break
        head.append(told)
    lines = [told.text for told in head]
    lone = (n for n in range(len(head)) if not is_dated_name(lines[n]))
    beside = next((n for n in lone if _names(head, n) or _is_under(head, n)), None)
    for n, line in enumerate(lines):
        if n == beside and not _is_name(line):
            continue
        if _is_credit(line):
            _put(found, "published", _date(line))
            _put(found, "outlet", _outlet_in(line))
        elif "|" in line and len(line) <= _LONGEST:
            pieces = [p.strip() for p in line.split("|")]
            _put(found, "title", next(filter(is_headline, pieces), None))
            names = [p for p in pieces if _NAME.fullmatch(p) and not is_headline(p)]
            _put(found, "outlet", names[0] if names else None)
        elif _is_name(line):
            _put(found, "outlet", line)
        elif _heads_report(lines, n, last=bool(dateline) or linked):
            _put(found, "title", line)
    if dateline:
        _put(found, "outlet", dateline.group(1).strip())
    if beside is not None:
        _put(found, "outlet", lines[beside])
    return found


def _heads_report(lines: Sequence[str], n: int, *, last: bool) -> bool:
    """Whether line n is the headline: over other lines, or the last where what is around says so.

    last: a dateline follows the lines, or a link stood over them.
    """
    if n + 1 < len(lines) and is_dated_name(lines[n + 1]):
        return _may_be_title(lines[n])
    last = last or n + 1 < len(lines) or (n > 0 and is_dated_name(lines[n - 1]))
    return last and is_headline(lines[n])


def _is_report(line: str) -> bool:
    """Whether a line is a paragraph of the report."""
    return len(line) > _LONGEST or (
        len(line.split()) >= _PARAGRAPH
        and _SENTENCE.match(line) is not None
        and not _is_credit(line)
    )


def _put(found: dict[str, str], name: str, value: str | None) -> None:
    if value:
        found.setdefault(name, value)


def _outlet_in(line: str) -> str | None:
    """The outlet that a byline or a line with a date names: "By Ann Lee, Reuters"."""
    if name := _beside_date(line):
        return name
    pieces = [p.strip(" .:()") for p in _PIECES.split(_DATE.sub("", line))]
    if by := _BY.match(pieces[0]):
        pieces = [pieces[0][by.end() :] if len(pieces) == 1 else "", *pieces[1:]]
    return next((p for p in pieces if p and _is_outlet(p)), None)


def _date(line: str) -> str | None:
    """The first full date in a line as ISO 8601: a day, month and year that are sure."""
    for match in _DATE.finditer(line):
        if match["iso"]:
            found = iso(match["iso"])
        elif match["month"]:
            number = _MONTHS[match["month"].lower()]
            found = iso(f"{match['y3']}-{number:02}-{int(match['d3']):02}")
        else:
            day, month = match["d1"] or match["d2"], match[3] if match["d1"] else match[5]
            found = iso(f"{day} {month[:3]} {match['y1'] or match['y2']}")
        if found:
            return found
    return None


# --- HTML ----------------------------------------------------------------------------------------


def _of_html(text: str, html: str) -> Pasted | None:
    """The articles of a paste that is HTML, or was copied as HTML; None where it is plain text."""
    source = bool(_MARKUP.match(text) or _ELEMENT.search(text))
    markup = text if source else html
    if not source and not _TOLD.search(html):
        return None
    elements, left_out = _elements(markup)
    if 1 < len(elements) <= MOST:
        articles = tuple(_from_html(element) for element in elements)
        return Pasted(articles, "elements", left_out=left_out)
    article = _from_html(markup)
    if source:
        return Pasted((article,)) if article.text.strip() else None
    # What was copied is what was seen; of the HTML only what it says beside the text is taken.
    seen = _article(text)
    fields = {f: getattr(article, f) or getattr(seen, f) for f in FIELDS}
    return Pasted((seen.model_copy(update=fields),))


def _from_html(html: str) -> Article:
    try:
        article = from_html(html, "", "the paste")
    except UnreadableFile:  # too short for what tells a report from the page around it
        article = Article(id="", text=decoded(html))
    fields = {f: getattr(article, f) for f in FIELDS}
    read = _of_head(article.text)
    outlet = host_of(fields["url"]) if fields["url"] else None
    update = {f: fields[f] or read.get(f) for f in FIELDS}
    return article.model_copy(update={**update, "outlet": update["outlet"] or outlet})


def _elements(html: str) -> tuple[list[str], int]:
    """The <article> elements that are in no other one, and how many of them were teasers."""
    found = [html[start:end] for start, end in _spans(html)]
    sizes = [len(decoded(element).split()) for element in found]
    least = TEASER * max(sizes, default=0)
    kept = [e for e, size in zip(found, sizes, strict=True) if size and size >= least]
    return kept, len(found) - len(kept)


def _spans(html: str) -> Iterator[tuple[int, int]]:
    """The half-open spans of the <article> elements that are in no other one."""
    depth = start = 0
    for found in _TAGS.finditer(html):
        if found["tag"] and not found["end"]:
            start = start if depth else found.start()
            depth += 1
        elif found["tag"] and depth:
            depth -= 1
            if not depth:
                yield start, found.start()
    if depth:
        yield start, len(html)
