"""When an article was published, as feeds and files write it: read to ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_RFC_2822 = re.compile(
    r"(?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\s+\d{4}(\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+[+-]\d{4}"
    r"|\s+[a-z]{1,5})?)?",
    re.IGNORECASE,
)
_SPACED_ZONE = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")


def iso(published: str) -> str | None:
    """A time in ISO 8601 or RFC 2822 ("Fri, 06 Mar 2026 10:00:00 GMT") as extended ISO 8601.

    What begins as YYYY-MM-DD already is returned as it stands, less outer white space; a day
    without a time stays one. None for what is neither: a month alone, "yesterday", "03/06/2026".
    """
    text = published.strip()
    try:
        when = datetime.fromisoformat(_SPACED_ZONE.sub("", text))
    except ValueError:
        return _from_rfc_2822(text)
    if text[:10] == when.date().isoformat():
        return _SPACED_ZONE.sub("", text)
    return when.isoformat() if ":" in text or "T" in text else when.date().isoformat()


def _from_rfc_2822(text: str) -> str | None:
    form = _RFC_2822.fullmatch(text)
    if form is None:
        return None
    try:
        when = parsedate_to_datetime(text if form.group(1) else f"{text} 00:00")
    except ValueError:
        return None
    return when.isoformat() if form.group(1) else when.date().isoformat()


def unread(published: str) -> str:
    """Why a time is left as it is, and how to correct it, for a warning."""
    return (
        f'"published" is {published!r}, neither ISO 8601 nor RFC 2822, and dates no weekday; '
        'write it as "2026-03-06" or "2026-03-06T10:00:00+00:00"'
    )
