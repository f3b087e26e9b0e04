"""What `cite.carriers` promises: the fewest sentences that carry a text, in every article.

The verifier here counts shared words, so that a test says by itself what is carried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.citations import candidates, carriers
from summarizer.schema import Field_, Problem, SourceSentence
from summarizer.types import Asked, Carried, Finding, Pair, Verdict


def words(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", text.lower()) if len(w) > 3 or w.isdigit()}


def _found(problem: Problem, start: int, end: int, instead: str) -> Finding:
    return Finding("test", problem, start, end, "Not so.", instead)


def by_words(pairs: Sequence[Pair]) -> list[Verdict]:
    """Carried is what has all its words in the evidence; another figure or a "not" contradicts."""
    return [rule(text, evidence) for text, evidence in pairs]


def rule(text: str, evidence: Sequence[str]) -> Verdict:
    held = " ".join(evidence)
    wanted = words(text)
    found = []
    other = re.search(r"\d+", held)
    for figure in re.finditer(r"\d+", text):
        if figure[0] not in words(held) and other is not None:
            found.append(_found("number", *figure.span(), other[0]))
    if ("not" in text.split()) != ("not" in held.split()):
        found.append(_found("negation", 0, 4, "not"))
    support = len(wanted & words(held)) / max(1, len(wanted))
    return Verdict(support, support == 1 and not found, tuple(found))


class Counted:
    """The verifier by words, with the pairs of each call."""

    def __init__(self) -> None:
        self.calls: list[list[Pair]] = []

    def __call__(self, pairs: Sequence[Pair]) -> list[Verdict]:
        self.calls.append(list(pairs))
        return by_words(pairs)


def story(*told: tuple[str, str]) -> tuple[SourceSentence, ...]:
    """Sentences as (article, text); a text that opens with "T: " is the article's headline."""
    made = []
    for i, (article, text) in enumerate(told):
        field: Field_ = "title" if text.startswith("T: ") else "text"
        text = text.removeprefix("T: ")
        made.append(SourceSentence(article, field, 100 * i, 100 * i + len(text), text, i))
    return tuple(made)


def found(text: str, *told: tuple[str, str], most: int = 12) -> Carried:
    sentences = story(*told)
    asked = Asked(text, tuple(range(len(sentences))), sentences)
    [carried] = carriers([asked], by_words, most=most)
    return carried


CRANE = "A crane fell on the harbour office in Lindvik."
AGAIN = ("b", "In Lindvik the harbour office was hit as a crane fell.")
WIND = ("b", "Strong wind had been forecast for days.")


def test_one_sentence_that_carries_a_text_is_enough() -> None:
    """No second sentence of an article is cited that adds nothing, and no headline."""
    carried = found(
        CRANE,
        ("a", "T: Crane falls on harbour office in Lindvik"),
        ("a", CRANE),
        ("a", "The harbour office in Lindvik, on which a crane fell, stood empty."),
    )
    assert carried.rows == (1,)
    assert carried.full == {"a": (1,)}
    assert carried.verdict.supported


def test_every_other_article_that_carries_it_is_cited_once() -> None:
    """Independent support is looked for everywhere, and what is beside the point is not cited."""
    carried = found(CRANE, ("a", CRANE), WIND, AGAIN, ("c", "The fair in Lindvik opens in May."))
    assert set(carried.rows) == {0, 2}
    assert carried.states == {"a": "carries", "b": "carries", "c": "none"}
    assert carried.confirming == (0, 2)


def test_a_further_article_confirms_only_where_the_verdict_is_sure() -> None:
    """An outlet of which the verdict is in two minds carries nothing as one more source."""

    def unsure(pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Verdict]:
        doubted = Verdict(0.55, supported=True, findings=())
        return [
            doubted if AGAIN[1] in evidence else made
            for (_, evidence), made in zip(pairs, by_words(pairs), strict=True)
        ]

    sentences = story(("a", CRANE), WIND, AGAIN)
    [carried] = carriers([Asked(CRANE, (0, 1, 2), sentences)], unsure)
    assert carried.confirming == (0,)
    assert set(carried.rows) == {0}


def test_two_sentences_of_an_article_may_carry_a_text_together() -> None:
    """An article that tells it in two sentences has told all of it."""
    carried = found(
        "A crane fell on the harbour office and injured 14 sailors.",
        ("a", "A crane fell on the harbour office."),
        ("a", "The fair opens in May."),
        ("a", "It injured 14 sailors, the hospital said."),
    )
    assert set(carried.rows) == {0, 2}
    assert set(carried.full) == {"a"}


