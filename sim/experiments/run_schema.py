"""What the manifest of a run must hold so that it is used; see `schemas`."""

from typing import Any, ClassVar

from realpolitik.sim.experiments.located import Record
from realpolitik.sim.experiments.schemas import (
    Counted,
    Digests,
    OriginPart,
    Part,
    Scale,
    ScenarioPart,
    ToolPart,
    Whole,
)


class RunScenarioPart(ScenarioPart):
    """The same in the manifest of a run."""

    parameters: dict[str, float]
    sources: list[str]
    deals: list[dict[str, Any]]


class SharePart(Part):
    """The share of worlds in a category."""

    share: float | None
    low: float | None
    high: float | None


class BaseRatePart(Part):
    """What the record of like cases says."""

    value: float
    n: int | None
    unit: str
    source: str
    statement: str


class OutcomePart(Part):
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


class ParameterPart(Part):
    """A number that can be set."""

    address: str
    default: float
    low: float
    high: float
    source: str
    meaning: str


class IncentivePart(Part):
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


class ProvenancePart(Part):
    """How many numbers there are of each kind."""

    parameters: Whole
    grounded: Whole
    assumed: Whole
    fixed: Whole
    examples: list[ParameterPart]


class TypicalPart(Part):
    """The world that is told."""

    world: Whole


class GradePart(Part):
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
    origin: OriginPart | None = None
