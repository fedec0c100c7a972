"""Fits the offsets of `agents/rates.csv`, so that ordinary weeks have the rates of the record.

    python docs/write_offsets.py [--rounds 6] [--worlds 2000] [--seed 1]

Ordinary weeks are those of the scenario `no_shock`, run free. In each round the offset of an act
moves by half the difference between the log odds of the act against hold in the model and those of
the rates, divided by the precision: the usual way to set alternative-specific constants (Train
2009, 2.8), damped as acts answer each other. Shares of less than one week in a thousand are not
told from chance, and count as that. All rounds are kept in `agents/data/offsets_fit.csv`, a row an
act; the offsets written into the table of rates are the means of the second half of the rounds.
"""

import argparse
import csv
import sys
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from realpolitik.sim import simulate
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.parameters import constants
from realpolitik.sim.scenario.vocabulary import vocabulary

AGENTS = Path(__file__).parents[1] / "agents"
RATES, ROUNDS = AGENTS / "rates.csv", AGENTS / "data" / "offsets_fit.csv"
SCENARIO = "no_shock"
LEAST, LEAST_LEFT = 0.001, 0.002
STEP = 0.5
LARGEST = 0.5  # an offset beyond it would outweigh every incentive
KEYS = ["of", "toward", "action"]

Numbers: TypeAlias = "pd.Series[float]"


def main() -> None:
    """Runs the rounds and writes both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    table = pd.read_csv(RATES, dtype=str).fillna("")
    rates, offsets = table["rate"].astype(float), table["offset"].astype(float)
    rounds, tried = [], table[[*KEYS, "rate"]].copy()
    wanted = log_odds(table, rates)
    for number in range(1, given.rounds + 1):
        shares = shares_of_weeks(table, given.worlds, given.seed)
        excess = log_odds(table, shares) - wanted
        offsets = (offsets + STEP * excess / precision()).clip(-LARGEST, LARGEST)
        rounds.append(offsets)
        tried[f"share_{number}"], tried[f"offset_{number}"] = shares.round(4), offsets.round(4)
        sys.stdout.write(f"round {number}: {excess.abs().mean():.4f} in log odds\n")
        write(table, offsets)
    write(table, sum(rounds[given.rounds // 2 :]) / (given.rounds - given.rounds // 2))
    tried.to_csv(ROUNDS, index=False, lineterminator="\n")


def shares_of_weeks(table: pd.DataFrame, worlds: int, seed: int) -> Numbers:
    """Share of world-weeks with each act of the table, in the model with its offsets."""
    vocabulary.cache_clear()
    result = simulate(SCENARIO, worlds, seed)
    done = result.acts.set_index(["actor", "on", "action"])["per_world"] / result.scenario.weeks
    places = list(table[KEYS].itertuples(index=False, name=None))
    return pd.Series(done.reindex(places, fill_value=0.0).to_numpy(), index=table.index)


def log_odds(table: pd.DataFrame, shares: Numbers) -> Numbers:
    """Log odds of acts against doing nothing in the same choice."""
    kept = shares.clip(LEAST)
    groups = [table["of"], table["toward"], table["action"].map(lambda name: NAMED[name].choice)]
    left = (1 - kept.groupby(groups).transform("sum")).clip(LEAST_LEFT)
    return pd.Series(np.log(kept / left), index=shares.index)


def precision() -> float:
    """The default precision."""
    return next(one.default for one in constants() if one.address == "world.precision")


def write(table: pd.DataFrame, offsets: Numbers) -> None:
    """Writes the table of rates with these offsets."""
    table = table.assign(offset=[f"{offset:.4f}" for offset in offsets])
    table.to_csv(RATES, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


if __name__ == "__main__":
    main()
