"""What the page derives from a summary: paragraphs, days, speakers and figures, without a browser.

How it is seen and used is in test_page_reading.py.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_double import FOURTEEN, STORY, TWELVE

from summarizer.page import account, panes, reading, remarks
from summarizer.page.editing import Desk
from summarizer.page.fragments import LONGEST_SHOWN, Numbers, direction, shown
from summarizer.schema import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    SourceSentence,
    Summary,
)


def _cited(text: str, *, published: str | None, name: str = "a1") -> tuple[ArticleReport, Citation]:
    report = ArticleReport(id=name, used=True, text=text, published=published)
    return report, Citation(
        article=name, field="text", start=0, end=len(text), text=text, score=0.9
    )


def _summary(*sources: tuple[ArticleReport, Citation]) -> Summary:
    claims = tuple(Coverage(claim=c.text, cells={r.id: (c,)}) for r, c in sources)
    return Summary(articles=tuple(r for r, _ in sources), coverage=claims, id="s")


# --- paragraphs ----------------------------------------------------------------------------------


def test_paragraphs_are_the_lead_the_difference_the_sides_and_the_background() -> None:
    """A paragraph begins where a sentence tells something else, and no sentence moves."""
    found = reading.paragraphs(STORY)
    assert [(p.kind, p.numbers) for p in found] == [
        ("lead", (1,)),
        ("differs", (2,)),
        ("sides", (3, 4)),
        ("background", (5, 6)),
    ]


def test_a_claim_that_another_outlet_contradicts_differs() -> None:
    """A sentence whose claim is contradicted does not run on in the lead."""
    claim = STORY.sentences[5].text
    told = STORY.model_copy(
        update={
            "sentences": (STORY.sentences[0], STORY.sentences[5]),
            "coverage": (Coverage(claim=claim, cells={}, states={"herald": "contradicts"}),),
        }
    )
    assert [p.kind for p in reading.paragraphs(told)] == ["lead", "differs"]


@given(st.lists(st.sampled_from(STORY.sentences), max_size=30))
@settings(max_examples=40, deadline=None)
def test_every_sentence_is_in_one_paragraph_in_its_order(told: list[CitedSentence]) -> None:
    """Whatever is told in whatever order: nothing is lost, moved, or runs on without an end."""
    found = reading.paragraphs(STORY.model_copy(update={"sentences": tuple(told)}))
    assert [n for p in found for n in p.numbers] == list(range(1, len(told) + 1))
    assert all(1 <= len(p.numbers) <= reading.LONGEST_PARAGRAPH for p in found)
    assert not told or found[0].kind == "lead"


# --- who says what -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The port was shut, harbour master Ida Moe said.", ["harbour master Ida Moe"]),
        ("“We had no choice,” said Moe, 41, who runs the port.", ["Moe"]),
        ("Nothing worked, she said.", []),
        ("Its authors said that the road would flood.", []),
        ("The road flooded.", []),
    ],
)
def test_only_who_is_named_is_a_speaker(text: str, named: list[str]) -> None:
    """The noun phrase stands for the speaker; a pronoun, or "its authors", names nobody."""
    assert reading.speakers(text) == named


def test_one_speaker_is_named_once_in_the_fullest_form() -> None:
    """ "Moe" is the harbour master of another claim, unless another name ends so, too."""
    claims = [
        Coverage(claim=text, cells={})
        for text in (
            "The port was shut, Moe said.",
            "Harbour master Ida Moe said that the fog was thick.",
            "The fog was thin, the fire service said.",
        )
    ]
    sides = reading.sides(claims)
    assert [(s.speaker, len(s.claims)) for s in sides] == [
        ("Harbour master Ida Moe", 2),
        ("The fire service", 1),
    ]
    twin = Coverage(claim="Pilot Karl Moe said that he saw nothing.", cells={})
    assert next(s.speaker for s in reading.sides([*claims, twin])) == "Moe"


# --- when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("The bridge was opened on 3 May 2019.", None, date(2019, 5, 3)),
        ("The tram crashed on Tuesday.", "2026-05-13", date(2026, 5, 12)),
        ("The tram crashed on Tuesday at 7:45 a.m.", "2026-05-13", date(2026, 5, 12)),
        ("The trial begins on Monday, May 18.", "2026-05-13", date(2026, 5, 18)),
        ("The tram crashed on Tuesday evening.", "2026-05-13", date(2026, 5, 12)),
        ("They were let home at noon on Tuesday.", "2026-05-13", date(2026, 5, 12)),
        ("The council will vote on Friday.", "2026-05-13", date(2026, 5, 15)),
        ("The council will vote on Wednesday.", "2026-05-13", None),
        ("The council may vote on Friday.", "2026-05-13", None),
        ("The brakes were tested in March.", "2026-05-13", date(2026, 3, 1)),
        ("The brakes were tested in September.", "2026-05-13", date(2025, 9, 1)),
        ("The board is expected to report in September.", "2026-05-13", date(2026, 9, 1)),
        ("The line opens in September.", "2026-05-13", None),
        ("The tram crashed on Tuesday.", None, None),
        ("The trial begins on Monday.", "2026-05-13", None),
        ("The council called a vote on Friday.", "2026-05-13", None),
        ("“It broke on Monday,” she said.", "2026-05-13", None),
        ("The tram crashed on May 12.", "2026-05-13", None),
        ("The line was built in 1994.", "2026-05-13", None),
        ("Belford Evening Post, 14 June 2026, 21:40", None, None),
        ("The Northern Tribune — Monday 15 June 2026", None, None),
    ],
)
def test_only_a_day_that_is_certain_is_on_the_timeline(
    text: str, published: str | None, day: date | None
) -> None:
    """With its year or its weekday, or as a weekday or month that surely was or will be."""
    days = reading.timeline(_summary(_cited(text, published=published)))
    assert all(d.month == (d.day.day == 1) for d in days if d.mentions)
    assert [d.day for d in days if d.mentions] == ([day] if day else [])


def test_the_timeline_has_each_sentence_in_its_own_words_by_the_hour() -> None:
    """What several articles say of one day stands there apart; only the same words are one."""
    same = "A tram left the rails on Tuesday."
    sources = [
        _cited(same, published="2026-05-12T10:00", name="a1"),
        _cited(f"{same[:-1]} at 7:45 a.m.", published="2026-05-12T18:00", name="a2"),
        _cited(same, published="2026-05-13", name="a3"),
    ]
    first, second = reading.timeline(_summary(*sources))
    assert (first.day, second.day) == (date(2026, 5, 12), date(2026, 5, 13))
    told = [([c.article for c in m.citations], m.minute) for m in first.mentions]
    assert told == [(["a2"], 465), (["a1", "a3"], None)]
    assert first.published == (("a1", "10:00"), ("a2", "18:00"))
    assert second.published == (("a3", None),)


def test_no_timeline_without_times() -> None:
    """One day of publication orders nothing."""
    assert reading.timeline(_summary(_cited("Rain fell.", published="2026-05-13"))) == ()


def test_a_sentence_that_no_claim_rests_on_is_on_its_day() -> None:
    """What the articles tell of a day is there, whether or not the summary tells it."""
    report, _ = _cited("Rain fell. The tram crashed on 3 May 2019.", published=None)
    [day] = reading.timeline(Summary(id="s", articles=(report,)))
    [mention] = day.mentions
    assert [c.text for c in mention.citations] == ["The tram crashed on 3 May 2019."]


# --- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Fourteen", "14"),
        ("12", "12"),
        ("at least twenty-one people", "at least 21 people"),
        ("a dozen", "12"),
        ("two thousand", "2,000"),
        ("about two million", "about 2 million"),
        ("1.5 million", "1.5 million"),
        ("a third", "a third"),
        ("dozens", "dozens"),
        ("", ""),
    ],
)
def test_figures_that_differ_are_in_one_form(written: str, seen: str) -> None:
    """Numbers are in digits, whatever words an outlet has for them; what is vague stays so."""
    assert reading.in_figures(written) == seen


def test_the_cards_set_figures_beside_figures() -> None:
    """ "Fourteen" of one outlet and "12" of another are 14 and 12 on the card."""
    cards = remarks.notes(STORY).partition('class="cards"')[2].partition("</section>")[0]
    assert ">14</button>" in cards
    assert ">12</button>" in cards
    assert "Fourteen" not in cards


# --- side by side --------------------------------------------------------------------------------


def test_each_claim_has_every_outlets_own_wording_and_state() -> None:
    """Carries, in part, contradicts, or that no sentence was found; the words are the source's."""
    html = remarks.notes(STORY)
    folds = html.split('<details class="compared">')[1:]
    assert len(folds) == 3
    minister, hurt = folds[1], folds[2]
    assert minister.count("<dt>") == hurt.count("<dt>") == 3
    for words in ("carries it", "contradicts it", "no sentence found"):
        assert f"<em>{words}</em>" in minister
    assert "<em>carries it in part</em>" in hurt
    assert TWELVE.text in hurt
    assert FOURTEEN.text in hurt


