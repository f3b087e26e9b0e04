"""Rules of the pure scores: overlap, details, copying, citations on the grid, resampling.

Runs and reports are in test_evaluate_run.py. Every figure here can be worked out on paper.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.attribution import (
    against_gold,
    average_precision,
    calibration_error,
    lay,
    reliability,
)
from summarizer.evaluation.bootstrap import Tally, difference, draws, interval
from summarizer.evaluation.details import details, known_names, unsupported
from summarizer.evaluation.overlap import length, overlap
from summarizer.nlp.overlap import is_copied, longest_run, repetitions, words_of
from summarizer.schema import Article, Attribution, Citation, GoldSentence, GoldSpan, Story

# --- overlap -------------------------------------------------------------------------------------


def test_overlap_is_counted_on_stems() -> None:
    """A summary that says the same words in other endings agrees fully."""
    found = overlap("The ministers promised reforms.", "the minister promises reform")
    assert found.rouge_1 == found.rouge_2 == found.rouge_l == found.unigram_recall == 1.0


def test_overlap_by_hand() -> None:
    """Two of three words found of a reference of four: F1 4/7; one bigram of 2 and of 3."""
    found = overlap("bridge closed early", "old bridge closed today")
    assert found.rouge_1 == pytest.approx(4 / 7)
    assert found.unigram_recall == pytest.approx(2 / 4)
    assert found.rouge_2 == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))


def test_rouge_l_is_of_the_whole_text() -> None:
    """Sentences in the other order share one subsequence only: this is not rougeLsum."""
    found = overlap("Rain fell.\nTrains stopped.", "Trains stopped.\nRain fell.")
    assert found.rouge_1 == 1.0
    assert found.rouge_l == pytest.approx(0.5)


def test_an_empty_summary_scores_zero() -> None:
    """Saying nothing agrees with nothing."""
    assert overlap("", "Rain fell.").rouge_1 == 0.0
    assert length("  ") == 0


# --- names and numbers ---------------------------------------------------------------------------


def _missing(sentence: str, *sources: str) -> tuple[str, ...]:
    return unsupported(details(sentence, known_names(sources)), sources)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Protesters gathered in Lisbon.", (("lisbon",),)),
        ("Mayor Ana Duarte's office said no.", (("mayor", "ana", "duarte"),)),
        ("In June the U.S. sent aid.", (("june",), ("us",))),
        ("NATO met Monday.", (("nato",), ("monday",))),
        ("“Nobody was told,” said Iran's Karimi.", (("iran",), ("karimi",))),
        ("The bridge was closed by the city.", ()),
    ],
)  # fmt: skip
def test_names_of_a_sentence(sentence: str, names: tuple[tuple[str, ...], ...]) -> None:
    """Runs of capitalised words are names; a lone first word and function words are not."""
    assert details(sentence).names == names


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("The fund lost 1,250 members.", [1250]),
        ("Some twenty-one ships and 3.5 million tonnes", [21, 3_500_000]),
        ("two hundred people and seven dogs", [200, 7]),
        ("no one of them, and one more", []),
        ("one million homes", [1_000_000]),
        ("two dozen arrests", [24]),
        ("the year 2024, 12% up", [2024, 12]),
    ],
)
def test_numbers_of_a_sentence(sentence: str, numbers: list[int]) -> None:
    """Figures and number words have one value; a lone "one" is a pronoun."""
    assert [float(n) for n in details(sentence).numbers] == numbers


def test_a_lone_first_name_counts_where_the_sources_know_it() -> None:
    """A first word is capitalised anyhow; the sources tell whether it is a name."""
    known = known_names(["On Friday the premier, Duarte, resigned.", "Protesters and protesters"])
    assert details("Duarte left.", known).names == (("duarte",),)
    assert details("Protesters left.", known).names == ()


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The ship left Chinese waters.", "It sailed from China at dawn."),
        ("He wrote to Moscow’s mayor.", "the mayor of Moscow"),
        ("They asked the World Health Organization.", "an official of the WHO"),
        ("They asked the WHO.", "The World Health Organization answered."),
        ("It cost $1.5 million.", "the price: 1.5 million dollars"),
        ("There were 12 arrests.", "police made twelve arrests"),
        ("It began on Tuesday.", "He said on Tues. that it had begun"),
        ("The law hit Democrats.", "every Democratic senator"),
    ],
)
def test_details_in_other_words_are_supported(sentence: str, source: str) -> None:
    """Adjectives of places, possessives, acronyms, figures and number words agree."""
    assert len(details(sentence)) > 0
    assert _missing(sentence, source) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "missing"),
    [
        ("Mayor Ana Duarte resigned.", "Mayor Luis Duarte resigned.", ("mayor ana duarte",)),
        ("In Iran 14 died.", "In Iraq 12 died.", ("iran", "14")),
        ("They met Johnston.", "They met Johnson.", ("johnston",)),
        ("It cost 15 coins.", "It cost 1.5 coins.", ("15",)),
        ("NATO agreed.", "The EU agreed.", ("nato",)),
    ],
)  # fmt: skip
def test_details_that_no_source_holds_are_named(
    sentence: str, source: str, missing: tuple[str, ...]
) -> None:
    """A wrong name or number is found against the sentence's own sources."""
    assert _missing(sentence, source) == missing


