"""Options that belong together, as one value each; `grouped` gives a verb their flags.

A single option that several verbs share is in options.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

from summarizer.cli import console
from summarizer.cli import options as o

if TYPE_CHECKING:
    from summarizer.api import Summarizer
    from summarizer.config import Config


@dataclass(frozen=True, slots=True)
class Machine:
    """Where models run, and whether they may be fetched. Raises BadOption for no thread."""

    device: o.Device = "cpu"
    threads: o.Threads = None
    offline: o.Offline = False

    def __post_init__(self) -> None:
        o.check_threads(self.threads)

    def load(
        self,
        model: str,
        *,
        config: Config | None = None,
        judge: str = "default",
        quiet: bool = True,
    ) -> Summarizer:
        """Load a Summarizer; unless `quiet`, say where its texts will be sent, if anywhere.

        Raises BadOption or ModelError, of which errors.py has the kinds.
        """
        from summarizer.api import Summarizer

        loaded = Summarizer.load(
            model,
            device=self.device,
            threads=self.threads,
            offline=self.offline,
            config=config,
            judge=judge,
        )
        console.warn(loaded.notices, quiet)
        return loaded


@dataclass(frozen=True, slots=True)
class Writing:
    """What a summary is to be like, and what writes it.

    Raises BadOption where an option is out of its range.
    """

    words: o.Words = None
    sentences: o.Sentences = None
    model: o.Model = "default"
    seed: o.Seed = None
    strictness: o.Strictness = o.MIDDLE

    def __post_init__(self) -> None:
        _ = self.config  # what is out of its range is said before anything is read

    @property
    def config(self) -> Config:
        """The Config that is asked for."""
        return o.configured(self.words, self.sentences, self.seed, self.strictness)

    def load(self, machine: Machine, quiet: bool) -> Summarizer:
        """Load the Summarizer that writes so."""
        return machine.load(self.model, config=self.config, quiet=quiet)


def grouped(verb: Callable[..., int]) -> Callable[..., int]:
    """The verb with the fields of its dataclass parameters as parameters of its own, in place.

    A field is `name: Annotated[type, typer.Option(...)] = default`. Raises TypeError where two
    parameters have one name.
    """
    hints = get_type_hints(verb, include_extras=True)
    flat: list[Parameter] = []
    groups: dict[str, tuple[Callable[..., Any], list[str]]] = {}
    for parameter in signature(verb).parameters.values():
        kind = hints[parameter.name]
        if not (isinstance(kind, type) and is_dataclass(kind)):
            flat.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=kind))
            continue
        inside = get_type_hints(kind, include_extras=True)
        groups[parameter.name] = (kind, [field.name for field in fields(kind)])
        flat += [
            Parameter(
                field.name,
                Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=inside[field.name],
            )
            for field in fields(kind)
        ]
    names = [parameter.name for parameter in flat]
    if twice := {name for name in names if names.count(name) > 1}:
        raise TypeError(f"{verb.__name__} has two parameters of one name: {sorted(twice)}")

    @wraps(verb)
    def run(**given: Any) -> int:
        values = {
            name: kind(**{field: given.pop(field) for field in inside})
            for name, (kind, inside) in groups.items()
        }
        return verb(**given, **values)

    run.__signature__ = Signature(flat)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in flat}
    return run
