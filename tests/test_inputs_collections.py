"""collections: every form of many stories gives the same, and shared storage is a place.

What a batch does with them is in test_batch.py.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import BadOutput, UnreadableFile
from summarizer.inputs.collections import count, entries
from summarizer.inputs.lines import Failure, Line
from summarizer.inputs.markup import decoded
from summarizer.inputs.storage import Shared
from summarizer.schema import Article, Story

STORIES = (
    Story(
        id="ferry",
        articles=(
            Article(id="a1", text='The ferry ran aground, "gently".', outlet="North", title="F"),
            Article(id="a2", text="Nobody was hurt.\nThe harbour closed.", outlet="South"),
        ),
    ),
    Story(id="dam", articles=(Article(id="a1", text="The dam held.", published="2026-11-01"),)),
)


def read(place: Path | str) -> tuple[list[Story], list[Failure], list[str]]:
    """Stories, failures and warnings of a place."""
    warnings: list[str] = []
    found = list(entries(str(place), warnings.extend))
    stories = [e.item for e in found if isinstance(e, Line)]
    return stories, [e for e in found if isinstance(e, Failure)], warnings


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)
    return path


def in_form(form: str, folder: Path) -> Path:
    """STORIES, written in a form."""
    lines = "".join(s.model_dump_json(exclude_none=True) + "\n" for s in STORIES)
    path = folder / f"stories.{form}"
    if form == "jsonl":
        path.write_text(lines, encoding="utf-8")
    elif form == "jsonl.gz":
        path.write_bytes(gzip.compress(lines.encode()))
    elif form in ("csv", "csv.gz"):
        rows = [["Story", "id", "text", "title", "outlet", "published"]]
        rows += [
            [s.id, a.id, a.text, a.title or "", a.outlet or "", a.published or ""]
            for s in STORIES
            for a in s.articles
        ]
        plain = table(folder / "stories.csv", [rows[0], rows[1], rows[3], rows[2]])
        if form == "csv.gz":
            path.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        path.mkdir()
        for story in STORIES:
            (path / story.id).mkdir()
            inside = story.model_dump_json(exclude_none=True)
            (path / story.id / "story.json").write_text(inside, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "csv", "csv.gz", "folders"])
def test_every_form_gives_the_same_stories(form: str, tmp_path: Path) -> None:
    """Lines, a table whose rows stand in any order, packed or not, and folders are one input."""
    stories, failures, warnings = read(in_form(form, tmp_path))
    order = STORIES if form != "folders" else STORIES[::-1]
    assert stories == list(order)
    assert (failures, warnings) == ([], [])


def test_rows_at_fault_are_reported_and_the_rest_go_on(tmp_path: Path) -> None:
    """No story, too many cells, no text at all: each by its row, as a spreadsheet counts."""
    path = table(
        tmp_path / "t.csv",
        [
            ["story", "text", "desk"],
            ["a", "One.", "x"],
            ["", "Two.", ""],
            ["b", "Three,", "", "four"],
            ["c", "", ""],
            ["a", "Five.", ""],
        ],
    )
    stories, failures, warnings = read(path)
    assert [(s.id, [a.text for a in s.articles]) for s in stories] == [("a", ["One.", "Five."])]
    assert [(f.line, f.id, f.mend) for f in failures] == [
        (3, None, 'fill "story"'),
        (4, "b", "put texts with commas in quotes"),
        (5, "c", 'fill "text"'),
    ]
    assert warnings == [f"{str(path)!r}: unknown columns desk ignored"]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    """The first row names the columns; the mend says which."""
    with pytest.raises(UnreadableFile, match="no columns 'story' and 'text' in its first row"):
        read(table(tmp_path / "t.csv", [["a", "b"], ["1", "2"]]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(min_size=1)), max_size=8))
def test_a_table_keeps_every_text(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Whatever a cell holds (quotes, commas, lines), its story has it, in the rows' order.

    Tags and entities of HTML are decoded; a story of which nothing is left then is a failure.
    """
    rows = [(s, t) for s, t in rows if t.strip() and "\0" not in t and t.isprintable()]
    path = table(tmp_path_factory.mktemp("t") / "t.csv", [("story", "text"), *rows])
    stories, failures, _ = read(path)
    wanted: dict[str, list[str]] = {}
    for name, text in rows:
        wanted.setdefault(name, []).append(decoded(text).strip())
    whole = {name: texts for name, texts in wanted.items() if any(texts)}
    assert {s.id: [a.text.strip() for a in s.articles] for s in stories} == whole
    assert {f.id for f in failures} == wanted.keys() - whole.keys()


