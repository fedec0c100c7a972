"""What a benchmark ran on."""

import os
import platform
from pathlib import Path

import mesa
import numpy as np


def machine() -> str:
    """What it ran on."""
    return (
        f"{os.cpu_count()} cores, {processor()}; Python {platform.python_version()}, "
        f"NumPy {np.__version__}, Mesa {mesa.__version__}"
    )


def processor() -> str:
    """Name of the processor, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
