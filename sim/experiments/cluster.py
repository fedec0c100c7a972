"""The workers of a Dask cluster: which of them can run our worlds, and whether any is left."""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from realpolitik.sim.experiments.software import (
    PACKAGE,
    Software,
    differing,
    only_with,
    software,
    unlike,
    wrapped,
)
from realpolitik.sim.experiments.workers import AHEAD, Workers

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10  # how long a cluster may take to answer, and be without workers [s]
PULSE = 1  # how often it is asked who is there [s]
ANSWER = 3  # how long the scheduler may take to say it [s]
GONE = "the scheduler went away; --resume goes on"
NOBODY = "no worker is left that can run this; --resume goes on"
FEW = 3  # workers that are told of one by one


class NoClusterError(Exception):
    """There is no cluster to work on; says what was tried and what to do."""


class LostClusterError(NoClusterError):
    """There is a cluster, and nobody in it, or no longer, who can do the work."""


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """The workers of the Dask scheduler at that address, such as `tcp://127.0.0.1:8786`.

    Raises:
        NoClusterError: Dask is not installed, no scheduler answers, or it has no workers.
        LostClusterError: none of them can run our worlds, or all go away in the middle.
    """
    with _client_of(address) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            advice = f"`dask worker {address}` starts one"
            raise NoClusterError(f"{address}: the scheduler has no workers; {advice}") from None
        crew = _crew_of(client, address)
        try:
            yield Workers(crew.hire, AHEAD * crew.threads, crew.check, crew.remarks)
        except Exception as error:
            if client.status != "closed" or isinstance(error, NoClusterError):
                raise
            raise LostClusterError(f"{address}: {GONE}") from error


# ── Who can run our worlds ───────────────────────────────────────────────────────────


@dataclass
class _Crew:
    """The workers of a cluster.

    Attributes:
        client: Of its scheduler.
        address: Of its scheduler.
        able: Addresses of the workers that can run our worlds.
        is_choosing: Whether there are others, which get nothing to do.
        threads: Chunks that the able ones run at once.
        remarks: What is unusual about the workers.
    """

    client: "Client"
    address: str
    able: set[str]
    is_choosing: bool
    threads: int
    remarks: tuple[str, ...]
    _asked: float = field(default_factory=time.monotonic)
    _alone_since: float = math.inf

    def hire(self) -> Executor:
        """An executor on the able workers; those that come later join in if all were able."""
        only = {"workers": sorted(self.able)} if self.is_choosing else {}
        return _Guarded(self.client.get_executor(pure=False, retries=2, **only), software())

    def check(self) -> None:
        """Makes sure that somebody is there, once a pulse.

        Raises:
            LostClusterError: nobody has been for a while, or somebody came who cannot do it.
        """
        now = time.monotonic()
        if now - self._asked < PULSE:
            return
        self._asked = now
        try:
            threads = _threads(self.client, ANSWER)
        except TimeoutError:  # it is busy; of one that has ended the connection ends
            return
        is_alone = threads is None or not self._are_able(set(threads))
        self._alone_since = min(self._alone_since, now) if is_alone else math.inf
        if now - self._alone_since > PATIENCE or self.client.status == "closed":
            raise LostClusterError(f"{self.address}: {GONE if threads is None else NOBODY}")

    def _are_able(self, present: set[str]) -> bool:
        """Whether one of them can run our worlds.

        Raises:
            LostClusterError: one has come that cannot, and would be given work.
        """
        if not self.is_choosing and (new := present - self.able):
            verdict = _judge(self.client, new)
            self.able |= verdict.able
            if verdict.unable:
                problem = "came, and cannot run this; --resume goes on without it"
                raise LostClusterError(f"{self.address}: {_listed(verdict.unable)} {problem}")
        return bool(present & self.able)


class _Guarded(Executor):
    """Has each piece of work done by our code of the package, or fail."""

    def __init__(self, executor: Executor, ours: Software) -> None:
        self._executor, self._ours = executor, ours

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """A future."""
        return self._executor.submit(only_with, self._ours, wrapped(fn, *args))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """No more work is given out; Dask drops what is not waited for."""
        self._executor.shutdown(wait=wait)


@dataclass(frozen=True)
class _Verdict:
    """Of workers: who can run our worlds, why others cannot, and what else is unusual."""

    able: set[str]
    unable: dict[str, str]
    remarks: tuple[str, ...]


