"""What the records of runs, studies, comparisons and calibrations must hold so that they are used.

They may hold more. Whoever reads them may count on what stands here, and on nothing else.
"""

import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from realpolitik.sim.experiments.located import Record
from realpolitik.sim.experiments.samplers import SAMPLERS

Whole = Annotated[int, Field(ge=0)]
Counted = Annotated[int, Field(ge=1)]
Digests = dict[str, str]
Scale = Literal["share", "weeks", "grade", "rung", "number", "alignment"]


def _date(text: str) -> str:
    datetime.date.fromisoformat(text)
    return text


Date = Annotated[str, AfterValidator(_date)]


def _sampler(name: str) -> str:
    if name not in SAMPLERS:
        raise ValueError(f"expected {', '.join(SAMPLERS)}")
    return name


SamplerName = Annotated[str, AfterValidator(_sampler)]


class RecordPart(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(strict=True, frozen=True)


class OriginPart(RecordPart):
    """See `origin_of`."""

    values: dict[str, float]
    code: Digests


class ToolPart(RecordPart):
    """The tool that wrote it."""

    name: str
    version: str


class ActorPart(RecordPart):
    """An actor of a scenario."""

    code: str
    title: str


class ShockPart(RecordPart):
    """A shock of a scenario."""

    id: str
    kind: str
    week: int | None
    felt_week: int | None = None
    when: str | None = None
    date: Date | None
    note: str
    source: str
    probability: float


class ScenarioPart(RecordPart):
    """See `scenario_facts`."""

    name: str
    title: str
    question: str
    start: Date
    weeks: Whole
    actors: list[ActorPart]
    shocks: list[ShockPart]


# ── Studies ──────────────────────────────────────────────────────────────────────────


class StudyScenarioPart(RecordPart):
    """The scenario of a study."""

    name: str
    title: str
    question: str
    called: str
    weeks: Whole
    hash: str


class VaryPart(RecordPart):
    """What is varied."""

    address: str
    low: float
    high: float
    values: list[float]
    default: float
    declared: Annotated[list[float], Field(min_length=2, max_length=2)]
    meaning: str
    unit: str


class ReportedPart(RecordPart):
    """An outcome that is reported."""

    name: str
    label: str
    scale: Scale


class UntilPart(RecordPart):
    """When a point has worlds enough."""

    outcome: str
    width: Annotated[float, Field(gt=0)]
    most: Counted


class FavouredPart(RecordPart):
    """What boxes are looked for."""

    outcome: str
    side: Literal["above", "below"]
    level: float


class GivenPart(RecordPart):
    """Points that are given."""

    called: str
    sha256: str


class StudySettings(Record):
    """`study.json`."""

    kind: ClassVar[str] = "what a study was asked"
    later: ClassVar[tuple[str, ...]] = ("origin", "made_with", "digest")

    version: str
    name: str
    title: str
    question: str
    scenario: StudyScenarioPart
    measures: dict[str, dict[str, Any]]
    vary: list[VaryPart]
    sampler: SamplerName
    given: GivenPart | None = None
    points: Counted
    worlds: Counted
    seed: Whole
    outcomes: list[ReportedPart]
    until: UntilPart | None
    thresholds: dict[str, float]
    favoured: FavouredPart | None
    file: str = ""
    command: str = ""
    fixed: dict[str, float] = Field(default_factory=dict)
    origin: OriginPart | None = None
    made_with: list[dict[str, str]] | None = None


class StudyManifest(Record):
    """`manifest.json` of a study."""

    kind: ClassVar[str] = "the manifest of a study"

    study: dict[str, Any]
    files: Digests


class SideBySidePart(RecordPart):
    """A scenario of several; its key is the name of a folder."""

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]{0,80}$")]
    title: str
    called: str


class ScenariosRecord(Record):
    """`scenarios.json`."""

    kind: ClassVar[str] = "what a study of several scenarios was asked"

    version: str
    name: str
    title: str
    question: str
    scenarios: Annotated[list[SideBySidePart], Field(min_length=2)]
    command: str


# ── Comparisons and calibrations ─────────────────────────────────────────────────────


class ComparedPart(ScenarioPart):
    """A scenario of a comparison."""

    key: str
    called: str
    set: dict[str, float] = Field(default_factory=dict)
    seed: Whole
    worlds: Counted
    version: str
    paired: bool
    why_not: str


