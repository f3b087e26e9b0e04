"""What an outlet corrected: the wrong value is neither told nor compared, wherever it stands."""

from __future__ import annotations

import pytest

from summarizer.evidence.corrections import NOTE, SUPERSEDED, corrected
from summarizer.schema import Article
from summarizer.text.boilerplate import mask
from summarizer.text.sentences import split


def aside(*texts: str, published: tuple[str | None, ...] = ()) -> list[tuple[str, str]]:
    """(words, reason) of what is set aside in articles of these texts."""
    articles = [Article(id=f"a{n}", text=text) for n, text in enumerate(texts)]
    told = [s for a in articles for s in split(a, mask(a))]
    times = dict(zip((a.id for a in articles), published or (None,) * len(articles), strict=True))
    found = corrected(told, times)
    of = {a.id: a.text for a in articles}
    return [(of[f.article][f.mask.start : f.mask.end], f.mask.reason) for f in found]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "The tunnel under the Skarn ridge is 19 kilometres long.",
            "The tunnel under the ridge is 9 kilometres long.\n\nAn earlier version of this story "
            "said the tunnel was 19 kilometres long; it is 9 kilometres long.",
        ),
        (
            "A blast at the Lund mill killed eight workers, the union said.",
            "A blast at the Lund mill killed three workers, police said.\n\n"
            "Correction: The blast killed three workers, not eight.",
        ),
        (
            "The trial of the harbour master opens on Thursday.",
            "The trial of the harbour master opens on Friday.\n\n"
            "This article has been corrected to say that the trial opens on Friday, not Thursday.",
        ),
        (
            "The trial of the harbour master opens on Thursday in Norhavn.",
            "The trial of the harbour master opens on Friday in Norhavn.\n\n"
            "This article has been corrected to say that the trial opens in Norhavn on Friday.",
        ),
        (
            "The climber who fell on the ridge is Petra Holm, her club said.",
            "The climber who fell on the ridge is Anna Holst.\n\n"
            "An earlier report misidentified the climber as Petra Holm. She is Anna Holst.",
        ),
        (
            "The cable to the islands costs 70 million crowns.",
            "The cable costs 7 million crowns, the grid company said. "
            "The Courier corrected the cost of the cable from 70 to 7 million crowns.",
        ),
        (
            "Turnout in the valley was 81 per cent, the clerk said.",
            "Turnout in the valley was 61 per cent, the clerk said.\n\nClarification: "
            "A previous version of this article misstated the turnout as 81 per cent. "
            "It was 61 per cent.",
        ),
        (
            "The church at Orrin was built in 1520.",
            "The church at Orrin was built in 1620.\n\n"
            "An earlier version of this article incorrectly said the church was built in 1520.",
        ),
        (
            "The ferry to Skarn takes 90 minutes in summer.",
            "The ferry to Skarn takes 40 minutes.\n\nThis article was amended on 3 May. "
            "An earlier version said the ferry took 90 minutes; it takes 40 minutes.",
        ),
        (
            "The bell of Talby was cast in 1701 by a monk.",
            "The bell of Talby was cast in 1710.\n\nAn earlier version of this article gave the "
            "wrong year. The bell was cast in 1710, not 1701.",
        ),
        (
            "The airline will drop 200 flights in May.",
            "The airline will drop 20 flights in May. We reported 200 flights. That was wrong: "
            "the airline will drop 20 flights.",
        ),
    ],
)
def test_a_sentence_with_the_value_that_was_wrong_is_set_aside(wrong: str, right: str) -> None:
    """Figure, day, name, share, year: whichever article has it, and only its own sentence."""
    more = "Residents met in the town hall in the evening."
    for order in ((f"{wrong} {more}", right), (right, f"{more} {wrong}")):
        found = aside(*order)
        assert [words for words, reason in found if reason == SUPERSEDED] == [wrong]


def test_the_note_is_not_told_where_the_report_has_it_right() -> None:
    """What a note says of "this article" is no news once the report gives the right value."""
    note = "Correction: The storm broke 12 masts, not 20."
    right = "The storm broke 12 masts in the harbour."
    assert aside(f"{right}\n\n{note}") == [(note, NOTE)]


def test_of_a_note_that_alone_has_it_right_the_label_goes() -> None:
    """The right value is told from the note, without its label or what stood before."""
    assert aside("Boats sank.\n\nCorrection: The storm broke 12 masts, not 20.") == [
        ("Correction: ", NOTE)
    ]
    whole = "An earlier version of this article said $9 million; the pier costs $2 million."
    assert aside(f"Boats sank.\n\n{whole}") == [
        ("An earlier version of this article said $9 million; ", NOTE)
    ]


def test_a_report_printed_after_the_correction_stands() -> None:
    """A toll that rises later to a figure once corrected is news."""
    note = "The flood killed 12 people.\n\nCorrection: The flood killed 12 people, not 15."
    late = "The flood has killed 15 people, police said."
    early, later = "2026-05-03T08:00:00Z", "2026-05-04T08:00:00Z"
    assert (late, SUPERSEDED) not in aside(note, late, published=(early, later))
    assert (late, SUPERSEDED) in aside(note, late, published=(later, early))


@pytest.mark.parametrize(
    "text",
    [
        "An earlier version of this article gave the wrong year.",
        "Corrections officers said 14 inmates were hurt. The prison said 12 inmates were hurt.",
        "The bill gives $40 million. An earlier version of the bill gave $60 million.",
        "The minister said the paper had wrongly reported 14 deaths. The fire led to 14 deaths.",
        "The bank corrected its forecast from 3 to 2 per cent. It had forecast 3 per cent growth.",
        'The first report gave 30 jobs. The second report, in May, gave 40 jobs, "not enough".',
        "Twelve people were hurt, police said. The hospital said fourteen people were hurt.",
        "He said the estimate of 40 million was wrong. The estimate is 40 million.",
        "Rents rose from 400 to 500 crowns. Students paid 400 crowns a year ago.",
    ],
)
def test_what_somebody_says_of_a_figure_corrects_nothing(text: str) -> None:
    """Denials, revised forecasts, earlier bills, two counts: both values stay."""
    assert aside(text) == []
