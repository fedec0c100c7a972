"""What a report holds beside its run: reasons always, flips and claims where they are asked for."""

from collections.abc import Callable, Iterable, Iterator

from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import read_record, recorded
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.progress import waiting
from realpolitik.sim.cli.subject import RunOrScenario, headline_actor, headline_of
from realpolitik.sim.documents.claims import ClaimAudit, claims_section
from realpolitik.sim.documents.document import IN_FULL, Section
from realpolitik.sim.documents.explain import Meant, reasons_section
from realpolitik.sim.documents.flips import hanging_section, of_outcome
from realpolitik.sim.experiments.workers import executor_for
from realpolitik.sim.explain.choice_flips import default_parameters
from realpolitik.sim.explain.ensemble_reasons import explain_ensemble
from realpolitik.sim.explain.outcome_flips import flip_outcome
from realpolitik.sim.formatting.missing import attempt
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

REASONED = 400  # worlds whose reasons are averaged
FLIPPED = 200  # worlds at each value of a parameter


def extra_sections(subject: RunOrScenario, *, full: bool, progress: bool) -> list[Section]:
    """The sections of the report of a run that take more than its tables.

    Args:
        subject: The run.
        full: Whether flips and claims are wanted too; they take half a minute.
        progress: Whether a bar may be shown.
    """
    if not subject.scenario.weeks or not subject.scenario.outcomes:
        return []
    actor = headline_actor(subject.scenario)
    sections = _sections("Reasons", lambda: _reasons(subject, actor))
    if full:
        sections += _sections("What it hangs on", lambda: _flips(subject, actor, progress=progress))
        sections += _sections("Claims", lambda: _claims(subject.scenario))
    return sections


def _sections(name: str, make: Callable[[], Iterable[Section]]) -> list[Section]:
    """Sections, or one that says why they are missing: the run itself is done."""
    what = f"the section “{name}”"
    return attempt(what, lambda: list(make()), lambda why: [_missing(name, why)])


def _missing(name: str, why: str) -> Section:
    return Section(f"missing-{name.lower().replace(' ', '-')}", name, lambda: [why], IN_FULL)


def _reasons(subject: RunOrScenario, actor: str) -> Iterator[Section]:
    """Why the first actor that is asked about does what it is asked about, if it ever can."""
    worlds = min(subject.worlds or REASONED, REASONED)
    try:
        found = headline_of(subject, actor, worlds)
    except InputError:
        title = vocabulary().actors[actor].title
        yield _missing("Reasons", f"{title} does nothing in these worlds: no action wants reasons.")
        return
    where = (subject.scenario, subject.seed, worlds, actor, found.action, found.target)
    mean = explain_ensemble(*where)
    if mean.openness["n"].max() > 0:
        what = {"actor": actor, "action": found.action, "target": found.target}
        yield reasons_section(Meant(subject.inquiry("explain", **what), mean, found.why))


def _flips(subject: RunOrScenario, actor: str, *, progress: bool) -> Iterator[Section]:
    """What the first share among the outcomes hangs on, of that actor's weights and base rates."""
    shares = [name for name, one in subject.scenario.outcomes.items() if one.scale == "share"]
    if not shares:
        return
    outcome, scenario = shares[0], subject.scenario
    parameters = tried(scenario, actor)
    doing = f"Trying {len(parameters):,} parameters on {FLIPPED:,} worlds"
    jobs = executor_for(None, 8 * FLIPPED * len(parameters))
    with jobs as executor, waiting(progress, doing) as tell:
        table = flip_outcome(
            *(scenario, outcome, 0.5, parameters, FLIPPED, subject.seed, tell, executor)
        )
    title = vocabulary().actors[actor].title
    note = (
        f"Moved, one at a time, were the weights of {title} and the base rates of actions; "
        "realpolitik flips moves the weights of all, the constants and the start as well."
    )
    asked = subject.inquiry("flips", outcome=outcome)
    yield hanging_section(of_outcome(asked, outcome, 0.5, FLIPPED, table), note)


def tried(scenario: Scenario, actor: str) -> list[str]:
    """What is moved for the report: the weights of an actor, and the base rates of all actions."""
    kinds = {actor, "action"}
    return [one for one in default_parameters(scenario) if one.partition(".")[0] in kinds]


def _claims(scenario: Scenario) -> Iterator[Section]:
    """The claims as they last came out, if they are about this scenario."""
    file, record = load_claims(), read_record()
    if scenario.name == file.scenario:
        table = recorded(file.claims, record)
        found = ClaimAudit(file.claims, table, record.worlds, record.seed)
        how = f"kept from the last full audit, {record.worlds:,} worlds of every case"
        yield claims_section(found, how)