class AskedPart(RecordPart):
    """What is asked of a scenario of a comparison."""

    called: str
    set: dict[str, float] = Field(default_factory=dict)
    seed: Whole
    worlds: Counted


class ComparisonMark(Record):
    """`comparison.json`."""

    kind: ClassVar[str] = "the mark of a comparison"

    scenarios: list[AskedPart]


class ComparisonManifest(Record):
    """`manifest.json` of a comparison."""

    kind: ClassVar[str] = "the manifest of a comparison"
    later: ClassVar[tuple[str, ...]] = ("files", "digest")

    tool: ToolPart
    seed: Whole
    worlds: Counted
    scenarios: Annotated[list[ComparedPart], Field(min_length=2)]
    paired: bool
    notes: list[str]
    files: Digests | None = None


class CalibrationSettings(Record):
    """`calibration.json`."""

    kind: ClassVar[str] = "what a calibration was asked"
    later: ClassVar[tuple[str, ...]] = ("origin", "made_with", "digest")

    version: str
    name: str
    points: Counted
    worlds: Counted
    waves: Counted
    seed: Whole
    vary: list[dict[str, Any]]
    patterns: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    origin: dict[str, Any] | None = None
    made_with: list[dict[str, str]] | None = None


class CalibrationManifest(Record):
    """`manifest.json` of a calibration."""

    kind: ClassVar[str] = "the manifest of a calibration"

    calibration: dict[str, Any]
    files: Digests


# ── Runs ─────────────────────────────────────────────────────────────────────────────


class RunScenarioPart(ScenarioPart):
    """The same in the manifest of a run."""

    parameters: dict[str, float]
    sources: list[str]
    deals: list[dict[str, Any]]


class SharePart(RecordPart):
    """The share of worlds in a category."""

    share: float | None
    low: float | None
    high: float | None


class BaseRatePart(RecordPart):
    """What the record of like cases says."""

    value: float
    n: int | None
    unit: str
    source: str
    statement: str


class AssumedPart(RecordPart):
    """Where the expectation of an outcome lies over settings of the numbers."""

    mean: float | None
    low: float | None
    high: float | None


class DrawnPart(RecordPart):
    """What numbers were drawn from, and how many."""

    source: str
    numbers: Whole


class SettingsPart(DrawnPart):
    """The settings of the numbers that were looked at."""

    settings: Counted
    each: Counted
    seconds: float


class UncertainPart(RecordPart):
    """Whether each world had numbers of its own, and whether settings of them were looked at."""

    drawn: DrawnPart | None
    assumed: SettingsPart | None


class OutcomePart(RecordPart):
    """An outcome over all worlds."""

    name: str
    label: str
    measure: str
    scale: Scale
    by: str | None = None
    target: str | None = None
    on: str | None = None
    to: str | None = None
    toward: str | None = None
    action: str | None = None
    n: Whole
    worlds: Counted
    mean: float | None
    low: float | None
    high: float | None
    median: float | None
    q05: float | None
    q95: float | None
    base_rate: BaseRatePart | None
    shares: dict[str, SharePart] | None
    assumed: AssumedPart | None = None


class ParameterPart(RecordPart):
    """A number that can be set."""

    address: str
    default: float
    low: float
    high: float
    source: str
    meaning: str


class IncentivePart(RecordPart):
    """A weight of an actor."""

    actor: str
    name: str
    address: str
    default: float
    low: float
    high: float
    provenance: str
    source: str
    why: str


class ProvenancePart(RecordPart):
    """How many numbers there are of each kind; earlier runs counted estimates as grounded."""

    parameters: Whole
    estimated: Whole = 0
    grounded: Whole
    assumed: Whole
    fixed: Whole
    examples: list[ParameterPart]


class TypicalPart(RecordPart):
    """The world that is told."""

    world: Whole


class GradePart(RecordPart):
    """A grade of help."""

    grade: Whole
    label: str


class RunManifest(Record):
    """`manifest.json` of a run."""

    kind: ClassVar[str] = "the manifest of a run"
    later: ClassVar[tuple[str, ...]] = ("origin", "digest")

    tool: ToolPart
    versions: dict[str, str]
    created: str
    seed: Whole
    worlds: Counted
    hash: str
    command: str
    scenario: RunScenarioPart
    outcomes: list[OutcomePart]
    provenance: ProvenancePart
    incentives: list[IncentivePart]
    typical_world: TypicalPart
    help_grades: list[GradePart]
    files: Digests
    uncertain: UncertainPart | None = None
    origin: OriginPart | None = None
