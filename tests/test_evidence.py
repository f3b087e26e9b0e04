"""Rules of evidence: copies count once, strangers are set aside, one claim is one group.

Vectors come from the stand-in or are made by hand, so that every number can be checked.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends.embeddings import embed
from summarizer.backends.standin import HashEncoder
from summarizer.config import Config
from summarizer.evidence import copies, group, passages
from summarizer.schema import Article, SourceSentence
from summarizer.text.sentences import split
from summarizer.types import Embedded

CONFIG = Config()

WIRE = (
    "A cargo train left the rails near Altdorf early on Sunday and blocked the main line.\n"
    "The regional railway said that nobody was hurt and that repairs would last three days.\n"
    "Passengers were asked to use buses between Altdorf and Neustadt until the line reopened."
)
OTHER = (
    "Police in the coastal town of Marenza arrested two men after a jewellery robbery on Friday.\n"
    "The owner of the shop told detectives that the robbers had carried a hammer and a bag."
)


def _embedded(*texts: str) -> Embedded:
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    return embed([[s for a in articles for s in split(a, ())]], HashEncoder())[0]


def _by_hand(rows: list[tuple[str, list[float]]]) -> Embedded:
    sentences = tuple(
        SourceSentence(a, "text", 0, 60, f"Sentence number {i} of the story says something.", i)
        for i, (a, _) in enumerate(rows)
    )
    vectors = np.array([v for _, v in rows], dtype=np.float32)
    return Embedded(sentences, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_wire_copy_counts_as_one_source() -> None:
    """Three outlets printing one agency text, in any order of paragraphs, are one source."""
    shuffled = "\n".join(reversed(WIRE.split("\n")))
    longer = WIRE + "\nThe mayor of Neustadt called for a second track on the line."
    embedded = _embedded(WIRE, shuffled, longer)
    grouped = group(embedded, ["a1", "a2", "a3"], CONFIG)
    assert set(grouped.copies.values()) <= {"a1", "a2"}
    assert len(grouped.copies) == 2
    shared = [e for e in grouped.evidence if len(e.articles) == 3]
    assert shared
    assert {e.independent for e in shared} == {1}


def test_a_copied_passage_counts_once_though_the_articles_differ() -> None:
    """Two articles that share one agency paragraph confirm it no more than one would."""
    first = WIRE.split("\n")[0]
    one = first + "\n" + OTHER
    two = (
        first + "\nShops in Altdorf stayed open and the market was moved to the station square.\n"
        "A spokeswoman for the freight company said that the wagons had carried gravel."
    )
    embedded = _embedded(one, two)
    grouped = group(embedded, ["a1", "a2"], CONFIG)
    assert grouped.copies == {}
    [claim] = [e for e in grouped.evidence if len(e.articles) == 2]
    assert claim.independent == 1


def test_a_short_sentence_is_copied_where_a_longer_one_is() -> None:
    """Three words are the agency's where its paragraph stands too; alone they may be chance."""
    first, *_ = WIRE.split("\n")
    for texts, one in (((first, first), True), ((first, OTHER), False)):
        embedded = _embedded(*(f"Nobody was hurt.\n{t}" for t in texts))
        numbers = passages(embedded.sentences, CONFIG)
        short = [n for n, s in zip(numbers, embedded.sentences, strict=True) if len(s.text) < 20]
        assert bool(short[0] == short[1]) is one


def test_own_words_about_one_event_are_no_copy() -> None:
    """Two reports in different words are two sources."""
    own = (
        "The main line near Altdorf is closed after a freight train derailed on Sunday morning.\n"
        "Nobody was injured, according to the railway, which expects three days of work."
    )
    embedded = _embedded(WIRE, own)
    assert copies(embedded.sentences, passages(embedded.sentences, CONFIG), CONFIG) == {}


def test_sentences_of_one_claim_are_one_group() -> None:
    """What is near the leader joins it; what is far leads a group of its own."""
    embedded = _by_hand([("a1", [1, 0, 0]), ("a2", [0.95, 0.1, 0]), ("a2", [0, 0, 1])])
    grouped = group(embedded, ["a1", "a2"], CONFIG)
    assert sorted(tuple(sorted(e.rows)) for e in grouped.evidence) == [(0, 1), (2,)]
    pair = next(e for e in grouped.evidence if len(e.rows) == 2)
    assert pair.articles == ("a1", "a2")
    assert pair.independent == 2


TRAINS = (
    "A cargo train left the rails near Altdorf early on Sunday and blocked the main line.",
    "The main line near Altdorf is closed after a cargo train derailed on Sunday morning.",
    "Altdorf's station stood empty on Sunday after a derailed cargo train had blocked the line.",
)
ROBBERY = "Police in Marenza arrested two men on Friday after a robbery at a jewellery shop."


