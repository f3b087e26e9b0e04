"""Rules of reading a source sentence in its article: who "he" is, which day "Friday" was.

What follows for a reader's wording is in test_revise.py and test_verdict_default.py.
"""

from __future__ import annotations

import pytest

from summarizer import Summarizer
from summarizer.pipeline.decontextualised import decontextualised
from summarizer.schema import Article, Story

TUNNEL = (
    "The tunnel under Mount Karsk was closed on Monday evening after rocks fell. "
    "Harbour engineer Ilse Vantor said the roof was safe. "
    "About 40 cars were stuck. "
    "A first estimate of 90 cars was wrong, she said. "
    "The Courier has seen the log of the night."
)


def read(
    summarizer: Summarizer,
    wanted: str,
    text: str = TUNNEL,
    published: str | None = "2031-05-07",  # a Wednesday
    outlet: str | None = "The Karsk Courier",
) -> list[str]:
    """The sentences of one article as a wording wants them read."""
    article = Article(id="a1", text=text, title="Rocks", published=published, outlet=outlet)
    prepared = summarizer.prepare(Story(articles=(article,)))
    rows = range(len(prepared.grouped.embedded.sentences))
    return [s.text for s in decontextualised(wanted, rows, prepared) if s.field == "text"]


@pytest.mark.parametrize(
    ("wanted", "row", "full"),
    [
        (
            "The first estimate was wrong, Ilse Vantor said.",
            3,
            "A first estimate of 90 cars was wrong, Harbour engineer Ilse Vantor said.",
        ),
        (
            "The first estimate was wrong, the engineer said.",
            3,
            "A first estimate of 90 cars was wrong, Harbour engineer Ilse Vantor said.",
        ),
        (
            "The tunnel was closed on 5 May.",
            0,
            "The tunnel under Mount Karsk was closed on Monday evening, May 5, after rocks fell.",
        ),
        (
            "On Monday, May 5, 2031, the tunnel was closed.",
            0,
            "The tunnel under Mount Karsk was closed on Monday evening, May 5, 2031, after rocks "
            "fell.",
        ),
        (
            "The Karsk Courier has seen a log.",
            4,
            "The Karsk Courier has seen the log of the night.",
        ),
    ],
)
def test_what_the_article_makes_certain_is_read_in_full(
    summarizer: Summarizer, wanted: str, row: int, full: str
) -> None:
    """A speaker, a day or a newspaper that the wording names is named in the source sentence."""
    printed = read(summarizer, "It rained.")
    assert " ".join(printed) == TUNNEL
    expected = [full if n == row else s for n, s in enumerate(printed)]
    assert read(summarizer, wanted) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        "The tunnel was closed on 4 May.",
        "The Lindvik Courier has seen a log.",
        "A first estimate of 90 cars was wrong, she said.",
    ],
)
def test_what_the_wording_gets_wrong_or_leaves_short_is_read_as_printed(
    summarizer: Summarizer, wanted: str
) -> None:
    """Another day, speaker or newspaper changes nothing, so that the checks still find it."""
    assert " ".join(read(summarizer, wanted)) == TUNNEL


def test_without_a_day_of_publication_no_weekday_has_a_date(summarizer: Summarizer) -> None:
    """A date that nothing shows is not the source's."""
    assert " ".join(read(summarizer, "It was closed on 5 May.", published=None)) == TUNNEL


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("She met mayor Pia Lorch at noon.", "she"),
        ("Mayor Pia Lorch was at the gate.", "Mayor Pia Lorch"),
        ("Mayor Pia Lorch said cars would be towed.", "Mayor Pia Lorch"),
    ],
)
def test_a_pronoun_is_whoever_is_named_last_if_that_is_one(
    summarizer: Summarizer, between: str, speaker: str
) -> None:
    """A wording that gives the words to another speaker is judged by whose words they are."""
    text = TUNNEL.replace("About 40 cars were stuck.", between)
    told = text.replace("she said", f"{speaker} said")
    assert " ".join(read(summarizer, "It was wrong, Ilse Vantor said.", text)) == told
