"""What the gallery shows: small runs and studies that between them have every kind of chart."""

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.calibrate.plan import load_calibration
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import read_record, recorded
from realpolitik.sim.cli.compare import credit_of
from realpolitik.sim.cli.extra_sections import extra_sections
from realpolitik.sim.cli.images import (
    Figures,
    credit_line,
    credit_of_run,
    credit_of_study,
)
from realpolitik.sim.cli.subject import RunOrScenario
from realpolitik.sim.comparison.comparison import compare
from realpolitik.sim.documents.ablation import Ablated, ablation_document
from realpolitik.sim.documents.backtest import backtest_document
from realpolitik.sim.documents.calibrate import figures_of as figures_of_calibration
from realpolitik.sim.documents.claims import ClaimAudit, claims_document
from realpolitik.sim.documents.compare import compare_document
from realpolitik.sim.documents.document import figures_in
from realpolitik.sim.documents.estimate import estimate_document
from realpolitik.sim.documents.hindcast import hindcast_document
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.documents.replay import replay_document
from realpolitik.sim.documents.run import run_document
from realpolitik.sim.documents.study import study_document
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.manifest import describe
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import changed
from realpolitik.sim.experiments.run_folder import Run
from realpolitik.sim.explain.ablation import ablate
from realpolitik.sim.formatting.numbers import how_many_worlds
from realpolitik.sim.record.backtest import backtest, split
from realpolitik.sim.record.drawn import draw_record
from realpolitik.sim.record.estimate import estimate
from realpolitik.sim.record.estimated import Estimated
from realpolitik.sim.record.replayed import replay_record
from realpolitik.sim.scenario.loading import load_scenario
from validation_record import hindcast_of, table_of
from validation_record import read_record as read_validation

VERSION = version("realpolitik")
SEED = 0
RUN_WORLDS = 300
STUDY_WORLDS = 60
RECORD_WORLDS = 40
RECORD_WEEKS = 24


@dataclass(frozen=True)
class Signed:
    """Figures by name, and the line at their foot."""

    figures: Figures
    credit: str


@dataclass(frozen=True)
class Source:
    """A part of the gallery.

    Attributes:
        name: First part of the names of its pictures.
        heading: What it is, on the page.
        make: Runs it, and draws its charts.
    """

    name: str
    heading: str
    make: Callable[[], Signed]


def run_of(name: str) -> Callable[[], Signed]:
    """A small run of a shipped scenario."""

    def make() -> Signed:
        result = simulate(load_scenario(name), RUN_WORLDS, SEED)
        manifest = describe(result, datetime.datetime.now(datetime.UTC))
        tables = (result.runs, result.weeks, result.events, result.acts)
        run = Run(Path(), manifest, *tables)
        return Signed(run_document(run).figures(), credit_of_run(run))

    return make


def study_of(name: str, points: int | None = None) -> Callable[[], Signed]:
    """A shipped study with fewer worlds, and with fewer points if it is said how many."""

    def make() -> Signed:
        plan = changed(load_study(name).plan, points=points, worlds=STUDY_WORLDS, seed=SEED)
        with tempfile.TemporaryDirectory() as folder:
            study = sweep(replace(plan, until=None), Path(folder))
        figures = study_document(study).figures()
        return Signed(one_of_a_kind(figures), credit_of_study(study.findings.study))

    return make


def comparison_of(*names: str) -> Callable[[], Signed]:
    """A comparison of shipped scenarios."""

    def make() -> Signed:
        found = compare(names, RUN_WORLDS, SEED)
        return Signed(one_of_a_kind(compare_document(found).figures()), credit_of(found))

    return make


def explanation_of(name: str) -> Callable[[], Signed]:
    """Why the headline choice of a shipped scenario is made, and what would flip it."""

    def make() -> Signed:
        result = simulate(load_scenario(name), RUN_WORLDS, SEED)
        subject = RunOrScenario(name, result.scenario, SEED, RUN_WORLDS, result.acts)
        sections = extra_sections(subject, full=True, progress=False)
        worlds = how_many_worlds(RUN_WORLDS)
        credit = credit_line(VERSION, name, SEED, worlds)
        return Signed(one_of_a_kind(figures_in(sections)), credit)

    return make


