"""Models by name: finds their weights and loads them as encoder, composer, judge, citer or reader.

Each engine's module, and with it its library, is imported only when one of its models is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from summarizer.backends.quiet import quiet
from summarizer.errors import BadOption
from summarizer.model_store.weights import (
    DEFAULT_CITER,
    DEFAULT_ENCODER,
    DEFAULT_READER,
    DEFAULT_WRITER,
    find,
)

if TYPE_CHECKING:
    from summarizer.backends import Citer, Composer, Encoder, Judge, Reader


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

    weights, threads = find(name, offline=offline), _options(device, threads)
    with quiet():
        return load(weights, device=device, threads=threads)


def load_writer(
    name: str = DEFAULT_WRITER,
    *,
    device: str = "cpu",
    threads: int | None = None,
    offline: bool = False,
) -> Composer:
    """Load a writer: "default", a preset, a folder, `org/name@revision` of the hub, or a server.

    A server is named by its address, `http://host:port/v1#model`. Raises what `load_encoder` does,
    and ModelFailed where a server cannot be reached or refuses.
    """
    if name.startswith(("http://", "https://")):
        from summarizer.backends import served

        return served.load(name, offline=offline)
    threads = _options(device, threads)
    weights = find(DEFAULT_WRITER if name == "default" else name, offline=offline)
    with quiet():
        if weights.file is None:
            from summarizer.backends.writer import load

            return load(weights, device=device, threads=threads)
        if weights.engine == "ctranslate2":
            from summarizer.backends import ct2

            return ct2.load(weights, threads=threads)
    from summarizer.backends import llama_cpp

    return llama_cpp.load(weights, threads=threads)


def load_judge(name: str, *, threads: int | None = None, offline: bool = False) -> Judge:
    """Load a judge by name or folder, on the CPU; "overlap" needs no weights. Errors as above.

    Such a judge is a classifier of (premise, sentence) pairs or a T5: see backends/entailment.py.
    """
    from summarizer.backends import entailment, standin

    if name == "overlap":
        return standin.OverlapJudge()
    weights = find(name, offline=offline)
    with quiet():
        return entailment.load(weights, threads=_options("cpu", threads))


def load_citer(name: str = DEFAULT_CITER, *, offline: bool = False) -> Citer:
    """Load a citer by name or folder, over what the encoder reads. Errors as above."""
    from summarizer.backends.citer import load

    return load(find(name, offline=offline))


def load_reader(
    name: str = DEFAULT_READER, *, threads: int | None = None, offline: bool = False
) -> Reader:
    """Load a reader by name or folder, on the CPU. Threads and errors as above."""
    from summarizer.backends.reader import load

    weights = find(DEFAULT_READER if name == "default" else name, offline=offline)
    return load(weights, threads=_options("cpu", threads))


def _options(device: str, threads: int | None) -> int:
    if threads is not None and threads < 1:
        raise BadOption(f"threads is {threads}; at least 1 is needed")
    if device != "cpu":
        from summarizer.backends.device import check

        check(device)
    # Before the engines' libraries are loaded. Writer and reader run side by side on the same
    # cores, and threads of either that wait in a loop keep them from the other (LOG: int8).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    return threads or cores()


def cores() -> int:
    """How many cores this process may use."""
    # The cores this process may use, which in a container are fewer than the machine's.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
