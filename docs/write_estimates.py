"""Writes the rates and weights that are estimated from a record of events.

    python docs/write_estimates.py --record FOLDER

FOLDER holds a record of events (`sim/record/icews.py`), of which the project ships no row. Learnt
is on 2014 and January 2018 to March 2019; 2021 is kept back for `realpolitik backtest`. Written are
`rates.csv` and `weights.csv` beside the actors, all that was tried in `data/weights_fit.csv` there,
and the rates by relation in `sim/engine/relation_rates.csv`.
"""

import argparse
from pathlib import Path

from realpolitik.sim.files.folder import write_file
from realpolitik.sim.record.estimate import estimate
from realpolitik.sim.record.estimates_file import csv_text, rates_text, tried_text, weights_text
from realpolitik.sim.record.icews import LEARNT, learnt, read_icews
from realpolitik.sim.record.rates import RELATION_COLUMNS, Counted, relation_rows
from realpolitik.sim.record.weekly import joined
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
AGENTS = ROOT / "agents"
SCENARIO = "record_weeks"
CITED = f"ICEWS2015: {', '.join(LEARNT)}"


def main() -> None:
    """Writes the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", type=Path, required=True)
    record = read_icews(parser.parse_args().record, vocabulary().actors)
    scenario = load_scenario(SCENARIO)
    weeks = joined([*learnt(record).values()])
    found = estimate(weeks, scenario)
    write_file(AGENTS / "rates.csv", rates_text(found, CITED))
    write_file(AGENTS / "weights.csv", weights_text(found, CITED))
    write_file(AGENTS / "data" / "weights_fit.csv", tried_text(found))
    rows = relation_rows(Counted.of(weeks, scenario), CITED)
    write_file(ROOT / "sim" / "engine" / "relation_rates.csv", csv_text(RELATION_COLUMNS, rows))


if __name__ == "__main__":
    main()