def ablation_of(name: str, actor: str) -> Callable[[], Signed]:
    """What each incentive of an actor decides in a shipped scenario."""

    def make() -> Signed:
        scenario = load_scenario(name)
        table = ablate(scenario, actor, RUN_WORLDS, SEED)
        found = Ablated(Inquiry(scenario, SEED, ""), actor, RUN_WORLDS, table, ())
        worlds = how_many_worlds(RUN_WORLDS)
        credit = credit_line(VERSION, f"{name}, {actor}", SEED, worlds)
        return Signed(one_of_a_kind(ablation_document(found).figures()), credit)

    return make


def claims_audit() -> Signed:
    """The claims as they came out of the last full audit."""
    record = read_record()
    claims = load_claims().claims
    found = ClaimAudit(claims, recorded(claims, record), record.worlds, record.seed)
    worlds = how_many_worlds(record.worlds)
    credit = credit_line(VERSION, "claims", record.seed, worlds)
    return Signed(claims_document(found, "").figures(), credit)


def hindcast_scores() -> Signed:
    """How well the past was forecast, as it came out of the worlds that `validation` keeps."""
    record = read_validation()
    found = hindcast_of(record)
    figures = hindcast_document(found, "").figures()
    worlds = how_many_worlds(record.hindcast.worlds)
    credit = credit_line(VERSION, "hindcast", record.hindcast.seed, worlds)
    return Signed(figures, credit)


def record_replayed() -> Signed:
    """A record that the model made, replayed and foreseen, and what it tells of weights."""
    scenario, first = load_scenario("record_weeks"), datetime.date(2021, 1, 4)
    record = draw_record(scenario, 2 * RECORD_WEEKS, SEED, first)
    middle = first + datetime.timedelta(weeks=RECORD_WEEKS)
    found = backtest(scenario, *split(record, middle), worlds=RECORD_WORLDS, seed=SEED)
    weeks = replay_document(replay_record(scenario, record), "").figures()["weeks"]
    told = Estimated(estimate(record, scenario), scenario, {})
    weights = estimate_document(told, "", "").figures()["weights"]
    figures = {**backtest_document(found, "").figures(), "weeks": weeks, "weights": weights}
    worlds = how_many_worlds(RECORD_WORLDS)
    return Signed(figures, credit_line(VERSION, "a record made by the model", SEED, worlds))


def calibration_kept() -> Signed:
    """What the last full calibration left of the ranges, and which patterns it meets."""
    record, plan = read_validation(), load_calibration("base").plan
    tables = {name: table_of(record, name) for name in ("patterns", "ranges")}
    part = record.calibration
    worlds = f"up to {how_many_worlds(part.found['budget']['final_worlds'])} of each setting"
    credit = credit_line(VERSION, f"calibration {plan.name}", part.seed, worlds)
    return Signed(figures_of_calibration(plan, tables), credit)


def one_of_a_kind(figures: Figures) -> Figures:
    """The first of each kind of chart: `curves-1` as `curves`, without `curves-2`."""
    first = Figures()
    for name, figure in figures.items():
        first.setdefault(name.rstrip("0123456789").rstrip("-"), figure)
    return first


SOURCES = (
    Source("run", "A run", run_of("haniyeh_2024")),
    Source(
        "versus",
        "A comparison",
        comparison_of("haniyeh_2024", "us_conduct/quiet_channel", "hypotheses/automatic_ally"),
    ),
    Source("why", "Reasons, and what would flip them", explanation_of("haniyeh_2024")),
    Source("without", "Incentives taken away", ablation_of("haniyeh_2024", "RUS")),
    Source("claims", "Claims put to the test", claims_audit),
    Source("past", "Forecasts of the past", hindcast_scores),
    Source("record", "A record, replayed and foreseen", record_replayed),
    Source("fit", "A calibration", calibration_kept),
    Source("one", "A study: one address over its range", study_of("israel_ties")),
    Source("grid", "A study: two addresses, every combination", study_of("ties_and_dependence")),
    Source("each", "A study: one address at a time", study_of("russian_motives", points=3)),
    Source("box", "A study: when a case comes about", study_of("when_restraint_fails", points=80)),
    Source("sobol", "A study: Sobol’ indices", study_of("what_decides_the_strike", points=16)),
    Source("morris", "A study: Morris screening", study_of("russian_screening", points=4)),
)
"""In the order of the page. A new kind of chart is shown by a new row, or by an older one."""
