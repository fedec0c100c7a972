"""What the record says of our actors, to stand beside the values assumed for them.

Tables in `agents/data` restate, for our actors and the years needed, rivalries (to 2020), ideal
points (2023), material capabilities (to 2022), treaties (2018), how often promises were kept, and
lags of response; `sources.csv` names where each is from. Armed movements vote in no assembly and
sign no treaty: for them there is nothing to derive.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import hypot

from realpolitik.sim.engine.grounding import (
    distance_error,
    promised_help,
    relative_endurance,
    rivalry_hostility,
    weekly_hazard,
)
from realpolitik.sim.engine.tables import Row, read_table

ALLIANCES = (("EUR", "us_alliance", "USA"), ("USA", "europe_alliance", "EUR"))


@dataclass(frozen=True)
class Derived:
    """A value that data give to an address, the interval they leave it, and how it was computed."""

    address: str
    value: float
    low: float
    high: float
    source: str

    @property
    def place(self) -> tuple[str, ...]:
        """The actor, or the two of a dyad; of a weight its name."""
        return tuple(self.address.rpartition(".")[2].split("-"))

    @property
    def rounded(self) -> float:
        """The value as it stands in our tables: two digits after the point."""
        return round(self.value, 2)


def table(name: str) -> tuple[Row, ...]:
    """Rows of a table of `agents/data`."""
    return read_table(__package__, f"data/{name}.csv")


def members() -> dict[str, list[str]]:
    """The states on record that stand for each actor; for Europe three large ones."""
    found: dict[str, list[str]] = {}
    for row in table("members"):
        found.setdefault(row["actor"], []).append(row["member"])
    return found


# ── Hostility ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class IdealPoint:
    """Where a government stands in the General Assembly: by final votes, and by all votes.

    `error` is half the interval from the 5th to the 95th percentile, of the first.
    """

    final_passage: float
    all_votes: float
    error: float


def ideal_points() -> dict[str, IdealPoint]:
    """Ideal point of every state on record in 2023."""
    return {
        row["member"]: IdealPoint(
            float(row["final_passage"]),
            float(row["all_votes"]),
            (float(row["high"]) - float(row["low"])) / 2,
        )
        for row in table("ideal_points")
    }


def _mean_point(points: list[IdealPoint]) -> IdealPoint:
    count = len(points)
    return IdealPoint(
        sum(p.final_passage for p in points) / count,
        sum(p.all_votes for p in points) / count,
        hypot(*(p.error for p in points)) / count,
    )


def hostilities() -> Iterator[Derived]:
    """Hostility of every two actors that vote in the General Assembly, the same both ways.

    The interval holds the 5th to 95th percentile of the distance and the estimate by all votes.
    """
    points = ideal_points()
    final = [p.final_passage for p in points.values()]
    every = [p.all_votes for p in points.values()]
    widest, widest_by_all = max(final) - min(final), max(every) - min(every)
    rivalries = {frozenset((row["one"], row["other"])): row["since"] for row in table("rivalries")}
    voters = {code: _mean_point([points[m] for m in of]) for code, of in members().items()}
    for (one, here), (other, there) in combinations(voters.items(), 2):
        since = rivalries.get(frozenset((one, other)))
        rival = float(since is not None)
        distance = abs(here.final_passage - there.final_passage)
        error = distance_error(here.error, there.error)
        value, *bounds = (
            rivalry_hostility(rival, length, widest)
            for length in (distance, distance - error, distance + error)
        )
        by_all = abs(here.all_votes - there.all_votes)
        bounds.append(rivalry_hostility(rival, by_all, widest_by_all))
        history = f"rivals since {since}" if since else "no rivals"
        yield from (
            Derived(
                f"initial.hostility.{row}-{column}",
                value,
                min(bounds),
                max(bounds),
                f"TSS2021 + BSV2017: {history}; distance {distance:.2f} of {widest:.2f} in 2023",
            )
            for row, column in ((one, other), (other, one))
        )


# ── Endurance, obligations, lags ─────────────────────────────────────────────────


def endurances() -> Iterator[Derived]:
    """Material capabilities of each actor over those of the strongest in 2022.

    The interval is that of the years 2020 to 2022. Europe is the sum of its three.
    """
    shares = {(row["member"], row["year"]): float(row["cinc"]) for row in table("capabilities")}
    years = sorted({year for _, year in shares})
    totals = {
        code: [sum(shares[member, year] for member in of) for year in years]
        for code, of in members().items()
    }
    strongest = [max(of_year) for of_year in zip(*totals.values(), strict=True)]
    for code, total in totals.items():
        ratios = [relative_endurance(*pair) for pair in zip(total, strongest, strict=True)]
        yield Derived(
            f"initial.endurance.{code}",
            ratios[-1],
            min(ratios),
            max(ratios),
            f"NMC7: CINC {total[-1]:.4f} over {strongest[-1]:.4f} in {years[-1]}",
        )


def obligations() -> Iterator[Derived]:
    """Weights of alliances that rest on a defence pact: the rate at which such pacts were kept.

    The interval reaches down to the rate of all commitments since 1945.
    """
    kept = {row["promise"]: float(row["kept"]) for row in table("promises")}
    states = members()
    pacts = {
        frozenset((row["one"], row["other"])): float(row["defence"]) for row in table("treaties")
    }
    for code, incentive, partner in ALLIANCES:
        dyads = [frozenset((one, other)) for one in states[code] for other in states[partner]]
        defence = sum(pacts.get(dyad, 0.0) for dyad in dyads) / len(dyads)
        yield Derived(
            f"{code}.{incentive}",
            promised_help(defence, kept["defence"]),
            promised_help(defence, kept["any_since_1945"]),
            promised_help(defence, kept["defence"]),
            f"ATOP51 + BF2018: defence pact, such promises kept in {kept['defence']:.0%} of wars",
        )


def lag_hazards() -> tuple[tuple[float, float, float], ...]:
    """First day, last day and weekly hazard of a major response to a trigger of a crisis."""
    known = [(float(row["days"]), float(row["answered"])) for row in table("response_lags")]
    return tuple(
        (start, end, weekly_hazard(before, after, end - start))
        for (start, before), (end, after) in pairwise(known)
    )


def derived_values() -> tuple[Derived, ...]:
    """All that can be derived, in the order of the tables."""
    return (*hostilities(), *endurances(), *obligations())
