"""What the bar says of how far a run is, and what is said where no bar is seen."""

import time
from typing import Any

import pytest
from rich.progress import Progress

from realpolitik.sim.cli.progress import describe_standing, duration, progress_bar, waiting
from realpolitik.sim.experiments.runner import Standing


@pytest.mark.parametrize(
    ("words", "said"), [({}, "Simulating"), ({"last": "Writing the page"}, "Writing the page")]
)
def test_the_bar_says_what_comes_last_only_where_there_is_something(
    monkeypatch: pytest.MonkeyPatch, words: dict[str, str], said: str
) -> None:
    seen = list[str]()

    def update(bar: Progress, task: int, **told: Any) -> None:
        seen.append(told["description"])

    monkeypatch.setattr(Progress, "update", update)
    with progress_bar(True, **words) as tell:
        tell(1, 2)
        tell(2, 2)
    assert seen == ["Simulating", said]


def work(monkeypatch: pytest.MonkeyPatch, seconds: float, *, wanted: bool = True) -> None:
    """Tells of a hundred pieces of work that take so long each, the first ten seconds more."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with waiting(wanted, "Trying 50 parameters") as tell:
        for done in range(1, 101):
            now[0] = 10 + seconds * done
            tell(done, 100)


def test_long_work_is_announced_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work(monkeypatch, 0.5)
    assert capsys.readouterr().err == "Trying 50 parameters; this takes about 47 s.\n"


@pytest.mark.parametrize(("seconds", "wanted"), [(0.01, True), (0.5, False)])
def test_nothing_is_said_of_short_work_or_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seconds: float,
    wanted: bool,
) -> None:
    work(monkeypatch, seconds, wanted=wanted)
    assert capsys.readouterr().err == ""


def test_progress_tells_of_points_speed_and_failures() -> None:
    standing = Standing(points=21, points_done=12, worlds=4000, run=4000, failures=1)
    assert describe_standing(standing, 2310.4) == "12 of 21 points, 2,310 worlds/s, 1 failed"
    assert describe_standing(Standing(points=2, points_done=2), 0.0) == "Analysing"


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (40, "40 s"), (720, "12 min"), (12_600, "3.5 h")]
)
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told
