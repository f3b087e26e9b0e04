"""Rules of selection: the lead first, no repeats, within the length, and more when more is needed.

Vectors are made by hand; what becomes of a planned claim is in test_settlement.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from summarizer import selection as planning
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.schema import SourceSentence
from summarizer.selection.mouths import Mouths
from summarizer.types import Embedded, Grouped, Planned

CONFIG = Config(words=200)

TEXTS = {
    "lead": "The Harrow assembly passed a law on Thursday that limits rent rises to 3 percent.",
    "also": "Harrow's assembly on Thursday passed a law limiting rent rises to 3 percent a year.",
    "quote": "“This law gives them time to breathe,” Housing Minister Rosa Tennant told members.",
    "later": "Landlords said on Friday that they would challenge the law in the highest court.",
    "loose": "The law will hold rents in Harrow to a rise of 3 percent a year from April.",
    "charge": "The owners' league accused the assembly of breaking a promise that it gave in May.",
    "denial": "Minister Rosa Tennant denied that the assembly had broken its promise of May.",
    "feature": "When rain came, old Ferris Loom hung a lantern over the bakery as he used to do.",
    "dangling": "He said that the owners of many flats had not been asked for their opinion.",
}


def _grouped(*rows: tuple[str, str, int, list[float]], config: Config = CONFIG) -> Grouped:
    """Rows of (article, key of TEXTS, position, vector)."""
    sentences = tuple(
        SourceSentence(a, "text", 0, len(TEXTS[k]), TEXTS[k], p) for a, k, p, _ in rows
    )
    vectors = np.array([v for *_, v in rows], dtype=np.float32)
    embedded = Embedded(sentences, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return group(embedded, sorted({a for a, *_ in rows}), config)


def _plan(grouped: Grouped, **options: Any) -> list[tuple[int, Planned]]:
    return planning.plan(grouped, planning.salience(grouped, CONFIG), CONFIG, **options)


def _texts(grouped: Grouped, chosen: list[tuple[int, Planned]]) -> list[str]:
    return [grouped.embedded.sentences[p.rows[0]].text for _, p in chosen]


def test_the_lead_is_a_plain_statement_from_the_top() -> None:
    """A quotation never opens the summary, however central it is."""
    grouped = _grouped(
        ("a1", "quote", 1, [1, 1, 0]), ("a1", "lead", 0, [1, 0, 0]), ("a2", "later", 5, [0, 1, 0.2])
    )
    chosen = _plan(grouped, words=200)
    lead = min(chosen, key=lambda pair: pair[1].order)
    assert _texts(grouped, [lead]) == [TEXTS["lead"]]


def test_who_is_accused_is_heard() -> None:
    """A denial of what is told is planned next, before what matters more."""
    rows = [
        ("a1", "lead", 0, [1.0, 0.1, 0.0]),
        ("a1", "charge", 1, [0.7, 1.0, 0.0]),
        ("a2", "later", 5, [1.0, 0.0, -0.9]),
        ("a2", "denial", 30, [0.0, 1.0, 0.4]),
    ]
    grouped = _grouped(*rows)
    chosen = _plan(grouped, words=60)
    told = _texts(grouped, chosen)
    assert (
        told.index(TEXTS["denial"]) == told.index(TEXTS["charge"]) + 1 < told.index(TEXTS["later"])
    )
    [answered] = [p.answers for _, p in chosen if p.rows == (3,)]
    assert answered == (1,)
    unaccused = _grouped(*(row for row in rows if row[1] != "charge"))
    [answer] = [p for _, p in _plan(unaccused, words=200) if p.rows == (2,)]
    assert not answer.answers


def test_a_bare_definite_leads_only_where_it_opens_its_article() -> None:
    """'The law …' has been named before, unless nothing stands before it."""
    for position, expected in ((0, "loose"), (1, "lead")):
        grouped = _grouped(
            ("a1", "loose", position, [1, 0.1, 0]),
            ("a2", "lead", 1, [1, 0, 0.8]),
            ("a3", "loose", position, [1, 0.1, 0]),
        )
        [(_, lead)] = _plan(grouped, words=10)
        assert _texts(grouped, [(0, lead)]) == [TEXTS[expected]]


def test_a_claim_is_told_once() -> None:
    """Two outlets with one claim give one planned sentence, whose rows hold both."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]), ("a2", "also", 0, [1, 0.05, 0]), ("a2", "later", 3, [0, 1, 0])
    )
    chosen = _plan(grouped, words=200)
    assert len(chosen) == 2
    assert {len(p.rows) for _, p in chosen} == {1, 2}