def test_what_only_two_articles_carry_together_is_confirmed_by_none() -> None:
    """A fused sentence cites both its parts, and no outlet stands behind the whole."""
    carried = found(
        "A crane fell on the harbour office and injured 14 sailors.",
        ("a", "A crane fell on the harbour office."),
        ("b", "The accident injured 14 sailors, the hospital said."),
        ("c", "The harbour is old."),
    )
    assert set(carried.rows) == {0, 1}
    assert carried.full == {}
    assert carried.states == {"a": "part", "b": "part", "c": "none"}


def test_another_figure_of_the_same_thing_is_never_cited() -> None:
    """A sentence that counts 12 does not stand behind one that counts 14."""
    carried = found(
        "The crane injured 14 sailors in Lindvik.",
        ("a", "The crane injured 12 sailors in Lindvik."),
        ("b", "In Lindvik 14 sailors were injured by the crane."),
    )
    assert carried.rows == (1,)
    assert carried.states == {"a": "contradicts", "b": "carries"}
    assert carried.near["a"] == (0,)


def test_a_figure_that_the_text_has_too_is_no_other_figure() -> None:
    """Who tells the one count of two has not denied the other."""
    carried = found(
        "The crane injured 14 sailors and 3 clerks.",
        ("a", "The crane injured 14 sailors."),
        ("a", "It injured 3 clerks."),
    )
    assert set(carried.rows) == {0, 1}


def test_the_opposite_is_never_cited() -> None:
    """A denial of the text is no support, however many words it shares."""
    carried = found(CRANE, ("a", "The crane did not fall on the harbour office in Lindvik."), AGAIN)
    assert carried.rows == (1,)
    assert carried.states["a"] == "contradicts"


def test_another_figure_of_something_else_contradicts_nothing() -> None:
    """Who employs 410 people says nothing of how many had to leave."""
    carried = found(
        "The fire at the harbour office forced 300 people from Lindvik.",
        ("a", "The fire hit the harbour office of Lindvik, which employs 410 people."),
    )
    assert carried.states["a"] != "contradicts"


def test_an_article_that_denies_a_text_does_not_carry_it_in_pieces() -> None:
    """Words of two sentences put together say nothing against a third that denies them."""

    def lenient(pairs: Sequence[Pair]) -> list[Verdict]:
        return [
            Verdict(0.6, supported=True, findings=()) if "rejected" in " ".join(evidence) else made
            for (_, evidence), made in zip(pairs, by_words(pairs), strict=True)
        ]

    sentences = story(
        ("a", "The mill workers in Lindvik were not hurt."),
        ("a", "The mill workers rejected the offer."),
    )
    text = "The mill workers in Lindvik were hurt."
    [carried] = carriers([Asked(text, (1, 0), sentences)], lenient)
    assert carried.rows == ()
    assert carried.states == {"a": "contradicts"}


def test_a_headline_is_cited_where_no_sentence_carries_the_text() -> None:
    """A headline is read last, and counts when it alone says it."""
    carried = found(CRANE, ("a", "T: Crane fell on harbour office in Lindvik"), ("a", "No report."))
    assert carried.rows == (0,)


def test_a_text_that_nothing_carries_is_cited_to_nothing() -> None:
    """The verdict says why, and what tells a part of it is known."""
    carried = found(
        "A crane fell on the harbour office of the mayor's cousin.",
        ("a", "A crane fell on the harbour office."),
        ("b", "The fair opens in May."),
    )
    assert carried.rows == ()
    assert carried.full == {}
    assert carried.partly == (0,)
    assert not carried.verdict.supported


def test_a_text_is_judged_by_what_contradicts_it() -> None:
    """Who asks why nothing is cited is told what the sources say instead."""
    carried = found(
        "The crane injured 14 sailors in Lindvik.",
        ("a", "The crane injured 12 sailors in Lindvik."),
        ("b", "Lindvik has a harbour."),
    )
    assert (carried.rows, carried.partly) == ((), ())
    assert [f.instead for f in carried.verdict.findings] == ["12"]


def test_a_text_is_judged_by_the_sentence_with_its_figure_if_that_says_otherwise() -> None:
    """A sentence that tells more of it, without the figure, does not hide what is at fault."""
    carried = found(
        "The crane hurt 14 sailors and 9 cooks in Lindvik harbour.",
        ("a", "The crane hurt 12 sailors and 9 cooks."),
        ("b", "The crane hurt sailors and cooks in Lindvik harbour."),
    )
    assert (carried.rows, carried.partly) == ((), (1,))
    assert [f.instead for f in carried.verdict.findings] == ["12"]


