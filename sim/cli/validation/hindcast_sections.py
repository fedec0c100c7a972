"""The parts of `docs/validation.md` that tell of the hindcast, as Markdown."""

from collections.abc import Mapping

from realpolitik.sim.cli.hindcast.tables import short
from realpolitik.sim.cli.validation.pattern_sections import markdown_table, number, span
from realpolitik.sim.study.calibrate.tables import records
from realpolitik.sim.study.hindcast.hindcasting import Hindcast
from realpolitik.sim.study.hindcast.rivals import BASE_RATE, PLAIN, called
from realpolitik.sim.study.hindcast.verdict import factor_said
from realpolitik.sim.words.numbers import NONE


def against_plain(found: Hindcast) -> list[str]:
    """The sentences on whether the simulator beats the simplest forecasts."""
    return [one for one in found.verdict if one.startswith("The simulator")]


def scores_section(found: Hindcast) -> str:
    """A row a rival and set of cases, with its skill over the base rate."""
    rows = (
        (
            called(row["hypothesis"], found.titles[row["hypothesis"]]),
            row["cases"],
            str(row["n"]),
            f"{row['rps']:.3f}",
            f"{row['log_score']:.3f}",
            NONE if row["hypothesis"] == BASE_RATE else _skill(row),
            NONE if row["hypothesis"] == found.article else factor_said(row["bayes_factor"]),
        )
        for row in records(found.summary)
    )
    headings = ("Forecast by", "Cases", "n", "RPS", "Log score", "Skill over H0 (95 % interval)")
    return markdown_table((*headings, "Bayes factor of H1 over it"), rows)


def _skill(row: Mapping[str, float]) -> str:
    return f"{number(row['skill'])} ({span(row['skill_low'], row['skill_high'])})"


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
        )
        for case in found.cases
    )
    names = [name if name in PLAIN and name != BASE_RATE else short(name) for name in found.titles]
    return markdown_table(("Episode", "In the article", "Observed", "Certainty", *names), rows)
