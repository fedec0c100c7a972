"""Tries for a while to break the reader of scenario files; `make fuzz` calls it.

Files that are right and files that are wrong are changed at random, in their bytes and in what
they mean. Out of each must come a Scenario or a ScenarioError, within 2 s and in 500 MB. Where
atheris is installed, changes that lead to code not seen before are changed further. Without it, or
with --blind, the inputs follow from the seed alone. An input that breaks it is kept in build/fuzz.
"""

import argparse
import importlib.util
import itertools
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.changes import MOST_BYTES, changed

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "fuzz"
SAID = KEPT / "atheris.txt"
MOST_SECONDS, MOST_MEGABYTES = 2, 500
KILOBYTE = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there


class TooSlowError(Exception):
    """The reader has not come to an end in time."""


def seeds() -> list[bytes]:
    """The files to begin with."""
    folders = (ROOT / "scenarios", ROOT / "tests" / "bad_scenarios")
    return [file.read_bytes() for folder in folders for file in sorted(folder.rglob("*.yaml"))]


def outcome_of(data: bytes) -> str:
    """What came of the input: 'scenario' or 'faults'; anything else is raised."""
    from realpolitik.sim.scenario.errors import ScenarioError
    from realpolitik.sim.scenario.loading import read_scenario
    from realpolitik.sim.scenario.schema import Scenario

    faults: tuple[object, ...] = ()
    told = ""
    try:
        assert isinstance(read_scenario(data, "x.yaml"), Scenario)
    except ScenarioError as error:
        faults, told = error.faults, str(error)  # which also looks for the nearest names
    assert len(told.splitlines()) == len(faults), told
    return "faults" if faults else "scenario"


# ── Two ways to go on ────────────────────────────────────────────────────────────────


def blindly(seconds: float, seed: int, most: int | None = None) -> Counter[str]:
    """Changes files at random until the time is over; counts what came of them.

    An input has its seconds of processor time, so that a busy machine counts for nothing.
    """
    random, files, counts = Random(seed), seeds(), Counter[str]()
    outcome_of(files[0])  # the first one loads the tables
    signal.signal(signal.SIGPROF, _too_slow)
    end = time.monotonic() + seconds
    for number in itertools.count():
        if time.monotonic() > end or number == most:
            return counts
        data = changed(random.choice(files), random, files)
        try:
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            counts[outcome_of(data)] += 1
            signal.setitimer(signal.ITIMER_PROF, 0)
            assert megabytes() < MOST_MEGABYTES
        except BaseException:
            signal.setitimer(signal.ITIMER_PROF, 0)
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"seed_{seed}_{number}.yaml").write_bytes(data)
            raise
    return counts


def _too_slow(*_: object) -> None:
    raise TooSlowError(f"more than {MOST_SECONDS} s")


def megabytes() -> float:
    """The most memory that this process has had.

    Where Linux tells it of the program itself, it is read there: what `getrusage` says begins with
    the memory of whoever started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        peaks = [line.split()[1] for line in lines if line.startswith("VmHWM")]
        if peaks:
            return int(peaks[0]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE / 1e6


def guided(seconds: float, seed: int) -> Counter[str]:
    """The same in a process of its own, where atheris looks for what leads to unseen code."""
    fork = multiprocessing.get_context("fork")
    numbers = fork.Array("Q", 2)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        process = fork.Process(target=_guide, args=(seconds, seed, Path(folder), numbers))
        process.start()
        process.join()
    if process.exitcode:
        sys.stderr.write(SAID.read_text(encoding="utf-8", errors="replace")[-5000:])
        raise SystemExit(f"The input that broke it is in {KEPT.relative_to(ROOT)}.")
    return Counter({"scenario": numbers[0], "faults": numbers[1]})


def _guide(seconds: float, seed: int, folder: Path, numbers: Any) -> None:
    """Never returns: the library ends the process."""
    with SAID.open("wb") as said:
        os.dup2(said.fileno(), sys.stdout.fileno())
        os.dup2(said.fileno(), sys.stderr.fileno())
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["realpolitik.sim.scenario"]):
        importlib.import_module("realpolitik.sim.scenario.loading")
    files = seeds()
    for number, data in enumerate(files):
        (folder / str(number)).write_bytes(data)

    outcome_of(files[0])

    def one(data: bytes) -> None:
        try:
            numbers[outcome_of(data) == "faults"] += 1
        except BaseException:
            (KEPT / f"atheris_{seed}.yaml").write_bytes(data)
            raise

    def mutated(data: bytes, size: int, draw: int) -> bytes:
        random = Random(draw)
        if random.random() < 0.5:
            return bytes(atheris.Mutate(data, size))
        return changed(bytes(data), random, files)[:size]

    limits = [f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}"]
    limits += [f"-max_total_time={seconds:.0f}", f"-max_len={MOST_BYTES}", f"-seed={seed + 1}"]
    flags = [*limits, f"-artifact_prefix={KEPT}/", str(folder)]
    atheris.Setup([sys.argv[0], *flags], one, custom_mutator=mutated)
    atheris.Fuzz()


def main() -> None:
    """Goes on for the given time, and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--blind", action="store_true", help="without atheris, even if it is there")
    given = parser.parse_args()
    blind = given.blind or importlib.util.find_spec("atheris") is None
    counts = (blindly if blind else guided)(given.seconds, given.seed)
    way = "at random" if blind else "with atheris"
    sys.stdout.write(
        f"{counts.total():,} inputs {way}, seed {given.seed}: {counts['scenario']:,} scenarios, "
        f"{counts['faults']:,} with faults; nothing else, none over {MOST_SECONDS} s "
        f"or {MOST_MEGABYTES} MB.\n"
    )


if __name__ == "__main__":
    main()
