"""What is said of how long something takes where no bar is seen."""

import time

import pytest

from realpolitik.sim.cli.progress import waiting


def said(monkeypatch: pytest.MonkeyPatch, seconds: float, *, wanted: bool = True) -> None:
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
    said(monkeypatch, 0.5)
    assert capsys.readouterr().err == "Trying 50 parameters; this takes about 47 s.\n"


@pytest.mark.parametrize(("seconds", "wanted"), [(0.01, True), (0.5, False)])
def test_nothing_is_said_of_short_work_or_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seconds: float,
    wanted: bool,
) -> None:
    said(monkeypatch, seconds, wanted=wanted)
    assert capsys.readouterr().err == ""
