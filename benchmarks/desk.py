"""What an editor would catch: python -m benchmarks.desk FILE... [--model extract] [--show].

A file holds cases of one form, a case a line, and gives one table by kind:

- stories: {"id", "kind", "input": a story, "expected", "must": [pattern], "must_not": [pattern]}.
  Patterns are regular expressions, case ignored; a story is right if its summary matches all of
  `must` and none of `must_not`. One without patterns is printed beside `expected`, for a reader.
- attributions: a story's form whose input also has "summary": printed likewise.
- streams: "input" is a list of articles: the stories that they are grouped to are printed.
- pairs: {"id", "articles": [two], "differ": whether a difference is to be found} or "expected" that
  starts with "no disagreement" where there is none.
- lines: {"id", "line", "site" or "furniture": whether it is a site's own text and no reporting}. A
  line stands at the top, in the middle and at the end of reporting; right means right at each.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import share
from summarizer import Summarizer, render
from summarizer.config import Config
from summarizer.inputs.json_lines import parse_story
from summarizer.schema import Article, Story, Summary
from summarizer.stories.linkage import Placed, cluster, represent
from summarizer.text.boilerplate import mask, repeated_lines

Case = dict[str, Any]

_REPORT = (
    "The council of Ostry voted on Monday to close the old bridge for repairs until May.",
    "Two engineers had found cracks in its northern pier in January, the mayor said.",
    "Buses will be sent around by the road along the river until the works are done.",
)
_CHAR = 0.5
"""Share of a line's characters from which it counts as masked."""


def main() -> None:
    """Print a table for each file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", default="extract", help="which writer tells the stories")
    parser.add_argument("--words", type=int, default=90)
    parser.add_argument("--show", action="store_true", help="print what was decided wrongly")
    asked = parser.parse_args()
    summarizer = None
    for path in asked.files:
        lines = path.read_text(encoding="utf-8").splitlines()
        cases: list[Case] = [json.loads(line) for line in lines if line.strip()]
        print(f"\n{path.name}: {len(cases)} cases\n")
        if "line" in cases[0]:
            _lines(cases, asked.show)
            continue
        summarizer = summarizer or Summarizer.load(asked.model)
        if "articles" in cases[0]:
            _pairs(cases, summarizer, asked.show)
        else:
            _stories(cases, summarizer, asked.words, asked.show)


# --- stories -------------------------------------------------------------------------------------


def _stories(cases: Sequence[Case], summarizer: Summarizer, words: int, show: bool) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        if "must" not in case and "must_not" not in case:
            _print_for_a_reader(case, summarizer, words)
            continue
        summary = summarizer.summarize(_story(case["input"]), words=words)
        faults = wrong(summary, case.get("must", ()), case.get("must_not", ()))
        right[case["kind"]].append(not faults)
        if show and faults:
            print(f"{case['id']} ({case['kind']}): {case['expected']}")
            print(f"  {told(summary)}\n  {'; '.join(faults)}\n")
    if right:
        _table(right, "as expected")


def told(summary: Summary) -> str:
    """All that a reader of the summary is told: warnings, headline, sentences, differences."""
    title = summary.title.text if summary.title else ""
    return "\n".join((*summary.warnings, title, *(s.text for s in summary.sentences)))


def wrong(summary: Summary, must: Sequence[str], must_not: Sequence[str]) -> list[str]:
    """What a summary lacks of `must`, and what of `must_not` it says."""
    text = told(summary)
    values = [f"{d.about}: {v.value}" for d in summary.disagreements for v in d.values]
    lacking = [
        f"lacks {p}" for p in must if not re.search(p, "\n".join((text, *values)), re.IGNORECASE)
    ]
    return lacking + [f"says {p}" for p in must_not if re.search(p, text, re.IGNORECASE)]


def _print_for_a_reader(case: Case, summarizer: Summarizer, words: int) -> None:
    given = case["input"]
    print(f"## {case['id']}, expected: {case['expected']}")
    if isinstance(given, list):
        for ids in _stream(given, summarizer):
            print(f"  {' '.join(ids)}")
    elif "summary" in given:
        text = given["summary"]
        for found in summarizer.attribute(text, _story(given)):
            cited = ", ".join(f"{c.article}: {c.text}" for c in found.citations)
            print(f"  {found.text} -> {cited or 'nothing'} {list(found.problems) or ''}")
    else:
        summary = summarizer.summarize(_story(given), words=words)
        print(re.sub(r"(?m)^", "  ", render(summary, "text")))


def _stream(given: Sequence[Case], summarizer: Summarizer) -> list[list[str]]:
    """The ids of the articles of each story of several."""
    articles = [Article.model_validate(a) for a in given]
    made = represent(articles, summarizer.encoder, Config())
    kept = [(a.id, Placed(*m)) for a, m in zip(articles, made, strict=True) if m is not None]
    stories: dict[int, list[str]] = defaultdict(list)
    for (id_, _), story in zip(kept, cluster([p for _, p in kept], Config()), strict=True):
        stories[story].append(id_)
    return [ids for ids in stories.values() if len(ids) > 1]


def _story(given: Case) -> Story:
    """The story as a file would be read: markup and entities decoded, dates in one form."""
    wanted = {k: v for k, v in given.items() if k in ("id", "articles")}
    return parse_story(wanted, "the case")[0]


# --- pairs and lines -----------------------------------------------------------------------------


def _pairs(cases: Sequence[Case], summarizer: Summarizer, show: bool) -> None:
    right = wrong_ = missed = 0
    for case in cases:
        plain = case.get("expected", "").lower().startswith("no disagreement")
        differ = case.get("differ", not plain)
        articles = [{"id": f"a{n}", **a} for n, a in enumerate(case["articles"], 1)]
        summary = summarizer.summarize(_story({"articles": articles}))
        found = bool(summary.disagreements)
        right += found and differ
        wrong_ += found and not differ
        missed += differ and not found
        if show and found != differ:
            said = [f"{d.about}: {[v.value for v in d.values]}" for d in summary.disagreements]
            print(f"{case['id']} {'missed' if differ else 'false'}: {case.get('about')} {said}")
            for a in case["articles"]:
                print(f"    {a['text']}")
    print(f"precision {share(right, wrong_)}, recall {share(right, missed)}")


def _lines(cases: Sequence[Case], show: bool) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        site = case["site"] if "site" in case else case["furniture"]
        at = [is_masked(case["line"], place) for place in range(len(_REPORT) + 1)]
        ok = all(at) if site else not any(at)
        right["site text, masked" if site else "reporting, kept"].append(ok)
        if show and not ok:
            print(f"{'missed' if site else 'false'} at {at}: {case['line']}")
    _table(right, "right")


def is_masked(line: str, place: int) -> bool:
    """Whether a line is masked where it stands before paragraph `place` of a short report."""
    paragraphs = [*_REPORT[:place], line, *_REPORT[place:]]
    text = "\n\n".join(paragraphs)
    article = Article(id="a1", text=text)
    start = text.index(line)
    masks = mask(article, repeated_lines([article]))
    covered = sum(max(0, min(m.end, start + len(line)) - max(m.start, start)) for m in masks)
    return covered >= _CHAR * len(line)


def _table(right: dict[str, list[bool]], head: str) -> None:
    print(f"| kind | cases | {head} |\n|---|---|---|")
    for kind, found in right.items():
        print(f"| {kind} | {len(found)} | {sum(found)} |")
    whole = [ok for found in right.values() for ok in found]
    print(f"| all | {len(whole)} | {sum(whole)} ({share(sum(whole), len(whole) - sum(whole))} %) |")


if __name__ == "__main__":
    main()