def test_a_sentence_that_cannot_stand_is_not_planned() -> None:
    """'He said …' with nobody before him is never told."""
    grouped = _grouped(("a1", "lead", 0, [1, 0, 0]), ("a1", "dangling", 1, [0, 1, 0]))
    assert _texts(grouped, _plan(grouped, words=200)) == [TEXTS["lead"]]


def test_planning_stops_at_the_length() -> None:
    """With words for one sentence, one is planned; asked for two sentences, two are."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]), ("a1", "quote", 1, [0, 1, 0]), ("a1", "later", 2, [0, 0, 1])
    )
    assert len(_plan(grouped, words=10)) == 1
    assert len(_plan(grouped, words=5000, sentences=2)) == 2


def test_a_refill_plans_what_was_not_tried() -> None:
    """What was tried is not planned again, and what was told is not repeated."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]), ("a1", "quote", 1, [0, 1, 0]), ("a1", "later", 2, [0, 0, 1])
    )
    first = _plan(grouped, words=5000, sentences=1)
    more = _plan(grouped, words=5000, tried=[i for i, _ in first], told=[i for i, _ in first])
    assert {i for i, _ in first}.isdisjoint(i for i, _ in more)
    assert len(more) == 2


def test_what_follows_the_lead_goes_as_the_articles_go() -> None:
    """The reading order of the rest is the order of the articles."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]), ("a1", "later", 9, [0, 1, 0]), ("a1", "quote", 4, [0, 0, 1])
    )
    chosen = _plan(grouped, words=5000)
    ordered = sorted(chosen, key=lambda pair: pair[1].order)
    assert _texts(grouped, ordered) == [TEXTS["lead"], TEXTS["quote"], TEXTS["later"]]


def test_a_story_without_evidence_plans_nothing() -> None:
    """No claim, no plan."""
    empty = Embedded((), np.zeros((0, 3), dtype=np.float32))
    assert _plan(group(empty, ["a1"], CONFIG), words=100) == []


def test_a_sentence_that_says_what_the_others_say_is_more_central() -> None:
    """Words shared by the articles weigh more than words that stand once."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]), ("a2", "also", 0, [0, 1, 0]), ("a2", "quote", 1, [0, 0, 1])
    )
    rows = list(grouped.embedded.article_rows.values())
    lead, also, quote = planning.word_centrality(grouped.embedded, rows)
    assert quote < min(lead, also)
    assert 0 <= quote <= lead <= 1


def test_a_feature_gains_nothing_by_its_opening() -> None:
    """A place at the top counts for what the others report, not for a person that one opens on."""
    far = [0.0, 0.0, 1.0]
    told = [("a1", "lead"), ("a2", "also"), ("a3", "lead"), ("a4", "also")]
    story = [(article, key, 0, [1.0, 0.1, 0.0]) for article, key in told]
    news = ("a5", "also", 1, [1.0, 0.0, 0.0])  # or the feature would be of another event

    def salience(place: int, config: Config) -> float:
        grouped = _grouped(*story, ("a5", "feature", place, far), news)
        [feature] = [i for i, e in enumerate(grouped.evidence) if e.rows == (len(story),)]
        return float(planning.salience(grouped, config)[feature])

    anywhere = CONFIG.with_(selection=replace(CONFIG.selection, early_near=0.0))
    assert salience(0, CONFIG) == salience(9, CONFIG) < salience(0, anywhere)


def test_what_the_last_reports_leave_out_matters_less() -> None:
    """Of a story that runs for days, a claim that a last report has, too, loses nothing."""
    grouped = _grouped(
        ("a1", "lead", 0, [1.0, 0.0, 0.0]),
        ("a2", "also", 0, [1.0, 0.1, 0.0]),
        ("a1", "later", 1, [0.4, 1.0, 0.0]),
    )
    running = replace(grouped, latest=frozenset({"a2"}))
    lost = planning.salience(grouped, CONFIG) - planning.salience(running, CONFIG)
    shared, alone = sorted(range(len(lost)), key=lambda i: -len(grouped.evidence[i].rows))
    assert lost[shared] == 0 < lost[alone]


def test_a_claim_is_told_as_the_last_reports_have_it() -> None:
    """Of two plain wordings the newer one stands, though the other is the claim's first."""
    rows = [("a1", "lead", 0, [1.0, 0.0, 0.0]), ("a2", "also", 0, [1.0, 0.1, 0.0])]
    grouped = _grouped(*rows)
    for last in ("a1", "a2"):
        running = replace(grouped, latest=frozenset({last}))
        [evidence] = grouped.evidence
        first, *_ = planning.tellers(running, evidence, CONFIG, lead=False)
        assert grouped.embedded.sentences[first].article == last