@given(st.text(max_size=200))
def test_a_sentence_supports_itself(text: str) -> None:
    """Whatever is extracted from a text is found in that text."""
    assert _missing(text, text) == ()


# --- copying -------------------------------------------------------------------------------------

SOURCES = [
    words_of(s)
    for s in (
        "The city council voted on Tuesday to close the old harbour bridge for two years.",
        "Engineers had found deep cracks in its northern pillars, the mayor's office said.",
    )
]


@pytest.mark.parametrize(
    "sentence",
    [
        "The city council voted on Tuesday to close the old harbour bridge for two years.",
        "The city council voted to close the harbour bridge.",
        "The council voted to close the bridge, and engineers had found cracks in its pillars.",
        "Engineers had found deep cracks; the city council voted to close the bridge.",
    ],
)
def test_trimming_and_joining_are_copying(sentence: str) -> None:
    """A sentence whole, trimmed, joined by "and" or set beside another is copied."""
    assert is_copied(sentence, SOURCES)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cracks in the northern pillars made the council shut the bridge.",
        "The council voted to close the bridge after engineers warned of cracks.",
        "A bridge is closed.",
        "?!",
    ],
)
def test_a_sentence_in_other_words_is_not_copied(sentence: str) -> None:
    """Words of several places in a new order, or with new words, are not a copy."""
    assert not is_copied(sentence, SOURCES)


def test_nothing_is_copied_from_no_source() -> None:
    """Without sources there is nothing to copy."""
    assert not is_copied("The council voted.", [])
    assert longest_run("The council voted.", []) == 0


def test_longest_run_leaves_quotations_out() -> None:
    """Verbatim is right inside quotation marks: the run is counted outside them, not across."""
    source = [words_of("She said it was a very long night and nobody slept at all")]
    assert longest_run("She said it was a very long night.", source) == 8
    assert longest_run('She said it was "a very long night and nobody slept".', source) == 4
    assert longest_run("Nobody in town slept at all.", source) == 3


def test_a_sentence_said_twice_is_repeated_once() -> None:
    """Of two alike one counts; a sentence within a longer one counts; different ones do not."""
    first = "The council closed the bridge on Tuesday."
    longer = "The council closed the bridge on Tuesday after cracks were found."
    other = "Ferries will run every hour instead."
    assert repetitions([first, other]) == 0
    assert repetitions([first, first, other]) == 1
    assert repetitions([first, longer, other]) == 1
    assert repetitions([]) == 0


# --- citations on the grid -----------------------------------------------------------------------

TEXT = "Rain fell all day. Trains stopped at noon. Schools were shut. "
GRID = {"a": ((0, 19), (19, 43), (43, 62)), "b": ((0, 19), (19, 43), (43, 62))}


def _cite(article: str, start: int, end: int, score: float = 1.0) -> Citation:
    return Citation(
        article=article, field="text", start=start, end=end, text=TEXT[start:end], score=score
    )


def _story(*evidence: tuple[str, int, int]) -> Story:
    spans = tuple(GoldSpan(article=a, start=s, end=e) for a, s, e in evidence)
    return Story(
        articles=(Article(text=TEXT, id="a"), Article(text=TEXT, id="b")),
        gold=(GoldSentence(text="Rain stopped the trains.", evidence=spans),),
        grid=GRID,
    )


def _found(story: Story, *citations: Citation, ranking: tuple[Citation, ...] | None = None):  # type: ignore[no-untyped-def]
    return against_gold(
        story, [Attribution(text="x", support=1, citations=citations, ranking=ranking)]
    )


def test_a_span_covers_what_it_overlaps_by_half() -> None:
    """Half of a grid sentence is enough, a character less is not; a long span covers several."""
    assert lay("a", 31, 43, GRID) == {("a", 1)}
    assert lay("a", 32, 43, GRID) == frozenset()
    assert lay("a", 0, 62, GRID) == {("a", 0), ("a", 1), ("a", 2)}
    assert lay("c", 0, 62, GRID) == frozenset()


def test_citing_everything_costs_precision() -> None:
    """Whole articles have every marked sentence and little else right; nothing is gained."""
    found = _found(_story(("a", 0, 19)), _cite("a", 0, 62), _cite("b", 0, 62))
    assert (found.sentences.right, found.sentences.found, found.sentences.marked) == (1, 6, 1)
    assert (found.articles.right, found.articles.found, found.articles.marked) == (1, 2, 1)


def test_a_title_is_on_no_grid_but_names_its_article() -> None:
    """A citation of a title counts for the article alone."""
    title = Citation(article="b", field="title", start=0, end=19, text="Rain", score=1.0)
    found = _found(_story(("b", 0, 19)), title)
    assert found.sentences.found == 0
    assert found.articles.right == 1
    assert found.judged == ()


