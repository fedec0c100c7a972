"""How studies scale: with processes and a cluster, and with worlds, points, actors and weeks.

Everything is timed in processes of its own with one BLAS thread, after a small untimed run;
workers in turn, several times over, and the medians count. Memory is the peak of the process, less
that of one that has loaded everything and run a little. Growth exponents are the slopes of straight
lines through the logarithms: 1 is linear, 0 is flat.

- workers: the same study with one process, with two, and on a Dask cluster of two workers on
  this machine. Its speed is taken from the first part that is done to the last, so that the start
  of processes (a few seconds) is not in it; `with start` is the whole.
- machinery: what a study adds to its worlds: the same chunks run bare, one after another.
- growth: time and memory against each size, the others held.

Run it from the project: `.venv/bin/python benchmarks/scale.py`; it takes some minutes.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from many_actors import CODES, install

from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.cli.run import run
from realpolitik.sim.engine.measures import FullScaleWar
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.chunks import run_chunk
from realpolitik.sim.experiments.cluster import cluster
from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.experiments.runner import Standing, WorkList, carry_out
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.study_settings import describe, settings_of
from realpolitik.sim.experiments.workers import Workers, local
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack

SCENARIO = "haniyeh_2024"
ACTORS = ("IRN", "ISR", "RUS", "USA", "HEZ", "SAU", "HOU", "EUR", "UKR")
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

Figures = dict[str, float]


# ── What is timed: each gives its figures, in a process of its own ───────────────────


def study_speed(workers: Workers, points: int, worlds: int) -> Figures:
    """Worlds a second of a study, in its midst and with its start."""
    moments: list[tuple[float, int]] = []

    def tell(standing: Standing) -> None:
        moments.append((time.perf_counter(), standing.run))

    began = time.perf_counter()
    run_study(a_plan(points, worlds), workers, tell)
    ended, done = moments[-1]
    first = next(moment for moment in moments if moment[1])
    return {"speed": (done - first[1]) / (ended - first[0]), "with start": done / (ended - began)}


def one_process(points: int, worlds: int) -> Figures:
    """In this process."""
    return study_speed(local(1), points, worlds)


def two_processes(points: int, worlds: int) -> Figures:
    """In two processes of this machine."""
    return study_speed(local(2), points, worlds)


def dask(points: int, worlds: int) -> Figures:
    """On a Dask scheduler and two workers of this machine."""
    with dask_of_two() as address, cluster(address) as workers:
        return study_speed(workers, points, worlds)


def machinery(points: int, worlds: int) -> Figures:
    """Time of a study over that of its chunks run bare, less 1."""
    plan = a_plan(points, worlds)
    settings = settings_of(design(plan))
    work_list = WorkList(plan, settings)
    packed = pack(plan.scenario)

    def bare() -> None:
        for point, values in settings.items():
            for chunk in work_list.lacks(point):
                run_chunk(packed, plan.seed, values, chunk)

    alone, whole = [], []
    for _ in range(3):
        alone.append(seconds(bare))
        whole.append(seconds(lambda: run_study(plan, local(1), lambda _: None)))
    return {"overhead": min(whole) / min(alone) - 1}


def ensemble(worlds: int) -> Figures:
    """An ensemble with all its tables."""
    spec = load_scenario(SCENARIO)
    return {"seconds": seconds(lambda: simulate(spec, worlds).weeks), "memory": peak()}


def whole_run(worlds: int) -> Figures:
    """The command `run`, which writes tables and a report too."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        words = [SCENARIO, "--worlds", str(worlds), "--out", f"{folder}/run", "--no-progress"]
        spent = seconds(lambda: run.main(words, standalone_mode=False))
    return {"seconds": spent, "memory": peak()}


def study_of_worlds(worlds: int) -> Figures:
    """A study of two points."""
    return cost(a_plan(2, worlds // 2))


def study_of_points(points: int) -> Figures:
    """A study of points with 100 worlds each."""
    return cost(a_plan(points, 100))


def by_actors(actors: int) -> Figures:
    """A block of that many made-up actors."""
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder), actors)
        spec = bare_scenario(tuple(CODES[:actors]), 13)
        simulate(spec, 16)
        return {"seconds": seconds(lambda: simulate(spec, BLOCK).weeks), "memory": peak()}


def by_weeks(weeks: int) -> Figures:
    """A block of all actors over that many weeks."""
    spec = bare_scenario(ACTORS, weeks)
    return {"seconds": seconds(lambda: simulate(spec, BLOCK).weeks), "memory": peak()}


TIMED: dict[str, Callable[..., Figures]] = {
    made.__name__: made
    for made in (
        *(one_process, two_processes, dask, machinery),
        *(ensemble, whole_run, study_of_worlds, study_of_points, by_actors, by_weeks),
    )
}

# What is varied → its sizes.
GROWTH: dict[str, tuple[int, ...]] = {
    "ensemble": (1_000, 10_000, 100_000),
    "whole_run": (2_000, 20_000, 200_000),
    "study_of_worlds": (1_000, 10_000, 100_000),
    "study_of_points": (10, 100, 1_000),
    "by_actors": (9, 15, 20, 30),
    "by_weeks": (13, 52, 208),
}
NAMES = {
    "ensemble": "worlds, one ensemble",
    "whole_run": "worlds, the command `run`",
    "study_of_worlds": "worlds, a study of two points",
    "study_of_points": "points of 100 worlds",
    "by_actors": "actors, 1,024 worlds",
    "by_weeks": "weeks, 1,024 worlds",
}


# ── What they are made of ────────────────────────────────────────────────────────────