def test_nobody_speaks_a_third_of_a_text_where_others_speak() -> None:
    """Who has been told gives way to others; alone in the story, or untold, nobody does."""
    lund, falk = "Ada Lund said that the dam was safe.", "Tom Falk said that nobody was hurt."
    texts = [lund, lund, falk, "The dam was built in 1931."]
    assert not Mouths.of(texts, [], 30).full().any()
    assert Mouths.of(texts, [0], 12).full().tolist() == [True, True, False, False]
    assert not Mouths.of(texts, [0], 60).full().any()
    assert not Mouths.of([lund, lund, texts[3]], [0], 12).full().any()
    posts = ["A police spokesman said nobody was hurt.", "A bank spokesman said nobody was hurt."]
    assert not Mouths.of([*posts, falk], [0], 12).full()[1]


def test_a_title_that_takes_one_side_of_a_dispute_is_passed_over() -> None:
    """'12 hurt' is no headline where another outlet counts 14 and a third gives no number."""
    titles = ["Ferry hits breakwater, 12 hurt", "Ferry runs into breakwater in thick fog"]
    sentences = tuple(
        SourceSentence(f"a{i}", "title", 0, len(t), t, -1) for i, t in enumerate(titles, 1)
    )
    vectors = np.array([[1, 0], [0.8, 0.6]], dtype=np.float32)
    grouped = group(Embedded(sentences, vectors), ["a1", "a2"], CONFIG)
    assert planning.headline(grouped, ["12", "Fourteen"]) == 1
    assert planning.headline(grouped) is not None


def test_a_comment_heads_no_summary_of_news() -> None:
    """'Why the cap will fail' gives way to a plain title, however near it is to the story."""
    for comment in ("Why the rent cap will fail", "Owners should be heard on the rent cap"):
        titles = [comment, "Harrow caps rises of rents for a year"]
        sentences = tuple(
            SourceSentence(f"a{i}", "title", 0, len(t), t, -1) for i, t in enumerate(titles, 1)
        )
        vectors = np.array([[1, 0], [0.8, 0.6]], dtype=np.float32)
        grouped = group(Embedded(sentences, vectors), ["a1", "a2"], CONFIG)
        assert planning.headline(grouped) == 1


def test_a_title_is_cut_where_it_takes_one_side_of_what_differs() -> None:
    """What follows the comma goes if it gives a disputed value and the rest can head a summary."""
    values = ("12", "Fourteen")
    cut = "Ferry hits breakwater in fog at Lindhaven"
    assert planning.undisputed(f"{cut}, 12 hurt", values) == cut
    assert planning.undisputed(f"{cut}, port closed", values) == f"{cut}, port closed"
    assert planning.undisputed("Ferry crash, 12 hurt", values) == "Ferry crash, 12 hurt"
    assert planning.undisputed("12 hurt in fog, ferry owners say", values) == (
        "12 hurt in fog, ferry owners say"
    )


def test_what_only_an_opinion_piece_tells_comes_last() -> None:
    """A reporter's facts are read before what a column alone brings, however early that stands."""
    grouped = _grouped(
        ("a1", "lead", 0, [1, 0, 0]),
        ("a1", "later", 9, [0.4, 1, 0]),
        ("a2", "quote", 1, [0.4, 0, 1]),
    )
    argued = replace(grouped, opinions=frozenset({"a2"}))
    chosen = sorted(_plan(argued, words=200), key=lambda pair: pair[1].order)
    assert _texts(argued, chosen)[-1] == TEXTS["quote"]
    plain = sorted(_plan(grouped, words=200), key=lambda pair: pair[1].order)
    assert _texts(grouped, plain)[-1] == TEXTS["later"]


def test_a_longer_sentence_is_no_repeat_of_a_short_one() -> None:
    """What a short sentence told does not keep back a longer one that tells more."""
    config = Config()
    told = {"three", "people", "killed"}
    longer = told | {"police", "open", "criminal", "investigation", "bridge"}
    near = np.array([0.6])
    assert not planning.repeats(near, [planning.known_share(longer, told)], [False], config)[0]
    assert planning.repeats(near, [planning.known_share(told, longer)], [False], config)[0]


def test_a_second_opening_repeats_sooner_than_a_detail() -> None:
    """The first sentence of another article tells the event as if nobody had."""
    near, shares = np.array([0.6, 0.6]), [0.3, 0.3]
    assert list(planning.repeats(near, shares, [True, False], Config())) == [True, False]
