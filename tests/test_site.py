"""site: a folder of pages that can be read without a network, made anew from its journal.

What is on a story's page is in test_render.py.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Summarizer
from summarizer.errors import BadOutput
from summarizer.outputs import render, site
from summarizer.outputs.site import file_name, journal_of, publish
from summarizer.schema import Article, Story, Summary

IDS = ["ferry", "../../etc/passwd", "Straße 7", "con", "<b>'x'</b> [y](z)", "a" * 300, "…"]


@pytest.fixture
def summaries(summarizer: Summarizer) -> list[Summary]:
    return [
        summarizer.summarize(
            Story(id=id, articles=(Article(text=f"The dam <held> at mile {n}. Nobody slept."),))
        )
        for n, id in enumerate(IDS)
    ]


def write(folder: Path, summaries: list[Summary]) -> None:
    lines = "".join(s.to_json() + "\n" for s in summaries)
    journal_of(folder).write_text(lines, encoding="utf-8")


@pytest.mark.parametrize("form", list(site.SUFFIXES))
def test_each_story_has_its_page_and_the_index_leads_to_it(
    form: str, summaries: list[Summary], tmp_path: Path
) -> None:
    """A page is what `render` makes of the summary; every link of the index is a file in it."""
    folder = tmp_path / "site"
    write(folder, summaries)
    assert publish(folder, form) == len(summaries)
    suffix = site.SUFFIXES[form]
    index = (folder / f"index{suffix}").read_text(encoding="utf-8")
    links = re.findall(r'href="(stories/[^"]+)"|\]\((stories/[^)]+)\)', index)
    pages = [folder / (a or b) for a, b in links]
    assert len({p.name for p in pages}) == len(summaries)
    for page, summary in zip(pages, summaries, strict=True):
        assert page.read_text(encoding="utf-8") == render.FORMATS[form](summary)


def test_the_index_asks_nobody_and_runs_nothing(summaries: list[Summary], tmp_path: Path) -> None:
    """No script, no address outside the folder, nothing of a story that could act."""
    write(tmp_path / "site", summaries)
    publish(tmp_path / "site", "html")
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in index
    assert not re.search(r"<script|https?:|<b>|<held>", index)
    assert "The dam <held> at mile 0." in unescape(index)


@settings(deadline=None)
@given(st.lists(st.text(), max_size=30, unique=True))
def test_no_two_stories_share_a_file(ids: list[str]) -> None:
    """Whatever an id holds, its file is a plain name of its own."""
    names = [file_name(id, "html") for id in ids]
    assert len({n.lower() for n in names}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}\.html", n) for n in names)


def test_a_rerun_writes_only_what_changed_and_removes_what_is_gone(
    summaries: list[Summary], tmp_path: Path
) -> None:
    """Pages that are up to date are not touched; a story that left the journal loses its page."""
    folder = tmp_path / "site"
    write(folder, summaries)
    publish(folder, "html")
    pages = {p.name: p.stat().st_mtime_ns for p in (folder / "stories").iterdir()}
    (folder / "stories" / "Mine.txt").write_text("mine")
    write(folder, summaries[1:])
    publish(folder, "html")
    after = {p.name: p.stat().st_mtime_ns for p in (folder / "stories").iterdir()}
    assert after.pop("Mine.txt")
    del pages["ferry.html"]
    assert after == pages


def test_a_long_index_is_cut_into_pages(
    summaries: list[Summary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every story is on one page of the index, the pages lead to each other, old ones go."""
    monkeypatch.setattr(site, "PER_INDEX", 3)
    folder = tmp_path / "site"
    write(folder, summaries)
    publish(folder, "html")
    assert {p.name for p in folder.glob("index*")} == {
        "index.html",
        "index-2.html",
        "index-3.html",
    }
    middle = (folder / "index-2.html").read_text(encoding="utf-8")
    assert '<ol start="4">' in middle
    assert 'href="index.html" rel="prev"' in middle
    assert 'href="index-3.html" rel="next"' in middle
    write(folder, summaries[:2])
    publish(folder, "markdown")
    assert {p.name for p in folder.glob("index*")} == {"index.md"}


def test_a_folder_of_other_files_is_never_filled(tmp_path: Path) -> None:
    """A wrong -o is refused before anything is written."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadOutput, match=r"holds files and no summaries\.jsonl"):
        journal_of(tmp_path)
    with pytest.raises(BadOutput, match="is a file; give a folder"):
        journal_of(tmp_path / "notes.txt")
