"""A reader's marks on a summary: what a browser keeps of them, what goes into another summary.

What a browser does with them is in test_page_history.py.
"""

from __future__ import annotations

import json
from typing import Any

import page_double as double
import pytest

from summarizer.page import server
from summarizer.page.editing import Desk
from summarizer.page.intake import Length
from summarizer.page.saved import kept_of
from summarizer.schema import Article, CitedSentence, Story, Summary

FERRY = "A ferry hit the pier. Twelve people were hurt. Nobody drowned.\nThe port closed."
TRAM = "A boat struck the pier. Fourteen people were hurt. All were saved.\nThe harbour was shut."


def _summary(*texts: str) -> Summary:
    *_, whole = double.Quoting().watch(Story(articles=tuple(Article(text=t) for t in texts)))
    return whole


def _never(sentence: CitedSentence, instead_of: CitedSentence) -> CitedSentence:
    raise AssertionError(f"{sentence.text!r} is judged again")


def test_what_a_browser_keeps_is_read_back_whole() -> None:
    """Locks, changes and deletions outlive a reload with the summary that they are of."""
    desk = Desk(_summary(FERRY, TRAM)).lock(2).delete(1)
    desk = desk.put(2, desk.sentence(2).model_copy(update={"text": "Mine.", "method": "edited"}))
    sent = {"summary": json.loads(desk.summary.to_json()), "marks": {**desk.marks(), "model": "m"}}
    kept = kept_of(json.loads(json.dumps(sent)))
    assert kept.model == "m"
    assert kept.desk is not None
    assert kept.desk.summary == desk.summary
    assert kept.desk.marks() == desk.marks()
    assert kept.desk.is_locked(1)


@pytest.mark.parametrize(
    "marks", [None, [], "x", {"locked": 3}, {"gone": [["a", "b", 1], [1], "x"]}, {"worded": [[]]}]
)
def test_marks_of_another_shape_are_none(marks: object) -> None:
    """Whatever a browser sends beside a summary, the summary opens."""
    kept = kept_of({"summary": json.loads(_summary(FERRY).to_json()), "marks": marks})
    assert kept.desk is not None
    assert kept.desk.marks() == {"locked": [], "worded": [], "gone": []}


def test_what_was_locked_goes_with_its_articles_into_another_summary() -> None:
    """A kept sentence cites the same articles by their new ids, without being judged again."""
    desk = Desk(_summary(FERRY, TRAM)).lock(1).delete(2)
    fresh = _summary("It rained. It blew.", FERRY, TRAM)
    anew = desk.over(fresh, Length(150), _never)
    kept = anew.sentence(1)
    assert kept.text == desk.sentence(1).text
    assert {c.article for c in kept.citations} == {"a2", "a3"}
    assert Summary.from_json(anew.summary.to_json()) == anew.summary


def test_what_lost_a_source_is_judged_again() -> None:
    """A kept sentence of an article that is gone is checked against those that are there."""
    desk = Desk(_summary(FERRY, TRAM)).lock(1)
    asked: list[str] = []

    def again(sentence: CitedSentence, instead_of: CitedSentence) -> CitedSentence:
        asked.append(sentence.text)
        return instead_of.model_copy(update={"text": sentence.text, "method": "edited"})

    anew = desk.over(_summary(FERRY), Length(150), again)
    assert asked == [desk.sentence(1).text]
    assert anew.sentence(1).text == asked[0]
    assert Summary.from_json(anew.summary.to_json()) == anew.summary


@pytest.mark.parametrize(
    ("options", "keeps"),
    [
        ({}, True),
        ({"keep": False}, False),
        ({"auth": [("ann", "secret")]}, False),
        ({"auth": [("ann", "secret")], "keep": True}, True),
    ],
)
def test_a_page_with_passwords_keeps_nothing_in_the_browser_unless_told_to(
    options: dict[str, Any], keeps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeping is the default but where several people use one machine."""
    from summarizer.page import layout

    class Built(Exception):
        pass

    def build(*args: object, keep: bool, **more: object) -> None:
        raise Built(str(keep))

    monkeypatch.setattr(layout, "build", build)
    with pytest.raises(Built, match=str(keeps)):
        server.launch({"extract": double.Quoting}, host="127.0.0.1", port=None, **options)
