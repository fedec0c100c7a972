"""The parts of `docs/validation.md` that tell of the hindcast, as Markdown."""

from collections.abc import Mapping
from typing import Any

from realpolitik.sim.cli.hindcast.tables import SCORE_HEADINGS, base_rates_legend, span_said
from realpolitik.sim.study.calibrate.tables import records
from realpolitik.sim.study.hindcast.hindcasting import Hindcast
from realpolitik.sim.words.factors import factor_said, factor_span
from realpolitik.sim.words.markdown import escaped, table
from realpolitik.sim.words.numbers import NONE, number


def against_plain(found: Hindcast) -> list[str]:
    """The sentences on whether the simulator beats the simplest forecasts."""
    return [one for one in found.verdict if one.startswith("The simulator")]


def scores_section(found: Hindcast) -> str:
    """A row a rival and set of cases, with its difference from the base rate."""
    rows = (
        (
            found.titles[row["hypothesis"]],
            row["cases"],
            str(row["n"]),
            str(row["crises"]),
            number(row["rps"], 3),
            number(row["log_score"], 3),
            number(row["rps_difference"], 3),
            span_said(row),
            number(row["skill"]),
            *((NONE, NONE) if row["hypothesis"] == found.base else _factor(row)),
        )
        for row in records(found.summary)
    )
    return table((*SCORE_HEADINGS, "Skill", "BF", "95 % of BF"), rows, right={2, 3, 4, 5, 6, 8, 9})


def _factor(row: Mapping[str, Any]) -> tuple[str, str]:
    return escaped(factor_said(row["bayes_factor"])), escaped(
        factor_span(row["bayes_low"], row["bayes_high"])
    )


def episodes_section(found: Hindcast) -> str:
    """A row an episode: the chance that each rival had given to what was observed."""
    chances = found.forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    rows = (
        (
            f"[{case.scenario.title}](../scenarios/episodes/{case.name}.yaml)",
            "yes" if case.episode.in_article else "no",
            case.categories[case.observed],
            f"{case.certainty:g}",
            *(
                f"{chances[case.name, name, case.categories[case.observed]]:.2f}"
                for name in found.titles
            ),
            escaped(found.references[case.name]),
        )
        for case in found.cases
    )
    names = [escaped(label) for label in found.labels.values()]
    header = ("Episode", "In the article", "Observed", "Certainty", *names, "H0 is of")
    return f"{table(header, rows)}\n\n{escaped(base_rates_legend(found))}"