def test_without_candidates_nothing_supports_a_text() -> None:
    """No source, no citation, and a verdict all the same."""
    carried = found(CRANE)
    assert (carried.rows, carried.full, carried.states) == ((), {}, {})
    assert carried.verdict.support == 0


def test_the_row_it_was_cut_from_comes_first() -> None:
    """Of several sentences that carry a cut, its own is named first."""
    sentences = story(AGAIN, ("a", CRANE + " Nobody was in it."))
    [carried] = carriers([Asked(CRANE, (0, 1), sentences, own=1)], by_words)
    assert carried.rows == (1, 0)


def test_what_is_cited_already_is_tried_as_it_is() -> None:
    """Citations that carry a text are kept, though a single sentence would do."""
    sentences = story(("a", "A crane fell on the office."), ("a", "Lindvik harbour."), ("a", CRANE))
    [carried] = carriers([Asked(CRANE, (2,), sentences, cited=(0, 1))], by_words)
    assert carried.full == {"a": (0, 1)}


def test_what_the_screen_objects_to_is_not_verified() -> None:
    """A row that a quick look finds to contradict the text costs no further verdict."""
    sentences = story(("a", "The crane injured 12 sailors in Lindvik."))
    verify = Counted()
    asked = Asked("The crane injured 14 sailors in Lindvik.", (0,), sentences)
    [carried] = carriers([asked], verify, by_words)
    assert carried.rows == ()
    assert sum(map(len, verify.calls)) == 1  # to say why


def test_all_texts_ask_together_and_no_pair_is_judged_twice() -> None:
    """A step is one call however many texts there are."""
    verify = Counted()
    sentences = story(("a", CRANE), WIND, AGAIN)
    asked = [Asked(text, (0, 1, 2), sentences) for text in (CRANE, AGAIN[1], CRANE)]
    carriers(asked, verify)
    pairs = [(t, tuple(e)) for call in verify.calls for t, e in call]
    assert len(pairs) == len(set(pairs))
    alone = Counted()
    carriers(asked[:1], alone)
    assert len(verify.calls) <= len(alone.calls) + 1


@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_text_asks_more_verdicts_than_it_may(most: int) -> None:
    """A long story costs no more; a copy of the text is always looked at."""
    verify = Counted()
    articles = [
        (f"a{i}", f"In Lindvik office {i} of the harbour saw a crane fall") for i in range(9)
    ]
    sentences = story(*articles, ("z", CRANE))
    [carried] = carriers([Asked(CRANE, tuple(range(10)), sentences)], verify, most=most)
    assert sum(map(len, verify.calls)) <= most + 1
    assert 9 in carried.rows


def test_candidates_are_the_best_of_each_article() -> None:
    """At most six rows of an article are looked at, best first, and none that is far off."""
    import numpy as np

    sentences = story(*(("a", f"Sentence {i}.") for i in range(8)), ("b", "Another."))
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.35, 0.3, 0.01])
    assert candidates(scores, sentences) == (0, 1, 2, 3, 4, 5)
    assert candidates(scores, sentences, least=0.01)[-1] == 8


TOLD = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(
            [
                CRANE,
                AGAIN[1],
                WIND[1],
                "A crane fell on the office.",
                "The harbour of Lindvik was closed.",
                "The crane did not fall on the harbour office in Lindvik.",
                "T: Crane hits harbour office in Lindvik",
            ]
        ),
    ),
    max_size=7,
)


@settings(deadline=None, max_examples=40)
@given(TOLD, st.lists(st.sampled_from([CRANE, AGAIN[1]]), max_size=2))
def test_what_is_cited_carries_whatever_the_articles_tell(
    told: list[tuple[str, str]], others: list[str]
) -> None:
    """Every full article's rows carry the text, all rows together too, whoever asks beside it."""
    sentences = story(*told)
    rows = tuple(range(len(sentences)))
    asked = [Asked(text, rows, sentences) for text in (CRANE, *others)]
    carried = carriers(asked, by_words)[0]
    assert carried == carriers(asked[:1], by_words)[0]
    for article, own in carried.full.items():
        assert {sentences[r].article for r in own} == {article}
        assert rule(CRANE, [sentences[r].text for r in own]).supported
        assert set(own) <= set(carried.rows)
        assert carried.states[article] == "carries"
        assert len(own) <= 2
    if carried.rows and not carried.full:
        assert rule(CRANE, [sentences[r].text for r in carried.rows]).supported
    assert not any("not" in sentences[r].text for r in carried.rows)
