"""What many tests need: the shipped scenarios, read once, and the same surroundings everywhere."""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from realpolitik.sim import load_scenario
from realpolitik.sim.documents import html_page
from realpolitik.sim.documents.document import Chart
from realpolitik.sim.experiments import workers
from realpolitik.sim.scenario.schema import Scenario
from tests import browser as looking

# How long an example takes says nothing of the code on a machine that others use too.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Makes a terminal of no width, and Ctrl-C that is heard, whoever started the tests.

    The workers of xdist are told a width, and what is started in the background is deaf to Ctrl-C.
    """
    os.environ.pop("COLUMNS", None)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the tests beside this file, which take longest.

    So what is left in the end is short, and workers that are done can take their share of it.
    """
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


def pytest_collection_finish() -> None:
    """Keeps what pytest holds to the end out of what is searched for garbage.

    Models and their actors name each other, and so wait for a full search. Over thousands of tests
    that comes late and takes long: a worker grew by gigabytes. The second search makes Python
    forget how much there was before: it searches all only when a quarter more has come.
    """
    gc.collect()
    gc.freeze()
    gc.collect()


@pytest.fixture(autouse=True, scope="module")
def no_garbage() -> Iterator[None]:
    """Leaves nothing behind for the next file: the arrays of a model are large, and few."""
    yield
    gc.collect()


@pytest.fixture(autouse=True, scope="session")
def one_core() -> Iterator[None]:
    """Lets verbs start processes only where they are told how many: other tests have the cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "available_cores", lambda: 1)
        yield


@pytest.fixture(scope="session")
def haniyeh() -> Scenario:
    """The main scenario."""
    return load_scenario("haniyeh_2024")


@pytest.fixture(scope="session")
def no_shock() -> Scenario:
    """The same actors with nothing set in motion."""
    return load_scenario("no_shock")


# ── Pages ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a chart's name in its place on pages: drawing takes most of the time of a page."""

    def named(block: Chart) -> list[html_page.PagePart]:
        return [html_page.PagePart("text", f"Chart: {block.name}")]

    monkeypatch.setattr(html_page, "_chart", named)


# ── A browser for all pages ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def browser() -> ModuleType:
    """The helper module that opens pages."""
    return looking


@pytest.fixture(scope="session")
def chromium() -> Iterator[looking.Chromium]:
    """A browser with the network off; the test is skipped where there is none."""
    if looking.find_chromium() is None:
        pytest.skip(f"none of {', '.join(looking.NAMES)} is on PATH: no page is looked at")
    with looking.Chromium.started() as chromium:
        yield chromium
