"""cli: what each command line gives, on which stream, with which exit code.

Run in this process with stand-ins for the models, put in by the one function that loads them.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import Summarizer, Summary, __version__
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.cli import main
from summarizer.config import Config
from summarizer.errors import UnknownModel, WeightsCorrupt
from summarizer.outputs.render import FORMATS

NORTH = """The ferry Alma ran aground off Brill on Monday morning.
Twelve people were hurt, the coast guard said.
All 212 passengers were taken ashore by noon.
The harbour of Brill stayed closed until the evening.
"""
SOUTH = """A ferry ran aground off Brill on Monday morning with 212 passengers on board.
Fourteen people were hurt, said police in Brill.
The harbour of Brill was closed until the evening.
Passengers were taken ashore by noon, the operator said.
"""


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand-ins behind the one door; the names that were asked for."""
    asked: list[str] = []

    def load(
        model: str,
        *,
        device: str = "cpu",
        threads: int | None = None,
        offline: bool = False,
        config: Config | None = None,
        judge: str = "default",
    ) -> Summarizer:
        asked.append(model)
        if model == "extrct":
            raise UnknownModel("no model named 'extrct'; have: extract. Did you mean 'extract'?")
        if model == "torn":
            raise WeightsCorrupt("the weights of torn were cut short; run `summarizer models pull`")
        return Summarizer(HashEncoder(), None, OverlapJudge(), config=config, model=model)

    monkeypatch.setattr(Summarizer, "load", load)
    return asked


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two articles of one story, and files that cannot be used."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "north.txt").write_text(NORTH)
    (tmp_path / "south.txt").write_text(SOUTH)
    (tmp_path / "empty.txt").write_text(" \n\t\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "broken.json").write_text('{"articles": [')
    (tmp_path / "untexted.json").write_text('{"articles": [{"id": "bbc-3"}]}')
    (tmp_path / "typed.json").write_text('{"articles": [{"text": 5}]}')
    (tmp_path / "doubled.json").write_text(
        '{"articles": [{"id": "a", "text": "One."}, {"id": "a", "text": "Two."}]}'
    )
    (tmp_path / "folder").mkdir()
    return tmp_path


def story_line(id: str, *texts: str) -> str:
    return json.dumps({"id": id, "articles": [{"text": text} for text in texts]})


REFUSED = [
    ("summarize", "give files or a folder to summarise"),
    ("summarize --example ferry north.txt", "and not both"),
    ("summarize --example fery", "Did you mean 'ferry'?"),
    ("summarize empty.txt", "no text in 'empty.txt'"),
    ("summarize missing.txt", "no file 'missing.txt'"),
    ("summarize binary.txt", "'binary.txt'"),
    ("summarize broken.json", "'broken.json': broken JSON at line 1"),
    ("summarize untexted.json", "article 'bbc-3' has no \"text\""),
    ("summarize typed.json", '"text" is a number'),
    ("summarize doubled.json", "article id 'a' is given twice"),
    ("summarize north.txt --words 9", "words is 9; a summary can have 10 to 5000 words"),
    ("summarize north.txt --words 5001", "words is 5001"),
    ("summarize north.txt --sentences 0", "sentences is 0"),
    ("summarize north.txt --words 50 --sentences 3", "exclude each other"),
    ("summarize north.txt --threads 0", "--threads is 0; give at least 1"),
    ("summarize north.txt --model extrct", "Did you mean 'extract'?"),
    ("summarize north.txt --model torn", "were cut short"),
    ("summarize north.txt --format pdf", "'pdf'"),
    ("summarize north.txt -o folder", "cannot write 'folder'"),
    ("summarize north.txt -o no/out.txt", "cannot write 'no/out.txt'"),
    ("summarize north.txt --unknown", "--unknown"),
    ("sumarize north.txt", "Did you mean 'summarize'?"),
    ("batch missing.jsonl -o out.jsonl", "cannot read 'missing.jsonl'"),
    ("batch empty.txt -o out.jsonl", "'empty.txt' has no line"),
    ("batch north.txt", "'-o'"),
    ("batch north.txt -o north.txt", "IN and -o are both 'north.txt'"),
    ("batch north.txt -o folder", "'folder' is a folder"),
    ("attribute missing.jsonl", "cannot read 'missing.jsonl'"),
    ("judge empty.txt", "'empty.txt' has no line"),
    ("evaluate missing.jsonl", "missing.jsonl"),
    ("evaluate broken.json", "broken JSON"),
    ("models show all-minilm-l6", "Did you mean 'all-minilm-l6-v2'?"),
    ("models remove nothing-like-it", "no model named 'nothing-like-it'"),
]


@pytest.mark.parametrize(("line", "says"), REFUSED, ids=[line for line, _ in REFUSED])
def test_what_cannot_be_done_is_one_sentence_and_exit_2(
    line: str, says: str, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing on stdout; on stderr one line that says what is wrong; no file is left."""
    before = sorted(p.name for p in at.iterdir())
    assert main(line.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.startswith("summarizer: ")
    assert err.count("\n") == 1
    assert sorted(p.name for p in at.iterdir() if p.name != "out.jsonl") == before


def test_summarize_prints_the_summary_alone_on_stdout(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text by default: sentences with marks, both articles in the sources."""
    assert main(["summarize", "north.txt", "south.txt", "--words", "60"]) == 0
    out, _ = capsys.readouterr()
    assert re.search(r"\.\S* \[\d+\]", out)
    assert "\n[1] north\n    “" in out
    assert "\n[2] south\n    “" in out


def test_the_example_fits_a_screen_or_two(capsys: pytest.CaptureFixture[str]) -> None:
    """What `make demo` prints is at most sixty lines of 88 columns."""
    assert main(["summarize", "--example", "ferry", "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(max(1, -(-len(line) // 88)) for line in lines) <= 60


def test_details_tell_what_the_short_form_counts(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --details one line speaks of the rest; with it the rest is there."""
    argv = ["summarize", "north.txt", "south.txt", "--words", "40"]
    assert main(argv) == 0
    short = capsys.readouterr().out
    assert short.rstrip().endswith("--details tells all.")
    assert "WHO REPORTED WHAT" not in short
    assert main([*argv, "--details"]) == 0
    long = capsys.readouterr().out
    assert "WHO REPORTED WHAT" in long
    assert "WHAT EACH SENTENCE RESTS ON" in long
    assert "--details" not in long
    assert long.startswith(short.partition("SOURCES")[0])


def test_a_word_document_goes_to_a_file_or_a_pipe(
    at: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--format docx writes the same bytes to both, and refuses a screen before any work."""
    argv = ["summarize", "north.txt", "south.txt", "--format", "docx"]
    assert main(argv) == 0
    printed = capsysbinary.readouterr().out
    assert printed.startswith(b"PK")
    assert main([*argv, "-o", "out.docx"]) == 0
    assert (at / "out.docx").read_bytes() == printed
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(argv) == 2
    assert b"--format docx is not text; give a file with -o" in capsysbinary.readouterr().err


def test_json_holds_the_articles_and_cites_them_exactly(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every citation's text is article[start:end] of the text that is given with it."""
    assert main(["summarize", "north.txt", "south.txt", "--format", "json"]) == 0
    summary = Summary.from_json(capsys.readouterr().out)
    texts = {a.id: a.text or "" for a in summary.articles}
    assert texts == {"north": NORTH, "south": SOUTH}
    assert {c.article for c in summary.citations()} == {"north", "south"}
    for citation in summary.citations():
        assert texts[citation.article][citation.start : citation.end] == citation.text


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_file_holds_what_stdout_would(
    form: str, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """-o writes the same bytes, and nothing else beside it; stdout stays empty."""
    argv = ["summarize", "north.txt", "south.txt", "--format", form]
    assert main(argv) == 0
    printed = capsys.readouterr().out
    before = {p.name for p in at.iterdir()}
    assert main([*argv, "-o", "out"]) == 0
    assert capsys.readouterr().out == ""
    assert (at / "out").read_bytes() == printed.encode()
    assert {p.name for p in at.iterdir()} == before | {"out"}


def test_a_failed_run_leaves_the_earlier_result(at: Path) -> None:
    """A result is replaced whole or not at all."""
    (at / "out.txt").write_text("earlier")
    assert main(["summarize", "empty.txt", "-o", "out.txt"]) == 2
    assert (at / "out.txt").read_text() == "earlier"


def test_an_output_that_cannot_be_written_is_found_before_the_work(
    at: Path, models: list[str]
) -> None:
    """No model is loaded for a result that has no place to go."""
    assert main(["summarize", "north.txt", "-o", "no/out.txt"]) == 2
    assert models == []


def test_standard_input_is_an_article(
    at: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "-" reads stdin, beside files."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SOUTH.encode())))
    assert main(["summarize", "north.txt", "-", "--format", "json"]) == 0
    assert len(Summary.from_json(capsys.readouterr().out).articles) == 2


def test_a_folder_is_a_story(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The readable files of a folder are the articles of one story."""
    for name in ("north.txt", "south.txt"):
        (at / name).rename(at / "folder" / name)
    assert main(["summarize", "folder", "--format", "json"]) == 0
    assert Summary.from_json(capsys.readouterr().out).id == "folder"


WARNED = [
    (["north.txt"], NORTH, "one article"),
    (["three.txt"], "Ferry runs aground.", "one article"),
    (["north.txt", "again.txt"], NORTH, ""),
    (["north.txt", "empty.txt"], "", "empty"),
    (["north.txt", "other.txt"], "The orchestra of Lund plays Haydn.\nTickets sold out.\n", ""),
]


@pytest.mark.parametrize(("files", "text", "says"), WARNED, ids=[" ".join(f) for f, _, _ in WARNED])
def test_little_is_still_a_summary_with_a_warning(
    files: list[str], text: str, says: str, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One article, three words, the same twice, an empty one: done, and said on stderr."""
    if files[-1] not in ("north.txt", "empty.txt"):
        (at / files[-1]).write_text(text)
    assert main(["summarize", *files, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    summary = Summary.from_json(out)
    assert summary.sentences
    assert says in err
    assert err.count("summarizer: warning: ") == len(summary.warnings) >= 1


def test_quiet_silences_warnings_but_not_the_summary(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--quiet leaves stderr empty; the summary still carries its warnings."""
    assert main(["summarize", "north.txt", "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "WARNINGS" in out


def test_hostile_text_is_text(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts, templates, special tokens, bidi marks, NUL, CRLF: cited at exact offsets."""
    hostile = (
        "The mayor wrote <script>alert('Brill')</script> on the wall of the town hall.\r\n"
        "Police quoted ${user} and `rm -rf` and C:\\temp from the note on Monday.\r\n"
        "The note ended with <|im_end|> and with \u202eright-to-left\u202c words in Brill.\r\n"
        "A fire\u200dfighter 👩\u200d🚒 from the cafe\u0301 read it\x00 aloud on Monday.\r\n"
    )
    (at / "hostile.txt").write_bytes(b"\xef\xbb\xbf" + hostile.encode())
    assert main(["summarize", "hostile.txt", "--format", "json", "--words", "200"]) == 0
    summary = Summary.from_json(capsys.readouterr().out)
    text = summary.articles[0].text or ""
    assert "<|im_end|>" in text
    assert "\x00" in text
    assert summary.sentences
    for citation in summary.citations():
        assert text[citation.start : citation.end] == citation.text


def test_two_hundred_articles_are_one_story(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Many articles are done, each one accounted for."""
    articles = [
        {"text": f"{NORTH}Reporter {i} counted {i} boats in the harbour of Brill.\n"}
        for i in range(200)
    ]
    (at / "many.json").write_text(json.dumps({"articles": articles}))
    assert main(["summarize", "many.json", "--format", "json", "--without-text"]) == 0
    assert len(Summary.from_json(capsys.readouterr().out).articles) == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "again", "words"),
    [(1_700, 1, 30_000), pytest.param(5_100, 5, 300_000, marks=pytest.mark.soak)],
)
def test_a_book_is_read(
    at: Path, capsys: pytest.CaptureFixture[str], lines: int, again: int, words: int
) -> None:
    """A story of more sentences than are considered is done, and what was not considered is said.

    At most 1,500 are (`claims.most`); three hundred thousand words are for the soak.
    """
    rest = "and wrote to the harbour master of Brill about it " * again
    text = "\n".join(
        f"On day {i} a witness saw {i % 97} boats leave, {rest.strip()}." for i in range(lines)
    )
    assert len(text.split()) > words
    (at / "long.txt").write_text(text)
    assert main(["summarize", "long.txt", "--format", "json", "--without-text"]) == 0
    summary = Summary.from_json(capsys.readouterr().out)
    assert summary.sentences
    assert any("sentences were considered only" in w for w in summary.warnings)


def test_batch_does_good_lines_and_reports_bad_ones(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1: each bad line is in the errors with line, id, reason and mend; the rest are done."""
    lines = [
        story_line("one", NORTH, SOUTH),
        "{broken",
        '{"id": "two", "articles": [{"id": "x"}]}',
        '{"id": "three", "articles": [{"text": 5}]}',
        story_line("one", NORTH),
        story_line("four", " "),
        story_line("five", SOUTH),
    ]
    (at / "in.jsonl").write_text("\n".join(lines))
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--words", "60"]) == 1
    done = [Summary.from_json(x) for x in (at / "out.jsonl").read_bytes().splitlines()]
    assert [s.id for s in done] == ["one", "five"]
    assert all(a.text is None for s in done for a in s.articles)
    failed = [json.loads(x) for x in (at / "out.errors.jsonl").read_text().splitlines()]
    assert [(f["line"], f["id"]) for f in failed] == [
        (2, None),
        (3, "two"),
        (4, "three"),
        (5, "one"),
        (6, "four"),
    ]
    assert all(f["reason"] and f["mend"] for f in failed)
    assert (
        "5 of 7 lines failed, each with its reason in 'out.errors.jsonl'" in capsys.readouterr().err
    )


def test_batch_resumes_and_refuses_other_settings(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rerun keeps what is done; another length is refused with --fresh as the mend."""
    (at / "in.jsonl").write_text(story_line("one", NORTH, SOUTH) + "\n" + story_line("two", SOUTH))
    argv = ["batch", "in.jsonl", "-o", "out.jsonl"]
    assert main(argv) == 0
    made = (at / "out.jsonl").read_bytes()
    assert main(argv) == 0
    assert (at / "out.jsonl").read_bytes() == made
    assert "2 stories were done by an earlier run" in capsys.readouterr().err
    assert main([*argv, "--words", "60"]) == 2
    assert "words 150, now 60); add --fresh" in capsys.readouterr().err
    assert main([*argv, "--words", "60", "--fresh"]) == 0


def test_batch_of_bad_lines_alone_does_nothing(at: Path) -> None:
    """Exit 2 where not one line could be done."""
    (at / "in.jsonl").write_text("{broken\n[]\n")
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    assert len((at / "out.errors.jsonl").read_text().splitlines()) == 2


def test_attribute_cites_every_sentence_it_is_given(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line in, one out; --rank adds every source sentence, best first."""
    task = json.loads(story_line("one", NORTH, SOUTH))
    task["summary"] = ["All 212 passengers were taken ashore by noon.", "The moon is green."]
    bad = {**task, "id": "two", "summary": []}
    (at / "in.jsonl").write_text(f"{json.dumps(task)}\n{json.dumps(bad)}\n")
    assert main(["attribute", "in.jsonl", "-o", "out.jsonl"]) == 1
    [line] = [json.loads(x) for x in (at / "out.jsonl").read_text().splitlines()]
    assert set(line) == {"id", "sentences"}
    found, lost = line["sentences"]
    assert found["citations"][0]["text"] == task["summary"][0]
    assert lost["citations"] == []
    assert "ranking" not in found
    [failure] = [json.loads(x) for x in (at / "out.errors.jsonl").read_text().splitlines()]
    assert (failure["line"], failure["id"]) == (2, "two")
    assert main(["attribute", "in.jsonl", "--rank"]) == 1
    out, err = capsys.readouterr()
    ranked = [c["score"] for c in json.loads(out)["sentences"][0]["ranking"]]
    assert ranked == sorted(ranked, reverse=True)
    assert len(ranked) == 8
    assert "line 2 (two): " in err


def test_judge_names_the_problem(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong number is a problem by its name; a true sentence has none."""
    tasks = [
        {
            "id": "true",
            "sentence": "All 212 passengers were taken ashore by noon.",
            "sources": [NORTH],
        },
        {
            "id": "false",
            "sentence": "All 312 passengers were taken ashore by noon.",
            "sources": [NORTH],
        },
    ]
    (at / "in.jsonl").write_text("".join(f"{json.dumps(t)}\n" for t in tasks))
    assert main(["judge", "in.jsonl"]) == 0
    true, false = (json.loads(x) for x in capsys.readouterr().out.splitlines())
    assert set(true) == {"id", "support", "supported", "problems", "faults"}
    assert true["supported"] is True
    assert true["problems"] == []
    assert false["supported"] is False
    assert "number" in false["problems"]


def test_evaluate_puts_systems_side_by_side(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table on stdout, a report as JSON in the file."""
    stories = [
        {**json.loads(story_line(id, NORTH, SOUTH)), "reference": {"text": "A ferry ran aground."}}
        for id in ("one", "two")
    ]
    (at / "in.jsonl").write_text("".join(f"{json.dumps(s)}\n" for s in stories))
    argv = ["evaluate", "in.jsonl", "--models", "extract", "--words", "40", "-o", "report.json"]
    assert main(argv) == 0
    report = json.loads((at / "report.json").read_text())
    assert [s["name"] for s in report["systems"]] == ["extract", "lead", "lexrank"]
    assert "lexrank" in capsys.readouterr().out


def test_schema_describes_story_and_summary(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON Schema on stdout."""
    assert main(["schema"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"Story", "Summary"}


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """--version is one line."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"summarizer {__version__}\n"


def test_models_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """A row a model, its state on this machine."""
    assert main(["models"]) == 0
    assert "all-minilm-l6-v2" in capsys.readouterr().out


def test_ctrl_c_ends_with_a_clean_line(
    at: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 130, no traceback, no half result."""

    def interrupt(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Summarizer, "load", interrupt)
    assert main(["summarize", "north.txt", "-o", "out.txt"]) == 130
    assert capsys.readouterr().err.strip() == "summarizer: stopped"
    assert not (at / "out.txt").exists()


def test_help_loads_nothing_heavy() -> None:
    """--help imports no numpy, no pydantic and no rich, which is why it is instant."""
    code = (
        "import sys; from summarizer.cli import main; main(['--help']); "
        "print([m for m in ('numpy', 'pydantic', 'rich', 'torch') if m in sys.modules], "
        "file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"
    assert "summarize" in run.stdout
