"""Wheels of one's own, on a shelf that pip takes for the package index.

They hold what a test puts into them; no network is used, and none of them is ever installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

_METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
_WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def make(shelf: Path, name: str, files: Mapping[str, bytes], version: str = "1.0") -> Path:
    """A wheel of that name on the shelf, holding `files` by their members' names."""
    stem = f"{name.replace('-', '_')}-{version}"
    path = shelf / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in files.items():
            archive.writestr(member, content)
        info = f"{stem}.dist-info"
        archive.writestr(f"{info}/METADATA", _METADATA.format(name=name, version=version))
        archive.writestr(f"{info}/WHEEL", _WHEEL)
        archive.writestr(f"{info}/RECORD", "")
    return path


def only_from(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip know no index but the shelf."""
    for name in [n for n in os.environ if n.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))


def copied_from(shelf: Path) -> Callable[[str, str, Path, Callable[[int], None]], Path]:
    """What stands in for `fetch.download_wheel` where a test is not of pip, whose start is slow."""

    def download(
        requirement: str, sha256: str, into: Path, progress: Callable[[int], None]
    ) -> Path:
        name, version = requirement.split("==")
        wheel = shelf / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        progress(wheel.stat().st_size // 2)
        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == sha256
        return Path(shutil.copy(wheel, into / wheel.name))

    return download


def sha256(content: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(content).hexdigest()
