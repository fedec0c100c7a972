"""What a person sees: the page of a study in a real browser, on a desk and on a telephone."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.documents.study_sample import sample as made_up

Spoil = Callable[[Any], None]
SAMPLERS = ("grid", "one_at_a_time", "latin_hypercube", "sobol", "morris")


def written(sample: Any, folder: Path) -> Path:
    path = folder / "study.html"
    path.write_text(sample.page(), encoding="utf-8")
    return path


LOOKS = [  # sampler, addresses, width [px]
    *(("grid", size, 390) for size in (1, 20)),
    *((sampler, 20, 390) for sampler in SAMPLERS[1:]),
    *((sampler, 20, 1280) for sampler in ("grid", "sobol")),
]


def test_every_sampler_reads_well(chromium: Any, tmp_path: Path) -> None:
    faults = {
        (sampler, addresses, width): found
        for sampler, addresses, width in LOOKS
        for path in [written(made_up(sampler, addresses), tmp_path)]
        if (found := chromium.look(path, width).faults())
    }
    assert faults == {}


def constant(sample: Any) -> None:
    """Nothing moves anything."""
    tables = sample.tables
    tables["summary"] = tables["summary"].assign(mean=0.25, low=0.2, high=0.3)
    tables["spread"] = tables["spread"].assign(parameter_sd=0.0, least=0.25, greatest=0.25)
    for name, columns in {
        "curves": {"mean": 0.25, "low": 0.2, "high": 0.3},
        "effects": {"at_low": 0.25, "at_high": 0.25, "difference": 0.0, "low": 0.0, "high": 0.0},
        "morris": {"mu": 0.0, "mu_star": 0.0, "mu_star_low": 0.0, "mu_star_high": 0.0, "sigma": 0},
    }.items():
        if name in tables:
            tables[name] = tables[name].assign(**columns)
    without_a_variance(sample)
    sample.study["favoured"] = None


def without_a_variance(sample: Any) -> None:
    """Indices are unknown, as where nothing can be told from noise."""
    if "sobol" in sample.tables:
        numbers = sample.tables["sobol"].columns.drop(["outcome", "address", "n", "points"])
        sample.tables["sobol"][numbers] = np.nan


def never_came(sample: Any) -> None:
    """No outcome has a value anywhere."""
    kept = {"outcome", "point", "address", "value", "n", "worlds", "direction", "note", "box"}
    for name in set(sample.tables) - {"boxes", "peeling"}:
        table = sample.tables[name]
        gone = [column for column in table if column not in kept]
        sample.tables[name] = table.assign(**dict.fromkeys(gone, np.nan))


def seldom_came(sample: Any) -> None:
    """Every third point has no value, and one outcome none at all."""
    for name in ("summary", "curves"):
        if name in sample.tables:
            table = sample.tables[name].reset_index(drop=True)
            gone = (table.index % 3 == 0) | (table["outcome"] == "rung")
            table.loc[gone, ["mean", "low", "high"]] = np.nan
            sample.tables[name] = table


def one_world(sample: Any) -> None:
    """Nothing is known of chance: no intervals."""
    kept = {"value_low", "value_high", "at_low", "at_high"}
    for name in set(sample.tables) - {"boxes", "peeling"}:
        table = sample.tables[name]
        ends = [each for each in table if each.endswith(("low", "high", "noise_sd"))]
        sample.tables[name] = table.assign(**dict.fromkeys(set(ends) - kept, np.nan))


def long_names(sample: Any) -> None:
    """Labels and addresses of sixty characters."""
    for outcome in sample.study["outcomes"]:
        outcome["label"] = f"{outcome['label']}, that is what nobody would say shorter"[:60]
    names = {
        each["address"]: f"{each['address']}.of_what_takes_a_long_name_to_be_told_from_all"[:60]
        for each in sample.study["vary"]
    }
    for each in sample.study["vary"]:
        each["address"] = names[each["address"]]
    sample.points = sample.points.rename(columns=names)
    for name, table in sample.tables.items():
        if "address" in table:
            sample.tables[name] = table.assign(address=table["address"].map(names))


def elsewhere(sample: Any) -> None:
    """The scenario's own values lie outside the ranges, or are not known."""
    for place, each in enumerate(sample.study["vary"]):
        each["default"] = math.nan if place % 2 else 5.0


def crossed_thrice(sample: Any) -> None:
    """Thresholds that are crossed again and again, beyond the end of the range too."""
    if "tipping" in sample.tables:
        table = sample.tables["tipping"]
        rows = [
            table.assign(value=value, low=value - 0.05, high=value + 0.05, direction=direction)
            for value, direction in ((0.01, "falling"), (0.31, "rising"), (0.79, "falling"))
        ]
        sample.tables["tipping"] = pd.concat(rows, ignore_index=True)


def failed(sample: Any) -> None:
    """Blocks that could not be computed, and notes."""
    errors = {
        "point": range(60),
        "first_world": 0,
        "worlds": 40,
        "error": "ValueError: " + "no such thing " * 9,
    }
    sample.failures = pd.DataFrame(errors)
    gone = sample.tables["summary"]["point"] == 0
    sample.tables["summary"] = sample.tables["summary"][~gone]
    sample.notes = ["RUS.x goes beyond its declared range.", "No boxes: nothing was favoured."]


def no_tables(sample: Any) -> None:
    """Nothing came of it."""
    sample.tables = {}


UNLIKE = ("grid", "sobol", "morris")  # between them they have nearly every chart
CASES: dict[str, tuple[tuple[Spoil, ...], tuple[str, ...]]] = {  # samplers whose charts it changes
    "constant": ((constant,), UNLIKE),
    "never came": ((never_came,), SAMPLERS),
    "seldom came": ((seldom_came,), ("grid", "latin_hypercube")),
    "one world": ((one_world,), UNLIKE),
    "failed, with long names": ((failed, long_names), UNLIKE),
    "elsewhere, crossed thrice": ((elsewhere, crossed_thrice), ("one_at_a_time",)),
    "nothing came of it": ((no_tables,), ("grid",)),
}
OF_ONE_ADDRESS = ("constant", "never came", "elsewhere, crossed thrice")


@pytest.mark.parametrize("case", CASES)
def test_odd_studies_read_well(case: str, chromium: Any, tmp_path: Path) -> None:
    spoils, samplers = CASES[case]
    sizes = [(sampler, 3) for sampler in samplers]
    sizes += [("grid", 1)] if case in OF_ONE_ADDRESS else []
    faults = {}
    for sampler, addresses in sizes:
        sample = made_up(sampler, addresses)
        for spoil in spoils:
            spoil(sample)
        faults[sampler, addresses] = chromium.look(written(sample, tmp_path), 390).faults()
    assert {size: found for size, found in faults.items() if found} == {}
