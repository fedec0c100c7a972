"""Who runs the chunks."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.experiments.workers import (
    Serial,
    Workers,
    available_cores,
    local,
    reusable_executor,
)
from tests.calibrate.small import small_plan


def test_one_job_is_this_process_and_one_chunk_at_a_time() -> None:
    workers = local(1)
    with workers.hire() as executor:
        assert isinstance(executor, Serial)
        assert executor.submit(os.getpid).result() == os.getpid()
    assert workers.window == 1


def test_more_jobs_are_other_processes_that_leave_the_interruption_to_this_one() -> None:
    workers = local(2)
    with workers.hire() as executor:
        assert isinstance(executor, ProcessPoolExecutor)
        assert executor.submit(os.getpid).result() != os.getpid()
        asked = executor.submit(signal.getsignal, signal.SIGINT).result()
    assert asked is signal.SIG_IGN
    assert workers.window > 2


INTERRUPTED = """
import sys, time
from realpolitik.sim.experiments.workers import local
if __name__ == "__main__":
    try:
        with local(2).hire() as executor:
            for future in [executor.submit(time.sleep, 0.05) for _ in range(100)]:
                future.result()
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.5])  # [s] after two workers have been started
def test_ctrl_c_while_workers_start_up_leaves_no_traceback(tmp_path: Path, moment: float) -> None:
    (tmp_path / "work.py").write_text(INTERRUPTED)
    process = subprocess.Popen(
        [sys.executable, tmp_path / "work.py"], stderr=subprocess.PIPE, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.is_file():
        pytest.skip("needs /proc, to know when workers start up")
    try:
        while len(children.read_text().split()) < 3:  # one keeps an eye on the others
            time.sleep(0.005)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=100)
    finally:
        process.kill()
    assert (process.returncode, told) == (130, b"")


SHADOWED = """
import sys
from realpolitik.sim.experiments.workers import local
if __name__ == "__main__":
    with local(2).hire() as executor:
        sys.stdout.write(" ".join(executor.submit(str, 7).result() for _ in range(4)))
"""
SHADOW = "import posix; posix.mkdir({marker!r}); raise ImportError('a shadow was imported')\n"


def shadow_everything(folder: Path) -> None:
    """Puts a module into the folder for each name that the standard library and packages have."""
    for name in {*sys.stdlib_module_names, *packages_distributions(), "sitecustomize"}:
        marker = str(folder / f"{name} was run")
        (folder / f"{name}.py").write_text(SHADOW.format(marker=marker))


@pytest.mark.parametrize("flags", [(), ("-E",)])
def test_workers_run_nothing_that_lies_in_the_current_folder(
    tmp_path: Path, flags: tuple[str, ...]
) -> None:
    (tmp_path / "work.py").write_text(SHADOWED)
    received = tmp_path / "received"
    received.mkdir()
    shadow_everything(received)
    command = [sys.executable, *flags, str(tmp_path / "work.py")]
    done = subprocess.run(command, cwd=received, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("7 7 7 7", "")
    assert [path.name for path in received.glob("* was run")] == []


def test_the_environment_is_afterwards_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "1"):
        monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
        if before:
            monkeypatch.setenv("PYTHONSAFEPATH", before)
        with local(2).hire() as executor:
            assert executor.submit(os.getpid).result() != os.getpid()
        assert os.environ.get("PYTHONSAFEPATH") == before


def test_every_hire_is_another_executor() -> None:
    workers = local(1)
    assert workers.hire() is not workers.hire()


def test_what_fails_in_this_process_fails_in_its_future() -> None:
    future = Serial().submit(divmod, 1, 0)
    assert isinstance(future.exception(), ZeroDivisionError)


def test_an_interruption_is_not_taken_for_the_failure_of_a_chunk() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Serial().submit(interrupt)


def test_cores_are_those_that_this_process_may_use() -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system does not bind processes to cores")
    core = min(os.sched_getaffinity(0))
    script = (
        f"import os; os.sched_setaffinity(0, {{{core}}})\n"
        "from realpolitik.sim.experiments.workers import available_cores\n"
        "print(available_cores())"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert told == b"1\n"
    assert 1 <= available_cores() <= (os.cpu_count() or 1)


# ── Workers that are hired once and stay ─────────────────────────────────────────────


class Watched(Serial):
    """Runs what it is given, and knows whether it was shut down."""

    def __init__(self) -> None:
        self.is_down = False

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        assert not self.is_down
        return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.is_down = True


class Agency:
    """Remembers whom it has sent."""

    def __init__(self) -> None:
        self.sent: list[Watched] = []

    def hire(self) -> Executor:
        self.sent.append(Watched())
        return self.sent[-1]


def test_all_stages_of_a_calibration_have_the_same_workers(tmp_path: Path) -> None:
    agency = Agency()
    calibrate(small_plan(waves=2), tmp_path / "one", Workers(agency.hire, 2))
    assert [one.is_down for one in agency.sent] == [True]


def test_workers_given_back_stay_and_broken_ones_are_replaced() -> None:
    agency = Agency()
    with reusable_executor(Workers(agency.hire, 1)) as crew:
        first = crew.hire()
        first.shutdown()
        assert crew.hire() is first
        assert not agency.sent[0].is_down
        first.shutdown(wait=False)
        assert agency.sent[0].is_down
        assert crew.hire() is not first
        assert crew.hire().submit(len, "abc").result() == 3
    assert [one.is_down for one in agency.sent] == [True, True]


def test_nobody_is_hired_where_nothing_is_to_be_done() -> None:
    agency = Agency()
    with pytest.raises(KeyboardInterrupt), reusable_executor(Workers(agency.hire, 1)):
        raise KeyboardInterrupt
    assert agency.sent == []
