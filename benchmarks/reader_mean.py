"""The mean of two trained readers, number by number: both must be trained from one and the same.

    python -m benchmarks.reader_mean FIRST SECOND

Writes it into SECOND, a model folder. A fine-tuned model averaged with what it started from keeps
more of what that one knew (Wortsman et al., CVPR 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors import safe_open
from safetensors.torch import load_file, save_file

ADAPTER = Path("adapter") / "adapter_model.safetensors"


def main() -> None:
    """Average the adapters of two model folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    args = parser.parse_args()
    one, two = (load_file(folder / ADAPTER) for folder in (args.first, args.second))
    with safe_open(args.second / ADAPTER, "pt") as file:
        kept = file.metadata()
    mean = {k: ((one[k].float() + two[k].float()) / 2).to(two[k].dtype) for k in two}
    save_file(mean, args.second / ADAPTER, metadata=kept)


if __name__ == "__main__":
    main()
