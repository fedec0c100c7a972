"""The last full audit, kept beside the claims, so that its verdicts can be shown at once.

Of each test only that is kept which worlds alone can tell: levels, effect, interval, number. All
else, the verdicts too, is made anew from the claims and the rule. A test whose scenario,
parameters, outcome or level have changed since does not match what was kept, and has to be tried
again; so has everything when the playthroughs have changed, whose fingerprint is kept as well.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from math import nan

import pandas as pd

from realpolitik.sim.claims.audit import WITHOUT, ClaimTally, claims_table
from realpolitik.sim.claims.claim import Claim, ClaimTest
from realpolitik.sim.files.csv_text import csv_text, read_rows
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.serialise import essence
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.intervals import Interval

SHIPPED = ("realpolitik.agents", "claims_audit.csv")
NUMBERS = ("base", "level", "effect", "low", "high", "n", *WITHOUT)
COLUMNS = ("id", "test", "tried", *NUMBERS)
HEAD = "# worlds {worlds}, seed {seed}, playthroughs {playthroughs}"

NAN = "nan"  # for what is left empty in the table

Key = tuple[str, int]
Row = Mapping[str, str]


class StaleRecordError(ValueError):
    """What was kept is not of these claims; says of which tests."""


@dataclass(frozen=True)
class AuditRecord:
    """An audit as it was kept.

    Attributes:
        worlds: Worlds of every case.
        seed: Seed of all draws.
        playthroughs: Fingerprint of the playthroughs of the model that was tried.
        rows: Claim and number of a test, from 1 → eight digits for what was simulated (`tried`),
            and base, level, effect, low, high, n, and effect, low and high without motives.
    """

    worlds: int
    seed: int
    playthroughs: str
    rows: Mapping[Key, Row]


class _Kept(ClaimTally):
    """What the worlds said of a trial, as it was written down."""

    def __init__(self, trial: ClaimTest, row: Row) -> None:
        super().__init__(trial)
        self._row = row
        if trial.without:
            there = zip(("effect", "low", "high"), WITHOUT, strict=True)
            self.without = _Kept(trial.without, {name: row[kept] for name, kept in there})

    @property
    def n(self) -> int:
        return int(self._row["n"])

    @property
    def level(self) -> float:
        return float(self._row["level"] or NAN)

    @property
    def base(self) -> float:
        return float(self._row["base"] or NAN)

    def effect(self) -> Interval:
        return Interval(*(float(self._row[name] or NAN) for name in ("effect", "low", "high")))


def recorded(claims: Sequence[Claim], record: AuditRecord) -> pd.DataFrame:
    """The table of the audit, as `audit` would give it, without a simulation.

    Raises:
        StaleRecordError: a test of the claims was not tried, or not in this form.
    """
    if stale := stale_tests(claims, record):
        told = ", ".join(f"{name} {test}" for name, test in stale)
        raise StaleRecordError(f"not tried in this form: {told}; run the audit again")
    tallies = {
        claim.id: tuple(_Kept(trial, record.rows[key]) for key, trial in _numbered(claim))
        for claim in claims
    }
    return claims_table(claims, tallies)


def stale_tests(claims: Sequence[Claim], record: AuditRecord) -> list[Key]:
    """The tests that were not tried, or not in this form."""
    return [
        key
        for claim in claims
        for key, trial in _numbered(claim)
        if record.rows.get(key, {}).get("tried") != tried(trial)
    ]


def record_text(
    claims: Sequence[Claim], table: pd.DataFrame, worlds: int, seed: int, playthroughs: str
) -> str:
    """What is kept of an audit, as CSV below a line on how it was made."""
    trials = {key: trial for claim in claims for key, trial in _numbered(claim)}
    rows = table[table["test"] > 0]
    keys = zip(rows["id"], rows["test"], strict=True)
    kept = rows.assign(tried=[tried(trials[name, int(test)]) for name, test in keys])
    head = HEAD.format(worlds=worlds, seed=seed, playthroughs=playthroughs)
    body = csv_text(kept[list(COLUMNS)])
    return f"{head}\n{body}"


def read_record(text: str | None = None) -> AuditRecord:
    """A record out of its text; the one that is shipped if there is no text.

    Raises:
        ValueError: the first line does not say how it was made.
    """
    package, name = SHIPPED
    text = files(package).joinpath(name).read_text(encoding="utf-8") if text is None else text
    head, _, body = text.partition("\n")
    wanted = HEAD.format(worlds=r"(\d+)", seed=r"(\d+)", playthroughs=r"(\w+)")
    found = re.fullmatch(wanted, head)
    if not found:
        raise ValueError(f"{name}: the first line is {head!r}; expected {HEAD!r}")
    rows = {(row["id"], int(row["test"])): row for row in read_rows(body)}
    return AuditRecord(int(found[1]), int(found[2]), found[3], rows)


def tried(trial: ClaimTest) -> str:
    """Eight digits that stand for all that a trial simulates, whatever it is called."""
    sides = [
        [essence(side.case.scenario.model_dump(mode="json")), side.case.key[1], side.column]
        for side in trial.sides
    ]
    text = json.dumps([sides, trial.level], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:8]


def _numbered(claim: Claim) -> list[tuple[Key, ClaimTest]]:
    """The trials of a claim with the keys under which they are kept."""
    return [((claim.id, number), trial) for number, trial in enumerate(claim.trials, start=1)]


# ── What stands for the claims in the model ──────────────────────────────────────────


@dataclass(frozen=True)
class Declared:
    """One thing that a claim is encoded in.

    Attributes:
        name: Its address or name, as under `encoded`.
        what: incentive, constant, starting value, base rate, action, scenario, or event.
        value, low, high: Value and range of a parameter; NaN of all else.
        source: Where it is from; empty of scenarios and actions without one.
        meaning: What it is, in a few words.
    """

    name: str
    what: str
    value: float
    low: float
    high: float
    source: str
    meaning: str


WHATS = ("incentive", "constant", "starting value", "base rate", "action", "scenario", "event")
BY_PREFIX = {
    "world": "constant",
    "initial": "starting value",
    "action": "base rate",
    "rate": "base rate",
}


def declared(claims: Iterable[Claim]) -> pd.DataFrame:
    """All that the claims are encoded in, each once, incentives first, then by name."""
    names = {name for claim in claims for name in claim.encoded}
    found = sorted(map(_of, names), key=lambda each: (WHATS.index(each.what), each.name))
    return pd.DataFrame(map(asdict, found), columns=list(Declared.__dataclass_fields__))


def _of(name: str) -> Declared:
    """What a name that the reader has found right stands for."""
    words = vocabulary()
    if parameter := words.parameters.get(name):
        what = BY_PREFIX.get(name.partition(".")[0], "incentive")
        numbers = (parameter.default, parameter.low, parameter.high)
        return Declared(name, what, *numbers, parameter.source, parameter.meaning)
    if action := words.actions.get(name):
        return Declared(name, "action", nan, nan, nan, action.source, action.label)
    reference, colon, inside = name.partition(":")
    scenario = load_scenario(reference)
    if not colon:
        return Declared(name, "scenario", nan, nan, nan, "", scenario.title)
    shock = next((shock for shock in scenario.shocks if shock.id == inside), None)
    source, told = (shock.source, shock.note) if shock else ("", f"a deal in {reference}")
    return Declared(name, "event", nan, nan, nan, source, told)
