"""The shipped scenarios: each loads, runs, and says what should differ; verdicts are up to date.

`python -m tests.test_library` writes the tables of scenarios/README.md anew.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import yaml

from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.scenario.loading import shipped_scenarios
from realpolitik.sim.scenario.schema import Expectation, Scenario
from tests.offenders import each

SCENARIOS = Path(__file__).parents[1] / "scenarios"
README = SCENARIOS / "README.md"
FILES = tuple(shipped_scenarios())
BASES = ("haniyeh_2024", "no_shock", "record_weeks", "year_after")
WORLDS, SEED = 400, 0
NEGLIGIBLE = 0.02

# Where the model does the contrary of a claim: (scenario, outcome, than) → why. The claim stays in
# the file as it was made.
CONTRADICTED: dict[tuple[str, str, str], str] = {}

FOLDERS = {
    "": "Crises, and the two that others build on",
    "us_conduct": "What Washington might do otherwise",
    "israel_conduct": "What Israel might do otherwise",
    "saudi_conduct": "What Saudi Arabia might do otherwise",
    "incentives": "One incentive or constraint changed at a time",
    "hypotheses": "Rival readings of Russia",
}


# ── What is claimed, and what comes of it ────────────────────────────────────────────────


class Claim(NamedTuple):
    """An expectation of a scenario, or of a variant of it."""

    scenario: str
    expected: Expectation

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is listed under."""
        return self.scenario, self.expected.outcome, self.expected.than


@cache
def loaded(name: str) -> Scenario:
    return load_scenario(name)


@cache
def runs(name: str) -> pd.DataFrame:
    """The outcomes of the scenario of that name in every world."""
    return simulate(loaded(name), WORLDS, SEED).runs


def names() -> Iterator[str]:
    """Every shipped scenario, each followed by its variants."""
    for name in FILES:
        yield name
        yield from (f"{name}#{variant}" for variant in loaded(name).variants)


NAMES = tuple(names())
CLAIMS = tuple(Claim(name, expected) for name in NAMES for expected in loaded(name).expects)


def interval(claim: Claim) -> tuple[float, float]:
    """95 % interval of the mean paired difference, over worlds that have both values."""
    one, other = (
        runs(name)[claim.expected.outcome].to_numpy(dtype=np.float64)
        for name in (claim.scenario, claim.expected.than)
    )
    difference = (one - other)[~np.isnan(one - other)]
    reach = 1.96 * difference.std(ddof=1) / np.sqrt(len(difference))
    return difference.mean() - reach, difference.mean() + reach


def verdict(claim: Claim) -> str:
    """Whether the claim holds in the model, is undecided, or contradicted."""
    low, high = interval(claim)
    if claim.expected.direction == "same":
        same = low <= 0 <= high or abs(low + high) / 2 < NEGLIGIBLE
        return "holds" if same else "contradicted"
    if claim.expected.direction == "lower":
        low, high = -high, -low
    return "holds" if low > 0 else "contradicted" if high < 0 else "undecided"


def paragraphs(source: str) -> list[int]:
    """Numbers of the article's paragraphs that a source names; a range names all in it."""
    found = re.findall(r"\bP(\d+)(?:-P?(\d+))?", source)
    return [n for first, last in found for n in range(int(first), int(last or first) + 1)]


# ── The tables of the README ─────────────────────────────────────────────────────────────


@cache
def written(file: str) -> dict[str, Any]:
    """A scenario file as it is written, before it is merged with what it extends."""
    text = (SCENARIOS / f"{file}.yaml").read_text(encoding="utf-8")
    tree: dict[str, Any] = yaml.safe_load(text)
    return tree


def changes(name: str) -> str:
    """The parameters, starting values, shocks, deals and outcomes that a file or variant sets."""
    file, _, variant = name.partition("#")
    tree = written(file)["variants"][variant] if variant else written(file)
    initial, outcomes = tree.get("initial", {}), tree.get("outcomes", {})
    found = [f"`{address}`" for address in tree.get("parameters", {})]
    found += [f"{quantity} {place}" for quantity in initial for place in initial[quantity]]
    found += [("no " if "drop" in one else "") + one["id"] for one in tree.get("shocks", [])]
    found += [f"deal {deal['id']}" for deal in tree.get("deals", [])]
    return ", ".join(found or [f"{one} by {outcomes[one]['action']}" for one in outcomes])


