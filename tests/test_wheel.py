"""What a user installs works away from the repository: a wheel is built, installed and used.

The heavy dependencies are this environment's own; only the package itself is installed anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from summarizer import examples
from summarizer.schema import Article, Story, Summary

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the working tree."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which that wheel, and nothing else, is installed."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True)
    return target


def run(site: Path, cwd: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run Python in another folder, with the installed copy before this working tree."""
    env = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(
        [sys.executable, *argv], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_models_examples_and_licence(wheel: Path) -> None:
    """Every model folder and example of the repository is in the wheel, and the licence."""
    held = set(zipfile.ZipFile(wheel).namelist())
    models = {
        f"summarizer/_models/{p.relative_to(ROOT / 'models').as_posix()}"
        for p in (ROOT / "models").rglob("*")
        if p.is_file()
    }
    assert "summarizer/_models/all-minilm-l6-v2/model.toml" in models
    assert models <= held
    assert {f"summarizer/examples/{name}.json" for name in examples.names()} <= held
    assert "summarizer/py.typed" in held
    assert any(name.endswith("/licenses/LICENSE") for name in held)


def test_the_installed_copy_is_the_one_that_runs(site: Path, tmp_path: Path) -> None:
    """The tests below use the installed package, not the working tree."""
    done = run(site, tmp_path, "-c", "import summarizer; print(summarizer.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(site)


DAM = Story(
    id="dam",
    articles=(
        Article(
            id="ledger",
            outlet="The Ledger",
            text="The dam above Kelbrook held through the storm on Monday night. Engineers opened "
            "two gates on Tuesday to let 4,000 tonnes of water into the river Arn.",
        ),
        Article(
            id="courier",
            outlet="Courier",
            text="The council will reopen the valley road below the dam at Kelbrook on Friday "
            "morning. Nobody was hurt in the storm, the fire service said.",
        ),
    ),
)


@pytest.mark.weights
def test_an_installed_wheel_summarises(site: Path, tmp_path: Path) -> None:
    """Installed elsewhere, the command line finds models/ and writes a cited summary.

    The default is told, since it needs every folder of models/ that `extract` needs, and more.
    """
    story = tmp_path / "story.json"
    story.write_text(DAM.model_dump_json(), encoding="utf-8")
    script = site / "bin" / "summarizer"
    argv = ["summarize", story.name, "--words", "40", "--format", "json"]
    done = run(site, tmp_path, str(script), *argv)
    assert done.returncode == 0, done.stderr
    summary = Summary.from_json(done.stdout)
    assert len(summary.sentences) >= 2
    assert {c.article for c in summary.citations()} <= {"ledger", "courier"}
