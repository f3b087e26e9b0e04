"""Which language a text is in, and a warning where it is not English.

Nothing is translated or refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from babel import Locale

from summarizer.schema import Article

_WORDS_TO_TELL = 20  # words from which a language is told whatever the identifier's probability
# Of 17 sentences of 3 to 11 words in German and four more, all but one made of names reach this;
# no English one of 20 is given another language with more than 0.44.
_SURE = 0.75
_FEWEST = 3  # words
_SAMPLE = 4_000  # code points that it is told from


def language(text: str) -> str:
    """The ISO 639-1 code of the language a text is most likely in, told from its beginning.

    Source: langid (Lui & Baldwin, ACL 2012), as py3langid. Below some twenty words it errs.
    """
    code: str = _identifier().classify(text[:_SAMPLE])[0]
    return code


def in_english(found: str) -> str:
    """What `language` or `foreign` found, as a reader calls it: "French" for "fr"."""
    name: str = Locale("en").languages.get(found, found)
    return name


def language_warnings(articles: Sequence[Article]) -> tuple[str, ...]:
    """One warning for articles that are not in English.

    Another script is told at once. Texts of fewer than 20 words in Latin script are named only
    where their language is plain.
    """
    found = [f"{a.label} ({what})" for a in articles if (what := foreign(a.text))]
    if not found:
        return ()
    named = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
    return (f"summaries are made for English; not in English, it seems: {named}",)


def foreign(text: str) -> str | None:
    """The code of the language, or the name of the script, that is not English; else None."""
    text = text[:_SAMPLE]
    script = _script(text)
    words = len(text.split())
    if script is None and (words < _FEWEST or _plainly_english(text)):
        return None
    code, probability = _identifier().classify(text)
    sure = probability >= _SURE or (script is None and words >= _WORDS_TO_TELL)
    if script is not None:
        return str(code) if sure and code != "en" else f"{script} script"
    return str(code) if sure and code != "en" else None


def _script(text: str) -> str | None:
    """The script that most letters of a text are in, by Unicode's name for it; None for Latin."""
    if text.isascii():
        return None
    scripts = Counter(unicodedata.name(c, "?").partition(" ")[0] for c in text if c.isalpha())
    if not scripts:
        return None
    others = {
        s: n for s, n in scripts.items() if s not in {"LATIN", "FEMININE", "MASCULINE", "MICRO"}
    }
    if 2 * sum(others.values()) <= scripts.total():
        return None
    most = max(others, key=lambda s: others[s])
    return "Han" if most == "CJK" else most.capitalize()


_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|for|was|with|said|is|on|by|at|from)\b", re.I)


def _plainly_english(text: str) -> bool:
    # Spares the identifier's two seconds: in English prose every fourth word is one of these.
    return len(_ENGLISH.findall(text)) >= 0.18 * len(text.split())


@cache
def _identifier() -> Any:
    # A second or two to load: only when a language is asked for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
