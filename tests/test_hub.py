"""Models of the hub are pinned, checked and kept: against a hub that runs in the test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import tiny
from hub_double import Files, Hub, serve

from summarizer.backends import Commission, Report, registry, texts_of
from summarizer.cli import main
from summarizer.errors import UnknownModel, WeightsCorrupt, WeightsMissing
from summarizer.model_store import cards, weights
from summarizer.model_store.hub import Repository

NAME = "someone/tiny-chat"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A whole model's files."""
    folder = tiny.causal(tmp_path_factory.mktemp("model"), "qwen3")
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.fixture
def hub(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub with that model at `main` and another at `v2`, and an empty cache."""
    beside = {
        "pytorch_model.bin": b"pickle",
        "code.py": b"boom",
        "original/x.safetensors": b"x",
    }
    other = {**files, "config.json": files["config.json"] + b"\n"}
    told = {NAME: {"main": {**files, **beside}, "v2": other, "old": {"pytorch_model.bin": b"x"}}}
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "cache"))
    with serve(told) as (running, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
        yield running


def home(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "hub--someone--tiny-chat"


def test_a_model_of_the_hub_writes(hub: Hub) -> None:
    """`org/name` is fetched and loaded; a writer of it is named after the model."""
    writer = registry.load_writer(NAME, threads=1)
    assert writer.name.startswith("tiny-chat@")
    assert len(texts_of(writer, [Commission((Report("Ledger", (tiny.NEWS[0],)),), (), 12, 1)])) == 1


def test_the_first_pull_pins_the_commit(hub: Hub, tmp_path: Path) -> None:
    """A branch is resolved once: what the hub later calls `main` changes nothing here."""
    first = weights.pull(NAME)
    pins = json.loads((home(tmp_path) / "pins.json").read_text())
    assert pins["revisions"] == {"main": hub.commit(hub.revisions[NAME]["main"])}
    assert first.folder.name == pins["revisions"]["main"] == weights.held(NAME).commit
    assert weights.pulled() == [NAME]
    assert len(pins["files"][first.folder.name]["model.safetensors"][1]) == 64
    hub.revisions[NAME]["main"] = hub.revisions[NAME]["v2"]
    hub.asked.clear()
    assert weights.find(NAME) == first
    assert weights.pull(NAME) == first
    assert hub.asked == []


def test_only_weights_configuration_and_tokenizer_are_taken(hub: Hub, tmp_path: Path) -> None:
    """No pickle, no code, no folder beside the model, and no notes of the transfer."""
    kept = {p.name for p in weights.pull(NAME).folder.iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= kept
    assert not kept & {"pytorch_model.bin", "code.py", "original", ".cache"}


def test_a_revision_may_be_named(hub: Hub) -> None:
    """`org/name@revision` takes a branch, a tag or a commit, each pinned by itself."""
    main = weights.find(NAME)
    tagged = weights.find(f"{NAME}@v2")
    exact = weights.find(f"{NAME}@{hub.commit(hub.revisions[NAME]['v2'])}")
    assert tagged.folder != main.folder
    assert exact.folder == tagged.folder
    assert exact.digest == tagged.digest != main.digest


def test_what_is_cached_needs_no_hub(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once pulled, a model loads offline, and the hub is not asked."""
    found = weights.find(NAME)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert weights.find(NAME, offline=True) == found


def test_a_broken_file_is_found_and_mended(hub: Hub, tmp_path: Path) -> None:
    """A file that was cut or changed is not loaded, and a pull brings the same commit again."""
    found = weights.pull(NAME)
    whole = (found.folder / "model.safetensors").read_bytes()
    (found.folder / "model.safetensors").write_bytes(whole[:-1])
    assert weights.held(NAME).state == "corrupt"
    with pytest.raises(WeightsCorrupt, match=rf"cut short or changed; run .* models pull {NAME}"):
        weights.find(NAME)
    assert weights.pull(NAME) == found
    (found.folder / "model.safetensors").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(WeightsCorrupt, match=r"model\.safetensors of .* has a wrong hash"):
        weights.find(NAME)
    assert weights.pull(NAME) == found
    assert (found.folder / "model.safetensors").read_bytes() == whole


def test_a_hub_that_changes_its_mind_is_refused(hub: Hub, tmp_path: Path) -> None:
    """Other files under the recorded commit are not taken, whatever the hub says they are."""
    found = weights.pull(NAME)
    changed = {**hub.revisions[NAME]["main"], "config.json": b"{}"}
    hub.revisions[NAME] = {found.folder.name: changed, "main": changed}
    (found.folder / "config.json").unlink()
    with pytest.raises(WeightsCorrupt, match=f"pinned to {found.folder.name[:8]}, but the hub"):
        weights.pull(NAME)
    hub.commit = lambda files: found.folder.name  # type: ignore[method-assign]
    with pytest.raises(WeightsCorrupt, match="not those that were recorded here"):
        weights.pull(NAME)


def test_what_came_broken_is_not_kept(hub: Hub, tmp_path: Path) -> None:
    """A file that is not what the hub states for the commit leaves nothing behind."""
    size = len(hub.revisions[NAME]["main"]["model.safetensors"])
    hub.damage["model.safetensors"] = b"?" * size
    with pytest.raises(WeightsCorrupt, match="came broken; nothing was kept"):
        weights.pull(NAME)
    assert not [p for p in home(tmp_path).iterdir() if p.is_dir()]
    assert weights.held(NAME).state == "missing"


def test_remove_forgets_the_pin(hub: Hub, tmp_path: Path) -> None:
    """After a removal the next pull takes what the hub has then."""
    first = weights.pull(NAME)
    assert weights.remove(NAME) > 0
    hub.revisions[NAME]["main"] = hub.revisions[NAME]["v2"]
    assert weights.pull(NAME).folder.name != first.folder.name


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("someone/else", UnknownModel, "neither a folder here nor a model on the hub is named"),
        (f"{NAME}@v9", UnknownModel, "has no revision 'v9' on the hub; name a branch, tag or"),
        (f"{NAME}@old", WeightsMissing, "has no safetensors, the only format that is read"),
    ],
)
def test_what_the_hub_does_not_have_is_said(
    hub: Hub, name: str, error: type[Exception], says: str
) -> None:
    """A wrong name, revision or format is one sentence each."""
    with pytest.raises(error, match=says):
        weights.find(name)


