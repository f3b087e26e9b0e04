"""The rules of text.sentences. Offsets, lines, quotations and lengths; not what is furniture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.schema import Article, Mask
from summarizer.text.sentences import MAX_CHARS, MAX_QUOTE_WORDS, split


def texts(text: str, masks: Sequence[Mask] = ()) -> list[str]:
    return [s.text for s in split(Article(id="a", text=text), masks)]


def check_law(text: str, masks: Sequence[Mask] = ()) -> None:
    """Spans cut their own text, are ordered and disjoint, and leave out only space, masks and the
    marks of lists.
    """
    sentences = split(Article(id="a", text=text), masks)
    covered = [0] * len(text)
    last = 0
    for i, s in enumerate(sentences):
        assert (s.article, s.field, s.position) == ("a", "text", i)
        assert last <= s.start < s.end <= len(text)
        assert s.text == text[s.start : s.end] == s.text.strip()
        assert len(s.text) <= MAX_CHARS
        covered[s.start : s.end] = [1] * (s.end - s.start)
        last = s.end
    masked = [False] * len(text)
    for m in masks:
        masked[m.start : min(m.end, len(text))] = [True] * max(0, min(m.end, len(text)) - m.start)
    for char, here, out in zip(text, covered, masked, strict=True):
        if out:
            assert not here
        elif not char.isspace() and char not in "•▪‣◦●■*-":
            assert here


PIECES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            '"',
            "“",
            "”",
            "«",
            "»",
            ". ",
            '." ',
            "?",
            "…",
            " said Ann. ",
            "He said ",
            "\n",
            "\r\n",
            "\x00",
            "\u2028",
            "\x85",
            "é",
            "👩\u200d👩\u200d👧",
            "שלום. ",
            "\u202e",
            "Mr. Ng",
            "U.S. ",
            "  ",
            "x" * 300,
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.data())
@example("", None)
def test_every_character_is_in_one_sentence_unless_masked(text: str, data: st.DataObject) -> None:
    """Sentences are exact, disjoint, ordered spans that hold all but space and masked text."""
    span = st.tuples(st.integers(0, len(text) + 3), st.integers(0, 30))
    spans = data.draw(st.lists(span, max_size=4)) if data else []
    check_law(text, [Mask(start=a, end=a + n, reason="x") for a, n in spans])


def test_title_is_a_citable_sentence_before_the_text() -> None:
    """The title comes first, at position -1, as a span of the title; a blank one is no sentence."""
    title, body = split(Article(id="a", text="It rained.", title="  Rain falls \n"), ())
    assert (title.field, title.position, title.text) == ("title", -1, "Rain falls")
    assert (title.start, title.end) == (2, 12)
    assert (body.field, body.position, body.start) == ("text", 0, 0)
    assert len(split(Article(id="a", text="It rained.", title=" \n"), ())) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_sentence_never_crosses_a_newline(newline: str) -> None:
    """Lines come first, whatever ends them: a heading does not run into the next paragraph."""
    text = newline.join(["River rises again", "The river rose. Roads shut.", "Talks"])
    sentences = split(Article(id="a", text=text), ())
    assert [s.text for s in sentences] == [
        "River rises again",
        "The river rose.",
        "Roads shut.",
        "Talks",
    ]


def test_a_paragraph_wrapped_at_a_fixed_width_is_one_paragraph() -> None:
    """Lines that only a fixed width parts are read on; a list of short lines is not."""
    wrapped = (
        "The harbour authority said on Friday that the northern\n"
        "pier would stay closed until divers had looked at every\n"
        "pile. Ferries will leave from the fish market instead.\n"
    )
    assert texts(wrapped) == [
        "The harbour authority said on Friday that the northern\n"
        "pier would stay closed until divers had looked at every\npile.",
        "Ferries will leave from the fish market instead.",
    ]
    listed = "in the north: 12 homes\nin the south: 3 homes\nin the west: none"
    assert texts(listed) == listed.split("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"The bridge is safe. We checked it twice," Ms. Ortega said. Traffic resumed.',
            ['"The bridge is safe. We checked it twice," Ms. Ortega said.', "Traffic resumed."],
        ),
        (
            "“It is a crime! We will not accept it!” said Jon Bell. The vote is on Monday.",
            [
                "“It is a crime! We will not accept it!” said Jon Bell.",
                "The vote is on Monday.",
            ],
        ),
        (
            'The mayor said: "We go. We do not come back." Then he left.',
            ['The mayor said: "We go. We do not come back."', "Then he left."],
        ),
        ('"It is over." — Jim Doe, coach', ['"It is over." — Jim Doe, coach']),
        (
            '"No." Alice Wu said on Monday. Rain fell.',
            ['"No." Alice Wu said on Monday.', "Rain fell."],
        ),
        (
            '"We leave," Ann Lee said. "The road is open." Police closed it later.',
            ['"We leave," Ann Lee said. "The road is open."', "Police closed it later."],
        ),
        (
            '“We waited," he said, adding, "But it was in vain. It always is.” So they went.',
            [
                '“We waited," he said, adding, "But it was in vain. It always is.”',
                "So they went.",
            ],
        ),
    ],
)
def test_a_quotation_stays_with_its_speaker(text: str, expected: list[str]) -> None:
    """A boundary inside or after a quotation never parts it from who said it."""
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '"We won." Smith said the team would go on to the final.',
        'It is 6\'2" tall. She said "no."',
        'He called it "a mess." The minister resigned.',
        '"The first was short. The second was shorter.',
    ],
)
def test_what_follows_a_quotation_on_its_own_stays_on_its_own(text: str) -> None:
    """A new statement after a quotation, an inch mark or an unclosed mark joins nothing."""
    assert len(texts(text)) == 2


def test_of_a_long_quotation_the_end_stays_with_the_speaker() -> None:
    """Beyond the word limit only the quoted sentences nearest to the speaker are kept with them."""
    sentence = "The town has waited nine long years for a new road and a new school. "
    text = '"' + sentence * 8 + 'It will wait no longer," said Eva Lind.'
    parts = texts(text)
    assert len(parts) > 1
    assert parts[-1].endswith('It will wait no longer," said Eva Lind.')
    assert parts[-1].startswith("The town")
    assert all(len(p.split()) <= MAX_QUOTE_WORDS for p in parts)


def test_masked_text_is_in_no_sentence() -> None:
    """A mask at the start, in the middle or over several lines leaves only what is around it."""
    text = "PARIS (Agency) - Rain fell.\nShare this\nRoads shut."
    masks = [Mask(start=28, end=38, reason="share line"), Mask(start=0, end=17, reason="dateline")]
    assert texts(text, masks) == ["Rain fell.", "Roads shut."]


def test_a_run_without_a_full_stop_is_cut_between_clauses() -> None:
    """No sentence is longer than the limit, and a cut prefers a clause's end to a word's."""
    text = "the list went on and on, " * 400
    parts = texts(text)
    assert all(len(p) <= MAX_CHARS for p in parts)
    assert all(p.endswith(",") for p in parts)
    check_law(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on the coast. " * 40_000,
        "word " * 200_000,
        "x" * 1_000_000,
        "." * 1_000_000,
        '"a. ' * 200_000,
        "e\u0301" * 300_000,
        "\n" * 500_000,
    ],
    ids=["sentences", "no stops", "one word", "dots", "open quotes", "marks", "newlines"],
)
def test_a_megabyte_is_split_exactly(text: str) -> None:
    """A megabyte in one line, with or without full stops, keeps the law."""
    check_law(text)


def test_a_cut_keeps_a_combining_mark_on_its_letter() -> None:
    """Even a word longer than the limit is not cut between a letter and its accent."""
    assert all(not p.startswith("\u0301") for p in texts("e\u0301" * 3_000))
    assert all(not p.startswith("\u0301") for p in texts("xe\u0301" + "e\u0301" * 3_000))


def test_a_short_title_ends_no_sentence() -> None:
    """An officer's rank stays with the officer's name."""
    text = "He said Kelbrook police Lt. Ida Harlan was there. Nobody was held."
    found = [s.text for s in split(Article(text=text), ())]
    assert found == [text[:49], text[50:]]


def test_hard_boundaries() -> None:
    """Behind hall., month., U.S. and missing spaces sentences end; behind titles they go on.

    In tests/data/hard_splits.txt " | " is a boundary with a space and "¦" one without. F1 of the
    boundaries is at least 0.95.
    """
    found = wanted = right = 0
    lines = (Path(__file__).parent / "data" / "hard_splits.txt").read_text(encoding="utf-8")
    for line in lines.splitlines():
        ends, text = set(), ""
        for i, part in enumerate(line.replace("¦", " | ¦").split(" | ")):
            if i:
                ends.add(len(text))
            text += part.removeprefix("¦") if not i or part.startswith("¦") else f" {part}"
        got = {s.end for s in split(Article(id="a", text=text), ())[:-1]}
        found, wanted, right = found + len(got), wanted + len(ends), right + len(got & ends)
    assert wanted > 150
    assert 2 * right / (found + wanted) >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        '"Is this a joke?" Talby asked when the vote was read.',
        '"Is this a joke?" T. asked when the vote was read.',
        '"Resign!" protesters outside parliament shouted.',
        "Lt. Gov. Ida Harlan took the oath.",
        "Halden Co. said it would appeal.",
        "Yahoo! shares fell on Friday.",
    ],
)
def test_what_belongs_together_is_not_cut(text: str) -> None:
    """A quoted question keeps its speaker, a title its name, a firm its verb."""
    assert texts(text) == [text]


def test_items_of_a_list_are_sentences_without_their_marks() -> None:
    """Bullets part a line; the mark of an item is in no sentence."""
    assert texts("• 40 homes flooded • Two roads shut\n- The mayor resigned") == [
        "40 homes flooded",
        "Two roads shut",
        "The mayor resigned",
    ]
    assert texts("Orrin | 12 | 4\nTalby | 31 | 9") == ["Orrin | 12 | 4", "Talby | 31 | 9"]
