"""batch and lines: every line is done once or reported, whatever happens in between."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.api import StoryFailure
from summarizer.batch.lines import Failures, chunks, run_lines
from summarizer.batch.runner import BatchReport, Engine, Outcome, run_batch, story_hash
from summarizer.errors import BadInput, BadOption, BadOutput, UnknownModel, UnreadableFile
from summarizer.inputs.lines import Failure, Line, parsed, read_lines
from summarizer.schema import Article, ArticleReport, Citation, CitedSentence, Story, Summary


def entries(path: Path) -> Iterator[Line[Story] | Failure]:
    return parsed(read_lines(path), parse)


def first_sentences(stories: Iterable[Story]) -> Iterator[Summary | StoryFailure]:
    """A summariser that quotes each story's first text and refuses a text of "refuse"."""
    for story in stories:
        article = story.articles[0]
        if article.text == "refuse":
            yield StoryFailure(story.id, "the text is refused", "write another")
            continue
        whole = Citation(
            article=article.id,
            field="text",
            start=0,
            end=len(article.text),
            text=article.text,
            score=1.0,
        )
        sentence = CitedSentence(
            text=article.text,
            method="quoted",
            support=1.0,
            independent_sources=1,
            citations=(whole,),
        )
        yield Summary(
            id=story.id,
            sentences=(sentence,),
            articles=(ArticleReport(id=article.id, used=True),),
            signature={"model": "first"},
        )


def parse(line: bytes, number: int) -> tuple[str, Story]:
    try:
        story = Story.model_validate_json(line)
    except ValueError:
        raise BadInput(f"line {number} is no story; write one") from None
    return story.id, story


def line(id: str, text: str) -> str:
    return Story(id=id, articles=(Article(text=text),)).model_dump_json()


