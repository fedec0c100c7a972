"""Files of claims: what a claim says, and the file that lists them. All faults are told at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from realpolitik.sim.claims.claim import Claim, Claims, ClaimTest
from realpolitik.sim.claims.claim_tests import trial_in
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.experiments.scenario_cache import ScenarioCache
from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import quoted, unknown
from realpolitik.sim.scenario.finding import SourceFile, content_of, shipped_scenarios
from realpolitik.sim.scenario.forms import (
    Counted,
    FileForm,
    Listed,
    Text,
    read_file_form,
    read_form,
    refuse,
    refuse_twice,
    wanted,
)
from realpolitik.sim.scenario.nodes import ListNode, Node, entries_of, items_of
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── What a file says ─────────────────────────────────────────────────────────────────


Why = Annotated[Text, wanted("why it is assumed, in a sentence")]


class ClaimsForm(FileForm):
    """A file of claims."""

    needed = ("claims",)

    about: str | None = None
    scenario: Text = ""
    without_motives: Text = ""
    paragraphs: Counted = 99
    claims: Listed = ()
    assumed: dict[str, Why] = Field(default={})


# ── Control actor ────────────────────────────────────────────────────────────────────


def held_against(trial: ClaimTest, actor: str, control: Mapping[str, float]) -> ClaimTest:
    """The trial with the same beside it for an actor without motives.

    As it is if it is not held against a level, or if the control is of another actor.
    """
    bare = {address: at for address, at in control.items() if address.startswith(f"{actor}.")}
    if trial.level is None or not bare:
        return trial
    case = replace(trial.base.case, parameters=merge(trial.base.case.parameters, bare))
    given = replace(trial.given, case=case) if trial.given else None
    return replace(trial, without=replace(trial, base=replace(trial.base, case=case), given=given))


# ── One claim ────────────────────────────────────────────────────────────────────────


PARAGRAPHS = re.compile(r"P(\d+)(?:-P(\d+))?")


def _claim(
    node: Node, file: ClaimsForm, cache: ScenarioCache, control: Mapping[str, float]
) -> Claim | None:
    """A claim as it is written; None, and faults, if something is wrong with it."""
    before = len(cache.faults)
    form = read_form(node, Claim, cache.faults, "the claim")
    _check_names(form, file.paragraphs)
    for at, name in enumerate(form.encoded):
        _check_encoding(form, at, name, cache)
    trials = [held_against(one, form.actor, control) for one in _trials(form, file, cache)]
    _refuse_halves(form)
    return None if len(cache.faults) > before else form.tried_by(tuple(trials))


def _check_names(form: Claim, most: int) -> None:
    """Its id, and the paragraphs in which it stands."""
    if form.id and not NAME.fullmatch(form.id):
        form.blame(f"the id {quoted(form.id)}", "letters, digits, '_' and '-'", at=("id",))
    text, numbers = form.paragraph, paragraphs_of(form.paragraph)
    if text and not (numbers and min(numbers) >= 1 and max(numbers) <= most):
        wanted = f"P1 to P{most}, such as P7, P7-P9, or P13, P15"
        form.blame(f"the paragraph {quoted(text)}", wanted, at=("paragraph",))


def _check_encoding(form: Claim, at: int, name: str, cache: ScenarioCache) -> None:
    """What stands for a claim in the model must be there.

    An address, an action, a scenario (`us_conduct/wedge#pressure_alone`), or a shock or deal of
    one (`haniyeh_2024:us_posture`).
    """
    words, shipped, place = vocabulary(), shipped_scenarios(), form.place("encoded", at)
    known = {*words.parameters, *words.actions}
    reference, colon, inside = name.partition(":")
    if name in known:
        return
    if not colon and "/" not in name and name.partition("#")[0] not in shipped:
        form.faults.append(unknown(place, "encoding", name, {*known, *shipped}))
    elif (found := cache.take(reference, place)) and colon:
        scenario = found[0]
        ids = [*(one.id for one in scenario.shocks), *(one.id for one in scenario.deals)]
        if inside not in ids:
            form.faults.append(unknown(place, f"shock or deal of {reference}:", inside, ids))


def _trials(form: Claim, file: ClaimsForm, cache: ScenarioCache) -> list[ClaimTest]:
    """The test or tests; a single one needs no list."""
    node = form.node("test")
    if node is None:
        return []
    if isinstance(node, ListNode) and not node.items:
        form.blame("test is an empty list", "a test, or why there is none", at=("test",))
    found = [trial_in(one, cache, file.scenario) for one in (items_of(node) or (node,))]
    return [trial for trial in found if trial]


def _refuse_halves(form: Claim) -> None:
    """Claims with neither a test nor a reason for having none, with both, or encoded nowhere."""
    is_tested, encoded = form.node("test") is not None, form.node("encoded")
    if is_tested == (form.node("untestable") is not None):
        both = "both a test and a reason for having none" if is_tested else "no test"
        form.blame(f"the claim has {both}", "either `test`, or `untestable` with the reason")
    if is_tested and isinstance(encoded, ListNode) and not encoded.items:
        problem = "a claim that is tested is encoded nowhere"
        form.blame(problem, "what stands for the claim in the model", at=("encoded",))


def paragraphs_of(text: str) -> tuple[int, ...]:
    """The numbers that `P7`, `P7-P9` or `P13, P15` stands for; none if it is something else."""
    numbers: list[int] = []
    for one in text.split(", "):
        found = PARAGRAPHS.fullmatch(one)
        if not found:
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            return ()
        numbers += range(first, last + 1)
    return tuple(numbers)


# ── A file of claims ─────────────────────────────────────────────────────────────────


SHIPPED = ("realpolitik.agents", "claims.yaml")


def load_claims() -> Claims:
    """The claims that are shipped.

    Raises:
        ScenarioError: something in their file is wrong; it holds all faults.
    """
    package, name = SHIPPED
    file = files(package).joinpath(name)
    source = SourceFile(str(file), file)
    return read_claims(content_of(source), source)


def read_claims(text: str | bytes, source: SourceFile) -> Claims:
    """The claims in the text of a file.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    form = read_file_form(text, source.where, ClaimsForm, "claims")
    nodes, cache = items_of(form.node("claims")), ScenarioCache(source, form.faults)
    bare = cache.take(form.without_motives, form.place("without_motives"))
    control = bare[0].settings if bare else {}
    claims = [_claim(node, form, cache, control) for node in nodes]
    refuse_twice(nodes, "claim", form.faults)
    _check_assumed(form)
    refuse(form.faults)
    found = tuple(claim for claim in claims if claim)
    return Claims((form.about or "").strip(), found, form.assumed, form.scenario)


def _check_assumed(form: ClaimsForm) -> None:
    """Each must be an incentive, or a glob over incentives."""
    known = [p.address for cls in vocabulary().actors.values() for p in cls.parameters()]
    for glob, entry in entries_of(form.node("assumed")).items():
        if not any(fnmatchcase(address, glob) for address in known):
            form.faults.append(unknown(entry.key_place, "incentive", glob, known))
