"""`realpolitik flips`: what a conclusion and a choice hang on, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.verbs import QUARREL, Verb

FLIPS = Verb("flips")
OUTCOME = ("short.yaml", "--outcome", "strike", "--worlds", "40")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(QUARREL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_weights_of_an_actor_nearest_flip_first() -> None:
    told = FLIPS.answer(*OUTCOME, "--actor", "IRN")
    shares = [row["share_of_range"] for row in told["rows"] if row["share_of_range"] is not None]
    assert shares == sorted(shares)
    assert shares
    assert {row["address"].partition(".")[0] for row in told["rows"]} == {"IRN"}
    assert "realpolitik flips short.yaml --outcome strike" in told["command"]


def test_what_never_flips_is_one_line_and_a_row_of_the_page(here: Path) -> None:
    named = ("--parameter", "RUS.legal_bar", "--parameter", "RUS.saudi_ties")
    printed = FLIPS.well(*OUTCOME, *named, "--level", "0.99", "--out", "flips.html")
    assert "RUS.legal_bar" not in printed
    assert "2 parameters; a page (--out) lists them." in printed
    assert "RUS.legal_bar" in (here / "flips.html").read_text(encoding="utf-8")


def test_processes_find_the_same() -> None:
    words = (*OUTCOME, "--parameter", "IRN.domestic_pressure")
    assert (
        FLIPS.answer(*words, "--jobs", "2")["rows"] == FLIPS.answer(*words, "--jobs", "1")["rows"]
    )


def test_choice_with_what_would_have_been_likelier() -> None:
    week = ("short.yaml", "--actor", "IRN", "--world", "1", "--week", "1")
    words = (*week, "--target", "ISR", "--track", "force")
    printed = FLIPS.well(*words)
    assert "Israel" in printed
    assert "(force)" in printed
    assert "log odds" in printed
    rows = FLIPS.answer(*words)["rows"]
    assert {"margin", "at_low", "at_high", "instead"} <= set(rows[0])


@pytest.mark.parametrize(
    ("which", "meant"),
    [
        (("--action", "denounce"), "--action denounce"),
        (("--action", "limited_strike"), "--track force"),
        (("--track", "force"), "--track force"),
    ],
)
def test_a_choice_is_named_by_its_action_or_its_track(which: tuple[str, ...], meant: str) -> None:
    week = ("short.yaml", "--actor", "IRN", "--world", "1", "--week", "1", "--target", "ISR")
    told = FLIPS.answer(*week, *which)
    assert told["command"].endswith(f"--target ISR {meant} --seed 0")
    assert FLIPS.answer(*told["command"].split()[2:])["rows"] == told["rows"]


@pytest.mark.drawn
@pytest.mark.parametrize(
    "words", [(*OUTCOME, "--actor", "RUS"), ("short.yaml", "--actor", "IRN", "--world", "1")]
)
def test_page_is_written(here: Path, words: tuple[str, ...]) -> None:
    assert "Page  flips.html" in FLIPS.well(*words, "--out", "flips.html")
    assert "What it hangs on" in (here / "flips.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "say what is to flip"),
        (["short.yaml", "--actor", "IRN"], 2, "say what is to flip"),
        (["short.yaml", "--outcome", "srtike"], 1, "did you mean 'strike'"),
        (["short.yaml", "--outcome", "peak"], 2, "say --level"),
        (["short.yaml", "--outcome", "peak", "--level", "nan"], 2, "not a finite number"),
        (["short.yaml", "--outcome", "strike", "--level", "50"], 1, "a share, from 0 to 1"),
        (["short.yaml", "--outcome", "strike", "--world", "1"], 2, "--world is for a choice"),
        (["short.yaml", "--outcome", "strike", "--actor", "RSU"], 1, "did you mean 'RUS'"),
        (
            ["short.yaml", "--outcome", "strike", "--parameter", "RUS.isreal_ties"],
            1,
            "--parameter: unknown parameter 'RUS.isreal_ties'; did you mean 'RUS.israel_ties'",
        ),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--week", "4"], 1, "only 3 weeks"),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--track", "forces"], 2, "force"),
        (
            [
                "short.yaml",
                *("--actor", "IRN", "--world", "1", "--action", "warn"),
                "--track",
                "force",
            ],
            2,
            "--track and --action: give one",
        ),
        (
            ["short.yaml", "--actor", "IRN", "--world", "1", "--action", "wran"],
            1,
            "--action: unknown action 'wran'",
        ),
        (
            ["short.yaml", "--actor", "IRN", "--world", "1", "--target", "IRN"],
            1,
            "--target: unknown target 'IRN'",
        ),
        (["short.yaml", "--outcome", "strike", "--target", "ISR"], 2, "--target is for a choice"),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--level", "1"], 2, "are for outcomes"),
        (["short.yaml", "--outcome", "strike", "--out", "."], 1, "such as flips.html"),
        (["nothing.yaml", "--outcome", "strike"], 1, "nothing.yaml"),
    ],
)
def test_bad_input_is_told_in_a_line(words: list[str], code: int, told: str) -> None:
    FLIPS.refused(words, code, told)
