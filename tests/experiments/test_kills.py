"""Studies killed by signal 9, at once and without a word."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.scenario.serialise import dump_scenario
from tests.experiments.small import ADDRESS, files_in, small_plan

if not Path("/proc/self/stat").exists():
    pytest.skip("needs /proc, to know which processes there are", allow_module_level=True)

PLAN = small_plan(points=24)
PARTS = 48
TRIES = 6000  # of a hundredth of a second

SCRIPT = f"""
import sys
from pathlib import Path
from realpolitik.sim.scenario.serialise import unpack_yaml
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments.workers import local

if __name__ == "__main__":
    scenario = unpack_yaml(Path(sys.argv[1]).read_text()).model_copy(update={{"name": "small"}})
    plan = Plan(
        {PLAN.name!r}, {PLAN.title!r}, {PLAN.question!r}, scenario, {PLAN.called!r},
        (Vary({ADDRESS!r}, {PLAN.vary[0].low}, {PLAN.vary[0].high}),),
        {PLAN.sampler!r}, {PLAN.points}, {PLAN.worlds}, {PLAN.seed}, {PLAN.outcomes!r},
        thresholds={PLAN.thresholds!r},
    )
    sweep(plan, Path(sys.argv[2]), local(2), resume=True)
"""


@pytest.fixture
def start(tmp_path: Path) -> Callable[[], "subprocess.Popen[bytes]"]:
    """Starts the study, or goes on with it, with two jobs."""
    (tmp_path / "study.py").write_text(SCRIPT)
    (tmp_path / "small.yaml").write_text(dump_scenario(PLAN.scenario))
    command = [
        sys.executable,
        *(str(tmp_path / name) for name in ("study.py", "small.yaml", "out")),
    ]

    def start() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(command, start_new_session=True)

    return start


def until(come: Callable[[], bool]) -> None:
    """Waits for it, and gives up at last."""
    for _ in range(TRIES):
        if come():
            return
        time.sleep(0.01)
    pytest.fail("it never came")


def parts_in(folder: Path) -> int:
    """How many parts are there."""
    return len(list((folder / "parts").glob("[!.]*.parquet")))


def session(leader: int) -> list[int]:
    """The processes that were started by the leader of a session, and by those; no zombies."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def test_killed_at_three_moments_and_resumed_it_ends_with_the_bytes_of_an_unbroken_run(
    start: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for moment in (1, PARTS // 3, 2 * PARTS // 3):
        process = start()
        until(lambda: parts_in(out) >= moment)  # noqa: B023 - asked for at once
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert moment <= parts_in(out) < PARTS
        assert not (out / "manifest.json").exists()
        until(lambda: not session(process.pid))  # noqa: B023
    process = start()
    assert process.wait() == 0
    sweep(PLAN, tmp_path / "unbroken")
    assert files_in(out) == files_in(tmp_path / "unbroken")


def test_workers_end_with_their_parent_and_the_folder_is_free_at_once(
    start: Callable[[], "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    process = start()
    until(lambda: parts_in(tmp_path / "out") >= 1)
    assert len(session(process.pid)) >= 3
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    sweep(PLAN, tmp_path / "out", resume=True)
    until(lambda: not session(process.pid))
    assert (tmp_path / "out" / "manifest.json").exists()
