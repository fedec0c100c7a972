"""Fits the offsets of `agents/rates.csv`, so that ordinary weeks have the rates of the record.

    python docs/write_offsets.py [--rounds 6] [--worlds 2000] [--seed 1]

Ordinary weeks are those of the scenario `no_shock`, run free. In each round the offset of an act
moves by the log odds of its share of weeks over those of its rate, divided by the precision: the
usual way to set alternative-specific constants (Train 2009, 2.8). Shares of less than one week in a
thousand are not told from chance, and count as that. All rounds are kept in
`agents/data/offsets_fit.csv`, a row an act; the last one is written into the table of rates.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import pandas as pd

from realpolitik.sim import simulate
from realpolitik.sim.engine.parameters import constants
from realpolitik.sim.scenario.vocabulary import vocabulary

AGENTS = Path(__file__).parents[1] / "agents"
RATES, ROUNDS = AGENTS / "rates.csv", AGENTS / "data" / "offsets_fit.csv"
SCENARIO = "no_shock"
LEAST = 0.001
LARGEST = 0.5  # an offset beyond it would outweigh every incentive
KEYS = ["of", "toward", "action"]


def main() -> None:
    """Runs the rounds and writes both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--worlds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    table = pd.read_csv(RATES, dtype=str).fillna("")
    kept = table[[*KEYS, "rate"]].copy()
    for number in range(1, given.rounds + 1):
        shares = shares_of_weeks(table, given.worlds, given.seed)
        offsets = moved(table["offset"].astype(float), shares, table["rate"].astype(float))
        kept[f"share_{number}"] = shares.round(4)
        kept[f"offset_{number}"] = offsets.round(4)
        print(f"round {number}: {distance(shares, table['rate'].astype(float)):.4f} in log odds")
        table["offset"] = [f"{offset:.4f}" for offset in offsets]
        write(table)
    kept.to_csv(ROUNDS, index=False, lineterminator="\n")


def shares_of_weeks(table: pd.DataFrame, worlds: int, seed: int) -> "pd.Series[float]":
    """Share of world-weeks with each act of the table, in the model with its offsets."""
    vocabulary.cache_clear()
    result = simulate(SCENARIO, worlds, seed)
    done = result.acts.set_index(["actor", "on", "action"])["per_world"] / result.scenario.weeks
    places = list(table[KEYS].itertuples(index=False, name=None))
    return pd.Series(done.reindex(places, fill_value=0.0).to_numpy(), index=table.index)


def moved(
    offsets: "pd.Series[float]", shares: "pd.Series[float]", rates: "pd.Series[float]"
) -> "pd.Series[float]":
    """The offsets of the next round."""
    precision = next(one.default for one in constants() if one.address == "world.precision")
    return (offsets + (log_odds(shares) - log_odds(rates)) / precision).clip(-LARGEST, LARGEST)


def log_odds(shares: "pd.Series[float]") -> "pd.Series[float]":
    """Log odds of shares, none of them told from chance below `LEAST`."""
    kept = shares.clip(LEAST, 1 - LEAST)
    return np.log(kept / (1 - kept))


def distance(shares: "pd.Series[float]", rates: "pd.Series[float]") -> float:
    """Mean distance of shares from rates in log odds."""
    return float((log_odds(shares) - log_odds(rates)).abs().mean())


def write(table: pd.DataFrame) -> None:
    """Writes the table of rates."""
    table.to_csv(RATES, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


if __name__ == "__main__":
    main()
