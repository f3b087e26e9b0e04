"""llama.cpp's own HTTP server out of the package xllamacpp: a gguf file served on this machine.

    python -m benchmarks.llama_server --port 8080
    python -m benchmarks.llama_server some.gguf --name mine --threads 8

It serves 127.0.0.1 alone and answers until it is ended. With SUMMARIZER_API_KEY set it wants that
key. tests/test_served_real.py (`make served`) summarises through it; docs/served.md is about it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

from summarizer.backends.registry import cores
from summarizer.backends.served import KEY
from summarizer.model_store.weights import find

SERVED = "qwen2.5-coder-1.5b-instruct"
"""What is served where no file is named: for a server there is time for the larger one."""

SERVING = "serving "
"""How the line begins that says where it serves."""


def serve(file: Path, name: str, *, port: int, threads: int, context: int, slots: int) -> Any:
    """Serve a gguf file from threads of this process, for as long as what is returned is held.

    port: 0 for any free one. context: positions of prompt and answer, of each slot. slots: requests
    that are answered side by side. Raises RuntimeError where llama.cpp cannot load the file, or the
    port is taken.
    """
    import xllamacpp

    settings: Any = xllamacpp.CommonParams()
    settings.model.path = str(file)
    settings.model_alias = {name}
    settings.hostnames = ["127.0.0.1"]
    settings.port = port
    settings.n_ctx = context * slots
    settings.n_parallel = slots
    settings.n_batch = 512  # tokens between two words on how much of a prompt is read
    settings.cpuparams.n_threads = threads
    settings.cpuparams_batch.n_threads = threads
    settings.verbosity = -1
    if key := os.environ.get(KEY):
        settings.api_keys = [key]
    return xllamacpp.Server(settings)


@contextmanager
def running(*options: str, key: str | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server as a process of its own, on a free port: its address, and the process.

    Raises RuntimeError where it ends before it serves.
    """
    own = {k: v for k, v in os.environ.items() if k != KEY} | ({KEY: key} if key else {})
    command = [sys.executable, "-m", "benchmarks.llama_server", *options]
    root = Path(__file__).parents[1]
    process = subprocess.Popen(command, env=own, cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(SERVING):
                yield line.removeprefix(SERVING).strip(), process
                return
        raise RuntimeError(f"the server ended with exit code {process.wait()} before it served")
    finally:
        process.kill()  # it has nothing to save
        process.wait()


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.llama_server", description=__doc__)
    parser.add_argument(
        "file", nargs="?", type=Path, help="default: the weights of qwen2.5-coder-1.5b-instruct"
    )
    parser.add_argument("--name", help="the model's name (default: the file's)")
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--threads", type=int, default=cores())
    parser.add_argument("--context", type=int, default=8192, help="tokens of a prompt and answer")
    parser.add_argument("--slots", type=int, default=1, help="requests answered side by side")
    asked = parser.parse_args(argv)
    file = asked.file or find(SERVED).file
    if file is None or not file.is_file():
        sys.stderr.write(f"no gguf file at {str(file)!r}\n")
        return 2
    name = asked.name or (file.stem if asked.file else SERVED)
    sizes = {"threads": asked.threads, "context": asked.context, "slots": asked.slots}
    try:
        server = serve(file, name, port=asked.port, **sizes)
    except RuntimeError as error:
        sys.stderr.write(f"llama.cpp cannot serve {file.name} on port {asked.port} ({error})\n")
        return 2
    print(f"{SERVING}{server.listening_address}/v1#{name}", flush=True)
    with suppress(KeyboardInterrupt):
        Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