def through(claim: Claim) -> str:
    """What a claim is tried by: the changes of its scenario, or those of its counterpart."""
    file, than = claim.scenario.partition("#")[0], claim.expected.than
    if not than.startswith(f"{file}#"):
        return changes(claim.scenario)
    own = f"{changes(claim.scenario)}; " if "#" in claim.scenario else ""
    return f"{own}in the variant {changes(than)}"


def link(name: str) -> str:
    """A name as a link to its file."""
    return f"[{name}]({name.partition('#')[0]}.yaml)"


def claims_table() -> str:
    """Every expectation of the library, in the order of the article, the record at the end."""
    head = "| claim | source | file | through | expected | verdict |\n|---|---|---|---|---|---|\n"
    ordered = sorted(CLAIMS, key=lambda c: min(paragraphs(c.expected.source), default=99))
    return head + "".join(
        f"| {claim.expected.claim} | {claim.expected.source} | {link(claim.scenario)} "
        f"| {through(claim)} | {claim.expected.outcome} {claim.expected.direction} "
        f"({claim.expected.than}) | {verdict(claim)} |\n"
        for claim in ordered
    )


def files_table() -> str:
    """Every file with its title and variants, folder by folder."""
    lines: list[str] = []
    for folder, purpose in FOLDERS.items():
        lines.append(f"\n**{purpose}** (`scenarios/{folder}`)\n\n")
        for name in FILES:
            if name.rpartition("/")[0] == folder:
                variants = ", ".join(f"`#{variant}`" for variant in loaded(name).variants)
                more = f" (variants {variants})" if variants else ""
                lines.append(f"- {link(name)}: {loaded(name).title}{more}\n")
    return "".join(lines).lstrip("\n")


def contradictions() -> str:
    """Where the model does the contrary of a claim, and why."""
    return "".join(
        f"- {link(scenario)}, {outcome} against {than}: {why}\n"
        for (scenario, outcome, than), why in CONTRADICTED.items()
    )


def up_to_date(text: str) -> str:
    """The README with its tables made anew."""
    for mark, make in (
        ("files", files_table),
        ("claims", claims_table),
        ("contradicted", contradictions),
    ):
        begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->\n"
        before, rest = text.split(begin)
        _, after = rest.split(end)
        text = f"{before}{begin}\n{make()}\n{end}{after}"
    return text


# ── Tests ────────────────────────────────────────────────────────────────────────────────


def test_the_library_has_thirty_four_files_or_more() -> None:
    assert len(FILES) >= 34
    assert {name.rpartition("/")[0] for name in FILES} == set(FOLDERS)


@each("name", NAMES)
def test_a_scenario_runs_and_says_what_it_asks_and_where_it_is_from(name: str) -> None:
    scenario = loaded(name)
    assert scenario.question.endswith("?")
    assert scenario.sources
    assert all(shock.note and shock.source for shock in scenario.shocks)
    assert list(runs(name).columns) == ["world", *scenario.outcomes]
    assert len(runs(name)) == WORLDS


@each("name", NAMES)
def test_no_two_scenarios_bear_one_title(name: str) -> None:
    assert [one for one in NAMES if loaded(one).title == loaded(name).title] == [name]


@each("file", [name for name in FILES if name not in BASES])
def test_a_file_says_what_should_differ(file: str) -> None:
    assert loaded(file).expects


@each("file", FILES)
def test_a_file_begins_with_the_line_for_editors(file: str) -> None:
    first = (SCENARIOS / f"{file}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={'../' * file.count('/')}schema.json"


@each("claim", CLAIMS)
def test_a_claim_is_not_contradicted_unless_it_is_listed(claim: Claim) -> None:
    assert (verdict(claim) == "contradicted") == (claim.key in CONTRADICTED), interval(claim)


def test_only_claims_that_are_made_are_listed_as_contradicted() -> None:
    assert set(CONTRADICTED) <= {claim.key for claim in CLAIMS}


def test_every_paragraph_of_the_article_is_reached() -> None:
    reached = {number for claim in CLAIMS for number in paragraphs(claim.expected.source)}
    assert reached == set(range(1, 21))


def test_the_tables_of_the_readme_are_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == up_to_date(text), "python -m tests.test_library writes them anew"


if __name__ == "__main__":
    README.write_text(up_to_date(README.read_text(encoding="utf-8")), encoding="utf-8")
