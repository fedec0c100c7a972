"""A process keeps its memory where the environment would have it given back."""

import os
import subprocess
import sys

import pytest

CODE = """
import resource
import numpy as np
from realpolitik.sim.experiments.process import keep_memory

print(keep_memory())
for _ in range(3):
    np.ones(2**19)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    np.ones(2**19)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mallopt is of glibc")
@pytest.mark.parametrize("trimmed", [True, False])
def test_no_page_is_asked_for_twice(trimmed: bool) -> None:
    kept = {key: value for key, value in os.environ.items() if key != "MALLOC_TRIM_THRESHOLD_"}
    environment = kept | ({"MALLOC_TRIM_THRESHOLD_": "65536"} if trimmed else {})
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    said, faults = done.stdout.split()
    assert said == str(trimmed)
    assert int(faults) < 2000  # 50 arrays of 1,024 pages
