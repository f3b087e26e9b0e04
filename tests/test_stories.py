"""stories: one story for each event, found again every night, in time that stays linear.

How alike two articles are is `group`'s; how well it does on news is in docs/LOG.md.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.clusters import _OtherWords, b_cubed, pairwise, thinned
from benchmarks.clusters import synthetic as synthetic_stream
from benchmarks.stories import article as synthetic
from summarizer.backends.standin import HashEncoder
from summarizer.config import Config
from summarizer.errors import BadInput, BadOption
from summarizer.evidence.article_similarity import Head, alike, other_event
from summarizer.schema import Article, Story
from summarizer.stories.incremental import (
    Gathered,
    articles_of,
    gather,
    seconds_of,
    single_path,
    time_of,
)
from summarizer.stories.linkage import Placed, _copied, _heaviest, _Pairs, cluster, represent

CONFIG = Config()


def event(story: int, number: int, **fields: str) -> Article:
    """Article `number` on event `story`; each event of the first twelve is another kind."""
    made = synthetic(story, number)
    return made.model_copy(update={"id": f"e{story}-{number}", **fields})


def placed(articles: Sequence[Article], old: dict[str, int] | None = None) -> list[Placed]:
    made = represent(articles, HashEncoder(), CONFIG)
    return [
        Placed(*m, time=time_of(a), story=(old or {}).get(a.id))
        for a, m in zip(articles, made, strict=True)
        if m is not None
    ]


def stories_of(labels: Sequence[int], articles: Sequence[Article]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for label, a in zip(labels, articles, strict=True):
        groups.setdefault(label, set()).add(a.id)
    return {frozenset(g) for g in groups.values()}


EVENTS = [event(s, n) for n in range(3) for s in range(6)]
TRUE = {frozenset(f"e{s}-{n}" for n in range(3)) for s in range(6)}


def test_articles_on_one_event_are_one_story() -> None:
    """Six events told three times each, mixed, come out as six stories."""
    assert stories_of(cluster(placed(EVENTS), CONFIG), EVENTS) == TRUE


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_stream_does_not_matter(chance: random.Random) -> None:
    """However articles come, they come to the same stories."""
    articles = list(EVENTS)
    chance.shuffle(articles)
    assert stories_of(cluster(placed(articles), CONFIG), articles) == TRUE


def test_what_is_far_in_time_is_no_one_story() -> None:
    """The window keeps last month's closure out of today's; where no time is known, none does."""
    dated = [event(0, n, published=f"2026-11-0{n + 1}") for n in range(2)]
    late = event(0, 2, published="2026-12-24T08:00:00+01:00")
    articles = [*dated, late]
    assert len(stories_of(cluster(placed(articles), CONFIG, window=3 * 86_400.0), articles)) == 2
    assert len(stories_of(cluster(placed(articles), CONFIG), articles)) == 1
    undated = [*dated, event(0, 2)]
    assert len(stories_of(cluster(placed(undated), CONFIG, window=86_400.0), undated)) == 1


def test_a_copy_goes_where_its_original_is() -> None:
    """One text under two outlets is together even where likeness alone would part them."""
    apart = Config().with_(linkage={"join": 99.0})
    copy = EVENTS[0].model_copy(update={"id": "copy", "outlet": "Another"})
    articles = [*EVENTS[:6], copy]
    found = stories_of(cluster(placed(articles), apart), articles)
    assert frozenset({EVENTS[0].id, "copy"}) in found
    assert len(found) == 6


def test_stories_that_were_there_are_never_merged_nor_taken_apart() -> None:
    """A new article joins one of two stories on one event; both stay, whole."""
    articles = [event(0, n) for n in range(5)]
    old = {"e0-0": 0, "e0-1": 0, "e0-2": 1, "e0-3": 1}
    found = stories_of(cluster(placed(articles, old), CONFIG), articles)
    assert len(found) == 2
    assert any({"e0-0", "e0-1"} <= g for g in found)
    assert any({"e0-2", "e0-3"} <= g for g in found)
    with_stranger = [event(0, 0), event(5, 0), event(0, 1)]
    found = stories_of(
        cluster(placed(with_stranger, {"e0-0": 0, "e5-0": 0}), CONFIG), with_stranger
    )
    assert frozenset({"e0-0", "e5-0"}) <= next(g for g in found if "e0-0" in g)


def test_comparisons_grow_with_the_articles_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each article meets at most so many others, also where all share their words."""
    from summarizer.stories import linkage as module

    met: list[Head] = []

    def counted(a: Head, b: Head) -> object:
        met.append(a)
        return alike(a, b)

    monkeypatch.setattr(module, "alike", counted)
    articles = [event(s % 3, s) for s in range(60)]
    cluster(placed(articles), CONFIG.with_(linkage={"candidates": 4}))
    assert len(met) <= 4 * 60


