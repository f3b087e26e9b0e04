"""A finished summary for the page's tests, with all that a summary can know, and how it is opened.

Made by hand: three outlets of our invention, one of them a copy. No model is asked for it.
"""

from __future__ import annotations

import json
from typing import Any

from browser import settled

from summarizer.schema import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    DisagreementValue,
    Dropped,
    Method,
    State,
    Summary,
    Tone,
)

BEACON = (
    "A tram left the rails at Quill Bridge on Tuesday, and fourteen people were hurt, the fire "
    "service said.\n"
    "The driver braked late, transport minister Ada Lund told reporters.\n"
    "The bridge was opened on 3 May 2019.\n"
    "Nobody was killed."
)
COURANT = (
    "A tram came off the rails at Quill Bridge on Tuesday at 7:45 a.m., and 12 people were hurt, "
    "police said.\n"
    "The brakes had failed, the drivers' union said.\n"
    "The line carries 40,000 people a day."
)
HERALD = "A tram left the rails at Quill Bridge on Tuesday.\nThe disgraceful line is shut."

ARTICLES = (
    Article(
        id="beacon",
        outlet="The Beacon",
        title="Tram leaves the rails at Quill Bridge",
        text=BEACON,
        url="https://beacon.example/tram",
        published="2026-05-12T10:30:00+02:00",
    ),
    Article(id="courant", outlet="Courant", text=COURANT, published="2026-05-12T18:00:00+02:00"),
    Article(id="herald", outlet="Herald", text=HERALD, published="2026-05-13"),
)
_BY_ID = {a.id: a for a in ARTICLES}


def cite(article: str, words: str) -> Citation:
    """The source sentence of an article that begins with these words."""
    text = _BY_ID[article].text
    start = text.index(words)
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return Citation(
        article=article, field="text", start=start, end=end, text=text[start:end], score=0.9
    )


FOURTEEN = cite("beacon", "A tram left")
TWELVE = cite("courant", "A tram came")
MINISTER = cite("beacon", "The driver")
UNION = cite("courant", "The brakes")
OPENED = cite("beacon", "The bridge")
CARRIES = cite("courant", "The line")
HERALDED = cite("herald", "A tram left")


def _told(text: str, method: Method, *citations: Citation, independent: int = 1) -> CitedSentence:
    return CitedSentence(
        text=text,
        method=method,
        support=0.9,
        independent_sources=independent,
        citations=citations,
    )


def _claim(text: str, **cells: tuple[State, Citation | None]) -> Coverage:
    return Coverage(
        claim=text,
        cells={a: (c,) for a, (_, c) in cells.items() if c is not None},
        states={a: state for a, (state, _) in cells.items()},
    )


LEAD = "A tram left the rails at Quill Bridge on Tuesday."

STORY = Summary(
    id="tram",
    title=CitedSentence(
        text="Tram leaves the rails at Quill Bridge",
        method="quoted",
        support=1.0,
        independent_sources=1,
        citations=(
            Citation(
                article="beacon",
                field="title",
                start=0,
                end=len(ARTICLES[0].title or ""),
                text=ARTICLES[0].title or "",
                score=1.0,
            ),
        ),
    ),
    sentences=(
        _told(LEAD, "trimmed", FOURTEEN, TWELVE, HERALDED, independent=2),
        _told(
            "Reports differ on how many were hurt: fourteen, the fire service said; 12, police "
            "said.",
            "fused",
            FOURTEEN,
            TWELVE,
        ),
        _told(MINISTER.text, "quoted", MINISTER),
        _told(UNION.text, "quoted", UNION),
        _told(OPENED.text, "quoted", OPENED),
        _told(CARRIES.text, "quoted", CARRIES),
    ),
    coverage=(
        _claim(
            LEAD,
            beacon=("carries", FOURTEEN),
            courant=("carries", TWELVE),
            herald=("carries", HERALDED),
        ),
        _claim(
            MINISTER.text,
            beacon=("carries", MINISTER),
            courant=("contradicts", UNION),
            herald=("none", None),
        ),
        _claim(UNION.text, beacon=("none", None), courant=("carries", UNION)),
        _claim(OPENED.text, beacon=("carries", OPENED), courant=("none", None)),
        _claim(
            "Fourteen people were hurt.",
            beacon=("carries", FOURTEEN),
            courant=("part", TWELVE),
            herald=("none", None),
        ),
    ),
    disagreements=(
        Disagreement(
            about="people hurt",
            kind="number",
            values=(
                DisagreementValue(
                    value="Fourteen", speaker="the fire service", citations=(FOURTEEN,)
                ),
                DisagreementValue(value="12", speaker="police", citations=(TWELVE,)),
            ),
        ),
    ),
    tone=(Tone(word="disgraceful", article="herald", citation=cite("herald", "The disgraceful")),),
    articles=tuple(
        ArticleReport(
            **a.model_dump(include={"id", "outlet", "title", "url", "published", "text"}),
            used=True,
        )
        for a in ARTICLES
    ),
    dropped=(Dropped(text="Forty were hurt.", problems=("number",)),),
    warnings=("article 'herald' reads as an opinion piece",),
    signature={"model": "by hand", "words": 150},
)


def open_saved(page: Any, summary: Summary) -> None:
    """Open a summary on the page as a file that was saved, and wait until it is read."""
    saved = {
        "name": "summary.json",
        "mimeType": "application/json",
        "buffer": json.dumps(summary.model_dump(mode="json")).encode(),
    }
    page.locator("#replan").wait_for(state="attached")  # the last of what the script presses
    page.locator("input.saved").set_input_files(saved)
    page.locator(".account .tally").wait_for()
    page.locator("#remarks .notes").wait_for()
    settled(page)