class Folder:
    """A folder with IN.jsonl, OUT.jsonl and what a run says of them."""

    def __init__(self, path: Path) -> None:
        self.source, self.out = path / "in.jsonl", path / "out.jsonl"
        self.errors, self.aside = path / "out.errors.jsonl", path / "out.jsonl.aside"
        self.asked: list[str] = []

    def run(self, lines: Sequence[str], *, fresh: bool = False, **settings: object) -> BatchReport:
        self.source.write_text("".join(f"{x}\n" for x in lines))
        self.asked.clear()

        def summarize(stories: Iterator[Story]) -> Iterator[Outcome]:
            while chunk := list(islice(stories, 4)):
                self.asked += [s.id for s in chunk]
                yield from first_sentences(chunk)

        return run_batch(
            entries(self.source),
            self.out,
            load=lambda _: summarize,
            settings={"words": 150, **settings},
            fresh=fresh,
        )

    def summaries(self) -> dict[str, str]:
        made = [Summary.from_json(x) for x in self.out.read_bytes().splitlines()]
        assert len({s.id for s in made}) == len(made)
        return {s.id: s.text for s in made}

    def reported(self) -> list[dict[str, object]]:
        return [json.loads(x) for x in self.errors.read_text().splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


TEN = [line(f"s{i}", f"Report {i}.") for i in range(10)]


def test_summaries_come_in_the_order_of_the_input(folder: Folder) -> None:
    """One line in, one line out, in order; nothing else is left in the folder."""
    assert folder.run(TEN) == BatchReport(done=10, kept=0, failed=0)
    assert folder.summaries() == {f"s{i}": f"Report {i}." for i in range(10)}
    assert list(folder.summaries()) == [f"s{i}" for i in range(10)]
    assert {p.name for p in folder.out.parent.iterdir()} == {"in.jsonl", "out.jsonl"}


def test_a_bad_line_is_reported_and_the_rest_go_on(folder: Folder) -> None:
    """Broken JSON, a doubled id and a refused story each reach the errors, in order."""
    report = folder.run([TEN[0], "{broken", TEN[1], TEN[0], line("s9", "refuse"), TEN[2]])
    assert report == BatchReport(done=3, kept=0, failed=3)
    assert list(folder.summaries()) == ["s0", "s1", "s2"]
    assert folder.reported() == [
        {"line": 2, "id": None, "reason": "line 2 is no story", "mend": "write one"},
        {
            "line": 4,
            "id": "s0",
            "reason": "id 's0' was given on line 1 already",
            "mend": "give each line its own id",
        },
        {"line": 5, "id": "s9", "reason": "the text is refused", "mend": "write another"},
    ]


def test_a_rerun_does_nothing_twice(folder: Folder) -> None:
    """What is done stays, to the byte, and no story is summarised again."""
    folder.run(TEN)
    before = folder.out.read_bytes()
    assert folder.run(TEN) == BatchReport(done=0, kept=10, failed=0)
    assert folder.asked == []
    assert folder.out.read_bytes() == before


def test_a_changed_story_is_done_again_in_its_place(folder: Folder) -> None:
    """Only the changed story is summarised; the order of the input holds; the rest is kept."""
    folder.run(TEN)
    changed = [*TEN[:4], line("s4", "Corrected."), *TEN[5:]]
    assert folder.run(changed) == BatchReport(done=1, kept=9, failed=0)
    assert folder.asked == ["s4"]
    assert list(folder.summaries()) == [f"s{i}" for i in range(10)]
    assert folder.summaries()["s4"] == "Corrected."
    assert not folder.aside.exists()


def test_a_failed_story_is_tried_again(folder: Folder) -> None:
    """A story mended after a failure takes its place among what was done."""
    folder.run([*TEN[:4], line("s4", "refuse"), *TEN[5:]])
    assert folder.run(TEN) == BatchReport(done=1, kept=9, failed=0)
    assert list(folder.summaries()) == [f"s{i}" for i in range(10)]
    assert not folder.errors.exists()


def test_what_the_input_no_longer_has_is_moved_aside_not_lost(folder: Folder) -> None:
    """OUT has exactly the stories of the input; a story that comes back is not done again."""
    folder.run(TEN)
    assert folder.run(TEN[:3]) == BatchReport(done=0, kept=3, failed=0, orphans=7)
    assert list(folder.summaries()) == ["s0", "s1", "s2"]
    assert folder.run(TEN) == BatchReport(done=0, kept=10, failed=0)
    assert folder.asked == []
    assert not folder.aside.exists()


def test_a_rerun_follows_a_new_order_of_the_input(folder: Folder) -> None:
    """Lines done in another order are put in the input's order without any work."""
    folder.run(TEN)
    assert folder.run(TEN[::-1]) == BatchReport(done=0, kept=10, failed=0)
    assert list(folder.summaries()) == [f"s{i}" for i in reversed(range(10))]


@pytest.mark.parametrize(
    "left", [b'{"schema_ver', b'{"schema_version":"1.0","id":"s3","ti', b"\0\0"]
)
def test_a_torn_last_line_is_done_again(folder: Folder, left: bytes) -> None:
    """What a kill or a power cut leaves of a line is cut off, and its story is done."""
    folder.run(TEN)
    whole = folder.out.read_bytes()
    folder.out.write_bytes(b"".join(whole.splitlines(keepends=True)[:3]) + left)
    assert folder.run(TEN) == BatchReport(done=7, kept=3, failed=0)
    assert folder.out.read_bytes() == whole


def test_other_settings_are_refused_with_the_mend(folder: Folder) -> None:
    """A file never mixes settings; the refusal names the difference and changes nothing."""
    folder.run(TEN)
    before = folder.out.read_bytes()
    with pytest.raises(BadOption, match=r"\(words 150, now 60\); add --fresh to start over"):
        folder.run(TEN, words=60)
    assert folder.out.read_bytes() == before
    assert folder.run(TEN, words=60, fresh=True) == BatchReport(done=10, kept=0, failed=0)


@pytest.mark.parametrize("content", ["my notes", "my notes\n", '{"id": "s0"}\n'])
def test_a_file_of_another_kind_is_never_touched(folder: Folder, content: str) -> None:
    """A wrong -o costs nothing: the file is refused as it is."""
    folder.out.write_text(content)
    with pytest.raises(BadOutput, match=r"was not written by a batch; give another -o"):
        folder.run(TEN)
    assert folder.out.read_text() == content


def test_a_model_that_does_not_load_costs_nothing_of_what_is_done(folder: Folder) -> None:
    """Even with --fresh, what an earlier run made is there until the models are."""
    folder.run(TEN)
    before = folder.out.read_bytes()

    def load(_: object) -> object:
        raise UnknownModel("no model named 'extrct'; did you mean 'extract'?")

    with pytest.raises(UnknownModel, match="did you mean"):
        run_batch(
            entries(folder.source),
            folder.out,
            load=load,  # type: ignore[arg-type]
            settings={},
            fresh=True,
        )
    assert folder.out.read_bytes() == before


def test_two_runs_never_write_one_file(folder: Folder) -> None:
    """The second run is told to wait, before it does anything."""
    folder.run(TEN)

    def load(_: object) -> object:
        with pytest.raises(BadOutput, match=r"another run is writing .*; wait for it"):
            run_batch([], folder.out, load=lambda _: first_sentences, settings={})
        return first_sentences

    run_batch(
        entries(folder.source),
        folder.out,
        load=load,  # type: ignore[arg-type]
        settings={"words": 150},
    )


def _never(done: object) -> Engine:
    raise AssertionError("nothing is loaded before the places are checked")


def test_places_that_cannot_be_written_are_found_before_any_work(folder: Folder) -> None:
    """A folder, or a folder that is not there, is refused before a model is loaded."""
    for out, why in ((folder.out.parent, "is a folder"), (folder.out / "no.jsonl", "cannot write")):
        with pytest.raises(BadOutput, match=why):
            run_batch([], out, load=_never, settings={})
    with pytest.raises(BadOption, match=r"-o and --errors are both"):
        run_batch([], folder.out, load=_never, settings={}, errors=folder.out)


def test_memory_holds_one_chunk_of_stories(folder: Folder) -> None:
    """Stories are read as they are needed, never far ahead of what is written."""
    read: list[int] = []

    def lines() -> Iterator[Line[Story]]:
        for i in range(100):
            read.append(i)
            yield Line(i + 1, f"s{i}", Story(id=f"s{i}", articles=(Article(text=f"Report {i}."),)))

    def summarize(stories: Iterator[Story]) -> Iterator[Outcome]:
        while chunk := list(islice(stories, 4)):
            done = len(folder.out.read_bytes().splitlines())
            assert len(read) - done <= 4
            yield from first_sentences(chunk)

    run_batch(lines(), folder.out, load=lambda _: summarize, settings={})
    assert len(folder.summaries()) == 100


def test_the_hash_is_of_the_articles_not_of_the_line(folder: Folder) -> None:
    """Spaces and a reference do not change what a summary is made of; a text does."""
    spaced = json.dumps({**json.loads(TEN[0]), "reference": {"text": "So it was."}}, indent=1)
    assert story_hash(Story.model_validate_json(spaced)) == story_hash(
        Story.model_validate_json(TEN[0])
    )
    assert story_hash(Story.model_validate_json(TEN[0])) != story_hash(
        Story.model_validate_json(line("s0", "Report 0!"))
    )


def _slow_run(source: Path, out: Path) -> None:
    def slowly(stories: Iterator[Story]) -> Iterator[Outcome]:
        while chunk := list(islice(stories, 4)):
            for result in first_sentences(chunk):
                time.sleep(0.004)
                yield result

    run_batch(entries(source), out, load=lambda _: slowly, settings={"words": 150})


@pytest.mark.parametrize("before", ["nothing", "changed", "reversed"])
def test_killed_at_any_moment_a_rerun_loses_and_doubles_nothing(
    folder: Folder, before: str
) -> None:
    """Five times kill -9 at random: the last run leaves the bytes of an undisturbed one.

    Also where every run starts from results whose stories changed or stand in another order.
    """
    lines = [line(f"s{i}", f"Report {i} " + "word " * 200) for i in range(60)]
    lines[30] = "{broken"
    folder.run(lines)
    undisturbed = folder.out.read_bytes()
    if before == "nothing":
        folder.out.unlink()
    if before == "changed":
        folder.run(
            [x.replace("Report", "Rumour") if i % 7 == 3 else x for i, x in enumerate(lines)]
        )
    if before == "reversed":
        folder.run([*lines[40::-1], line("other", "Other.")])
    folder.source.write_text("".join(f"{x}\n" for x in lines))
    chance = random.Random(before)
    fork = multiprocessing.get_context("fork")
    for _ in range(5):
        size = folder.out.stat().st_size if folder.out.exists() else 0
        process = fork.Process(target=_slow_run, args=(folder.source, folder.out))
        process.start()
        while process.is_alive():
            if folder.out.exists() and folder.out.stat().st_size != size:
                break
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join()
    _slow_run(folder.source, folder.out)
    assert folder.out.read_bytes() == undisturbed
    assert [x["line"] for x in folder.reported()] == [31]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_no_room_for_an_error_is_one_sentence() -> None:
    """A full disk is said, not traced."""
    failures = Failures(Path("/dev/full"))
    with pytest.raises(BadOutput, match="no space left"):
        run_lines([(1, b"x")], _refuse, lambda items: items, print, failures, report=_silent)


def _silent(done: int, failed: int) -> None: ...


def _refuse(line: bytes, number: int) -> tuple[str, str]:
    raise BadInput("refused; write another")


def test_one_item_at_fault_fails_alone(tmp_path: Path) -> None:
    """Where a chunk is refused it is done one by one."""

    def work(items: Sequence[int]) -> list[int]:
        if 3 in items:
            raise BadInput("three is not taken; give another")
        return [i * i for i in items]

    got: list[int] = []
    path = tmp_path / "errors.jsonl"
    with Failures(path) as failures:
        done = run_lines(
            [(i, str(i).encode()) for i in range(6)],
            lambda raw, n: (raw.decode(), int(raw)),
            work,
            got.append,
            failures,
            report=_silent,
        )
    assert (done, got) == (5, [0, 1, 4, 16, 25])
    assert json.loads(path.read_text()) == {
        "line": 3,
        "id": "3",
        "reason": "three is not taken",
        "mend": "give another",
    }


def test_lines_are_read_with_or_without_marks_and_blanks(tmp_path: Path) -> None:
    """A byte order mark, CRLF and blank lines are no content; numbers count all lines."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a":1}\r\n\r\n  \n{"b":2}')
    assert [(n, x.strip()) for n, x in read_lines(path)] == [(1, b'{"a":1}'), (4, b'{"b":2}')]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """What cannot be read is named."""
    with pytest.raises(UnreadableFile, match=r"no\.jsonl' \(no such file"):
        list(read_lines(tmp_path / "no.jsonl"))


@settings(deadline=None)
@given(st.lists(st.booleans(), max_size=300), st.integers(1, 5))
def test_chunks_lose_nothing_and_stay_small(items: list[bool], size: int) -> None:
    """Chunks joined are the items; none counts more than `size`."""
    cut = list(chunks(items, size, bool))
    assert [x for chunk in cut for x in chunk] == items
    assert all(sum(chunk) <= size for chunk in cut)


def test_the_output_folder_is_read_only(folder: Folder) -> None:
    """A folder that cannot be written is refused in one sentence."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folder.out.parent.chmod(0o500)
    try:
        with pytest.raises(BadOutput, match="permission denied"):
            run_batch([], folder.out, load=_never, settings={})
    finally:
        folder.out.parent.chmod(0o700)
