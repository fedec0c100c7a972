"""What a class must be, so that a package can bring it in: faults, each in a line."""

import inspect
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, get_args

from pydantic import TypeAdapter

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import Incentive
from realpolitik.sim.engine.options import Roles
from realpolitik.sim.engine.parameters import GREATEST_WEIGHT, fault_of
from realpolitik.sim.engine.shocks import SetQuantity, Shock
from realpolitik.sim.scenario.schema import one_of

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def faults_of_actor(name: str, offered: Any) -> Iterator[str]:
    """What is wrong with a class that is to be the actor of that name."""
    if not _derives(offered, StateActor):
        yield f"{offered!r} is no class derived from StateActor"
        return
    faults = chain(
        _faults_of_code(name, offered),
        _faults_of_dealings(offered),
        _faults_of_incentives(offered),
        _faults_of_weights(offered),
    )
    yield from (f"class {offered.__name__}: {problem}" for problem in faults)


def faults_of_shock(name: str, offered: Any) -> Iterator[str]:
    """What is wrong with a class that is to be the kind of shock of that name."""
    if not _derives(offered, Shock):
        yield f"{offered!r} is no class derived from Shock"
        return
    kinds = get_args(offered.model_fields["kind"].annotation)
    if kinds != (name,):
        yield f"class {offered.__name__}: its kind is {kinds}; expected Literal[{name!r}]"
    elif inspect.isabstract(offered):
        yield f"class {offered.__name__}: the method apply is missing"
    elif offered.__module__ != SetQuantity.__module__:
        TypeAdapter(one_of((offered, SetQuantity), "kind"))  # raises what pydantic cannot take


def _derives(offered: Any, base: type) -> bool:
    return isinstance(offered, type) and issubclass(offered, base) and offered is not base


def _faults_of_code(name: str, actor: type[StateActor]) -> Iterator[str]:
    code = getattr(actor, "code", None)
    if code != name:
        yield f"its code is {code!r}; expected {name!r}, the name of its entry point"
    elif not CODE.fullmatch(name):
        yield f"its code is {name!r}; expected letters, digits and '_' only"
    for attribute in ("title", "cameo"):
        text = getattr(actor, attribute, None)
        if not isinstance(text, str) or not text:
            yield f"its {attribute} is {text!r}; expected text"


def _faults_of_dealings(actor: type[StateActor]) -> Iterator[str]:
    """Whom it can deal with, and what it can do."""
    if not isinstance(actor.roles, Roles):
        yield f"its roles are {actor.roles!r}; expected Roles(…)"
        return
    for role, members in vars(actor.roles).items():
        if not _are_names(members) or actor.code in members or len({*members}) < len(members):
            yield f"its {role} are {members!r}; expected codes of other actors, each once"
    if actor.actions is None:
        return
    if not _are_names(actor.actions):
        yield f"its actions are {actor.actions!r}; expected names of actions"
        return
    for unknown in sorted({*actor.actions} - NAMED.keys()):
        yield f"unknown action {unknown!r}; expected one of {', '.join(NAMED)}"


def _are_names(values: Any) -> bool:
    is_list = isinstance(values, Sequence) and not isinstance(values, str)
    return is_list and all(isinstance(value, str) for value in values)


def _faults_of_incentives(actor: type[StateActor]) -> Iterator[str]:
    names: set[str] = set()
    for incentive in actor.all_incentives():
        if not isinstance(incentive, Incentive):
            yield f"{incentive!r} is no incentive"
            continue
        parts = [part.name for part in incentive.parts]
        for name in (incentive.name, *parts):
            if not CODE.fullmatch(str(name)):
                yield f"an incentive has the name {name!r}; expected letters, digits and '_' only"
        if incentive.name in names or len({*parts}) < len(parts):
            yield f"two incentives, or parts of one, have the name {incentive.name!r}"
        names.add(incentive.name)


def _faults_of_weights(actor: type[StateActor]) -> Iterator[str]:
    for parameter in sorted(actor.parameters(), key=lambda one: bool(one.parts)):
        most = GREATEST_WEIGHT * max(len(parameter.parts), 1)
        if problem := fault_of(parameter, -most, most):
            yield problem
        for text in (parameter.source, parameter.meaning):
            if not isinstance(text, str):
                yield f"{parameter.address} has the source or reason {text!r}; expected text"
