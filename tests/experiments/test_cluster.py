"""Studies on a Dask cluster: a real scheduler and real workers, on the loopback."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from threading import Thread

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments import cluster as module
from realpolitik.sim.experiments.cluster import LostClusterError, NoClusterError, cluster
from realpolitik.sim.experiments.runner import Standing
from tests.cli.verbs import Verb
from tests.experiments.small import files_in, page, small_plan

Client = pytest.importorskip("distributed").Client

PLAN = small_plan(points=6)
BUILT = shutil.ignore_patterns("__pycache__")
TRIES = 1200  # of a twentieth of a second

BARE = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "realpolitik":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Without())
from dask.__main__ import main
main()
"""
"""Dask where realpolitik is not installed."""

OTHER = """
from importlib import metadata
there = metadata.version
metadata.version = lambda name: "0.0.9" if name == "realpolitik" else there(name)
from dask.__main__ import main
main()
"""
"""Dask where it has another version."""


EDITED = """
import sys
sys.path.insert(0, {!r})
from dask.__main__ import main
main()
"""
"""Dask where a file of the same version was edited."""


def edited(folder: Path) -> str:
    """What starts such a Dask, after a copy of the package was edited in a folder."""
    for part in ("agents", "scenarios", "sim"):
        (source,) = import_module(f"realpolitik.{part}").__path__
        shutil.copytree(source, folder / "realpolitik" / part, ignore=BUILT)
    with (folder / "realpolitik" / "sim" / "engine" / "choice.py").open("a") as file:
        file.write("# edited\n")
    return EDITED.format(str(folder))


class Cluster:
    """A scheduler, and workers of one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", self._file)
        until(self._file.is_file)
        self.address = json.loads(self._file.read_text())["address"]

    def add_worker(self, script: str = "") -> subprocess.Popen[bytes]:
        """A worker, perhaps of a Dask of its own; it joins as soon as it is up."""
        place = self._folder / f"worker-{len(self._started)}"
        words = (
            "worker",
            self.address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--local-directory",
            place,
        )
        return self._start(*words, script=script)

    def wait_for(self, workers: int) -> None:
        """Waits until so many workers have joined."""
        with Client(self.address) as client:
            client.wait_for_workers(workers, timeout=100)

    def _start(self, *arguments: object, script: str = "") -> "subprocess.Popen[bytes]":
        dask = ["-c", script] if script else ["-m", "dask"]
        command = [sys.executable, *dask, *map(str, arguments)]
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


def test_two_workers_give_the_bytes_of_a_serial_run_even_if_one_is_killed_half_way(
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
    dask.wait_for(1)
    monkeypatch.setattr(module, "PATIENCE", 3)

    def tell(standing: Standing) -> None:
        if standing.run > 2000:
            dask.scheduler.kill()

    with (
        pytest.raises(NoClusterError, match=r"the scheduler went away; --resume goes on"),
        cluster(dask.address) as hands,
    ):
        sweep(PLAN, tmp_path / "small", hands, render=page, tell=tell)
    assert not (tmp_path / "small" / "manifest.json").exists()
    sweep(PLAN, tmp_path / "small", resume=True, render=page)
    assert files_in(tmp_path / "small") == serial


def test_workers_that_cannot_run_our_worlds_are_told_of_at_once_and_left_out_where_others_can(
    dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serial: dict[str, bytes]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "PATIENCE", 2)
        with pytest.raises(NoClusterError, match="has no workers"), cluster(dask.address):
            pytest.fail("there are none")
    for script in (BARE, OTHER, edited(tmp_path / "other")):
        dask.add_worker(script)
    dask.wait_for(3)
    words = ["no_shock", "--set", "RUS.israel_ties=0,0.1", "--out", str(tmp_path / "out")]
    done = Verb("sweep").invoked(*words, "--cluster", dask.address)
    assert done.exit_code == 3
    assert (
        "no worker is left that can run this; --resume goes on once that is mended" in done.stderr
    )
    reasons = (
        "realpolitik is not installed there",
        "realpolitik 0.0.9 there",
        f"realpolitik {version('realpolitik')} there too, and its code is other than here",
    )
    assert [why for why in reasons if f"({why}" not in done.stderr] == []
    assert not (tmp_path / "out").exists()
    dask.add_worker()
    dask.wait_for(4)
    with cluster(dask.address) as hands:
        (left_out,) = hands.remarks
        sweep(PLAN, tmp_path / "small", hands, render=page)
    assert left_out.startswith("left out: ")
    assert [why for why in reasons if f"({why}" not in left_out] == []
    assert files_in(tmp_path / "small") == serial


def test_workers_that_all_die_end_the_study_soon_and_lose_nothing(
    dask: Cluster, tmp_path: Path, serial: dict[str, bytes]
) -> None:
    victim = dask.add_worker()
    died: list[float] = []

    def tell(standing: Standing) -> None:
        if standing.run > 2000 and not died:
            victim.kill()
            died.append(time.monotonic())

    with (
        pytest.raises(LostClusterError, match=r"no worker is left that can run this; --resume"),
        cluster(dask.address) as hands,
    ):
        sweep(PLAN, tmp_path / "small", hands, render=page, tell=tell)
    assert time.monotonic() - died[0] < 15
    study = sweep(PLAN, tmp_path / "small", resume=True, render=page)
    assert len(study.failures) == 0
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
    monkeypatch.setattr(module, "PATIENCE", 0.5)
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
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(NoClusterError, match="no scheduler answers"), cluster(address):
            pytest.fail("it never answers")


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoClusterError, match=r"realpolitik\[cluster\]"), cluster("tcp://x:1"):
        pytest.fail("there is none")
