"""What the records of studies, comparisons and calibrations must hold so that they are used.

They may hold more. Whoever reads them may count on what stands here, and on nothing else.
"""

import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from realpolitik.sim.experiments.located import Record

Whole = Annotated[int, Field(ge=0)]
Counted = Annotated[int, Field(ge=1)]
Digests = dict[str, str]
Scale = Literal["share", "weeks", "grade", "rung", "number", "alignment"]


def _date(text: str) -> str:
    datetime.date.fromisoformat(text)
    return text


Date = Annotated[str, AfterValidator(_date)]


class Part(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(strict=True, frozen=True)


class OriginPart(Part):
    """See `origin_of`."""

    values: dict[str, float]
    code: Digests


class ToolPart(Part):
    """The tool that wrote it."""

    name: str
    version: str


class ActorPart(Part):
    """An actor of a scenario."""

    code: str
    title: str


class ShockPart(Part):
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


class ScenarioPart(Part):
    """See `scenario_facts`."""

    name: str
    title: str
    question: str
    start: Date
    weeks: Whole
    actors: list[ActorPart]
    shocks: list[ShockPart]


# ── Studies ──────────────────────────────────────────────────────────────────────────


class StudyScenarioPart(Part):
    """The scenario of a study."""

    name: str
    title: str
    question: str
    called: str
    weeks: Whole
    hash: str


class VaryPart(Part):
    """What is varied."""

    address: str
    low: float
    high: float
    values: list[float]
    default: float
    declared: Annotated[list[float], Field(min_length=2, max_length=2)]
    meaning: str
    unit: str


class ReportedPart(Part):
    """An outcome that is reported."""

    name: str
    label: str
    scale: Scale


class UntilPart(Part):
    """When a point has worlds enough."""

    outcome: str
    width: Annotated[float, Field(gt=0)]
    most: Counted


class FavouredPart(Part):
    """What boxes are looked for."""

    outcome: str
    side: Literal["above", "below"]
    level: float


class GivenPart(Part):
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
    sampler: Literal["grid", "latin_hypercube", "sobol", "morris", "one_at_a_time", "given"]
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


class SideBySidePart(Part):
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


class AskedPart(Part):
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
