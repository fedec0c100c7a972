"""`realpolitik compare`: scenarios or runs in; tables, a page and a summary out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import plotly.graph_objects as go

from realpolitik.sim.cli.compare.folder import default_folder, folder_for, write
from realpolitik.sim.cli.compare.tables import PRINTERS
from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.latest import call_latest
from realpolitik.sim.cli.picturing import (
    CAVEAT,
    check_browser,
    credit_line,
    figures_of,
    put_pictures,
)
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.cli.settings import checked
from realpolitik.sim.pictures import Format
from realpolitik.sim.report.compare.page import comparison_exhibits
from realpolitik.sim.report.compare.records import read_comparison
from realpolitik.sim.study.compare.comparison import Comparison, compare_all
from realpolitik.sim.study.compare.lineup import line_up
from realpolitik.sim.words.numbers import how_many_worlds
from realpolitik.sim.words.settings import set_words


@dataclass(frozen=True)
class Order:
    """What is to be compared, where it goes, and how it is told of."""

    subjects: tuple[str, ...]
    worlds: int | None
    seed: int | None
    settings: Mapping[str, float]
    out: Path | None
    form: str | None
    formats: tuple[Format, ...]
    progress: bool


def carry_out(order: Order) -> None:
    """Compares, writes tables and page, and prints what differs.

    Raises:
        ScenarioError: something is wrong in a scenario, or with the parameters.
        NotARunError: a folder is no run, or was changed.
        UsageError: parameters are given, and no scenario.
        InputError: the folder of the comparison is another's, or cannot be written.
    """
    with checked(order.settings):
        lineup = line_up(order.subjects, order.worlds, order.seed, order.settings)
    if order.settings and all(one.run for one in lineup.subjects):
        told = "all of these are runs, which have their own parameters; name a scenario"
        raise click.UsageError(f"--set {set_words(order.settings)[0]}: {told}")
    folder = order.out or default_folder(lineup)
    check_browser(order.formats, folder)
    with folder_for(lineup, folder):
        with progress_bar(order.progress, last="Writing the page") as tell:
            found = compare_all(lineup, tell)
            write(found, folder)
        call_latest(folder)
        for remark in found.manifest["notes"]:
            note(f"note: {remark}")
        PRINTERS[order.form](found, folder)
        if order.formats:
            put_pictures(figures_of_comparison(found), folder, order.formats, credit_of(found))


def figures_of_comparison(found: Comparison) -> dict[str, go.Figure]:
    """The charts of its page, by name."""
    return figures_of(comparison_exhibits(read_comparison(found.manifest, found.tables)))


def credit_of(found: Comparison) -> str:
    """What stands at the foot of its pictures."""
    about, version = found.manifest, found.manifest["tool"]["version"]
    sides = [(one["key"], one["seed"], one["worlds"]) for one in about["scenarios"]]
    if len({side[1:] for side in sides}) == 1:
        worlds = how_many_worlds(about["worlds"])
        return credit_line(version, " / ".join(key for key, *_ in sides), about["seed"], worlds)
    each = (f"{key} (seed {seed}, {how_many_worlds(worlds)})" for key, seed, worlds in sides)
    return " · ".join((f"realpolitik {version}", " / ".join(each), CAVEAT))
