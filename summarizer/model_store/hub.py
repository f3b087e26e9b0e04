"""Models of the hub: a repository and revision to a folder in the cache, pinned to one commit.

A revision that is no commit (a branch, a tag) is resolved at its first pull; the commit and every
file's SHA-256 are recorded beside it, and nothing else is taken for that revision until the model
is removed. Transfers are in download.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import WeightsCorrupt, WeightsMissing
from summarizer.model_store import download
from summarizer.model_store.cache import PART, cache_dir, locked, write_atomically
from summarizer.model_store.pinned_files import changed

_PINS = "pins.json"
_STAMP = "verified.json"
_PLACE = "hub--"
_NAME = re.compile(r"([\w-][\w.-]*/[\w-][\w.-]*)(?:@([\w./-]+))?")
_COMMIT = re.compile(r"[0-9a-f]{40}")

Pinned = dict[str, tuple[int, str]]
"""A snapshot's files: name -> (bytes, SHA-256)."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at a revision, and its place in the cache.

    name: what the user called it. id: "org/name". revision: a branch, a tag or a commit.
    """

    name: str
    id: str
    revision: str = "main"

    @classmethod
    def parse(cls, name: str) -> Repository | None:
        """The repository that `org/name` or `org/name@revision` names; None for other names."""
        found = _NAME.fullmatch(name)
        return None if found is None else cls(name, found[1], found[2] or "main")

    @property
    def place(self) -> str:
        """The name of its folder in the cache; presets have their own."""
        return self.name if "/" not in self.name else _PLACE + self.id.replace("/", "--")

    @property
    def mend(self) -> str:
        """The command that brings the weights."""
        return f"summarizer models pull {self.name}"

    @property
    def home(self) -> Path:
        """Its folder in the cache; it need not exist."""
        return cache_dir() / self.place


def commit(repository: Repository) -> str | None:
    """The commit that a revision is pinned to here; None before its first pull."""
    if _COMMIT.fullmatch(repository.revision):
        return repository.revision
    found: str | None = _read(repository.home / _PINS).get("revisions", {}).get(repository.revision)
    return found


def files(repository: Repository) -> Pinned:
    """What was recorded of the pinned commit's files; nothing before its first pull."""
    recorded = _read(repository.home / _PINS).get("files", {}).get(commit(repository) or "", {})
    return {name: (int(size), str(digest)) for name, (size, digest) in recorded.items()}


def whole(repository: Repository) -> bool | None:
    """Whether all files are there in their sizes; None where the revision was never pulled."""
    folder, recorded = repository.home / (commit(repository) or ""), files(repository)
    if not recorded or not folder.is_dir():
        return None
    return all(
        (folder / name).is_file() and (folder / name).stat().st_size == size
        for name, (size, _) in recorded.items()
    )


def snapshot(repository: Repository, *, offline: bool) -> tuple[Path, str]:
    """The folder of a repository's pinned commit, fetched if need be, and a digest of its files.

    Raises UnknownModel, WeightsMissing or WeightsCorrupt.
    """
    state = whole(repository)
    if state is None:
        if offline:
            raise WeightsMissing(
                f"{repository.name} is not on this machine and fetching is off; "
                f"run `{repository.mend}` while connected, or name a folder"
            )
        _fetch(repository)
    elif not state:
        raise WeightsCorrupt(
            f"the weights of {repository.name} were cut short or changed; "
            f"run `{repository.mend}` to fetch them again"
        )
    folder = repository.home / (commit(repository) or "")
    _check(repository, folder)
    return folder, hashlib.sha256(
        json.dumps(sorted(files(repository).items())).encode()
    ).hexdigest()


def pull(repository: Repository) -> None:
    """Fetch a snapshot, or repair a broken one: of the same commit, and with the same files."""
    if whole(repository) is False:
        shutil.rmtree(repository.home / (commit(repository) or ""))
    snapshot(repository, offline=False)


def pulled() -> list[str]:
    """Every repository and revision that was pulled by its own name, sorted."""
    found = []
    for path in cache_dir().glob(f"{_PLACE}*/{_PINS}"):
        pins = _read(path)
        for revision in pins.get("revisions", {}):
            at = "" if revision == "main" else f"@{revision}"
            found.append(f"{pins['id']}{at}")
    return sorted(found)


def _fetch(repository: Repository) -> None:
    with locked(repository.place) as home:
        if whole(repository):  # another process fetched it while this one waited
            return
        for stale in home.glob(f"{PART}*"):  # left behind by a process that was killed
            shutil.rmtree(stale, ignore_errors=True)
        pinned, recorded = commit(repository), files(repository)
        found = download.resolve(repository.id, pinned or repository.revision, repository.mend)
        if pinned is not None and found.commit != pinned:
            raise WeightsCorrupt(
                f"{repository.name} is pinned to {pinned[:8]}, but the hub gives "
                f"{found.commit[:8]} for it; nothing was kept: name another revision"
            )
        with tempfile.TemporaryDirectory(prefix=PART, dir=home) as part:
            fresh = Path(part) / found.commit
            download.download_snapshot(repository.id, found, fresh, repository.mend)
            came = {
                n: (size, download.sha256_of(fresh / n)) for n, (size, _) in found.files.items()
            }
            if recorded and came != recorded:
                raise WeightsCorrupt(
                    f"the hub's files of {repository.name} at {found.commit[:8]} are not those "
                    f"that were recorded here; nothing was kept: to take them, run `summarizer "
                    f"models remove {repository.name}` first"
                )
            pins = {"id": repository.id, **_read(home / _PINS)}
            pins.setdefault("revisions", {})[repository.revision] = found.commit
            pins.setdefault("files", {})[found.commit] = came
            shutil.rmtree(home / found.commit, ignore_errors=True)
            fresh.replace(home / found.commit)
            write_atomically(home / _PINS, json.dumps(pins, indent=1).encode())


def _check(repository: Repository, folder: Path) -> None:
    """Compare every file with its recorded hash. Raises WeightsCorrupt."""
    pinned = {folder / name: digest for name, (_, digest) in files(repository).items()}
    if wrong := changed(pinned, folder.with_name(f"{folder.name}-{_STAMP}")):
        wrong.unlink()  # its size is right: so a pull would keep it
        raise WeightsCorrupt(
            f"{wrong.name} of {repository.name} has a wrong hash; "
            f"run `{repository.mend}` to fetch it again"
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return found
