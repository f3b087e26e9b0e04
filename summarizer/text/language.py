"""Which language a text is in, and a warning where it is not English.

Nothing is translated or refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from summarizer.schema import Article

_WORDS_TO_TELL = 20  # words from which a language is told
_SAMPLE = 4_000  # code points that it is told from


def language(text: str) -> str:
    """The ISO 639-1 code of the language a text is most likely in, told from its beginning.

    Source: langid (Lui & Baldwin, ACL 2012), as py3langid. Below some twenty words it errs.
    """
    code: str = _identifier().classify(text[:_SAMPLE])[0]
    return code


def language_warnings(articles: Sequence[Article]) -> tuple[str, ...]:
    """One warning for articles that are not in English; short texts are not judged."""
    foreign = [
        f"{a.label} ({code})"
        for a in articles
        if len(a.text[:_SAMPLE].split()) >= _WORDS_TO_TELL
        and not _plainly_english(a.text[:_SAMPLE])
        and (code := language(a.text)) != "en"
    ]
    if not foreign:
        return ()
    named = ", ".join(foreign[:5]) + (" …" if len(foreign) > 5 else "")
    return (f"summaries are made for English; not in English, it seems: {named}",)


_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|for|was|with|said|is|on|by|at|from)\b", re.I)


def _plainly_english(text: str) -> bool:
    # Spares the identifier's two seconds: in English prose every fourth word is one of these.
    return len(_ENGLISH.findall(text)) >= 0.18 * len(text.split())


@cache
def _identifier() -> Any:
    # A second or two to load: only when a language is asked for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
