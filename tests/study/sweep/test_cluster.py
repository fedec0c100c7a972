"""Studies on a Dask cluster: a real scheduler and real workers, on the loopback."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from realpolitik.sim.study.sweep import workers
from realpolitik.sim.study.sweep.conduct import Standing
from realpolitik.sim.study.sweep.study import sweep
from realpolitik.sim.study.sweep.workers import NoClusterError, cluster
from tests.study.sweep.small import files_in, page, small_plan

pytest.importorskip("distributed")

PLAN = small_plan(points=6)
TRIES = 1200  # of a twentieth of a second


class Cluster:
    """A scheduler, and workers of one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", self._file)
        until(self._file.is_file)
        self.address = json.loads(self._file.read_text())["address"]

    def add_worker(self) -> subprocess.Popen[bytes]:
        """A worker; it joins as soon as it is up."""
        place = self._folder / f"worker-{len(self._started)}"
        return self._start(
            *("worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", place)
        )

    def _start(self, *arguments: object) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", *map(str, arguments)]
        command += ["--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / "log.txt").open("ab") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        self._started.append(started)
        return started

    def stop(self) -> None:
        """Ends everything."""
        for one in reversed(self._started):
            one.kill()
            one.wait()


def until(come: Callable[[], bool]) -> None:
    """Waits for it, and gives up at last."""
    for _ in range(TRIES):
        if come():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    (tmp_path / "dask").mkdir()
    started = Cluster(tmp_path / "dask")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the study, run in this process."""
    path = tmp_path_factory.mktemp("serial")
    sweep(PLAN, path, render=page)
    return files_in(path)


def test_two_workers_give_the_bytes_of_a_serial_run(
    dask: Cluster, tmp_path: Path, serial: dict[str, bytes]
) -> None:
    dask.add_worker()
    dask.add_worker()
    with cluster(dask.address) as hands:
        sweep(PLAN, tmp_path / "small", hands, render=page)
    assert files_in(tmp_path / "small") == serial


def test_a_worker_killed_half_way_changes_no_byte(
    dask: Cluster, tmp_path: Path, serial: dict[str, bytes]
) -> None:
    victim, _ = dask.add_worker(), dask.add_worker()
    killed: list[int] = []

    def tell(standing: Standing) -> None:
        if standing.run > 2000 and not killed:
            victim.send_signal(signal.SIGKILL)
            killed.append(standing.run)

    with cluster(dask.address) as hands:
        study = sweep(PLAN, tmp_path / "small", hands, render=page, tell=tell)
    assert killed
    assert len(study.failures) == 0
    assert files_in(tmp_path / "small") == serial


def test_a_scheduler_that_goes_away_ends_the_study_and_loses_nothing(
    dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serial: dict[str, bytes]
) -> None:
    dask.add_worker()
    monkeypatch.setattr(workers, "PATIENCE", 3)

    def tell(standing: Standing) -> None:
        if standing.run > 2000:
            dask.scheduler.kill()

    with (
        pytest.raises(NoClusterError, match=r"the scheduler went away .* --resume goes on"),
        cluster(dask.address) as hands,
    ):
        sweep(PLAN, tmp_path / "small", hands, render=page, tell=tell)
    assert not (tmp_path / "small" / "manifest.json").exists()
    sweep(PLAN, tmp_path / "small", resume=True, render=page)
    assert files_in(tmp_path / "small") == serial


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers"),
        ("tls://127.0.0.1:9", "no Dask scheduler"),
        ("nonsense", "is no address of a cluster"),
        ("tcp://", "is no address of a cluster"),
        ("http://127.0.0.1:80", "is no address of a cluster"),
        ("", "is no address of a cluster"),
    ],
)
def test_where_no_scheduler_is_nobody_is_waited_for(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.5)
    with pytest.raises(NoClusterError, match=told), cluster(address):
        pytest.fail("there is none")


def test_a_server_of_something_else_is_no_scheduler() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        Thread(target=answer, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(NoClusterError, match="no Dask scheduler"), cluster(address):
            pytest.fail("it is none")


def test_one_who_listens_and_never_answers_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(NoClusterError, match="no scheduler answers"), cluster(address):
            pytest.fail("it never answers")


def test_a_scheduler_without_workers_is_not_enough(
    dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 2)
    with pytest.raises(NoClusterError, match="the scheduler has no workers"), cluster(dask.address):
        pytest.fail("there are none")


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoClusterError, match=r"realpolitik\[cluster\]"), cluster("tcp://x:1"):
        pytest.fail("there is none")
