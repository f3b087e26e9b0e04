"""The most memory this process has held. Standard library only: every peer's process imports it."""

import resource
import sys
from pathlib import Path


def peak_mib() -> float:
    """Most memory this process has held, in MiB: of this program alone, not of what started it."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