def test_a_folder_at_fault_is_reported(tmp_path: Path) -> None:
    """An empty folder is a failure by its name; loose files are named in a warning."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "one.txt").write_text("The dam held through the night.")
    (tmp_path / "notes.txt").write_text("mine")
    stories, failures, warnings = read(tmp_path)
    assert [s.id for s in stories] == ["good"]
    assert [f.id for f in failures] == ["empty"]
    assert any("notes.txt" in w for w in warnings)
    assert count(str(tmp_path)) == 2


def test_a_folder_without_folders_is_refused(tmp_path: Path) -> None:
    """One story's folder is no folder of stories: the mend names the verb for it."""
    (tmp_path / "one.txt").write_text("The dam held.")
    with pytest.raises(UnreadableFile, match="summarizer summarize FOLDER"):
        read(tmp_path)


@pytest.mark.parametrize(
    "data", [b"no gzip", gzip.compress(b'{"a":1}\n' * 900)[:-9]], ids=["no gzip", "cut short"]
)  # a packed file holds the second at which it was packed: no name for a test
def test_a_packed_file_that_is_not_whole_is_refused(tmp_path: Path, data: bytes) -> None:
    """A download that was cut short is not taken for a short file."""
    (tmp_path / "in.jsonl.gz").write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"cannot read .*in\.jsonl\.gz"):
        read(tmp_path / "in.jsonl.gz")


@pytest.fixture
def storage() -> Iterator[str]:
    """A folder of shared storage, in memory."""
    yield "memory://nightly"
    system = fsspec.filesystem("memory")
    if system.exists("/nightly"):
        system.rm("/nightly", recursive=True)


def test_stories_are_read_from_shared_storage(storage: str, tmp_path: Path) -> None:
    """What fsspec reaches is read as a file is."""
    with fsspec.open(f"{storage}/in.jsonl.gz", "wb") as file:
        file.write(in_form("jsonl.gz", tmp_path).read_bytes())
    assert read(f"{storage}/in.jsonl.gz")[0] == list(STORIES)
    with pytest.raises(UnreadableFile, match="cannot read"):
        read(f"{storage}/no.jsonl")


def test_a_place_that_nobody_can_reach_is_said() -> None:
    """A scheme without its package is one sentence with the mend."""
    with pytest.raises(UnreadableFile, match="install what fsspec needs"):
        read("nowhere://in.jsonl")
    with pytest.raises(BadOutput, match="install what fsspec needs"):
        Shared("nowhere://out.jsonl")


def test_what_grows_is_copied_whole_and_brought_back(storage: str) -> None:
    """A reader sees whole files, a second run has what the first copied, aside and errors too."""
    place = f"{storage}/out.jsonl"
    system = fsspec.filesystem("memory")
    with Shared(place) as shared:
        shared.path.write_text("one\n")
        shared.path.with_name("out.jsonl.aside").write_text("kept\n")
        shared.copy()
        assert system.cat("/nightly/out.jsonl") == b"one\n"
        shared.path.write_text("one\ntwo\n")
        shared.copy(every=3600.0)
        assert system.cat("/nightly/out.jsonl") == b"one\n"
    assert system.cat("/nightly/out.jsonl") == b"one\ntwo\n"
    assert not shared.path.exists()
    with Shared(place) as again:
        assert again.path.read_text() == "one\ntwo\n"
        again.path.with_name("out.jsonl.aside").unlink()
        again.path.with_name("out.errors.jsonl").write_text(json.dumps({"line": 1}))
    names = {Path(f["name"]).name for f in system.ls("/nightly")}
    assert names == {"out.jsonl", "out.errors.jsonl"}
