"""How fast the main scenario runs, beside what else one could do with Mesa, and beside a bound.

Four things are timed, each in a process of its own with one BLAS thread, in turn, several times
over; the medians count. A process first does a small run untimed, so that imports and caches are
not in the figures.

- ensemble: `simulate`, with its tables but without writing files.
- plain: the plain second implementation, `tests/reference/plain_model.py`, one world a model,
  through `mesa.batch_run`: what a Mesa user would write.
- one-world: the engine with one world a model, through `mesa.batch_run`.
- bound: the bare NumPy arithmetic that the choices of the ensemble need, at the same block size.
  For each actor and week that is a multiply-add an incentive over worlds × options, an
  exponential, a running sum in each group and a comparison, in arrays that are made once for a
  block. Nothing is looked up, drawn, done to the worlds or recorded.

Run it from the project: `.venv/bin/python benchmarks/vs_mesa_batch_run.py`.
"""

import argparse
import inspect
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import mesa
import numpy as np
from machine import machine
from numpy.typing import NDArray

from realpolitik.sim import EscalationModel, load_scenario, simulate
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.schema import Scenario

SCENARIO = "haniyeh_2024"
PEERS_SHARE = 64  # the ensemble runs that many times as many worlds as a peer
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

Array = NDArray[np.float64]


# ── What is timed ────────────────────────────────────────────────────────────────────


def run_ensemble(spec: Scenario, worlds: int) -> None:
    """The worlds as one ensemble."""
    simulate(spec, worlds=worlds, seed=0)


def run_plain(spec: Scenario, worlds: int) -> None:
    """The worlds one by one, in the plain model."""
    run_batch(load_plain_model(), {"spec": [spec]}, worlds)


def run_one_world(spec: Scenario, worlds: int) -> None:
    """The worlds one by one, in the engine."""
    run_batch(EscalationModel, {"scenario": [spec]}, worlds)


def run_batch(model: type[mesa.Model], parameters: dict[str, Any], worlds: int) -> None:
    """As many runs through Mesa's batch_run, which takes seeds in its own way from 3.4 on."""
    seeds: dict[str, Any] = {"rng": range(worlds)}
    settings: dict[str, Any] = {"number_processes": 1, "display_progress": False}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        mesa.batch_run(model, parameters, **settings, **seeds)
    else:
        mesa.batch_run(model, parameters | seeds, **settings)


def load_plain_model() -> type[mesa.Model]:
    """The plain model, although the folders of tests are not installed."""
    tests = sys.modules["tests"] = ModuleType("tests")
    tests.__path__ = [str(Path(__file__).parents[1] / "tests")]
    from tests.reference.plain_model import PlainModel

    return PlainModel


@dataclass(frozen=True)
class Desk:
    """Arrays for the choices of one actor; worlds lie side by side in memory."""

    stakes: Array  # (incentives, W)
    loadings: Array  # (incentives, options, 1)
    utility: Array  # (options, W)
    term: Array  # (options, W)
    draw: Array  # (W,)
    groups: tuple[slice, ...]
    passed: NDArray[np.bool_]  # (options, W)

    @classmethod
    def of(cls, agent: StateActor, worlds: int) -> "Desk":
        """Arrays as large as those that the actor needs."""
        incentives, options = len(agent.all_incentives()), len(agent.options)
        numbers = np.random.default_rng(0)
        return cls(
            stakes=numbers.random((incentives, worlds)),
            loadings=numbers.random((incentives, options, 1)) / incentives,
            utility=np.empty((options, worlds)),
            term=np.empty((options, worlds)),
            draw=numbers.random(worlds),
            groups=agent.options.groups,
            passed=np.empty((options, worlds), dtype=np.bool_),
        )

    def compute(self) -> None:
        """The arithmetic of one week."""
        self.utility.fill(0.0)
        for stake, loading in zip(self.stakes, self.loadings, strict=True):
            np.multiply(loading, stake, out=self.term)
            np.add(self.utility, self.term, out=self.utility)
        np.exp(self.utility, out=self.utility)
        for group in self.groups:
            for option in range(group.start + 1, group.stop):  # faster than cumsum by rows
                np.add(self.utility[option], self.utility[option - 1], out=self.utility[option])
        np.less_equal(self.utility, self.draw, out=self.passed)


def run_bound(spec: Scenario, worlds: int) -> None:
    """The arithmetic of all choices, block by block."""
    agents = EscalationModel(spec, rng=0).actors
    for done in range(0, worlds, BLOCK):
        desks = [Desk.of(agent, min(BLOCK, worlds - done)) for agent in agents]
        for _ in range(spec.weeks):
            for desk in desks:
                desk.compute()


TIMED: dict[str, Callable[[Scenario, int], None]] = {
    "ensemble": run_ensemble,
    "plain": run_plain,
    "one-world": run_one_world,
    "bound": run_bound,
}


# ── Timing ───────────────────────────────────────────────────────────────────────────


def worlds_per_second(name: str, worlds: int) -> float:
    """Speed of one of the four in this process."""
    spec = load_scenario(SCENARIO)
    TIMED[name](spec, 2)
    began = time.perf_counter()
    TIMED[name](spec, worlds)
    return worlds / (time.perf_counter() - began)


def in_own_process(name: str, worlds: int) -> float:
    """The same, in a new process with one thread."""
    command = [sys.executable, __file__, "--only", name, "--worlds", str(worlds)]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout)


def measure(worlds: int, repeats: int) -> dict[str, float]:
    """Median speed of each, timed in turn."""
    of_peer = max(worlds // PEERS_SHARE, 1)
    sizes = {"ensemble": worlds, "plain": of_peer, "one-world": of_peer, "bound": worlds}
    speeds: dict[str, list[float]] = {name: [] for name in TIMED}
    for _ in range(repeats):
        for name, size in sizes.items():
            speeds[name].append(in_own_process(name, size))
    return {name: statistics.median(values) for name, values in speeds.items()}


# ── Telling ──────────────────────────────────────────────────────────────────────────


def tell(speeds: dict[str, float], spec: Scenario, worlds: int, repeats: int) -> None:
    """Prints the table, the machine and the three figures."""
    print(
        f"{spec.name}: {spec.weeks} weeks, {len(spec.actors)} actors, {worlds} worlds in blocks of "
        f"{BLOCK}; one process and one thread each, median of {repeats}"
    )
    for name, speed in speeds.items():
        print(f"{name:10}{speed:12,.1f} worlds/s")
    print(machine())
    print(f"ratio plain: {speeds['ensemble'] / speeds['plain']:.1f}")
    print(f"ratio one-world: {speeds['ensemble'] / speeds['one-world']:.1f}")
    print(f"share of bound: {speeds['ensemble'] / speeds['bound']:.2f}")


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def main() -> None:
    """Reads the options, times and tells."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worlds", type=positive, default=2 * BLOCK, help="worlds of the ensemble")
    parser.add_argument("--repeats", type=positive, default=5, help="how often each is timed")
    parser.add_argument("--only", choices=TIMED, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(worlds_per_second(options.only, options.worlds))
        return
    speeds = measure(options.worlds, options.repeats)
    tell(speeds, load_scenario(SCENARIO), options.worlds, options.repeats)


if __name__ == "__main__":
    main()
