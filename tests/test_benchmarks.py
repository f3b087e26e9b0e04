"""Rules of the benchmark's own parts: its stories, its arithmetic, how it tells what is missing.

No benchmark is run here and no time is judged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import figures, stories
from benchmarks.__main__ import main, sentences_of
from benchmarks.memory import peak_mib


def test_the_same_number_gives_the_same_story() -> None:
    """Synthetic stories are made by rule: two runs measure the same work."""
    assert stories.stories(4) == stories.stories(4)
    assert stories.story(0, 2) != stories.story(1, 2)


def test_articles_are_as_long_as_news() -> None:
    """Every article has 400 to 900 words and its own outlet."""
    made = [a for s in stories.stories(12) for a in s.articles]
    assert all(400 <= len(a.text.split()) <= 900 for a in made)
    outlets = [a.outlet for a in stories.story(3, 40).articles]
    assert len(set(outlets)) == 40


def test_a_longer_story_begins_with_the_shorter_one() -> None:
    """Growth is measured by adding articles to one story, not by changing stories."""
    assert stories.story(0, 10).articles[:5] == stories.story(0, 5).articles


def test_outlets_tell_the_same_event() -> None:
    """What is told first is one event in every article, in an outlet's own words."""
    articles = stories.story(0, 5).articles
    assert all("Marrow Bay" in a.text.split(". ")[0] for a in articles)
    assert len({a.text for a in articles}) == 5


def test_a_story_has_articles() -> None:
    """A story of none is refused."""
    with pytest.raises(ValueError, match="a story of 0 articles"):
        stories.story(0, 0)


def test_the_peer_is_given_our_split_without_titles() -> None:
    """LexRank ranks the sentences of the bodies, in order, each as it stands in an article."""
    made = stories.story(0, 2)
    given = sentences_of(made)
    assert len(given) > 20
    assert all(any(s in a.text for a in made.articles) for s in given)


def test_ratios_are_of_single_stories() -> None:
    """The median over stories of theirs over ours: one slow story does not decide."""
    assert figures.ratio({"a": 2, "b": 6, "c": 400}, {"a": 1, "b": 2, "c": 4}) == 3
    with pytest.raises(ValueError, match="1 stories against 2"):
        figures.ratio({"a": 1}, {"a": 1, "b": 1})


def test_rounds_give_their_median() -> None:
    """A busy minute in one round does not decide; what a system has not is None."""
    rounds = [{"seconds": {"a": s}, "peak_mib": m} for s, m in ((1, 5), (9, 7), (2, 6))]
    assert figures.seconds(rounds) == {"a": 2}
    assert figures.middle(rounds, "peak_mib") == 6
    assert figures.middle(rounds, "load_seconds") is None


@pytest.mark.parametrize("k", [1.0, 1.5, 2.0])
def test_the_exponent_of_a_power_is_its_own(k: float) -> None:
    """Seconds of 0.3 · n^k grow with exponent k."""
    sizes = [2, 5, 10, 20, 40]
    assert figures.exponent(sizes, [0.3 * n**k for n in sizes]) == pytest.approx(k)


def test_peak_memory_is_this_process() -> None:
    """A Python process with numpy holds between 10 MiB and a few GiB."""
    assert 10 < peak_mib() < 8_000


def test_a_missing_peer_is_told_with_its_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without sumy's environment nothing is measured and the command that makes it is said."""
    assert main(["--quick", "--sumy-python", str(tmp_path / "none")]) == 2
    assert "pip install -r benchmarks/requirements.txt" in capsys.readouterr().err.replace(
        "\n", " "
    )


def test_sizes_that_cannot_be_fitted_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Growth needs two sizes."""
    with pytest.raises(SystemExit, match="2"):
        main(["--sizes", "5"])
    assert "at least two different ones" in capsys.readouterr().err