@pytest.mark.parametrize("extra", [["--offline"], []])
def test_without_the_hub_the_command_line_says_one_sentence(
    hub: Hub, extra: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Offline or unreachable: what is missing, how to get it, exit code 2."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    argv = ["summarize", "--example", "ferry", "--model", NAME, *extra]
    assert main(argv) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert f"run `summarizer models pull {NAME}`" in err
    assert ("fetching is off" in err) is bool(extra)


def test_a_preset_is_pinned_by_its_card(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card names repository and commit; one without a commit takes that of the first pull."""
    shelf = tmp_path / "models"
    for name, revision in (("pinned", hub.commit(hub.revisions[NAME]["v2"])), ("open", None)):
        (shelf / name).mkdir(parents=True)
        (shelf / name / "model.toml").write_text(
            'title = "T"\ntask = "writer"\nformat = "safetensors"\nlicence = "MIT"\n'
            'parameters = 7\nlimits = ["none"]\nseparator = "|||||"\n[source]\nkind = "hub"\n'
            f'id = "{NAME}"\nbytes = 9\n' + (f'revision = "{revision}"\n' if revision else "")
        )
    monkeypatch.setattr(cards, "models_dir", lambda: shelf)
    pinned, first = weights.pull("pinned"), weights.pull("open")
    assert pinned.folder.name == hub.commit(hub.revisions[NAME]["v2"])
    assert pinned.name == "pinned"
    assert pinned.separator == "|||||"
    hub.revisions[NAME]["main"] = hub.revisions[NAME]["v2"]
    assert weights.pull("open") == first
    assert weights.held("open").state == "cached"
    assert weights.remove("open") > 0
    assert weights.held("open").state == "missing"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Qwen/Qwen3-1.7B", ("Qwen/Qwen3-1.7B", "main")),
        ("a/b@refs/pr/7", ("a/b", "refs/pr/7")),
        ("a/b@v1.0", ("a/b", "v1.0")),
        ("qwen3-4b", None),
        ("./a/b", None),
        ("/a/b", None),
        ("a/b/c", None),
        ("../b", None),
        ("a/../b", None),
        ("http://127.0.0.1:8000/v1", None),
    ],
)
def test_a_name_of_the_hub_is_told_from_a_path(name: str, found: tuple[str, str] | None) -> None:
    """`org/name` with a revision or without is the hub's; nothing that leads elsewhere is."""
    parsed = Repository.parse(name)
    assert (None if parsed is None else (parsed.id, parsed.revision)) == found
