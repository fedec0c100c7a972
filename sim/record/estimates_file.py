"""An estimate on disk: a folder of tables, which a scenario or a package of actors can use.

`rates.csv` and `weights.csv` may lie beside the modules of actors; `parameters.yaml` holds the same
numbers for a scenario; `covariance.csv` is that of the weights, and `estimate.json` says what it
is from. Every weight that was tried is in `tried.csv`.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.files.folder import Folder
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


def covariance_text(found: Estimate) -> str:
    """The table of the covariance of the weights that the record told."""
    table = found.covariance
    rows = ((name, *map(repr, map(float, table.loc[name]))) for name in table.index)
    return csv_text(("address", *table.columns), rows)


def parameters_text(found: Estimate) -> str:
    """Address → value of the rates, and of the weights that the record told, for a scenario."""
    rates = {rate_address(*one.pair, one.action): one.rate for one in found.rates}
    return "".join(
        f"{address}: {round(value, DIGITS)}\n"
        for address, value in {**rates, **found.parameters}.items()
    )


def write_estimate(path: Path, found: Estimate, cited: str, facts: Mapping[str, object]) -> None:
    """Writes the folder of an estimate, whole or not at all; `facts` say what it is from.

    Raises:
        OSError: it cannot be written, or something is there already.
    """
    texts = {
        "rates.csv": rates_text(found, cited),
        "weights.csv": weights_text(found, cited),
        "tried.csv": tried_text(found),
        "covariance.csv": covariance_text(found),
        "parameters.yaml": parameters_text(found),
        "estimate.json": json.dumps({**facts, "choices": found.choices}, indent=2) + "\n",
    }
    with Folder(path.absolute().parent).new_folder(path.name) as folder:
        for name, text in texts.items():
            folder.write_text(name, text)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The text of a CSV table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()