def test_an_article_far_from_all_others_is_set_aside_with_its_reason() -> None:
    """Three reports of one event and one of another: the fourth takes no part."""
    texts = (*TRAINS, ROBBERY)
    sentences = tuple(
        SourceSentence(f"a{i}", "text", 0, len(t), t, 0) for i, t in enumerate(texts, 1)
    )
    vectors = np.array([[1, 0.1, 0], [1, 0, 0.1], [1, 0.1, 0.1], [0, 0, 1]], dtype=np.float32)
    embedded = Embedded(sentences, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    grouped = group(embedded, ["a1", "a2", "a3", "a4"], CONFIG)
    assert list(grouped.strangers) == ["a4"]
    assert "another event" in grouped.strangers["a4"]
    assert all("a4" not in e.articles for e in grouped.evidence)


def test_a_copy_of_a_stranger_is_set_aside_with_it() -> None:
    """What is printed twice is no nearer to the event for that."""
    texts = (*TRAINS, ROBBERY, ROBBERY)
    sentences = tuple(
        SourceSentence(f"a{i}", "text", 0, len(t), t, 0) for i, t in enumerate(texts, 1)
    )
    vectors = np.array([[1, 0.1, 0], [1, 0, 0.1], [1, 0.1, 0.1], [0, 0, 1], [0, 0, 1]])
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    grouped = group(Embedded(sentences, unit), [f"a{i}" for i in range(1, 6)], CONFIG)
    assert set(grouped.strangers) == {"a4", "a5"}


def test_two_articles_that_share_no_event_are_not_told_as_one() -> None:
    """The first is told alone and the other set aside, and a warning says so."""
    grouped = group(_by_hand([("a1", [1, 0]), ("a2", [0, 1])]), ["a1", "a2"], CONFIG)
    assert list(grouped.strangers) == ["a2"]
    assert grouped.warnings[0].startswith("articles 'a1' and 'a2' report different events")
    assert [e.articles for e in grouped.evidence] == [("a1",)]


FRENCH = (
    "Un train de marchandises a déraillé près d'Altdorf dimanche matin et bloqué la ligne "
    "principale, ont indiqué les chemins de fer, qui comptent trois jours de travaux."
)


@pytest.mark.parametrize("near", [True, False])
@pytest.mark.parametrize(
    "texts",
    [
        (*TRAINS, FRENCH),
        (TRAINS[0], FRENCH),
        (FRENCH, TRAINS[0]),
        (FRENCH, FRENCH, TRAINS[0]),
        (FRENCH, *TRAINS),
    ],
)
def test_beside_english_an_article_in_another_language_is_set_aside(
    texts: tuple[str, ...], near: bool
) -> None:
    """Whatever the order; that it reports another event is not known, and nothing says so."""
    sentences = tuple(
        SourceSentence(f"a{i}", "text", 0, len(t), t, 0) for i, t in enumerate(texts, 1)
    )
    vectors = np.array(
        [[0, 0, 1] if t == FRENCH and not near else [1, 0.1, 0] for t in texts], dtype=np.float32
    )
    embedded = Embedded(sentences, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    grouped = group(embedded, [s.article for s in sentences], CONFIG)
    assert set(grouped.strangers) == {s.article for s in sentences if s.text == FRENCH}
    for reason in grouped.strangers.values():
        assert "is in another language (French), and could not be compared" in reason or (
            reason.startswith("prints article")
        )
    assert "event" not in " ".join(grouped.warnings)


QUAKES = (
    "An earthquake of magnitude 6.1 shook houses in Turamia on Monday and killed 30 people.\n"
    "Houses collapsed in Bilk, and the government sent soldiers with tents.",
    "An earthquake of magnitude 7.2 shook houses in Perdia on Thursday and killed 120 people.\n"
    "Houses collapsed in Luma, and the government sent soldiers with tents.",
)


def test_two_quakes_in_two_countries_are_two_events() -> None:
    """However alike the words: another place with other figures or days is another event."""
    grouped = group(_embedded(*QUAKES), ["a1", "a2"], CONFIG)
    assert list(grouped.strangers) == ["a2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("killed 120", "killed 30"), ("in Perdia", "in Turamia"), ("Luma", "Bilk")],
)
def test_what_shares_a_place_or_the_figures_and_days_may_be_one_event(old: str, new: str) -> None:
    """A toll that rises is no other event, nor is a place under its other name."""
    other = QUAKES[1].replace("7.2", "6.1").replace("Thursday", "Monday").replace(old, new)
    grouped = group(_embedded(QUAKES[0], other), ["a1", "a2"], CONFIG)
    assert not grouped.strangers
    assert not grouped.warnings


def test_where_no_two_articles_share_an_event_the_first_is_told() -> None:
    """Three articles on three events are no text either."""
    grouped = group(
        _by_hand([("a1", [1, 0, 0]), ("a2", [0, 1, 0]), ("a3", [0, 0, 1])]),
        ["a1", "a2", "a3"],
        CONFIG,
    )
    assert list(grouped.strangers) == ["a2", "a3"]
    assert len(grouped.warnings) == 1


def test_of_two_groups_of_articles_that_share_no_event_the_larger_is_told() -> None:
    """Two articles on one event and two or three on another are not one text, and that is said."""
    rows = [("a1", [1.0, 0.1]), ("a2", [0.0, 1.0]), ("a3", [1.0, 0.0]), ("a4", [0.1, 1.0])]
    grouped = group(_by_hand(rows), ["a1", "a2", "a3", "a4"], CONFIG)
    assert list(grouped.strangers) == ["a2", "a4"]
    [warning] = grouped.warnings
    assert warning.endswith("of articles 'a1' and 'a3' alone")
    more = group(_by_hand([*rows, ("a5", [0.0, 1.0])]), ["a1", "a2", "a3", "a4", "a5"], CONFIG)
    assert sorted(more.strangers) == ["a1", "a3"]


def test_a_denial_of_four_words_is_a_claim_and_another_sentence_of_four_is_none() -> None:
    """Who is accused often answers in a short sentence."""
    texts = ("Prosecutors say that Low took bribes from a shipping firm.\nLow denies the charge.\n"
             "It rained all day.",)  # fmt: skip
    grouped = group(_embedded(*texts), ["a1"], CONFIG)
    leaders = [grouped.embedded.sentences[e.rows[0]].text for e in grouped.evidence]
    assert "Low denies the charge." in leaders
    assert "It rained all day." not in leaders


def test_what_a_very_long_story_leaves_out_is_said() -> None:
    """Sentences beyond the bound on leaders are counted in a warning."""
    rows = [("a1", list(np.eye(40)[i])) for i in range(40)]
    grouped = group(_by_hand(rows), ["a1"], CONFIG.with_(claims={"most": 10}))
    assert len(grouped.evidence) == 10
    assert any(w.startswith("30 of 40 sentences") for w in grouped.warnings)


def test_a_story_of_nothing_has_no_evidence() -> None:
    """No sentence, no group, no fault."""
    empty = Embedded((), np.zeros((0, 3), dtype=np.float32))
    assert group(empty, ["a1"], CONFIG).evidence == ()


@given(st.permutations(["a1", "a2", "a3"]))
def test_the_order_of_articles_does_not_change_what_belongs_together(order: list[str]) -> None:
    """Groups are the same sets of sentences whatever order the articles come in."""
    vectors = {"a1": [1, 0.2, 0], "a2": [1, 0.1, 0.1], "a3": [0.3, 0.9, 0]}
    embedded = _by_hand([(a, vectors[a]) for a in order])
    grouped = group(embedded, order, CONFIG)
    found = {frozenset(embedded.sentences[r].article for r in e.rows) for e in grouped.evidence}
    assert found == {frozenset({"a1", "a2"}), frozenset({"a3"})}


@pytest.mark.parametrize("n", [2, 50])
def test_one_text_in_many_outlets_is_found_through_the_first(n: int) -> None:
    """Fifty outlets with one agency text are one source, as two are."""
    grouped = group(_embedded(*[WIRE] * n), [f"a{i}" for i in range(1, n + 1)], CONFIG)
    assert grouped.copies == {f"a{i}": "a1" for i in range(2, n + 1)}
    assert {e.independent for e in grouped.evidence} == {1}


TRAIN = (
    "A cargo train with {} wagons left the rails near Altmark on {} and blocked the main line.\n"
    "The railway said repairs would last three days and asked passengers to take buses.\n"
    "The line between Altmark and Neuhof carries 90 trains a day, most of them with freight."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("20", "Sunday"), ("26", "Sunday")), (("20", "Sunday"), ("20", "Monday"))],
)
def test_a_text_with_another_figure_is_no_copy(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    """Who prints another figure or day changed the text; what was left alone still counts once."""
    embedded = _embedded(TRAIN.format(*one), TRAIN.format(*other))
    numbers = passages(embedded.sentences, CONFIG)
    assert copies(embedded.sentences, numbers, CONFIG) == {}
    assert numbers[0] != numbers[3]
    assert numbers[1] == numbers[4]
    assert numbers[2] == numbers[5]


def test_a_figure_in_words_is_the_same_figure() -> None:
    """ "Twenty-six" and "26", "1,500" and "1500" make one text of two spellings."""
    for figure, spelled in (("26", "twenty-six"), ("1,500", "1500"), ("90", "ninety")):
        embedded = _embedded(TRAIN.format(figure, "Sunday"), TRAIN.format(spelled, "Sunday"))
        numbers = passages(embedded.sentences, CONFIG)
        assert copies(embedded.sentences, numbers, CONFIG) == {"a2": "a1"}


def test_a_figure_more_or_less_makes_no_other_text() -> None:
    """A copy that is cut short, or goes on, tells nothing differently."""
    text = TRAIN.format("20", "Sunday")
    longer = text.replace("main line.", "main line for 30 hours.")
    embedded = _embedded(text, longer)
    assert copies(embedded.sentences, passages(embedded.sentences, CONFIG), CONFIG) == {"a2": "a1"}
