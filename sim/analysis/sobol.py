"""Sobol indices: what share of an outcome's variance over the points is due to which address.

The point means are noisy, and under common random numbers their noise has much in common. Both
would go into the indices, whose parts are products of means: of the variance and of the total
effects always, of the first-order effects where the noise of neighbouring points is alike. So the
numerators and the variance are taken by SALib (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018;
totals by Jansen 1999, doi:10.1016/S0010-4655(98)00154-4) with all batches and without each, and
their bias is removed by the jack-knife. They are quadratic in the means, so that with batches of
equal size it is removed exactly: what remains are products of different batches.

Two things are left open. *Noise*: the indices in other worlds, by the jack-knife over batches.
*Design*: the indices at other points, by a bootstrap of the rows of the design (Archer et al. 1997,
doi:10.1080/00949659708811825). Either is taken for the ratio by its linear part. The whole is their
sum of squares, which counts what both share twice, and the bootstrap takes for chance what a Sobol
sequence spreads evenly: so the whole interval errs on the wide side.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from SALib.analyze.sobol import first_order, total_order

from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale, Z
from realpolitik.sim.stats.jackknife import (
    Rows,
    Tally,
    assessable,
    came,
    pseudo_values,
    student,
    without_each,
)

# ── Indices ──────────────────────────────────────────────────────────────────────────


RESAMPLES = 200
FLAT = 1e-12
FIGURES = (
    *("first", "first_low", "first_high", "total", "total_low", "total_high"),
    *("first_noise_low", "first_noise_high", "total_noise_low", "total_noise_high"),
)


def indices(tally: Tally, blocks: Rows, rng: np.random.Generator) -> Mapping[str, Array]:
    """The figures of one outcome, each (addresses,), from blocks (rows, addresses + 2).

    Where the variance over the points cannot be told from noise an index is NaN, its interval 0
    to 1.
    """
    nothing = _anything(blocks.shape[1] - 2)
    if len(blocks) < 2:
        return nothing
    means = np.concatenate([tally.mean[blocks][..., None], without_each(tally, blocks)], axis=-1)
    wide = means[..., 0].std()
    if wide <= FLAT * np.abs(means).max():
        return nothing
    means = (means - means.mean(axis=(0, 1))) / wide
    if means.shape[-1] - 1 < 2:
        return _raw(parts(means)[:, 0])
    return _told_from_noise(means, rng) or nothing


def _anything(addresses: int) -> Mapping[str, Array]:
    """The figures where there is no variance to be shared out: an index may be anything."""
    ends = {"low": 0.0, "high": 1.0}
    return {name: np.full(addresses, ends.get(name.split("_")[-1], np.nan)) for name in FIGURES}


def _raw(found: Array) -> Mapping[str, Array]:
    """Indices without intervals, noise and all, from their parts (1 + 2 addresses,)."""
    unknown = np.full(len(found) - 1, np.nan)
    index = found[1:] / found[0] if found[0] > 0 else unknown
    return _figures(index, unknown, unknown)


def _told_from_noise(means: Array, rng: np.random.Generator) -> Mapping[str, Array]:
    """The figures from means (rows, addresses + 2, 1 + batches); none where noise is all."""
    batches = means.shape[-1] - 1
    pseudo = _unbiased(means)
    found, errors = pseudo.mean(axis=-1), error_of_mean(pseudo)
    variance = float(found[0])
    if variance <= student(batches) * errors[0]:
        return {}
    index = found[1:] / variance
    noise = student(batches) * error_of_mean(_linear(pseudo, index, variance))
    design = Z * _linear(_redesigned(means, rng), index, variance).std(axis=-1, ddof=1)
    return _figures(index, noise, np.hypot(noise, design))


def error_of_mean(values: Array) -> Array:
    """Standard error of the mean of independent values, over the last axis."""
    return np.asarray(values.std(axis=-1, ddof=1) / np.sqrt(values.shape[-1]))


def _redesigned(means: Array, rng: np.random.Generator) -> Array:
    """The parts, noise removed, of designs made of resampled rows, (1 + 2 addresses, RESAMPLES)."""
    rows = rng.integers(len(means), size=(RESAMPLES, len(means)))
    return np.stack([_unbiased(means[one]).mean(axis=-1) for one in rows], axis=-1)


def parts(means: Array) -> Array:
    """What the indices are made of, by SALib, (1 + 2 addresses, K).

    That is the variance, then the numerators of the first-order indices, then those of the totals.
    `means` (rows, addresses + 2, K) holds K designs of Saltelli, each row A, AB of each address, B.
    """
    a, b = means[:, 0], means[:, -1]
    mixed = [means[:, j] for j in range(1, means.shape[1] - 1)]
    ends = np.concatenate([a, b])
    if np.ptp(ends) <= np.finfo(float).eps:  # SALib would warn
        return np.zeros((1 + 2 * len(mixed), means.shape[2]))
    variance = ends.var(axis=0)
    first = [variance * first_order(a, ab, b) for ab in mixed]
    total = [variance * total_order(a, ab, b) for ab in mixed]
    return np.array([variance, *first, *total])


def _unbiased(means: Array) -> Array:
    """Pseudo-values of the parts, (1 + 2 addresses, batches).

    `means` (rows, addresses + 2, 1 + batches) are those of all batches, then without each.
    """
    found = parts(means)
    return pseudo_values(found[:, 0], found[:, 1:])


def _linear(values: Array, index: Array, variance: float) -> Array:
    """Linear part of the ratios' deviations, (2 addresses, K), from parts (1 + 2 addresses, K)."""
    return np.asarray((values[1:] - index[:, None] * values[0]) / variance)


def _figures(index: Array, noise: Array, whole: Array) -> Mapping[str, Array]:
    """The figures by name, from first and total indices and half-widths, (2 addresses,) each."""
    found: dict[str, Array] = {}
    for name, number in (("first", 0), ("total", 1)):
        middle, apart, around = (one.reshape(2, -1)[number] for one in (index, noise, whole))
        found |= {name: middle, f"{name}_low": middle - around, f"{name}_high": middle + around}
        found |= {f"{name}_noise_low": middle - apart, f"{name}_noise_high": middle + apart}
    return found


# ── The table of indices ─────────────────────────────────────────────────────────────


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
