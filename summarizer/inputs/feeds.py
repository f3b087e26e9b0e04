"""A feed (RSS, Atom) to articles, one an entry: from its file or, where that is allowed, its link.

Nothing behind an entry's own link is fetched. Links are fetched in inputs.urls; which entries
report one event is decided in stories.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax import SAXParseException

from summarizer.errors import UnreadableFile, UnreadableLink
from summarizer.inputs.markup import decoded
from summarizer.inputs.storage import open_bytes
from summarizer.inputs.times import iso
from summarizer.inputs.urls import FEED, Answer
from summarizer.schema import Article

ENDINGS = (".xml", ".rss", ".atom", ".rdf")
"""How the name of a feed's file ends, before .gz."""

NAMED = 3
"""Entries that a warning names; of the others it says how many they are."""

Get = Callable[[str], Answer]
"""A feed's link to what is behind it; raises UnreadableLink."""

_LINES = (".jsonl", ".json", ".csv")  # behind a link, too, these are fsspec's to read
_HTML = ("text/html", "application/xhtml+xml")
_END = re.compile(r"</\s*(?:\w+:)?(?:rss|feed|rdf|channel)\s*>(?:\s|<!--.*?-->)*\Z", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds, newest or oldest first as it was given.

    articles: the entries that have text, each with the entry's own identifier for id, which may
    be empty or given twice. warnings: what its reader should know, a sentence each.
    """

    articles: tuple[Article, ...]
    warnings: tuple[str, ...] = ()


def is_link(place: str) -> bool:
    """Is it a web link rather than a path, or a place that only fsspec reaches?"""
    return place.lower().startswith(("http://", "https://"))


def is_feed(place: str) -> bool:
    """Is a place a feed by its name? Every web link is, but those to .jsonl, .json and .csv."""
    if is_link(place):
        return not urlsplit(place).path.lower().removesuffix(".gz").endswith(_LINES)
    return place.lower().removesuffix(".gz").endswith(ENDINGS)


def read_feed(place: str, get: Get | None = None) -> Feed:
    """Read the feed of a file (also .gz, or where fsspec reaches) or behind a web link.

    get: what fetches a link; None where links are not to be fetched. Raises UnreadableLink for a
    link that may not or cannot be fetched, UnreadableFile as `parse_feed` does or for a file that
    cannot be opened.
    """
    if is_link(place):
        if get is None:
            raise UnreadableLink(
                f"{place!r} is a link, and links are not fetched unless that is allowed; "
                f"add --allow-fetch, or {FEED.mend}"
            )
        answer = get(place)
        said = {"content-location": answer.url}
        if answer.charset is not None:
            said["content-type"] = f"application/xml; charset={answer.charset}"
        return parse_feed(answer.data, repr(place), answer.host.removeprefix("www."), said)
    with open_bytes(place, "give a feed's file") as file:
        return parse_feed(file.read(), repr(place))


def parse_feed(
    data: bytes, name: str, host: str | None = None, said: dict[str, str] | None = None
) -> Feed:
    """The articles of a feed's bytes.

    name: what to call the feed in messages. host: the outlet where the feed names none. said:
    the headers that it came with. An entry's text is its content, or failing that its summary,
    HTML made plain; `published` is its date as ISO 8601, in the zone that it was given in.
    Raises UnreadableFile for what is no feed, breaks off, or has no entry with text.
    """
    import feedparser

    # As a stream: a text or bytes would be taken for a link or a path, and opened.
    found: dict[str, Any] = dict(feedparser.parse(io.BytesIO(data), response_headers=said or {}))
    entries: list[dict[str, Any]] = [dict(entry) for entry in found.get("entries", ())]
    broken = found.get("bozo_exception")
    broken = broken if isinstance(broken, SAXParseException) else None
    if not found.get("version"):
        raise UnreadableFile(f"{name} is no RSS or Atom feed; give the file or link of one")
    if broken is not None and not _END.search(data[-2_000:].decode("utf-8", "replace")):
        raise UnreadableFile(f"{name} breaks off before its end; fetch it again")
    if not entries:
        why = f" ({broken.getMessage()})" if broken is not None else ""
        raise UnreadableFile(f"{name} is a feed without an entry{why}; give one that has some")
    outlet = _title(dict(found.get("feed", {}))) or host
    read = [_entry(fields, outlet) for fields in entries]
    articles = tuple(e.article for e in read if e.article.text)
    if not articles:
        raise UnreadableFile(
            f"{name}: none of its entries has text ({len(entries)} have none); "
            "give a feed with contents or summaries"
        )
    warnings: list[str] = []
    if broken is not None:
        warnings.append(
            f"{name}: its XML is broken ({broken.getMessage()}), so entries may be missing or cut"
        )
    for what, those in (
        ("no text and are left out", [e for e in read if not e.article.text]),
        ("only a summary, which is used as the text", [e for e in read if e.summary]),
        ("a date that is not understood and is left out", [e for e in read if e.undated]),
    ):
        if those:
            has = f"{len(those)} of {len(entries)} entries have {what}"
            warnings.append(f"{name}: {has}: {_named(those)}")
    return Feed(articles, tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as an article, whose text may be empty; whether its text is only a summary, and
    whether it has a date that is not understood."""

    article: Article
    summary: bool
    undated: bool


def _entry(fields: dict[str, Any], outlet: str | None) -> _Entry:
    contents = [_plain(c.get("value", ""), c.get("type", "")) for c in fields.get("content", ())]
    text = max(contents, key=len, default="")
    summary = ""
    if not text:
        detail = fields.get("summary_detail", {})
        text = summary = _plain(fields.get("summary", ""), detail.get("type", "text/html"))
    link = fields.get("link") or ""
    dates = [d for d in (fields.get("published"), fields.get("updated")) if d]
    when = [iso(d) for d in dates]
    if not any(when):
        when += [_moment(fields.get(f"{name}_parsed")) for name in ("published", "updated")]
    published = next(filter(None, when), None)
    article = Article(
        text=text,
        id=fields.get("id") or link,
        title=_title(fields),
        outlet=_title(dict(fields.get("source", {}))) or outlet,
        url=link if is_link(link) else None,
        published=published,
    )
    return _Entry(article, bool(summary), bool(dates) and published is None)


def _title(fields: dict[str, Any]) -> str | None:
    detail = fields.get("title_detail", {})
    return " ".join(_plain(fields.get("title") or "", detail.get("type", "")).split()) or None


def _named(entries: Sequence[_Entry]) -> str:
    called = [repr(e.article.title or e.article.id or e.article.text[:40]) for e in entries]
    more = len(called) - NAMED
    return ", ".join(called[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _moment(parsed: Iterable[int] | None) -> str | None:
    """What feedparser made of a date of another form, in UTC."""
    if parsed is None:
        return None
    year, month, day, hour, minute, second, *_ = parsed
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).isoformat()


def _plain(value: str, type: str) -> str:
    """The text of a content: HTML a line a block, plain text as it is, anything else none."""
    if type in _HTML:
        lines = decoded(" ".join(value.splitlines())).split("\n")
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
    return value.strip() if not type or type.startswith("text/") else ""