def a_plan(points: int, worlds: int) -> Plan:
    """A study of the main scenario along one address."""
    spec = load_scenario(SCENARIO)
    vary = (Vary("RUS.israel_ties", 0.0, 0.92),)
    said = ("scale", "How does it scale?", "How does it scale?")
    return Plan(*said, spec, SCENARIO, vary, "grid", points, worlds, 0, tuple(spec.outcomes))


def bare_scenario(actors: tuple[str, ...], weeks: int) -> Scenario:
    """The main scenario with those actors, no shocks and one outcome."""
    spec = load_scenario(SCENARIO)
    bare: dict[str, Any] = {"shocks": (), "deals": (), "parameters": {}, "levers": ()}
    outcome = {"full_scale_war": FullScaleWar(measure="full_scale_war")}
    told = {"actors": actors, "weeks": weeks, "outcomes": outcome}
    return spec.model_copy(update=told | bare)


def run_study(plan: Plan, workers: Workers, tell: Callable[[Standing], None]) -> None:
    """Runs a study in a folder that goes with it; without its analysis and its page."""
    with tempfile.TemporaryDirectory() as name:
        folder = StudyFolder(Path(name))
        points = design(plan)
        folder.begin(describe(plan), pack(plan.scenario), points)
        carry_out(plan, points, folder, workers, tell)


def cost(plan: Plan) -> Figures:
    """Time and memory of a study in this process."""
    spent = seconds(lambda: run_study(plan, local(1), lambda _: None))
    return {"seconds": spent, "memory": peak()}


def seconds(run: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def peak() -> float:
    """Greatest memory this process has held [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextlib.contextmanager
def dask_of_two() -> Iterator[str]:
    """Address of a scheduler with two workers, which go in the end."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        told = Path(folder) / "scheduler.json"
        where = ["--scheduler-file", str(told)]
        start(running, "scheduler", [*where, "--port", "0", "--no-dashboard"], folder)
        for _ in range(2):
            start(running, "worker", [*where, "--nthreads", "1", "--no-dashboard"], folder)
        while not told.exists():
            time.sleep(0.1)
        address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address


def start(running: contextlib.ExitStack, part: str, options: list[str], folder: str) -> None:
    """Starts a part of Dask, and has it ended."""
    command = [sys.executable, "-m", "dask", part, *options]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere)
    running.callback(process.wait)
    running.callback(process.terminate)


# ── Timing and telling ───────────────────────────────────────────────────────────────


def in_own_process(name: str, *sizes: int) -> Figures:
    """The figures of one of them, in a new process with one thread."""
    command = [sys.executable, __file__, "--only", name, *map(str, sizes)]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    figures: Figures = json.loads(done.stdout)
    return figures


def medians(runs: Mapping[str, list[Figures]]) -> dict[str, Figures]:
    """Median of each figure of each."""
    return {
        name: {key: statistics.median(run[key] for run in of) for key in of[0]}
        for name, of in runs.items()
    }


def tell_workers(points: int, worlds: int, repeats: int) -> None:
    """The speed of one process, two, and Dask, timed in turn."""
    names = ("one_process", "two_processes", "dask")
    runs: dict[str, list[Figures]] = {name: [] for name in names}
    for _ in range(repeats):
        for name in names:
            runs[name].append(in_own_process(name, points, worlds))
    found = medians(runs)
    print(f"\n{SCENARIO}, {points} points of {worlds} worlds, median of {repeats}")
    print(f"{'':24}{'worlds/s':>12}{'with start':>12}{'ratio':>8}")
    for name, figures in found.items():
        ratio = figures["speed"] / found["one_process"]["speed"]
        told = name.replace("_", " ")
        print(f"{told:24}{figures['speed']:12,.0f}{figures['with start']:12,.0f}{ratio:8.2f}")
    print(
        f"Dask over two processes: {found['dask']['speed'] / found['two_processes']['speed']:.2f}"
    )


def tell_machinery() -> None:
    """What a study adds to its worlds."""
    print("\nWhat a study adds to its worlds")
    for points, worlds in ((20, 1024), (50, 200)):
        overhead = in_own_process("machinery", points, worlds)["overhead"]
        print(f"{points:6} points of {worlds:5} worlds {100 * overhead:8.1f} %")


def tell_growth() -> None:
    """Time and memory against each size, with the exponents; the exponents average noise out."""
    base = in_own_process("by_weeks", 1)["memory"]
    print(f"\nGrowth; memory above {base:,.0f} MB, its exponent that of the whole; one run each")
    for name, sizes in GROWTH.items():
        found = [in_own_process(name, size) for size in sizes]
        print(f"{NAMES[name]:32}{'seconds':>10}{'memory [MB]':>14}")
        for size, figures in zip(sizes, found, strict=True):
            print(f"{size:32,}{figures['seconds']:10.2f}{figures['memory'] - base:14.0f}")
        exponents = [slope(sizes, [figures[key] for figures in found]) for key in found[0]]
        print(f"{'exponent':32}{exponents[0]:10.2f}{exponents[1]:14.2f}")


def slope(sizes: tuple[int, ...], values: list[float]) -> float:
    """The growth exponent."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def main() -> None:
    """Reads the options, times and tells."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3, help="how often workers are timed")
    parser.add_argument("--only", nargs="+", help=argparse.SUPPRESS)
    options: Any = parser.parse_args()
    if options.only:
        name, *sizes = options.only
        if name != by_actors.__name__:  # which has actors of its own, to be looked up first
            simulate(load_scenario(SCENARIO), 16)
        print(json.dumps(TIMED[name](*map(int, sizes))))
        return
    print(machine())
    tell_workers(96, BLOCK, options.repeats)
    tell_machinery()
    tell_growth()


if __name__ == "__main__":
    main()