# --- what has no end -----------------------------------------------------------------------------


def test_a_sentence_without_an_end_shows_its_beginning_and_says_so() -> None:
    """Nothing is cut in silence, and it cannot be edited from its beginning alone."""
    text = "x" * 1_000_000
    html = shown(text)
    assert html.startswith(text[:LONGEST_SHOWN])
    assert "the first 1,000 of 1,000,000 characters" in html
    sentence = STORY.sentences[0].model_copy(update={"text": text})
    whole = account.finished(Desk(STORY.model_copy(update={"sentences": (sentence,)})))
    assert len(whole) < 10_000
    assert whole.count('data-op="change"') == 1  # the headline's


@pytest.mark.parametrize("unit", ["x", "word ", "e\N{COMBINING ACUTE ACCENT}", "👩‍👩‍👧"])
def test_a_line_without_an_end_is_cut_into_pieces_and_stays_whole(unit: str) -> None:
    """Its paragraphs, put together, are the text; each part names the sentence it belongs to."""
    text = (unit * 50_000)[:50_000]
    report = ArticleReport(id="a1", used=True, text=text)

    def split(article: Article, _: object) -> tuple[SourceSentence, ...]:
        return (SourceSentence("a1", "text", 0, len(text), text, 0),)

    html = panes.sources(Summary(id="s", articles=(report,)), split)
    parts = html.split('<span class="s" ')[1:]
    assert parts[0].startswith('id="s1te0"')
    assert all(part.startswith('data-part="s1te0"') for part in parts[1:])
    told = [part.partition(">")[2].partition("</span>")[0] for part in parts]
    assert "".join(told) == text
    assert max(map(len, told)) <= 2 * panes.LONG_PARAGRAPH
    for begin in told[1:]:
        assert begin[0] not in "\N{COMBINING ACUTE ACCENT}\N{ZERO WIDTH JOINER}"


@pytest.mark.parametrize(
    ("text", "way"),
    [("12 boats", "ltr"), ("12 סירות", "rtl"), ("…", "ltr"), ("1" * 5_000 + "סירות", "ltr")],
)
def test_the_direction_is_told_from_the_beginning(text: str, way: str) -> None:
    """By the first letter of the first thousand characters; without one, from left to right."""
    assert direction(text) == way


def test_the_numbers_of_a_claim_are_the_articles_own() -> None:
    """A wording stands under its outlet's number, which is the mark behind a sentence."""
    numbers = Numbers(STORY.articles)
    assert f'data-src="{numbers.ids([TWELVE])}"' in remarks.notes(STORY)
