"""How high each outcome is: at each point, and over all points."""

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale, Z
from realpolitik.sim.stats.jackknife import (
    Counts,
    Tally,
    assessable,
    came,
    error,
    half_width,
    of_points,
    standard_error,
    within,
    without_each,
)


def summary(findings: Findings) -> pd.DataFrame:
    """Each outcome at each point: outcome, point, mean, low, high, n, worlds, came.

    The interval is that of the point taken alone, for Monte Carlo error, as `Scale.level` has it.
    `n` counts the worlds in which it was measured, `worlds` all. `came` is, of weeks, the share of
    them in which it came; one that never came counts as the horizon.
    """
    tables = []
    for name, scale in findings.scales.items():
        tally = findings.tallies[name]
        low, high = of_points(tally, scale)
        tables.append(
            pd.DataFrame(
                {
                    "outcome": name,
                    "point": findings.points["point"].to_numpy(),
                    "mean": tally.mean,
                    "low": low,
                    "high": high,
                    "n": tally.n.sum(axis=1),
                    "worlds": findings.worlds,
                    "came": came(tally, scale),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def spread(findings: Findings) -> pd.DataFrame:
    """Each outcome over all points, and how much of its spread is due to the parameters.

    Columns: outcome, mean (over points), low, high (its Monte Carlo interval, at these points), n
    (worlds in all), points, parameter_sd, noise_sd (mean of `chance` over points), least, greatest
    (means of points), came (of weeks the share of worlds in which it came, the mean over points;
    NaN on other scales). Points without a value, or with values in a single batch, are left out.
    """
    rows = []
    for name, scale in findings.scales.items():
        tally = findings.tallies[name]
        points = np.flatnonzero(assessable(tally))
        rows.append({"outcome": name, **_over(tally, scale, points)})
    return pd.DataFrame(rows)


def parameter_sd(means: Array, without: Array) -> float:
    """Standard deviation of the true values over points, the Monte Carlo noise removed.

    The variance of the means holds the noise too, and under common random numbers only that part
    of it that differs between points. It is removed by the jack-knife: with batches of equal size
    what is left is the mean product of the deviations in two different batches, a U-statistic
    that is unbiased whatever the noise has in common. Its root is 0 where it is negative, so a
    spread of 0 means: none that could be told from noise.

    Args:
        means: Mean of each point, (points,).
        without: The same without each batch, (points, batches).

    Returns:
        The standard deviation; NaN below two points or two batches.
    """
    if len(means) < 2 or without.shape[-1] < 2:
        return float("nan")
    noise = error(without - without.mean(axis=0)) ** 2
    squares = (means - means.mean()) ** 2 - noise
    return float(np.sqrt(max(squares.sum() / (len(means) - 1), 0.0)))


def chance(tally: Tally, scale: Scale) -> Array:
    """How far chance leaves each point open, as a standard deviation, (points,).

    The standard error; of shares, and where all worlds are equal, half of the interval by its
    quantile, which is not 0 where nothing was seen to happen. NaN where it is not known.
    """
    low, high = of_points(tally, scale)
    errors = standard_error(tally)
    known = (errors != 0) & (scale.name != "share")
    return np.asarray(np.where(known, errors, (high - low) / (2 * Z)))


def _over(tally: Tally, scale: Scale, points: Counts) -> dict[str, float]:
    """What `spread` says of one outcome at these points."""
    if len(points) == 0:
        nothing = ("mean", "low", "high", "parameter_sd", "noise_sd", "least", "greatest", "came")
        return {**dict.fromkeys(nothing, np.nan), "n": 0, "points": 0}
    means, without = tally.mean[points], without_each(tally, points)
    half = half_width(without.mean(axis=0), scale, tally.n[points].sum(axis=1).min())
    low, high = within(means.mean() - half, means.mean() + half, scale)
    errors = chance(tally, scale)[points]
    return {
        "mean": float(means.mean()),
        "low": float(low),
        "high": float(high),
        "n": int(tally.n[points].sum()),
        "points": len(points),
        "parameter_sd": parameter_sd(means, without),
        "noise_sd": float(errors[np.isfinite(errors)].mean())
        if np.isfinite(errors).any()
        else np.nan,
        "least": float(means.min()),
        "greatest": float(means.max()),
        "came": float(came(tally, scale)[points].mean()),
    }
