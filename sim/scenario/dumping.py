"""Writes a scenario as YAML that reads back to an equal one, also through YAML 1.1."""

from typing import Any

import yaml

from realpolitik.sim.scenario.scalars import NotFiniteError, resolve
from realpolitik.sim.scenario.schema import Scenario

ONE_LETTER = frozenset("yYnN")  # true and false to some programs that speak YAML 1.1
TAGS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}


class _Dumper(yaml.SafeDumper):
    """Quotes texts that the reader, or YAML 1.1, would take for something else, and no others."""

    def ignore_aliases(self, data: Any) -> bool:
        """Writes everything out."""
        return True

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of an unquoted word, by the rules of the reader; of a text by those of both."""
        before = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        if kind is not yaml.ScalarNode or not implicit[0]:
            return before
        if value in ONE_LETTER:
            return None
        try:
            read = type(resolve(value))
        except NotFiniteError:
            return None
        return before if read is str else f"tag:yaml.org,2002:{TAGS[read]}"


def dump_scenario(scenario: Scenario) -> str:
    """The scenario as YAML, with every default written out; what is None is left out."""
    values = scenario.model_dump(exclude_none=True)
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