def test_what_is_in_a_crowd_must_be_more_alike() -> None:
    """Two days of a saga are as alike as two reports of a lone event: only the lone are joined."""
    alone = _Pairs(2)
    alone.add(0, 1, 0.5)
    [(*_, lone)] = alone.settled()
    crowded = _Pairs(20)
    crowded.add(0, 1, 0.5)
    for stranger in range(2, 20):
        crowded.add(0, stranger, -0.5)
        crowded.add(1, stranger, -0.5)
    _, _, among_many = next(crowded.settled())
    assert lone > CONFIG.linkage.join > among_many


def test_a_story_of_many_is_no_crowd() -> None:
    """Likely partners are no strangers: thirty articles of one event do not part each other."""
    many, few = _Pairs(30), _Pairs(2)
    for a, b in combinations(range(30), 2):
        many.add(a, b, 0.5)
    few.add(0, 1, 0.5)
    assert {score for *_, score in many.settled()} == {score for *_, score in few.settled()}


def test_one_text_in_many_papers_is_read_once_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is bound to a copy already is not held against its other copies."""
    from summarizer.stories import linkage as module

    read: list[Placed] = []

    def counted(one: Placed, other: Placed, config: Config) -> bool:
        read.append(other)
        return _copied(one, other, config)

    monkeypatch.setattr(module, "_copied", counted)
    copies = [event(0, 0, id=f"paper{n}", outlet=f"Paper {n}") for n in range(12)]
    assert stories_of(cluster(placed(copies), CONFIG), copies) == {frozenset(a.id for a in copies)}
    assert len(read) == 11


@given(
    st.dictionaries(st.integers(0, 99), st.sampled_from([0.25, 0.5, 0.75, 1.0])),
    st.integers(1, 20),
)
def test_the_few_that_are_compared_are_the_first_of_all_sorted(
    shared: dict[int, float], n: int
) -> None:
    """The short cut takes what sorting everything would take, ties and all."""
    assert _heaviest(shared, n) == sorted(shared, key=lambda j: (-shared[j], j))[:n]


# --- gather: files in, files out -----------------------------------------------------------------


class Night:
    """A folder where articles come in and stories are kept."""

    def __init__(self, path: Path) -> None:
        self.out = path / "stories.jsonl"
        self.single = single_path(self.out)
        self.errors = path / "stories.errors.jsonl"

    def run(self, articles: Sequence[Article | str], **options: object) -> Gathered:
        lines = [
            a if isinstance(a, str) else a.model_dump_json(exclude_none=True) for a in articles
        ]
        return gather(
            [(n, line.encode()) for n, line in enumerate(lines, 1)],
            self.out,
            load=HashEncoder,
            config=CONFIG,
            **options,  # type: ignore[arg-type]
        )

    def stories(self, path: Path) -> list[Story]:
        return [Story.model_validate_json(x) for x in path.read_bytes().splitlines()]

    def ids(self, path: Path) -> list[list[str]]:
        return [[a.id for a in s.articles] for s in self.stories(path)]


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


def test_stories_are_written_and_what_stands_alone_waits(night: Night) -> None:
    """Two events of two articles and one of one: two stories, one single, every article whole."""
    articles = [event(0, 0), event(1, 0), event(2, 0), event(0, 1), event(1, 1)]
    made = night.run(articles)
    assert made == Gathered(new=5, joined=4, single=1, repeated=0, failed=0, stories=2, undated=0)
    assert night.ids(night.out) == [["e0-0", "e0-1"], ["e1-0", "e1-1"]]
    assert night.ids(night.single) == [["e2-0"]]
    assert night.stories(night.out)[0].articles == (articles[0], articles[3])


def test_new_articles_join_the_stories_that_are_there(night: Night) -> None:
    """Ids and order stay, a single becomes a story under its own id, the rest is new."""
    night.run([event(0, 0), event(0, 1), event(2, 0)])
    [first], [alone] = night.stories(night.out), night.stories(night.single)
    made = night.run([event(3, 0), event(2, 1), event(0, 2), event(3, 1)])
    assert (made.joined, made.single, made.stories) == (4, 0, 3)
    after = night.stories(night.out)
    assert [s.id for s in after[:2]] == [first.id, alone.id]
    assert night.ids(night.out) == [["e0-0", "e0-1", "e0-2"], ["e2-0", "e2-1"], ["e3-0", "e3-1"]]
    assert night.ids(night.single) == []


def test_the_same_command_twice_changes_nothing(night: Night) -> None:
    """Articles that are there are left out, also under another id; the files keep their bytes."""
    articles = [event(0, 0), event(0, 1), event(2, 0)]
    night.run(articles)
    before = night.out.read_bytes(), night.single.read_bytes()
    again = [*articles, articles[0].model_copy(update={"id": "sent-again"})]
    made = night.run(again)
    assert (made.new, made.repeated, made.failed) == (0, 4, 0)
    assert (night.out.read_bytes(), night.single.read_bytes()) == before


def test_a_night_at_a_time_is_all_at_once(night: Night, tmp_path: Path) -> None:
    """Six events fed in three nights make the stories that one run makes."""
    for n in range(3):
        night.run([event(s, n) for s in range(6)])
    assert {frozenset(ids) for ids in night.ids(night.out)} == TRUE


def test_a_story_older_than_the_window_is_left_as_it_is(night: Night) -> None:
    """It is not compared, keeps its line, and the same event much later begins a new story."""
    old = [event(0, n, published=f"2026-01-0{n + 1}") for n in range(2)]
    new = [event(0, n, published=f"2026-06-0{n}") for n in (2, 3)]
    night.run(old, window=seconds_of("3d"))
    night.run(new, window=seconds_of("3d"))
    assert night.ids(night.out) == [["e0-0", "e0-1"], ["e0-2", "e0-3"]]
    assert night.run([event(0, 4)], window=seconds_of("1w")).undated == 1


def test_bad_lines_are_reported_and_the_rest_go_on(night: Night) -> None:
    """Broken JSON, and a second text under one id, reach the errors with a mend."""
    twice = event(1, 0, text="Another text altogether.")
    made = night.run([event(1, 0), "{broken", twice, event(1, 1)])
    assert (made.new, made.failed) == (2, 2)
    failed = [json.loads(x) for x in night.errors.read_text().splitlines()]
    assert [f["line"] for f in failed] == [2, 3]
    assert failed[1]["mend"] == "give a new version its own id"


def test_lines_may_be_stories_and_articles_may_lack_ids() -> None:
    """Of a story only its articles are taken; an article without an id is named by its content."""
    story = Story(id="s", articles=(Article(text="One."), Article(text="Two.")))
    assert [a.id for a in articles_of(story.model_dump_json().encode(), 1)] == ["s/a1", "s/a2"]
    [one] = articles_of(b'{"text": "One."}', 1)
    [same] = articles_of(b'{"text": "One."}', 9)
    [other] = articles_of(b'{"text": "Two."}', 1)
    assert one.id == same.id != other.id


def test_what_is_no_story_in_out_is_refused(night: Night) -> None:
    """A wrong -o is not written over; --fresh is offered."""
    night.out.write_text("my notes\n")
    with pytest.raises(BadInput, match="add --fresh to start over"):
        night.run([event(0, 0)])
    assert night.out.read_text() == "my notes\n"
    assert night.run([event(0, 0)], fresh=True).single == 1


def test_no_article_is_an_error(night: Night) -> None:
    """Nothing in, nothing written."""
    with pytest.raises(BadInput, match="there is no article"):
        night.run([])
    assert not night.out.exists()


@pytest.mark.parametrize(
    ("window", "seconds"), [("36h", 129_600), ("3d", 259_200), ("2w", 1_209_600)]
)
def test_a_window_is_hours_days_or_weeks(window: str, seconds: float) -> None:
    """As one says it."""
    assert seconds_of(window) == seconds


@pytest.mark.parametrize("window", ["", "3", "d", "-1d", "0h", "nand", "infw", "3 months"])
def test_a_window_of_another_form_is_refused(window: str) -> None:
    """The mend shows three that are taken."""
    with pytest.raises(BadOption, match="give a span as 36h, 3d or 2w"):
        seconds_of(window)


@pytest.mark.parametrize("published", [None, "", "yesterday", "2026-13-01"])
def test_a_time_that_cannot_be_read_is_no_time(published: str | None) -> None:
    """It is not guessed; the article is compared whatever the window."""
    assert time_of(Article(text="x", published=published)) is None


# --- the measures --------------------------------------------------------------------------------


def test_b_cubed_and_pairs_are_what_their_papers_say() -> None:
    """{1,2,3}{4} found for {1,2}{3,4}: by hand."""
    found, gold = [0, 0, 0, 1], [0, 0, 1, 1]
    precision, recall, _ = b_cubed(found, gold)
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert pairwise(found, gold)[:2] == pytest.approx((1 / 3, 1 / 2))


def test_a_synthetic_story_told_again_has_other_words() -> None:
    """A stream longer than its sources stays new, in words that the sources have."""
    lines = [event(s, n).text for s in range(6) for n in range(2)]
    own = {w for line in lines for w in re.findall(r"[A-Za-z]{4,}", line)}
    words = _OtherWords(lines)
    for line in lines:
        first, second = words.said(line, 1), words.said(line, 2)
        assert words.said(line, 0) == line
        assert len({line, first, second}) == 3
        assert set(re.findall(r"[A-Za-z]{4,}", first)) <= own
        assert first == _OtherWords(lines).said(line, 1)


def test_a_synthetic_stream_is_as_long_as_asked_and_always_the_same() -> None:
    """Whether its stories grow with it or not."""
    source = [Story(id=f"s{s}", articles=(event(s, 0), event(s, 1))) for s in range(3)]
    for each in (None, 2):
        made = list(synthetic_stream(source, 40, seed=1, each=each))
        assert len({a.id for a in made}) == 40
        assert made == list(synthetic_stream(source, 40, seed=1, each=each))


def test_thinned_stories_keep_one_article() -> None:
    """Of a share of them; the others stay whole."""
    source = [Story(id=f"s{s}", articles=(event(s, 0), event(s, 1))) for s in range(20)]
    assert thinned(source, 0.0, seed=1) == source
    assert all(len(s.articles) == 1 for s in thinned(source, 1.0, seed=1))
    assert {len(s.articles) for s in thinned(source, 0.5, seed=1)} == {1, 2}


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_a_perfect_clustering_scores_one(gold: list[int]) -> None:
    """Under any names of the stories."""
    renamed = [7 - g for g in gold]
    assert b_cubed(renamed, gold)[2] == pytest.approx(1.0)
    assert pairwise(renamed, gold)[:2] == pytest.approx((1.0, 1.0))


QUAKE = (
    "An earthquake of magnitude {} shook houses in {} on {} and killed {} people. "
    "Houses collapsed in {}, and the government sent soldiers with tents and water."
)


def test_two_quakes_of_two_countries_are_two_stories() -> None:
    """Alike in words, but of another place with other figures and days: each has its own story."""
    one = ("6.1", "Turamia", "Monday", "30", "Bilk")
    other = ("7.2", "Perdia", "Thursday", "120", "Luma")
    articles = [
        Article(id=f"q{i}", title=title, text=QUAKE.format(*facts))
        for i, (title, facts) in enumerate(
            [
                ("Quake kills 30 in Turamia", one),
                ("Quake in Perdia kills 120", other),
                ("Turamia quake leaves 30 dead", one),
                ("Perdia quake leaves 120 dead", other),
            ]
        )
    ]
    made = placed([*articles, *EVENTS])
    assert other_event(made[0].head, made[1].head)
    assert not other_event(made[0].head, made[2].head)
    labels = cluster(made, CONFIG)
    assert labels[0] == labels[2]
    assert labels[1] == labels[3]
    assert labels[0] != labels[1]
