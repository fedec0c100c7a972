"""Whatever is damaged in a record of ours, every verb that reads it says file and key, and ends."""

import copy
import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.files.parquet import write_table
from tests.cli.verbs import QUARREL

SWEEP = ("sweep", "short.yaml", "--set", "RUS.israel_ties=0,0.4", "--worlds", "20", "--jobs", "1")
READERS: dict[str, list[tuple[str, ...]]] = {
    "r/manifest.json": [
        ("report", "r"),
        ("explain", "r", "--actor", "IRN"),
        ("ablate", "r", "--actor", "IRN", "--worlds", "5"),
        ("flips", "r", "--outcome", "strike", "--parameter", "IRN.audience_cost", "--worlds", "5"),
        ("compare", "r", "short.yaml", "--worlds", "5", "--out", "k2"),
        ("run", "short.yaml", "--worlds", "20", "--out", "r"),
    ],
    "s/study.json": [
        ("report", "s"),
        ("sweep", "s"),
        ("sweep", "s", "--resume"),
        SWEEP_IN_S := (*SWEEP, "--out", "s"),
    ],
    "s/manifest.json": [("report", "s"), ("sweep", "s"), SWEEP_IN_S],
    "k/comparison.json": [
        COMPARE := ("compare", "short.yaml", "r", "--worlds", "20", "--out", "k")
    ],
}
WRONG: tuple[Any, ...] = (None, True, -7, 10**40, "seven", "\x1b[31m", [3], {"a": 1}, 1e308)
TRIES = 6  # damaged keys a verb and record

Key = tuple[int | str, ...]


def type_in(*words: str) -> Result:
    return CliRunner().invoke(cli, [*words, *(["--no-progress"] if words[0] == "sweep" else [])])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run `r`, a study `s` and a comparison `k`, as they were made."""
    here = tmp_path_factory.mktemp("made")
    (here / "short.yaml").write_text(QUARREL, encoding="utf-8")
    with chdir(here):
        for words in (("run", "short.yaml", "--worlds", "20", "--out", "r"), SWEEP_IN_S, COMPARE):
            done = type_in(*words)
            assert done.exit_code == 0, done.output
    return here


@pytest.fixture
def here(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy, in which verbs are typed."""
    shutil.copytree(made, tmp_path / "here", symlinks=True)
    with chdir(tmp_path / "here"):
        yield tmp_path / "here"


def keys_of(tree: Any, key: Key = ()) -> Iterator[Key]:
    """The keys of a record, and of all its parts."""
    for name, one in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*key, name)
        if isinstance(one, dict | list):
            yield from keys_of(one, (*key, name))


def holder(tree: Any, key: Key) -> Any:
    """What holds the last part of a key."""
    for part in key[:-1]:
        tree = tree[part]
    return tree


def damaged(tree: Any, rng: random.Random) -> Any:
    """A record with one key dropped, or with something else in its place."""
    spoilt = copy.deepcopy(tree)
    several = [key for key in keys_of(spoilt) if key[0] not in ("origin", "digest")]
    key = rng.choice([one for one in several if len(one) <= rng.randint(1, 4)])
    if rng.random() < 0.4:
        del holder(spoilt, key)[key[-1]]
    else:
        holder(spoilt, key)[key[-1]] = rng.choice(WRONG)
    return spoilt


CASES = [(name, words) for name, readers in READERS.items() for words in readers]


@pytest.mark.parametrize(("name", "words"), CASES)
def test_a_damaged_record_is_told_of_by_its_name(
    here: Path, name: str, words: tuple[str, ...]
) -> None:
    rng, whole = random.Random(f"{name} {words}"), json.loads((here / name).read_text())
    for _ in range(TRIES):
        (here / name).write_text(json.dumps(damaged(whole, rng)))
        done = type_in(*words)
        assert done.exit_code == 1, (done.output, done.exception)
        assert name in done.stderr
        assert "\x1b" not in done.output


@pytest.mark.parametrize(("name", "words"), CASES)
def test_what_no_digest_gives_away_still_ends_well_or_is_told_of(
    here: Path, name: str, words: tuple[str, ...]
) -> None:
    """Whoever means it can write a digest that fits."""
    rng, whole = random.Random(f"{words} {name}"), json.loads((here / name).read_text())
    for _ in range(TRIES):
        (here / name).write_text(json.dumps(sealed(damaged(whole, rng))))
        done = type_in(*words)
        assert done.exit_code in (0, 1), (done.output, done.exception)


