"""What is to be compared: each a scenario, or the folder of a run."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.experiments.manifest import scenario_facts as facts_of
from realpolitik.sim.experiments.origin import Origin, origin_of, versions
from realpolitik.sim.experiments.run_folder import MANIFEST, SCENARIO, NotARunError, Run, read_run
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.arguments import A_SCENARIO, reference_given, told, whole_number
from realpolitik.sim.scenario.characters import as_name
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.finding import shipped_scenarios as shipped
from realpolitik.sim.scenario.nodes import plain
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario, nothing_measured
from realpolitik.sim.scenario.serialise import dump_scenario, essence
from realpolitik.sim.scenario.values import refuse_beyond
from realpolitik.sim.scenario.vocabulary import places

BESIDE = {"name", "label", "scale", "base_rate", "shares", "worlds", "n", "mean", "low", "high"} | {
    *("came", "median", "q05", "q95", "assumed")
}
"""What a manifest says of an outcome beside its definition."""


@dataclass(frozen=True)
class Outcome:
    """An outcome as it is compared; `definition` is all that determines its value in a world."""

    name: str
    label: str
    scale: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """A scenario that is to be run, or a run that is there.

    Attributes:
        key: Short name, one of a kind among the subjects.
        called: How it was asked for.
        facts: Name, title, question, start, weeks, actors and shocks, as in a run's manifest.
        content: The scenario without its prose: what determines its worlds, with seed and origin.
        outcomes: In the scenario's order.
        origin: What its numbers come from, see `origin_of`; None of a run that does not say.
        versions: Of Python, NumPy and this package that make, or made, the worlds.
        scenario: What is to be run; None for a run that is there.
        run: The run; None for a scenario.
        own_weeks: The weeks that the scenario gives itself, where it is run for others.
        given: Parameters that were given beside a scenario, on top of its own.
    """

    key: str
    called: str
    facts: Mapping[str, Any]
    content: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]
    origin: Origin | None
    versions: Mapping[str, str]
    scenario: Scenario | None = None
    run: Run | None = None
    own_weeks: int | None = None
    given: Mapping[str, float] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Version of the tool that makes, or made, the worlds."""
        return self.versions["realpolitik"]

    @property
    def drawn(self) -> Mapping[str, Any] | None:
        """What the numbers of each world were drawn from; None if they are as they stand."""
        told = self.run.manifest.get("uncertain") if self.run else None
        return told["drawn"] if told else None

    @property
    def weeks(self) -> int:
        """Horizon [weeks]."""
        return int(self.facts["weeks"])

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the actors, sorted."""
        return tuple(sorted(actor["code"] for actor in self.facts["actors"]))

    @property
    def sets(self) -> frozenset[str]:
        """The addresses that the scenario itself gives values."""
        starts = self.content.get("initial", {})
        return frozenset(
            {
                *self.facts["parameters"],
                *(
                    f"initial.{quantity}.{'-'.join(place)}"
                    for quantity, values in starts.items()
                    for key in values
                    for place in places(key)
                ),
            }
        )

    @property
    def too_late(self) -> int:
        """Number of shocks whose week is known and comes after the horizon."""
        return sum((shock["week"] or 0) > self.weeks for shock in self.facts["shocks"])

    def lasting(self, weeks: int) -> "Compared":
        """The same scenario, to be run for so many weeks; a run that is there stays as it is."""
        if self.scenario is None or self.weeks == weeks:
            return self
        spec = self.scenario.model_copy(update={"weeks": weeks})
        longer = _of_scenario(spec, self.called, self.given)
        return replace(longer, key=self.key, own_weeks=self.weeks)


def open_subjects(
    references: Sequence[str | Path | Scenario], parameters: Mapping[str, float] | None = None
) -> tuple[Compared, ...]:
    """Reads what is to be compared, the baseline first; the parameters are those of scenarios.

    Raises:
        ScenarioError: there is no such scenario, or something in it is wrong.
        NotARunError: a folder that is no finished run.
    """
    return _with_keys([open_subject(reference, parameters or {}) for reference in references])


def open_subject(reference: str | Path | Scenario, parameters: Mapping[str, float]) -> Compared:
    """A run folder if there is one of that path, else the scenario of that file or name.

    A folder that is no run gives way to a shipped scenario of its name.
    """
    if isinstance(reference, Scenario):
        refuse_beyond(reference)
        return _of_scenario(reference, reference.name, parameters)
    reference = reference_given(reference, f"{A_SCENARIO}, or the folder of a run")
    folder = Path(reference)
    if folder.is_dir() and ((folder / MANIFEST).is_file() or str(reference) not in shipped()):
        return _of_run(read_run(folder), str(reference))
    return _of_scenario(load_scenario(reference), str(reference), parameters)


def _of_scenario(scenario: Scenario, called: str, given: Mapping[str, float]) -> Compared:
    spec = scenario.with_parameters(given)
    return Compared(
        key=scenario.name,
        called=called,
        facts=facts_of(spec),
        content=_content(dump_scenario(spec)),
        outcomes=tuple(_outcome(name, measure) for name, measure in spec.outcomes.items()),
        origin=origin_of(spec),
        versions=versions(),
        scenario=spec,
        given=given,
    )


def _of_run(run: Run, called: str) -> Compared:
    manifest = run.manifest
    return Compared(
        key=manifest["scenario"]["name"],
        called=called,
        facts=manifest["scenario"],
        content=_content(_scenario_of(run)),
        outcomes=tuple(
            Outcome(
                one["name"],
                one["label"],
                one["scale"],
                {k: value for k, value in one.items() if k not in BESIDE},
            )
            for one in manifest["outcomes"]
        ),
        origin=manifest.get("origin"),
        versions=manifest["versions"] | {"realpolitik": manifest["tool"]["version"]},
        run=run,
    )


def _scenario_of(run: Run) -> str:
    try:
        return Folder(run.folder).read_text(SCENARIO)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise NotARunError(f"{run.folder / SCENARIO}: cannot be read: {reason}") from None


def _outcome(name: str, measure: Measure) -> Outcome:
    definition = measure.model_dump(mode="json", exclude={"label", "base_rate"})
    return Outcome(name, measure.label or name.replace("_", " "), measure.scale, definition)


def _content(text: str) -> Mapping[str, Any]:
    """What a scenario says, without its prose."""
    tree = plain(read_tree(text, SCENARIO)[0])
    return essence(tree) if isinstance(tree, dict) else {}


def _with_keys(subjects: Sequence[Compared]) -> tuple[Compared, ...]:
    """Names that clash get the stamp of the run, or a number."""
    clashing = {key for key, times in Counter(s.key for s in subjects).items() if times > 1}
    taken: set[str] = set()
    named = []
    for subject in subjects:
        key = subject.key
        if key in clashing and subject.run:
            key = f"{key} {as_name(subject.run.folder.resolve().name)}"
        number, unique = 1, key
        while unique in taken:
            number += 1
            unique = f"{key} ({number})"
        taken.add(unique)
        named.append(replace(subject, key=unique))
    return tuple(named)


# ── The lineup ───────────────────────────────────────────────────────────────────────


WORLDS, SEED = 1000, 0  # of scenarios that are run where no run folder says otherwise

Setting = tuple[str, int, int, dict[str, float]]


@dataclass(frozen=True)
class Lineup:
    """The subjects, the baseline first; worlds and seed of those that are to be run."""

    subjects: tuple[Compared, ...]
    worlds: int
    seed: int

    @property
    def scenarios(self) -> list[Scenario]:
        """Those that are to be run."""
        return [subject.scenario for subject in self.subjects if subject.scenario]

    @property
    def settings(self) -> list[Setting]:
        """How each was asked for, its worlds, its seed and the parameters given beside it.

        The same settings, the same tables.
        """
        return [
            (one.called, len(one.run.runs), int(one.run.manifest["seed"]), {})
            if one.run
            else (one.called, self.worlds, self.seed, dict(one.given))
            for one in self.subjects
        ]


def line_up(
    references: Sequence[str | Path | Scenario],
    worlds: int | None = None,
    seed: int | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Lineup:
    """Opens what is to be compared; see `compare`.

    A scenario that is to be run is run for the weeks of the baseline: worlds of another length
    could not be paired with its worlds.

    Raises:
        ScenarioError: a scenario is wrong, or measures nothing.
        NotARunError: a folder that is no finished run.
        ValueError: fewer than two subjects, a number of worlds below 1, or a negative seed.
    """
    subjects = open_subjects(_several(references), parameters)
    idle = dict.fromkeys(one.called for one in subjects if not one.outcomes)
    if idle:
        raise ScenarioError(map(nothing_measured, idle))
    baseline, *others = subjects
    opened = (baseline, *(other.lasting(baseline.weeks) for other in others))
    run = next((subject.run for subject in opened if subject.run), None)
    if worlds is None:
        worlds = len(run.runs) if run else WORLDS
    if seed is None:
        seed = int(run.manifest["seed"]) if run else SEED
    return Lineup(opened, whole_number(worlds, "worlds", 1), whole_number(seed, "seed"))


def _several(references: Any) -> list[Any]:
    """What is to be compared, two at least.

    Raises:
        TypeError: it is no list.
        ValueError: it holds fewer than two.
    """
    wanted = 'a baseline and one other at least, such as ["no_shock", "haniyeh_2024"]'
    is_one = isinstance(references, str | bytes | Mapping | Scenario)
    if is_one or not isinstance(references, Iterable):
        raise TypeError(f"{told(references)} is given; expected {wanted}")
    several = list(references)
    if len(several) < 2:
        raise ValueError(f"two scenarios at least are needed for a comparison: {wanted}")
    return several


def settings_in(manifest: Mapping[str, Any]) -> list[Setting]:
    """The settings of a comparison that is there."""
    return [
        (one["called"], one["worlds"], one["seed"], one.get("set", {}))
        for one in manifest["scenarios"]
    ]
