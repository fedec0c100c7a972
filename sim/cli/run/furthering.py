"""What a report holds beside its run: reasons always, flips and claims where they are asked for."""

from collections.abc import Iterator

from realpolitik.sim.cli.explain.headline import headline_actor, headline_of
from realpolitik.sim.cli.explain.pages import mean_laid_open
from realpolitik.sim.cli.explain.reasoned import Subject, again, hands
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.report.claims.page import ClaimsSection, claims_section
from realpolitik.sim.report.explain.flips import here_said, outcome_flip
from realpolitik.sim.report.explain.page import Section
from realpolitik.sim.report.explain.sections import hanging_section, reasons_section
from realpolitik.sim.report.run.further import Further
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.conclusions import conclusions
from realpolitik.sim.study.claims.declared import declared
from realpolitik.sim.study.claims.reading import load_claims
from realpolitik.sim.study.claims.record import read_record, recorded
from realpolitik.sim.study.explain.many import explain_ensemble
from realpolitik.sim.study.explain.outcome_flips import flip_outcome
from realpolitik.sim.study.explain.reasons import reasons
from realpolitik.sim.words.scales import Measure

REASONED = 400  # worlds whose reasons are averaged
FLIPPED = 200  # worlds at each value of a parameter
ABOUT = "haniyeh_2024"  # the scenario that the claims are about


def further_of(subject: Subject, *, full: bool, progress: bool) -> Further:
    """The further parts of the report of a run.

    Args:
        subject: The run.
        full: Whether flips and claims are wanted too; they take half a minute.
        progress: Whether a bar may be shown.
    """
    if not subject.scenario.weeks or not subject.scenario.outcomes:
        return Further()
    actor = headline_actor(subject.scenario)
    sections = list(_reasons(subject, actor))
    if full:
        sections += _flips(subject, actor, progress=progress)
    about = subject.scenario.name == ABOUT
    return Further(sections, _claims() if full and about else None)


def _reasons(subject: Subject, actor: str) -> Iterator[Section]:
    """Why the first actor that is asked about does what it is asked about, if it ever can."""
    found = headline_of(subject, actor)
    worlds = min(subject.worlds or REASONED, REASONED)
    where = (subject.scenario, subject.seed, worlds, actor, found.action, found.target)
    mean = explain_ensemble(*where)
    if mean.openness["n"].max() > 0:
        command = again("explain", subject, actor=actor, action=found.action, target=found.target)
        weights = reasons(actor, subject.scenario.settings)
        yield reasons_section(subject.asked(command), mean_laid_open(mean), weights, found.why)


def _flips(subject: Subject, actor: str, *, progress: bool) -> Iterator[Section]:
    """What the first share among the outcomes hangs on, of the weights of that actor."""
    shares = [name for name, one in subject.scenario.outcomes.items() if one.scale == "share"]
    if not shares:
        return
    outcome, scenario = shares[0], subject.scenario
    parameters = [
        one.address for one in vocabulary().actors[actor].parameters() if not _is_part(one.address)
    ]
    with hands(None, 8 * FLIPPED * len(parameters)) as executor, progress_bar(progress) as tell:
        table = flip_outcome(
            *(scenario, outcome, 0.5, parameters, FLIPPED, subject.seed, tell, executor)
        )
    measured = scenario.outcomes[outcome]
    measure = Measure(measured.label or outcome.replace("_", " "), measured.scale)
    flip = outcome_flip(measure, 0.5, FLIPPED, table["at_default"].iloc[0])
    title = vocabulary().actors[actor].title
    note = f"Only the weights of {title} were moved, one at a time; realpolitik flips moves all."
    yield hanging_section(table, flip, here_said(table, measure), [note])


def _is_part(address: str) -> bool:
    """Whether it is a part of a weight: `RUS.israel_ties.diaspora`."""
    return address.count(".") > 1


def _claims() -> ClaimsSection:
    """The claims, as they came out when they were last all put to the test."""
    claims, record = load_claims().claims, read_record()
    table = recorded(claims, record)
    how = f"kept from the last full audit, {record.worlds:,} worlds of every case"
    return claims_section(table, conclusions(table), declared(claims), how)