def _crew_of(client: "Client", address: str) -> _Crew:
    """The workers that are there now.

    Raises:
        LostClusterError: neither they nor the scheduler can run our worlds.
    """
    try:
        threads = _threads(client, PATIENCE)
    except TimeoutError:
        threads = None
    if threads is None:
        raise LostClusterError(f"{address}: {GONE}")
    verdict = _judge(client, threads)
    reason = _why_not_scheduler(client) if verdict.able else _listed(verdict.unable)
    if reason or not verdict.able:
        raise LostClusterError(f"{address}: {NOBODY} once that is mended: {reason}")
    left_out = (f"left out: {_listed(verdict.unable)}",) if verdict.unable else ()
    return _Crew(
        client=client,
        address=address,
        able=verdict.able,
        is_choosing=bool(verdict.unable),
        threads=sum(threads[one] for one in verdict.able),
        remarks=(*left_out, *verdict.remarks),
    )


def _threads(client: "Client", patience: float) -> dict[str, int] | None:
    """Address → threads of the workers that are there; None if the scheduler has gone.

    Raises:
        TimeoutError: it does not answer for so long [s].
    """
    scheduler: Any = client.scheduler
    try:
        found: dict[str, int] = client.sync(scheduler.ncores, callback_timeout=patience)
    except TimeoutError:
        raise
    except (OSError, RuntimeError):
        return None
    return found


def _judge(client: "Client", addresses: Collection[str]) -> _Verdict:
    """Which of the workers can run our worlds, by what they say of themselves."""
    ours, able, unable, remarks = software(), set[str](), dict[str, str](), list[str]()
    told = client.run(software, workers=sorted(addresses), on_error="return")
    for address, theirs in told.items():
        if isinstance(theirs, OSError):
            continue  # it went away meanwhile
        if isinstance(theirs, BaseException):
            unable[address] = _reason(theirs)
        elif reason := unlike(ours, theirs):
            unable[address] = reason
        else:
            able.add(address)
            remarks += [f"{address}: {one}" for one in differing(ours, theirs)]
    return _Verdict(able, unable, tuple(remarks))


def _why_not_scheduler(client: "Client") -> str:
    """Why work cannot be given to the scheduler, which reads it too; empty if it can."""
    try:
        client.run_on_scheduler(software)
    except Exception as error:  # noqa: BLE001 - whatever it says
        return f"the scheduler: {_reason(error)}"
    return ""


def _reason(error: BaseException) -> str:
    """What an error of another process says; Dask wraps it."""
    said = str(error).partition("\n")[0]
    is_missing = "ModuleNotFoundError" in said or isinstance(error, ModuleNotFoundError)
    return f"{PACKAGE} is not installed there" if is_missing else said or type(error).__name__


def _listed(unable: dict[str, str]) -> str:
    """Such as `tcp://10.0.0.1:4000 (realpolitik is not installed there) and 7 more`."""
    told = [f"{address} ({reason})" for address, reason in list(unable.items())[:FEW]]
    more = f" and {len(unable) - FEW} more" if len(unable) > FEW else ""
    return f"{', '.join(told)}{more}"


# ── The scheduler ────────────────────────────────────────────────────────────────────


def _client_of(address: str) -> "Client":
    """A client of the scheduler at that address.

    Raises:
        NoClusterError: Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        advice = "pip install 'realpolitik[cluster]'"
        raise NoClusterError(f"a sweep on a cluster needs Dask: {advice}") from None
    _refuse_no_address(address)
    try:
        asyncio.run(_knock(address))
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        reason = f"no scheduler answers within {PATIENCE} s; `dask scheduler` starts one"
        raise NoClusterError(f"{address}: {reason} ({type(error).__name__})") from None
    except Exception as error:  # noqa: BLE001 - what another server says may be anything to Dask
        reason = "no Dask scheduler answers there; `dask scheduler` starts one"
        raise NoClusterError(f"{address}: {reason} ({type(error).__name__})") from None


def _refuse_no_address(address: str) -> None:
    """Says so if an address is none, before anything is tried.

    Raises:
        NoClusterError: it is none.
    """
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    try:
        scheme, place = parse_address(address)
        get_backend(scheme)
        host, _ = parse_host_port(place)
    except (ValueError, RuntimeError):
        host = ""
    if not host:
        raise NoClusterError(f"{address}: is no address of a cluster; expected tcp://HOST:PORT")


async def _knock(address: str) -> None:
    """Makes sure that Dask answers: its client waits for ever for one who only listens."""
    from distributed.comm.core import connect

    comm = await asyncio.wait_for(connect(address), PATIENCE)
    comm.abort()
