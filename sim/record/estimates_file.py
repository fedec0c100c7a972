"""An estimate on disk: a folder of tables, which a scenario or a package of actors can use.

`rates.csv` and `weights.csv` may lie beside the modules of actors; `parameters.yaml` holds the same
numbers for a scenario; `covariance.csv` is that of the weights, and `estimate.json` says what it
is from. Every weight that was tried is in `tried.csv`.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from realpolitik.sim.record.estimate import WEIGHT_COLUMNS, Estimate
from realpolitik.sim.record.rates import PAIR_COLUMNS, pair_row

SHIPPED = ("address", "estimate", "low", "high", "error", "source")
"""Columns of the weights that the record told."""

DIGITS = 4


def rates_text(found: Estimate, cited: str) -> str:
    """The table of rates; `cited` says which record it is from."""
    rows = (
        pair_row(one, found.offsets.get((*one.pair, one.action), 0.0), cited) for one in found.rates
    )
    return csv_text(PAIR_COLUMNS, rows)


def weights_text(found: Estimate, cited: str) -> str:
    """The table of the weights that the record told."""
    told = found.told.round(DIGITS).assign(source=f"{cited}; 95 % interval")
    return csv_text(SHIPPED, told[[*SHIPPED]].itertuples(index=False))


def tried_text(found: Estimate) -> str:
    """The table of all weights that were tried."""
    return csv_text(WEIGHT_COLUMNS, found.weights.round(DIGITS).itertuples(index=False))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The text of a CSV table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()