NO_JSON: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda whole: whole[: len(whole) // 2],
    "empty": lambda whole: b"",
    "UTF-16": lambda whole: whole.decode().encode("utf-16"),
    "a list": lambda whole: b"[" + whole + b"]",
    "nested": lambda whole: b"[" * 5000,
    "NaN": lambda whole: whole.replace(b'"worlds": 20', b'"worlds": NaN').replace(
        b": 20", b": NaN"
    ),
    "newer": lambda whole: whole.replace(b'"format": 2', b'"format": 99'),
}


@pytest.mark.parametrize("how", NO_JSON)
@pytest.mark.parametrize(("name", "words"), [(name, one[0]) for name, one in READERS.items()])
def test_what_is_no_record_is_told_of(
    here: Path, name: str, words: tuple[str, ...], how: str
) -> None:
    whole = (here / name).read_bytes()
    (here / name).write_bytes(NO_JSON[how](whole))
    done = type_in(*words)
    assert done.exit_code == 1, (done.output, done.exception)
    assert name in done.stderr
    assert ("newer version" in done.stderr) == (how == "newer")


@pytest.mark.parametrize("name", ["r/scenario.yaml", "r/runs.parquet", "r/events.parquet"])
@pytest.mark.parametrize("words", READERS["r/manifest.json"][:5])
def test_no_verb_takes_a_run_of_which_a_file_was_changed(
    here: Path, name: str, words: tuple[str, ...]
) -> None:
    content = (here / name).read_bytes()
    (here / name).write_bytes(content.replace(b"pressure: 0.9", b"pressure: 0.1") + b"\n")
    done = type_in(*words)
    assert (done.exit_code, name in done.stderr) == (1, True), done.output


# ── Tables whose digests fit ─────────────────────────────────────────────────────────

PART = "parts/0000000-000000000-0020.parquet"
REFUSED = [
    *("r/runs.parquet strike 9e18", "r/runs.parquet peak text", "r/runs.parquet world 3"),
    *("r/runs.parquet peak -", "r/runs.parquet peak inf", "r/runs.parquet strike nan"),
    *("r/weeks.parquet mean text", "r/weeks.parquet week 4", "r/weeks.parquet measure -"),
    *("r/weeks.parquet q95 inf", "r/events.parquet world 20", "r/events.parquet week 0"),
    *("r/events.parquet world -", "r/events.parquet on text", "r/events.parquet action nan"),
    *("r/acts.parquet actor -", "r/acts.parquet per_world nan", "r/acts.parquet background text"),
    *(f"s/{PART} strike 7", f"s/{PART} peak text", f"s/{PART} peak inf", f"s/{PART} peak -"),
    *("s/points.parquet RUS.israel_ties text", "s/points.parquet RUS.israel_ties nan"),
    *("s/points.parquet RUS.israel_ties -", "s/points.parquet point 0"),
]
"""File, column, and what stands in all its rows instead; `-` where it is taken away."""


def spoil(file: Path, column: str, value: str) -> None:
    """Writes a table with another column, and the digests that belong to it."""
    table = pd.read_parquet(file)
    if value == "-":
        table = table.drop(columns=column)
    else:
        kind = np.int64 if value.isdigit() else np.float64
        table[column] = value if value == "text" else kind(value)
    with file.open("wb") as stream:
        write_table(stream, table)
    home = file.parent.parent if file.parent.name == "parts" else file.parent
    manifest = json.loads((home / "manifest.json").read_text())
    name = file.relative_to(home).as_posix()
    manifest["files"][name] = sha256(file.read_bytes()).hexdigest()
    (home / "manifest.json").write_text(json.dumps(sealed(manifest)))


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_table_that_nothing_here_can_have_written_is_told_of_by_file_and_column(
    here: Path, wrong: str
) -> None:
    name, column, value = wrong.split()
    spoil(here / name, column, value)
    for words in READERS["r/manifest.json"][:5] if name[0] == "r" else [("report", "s")]:
        done = type_in(*words)
        assert done.exit_code == 1, (done.output, done.exception)
        assert name in done.stderr
        assert column in done.stderr


@pytest.mark.parametrize("wrong", [one for one in REFUSED if PART in one])
def test_such_a_part_of_a_study_is_made_anew(here: Path, wrong: str) -> None:
    name, column, value = wrong.split()
    before = pd.read_parquet(here / name)
    spoil(here / name, column, value)
    assert type_in("sweep", "s", "--resume", "--jobs", "1").exit_code == 0
    pd.testing.assert_frame_equal(pd.read_parquet(here / name), before)
