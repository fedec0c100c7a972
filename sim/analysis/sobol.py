"""Sobol indices of a study, as a table; how they are found stands in `indices`."""

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.indices import FIGURES, indices
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import Rows, Tally, assessable, came


def sobol(findings: Findings) -> pd.DataFrame:
    """First and total indices of each outcome and address, for the design of Saltelli.

    Columns: outcome, address, first, first_low, first_high, total, total_low, total_high (whole
    uncertainty), first_noise_low, first_noise_high, total_noise_low, total_noise_high (other
    worlds, at the same points), n (worlds, the least of the points used), points (those used: a row
    of the design that lacks a point is left out whole), came (of weeks the share of worlds in which
    it came, else NaN). Where the variance over the points cannot be told from noise there is no
    index to be estimated: it is NaN, and may be anything from 0 to 1. Estimates may lie a little
    outside that. Intervals are NaN below two batches, where noise can neither be removed.

    Raises:
        ValueError: the points are not whole rows of the design.
    """
    addresses = findings.addresses
    tables = []
    for name, scale in findings.scales.items():
        blocks = whole_blocks(findings.tallies[name], len(addresses) + 2)
        rng = np.random.default_rng(int(findings.study["seed"]))
        figures = indices(findings.tallies[name], blocks, rng)
        ids = pd.DataFrame({"outcome": name, "address": addresses})
        table = ids.assign(**{key: figures[key] for key in FIGURES})
        n = least_worlds(findings.tallies[name], blocks)
        share = mean_came(findings.tallies[name], scale, blocks)
        tables.append(table.assign(n=n, points=blocks.size, came=share))
    return pd.concat(tables, ignore_index=True)


def whole_blocks(tally: Tally, size: int) -> Rows:
    """Rows of the points, a block a line, of the blocks in which every point has a value.

    Raises:
        ValueError: the number of points is no multiple of the size of a block.
    """
    if len(tally.n) % size:
        raise ValueError(f"{len(tally.n)} points are no multiple of {size}, a row of the design")
    blocks = np.arange(len(tally.n)).reshape(-1, size)
    return np.asarray(blocks[assessable(tally)[blocks].all(axis=1)])


def least_worlds(tally: Tally, rows: Rows) -> int:
    """The least number of worlds at any of these points; 0 of none."""
    return int(tally.n[rows].sum(axis=-1).min()) if rows.size else 0


def mean_came(tally: Tally, scale: Scale, rows: Rows) -> float:
    """Of weeks the share of worlds in which it came, the mean over these points; else NaN."""
    return float(came(tally, scale)[rows].mean()) if rows.size else float("nan")
