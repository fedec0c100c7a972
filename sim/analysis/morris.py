"""Morris screening: how far an outcome moves when one address is moved, in many places.

SALib finds the elementary effects' mean (`mu`), mean size (`mu_star`) and standard deviation
(`sigma`) from the point means (Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo et al.
2007, doi:10.1016/j.envsoft.2006.10.004). An effect is that over the whole range of the address, in
the outcome's unit. Noise makes sizes and deviations too large, even where nothing moves. So each
effect's sign is taken from all batches but one, and its size from that one: in the mean over
batches an effect of nothing counts nothing, a clear one as before, and one that is barely told
from noise a little too little; but no mean size is less than that of the mean. From the variance of
the effects the jack-knife's is taken off.

The interval of `mu_star` joins two sources as a sum of squares: the choice of the trajectories, by
SALib's bootstrap of them, and the worlds, by the jack-knife over batches. It reaches as far below
the estimate, and as far above the mean size that still holds the noise: the truth lies between.
Below, each source counts for no less than in the mean of the effects: sizes near nothing vary too
little. What the worlds leave open is never less than what those may do that were not seen: an
outcome that occurred nowhere may still be moved.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from SALib.analyze import morris as salib

from realpolitik.sim.analysis.sobol import least_worlds, mean_came, whole_blocks
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale, Z
from realpolitik.sim.stats.jackknife import (
    Rows,
    Tally,
    error,
    half_width,
    pseudo_values,
    without_each,
)

RESAMPLES = 1000
FIGURES = ("mu", "mu_star", "mu_star_low", "mu_star_high", "sigma")


def morris(findings: Findings) -> pd.DataFrame:
    """The screening of each outcome and address.

    Columns: outcome, address, mu, mu_star, mu_star_low, mu_star_high (95 % interval), sigma, n
    (worlds, the least of the points used), points (those used: a trajectory that lacks a point is
    left out whole), came (of weeks the share of worlds in which it came, else NaN). NaN below two
    trajectories; below two batches nothing is known of noise: it is not taken off, and there is no
    interval.

    Raises:
        ValueError: the points are not whole trajectories.
    """
    addresses = findings.addresses
    design = findings.points[addresses].to_numpy(dtype=np.float64)
    tables = []
    for name, scale in findings.scales.items():
        tally = findings.tallies[name]
        paths = whole_blocks(tally, len(addresses) + 1)
        figures = _screen(tally, scale, design[paths], paths, problem(findings))
        table = pd.DataFrame({"outcome": name, "address": addresses, **figures})
        beside = {"points": paths.size, "came": mean_came(tally, scale, paths)}
        tables.append(table.assign(n=least_worlds(tally, paths), **beside))
    return pd.concat(tables, ignore_index=True)


def problem(findings: Findings) -> dict[str, Any]:
    """What SALib calls the problem: names and bounds of what is varied, and the seed."""
    ranges: Mapping[str, Mapping[str, Any]] = {
        one["address"]: one for one in findings.study["vary"]
    }
    return {
        "num_vars": len(findings.addresses),
        "names": findings.addresses,
        "bounds": [[ranges[name]["low"], ranges[name]["high"]] for name in findings.addresses],
        "seed": int(findings.study["seed"]),
    }


def elementary_effects(design: Array, means: Array, bounds: Array) -> Array:
    """Change of the outcome a whole range of an address, (trajectories, addresses, K).

    Args:
        design: Values of the addresses, (trajectories, addresses + 1, addresses).
        means: K outcomes there, (trajectories, addresses + 1, K).
        bounds: Low and high of each address, (addresses, 2).
    """
    step = np.diff(design, axis=1) / (bounds[:, 1] - bounds[:, 0])
    moved = np.abs(step).argmax(axis=2)
    size = np.take_along_axis(step, moved[..., None], axis=2)
    effects = np.empty_like(means[:, 1:])
    np.put_along_axis(effects, moved[..., None], np.diff(means, axis=1) / size, axis=1)
    return effects


def _screen(
    tally: Tally, scale: Scale, design: Array, paths: Rows, asked: Mapping[str, Any]
) -> Mapping[str, Array]:
    """The figures of one outcome, each (addresses,), from paths (trajectories, addresses + 1)."""
    if len(paths) < 2:
        return dict.fromkeys(FIGURES, np.full(design.shape[-1], np.nan))
    means = np.concatenate([tally.mean[paths][..., None], without_each(tally, paths)], axis=-1)
    effects = elementary_effects(design, means, np.array(asked["bounds"], dtype=np.float64))
    found = _by_salib(design, means[..., 0], asked)
    half = partial(half_width, scale=scale, worlds=np.array(least_worlds(tally, paths)))
    figures = _without_noise(effects[..., 0], effects[..., 1:], found, half)
    return dict(zip(FIGURES, figures, strict=True))


def _by_salib(design: Array, means: Array, asked: Mapping[str, Any]) -> dict[str, Array]:
    """SALib's mu, mu_star, mu_star_conf and sigma, each (addresses,).

    The number of levels follows from the step, which is levels / 2 / (levels - 1) of the range.
    """
    bounds = np.array(asked["bounds"], dtype=np.float64)
    step = np.abs(np.diff(design, axis=1) / (bounds[:, 1] - bounds[:, 0])).max()
    found = salib.analyze(
        {name: asked[name] for name in ("num_vars", "names", "bounds")},
        design.reshape(-1, design.shape[-1]),
        means.ravel(),
        num_resamples=RESAMPLES,
        num_levels=round(2 * step / (2 * step - 1)),
        seed=asked["seed"],
    )
    names = ("mu", "mu_star", "mu_star_conf", "sigma")
    return {name: np.asarray(found[name], dtype=np.float64) for name in names}


def _without_noise(
    whole: Array, without: Array, found: Mapping[str, Array], half: Callable[[Array], Array]
) -> tuple[Array, ...]:
    """The figures with the noise taken off.

    Args:
        whole: Elementary effects, (trajectories, addresses).
        without: The same without each batch, (trajectories, addresses, batches).
        found: What SALib says.
        half: Half the width of what the worlds leave open, from estimates without each batch.
    """
    mu, size, sigma = found["mu"], found["mu_star"], found["sigma"]
    clear, batches = size, without.shape[-1]
    if batches > 1:
        signed = np.sign(without) * pseudo_values(whole, without)
        clear = np.maximum(signed.mean(axis=(0, 2)), np.abs(mu))
        noise = (error(without - without.mean(axis=0)) ** 2).sum(axis=0) / (len(whole) - 1)
        sigma = np.sqrt(np.maximum(sigma**2 - noise, 0))
    of_mean, of_size = (half(one.mean(axis=0)) for one in (without, np.abs(without)))
    above = np.hypot(found["mu_star_conf"], of_size)
    paths = np.maximum(found["mu_star_conf"], Z * found["sigma"] / np.sqrt(len(whole)))
    below = np.hypot(paths, np.maximum(of_mean, of_size))
    return mu, clear, np.maximum(clear - below, 0), size + above, sigma
