"""summarizer.toml, and the forms of batch and cluster that only the command line knows.

Run in this process with stand-ins for the models; test_cli.py has the rest.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import fsspec
import pytest

from benchmarks.stories import story as synthetic
from summarizer import Story, Summarizer, Summary
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.cli import main
from summarizer.config import Config


def _beginning(story: Story) -> Story:
    """The first paragraphs of each article: what a command line does hangs on no length."""
    short = [
        a.model_copy(update={"text": "\n".join(a.text.splitlines()[:2])}) for a in story.articles
    ]
    return story.model_copy(update={"articles": tuple(short)})


STORIES = [_beginning(synthetic(n, 2)) for n in range(3)]


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand-ins behind the one door; the names that were asked for."""
    asked: list[str] = []

    def load(model: str, *, config: Config | None = None, **_: object) -> Summarizer:
        asked.append(model)
        return Summarizer(HashEncoder(), None, OverlapJudge(), config=config, model=model)

    monkeypatch.setattr(Summarizer, "load", load)
    return asked


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with three stories and the articles of them."""
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text("".join(f"{s.model_dump_json()}\n" for s in STORIES))
    articles = [a.model_copy(update={"id": f"{s.id}-{a.id}"}) for s in STORIES for a in s.articles]
    Path("articles.jsonl").write_text("".join(f"{a.model_dump_json()}\n" for a in articles))
    return tmp_path


def signature(path: Path) -> dict[str, object]:
    return dict(Summary.from_json(path.read_bytes().splitlines()[0]).signature)


def test_options_of_every_night_stand_in_a_file(at: Path, models: list[str]) -> None:
    """summarizer.toml in the folder is used; what is typed comes before it."""
    Path("summarizer.toml").write_text(
        '[batch]\noutput = "night.jsonl"\nmodel = "extract"\nwords = 60\nwith-text = true\n'
    )
    assert main(["batch", "in.jsonl"]) == 0
    assert models == ["extract"]
    assert signature(at / "night.jsonl")["words"] == 60
    assert Summary.from_json((at / "night.jsonl").read_bytes().splitlines()[0]).articles[0].text
    assert main(["batch", "in.jsonl", "--words", "80", "-o", "typed.jsonl"]) == 0
    assert signature(at / "typed.jsonl")["words"] == 80


def test_another_file_is_named_before_the_verb(at: Path) -> None:
    """--config takes its place; other verbs' tables do not disturb."""
    Path("mine.toml").write_text("[batch]\nwords = 70\n[summarize]\nwords = 50\n")
    assert main(["--config", "mine.toml", "batch", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert signature(at / "out.jsonl")["words"] == 70


BAD = [
    ("[batch\n", "is not valid TOML"),
    ("[batsh]\nwords = 5\n", "no command 'batsh'; did you mean 'batch'?"),
    ("[batch]\nwrods = 5\n", "[batch]: no option 'wrods'; did you mean 'words'?"),
    ("[models.pul]\nx = 1\n", "[models]: no command 'pul'; did you mean 'pull'?"),
    ("batch = 5\n", "batch is not a table; write its options under [batch]"),
    ("[batch]\nwords = [1, 2]\n", "words is not a single value"),
    ('[batch]\nwords = "many"\n', "invalid value for '--words'"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_a_file_at_fault_is_one_sentence(
    at: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The place, the name and the nearest one; nothing is loaded or written."""
    Path("summarizer.toml").write_text(text)
    assert main(["batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert not Path("out.jsonl").exists()


def test_a_file_that_is_not_there_is_said(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--config is never passed over in silence."""
    assert main(["--config", "no.toml", "batch", "in.jsonl", "-o", "out.jsonl"]) == 2
    assert "cannot read 'no.toml' (no such file or directory)" in capsys.readouterr().err


def test_a_site_is_written_and_resumed(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format html: a page a story, an index that leads there, and a rerun that does nothing."""
    argv = ["batch", "in.jsonl", "-o", "site", "--format", "html", "--model", "extract"]
    assert main(argv) == 0
    assert "3 stories done in" in capsys.readouterr().err
    pages = sorted((at / "site" / "stories").iterdir())
    assert len(pages) == 3
    assert all('<div class="text"' in p.read_text() for p in pages)
    links = re.findall(r'href="(stories/[^"]+)"', (at / "site" / "index.html").read_text())
    assert sorted(at / "site" / link for link in links) == pages
    assert main(argv) == 0
    assert "3 stories were done by an earlier run" in capsys.readouterr().err


def test_a_site_is_no_remote_place(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages are written on this machine; the mend says so."""
    assert main(["batch", "in.jsonl", "-o", "memory://x/site", "--format", "html"]) == 2
    assert "--format html writes a folder on this machine" in capsys.readouterr().err


def test_a_batch_goes_from_storage_to_storage(at: Path) -> None:
    """IN and OUT by fsspec, resumed from what is there, failures beside it."""
    with fsspec.open("memory://store/in.jsonl", "wb") as file:
        file.write(Path("in.jsonl").read_bytes() + b"{broken\n")
    argv = ["batch", "memory://store/in.jsonl", "-o", "memory://store/out.jsonl", "-q"]
    assert main(argv) == 1
    system = fsspec.filesystem("memory")
    made = system.cat("/store/out.jsonl")
    assert [Summary.from_json(x).id for x in made.splitlines()] == [s.id for s in STORIES]
    assert json.loads(system.cat("/store/out.errors.jsonl"))["line"] == 4
    assert main(argv) == 1
    assert system.cat("/store/out.jsonl") == made
    system.rm("/store", recursive=True)


def test_cluster_then_batch(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Articles to stories to summaries, and the counts are said."""
    assert main(["cluster", "articles.jsonl", "-o", "stories.jsonl", "--window", "3d"]) == 0
    said = capsys.readouterr().err
    assert "6 new articles: 6 in stories, 0 alone in 'stories.single.jsonl'; 3 stories" in said
    assert '6 articles have no time in "published"' in said
    assert main(["batch", "stories.jsonl", "-o", "out.jsonl"]) == 0
    assert len(Path("out.jsonl").read_text().splitlines()) == 3
    assert main(["cluster", "articles.jsonl", "-o", "stories.jsonl"]) == 0
    assert "6 articles were there already" in capsys.readouterr().err


FAULTS = [
    ("cluster articles.jsonl -o s.jsonl --window soon", "give a span as 36h, 3d or 2w"),
    ("cluster articles.jsonl -o articles.jsonl", "ARTICLES and -o are both"),
    ("cluster no.jsonl -o s.jsonl", "cannot read 'no.jsonl'"),
    ("batch in.jsonl -o out.jsonl --together 0", "--together is 0"),
    ("batch - -o out.jsonl --engine ray", "give a file, not standard input"),
    ("batch in.jsonl -o out.jsonl --engine ray --actors 0", "--actors is 0"),
    ("batch nowhere://x.jsonl -o out.jsonl", "cannot reach 'nowhere://x.jsonl'"),
]


@pytest.mark.parametrize(("argv", "said"), FAULTS)
def test_what_cannot_be_done_is_one_sentence(
    at: Path, argv: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, what is wrong and the mend."""
    assert main(argv.split()) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
