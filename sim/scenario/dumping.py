"""Writes a scenario as YAML that reads back to an equal one."""

from typing import Any

import yaml

from realpolitik.sim.scenario.scalars import NotFiniteError, resolve
from realpolitik.sim.scenario.schema import Scenario

TAGS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}


class _Dumper(yaml.SafeDumper):
    """Quotes those texts that the reader would take for something else, and no others."""

    def ignore_aliases(self, data: Any) -> bool:
        """Writes everything out."""
        return True

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of an unquoted word, by the rules of the reader."""
        if kind is not yaml.ScalarNode or not implicit[0]:
            return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        try:
            return f"tag:yaml.org,2002:{TAGS[type(resolve(value))]}"
        except NotFiniteError:
            return None


def dump_scenario(scenario: Scenario) -> str:
    """The scenario as YAML, with every default written out; what is None is left out."""
    values = scenario.model_dump(mode="json", exclude_none=True)
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
