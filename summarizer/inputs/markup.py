"""Text that was cut out of a web page with its tags and entities still in it, decoded.

For fields of JSON, tables and feeds; whole pages are read in inputs.documents.
"""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_BLOCK = (
    "address|article|aside|blockquote|br|div|dd|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li"
    "|main|nav|ol|p|pre|section|table|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|amp-[a-z]+|audio|b|big|button|caption|center|cite|code|col|colgroup|del|dfn|em"
    "|embed|font|form|i|iframe|img|input|ins|kbd|label|mark|picture|q|s|samp|small|source|span|strike"
    "|strong|sub|sup|svg|tbody|td|tfoot|th|thead|time|tt|u|var|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CELLS = re.compile(r"</t[dh]\s*>\s*<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"</?p(?:\s[^<>]*)?>", re.IGNORECASE)
_WRAP = re.compile(r"(?<!\n)\r?\n(?![ \t]*[\r\n])")
_BLANKS = re.compile(r"\n\s*\n")


def decoded(text: str) -> str:
    """The text without HTML's tags and with its entities as the characters they stand for.

    What ends a line in a browser is a line's end here, cells of a row stand apart as "a | b", and
    scripts, styles and comments are left out. What is no tag and no entity of HTML stays: "AT&T",
    "a < b". A text without any is returned as it is. Tags that were themselves written as entities
    ("&lt;p&gt;") are decoded too.
    """
    for _ in range(2):
        if _TAG.search(text) or _HIDDEN.search(text):
            text = _without_tags(text)
        unescaped = _ENTITY.sub(_character, text)
        if unescaped == text:
            break
        text = unescaped
        if not _TAG.search(text):
            break
    return text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity.group()).replace("\xa0", " ")


def _without_tags(text: str) -> str:
    text = _HIDDEN.sub("", text)
    if _PARAGRAPHS.search(text):
        text = _WRAP.sub(" ", text)  # in HTML a line's end is a space
    text = _CELLS.sub(" | ", text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    return _BLANKS.sub("\n\n", text).strip()