def test_a_fragment_is_judged_by_the_sentence_it_lies_in() -> None:
    """A citation too short to cover a grid sentence has a score that can be wrong all the same."""
    found = _found(_story(("a", 0, 19)), _cite("a", 0, 4, 0.9), _cite("a", 20, 24, 0.2))
    assert found.sentences.found == 0
    assert found.judged == ((0.9, True), (0.2, False))


def test_average_precision_by_hand() -> None:
    """Marked sentences at ranks 1 and 3 of the grid: (1/1 + 2/3) / 2; one never reached adds 0."""
    ranking = (_cite("a", 0, 19), _cite("b", 0, 19), _cite("a", 19, 43))
    two = frozenset({("a", 0), ("a", 1)})
    assert average_precision(ranking, two, GRID) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(ranking, two | {("b", 2)}, GRID) == pytest.approx((1 + 2 / 3) / 3)
    assert average_precision((_cite("a", 0, 3), *ranking), two, GRID) == pytest.approx(5 / 6)
    found = _found(_story(("a", 0, 19), ("a", 19, 43)), ranking=ranking)
    assert found.average_precisions == (pytest.approx(5 / 6),)


def test_without_ranking_there_is_no_average_precision() -> None:
    """What was not ranked is not scored 0."""
    assert _found(_story(("a", 0, 19)), _cite("a", 0, 19)).average_precisions == ()


def test_gold_is_needed_to_measure_citations() -> None:
    """A story without gold, or with another number of sentences, is refused by name."""
    with pytest.raises(ValueError, match="'quake' has no gold"):
        against_gold(Story(id="quake", articles=(Article(text=TEXT),)), [])
    with pytest.raises(ValueError, match="1 gold sentences but 0 were attributed"):
        against_gold(_story(("a", 0, 19)), [])


def test_reliability_puts_scores_beside_truth() -> None:
    """Bins hold every citation once, 1.0 in the last; the error is the mean distance."""
    table = reliability([(0.85, True), (0.85, False), (1.0, True), (0.0, False)])
    assert [(b.low, b.n, b.right) for b in table] == [(0.0, 1, 0.0), (0.8, 2, 0.5), (0.9, 1, 1.0)]
    assert calibration_error(table) == pytest.approx(2 * 0.35 / 4)
    assert calibration_error(reliability([])) is None


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 61), st.integers(1, 30)), max_size=6),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 61), st.integers(1, 30)), max_size=6),
)
def test_matches_are_sets(
    cited: list[tuple[str, int, int]], marked: list[tuple[str, int, int]]
) -> None:
    """What is right is within both, and the order and repetition of citations change nothing."""
    story = _story(*((a, s, s + n) for a, s, n in marked))
    citations = [_cite(a, s, s + n) for a, s, n in cited]
    found = _found(story, *citations).sentences
    assert found.right <= min(found.found, found.marked)
    assert _found(story, *reversed(citations * 2)).sentences == found


# --- resampling ----------------------------------------------------------------------------------


def test_a_score_is_the_ratio_of_sums() -> None:
    """Shares are micro: a story with more sentences weighs more; one without any is left out."""
    found = interval([Tally(1, 1), Tally(0, 3), Tally(0, 0), None], draws(4, seed=1, resamples=500))
    assert found is not None
    assert found.value == pytest.approx(1 / 4)
    assert found.n == 2
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_what_no_story_has_is_none() -> None:
    """No score is made of nothing."""
    counts = draws(2, seed=1, resamples=100)
    assert interval([None, Tally(0, 0)], counts) is None
    assert difference([None, Tally(1)], [Tally(1), None], counts) is None


def test_the_same_seed_gives_the_same_interval() -> None:
    """Resampling is seeded; another seed draws otherwise."""
    tallies = [Tally(x) for x in (0.1, 0.5, 0.2, 0.9, 0.4)]
    one = interval(tallies, draws(5, seed=3, resamples=1_000))
    assert one == interval(tallies, draws(5, seed=3, resamples=1_000))
    assert not np.array_equal(draws(5, seed=3, resamples=50), draws(5, seed=4, resamples=50))


def test_the_interval_is_about_two_standard_errors() -> None:
    """Over many stories the percentile interval agrees with the normal one."""
    values = np.random.default_rng(0).normal(0.5, 0.1, size=400)
    found = interval([Tally(float(v)) for v in values], draws(400, seed=1, resamples=2_000))
    assert found is not None
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)


def test_a_constant_gain_is_certain_however_much_stories_vary() -> None:
    """Differences are paired: noise that both systems share does not hide a gain."""
    base = np.random.default_rng(0).uniform(0.1, 0.9, size=30)
    better, worse = [Tally(float(v) + 0.01) for v in base], [Tally(float(v)) for v in base]
    counts = draws(30, seed=1, resamples=1_000)
    found = difference(better, worse, counts)
    assert found is not None
    gain, p = found
    assert gain.value == pytest.approx(0.01)
    assert gain.low == pytest.approx(0.01)
    assert gain.high == pytest.approx(0.01)
    assert p < 0.01
    same = difference(worse, worse, counts)
    assert same is not None
    assert same[1] == 1.0
